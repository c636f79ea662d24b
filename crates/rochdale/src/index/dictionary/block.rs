//! The keys of a block, and how they are compared.

use std::cmp::Ordering;
use std::ops::Range;

use super::{LONGEST_KEY, RUN};
use crate::index::search::try_partition;
use crate::store::Reader;

/// A key that is sought, and its first eight bytes as a number: mostly they tell.
#[derive(Clone, Copy)]
pub(super) struct Sought<'k> {
    key: &'k [u8],
    head: u64,
}

impl<'k> Sought<'k> {
    pub(super) fn new(key: &'k [u8]) -> Self {
        Self { key, head: short_head(key) }
    }

    /// Whether the key that lies here is not after the one that is sought.
    #[inline]
    pub(super) fn is_reached_by(&self, bytes: &[u8], key: Range<usize>) -> Option<bool> {
        let head = match bytes.get(key.start..key.start.checked_add(8)?) {
            Some(eight) => {
                let head = u64::from_be_bytes(eight.try_into().ok()?);
                // Without what is behind a short key.
                let beyond = 8_usize.saturating_sub(key.len()) * 8;
                if beyond == 64 { 0 } else { head >> beyond << beyond }
            }
            None => short_head(bytes.get(key.clone())?),
        };
        Some(match head.cmp(&self.head) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => bytes.get(key)? <= self.key,
        })
    }
}

/// The first eight bytes of a key as a number that sorts as it does.
fn short_head(key: &[u8]) -> u64 {
    let mut head = [0; 8];
    let length = key.len().min(8);
    head[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(head)
}

/// How many bytes two keys share.
pub(super) fn common(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// Goes through the keys of a block.
pub(super) struct BlockCursor<'b> {
    restarts: &'b [u8],
    entries: Reader<'b>,
    all: &'b [u8],
    count: u32,
    next: u32,
    /// The position of the current key.
    pub(super) position: u32,
    pub(super) key: Vec<u8>,
    /// How many bytes of it are those of the key before.
    shared: usize,
    pub(super) payload: &'b [u8],
}

impl<'b> BlockCursor<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let count = u32::from(reader.u16()?);
        let restarts = reader.take((count as usize).div_ceil(RUN) * 2)?;
        let all = &bytes[reader.at()..];
        let (entries, payload) = (Reader::new(all), &bytes[..0]);
        let key = Vec::with_capacity(32);
        Some(Self { restarts, entries, all, count, next: 0, position: 0, key, shared: 0, payload })
    }

    /// Goes before a full key.
    pub(super) fn restart(&mut self, run: u32) -> Option<()> {
        let at = run as usize * 2;
        let offset = u16::from_le_bytes(self.restarts.get(at..at + 2)?.try_into().ok()?);
        self.entries = Reader::new(self.all.get(usize::from(offset)..)?);
        self.next = run * RUN as u32;
        self.key.clear();
        Some(())
    }

    /// Whether the full key that begins a run is not after this one.
    fn begins_by(&self, run: usize, key: Sought<'_>) -> Option<bool> {
        let at = run * 2;
        let offset = u16::from_le_bytes(self.restarts.get(at..at + 2)?.try_into().ok()?);
        let start = usize::from(offset);
        let mut reader = Reader::new(self.all.get(start..)?);
        if reader.varint()? != 0 {
            return None;
        }
        let length = reader.varint_usize()?;
        let start = start + reader.at();
        key.is_reached_by(self.all, start..start.checked_add(length)?)
    }

    /// Goes before the last full key that is not after this one.
    pub(super) fn seek(&mut self, key: Sought<'_>) -> Option<()> {
        let run = self.run_of(0, key)?;
        self.restart(u32::try_from(run).ok()?)
    }

    /// The last run, from one on, that begins by a key.
    fn run_of(&self, from: usize, key: Sought<'_>) -> Option<usize> {
        let after = from + 1..self.restarts.len() / 2;
        let next = try_partition(after, |run| self.begins_by(run, key).ok_or(()));
        Some(next.ok()? - 1)
    }

    /// Goes to the first key that is not before this one, which may lie far ahead; whether the block
    /// has one.
    pub(super) fn advance_to(&mut self, key: Sought<'_>) -> Option<bool> {
        let runs = self.restarts.len() / 2;
        let next = (self.next as usize).div_ceil(RUN);
        if next < runs && self.begins_by(next, key)? {
            let run = self.run_of(next, key)?;
            self.restart(u32::try_from(run).ok()?)?;
        }
        // How many bytes the last key that is before the one that is sought shares with it.
        let mut common = common(&self.key, key.key);
        while self.advance()? {
            let Ordering::Equal = self.shared.cmp(&common) else {
                // What shares more with a key before it is before it too; what shares less is not.
                if self.shared < common {
                    return Some(true);
                }
                continue;
            };
            common += self::common(&self.key[self.shared..], &key.key[self.shared..]);
            match (self.key.get(common), key.key.get(common)) {
                (_, None) => return Some(true),
                (Some(own), Some(sought)) if own > sought => return Some(true),
                _ => {}
            }
        }
        Some(false)
    }

    /// Goes to the next key; whether there is one.
    pub(super) fn advance(&mut self) -> Option<bool> {
        if self.next >= self.count {
            return Some(false);
        }
        let shared = self.entries.varint_usize()?;
        if shared > self.key.len() {
            return None;
        }
        self.key.truncate(shared);
        self.shared = shared;
        let rest = self.entries.run()?;
        if self.key.len() + rest.len() > LONGEST_KEY {
            return None;
        }
        self.key.extend_from_slice(rest);
        self.payload = self.entries.run()?;
        self.position = self.next;
        self.next += 1;
        Some(true)
    }
}
