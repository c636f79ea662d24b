//! Dates counted by year, month, week or day, in order of time, with the gaps filled.

use super::FacetValue;
use crate::date::{Date, Moment};
use crate::issue::Issue;
use crate::query::Period;
use crate::query::codes::FACET_GAPS;

/// Among more periods than this the empty ones are left out, with a warning.
pub(crate) const MOST: i64 = 10_000;

/// The name of the period in which a date certainly lies; nothing where it is wider.
pub(crate) fn key(date: &Date, period: Period) -> Option<String> {
    let first = name(date.earliest()?, period);
    (first == name(date.latest()?, period)).then_some(first)
}

fn name(moment: Moment, period: Period) -> String {
    let (year, month, day) = moment.civil();
    match period {
        Period::Year => format!("{year:04}"),
        Period::Month => format!("{year:04}-{month:02}"),
        Period::Day => format!("{year:04}-{month:02}-{day:02}"),
        Period::Week => {
            // ISO 8601: a week belongs to the year of its Thursday.
            let thursday = Moment { day: monday(moment.day) + 3, second: 0 };
            let (year, ..) = thursday.civil();
            let first = Moment::from_civil(year, 1, 1).map_or(thursday.day, |first| first.day);
            format!("{year:04}-W{:02}", (thursday.day - first) / 7 + 1)
        }
    }
}

/// The Monday on or before a day; 1 January 1970 was a Thursday.
fn monday(day: i64) -> i64 {
    day - (day + 3).rem_euclid(7)
}

/// The values of periods, each with its number.
pub(crate) fn numbered(values: Vec<FacetValue>, period: Period) -> Vec<(i64, FacetValue)> {
    values.into_iter().map(|value| (ordinal(&value.value, period), value)).collect()
}

/// Puts the periods in order of time and adds those between that nothing falls in.
pub(crate) fn fill(
    mut dated: Vec<(i64, FacetValue)>,
    period: Period,
    facet: &str,
    warnings: &mut Vec<Issue>,
) -> Vec<FacetValue> {
    dated.sort_by_key(|(ordinal, _)| *ordinal);
    let span = match (dated.first(), dated.last()) {
        (Some((first, _)), Some((last, _))) => last - first,
        _ => 0,
    };
    if span > MOST {
        let message = format!(
            "the facet `{facet}` spans {span} periods of a {}; the empty ones are left out",
            period.name()
        );
        warnings.push(Issue::new(&FACET_GAPS, message).with_help("ask for a longer period"));
        return dated.into_iter().map(|(_, value)| value).collect();
    }
    let mut out: Vec<FacetValue> = Vec::with_capacity(usize::try_from(span).unwrap_or(0) + 1);
    let mut next = None;
    for (ordinal, value) in dated {
        for gap in next.unwrap_or(ordinal)..ordinal {
            let of = value.of.as_ref().map(|_| super::Summary::default());
            out.push(FacetValue { value: name_of(gap, period), label: None, count: 0, of });
        }
        next = Some(ordinal + 1);
        out.push(value);
    }
    out
}

/// The number of the period that a day lies in, counted without gaps.
pub(crate) fn number(day: i64, period: Period) -> i64 {
    let (year, month, _) = Moment { day, second: 0 }.civil();
    match period {
        Period::Year => year,
        Period::Month => year * 12 + i64::from(month) - 1,
        Period::Day => day,
        Period::Week => monday(day).div_euclid(7),
    }
}

/// The name of the period of this number.
pub(crate) fn name_of(number: i64, period: Period) -> String {
    match period {
        Period::Year => year_name(number),
        Period::Month => {
            let mut name = year_name(number.div_euclid(12));
            name.push('-');
            two_digits(number.rem_euclid(12) + 1, &mut name);
            name
        }
        _ => name(moment(number, period), period),
    }
}

fn year_name(year: i64) -> String {
    if !(0..=9999).contains(&year) {
        return format!("{year:04}");
    }
    let mut name = String::with_capacity(8);
    two_digits(year / 100, &mut name);
    two_digits(year % 100, &mut name);
    name
}

/// Adds a number below 100; formatting takes ten times as long, and there are many periods.
fn two_digits(number: i64, out: &mut String) {
    for digit in [number / 10, number % 10] {
        out.push(char::from_digit(u32::try_from(digit).unwrap_or_default(), 10).unwrap_or('0'));
    }
}

/// The days of the period of this number.
pub(crate) fn days(number: i64, period: Period) -> std::ops::Range<i64> {
    moment(number, period).day..moment(number + 1, period).day
}

/// The number of a period, counted without gaps.
fn ordinal(key: &str, period: Period) -> i64 {
    let (sign, digits) = key.strip_prefix('-').map_or((1, key), |digits| (-1, digits));
    let mut parts = digits
        .split('-')
        .map(|part| part.trim_start_matches('W').parse::<i64>().unwrap_or_default());
    let year = sign * parts.next().unwrap_or_default();
    let second = parts.next().unwrap_or(1);
    let third = parts.next().unwrap_or(1);
    let day = |month: i64, day: i64| {
        let (month, day) = (u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1));
        Moment::from_civil(year, month, day).map_or(0, |moment| moment.day)
    };
    match period {
        Period::Year => year,
        Period::Month => year * 12 + second - 1,
        Period::Day => day(second, third),
        // The week of 4 January is the first (ISO 8601).
        Period::Week => monday(day(1, 4)).div_euclid(7) + second - 1,
    }
}

/// A moment in the period of this number.
fn moment(ordinal: i64, period: Period) -> Moment {
    let day = match period {
        Period::Year => return first_of(ordinal, 1),
        Period::Month => return first_of(ordinal.div_euclid(12), ordinal.rem_euclid(12) + 1),
        Period::Day => ordinal,
        // Mondays are 4 days after a multiple of 7 since 1970.
        Period::Week => ordinal * 7 + 4,
    };
    Moment { day, second: 0 }
}

fn first_of(year: i64, month: i64) -> Moment {
    let month = u32::try_from(month).unwrap_or(1);
    Moment::from_civil(year, month, 1).unwrap_or(Moment { day: 0, second: 0 })
}
