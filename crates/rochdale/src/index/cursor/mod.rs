//! Entries one after the other: those that meet a condition, in the order of their numbers.
//!
//! The tree of cursors has the shape of the query, and adds scores in its order: this is the plan
//! that answers every question.

mod combine;

use std::ops::Range;

use super::column::{Cells, Holders, within};
use super::lengths::Lengths;
use super::postings::{BEST, Pair, Postings};
use super::set::{Bits, END, Number, Set};
use crate::Result;
use crate::query::Scorer;
pub(super) use combine::{All, Any, Checked, Others, Tiers, With};

/// Goes through the entries that meet a condition.
pub(super) trait Cursor {
    /// The least entry, not below `from`, that meets the condition; [`END`] where there is none.
    /// `from` never falls from one call to the next.
    fn seek(&mut self, from: Number) -> Result<Number>;

    /// The score of the entry that was found last.
    fn score(&mut self) -> Result<f64> {
        Ok(0.0)
    }

    /// About how many entries there are.
    fn cost(&self) -> usize;

    /// How many entries there are, where that is known without looking.
    fn known(&self) -> Option<usize> {
        None
    }

    /// How high an entry from `from` on can score up to a number that is given too.
    fn bound(&mut self, from: Number) -> Result<(f64, Number)> {
        let _ = from;
        Ok((0.0, END))
    }

    /// A range outside of which there are no entries.
    fn span(&self) -> Range<Number> {
        0..END
    }

    /// Adds the entries of a range, and perhaps others that meet the condition, to a set. Nothing was
    /// asked before, and nothing is afterwards.
    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        let mut number = self.seek(numbers.start)?;
        while number < numbers.end {
            bits.insert(number);
            number = self.seek(number + 1)?;
        }
        Ok(())
    }
}

pub(super) type AnyCursor<'a> = Box<dyn Cursor + 'a>;

/// Nothing.
pub(super) struct Nothing;

impl Cursor for Nothing {
    fn seek(&mut self, _: Number) -> Result<Number> {
        Ok(END)
    }

    fn cost(&self) -> usize {
        0
    }

    fn known(&self) -> Option<usize> {
        Some(0)
    }
}

/// Entries in ranges, which ascend.
pub(super) struct InRanges(pub(super) Vec<Range<Number>>);

impl Cursor for InRanges {
    fn seek(&mut self, from: Number) -> Result<Number> {
        let place = self.0.partition_point(|range| range.end <= from);
        Ok(self.0.get(place).map_or(END, |range| range.start.max(from)))
    }

    fn cost(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    fn known(&self) -> Option<usize> {
        Some(self.cost())
    }

    fn span(&self) -> Range<Number> {
        let (first, last) = (self.0.first(), self.0.last());
        first.map_or(0, |range| range.start)..last.map_or(0, |range| range.end)
    }

    fn fill(&mut self, _: &Range<Number>, bits: &mut Bits) -> Result<()> {
        self.0.iter().for_each(|range| bits.insert_range(range.clone()));
        Ok(())
    }
}

/// Entries in memory.
pub(super) struct InBits(pub(super) Bits);

impl Cursor for InBits {
    fn seek(&mut self, from: Number) -> Result<Number> {
        Ok(self.0.seek(from))
    }

    fn cost(&self) -> usize {
        self.0.count()
    }

    fn known(&self) -> Option<usize> {
        Some(self.cost())
    }
}

/// Entries of a stored set.
pub(super) struct InSet<'a>(pub(super) Set<'a>);

impl Cursor for InSet<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        self.0.seek(from)
    }

    fn cost(&self) -> usize {
        self.0.estimate()
    }

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        self.0.fill(numbers, bits)
    }
}

/// Entries of a value.
pub(super) struct OfValue<'a>(pub(super) Holders<'a>, pub(super) usize);

impl Cursor for OfValue<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        self.0.seek(from)
    }

    fn cost(&self) -> usize {
        self.1
    }

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        match &self.0 {
            Holders::Few(numbers) => numbers.iter().for_each(|number| bits.insert(*number)),
            Holders::Many(set) => set.fill(numbers, bits)?,
        }
        Ok(())
    }
}

/// Entries one of whose values is among some, found by looking at each.
pub(super) struct ByCells<'a> {
    pub(super) cells: Cells<'a>,
    pub(super) values: Vec<Range<u32>>,
    pub(super) end: Number,
}

impl Cursor for ByCells<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        for number in from..self.end {
            let mut met = false;
            self.cells.each(number, |value| met |= within(&self.values, value))?;
            if met {
                return Ok(number);
            }
        }
        Ok(END)
    }

    fn cost(&self) -> usize {
        self.end as usize
    }
}

/// Entries that have a word, scored.
pub(super) struct OfWord<'a> {
    pub(super) postings: Postings<'a>,
    pub(super) lengths: Lengths<'a>,
    pub(super) scorer: &'a Scorer,
    pub(super) weight: f64,
}

impl OfWord<'_> {
    /// How high entries from a number on can score up to the end of a block, and its last number.
    pub(super) fn bound(&self, from: Number) -> Result<(f64, Number)> {
        let score = |pair: Pair| self.scorer.score(self.weight, pair.frequency, pair.length);
        self.postings.bound(from, score)
    }

    /// Adds the entries below `end`, of the block at hand, that can score so much, with their
    /// scores, and goes behind them.
    pub(super) fn take(
        &mut self,
        end: Number,
        least: f64,
        out: &mut Vec<(Number, f64)>,
    ) -> Result<()> {
        let Self { postings, lengths, scorer, weight } = self;
        let mut damaged = None;
        postings.drain_block(end, |number, frequency| match lengths.of(number) {
            Ok(length) if scorer.reaches(*weight, frequency, length, least) => {
                out.push((number, scorer.score(*weight, frequency, length)));
            }
            Ok(_) => {}
            Err(error) => damaged = Some(error),
        })?;
        damaged.map_or(Ok(()), Err)
    }

    /// The score of an entry that has the word so often.
    #[inline]
    pub(super) fn score_of(&mut self, number: Number, frequency: u32) -> Result<f64> {
        Ok(self.scorer.score(self.weight, frequency, self.lengths.of(number)?))
    }

    /// A score that so many entries reach by this word alone, where that is known.
    pub(super) fn floor(&self, wanted: usize) -> Option<f64> {
        let place = BEST.iter().position(|best| wanted <= *best)?;
        let pair = self.postings.seeds().get(place)?;
        Some(self.scorer.score(self.weight, pair.frequency, pair.length))
    }
}

impl Cursor for OfWord<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        self.postings.seek(from)
    }

    fn score(&mut self) -> Result<f64> {
        let frequency = self.postings.frequency()?;
        self.score_of(self.postings.number(), frequency)
    }

    fn cost(&self) -> usize {
        self.postings.count()
    }

    fn known(&self) -> Option<usize> {
        Some(self.postings.count())
    }

    fn bound(&mut self, from: Number) -> Result<(f64, Number)> {
        OfWord::bound(self, from)
    }

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        self.postings.seek(numbers.start)?;
        self.postings.drain_numbers(numbers.end, |number| bits.insert(number))
    }
}

/// Entries in memory, with their scores.
pub(super) struct Scored {
    pub(super) entries: Vec<(Number, f64)>,
    pub(super) at: usize,
}

impl Cursor for Scored {
    fn seek(&mut self, from: Number) -> Result<Number> {
        let rest = &self.entries[self.at..];
        let near = rest.iter().take(8).position(|(number, _)| *number >= from);
        self.at += near.unwrap_or_else(|| rest.partition_point(|(number, _)| *number < from));
        Ok(self.entries.get(self.at).map_or(END, |(number, _)| *number))
    }

    fn score(&mut self) -> Result<f64> {
        Ok(self.entries.get(self.at).map_or(0.0, |(_, score)| *score))
    }

    fn cost(&self) -> usize {
        self.entries.len()
    }

    fn known(&self) -> Option<usize> {
        Some(self.entries.len())
    }

    fn bound(&mut self, _: Number) -> Result<(f64, Number)> {
        Ok((f64::INFINITY, END))
    }
}
