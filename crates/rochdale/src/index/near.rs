//! What words of the index are near to another, and how many entries have them.

use std::collections::BTreeMap;

use super::automaton::Automaton;
use super::open::Index;
use super::words::Heads;
use crate::Result;
use crate::query::{stems_of, text_routes};

impl Index<'_> {
    /// In how many entries a stem stands.
    pub(super) fn holding_stem(&self, stem: &str) -> Result<usize> {
        Ok(self.stem(stem, None)?.map_or(0, |own| own.list.count as usize))
    }

    /// How often each stem stands in an entry, by the weights of its texts; the entry is read again.
    pub(super) fn stems_in(&self, number: usize) -> Result<BTreeMap<String, u32>> {
        let mut stems = BTreeMap::new();
        self.entries.with(number, &mut |entry, language| {
            stems = stems_of(entry, language, &text_routes(entry.structure()));
        })?;
        Ok(stems)
    }

    /// Visits each word within so many slips of another, with the number of entries that have it.
    pub(super) fn each_near_word(
        &self,
        letters: &[char],
        limit: usize,
        visit: &mut dyn FnMut(&str, usize),
    ) -> Result<()> {
        let (heads, mut lists) = (Heads::new(self)?, Vec::new());
        self.near(Automaton::new(letters, limit), &mut |word, payload| {
            lists.clear();
            heads.written(payload, &mut lists)?;
            // A word as written has one list: its own, or that of its only stem.
            visit(word, lists.iter().map(|own| own.list.count as usize).max().unwrap_or_default());
            Ok(())
        })
    }
}
