//! Moments as the Content API writes them, and the days among them.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday,
};
use rochdale::date::Date;

use crate::place::Place;
use crate::tree::Node;

/// A moment without a fraction that is zero, which would only be repeated as its words.
pub(super) fn moment(node: &Node) -> Node {
    let text = node.as_text().unwrap_or_default();
    let Some((clock, rest)) = text.split_once('.') else { return node.clone() };
    let zone = rest.trim_start_matches('0');
    let is_zero = zone.len() < rest.len() && !zone.starts_with(|c: char| c.is_ascii_digit());
    if is_zero { Node::text(node.at, format!("{clock}{zone}")) } else { node.clone() }
}

/// When a speech was given. Editors that know only the day leave midnight as the time, in London or
/// in UTC, and midnight is then no part of what the source says.
pub(super) fn day_or_moment(node: &Node) -> Node {
    let text = node.as_text().unwrap_or_default();
    let Some(day) = DateTime::parse_from_rfc3339(text).ok().and_then(midnight) else {
        return moment(node);
    };
    let date = Date::parse(&day.format("%Y-%m-%d").to_string());
    date.map_or_else(|_| node.clone(), |date| Node::text(node.at, date.with_text(text).to_string()))
}

/// The day of London that begins at a moment, in London or in UTC.
fn midnight(moment: DateTime<FixedOffset>) -> Option<NaiveDate> {
    let utc = moment.naive_utc();
    let london = utc.checked_add_signed(TimeDelta::hours(i64::from(is_summer(utc))))?;
    let starts = |time: NaiveDateTime| time.time() == NaiveTime::MIN;
    (starts(utc) || starts(london)).then(|| london.date())
}

/// Whether the clocks of London are an hour ahead of UTC: from the last Sunday of March to that of
/// October, at one o'clock UTC (Summer Time Order 2002).
fn is_summer(utc: NaiveDateTime) -> bool {
    let change = |month| {
        let last = NaiveDate::from_ymd_opt(utc.year(), month, 31)?;
        let back = last.weekday().days_since(Weekday::Sun);
        last.checked_sub_days(Days::new(u64::from(back)))?.and_hms_opt(1, 0, 0)
    };
    change(3).zip(change(10)).is_some_and(|(starts, ends)| starts <= utc && utc < ends)
}

/// The first of several moments.
pub(super) fn earliest(moments: impl Iterator<Item = Node>) -> Option<Node> {
    let at = |node: &Node| DateTime::parse_from_rfc3339(node.as_text()?).ok();
    moments
        .filter_map(|node| Some((at(&node)?, node)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, node)| node)
}

/// The day of a moment or a date, for comparing with others.
pub(super) fn day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let shaped = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shaped.then_some(day)
}

/// What was read of a document's dates: the one to be taken, and whether it stands in for another.
pub(super) struct Taken {
    pub(super) node: Node,
    /// What it is, where it is not when the document was first published.
    pub(super) stands_in: Option<&'static str>,
}

impl Taken {
    pub(super) fn at(&self) -> Place {
        self.node.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered(text: &str) -> String {
        day_or_moment(&Node::text(Place::TOP, text)).as_text().unwrap().to_owned()
    }

    #[test]
    fn midnight_in_london_or_in_utc_is_a_day() {
        for (text, day) in [
            ("2016-05-24T00:00:00+01:00", "2016-05-24"),
            ("2012-05-22T01:00:00+01:00", "2012-05-22"),
            ("2014-04-29T23:00:00Z", "2014-04-30"),
            ("2014-12-01T00:00:00.000+00:00", "2014-12-01"),
            ("2016-03-27T00:00:00+00:00", "2016-03-27"),
            ("2016-10-29T23:00:00Z", "2016-10-30"),
        ] {
            assert_eq!(delivered(text), format!("{day} ({text})"));
        }
        for text in [
            "2016-05-18T12:30:00+00:00",
            "2014-12-01T23:00:00Z",
            "2014-12-01T01:00:00+00:00",
            "2016-10-30T23:00:00Z",
            "2016-05-24",
            "soon",
        ] {
            assert_eq!(delivered(text), text);
        }
    }

    #[test]
    fn only_a_fraction_of_zero_goes() {
        for (text, shown) in [
            ("2016-05-24T10:00:01.000+00:00", "2016-05-24T10:00:01+00:00"),
            ("2016-05-24T10:00:01.0Z", "2016-05-24T10:00:01Z"),
            ("2016-05-24T10:00:01.050Z", "2016-05-24T10:00:01.050Z"),
            ("2016.", "2016."),
        ] {
            assert_eq!(moment(&Node::text(Place::TOP, text)).as_text(), Some(shown));
        }
    }

    #[test]
    fn the_first_moment_is_judged_by_time_not_by_text() {
        let nodes = ["2016-05-24T00:30:00+01:00", "2016-05-24T00:00:00Z", "never"];
        let first = earliest(nodes.into_iter().map(|text| Node::text(Place::TOP, text)));
        assert_eq!(first.unwrap().as_text(), Some(nodes[0]));
    }
}
