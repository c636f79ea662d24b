//! Entries one after the other: those that meet a condition, in the order of their numbers.
//!
//! The tree of cursors has the shape of the query, and adds scores in its order: this is the plan
//! that answers every question.

use std::ops::Range;

use super::check::Check;
use super::column::{Cells, Holders, within};
use super::open::Index;
use super::postings::{BEST, Pair, Postings};
use super::set::{Bits, END, Number, Set};
use crate::Result;
use crate::query::Scorer;
use crate::store::Bytes;

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

    /// Adds all entries to a set. Nothing was asked before, and nothing is afterwards.
    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
        let mut number = self.seek(0)?;
        while number != END {
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

    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
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

    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
        self.0.fill(bits)
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

    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
        match &self.0 {
            Holders::Few(numbers) => numbers.iter().for_each(|number| bits.insert(*number)),
            Holders::Many(set) => set.fill(bits)?,
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
    pub(super) lengths: Bytes<'a>,
    pub(super) first: Number,
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
        let Self { postings, lengths, first, scorer, weight } = self;
        let lengths: &[u8] = lengths;
        postings.drain_block(end, |number, frequency| {
            let place = number.wrapping_sub(*first) as usize;
            let length = lengths.get(place).copied().unwrap_or_default();
            if scorer.reaches(*weight, frequency, length, least) {
                out.push((number, scorer.score(*weight, frequency, length)));
            }
        })
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
        let place = self.postings.number().wrapping_sub(self.first) as usize;
        let length = self.lengths.get(place).copied().unwrap_or_default();
        Ok(self.scorer.score(self.weight, self.postings.frequency()?, length))
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

    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
        self.postings.drain_numbers(END, |number| bits.insert(number))
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

/// Entries that meet every condition.
pub(super) struct All<'a> {
    cursors: Vec<AnyCursor<'a>>,
    /// The cheapest first.
    order: Vec<usize>,
    end: Number,
}

impl<'a> All<'a> {
    pub(super) fn new(cursors: Vec<AnyCursor<'a>>, end: Number) -> Self {
        let mut order: Vec<usize> = (0..cursors.len()).collect();
        order.sort_by_key(|place| cursors[*place].cost());
        Self { cursors, order, end }
    }
}

impl Cursor for All<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        let mut number = from;
        if self.order.is_empty() {
            return Ok(if number < self.end { number } else { END });
        }
        'again: loop {
            for place in &self.order {
                let found = self.cursors[*place].seek(number)?;
                if found == END {
                    return Ok(END);
                }
                if found > number {
                    number = found;
                    // The first one is there already, and need not be asked again.
                    if *place != self.order[0] {
                        continue 'again;
                    }
                }
            }
            return Ok(number);
        }
    }

    fn score(&mut self) -> Result<f64> {
        let mut sum = 0.0;
        for cursor in &mut self.cursors {
            sum += cursor.score()?;
        }
        Ok(sum)
    }

    fn cost(&self) -> usize {
        self.order.first().map_or(self.end as usize, |place| self.cursors[*place].cost())
    }

    fn known(&self) -> Option<usize> {
        self.order.is_empty().then_some(self.end as usize)
    }

    fn bound(&mut self, from: Number) -> Result<(f64, Number)> {
        sum_of_bounds(self.cursors.iter_mut(), from)
    }

    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
        let end = self.end as usize;
        let Some((lead, rest)) = self.order.split_first() else {
            bits.insert_range(0..self.end);
            return Ok(());
        };
        // Few are looked up one by one; of many, whole sets are compared.
        let lead_cost = self.cursors[*lead].cost();
        let cheap = rest.iter().map(|place| self.cursors[*place].cost());
        let cheap = cheap.filter(|cost| *cost <= 2 * end).fold(0, usize::saturating_add);
        if lead_cost.saturating_mul(8) < cheap.saturating_add(end / 32) || lead_cost > 2 * end {
            let mut number = self.seek(0)?;
            while number != END {
                bits.insert(number);
                number = self.seek(number + 1)?;
            }
            return Ok(());
        }
        let mut all = Bits::new(self.end);
        self.cursors[*lead].fill(&mut all)?;
        for place in rest {
            let cursor = &mut self.cursors[*place];
            if cursor.cost() <= 2 * end {
                let mut own = Bits::new(self.end);
                cursor.fill(&mut own)?;
                all.keep(&own);
            } else {
                all.retain(|number| Ok(cursor.seek(number)? == number))?;
            }
        }
        bits.add(&all);
        Ok(())
    }
}

/// How high the scores of cursors can be together.
fn sum_of_bounds<'c, 'a: 'c>(
    cursors: impl Iterator<Item = &'c mut AnyCursor<'a>>,
    from: Number,
) -> Result<(f64, Number)> {
    let (mut sum, mut last) = (0.0, END);
    for cursor in cursors {
        let (bound, end) = cursor.bound(from)?;
        sum += bound;
        last = last.min(end);
    }
    Ok((sum, last))
}

/// Entries that meet any condition.
pub(super) struct Any<'a> {
    cursors: Vec<(AnyCursor<'a>, Number)>,
    number: Number,
    begun: bool,
}

impl<'a> Any<'a> {
    pub(super) fn new(cursors: Vec<AnyCursor<'a>>) -> Self {
        let cursors = cursors.into_iter().map(|cursor| (cursor, 0)).collect();
        Self { cursors, number: 0, begun: false }
    }
}

impl Cursor for Any<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        self.number = END;
        for (cursor, number) in &mut self.cursors {
            if *number < from || !self.begun {
                *number = cursor.seek(from)?;
            }
            self.number = self.number.min(*number);
        }
        self.begun = true;
        Ok(self.number)
    }

    fn score(&mut self) -> Result<f64> {
        let mut sum = 0.0;
        for (cursor, number) in &mut self.cursors {
            if *number == self.number {
                sum += cursor.score()?;
            }
        }
        Ok(sum)
    }

    fn cost(&self) -> usize {
        self.cursors.iter().fold(0, |sum, (cursor, _)| sum.saturating_add(cursor.cost()))
    }

    fn bound(&mut self, from: Number) -> Result<(f64, Number)> {
        sum_of_bounds(self.cursors.iter_mut().map(|(cursor, _)| cursor), from)
    }

    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
        self.cursors.iter_mut().try_for_each(|(cursor, _)| cursor.fill(bits))
    }
}

/// Entries that do not meet a condition.
pub(super) struct Others<'a> {
    cursor: AnyCursor<'a>,
    end: Number,
    /// The entry that was found last: the condition was asked of all before it.
    found: Option<Number>,
}

impl<'a> Others<'a> {
    pub(super) fn new(cursor: AnyCursor<'a>, end: Number) -> Self {
        Self { cursor, end, found: None }
    }
}

impl Cursor for Others<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        if let Some(found) = self.found.filter(|found| *found >= from) {
            return Ok(found);
        }
        let mut number = from;
        while number < self.end && self.cursor.seek(number)? == number {
            number += 1;
        }
        let found = if number < self.end { number } else { END };
        self.found = Some(found);
        Ok(found)
    }

    fn cost(&self) -> usize {
        self.end as usize
    }

    fn fill(&mut self, bits: &mut Bits) -> Result<()> {
        let (mut all, mut others) = (Bits::new(self.end), Bits::new(self.end));
        all.insert_range(0..self.end);
        self.cursor.fill(&mut others)?;
        all.drop_all(&others);
        bits.add(&all);
        Ok(())
    }
}

/// Entries that have to be read to be sure of them.
pub(super) struct Checked<'a> {
    pub(super) cursor: AnyCursor<'a>,
    pub(super) check: Check,
    pub(super) index: Index<'a>,
    /// The entry that was found last, which is not read again.
    pub(super) found: Option<Number>,
}

impl Cursor for Checked<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        if let Some(found) = self.found.filter(|found| *found >= from) {
            return Ok(found);
        }
        let mut number = self.cursor.seek(from)?;
        while number != END {
            let mut met = false;
            self.index.entries.with(number as usize, &mut |entry, language| {
                met = self.check.meets(entry, language);
            })?;
            if met {
                break;
            }
            number = self.cursor.seek(number + 1)?;
        }
        self.found = Some(number);
        Ok(number)
    }

    fn cost(&self) -> usize {
        // To read an entry costs as much as to look at thousands.
        self.cursor.cost().saturating_mul(1000)
    }
}
