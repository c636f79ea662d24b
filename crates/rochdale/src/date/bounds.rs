//! Moments of civil time, the calendar arithmetic behind them, and the span that a date may mean.

use std::fmt;

use super::{Precision, Qualifier};

/// The farthest year, either way, whose days are counted: those of the next power of ten would not
/// fit an `i64`.
pub(super) const FARTHEST_YEAR: i64 = 25_000_000_000_000_000;

/// Days in 400 years, after which the Gregorian calendar repeats.
const CYCLE: i64 = 146_097;

/// From the start of a cycle, 0000-03-01, to 1970-01-01: four whole cycles and these days.
const EPOCH_IN_CYCLE: i64 = 719_468 - 4 * CYCLE;

const LAST_SECOND: u32 = 24 * 60 * 60 - 1;

/// A second of civil time in the proleptic Gregorian calendar, in no particular zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Days since 1970-01-01.
    pub day: i64,
    /// Seconds since midnight, from 0 to 86399.
    pub second: u32,
}

impl Moment {
    /// The first second of a day; none where the calendar has no such day, or where it lies farther
    /// than an `i64` of days can reach. Years are counted astronomically: 1 BC is the year 0.
    pub fn from_civil(year: i64, month: u32, day: u32) -> Option<Self> {
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        let counted = (-FARTHEST_YEAR..=FARTHEST_YEAR).contains(&year);
        (exists && counted).then(|| Self { day: day_number(year, month, day), second: 0 })
    }

    /// The year, counted astronomically: 1 BC is the year 0.
    pub fn year(self) -> i64 {
        self.civil().0
    }

    /// The month of the year, from 1 to 12.
    pub fn month(self) -> u32 {
        self.civil().1
    }

    /// The day of the month, from 1.
    pub fn day_of_month(self) -> u32 {
        self.civil().2
    }

    /// The day of the week.
    pub fn weekday(self) -> chrono::Weekday {
        use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        match self.day.rem_euclid(7) {
            0 => Thu,
            1 => Fri,
            2 => Sat,
            3 => Sun,
            4 => Mon,
            5 => Tue,
            _ => Wed,
        }
    }

    /// The year, the month and the day of the month, which are costly to tell apart.
    pub fn civil(self) -> (i64, u32, u32) {
        // The year is taken to begin in March, so that the leap day is its last:
        // http://howardhinnant.github.io/date_algorithms.html#civil_from_days
        let shifted = self.day.rem_euclid(CYCLE) + EPOCH_IN_CYCLE;
        let cycle = self.day.div_euclid(CYCLE) + 4 + shifted / CYCLE;
        let day = shifted % CYCLE;
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let of_year = day - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let of_month = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        (year + cycle * 400 + i64::from(month <= 2), small(month), small(of_month))
    }

    /// The last second of the same day.
    pub(super) fn end_of_day(self) -> Self {
        Self { second: LAST_SECOND, ..self }
    }
}

impl fmt::Display for Moment {
    /// Writes ISO 8601, with a sign before a year that four digits cannot hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        match year {
            0..=9999 => write!(f, "{year:04}")?,
            -9999..=-1 => write!(f, "{year:05}")?,
            _ => write!(f, "{year:+}")?,
        }
        let (minutes, second) = (self.second / 60, self.second % 60);
        write!(f, "-{month:02}-{day:02}T{:02}:{:02}:{second:02}", minutes / 60, minutes % 60)
    }
}

/// One end of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    At(Moment),
    /// Without a limit, `..`.
    Open,
    /// There is a limit, but nobody said where.
    Unknown,
}

impl Edge {
    pub(super) fn moment(self) -> Option<Moment> {
        match self {
            Self::At(moment) => Some(moment),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// What a time says about its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    None,
    Utc,
    /// Seconds ahead of UTC.
    Offset(i32),
}

/// All that an expression means. The start is never after the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: Edge,
    pub(super) end: Edge,
    pub(super) precision: Precision,
    pub(super) qualifier: Qualifier,
    pub(super) zone: Zone,
}

impl Span {
    pub(super) fn new(start: Edge, end: Edge, precision: Precision) -> Self {
        Self { start, end, precision, qualifier: Qualifier::None, zone: Zone::None }
    }

    /// Whole years, both included, neither beyond the farthest one.
    pub(super) fn years(first: i64, last: i64, precision: Precision) -> Self {
        let start = Moment { day: day_number(first, 1, 1), second: 0 };
        let end = Moment { day: day_number(last, 12, 31), second: LAST_SECOND };
        Self::new(Edge::At(start), Edge::At(end), precision)
    }

    /// So many whole months, which may run into the next year.
    pub(super) fn months(year: i64, first: u32, count: u32, precision: Precision) -> Self {
        let after = first + count - 1;
        let (last_year, last) = (year + i64::from(after / 13), (after - 1) % 12 + 1);
        let start = Moment { day: day_number(year, first, 1), second: 0 };
        let last_day = days_in_month(last_year, last);
        let end = Moment { day: day_number(last_year, last, last_day), second: LAST_SECOND };
        Self::new(Edge::At(start), Edge::At(end), precision)
    }
}

/// How many days a month has. Months are counted from 1; others have none.
pub(super) fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

/// Days since 1970-01-01 of a day that exists, in a year within [`FARTHEST_YEAR`] or next to it.
fn day_number(year: i64, month: u32, day: u32) -> i64 {
    let year = year - i64::from(month <= 2);
    let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = i64::from(month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let of_cycle = year * 365 + year / 4 - year / 100 + of_year;
    (cycle - 4) * CYCLE + (of_cycle - EPOCH_IN_CYCLE)
}

fn small(number: i64) -> u32 {
    u32::try_from(number).expect("months and days are small")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_civil_dates_are_inverse() {
        for day in (-800_000..800_000).step_by(1).chain([i64::MIN, i64::MAX]) {
            let moment = Moment { day, second: 0 };
            let (year, month, of_month) = moment.civil();
            if year.abs() <= FARTHEST_YEAR {
                assert_eq!(Moment::from_civil(year, month, of_month), Some(moment));
            }
        }
    }

    #[test]
    fn agrees_with_chrono() {
        for days in (-150_000..150_000).step_by(7) {
            let moment = Moment { day: days.into(), second: 0 };
            let date = chrono::NaiveDate::from_epoch_days(days).unwrap();
            assert_eq!(moment.to_string(), format!("{date}T00:00:00"));
            assert_eq!(moment.weekday(), chrono::Datelike::weekday(&date));
        }
    }

    #[test]
    fn reaches_the_farthest_years_and_no_farther() {
        for year in [-FARTHEST_YEAR, FARTHEST_YEAR] {
            let moment = Moment::from_civil(year, 12, 31).unwrap();
            assert_eq!(moment.civil(), (year, 12, 31));
        }
        assert_eq!(Moment::from_civil(FARTHEST_YEAR + 1, 1, 1), None);
        assert_eq!(Moment::from_civil(i64::MIN, 1, 1), None);
        assert_eq!(Moment::from_civil(2011, 2, 29), None);
    }

    #[test]
    fn display_marks_years_beyond_four_digits() {
        let written = |year| Moment::from_civil(year, 3, 1).unwrap().to_string();
        assert_eq!(written(-100), "-0100-03-01T00:00:00");
        assert_eq!(written(12_000), "+12000-03-01T00:00:00");
        assert_eq!(written(-12_000), "-12000-03-01T00:00:00");
    }
}
