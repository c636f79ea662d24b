//! Words and their numbers.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Words by numbers from 0, each once, in one piece of memory.
#[derive(Default)]
pub(super) struct Lexicon {
    table: HashTable<u32>,
    text: String,
    ends: Vec<usize>,
    hasher: RandomState,
}

impl Lexicon {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn word(&self, number: u32) -> &str {
        word(&self.text, &self.ends, number)
    }

    /// Gives back the room of what only more words would need: each of them is a new one from here on.
    pub(super) fn close(&mut self) {
        self.table = HashTable::new();
    }

    /// The number of a word, which is a new one where it is not known yet.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let Self { table, text, ends, hasher } = self;
        let hash = hasher.hash_one(word);
        if let Some(number) = table.find(hash, |number| self::word(text, ends, *number) == word) {
            return *number;
        }
        let number = u32::try_from(ends.len()).expect("fewer than 2^32 different words");
        text.push_str(word);
        ends.push(text.len());
        let again = |number: &u32| hasher.hash_one(self::word(text, ends, *number));
        table.insert_unique(hash, number, again);
        number
    }

    /// The place of each word in the order of their bytes.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|number| self.word(*number));
        let mut ranks = vec![0; order.len()];
        for (rank, number) in (0..).zip(order) {
            ranks[number as usize] = rank;
        }
        ranks
    }
}

fn word<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &text[start..ends[number]]
}
