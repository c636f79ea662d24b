//! Entries that have any of many words, such as all that begin alike: they count as one word.

use std::sync::Mutex;

use super::cursor::Scored;
use super::lengths::Lengths;
use super::open::Index;
use super::phrase::Union;
use super::set::{Bits, Number};
use super::top::{SLACK, Top};
use super::worded::Scope;
use super::words::WordList;
use crate::Result;
use crate::query::{Node, Phrase, Scorer, rarity};

/// Where more than one in so many entries is found, it is quicker to look at all in order.
const IN_ORDER: usize = 16;

/// Room for sums that questions hand on to each other.
#[derive(Debug, Default)]
pub(super) struct Room(Mutex<Vec<Sums>>);

/// A sum for each entry.
#[derive(Debug, Default)]
struct Sums {
    /// By number; what is not zero is that of an entry that was found.
    sums: Vec<u32>,
    /// The entries that were found, each once, in no order, and room for one more than all.
    found: Vec<Number>,
    count: usize,
}

impl Room {
    fn take(&self, end: Number) -> Sums {
        let kept = self.0.lock().ok().and_then(|mut kept| kept.pop());
        let end = end as usize;
        kept.unwrap_or_else(|| Sums { sums: vec![0; end], found: vec![0; end + 1], count: 0 })
    }

    fn give(&self, sums: Sums) {
        if let Ok(mut kept) = self.0.lock() {
            kept.push(sums);
        }
    }
}

impl Sums {
    #[inline]
    fn add(&mut self, number: Number, frequency: u32) {
        let sum = &mut self.sums[number as usize];
        // Whether an entry is new cannot be foreseen: it is written down, and counted if it is.
        self.found[self.count] = number;
        self.count += usize::from(*sum == 0);
        *sum = sum.saturating_add(frequency.max(1));
    }

    /// Visits each entry with its sum, which becomes zero.
    fn drain(&mut self, mut visit: impl FnMut(Number, u32)) {
        let Self { sums, found, count } = self;
        if *count > sums.len() / IN_ORDER {
            for (number, sum) in (0..).zip(sums.iter_mut()).filter(|(_, sum)| **sum > 0) {
                visit(number, std::mem::take(sum));
            }
        } else {
            for number in &found[..*count] {
                visit(*number, std::mem::take(&mut sums[*number as usize]));
            }
        }
        *count = 0;
    }
}

/// The entries of many words, with the sums of their frequencies.
pub(super) struct Many<'a> {
    sums: Sums,
    room: &'a Room,
    weight: f64,
    scorer: &'a Scorer,
    lengths: Lengths<'a>,
}

impl Drop for Many<'_> {
    fn drop(&mut self) {
        self.sums.drain(|_, _| {});
        self.room.give(std::mem::take(&mut self.sums));
    }
}

impl<'a> Index<'a> {
    /// The entries that have any of many words: their frequencies are summed, but for places where
    /// several of them stand at once.
    pub(super) fn many(
        &self,
        phrase: &Phrase,
        lists: &[WordList<'a>],
        boost: f64,
    ) -> Result<Many<'a>> {
        let end = self.end();
        let mut many = Many {
            sums: self.opened.room.take(end),
            room: &self.opened.room,
            weight: 0.0,
            scorer: self.opened.scorer(),
            lengths: self.lengths(&self.schema().composite)?,
        };
        let (mut beside, mut doubtful) = (Bits::new(end), Bits::new(end));
        let mut open = None;
        for own in lists {
            own.list.drain(&mut open, |number, frequency| {
                many.sums.add(number, frequency);
                if own.beside {
                    if beside.contains(number) {
                        doubtful.insert(number);
                    }
                    beside.insert(number);
                }
            })?;
        }
        if doubtful.count() > 0 {
            let mut union = Union::open(lists)?;
            let mut positions = vec![Vec::new()];
            for number in doubtful.iter() {
                union.seek(number)?;
                union.positions(&mut positions[0])?;
                let frequency = self.weigh(&Scope::Whole, phrase, number, &positions)?.0;
                many.sums.sums[number as usize] = frequency.max(1);
            }
        }
        many.weight = boost * rarity(end as usize, many.sums.count);
        Ok(many)
    }

    /// The entries of a node that is one word with many lists.
    pub(super) fn many_of(&self, node: &Node) -> Result<Option<Many<'a>>> {
        let Node::Words(None, phrase, boost) = node else { return Ok(None) };
        // The lists of one stem are looked up where they are read.
        let Some(word) = phrase.only().filter(|word| !word.is_one_stem()) else { return Ok(None) };
        let lists = self.lists(word)?;
        if lists.len() < 2 { Ok(None) } else { self.many(phrase, &lists, *boost).map(Some) }
    }
}

impl Many<'_> {
    /// Visits each entry, with its sum and its length, and gives back its room.
    fn each(&mut self, mut visit: impl FnMut(&Scorer, Number, u32, u8)) -> Result<()> {
        let mut damaged = None;
        self.sums.drain(|number, sum| match self.lengths.of(number) {
            Ok(length) => visit(self.scorer, number, sum, length),
            Err(error) => damaged = Some(error),
        });
        damaged.map_or(Ok(()), Err)
    }

    /// Takes the best entries; how many there are.
    pub(super) fn best(mut self, top: &mut Top) -> Result<usize> {
        let (count, weight) = (self.sums.count, self.weight);
        let mut least = top.least() / SLACK;
        self.each(|scorer, number, sum, length| {
            if scorer.reaches(weight, sum, length, least) {
                top.push(number, scorer.score(weight, sum, length));
                least = top.least() / SLACK;
            }
        })?;
        Ok(count)
    }

    pub(super) fn into_cursor(mut self) -> Result<Scored> {
        let (mut entries, weight) = (Vec::with_capacity(self.sums.count), self.weight);
        self.each(|scorer, number, sum, length| {
            entries.push((number, scorer.score(weight, sum, length)));
        })?;
        entries.sort_unstable_by_key(|(number, _)| *number);
        Ok(Scored { entries, at: 0 })
    }
}
