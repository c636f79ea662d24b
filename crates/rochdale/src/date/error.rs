//! What was wrong with the text of a date, and where.

use thiserror::Error;

/// Why a text is not a date, or a date not what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct DateError {
    problem: Problem,
    offset: usize,
}

impl DateError {
    /// Where in the text the trouble begins, in bytes.
    pub fn offset(&self) -> usize {
        self.offset
    }

    pub(super) fn new(problem: Problem, offset: usize) -> Self {
        Self { problem, offset }
    }

    /// The same trouble in a text that begins so many bytes earlier.
    pub(super) fn shifted(self, bytes: usize) -> Self {
        Self { offset: self.offset + bytes, ..self }
    }

    /// The same trouble at another place.
    pub(super) fn moved(self, offset: usize) -> Self {
        Self { offset, ..self }
    }
}

/// The kinds of trouble, each with its message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum Problem {
    #[error("expected {expected}, got {}", Quoted(.got))]
    Expected { expected: &'static str, got: String },
    #[error("a year of more than four digits is written with `Y` before it, as in `Y{year}`")]
    LongYear { year: String },
    #[error("the year {} is too far away: its days cannot be counted", Quoted(.year))]
    FarYear { year: String },
    #[error("there is no year `-0000`: the year before 1 is `0000`")]
    NegativeZero,
    #[error("`{year}-{month}` has no day `{day}`")]
    NoSuchDay { year: String, month: String, day: String },
    #[error("{0} belong to a part of EDTF level 2 that is not kept")]
    OutsideLevels(&'static str),
    #[error("nothing of this year is specified: leave out a date that is not known")]
    NothingSpecified,
    #[error("the offset `-00:00` means nothing: write `Z`, or no offset")]
    NegativeOffset,
    #[error("the interval ends before it begins")]
    Reversed,
    #[error("{0} stand alone, never in an interval or a set")]
    NotInside(&'static str),
    #[error("{} needs a reference day to be understood", Quoted(.0))]
    NeedsReference(String),
    #[error("`{date}` is not exact: expected {expected}")]
    NotExact { date: String, expected: &'static str },
    #[error("`{date}` lies beyond the years that chrono can hold")]
    BeyondChrono { date: String },
}

/// User text between backticks, shortened so that no message is as long as its input.
struct Quoted<'a>(&'a str);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const LIMIT: usize = 40;
        match self.0.char_indices().nth(LIMIT) {
            None if self.0.is_empty() => f.write_str("nothing"),
            None => write!(f, "`{}`", self.0),
            Some((end, _)) => write!(f, "`{}…`", &self.0[..end]),
        }
    }
}
