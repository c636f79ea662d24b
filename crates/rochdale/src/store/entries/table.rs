//! A map from tokens that finds short ones without following a pointer.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// How many bytes a short token has at most.
const SHORT: usize = 15;

/// What is known of each token.
#[derive(Clone, Debug)]
pub(super) struct Table<V> {
    short: HashMap<u128, V, RandomState>,
    long: HashMap<Box<[u8]>, V, RandomState>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<V> Table<V> {
    pub(super) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    #[inline]
    pub(super) fn get(&self, token: &[u8]) -> Option<&V> {
        match packed(token) {
            Some(key) => self.short.get(&key),
            None => self.long.get(token),
        }
    }

    #[inline]
    pub(super) fn get_mut(&mut self, token: &[u8]) -> Option<&mut V> {
        match packed(token) {
            Some(key) => self.short.get_mut(&key),
            None => self.long.get_mut(token),
        }
    }

    pub(super) fn insert(&mut self, token: &[u8], value: V) {
        match packed(token) {
            Some(key) => drop(self.short.insert(key, value)),
            None => drop(self.long.insert(token.into(), value)),
        }
    }

    pub(super) fn remove(&mut self, token: &[u8]) {
        match packed(token) {
            Some(key) => drop(self.short.remove(&key)),
            None => drop(self.long.remove(token)),
        }
    }

    /// The tokens and their values, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Box<[u8]>, &V)> {
        let short = self.short.iter().map(|(key, value)| {
            let bytes = key.to_le_bytes();
            (bytes[..usize::from(bytes[SHORT]).min(SHORT)].into(), value)
        });
        short.chain(self.long.iter().map(|(token, value)| (token.clone(), value)))
    }
}

/// The bytes of a short token, and their number in the last byte.
#[inline]
fn packed(token: &[u8]) -> Option<u128> {
    let mut bytes = [0; SHORT + 1];
    bytes.get_mut(..token.len()).filter(|part| part.len() <= SHORT)?.copy_from_slice(token);
    bytes[SHORT] = u8::try_from(token.len()).ok()?;
    Some(u128::from_le_bytes(bytes))
}
