//! A date as far as its words go, and what the words around it or the reference day add.

use chrono::Weekday;

use super::super::bounds::{self, Moment};
use super::super::error::Problem;
use super::super::{Date, DateError, Precision};
use super::Note;
use super::reader::Reader;

/// One date as stated: any of its pieces may be missing.
#[derive(Clone, Debug, Default)]
pub(super) struct Partial {
    /// Where its words begin.
    pub(super) at: usize,
    /// The words themselves.
    pub(super) words: String,
    pub(super) weekday: Option<Weekday>,
    pub(super) day: Option<u32>,
    /// A month, or a part of the year as EDTF numbers it.
    pub(super) month: Option<u32>,
    pub(super) year: Option<i64>,
    /// `T09:30`, with its zone.
    pub(super) time: Option<String>,
    /// EDTF that stands for a whole phrase: "the 1990s", "tomorrow".
    pub(super) fixed: Option<String>,
    /// `~` or `?`.
    pub(super) qualifier: &'static str,
    pub(super) third: Option<Third>,
}

/// Which third of a time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    Early,
    Mid,
    Late,
}

impl Partial {
    pub(super) fn is_empty(&self) -> bool {
        let has_date = self.day.is_some() || self.month.is_some() || self.year.is_some();
        !has_date && self.fixed.is_none() && self.weekday.is_none() && self.time.is_none()
    }

    /// Reads EDTF that was put together from the words; the calendar may still refuse it.
    pub(super) fn build(&self, edtf: &str) -> Result<Date, DateError> {
        Date::parse(edtf).map_err(|error| error.moved(self.at))
    }

    /// Takes what it lacks from a date that it is joined to.
    pub(super) fn inherit(&mut self, other: &Self) {
        if self.fixed.is_some() {
            return;
        }
        if self.month.is_none() && self.day.is_some() {
            self.month = other.month;
        }
        if self.year.is_none() {
            self.year = other.year;
        }
    }
}

impl Reader<'_> {
    /// The date that the words mean, with its year, checked against the weekday.
    pub(super) fn resolve(&mut self, partial: &Partial) -> Result<Date, DateError> {
        let is_stated = partial.day.or(partial.month).is_some() || partial.year.is_some();
        let date = match &partial.fixed {
            Some(_) if is_stated => return Err(expected(partial, "one date")),
            Some(fixed) => partial.build(fixed)?,
            None => self.stated(partial)?,
        };
        let date = match &partial.time {
            Some(time) => partial.build(&format!("{}{time}", date.edtf()))?,
            None => date,
        };
        self.check_weekday(partial, &date)?;
        match partial.third {
            Some(third) => partial.build(&thirds(partial, &date, third)?),
            None if !partial.qualifier.is_empty() => {
                partial.build(&format!("{}{}", date.edtf(), partial.qualifier))
            }
            None => Ok(date),
        }
    }

    /// The date of stated numbers and names.
    fn stated(&mut self, partial: &Partial) -> Result<Date, DateError> {
        let year = match (partial.year, partial.month) {
            (Some(year), _) => year,
            (None, Some(_)) => self.assume_year(partial)?,
            (None, None) => return Err(expected(partial, "a month or a year")),
        };
        let edtf = match (partial.month, partial.day) {
            (Some(month), Some(day)) => edtf_day(year, month, day),
            (Some(month), None) => edtf_month(year, month),
            (None, None) => edtf_year(year),
            (None, Some(_)) => return Err(expected(partial, "a month beside the day")),
        };
        partial.build(&edtf)
    }

    /// The year that brings a day or month without one closest to the reference day.
    pub(super) fn assume_year(&mut self, partial: &Partial) -> Result<i64, DateError> {
        let reference = self.english.reference(&partial.words, partial.at)?;
        let spans = |reach: i64| {
            let years = reference.year() - reach..=reference.year() + reach;
            years.filter_map(|year| span_in(year, partial).map(|span| (year, span)))
        };
        let near: Vec<_> = spans(1).collect();
        // A leap day may be eight years away.
        let near = if near.is_empty() { spans(8).collect() } else { near };
        let right = |&&(_, (first, _)): &&(i64, (Moment, Moment))| {
            partial.day.is_some() && partial.weekday == Some(first.weekday())
        };
        let by_weekday = near.iter().any(|one| right(&one));
        let year = near
            .iter()
            .filter(|one| !by_weekday || right(one))
            .min_by_key(|(year, span)| (distance(reference, *span), -year))
            .map(|(year, _)| *year)
            .ok_or_else(|| expected(partial, "a day that the calendar has"))?;
        self.notes.push(Note::YearAssumed { year, by_weekday });
        Ok(year)
    }

    fn check_weekday(&mut self, partial: &Partial, date: &Date) -> Result<(), DateError> {
        let (Some(stated), Some(start)) = (partial.weekday, date.earliest()) else { return Ok(()) };
        if date.precision() > Precision::Day {
            return Err(expected(partial, "a day beside the weekday"));
        }
        let actual = start.weekday();
        if stated != actual {
            self.notes.push(Note::WeekdayMismatch { stated, actual });
        }
        Ok(())
    }
}

/// The days of a partial date in a year.
fn span_in(year: i64, partial: &Partial) -> Option<(Moment, Moment)> {
    let month = partial.month?;
    let edtf = match partial.day {
        Some(day) => edtf_day(year, month, day),
        None => edtf_month(year, month),
    };
    let date = Date::parse(&edtf).ok()?;
    date.earliest().zip(date.latest())
}

fn distance(day: Moment, (first, last): (Moment, Moment)) -> i64 {
    (first.day - day.day).max(day.day - last.day).max(0)
}

/// The early, middle or late part of a date, always approximate.
fn thirds(partial: &Partial, date: &Date, third: Third) -> Result<String, DateError> {
    let start = date.earliest().ok_or_else(|| expected(partial, "a year, month or season"))?;
    let (year, month, _) = start.civil();
    let index = third as usize;
    let from = |bounds: [(u32, u32); 3]| bounds[index];
    Ok(match date.precision() {
        Precision::Year => {
            let (first, last) = from([(1, 4), (5, 8), (9, 12)]);
            format!("{}~/{}~", edtf_month(year, first), edtf_month(year, last))
        }
        Precision::Month => {
            let (first, last) = from([(1, 10), (11, 20), (21, bounds::days_in_month(year, month))]);
            format!("{}~/{}~", edtf_day(year, month, first), edtf_day(year, month, last))
        }
        Precision::Season | Precision::Quarter => {
            let month = month + from([(0, 0), (1, 1), (2, 2)]).0;
            let (year, month) = (year + i64::from(month / 13), (month - 1) % 12 + 1);
            format!("{}~", edtf_month(year, month))
        }
        Precision::Decade => {
            let (first, last) = from([(0, 3), (4, 6), (7, 9)]);
            let year = |of_decade: u32| edtf_year(year + i64::from(of_decade));
            format!("{}~/{}~", year(first), year(last))
        }
        _ => return Err(expected(partial, "a year, month or season")),
    })
}

pub(super) fn edtf_year(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}", year.unsigned_abs())
}

/// A month, or a part of the year by its number.
pub(super) fn edtf_month(year: i64, month: u32) -> String {
    format!("{}-{month:02}", edtf_year(year))
}

pub(super) fn edtf_day(year: i64, month: u32, day: u32) -> String {
    format!("{}-{day:02}", edtf_month(year, month))
}

pub(super) fn edtf_of(moment: Moment) -> String {
    let (year, month, day) = moment.civil();
    edtf_day(year, month, day)
}

pub(super) fn expected(partial: &Partial, expected: &'static str) -> DateError {
    DateError::new(Problem::Expected { expected, got: partial.words.clone() }, partial.at)
}
