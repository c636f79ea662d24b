//! Reads dates as British English writes them, the day first, into the closest EDTF.

use std::fmt;

use chrono::Weekday;

use super::bounds::Moment;
use super::error::{DateError, Problem};
use super::{Date, Precision};

mod partial;
mod reader;
mod relative;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use reader::Reader;

/// A reader of English dates: "Friday 20th May 2011", "autumn 2011", "before 1990".
///
/// | words | EDTF |
/// |---|---|
/// | Friday 20th May 2011; May 20, 2011; 20/05/2011; 20.05.2011 | `2011-05-20` |
/// | 20 May 2011, 9.30am BST | `2011-05-20T09:30+01:00` |
/// | autumn 2011; Q2 2012; first half of 2012 | `2011-23`; `2012-34`; `2012-40` |
/// | circa 1844; probably May 2011 | `1844~`; `2011-05?` |
/// | the 1990s; 19th century | `199X`; `18XX` |
/// | early, mid, late 2012 | `2012-01~/2012-04~`, `2012-05~/2012-08~`, `2012-09~/2012-12~` |
/// | early, mid, late May 2011 | the days to the 10th, to the 20th and to the end, approximately |
/// | before 1990; after 2010; since 2010; by May 2011 | `../1989`; `2011/..`; `2010/..`; `../2011-05` |
/// | 12-14 May 2011; between May and July 2011 | `2011-05-12/2011-05-14`; `2011-05/2011-07` |
/// | 5 or 6 May 2011 | `[2011-05-05,2011-05-06]` |
/// | today; next Friday; last spring; later this month | what they mean on the reference day |
///
/// "Early 2012" is not the season `2012-21`, which begins in March: January must stay possible.
///
/// A day without a year lies in the year that brings it closest to the reference day, the later one
/// of two; a stated weekday narrows the choice to the years around it in which it is right. A month
/// or season is judged by the closest of its days. "Next" means the first to begin after the
/// reference day, "last" the last to end before it, "this" the one of the same year (of a week: in
/// the seven days from it on).
///
/// # Example
///
/// ```
/// use rochdale::date::{Date, english::English};
///
/// let published = Date::parse("2011-05-03")?;
/// let reading = English::new(Some(&published)).read("Friday 20th May")?;
/// assert_eq!(reading.date.to_string(), "2011-05-20 (Friday 20th May)");
/// assert_eq!(reading.notes[0].to_string(), "no year is stated: took 2011, by the weekday");
/// # Ok::<(), rochdale::date::DateError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct English {
    reference: Option<Moment>,
    financial_years: bool,
}

impl English {
    /// A reader that judges relative dates by the reference, such as the day of publication. A
    /// reference that is not exact to the day is no help and counts as none.
    pub fn new(reference: Option<&Date>) -> Self {
        let exact = reference.filter(|date| date.precision() <= Precision::Day);
        let reference = exact.and_then(Date::earliest).map(|day| Moment { second: 0, ..day });
        Self { reference, financial_years: false }
    }

    /// Reads `2011/12` and `2011-12` as the financial year of government, from 1 April 2011 to 31
    /// March 2012.
    #[must_use]
    pub fn financial_years(self) -> Self {
        Self { financial_years: true, ..self }
    }

    /// Reads a date that is the whole of a text, in English or EDTF. The words are kept as the text
    /// of the date.
    ///
    /// # Errors
    ///
    /// Fails on text that is not a date, or holds more than one; on a day that no calendar has; and
    /// on a relative date or one without its year where no reference day is known.
    pub fn read(&self, text: &str) -> Result<Reading, DateError> {
        let trimmed = text.trim();
        let indent = text.len() - text.trim_start().len();
        let is_financial = self.financial_years && reader::is_financial_year(trimmed);
        if let (false, Ok(date)) = (is_financial, Date::parse(trimmed)) {
            return Ok(Reading { date, notes: Vec::new() });
        }
        let reading = Reader::new(self, trimmed).and_then(Reader::read);
        let reading = reading.map_err(|error| error.shifted(indent))?;
        Ok(Reading { date: reading.date.with_text(trimmed), ..reading })
    }

    /// The reference day.
    fn reference(&self, words: &str, at: usize) -> Result<Moment, DateError> {
        let needed = || DateError::new(Problem::NeedsReference(words.to_owned()), at);
        self.reference.ok_or_else(needed)
    }
}

/// A date that was read, and what a reader of it should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The date, with the words of the source.
    pub date: Date,
    /// What was assumed or does not fit.
    pub notes: Vec<Note>,
}

/// Something assumed, or contradicted, by the words of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The date falls on another weekday than the one stated. The date was taken, not the weekday.
    WeekdayMismatch {
        /// The weekday that the source states.
        stated: Weekday,
        /// The weekday of the date.
        actual: Weekday,
    },
    /// The source states no year.
    YearAssumed {
        /// The year that was taken.
        year: i64,
        /// Whether the stated weekday decided, rather than the distance alone.
        by_weekday: bool,
    },
    /// The words have several common meanings. The date covers all of them.
    Ambiguous {
        /// The words.
        words: String,
        /// What they may mean, in EDTF.
        meanings: Vec<String>,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WeekdayMismatch { stated, actual } => {
                let (stated, actual) = (words::weekday_name(*stated), words::weekday_name(*actual));
                write!(f, "the source says {stated}, but the date is a {actual}")
            }
            Self::YearAssumed { year, by_weekday } => {
                let why = if *by_weekday { "by the weekday" } else { "the closest" };
                write!(f, "no year is stated: took {year}, {why}")
            }
            Self::Ambiguous { words, meanings } => {
                let meanings = meanings.join("` or `");
                write!(f, "`{words}` may mean `{meanings}`: write the one that is meant")
            }
        }
    }
}
