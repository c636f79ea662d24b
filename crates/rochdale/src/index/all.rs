//! The best entries that have all of several words.
//!
//! Where all of the words are frequent, the numbers of one are marked in a run of entries, and those of
//! the next compared with the marks. That has no branches that cannot be foreseen, which is what takes
//! the time where lists are gone through together. Blocks are not passed over by how high they can
//! score: among entries that have frequent words there is hardly a block without one that scores high.

use super::cursor::{Cursor, OfWord};
use super::set::{END, Number};
use super::top::{Top, Words};
use crate::Result;

/// Lists are gone through together by marks where none is so many times as long as another.
const ALIKE: usize = 16;

/// How many numbers a run has.
const RUN: Number = 1 << 13;

/// Where a word stands in fewer entries of a run, to mark them costs more than it saves.
const FEW: usize = 32;

/// The entries of a run that have all words so far.
struct Common {
    marks: Vec<u64>,
    /// The entries, and how often the last word stands in each.
    found: Vec<(Number, u32)>,
    count: usize,
    /// For each word but the last how often it stands in the marked entries.
    frequencies: Vec<Vec<u32>>,
}

/// The place of a number in a run.
#[inline]
fn place(number: Number) -> usize {
    (number % RUN) as usize
}

impl Common {
    fn new(words: usize) -> Self {
        let run = RUN as usize;
        Self {
            marks: vec![0; run / 64],
            found: vec![(0, 0); run + 1],
            count: 0,
            frequencies: vec![vec![0; run]; words - 1],
        }
    }

    /// Takes the entries of a run that have every word.
    fn meet(&mut self, terms: &mut [OfWord<'_>], order: &[usize], end: Number) -> Result<()> {
        let Self { marks, found, count, frequencies } = self;
        for (step, term) in order.iter().enumerate() {
            let postings = &mut terms[*term].postings;
            postings.seek(end - RUN)?;
            if let (0, Some(own)) = (step, frequencies.first_mut()) {
                marks.fill(0);
                postings.drain(end, |number, frequency| {
                    let at = place(number);
                    marks[at / 64] |= 1 << (at % 64);
                    own[at] = frequency;
                })?;
                continue;
            }
            let mut kept = 0;
            postings.drain(end, |number, frequency| {
                let at = place(number);
                found[kept] = (number, frequency);
                kept += (marks[at / 64] >> (at % 64) & 1) as usize;
            })?;
            *count = kept;
            if let Some(own) = frequencies.get_mut(step) {
                marks.fill(0);
                for (number, frequency) in &found[..kept] {
                    let at = place(*number);
                    marks[at / 64] |= 1 << (at % 64);
                    own[at] = *frequency;
                }
            }
        }
        Ok(())
    }
}

impl Words<'_> {
    /// Takes the best entries that have all of the words; says how many there are.
    pub(super) fn best_of_all(&mut self, top: &mut Top, end: Number) -> Result<usize> {
        let mut order: Vec<usize> = (0..self.terms.len()).collect();
        order.sort_by_key(|place| self.terms[*place].postings.count());
        let count = |place: Option<&usize>| place.map_or(0, |at| self.terms[*at].postings.count());
        let (short, long) = (count(order.first()), count(order.last()));
        let runs = end.div_ceil(RUN);
        if short * ALIKE < long || short < FEW * runs as usize {
            return self.take_all(&order, top);
        }
        let mut common = Common::new(self.terms.len());
        let mut total = 0;
        for run in 1..=runs {
            common.meet(&mut self.terms, &order, run * RUN)?;
            total += self.take(&common, &order, top)?;
        }
        Ok(total)
    }

    /// Takes the best of the entries of a run; says how many there are.
    fn take(&mut self, common: &Common, order: &[usize], top: &mut Top) -> Result<usize> {
        let Self { terms, filter, .. } = self;
        // Of each word its place among the frequencies; the last has none.
        let mut steps = vec![0; order.len()];
        order.iter().enumerate().for_each(|(step, term)| steps[*term] = step);
        let mut total = 0;
        for (number, last) in &common.found[..common.count] {
            if let Some(filter) = filter
                && filter.seek(*number)? != *number
            {
                continue;
            }
            total += 1;
            let mut score = 0.0;
            for (term, step) in terms.iter_mut().zip(&steps) {
                let own = common.frequencies.get(*step).map(|own| own[place(*number)]);
                score += term.score_of(*number, own.unwrap_or(*last))?;
            }
            top.push(*number, score);
        }
        Ok(total)
    }

    /// Takes the best entries that have all of the words, the rarest word first; says how many there
    /// are.
    fn take_all(&mut self, order: &[usize], top: &mut Top) -> Result<usize> {
        let Self { terms, filter, .. } = self;
        let Some((lead, rest)) = order.split_first() else { return Ok(0) };
        let mut total = 0;
        let mut number = terms[*lead].postings.number();
        'entries: while number != END {
            for place in rest {
                let next = terms[*place].postings.seek(number)?;
                if next != number {
                    number = if next == END { END } else { terms[*lead].postings.seek(next)? };
                    continue 'entries;
                }
            }
            if let Some(filter) = filter {
                let next = filter.seek(number)?;
                if next != number {
                    number = if next == END { END } else { terms[*lead].postings.seek(next)? };
                    continue;
                }
            }
            total += 1;
            let mut score = 0.0;
            for term in terms.iter_mut() {
                score += term.score()?;
            }
            top.push(number, score);
            number = terms[*lead].postings.advance()?;
        }
        Ok(total)
    }
}
