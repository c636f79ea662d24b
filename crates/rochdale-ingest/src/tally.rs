//! Counts of what is not carried, under no more names than anybody reads.

use std::collections::BTreeMap;

/// How many names are told apart.
const NAMES: usize = 100;

/// How long a name is shown.
const LENGTH: usize = 60;

/// Counts by name.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<String, usize>);

impl Tally {
    pub(crate) fn add(&mut self, name: &str) {
        self.add_times(name, 1);
    }

    pub(crate) fn add_times(&mut self, name: &str, times: usize) {
        if times == 0 {
            return;
        }
        let name: String = name.chars().filter(|c| !c.is_control()).take(LENGTH).collect();
        let is_known = self.0.contains_key(&name) || self.0.len() < NAMES;
        *self.0.entry(if is_known { name } else { "others".to_owned() }).or_default() += times;
    }

    /// Takes back so many of what was counted.
    pub(crate) fn remove(&mut self, name: &str, times: usize) {
        if let Some(count) = self.0.get_mut(name) {
            *count = count.saturating_sub(times);
        }
    }

    /// The counts, each name after that of its format.
    pub(crate) fn named(self, format: &str) -> impl Iterator<Item = (String, usize)> {
        self.0.into_iter().map(move |(name, times)| (format!("{format}: {name}"), times))
    }
}
