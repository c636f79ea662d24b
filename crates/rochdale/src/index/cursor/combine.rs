//! Conditions made of others: all of them, any of them, not one, and what has to be read besides.

use std::ops::Range;

use super::{AnyCursor, Cursor};
use crate::Result;
use crate::index::check::Check;
use crate::index::open::Index;
use crate::index::set::{Bits, END, Number};
use crate::query::tier;

/// To look an entry up in a list takes about so many times as long as to put it into a set.
const SEEK: usize = 16;

/// Entries that meet every condition.
pub(in crate::index) struct All<'a> {
    cursors: Vec<AnyCursor<'a>>,
    /// Where entries can be, and about how many of each condition are there.
    span: Range<Number>,
    costs: Vec<usize>,
    /// The cheapest first.
    order: Vec<usize>,
    end: Number,
}

impl<'a> All<'a> {
    pub(in crate::index) fn new(cursors: Vec<AnyCursor<'a>>, end: Number) -> Self {
        let spans = cursors.iter().map(|cursor| cursor.span());
        let span = spans.fold(0..end, |span, own| shared(&span, &own));
        let cost = |cursor: &AnyCursor<'a>| {
            let own = shared(&cursor.span(), &(0..end)).len().max(1);
            let share = cursor.cost() as u128 * span.len() as u128 / own as u128;
            usize::try_from(share).unwrap_or(usize::MAX)
        };
        let costs: Vec<usize> = cursors.iter().map(cost).collect();
        let mut order: Vec<usize> = (0..cursors.len()).collect();
        order.sort_by_key(|place| costs[*place]);
        Self { cursors, span, costs, order, end }
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
        self.order.first().map_or(self.end as usize, |place| self.costs[*place])
    }

    fn known(&self) -> Option<usize> {
        self.order.is_empty().then_some(self.end as usize)
    }

    fn bound(&mut self, from: Number) -> Result<(f64, Number)> {
        sum_of_bounds(self.cursors.iter_mut(), from)
    }

    fn span(&self) -> Range<Number> {
        self.span.clone()
    }

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        let numbers = shared(&self.span, numbers);
        let Some((lead, rest)) = self.order.split_first() else {
            bits.insert_range(numbers);
            return Ok(());
        };
        // Few are looked up one by one; of many, whole sets are compared.
        let end = self.end as usize;
        let has_set = |place: &usize| self.cursors[*place].cost() <= 2 * end;
        let costs = rest.iter().filter(|place| has_set(place)).map(|place| self.costs[*place]);
        let sets = costs.fold(self.order.len() * (end / 64), usize::saturating_add);
        let seeks = self.costs[*lead].saturating_mul(SEEK * self.order.len());
        if seeks < sets || !has_set(lead) {
            let mut number = self.seek(numbers.start)?;
            while number < numbers.end {
                bits.insert(number);
                number = self.seek(number + 1)?;
            }
            return Ok(());
        }
        let mut all = Bits::new(self.end);
        self.cursors[*lead].fill(&numbers, &mut all)?;
        for place in rest {
            let cursor = &mut self.cursors[*place];
            if cursor.cost() <= 2 * end {
                let mut own = Bits::new(self.end);
                cursor.fill(&numbers, &mut own)?;
                all.keep(&own);
            } else {
                all.retain(|number| Ok(cursor.seek(number)? == number))?;
            }
        }
        bits.add(&all);
        Ok(())
    }
}

/// The numbers that two ranges share.
fn shared(one: &Range<Number>, other: &Range<Number>) -> Range<Number> {
    let start = one.start.max(other.start);
    start..one.end.min(other.end).max(start)
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
pub(in crate::index) struct Any<'a> {
    cursors: Vec<(AnyCursor<'a>, Number)>,
    number: Number,
    begun: bool,
}

impl<'a> Any<'a> {
    pub(in crate::index) fn new(cursors: Vec<AnyCursor<'a>>) -> Self {
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

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        self.cursors.iter_mut().try_for_each(|(cursor, _)| cursor.fill(numbers, bits))
    }
}

/// Entries that meet any condition, ranked by the first that they meet.
pub(in crate::index) struct Tiers<'a> {
    pub(in crate::index) any: Any<'a>,
    /// How much each condition is above the next.
    pub(in crate::index) step: f64,
}

impl Cursor for Tiers<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        self.any.seek(from)
    }

    fn score(&mut self) -> Result<f64> {
        let number = self.any.number;
        let above = (0..self.any.cursors.len()).rev();
        for ((cursor, here), above) in self.any.cursors.iter_mut().zip(above) {
            if *here == number {
                return Ok(tier(self.step, above) + cursor.score()?);
            }
        }
        Ok(0.0)
    }

    fn cost(&self) -> usize {
        self.any.cost()
    }

    fn bound(&mut self, _: Number) -> Result<(f64, Number)> {
        Ok((f64::INFINITY, END))
    }

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        self.any.fill(numbers, bits)
    }
}

/// Entries that meet a condition, ranked by others that they can meet as well.
pub(in crate::index) struct With<'a> {
    pub(in crate::index) cursor: AnyCursor<'a>,
    pub(in crate::index) others: Vec<AnyCursor<'a>>,
    /// The entry that was found last.
    pub(in crate::index) number: Number,
}

impl Cursor for With<'_> {
    fn seek(&mut self, from: Number) -> Result<Number> {
        self.number = self.cursor.seek(from)?;
        Ok(self.number)
    }

    fn score(&mut self) -> Result<f64> {
        let mut sum = self.cursor.score()?;
        for other in &mut self.others {
            if other.seek(self.number)? == self.number {
                sum += other.score()?;
            }
        }
        Ok(sum)
    }

    fn cost(&self) -> usize {
        self.cursor.cost()
    }

    fn known(&self) -> Option<usize> {
        self.cursor.known()
    }

    fn bound(&mut self, from: Number) -> Result<(f64, Number)> {
        let (bound, last) = self.cursor.bound(from)?;
        let (more, end) = sum_of_bounds(self.others.iter_mut(), from)?;
        Ok((bound + more, last.min(end)))
    }

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        self.cursor.fill(numbers, bits)
    }
}

/// Entries that do not meet a condition.
pub(in crate::index) struct Others<'a> {
    cursor: AnyCursor<'a>,
    end: Number,
    /// The entry that was found last: the condition was asked of all before it.
    found: Option<Number>,
}

impl<'a> Others<'a> {
    pub(in crate::index) fn new(cursor: AnyCursor<'a>, end: Number) -> Self {
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

    fn fill(&mut self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        let (mut all, mut others) = (Bits::new(self.end), Bits::new(self.end));
        all.insert_range(numbers.clone());
        self.cursor.fill(numbers, &mut others)?;
        all.drop_all(&others);
        bits.add(&all);
        Ok(())
    }
}

/// Entries that have to be read to be sure of them.
pub(in crate::index) struct Checked<'a> {
    pub(in crate::index) cursor: AnyCursor<'a>,
    pub(in crate::index) check: Check,
    pub(in crate::index) index: Index<'a>,
    /// The entry that was found last, which is not read again.
    pub(in crate::index) found: Option<Number>,
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
