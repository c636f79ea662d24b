//! The order of dates, and whether one possibly or definitely meets a comparison with another.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::bounds::{Edge, Moment};
use super::{Date, Qualifier};

/// Whether a date must meet a comparison or only might.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Some moment that the date may mean meets it.
    #[default]
    Possible,
    /// Every moment that the date may mean meets it, and its source is sure of it.
    Definite,
}

/// How one date may stand to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Before the other begins, `<`.
    Before,
    /// Not after the other ends, `<=`.
    OnOrBefore,
    /// Not before the other begins, `>=`.
    OnOrAfter,
    /// After the other ends, `>`.
    After,
    /// Neither before the other begins nor after it ends.
    During,
}

impl Comparison {
    /// Every comparison.
    pub const ALL: [Self; 5] =
        [Self::Before, Self::OnOrBefore, Self::OnOrAfter, Self::After, Self::During];
}

impl Date {
    /// Whether this date stands to another as asked.
    ///
    /// Only bounds are compared, so a set counts from its first member to its last. A qualified
    /// date (`2011?`) and one with an unknown end (`2011/`) meet nothing definitely. An open end is
    /// without limit: `../2011` is definitely on or before 2011.
    ///
    /// The qualifier of `other` changes nothing. Its open end lies beyond every date: all are on or
    /// before the end of `2011/..`, none is after it. Its unknown end may be anywhere from its
    /// known one on, and the date meets the comparison possibly if it does so for one such place,
    /// definitely if for all: `2010` is possibly during `/2011`, and 2012 definitely on or after
    /// its start.
    pub fn meets(&self, comparison: Comparison, other: &Self, certainty: Certainty) -> bool {
        let (first, last) = (self.first(), self.last());
        let (start, end) = (other.possible_starts(), other.possible_ends());
        if certainty == Certainty::Definite {
            return self.is_sure()
                && match comparison {
                    Comparison::Before => last < start.0,
                    Comparison::OnOrBefore => last <= end.0,
                    Comparison::OnOrAfter => first >= start.1,
                    Comparison::After => first > end.1,
                    Comparison::During => first >= start.1 && last <= end.0,
                };
        }
        match comparison {
            Comparison::Before => first < start.1,
            Comparison::OnOrBefore => first <= end.1,
            Comparison::OnOrAfter => last >= start.0,
            Comparison::After => last > end.0,
            Comparison::During => last >= start.0 && first <= end.1,
        }
    }

    /// Compares what may have no date, which comes last.
    pub fn compare_optional(one: Option<&Self>, other: Option<&Self>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) => one.cmp(other),
            _ => one.is_none().cmp(&other.is_none()),
        }
    }

    fn is_sure(&self) -> bool {
        self.qualifier() == Qualifier::None && !self.start_is_unknown() && !self.end_is_unknown()
    }

    fn first(&self) -> Position {
        self.earliest().map_or(Position::Past, Position::At)
    }

    fn last(&self) -> Position {
        self.latest().map_or(Position::Future, Position::At)
    }

    /// The earliest and the latest place where this date may begin.
    fn possible_starts(&self) -> (Position, Position) {
        let latest = if self.span.start == Edge::Unknown { self.last() } else { self.first() };
        (self.first(), latest)
    }

    /// The earliest and the latest place where this date may end.
    fn possible_ends(&self) -> (Position, Position) {
        let earliest = if self.span.end == Edge::Unknown { self.first() } else { self.last() };
        (earliest, self.last())
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        // Different expressions may share their bounds and their words, yet are not equal.
        let bounds = (self.first(), self.last()).cmp(&(other.first(), other.last()));
        bounds.then_with(|| (self.text(), self.edtf()).cmp(&(other.text(), other.edtf())))
    }
}

/// A moment, or beyond all of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Position {
    Past,
    At(Moment),
    Future,
}
