//! Recurring events: the times at which they take place, within bounds.

use std::collections::BTreeSet;

use chrono::{NaiveDateTime, NaiveTime, TimeZone};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};

use super::value::Time;
use super::zone::Zone;

/// How long a rule may be; a longer one is nobody's.
const LENGTH: usize = 1000;

/// What an event says of when it recurs.
#[derive(Debug)]
pub(super) struct Recurrence<'a> {
    pub(super) start: Time,
    pub(super) zone: Zone,
    pub(super) rules: Vec<&'a str>,
    /// Further times, and times at which it does not take place, by the clocks of its zone.
    pub(super) more: Vec<NaiveDateTime>,
    pub(super) except: BTreeSet<NaiveDateTime>,
}

/// The times of a recurring event in order, and whether there are more than these.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) times: Vec<NaiveDateTime>,
    pub(super) are_cut: bool,
}

impl Recurrence<'_> {
    /// At most so many times at which it takes place, the first always among them unless it is
    /// excepted, as RFC 5545 counts (section 3.8.5.3).
    ///
    /// Errors: what is wrong with a rule.
    pub(super) fn times(&self, limit: usize) -> Result<Times, String> {
        let first = self.start.naive();
        // The exceptions are taken out below, so that as many more have to be asked for.
        let asked = limit.saturating_add(self.except.len()).saturating_add(1);
        let mut times = vec![first];
        let mut are_cut = false;
        for rule in &self.rules {
            let (found, more) = self.expand(rule, asked)?;
            times.extend(found);
            are_cut |= more;
        }
        times.extend(&self.more);
        times.sort_unstable();
        times.dedup();
        times.retain(|time| !self.except.contains(time));
        are_cut |= times.len() > limit;
        times.truncate(limit);
        Ok(Times { times, are_cut })
    }

    /// The times of one rule by the clocks of the zone, and whether there are more.
    fn expand(&self, rule: &str, limit: usize) -> Result<(Vec<NaiveDateTime>, bool), String> {
        let rule = self.normal(rule)?;
        let limit = u16::try_from(limit).unwrap_or(u16::MAX);
        // By the clocks of its zone an event recurs at the same hour all the year. Where no zone is
        // known, any that has no summer time does.
        let zone = match self.zone {
            Zone::Named(zone) if matches!(self.start, Time::Local(_)) => Tz::from(zone),
            _ => Tz::UTC,
        };
        let start = zone.from_local_datetime(&self.start.naive()).earliest();
        let start = start.ok_or("the clocks of its zone never show the time of its start")?;
        let rule: RRule<Unvalidated> = rule.parse().map_err(|error| format!("{error}"))?;
        let rule = rule.validate(start).map_err(|error| format!("{error}"))?;
        let result = RRuleSet::new(start).rrule(rule).all(limit);
        let times = result.dates.into_iter().map(|date| date.naive_local()).collect();
        Ok((times, result.limited))
    }

    /// A rule without what does not change its meaning, its end as universal time.
    fn normal(&self, rule: &str) -> Result<String, String> {
        if rule.len() > LENGTH {
            return Err(format!("expected at most {LENGTH} characters"));
        }
        let mut parts = Vec::new();
        for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or("expected `NAME=value`")?;
            let (name, value) =
                (name.trim().to_ascii_uppercase(), value.trim().to_ascii_uppercase());
            match name.as_str() {
                "RSCALE" if value == "GREGORIAN" => {}
                "RSCALE" => return Err(format!("the calendar `{value}` is not known")),
                "SKIP" => {}
                _ if name.starts_with("X-") => {}
                "UNTIL" => {
                    let until = Time::read(&value).ok_or(format!("`{value}` is no time"))?;
                    parts.push(format!("UNTIL={}", self.until(until).format("%Y%m%dT%H%M%SZ")));
                }
                _ => parts.push(format!("{name}={value}")),
            }
        }
        Ok(parts.join(";"))
    }

    /// The end of a rule as universal time; a day ends with its last second.
    fn until(&self, until: Time) -> NaiveDateTime {
        let floats = !matches!((self.start, self.zone), (Time::Local(_), Zone::Named(_)));
        let local = match until {
            Time::Universal(at) if !floats => return at,
            Time::Day(day) => day.and_time(NaiveTime::MIN) + chrono::Duration::seconds(86_399),
            Time::Local(at) | Time::Universal(at) => at,
        };
        let offset = self.zone.offset_at(local).filter(|_| !floats);
        let seconds = offset.map_or(0, |offset| offset.local_minus_utc());
        local.checked_sub_signed(chrono::Duration::seconds(seconds.into())).unwrap_or(local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(start: &str, rules: &[&str], limit: usize) -> Result<String, String> {
        let recurrence = Recurrence {
            start: Time::read(start).unwrap(),
            zone: Zone::Named(chrono_tz::Tz::Europe__London),
            rules: rules.to_vec(),
            more: vec![Time::read("20110105T120000").unwrap().naive()],
            except: BTreeSet::from([Time::read("20110117T090000").unwrap().naive()]),
        };
        let Times { times, are_cut } = recurrence.times(limit)?;
        let times: Vec<_> = times.iter().map(|time| time.format("%m%dT%H").to_string()).collect();
        Ok(times.join(" ") + if are_cut { " …" } else { "" })
    }

    #[test]
    fn rules_are_expanded_within_bounds() {
        for (start, rules, limit, expected) in [
            (
                "20110103T090000",
                &["FREQ=WEEKLY;COUNT=4"][..],
                10,
                "0103T09 0105T12 0110T09 0124T09",
            ),
            ("20110103T090000", &["FREQ=WEEKLY"], 3, "0103T09 0105T12 0110T09 …"),
            ("20110103T090000", &["FREQ=WEEKLY;UNTIL=20110110"], 9, "0103T09 0105T12 0110T09"),
            // The clocks go forward on 27 March; the hour stays.
            ("20110320T090000", &["FREQ=WEEKLY;COUNT=2"], 9, "0105T12 0320T09 0327T09"),
            // The start counts even where it does not meet the rule.
            (
                "20110104T090000",
                &["FREQ=MONTHLY;BYMONTHDAY=31;COUNT=1"],
                9,
                "0104T09 0105T12 0131T09",
            ),
            ("20110103", &["FREQ=DAILY;COUNT=2"], 9, "0103T00 0104T00 0105T12"),
        ] {
            assert_eq!(times(start, rules, limit).as_deref(), Ok(expected), "{rules:?}");
        }
        for rule in ["FREQ=NEVER", "FREQ", "FREQ=DAILY;UNTIL=x", "RSCALE=CHINESE;FREQ=YEARLY", ""] {
            assert!(times("20110103T090000", &[rule], 9).is_err(), "{rule}");
        }
    }

    #[test]
    fn rules_that_never_come_true_end() {
        let rule = "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30";
        assert!(times("20110103T090000", &[rule], 9).is_ok());
    }
}
