//! Entries that have any of many words, such as all that begin alike: they count as one word.

use std::sync::Mutex;

use super::cursor::Scored;
use super::open::Index;
use super::phrase::Union;
use super::set::{Bits, Number};
use super::top::Top;
use super::worded::Scope;
use super::words::WordList;
use crate::Result;
use crate::query::{Node, Phrase, Scorer, rarity};
use crate::store::Bytes;

/// Room for a number for each entry, all zero, that questions hand on to each other.
#[derive(Debug, Default)]
pub(super) struct Room(Mutex<Vec<Vec<u32>>>);

impl Room {
    fn take(&self, end: Number) -> Vec<u32> {
        let kept = self.0.lock().ok().and_then(|mut kept| kept.pop());
        kept.unwrap_or_else(|| vec![0; end as usize])
    }

    fn give(&self, numbers: Vec<u32>) {
        if let Ok(mut kept) = self.0.lock() {
            kept.push(numbers);
        }
    }
}

/// The entries of many words, with the sums of their frequencies.
pub(super) struct Many<'a> {
    found: Bits,
    sums: Vec<u32>,
    room: &'a Room,
    weight: f64,
    scorer: &'a Scorer,
    lengths: Bytes<'a>,
}

impl Drop for Many<'_> {
    fn drop(&mut self) {
        for number in self.found.iter() {
            self.sums[number as usize] = 0;
        }
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
            found: Bits::new(end),
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
                many.add(number, frequency);
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
                many.sums[number as usize] = frequency;
            }
        }
        many.weight = boost * rarity(end as usize, many.found.count());
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
    #[inline]
    fn add(&mut self, number: Number, frequency: u32) {
        let sum = &mut self.sums[number as usize];
        *sum = sum.saturating_add(frequency);
        self.found.insert(number);
    }

    fn each(&self, mut visit: impl FnMut(Number, f64)) {
        for number in self.found.iter() {
            let place = number as usize;
            let length = self.lengths.get(place).copied().unwrap_or_default();
            visit(number, self.scorer.score(self.weight, self.sums[place], length));
        }
    }

    /// Takes the best entries; how many there are.
    pub(super) fn best(&self, top: &mut Top) -> usize {
        self.each(|number, score| top.push(number, score));
        self.found.count()
    }

    pub(super) fn into_cursor(self) -> Scored {
        let mut entries = Vec::with_capacity(self.found.count());
        self.each(|number, score| entries.push((number, score)));
        Scored { entries, at: 0 }
    }
}
