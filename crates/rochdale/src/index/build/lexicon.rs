//! Runs of bytes, such as words, and their numbers.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Words by numbers from 0, each once, in one piece of memory.
#[derive(Default)]
pub(super) struct Lexicon {
    table: HashTable<u32>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    hasher: RandomState,
}

impl Lexicon {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn word(&self, number: u32) -> &[u8] {
        word(&self.bytes, &self.ends, number)
    }

    /// Gives back the room of what only more words would need: each of them is a new one from here on.
    pub(super) fn close(&mut self) {
        self.table = HashTable::new();
    }

    /// The number of a word, where it is known.
    pub(super) fn find(&self, word: &[u8]) -> Option<u32> {
        let hash = self.hasher.hash_one(word);
        self.table.find(hash, |number| self.word(*number) == word).copied()
    }

    /// The number of a word, which is a new one where it is not known yet.
    pub(super) fn number(&mut self, word: &[u8]) -> u32 {
        let Self { table, bytes, ends, hasher } = self;
        let hash = hasher.hash_one(word);
        if let Some(number) = table.find(hash, |number| self::word(bytes, ends, *number) == word) {
            return *number;
        }
        let number = u32::try_from(ends.len()).expect("fewer than 2^32 different words");
        bytes.extend_from_slice(word);
        ends.push(bytes.len());
        let again = |number: &u32| hasher.hash_one(self::word(bytes, ends, *number));
        table.insert_unique(hash, number, again);
        number
    }

    /// The numbers in the order of the bytes of their words.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|number| self.word(*number));
        order
    }

    /// The place of each word in the order of their bytes.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.len()];
        for (rank, number) in (0..).zip(self.sorted()) {
            ranks[number as usize] = rank;
        }
        ranks
    }
}

fn word<'t>(bytes: &'t [u8], ends: &[usize], number: u32) -> &'t [u8] {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &bytes[start..ends[number]]
}
