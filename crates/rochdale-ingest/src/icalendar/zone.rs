//! Time zones: the names that calendars use, and the zone of the IANA database that each means.

use std::collections::BTreeMap;

use chrono::{FixedOffset, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::component::Component;

/// A zone of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// One of the database.
    Named(Tz),
    /// An offset that never changes.
    Fixed(FixedOffset),
    /// None, or one that is not known: clocks show the time wherever they are.
    Floating,
}

/// The zones that a file declares, by the names that it gives them.
#[derive(Debug, Default)]
pub(super) struct Zones(BTreeMap<String, Zone>);

/// Zones by their names in Windows, where these are what calendars of Outlook hold
/// (<https://github.com/unicode-org/cldr/blob/main/common/supplemental/windowsZones.xml>).
const WINDOWS: [(&str, Tz); 30] = [
    ("AUS Eastern Standard Time", Tz::Australia__Sydney),
    ("Arabian Standard Time", Tz::Asia__Dubai),
    ("Atlantic Standard Time", Tz::America__Halifax),
    ("Central America Standard Time", Tz::America__Guatemala),
    ("Central Europe Standard Time", Tz::Europe__Budapest),
    ("Central European Standard Time", Tz::Europe__Warsaw),
    ("Central Standard Time", Tz::America__Chicago),
    ("China Standard Time", Tz::Asia__Shanghai),
    ("E. Europe Standard Time", Tz::Europe__Chisinau),
    ("E. South America Standard Time", Tz::America__Sao_Paulo),
    ("Eastern Standard Time", Tz::America__New_York),
    ("FLE Standard Time", Tz::Europe__Kyiv),
    ("GMT Standard Time", Tz::Europe__London),
    ("GTB Standard Time", Tz::Europe__Bucharest),
    ("Greenwich Standard Time", Tz::Atlantic__Reykjavik),
    ("India Standard Time", Tz::Asia__Kolkata),
    ("Israel Standard Time", Tz::Asia__Jerusalem),
    ("Korea Standard Time", Tz::Asia__Seoul),
    ("Mountain Standard Time", Tz::America__Denver),
    ("New Zealand Standard Time", Tz::Pacific__Auckland),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
    ("Romance Standard Time", Tz::Europe__Paris),
    ("Russian Standard Time", Tz::Europe__Moscow),
    ("SE Asia Standard Time", Tz::Asia__Bangkok),
    ("Singapore Standard Time", Tz::Asia__Singapore),
    ("South Africa Standard Time", Tz::Africa__Johannesburg),
    ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("Turkey Standard Time", Tz::Europe__Istanbul),
    ("UTC", Tz::UTC),
    ("W. Europe Standard Time", Tz::Europe__Berlin),
];

impl Zones {
    /// The zones that a file declares, wherever in it they stand.
    pub(super) fn of(components: &[Component]) -> Self {
        let mut zones = Self::default();
        zones.add(components);
        zones
    }

    fn add(&mut self, components: &[Component]) {
        for component in components {
            if component.name == "VTIMEZONE"
                && let Some(id) = component.line("TZID")
            {
                let location = component.line("X-LIC-LOCATION").and_then(|it| named(&it.value));
                let zone = location.map(Zone::Named).or_else(|| named(&id.value).map(Zone::Named));
                let zone = zone.or_else(|| unchanging(component)).unwrap_or(Zone::Floating);
                self.0.entry(id.value.trim().to_owned()).or_insert(zone);
            }
            self.add(&component.components);
        }
    }

    /// The zone of a name: by the database, or else as the file declares it.
    pub(super) fn find(&self, id: &str) -> Zone {
        let declared = || self.0.get(id.trim()).copied();
        named(id).map(Zone::Named).or_else(declared).unwrap_or(Zone::Floating)
    }
}

/// The zone of the database that a name means: its own, one with a path of its maker before it, or
/// that of Windows.
fn named(id: &str) -> Option<Tz> {
    let id = id.trim().trim_matches('"');
    let steps: Vec<&str> = id.split('/').filter(|step| !step.is_empty()).collect();
    let last = |count: usize| {
        let from = steps.len().checked_sub(count)?;
        // A single step of a longer path may be a name by accident.
        (count > 1 || steps.len() == 1).then(|| steps[from..].join("/"))
    };
    let known = |name: String| name.parse::<Tz>().ok();
    let found = (1..=3).rev().filter_map(last).find_map(known);
    let windows = || WINDOWS.iter().find(|(name, _)| name.eq_ignore_ascii_case(id));
    found.or_else(|| windows().map(|(_, zone)| *zone))
}

/// The offset of a declared zone that has one only.
fn unchanging(component: &Component) -> Option<Zone> {
    let offsets = component.components.iter().map(|part| {
        let line = part.line("TZOFFSETTO")?;
        offset(&line.value)
    });
    let mut offsets: Vec<FixedOffset> = offsets.collect::<Option<_>>()?;
    offsets.dedup();
    match offsets[..] {
        [only] => Some(Zone::Fixed(only)),
        _ => None,
    }
}

/// `+0100`, `-033000`.
fn offset(text: &str) -> Option<FixedOffset> {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-'])?;
    let fits = matches!(digits.len(), 4 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let part =
        |from: usize| digits.get(from..from + 2).map_or(Some(0), |it| it.parse::<i32>().ok());
    let seconds = fits.then(|| Some(part(0)? * 3600 + part(2)? * 60 + part(4)?))??;
    let east = if text.starts_with('-') { -seconds } else { seconds };
    FixedOffset::east_opt(east)
}

impl Zone {
    /// The name in the database.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Named(zone) => Some(zone.name()),
            _ => None,
        }
    }

    /// A universal time by the clocks of the zone.
    pub(super) fn local(self, universal: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Fixed(offset) => universal.checked_add_offset(offset),
            Self::Floating => None,
            Self::Named(zone) => Some(zone.from_utc_datetime(&universal).naive_local()),
        }
    }

    /// The offset that holds at a time by the clocks of the zone. Of an hour that clocks show twice it
    /// is the first, and of one that they leave out that before it (RFC 5545, section 3.3.5).
    pub(super) fn offset_at(self, local: NaiveDateTime) -> Option<FixedOffset> {
        match self {
            Self::Fixed(offset) => Some(offset),
            Self::Floating => None,
            Self::Named(zone) => match zone.offset_from_local_datetime(&local) {
                LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => {
                    Some(offset.fix())
                }
                LocalResult::None => {
                    let before = local.checked_sub_signed(chrono::Duration::hours(3))?;
                    zone.offset_from_local_datetime(&before).earliest().map(|offset| offset.fix())
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_sorts_are_known() {
        for (name, zone) in [
            ("Europe/London", Some("Europe/London")),
            ("/mozilla.org/20050126_1/Europe/London", Some("Europe/London")),
            ("/example.org/America/Argentina/Ushuaia", Some("America/Argentina/Ushuaia")),
            ("GMT Standard Time", Some("Europe/London")),
            ("UTC", Some("UTC")),
            ("\"Europe/Paris\"", Some("Europe/Paris")),
            ("Customized Time Zone", None),
            ("/a/b/c/Japan", None),
        ] {
            assert_eq!(named(name).map(Tz::name), zone, "{name}");
        }
    }

    #[test]
    fn hours_that_clocks_repeat_or_leave_out_have_an_offset() {
        let local = |text| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
        let london = Zone::Named(Tz::Europe__London);
        for (text, seconds) in [
            ("2011-01-01T12:00", 0),
            ("2011-07-01T12:00", 3600),
            ("2011-10-30T01:30", 3600),
            ("2011-03-27T01:30", 0),
        ] {
            let offset = london.offset_at(local(text)).map(|offset| offset.local_minus_utc());
            assert_eq!(offset, Some(seconds), "{text}");
        }
        assert_eq!(offset("-0330").map(|offset| offset.local_minus_utc()), Some(-12_600));
        assert_eq!(offset("+5744"), None);
    }
}
