//! Sorted keys with something known of each, in two levels: front-coded blocks of at most 4 KiB and
//! the first key of each block.
//!
//! A block begins with the places of its full keys, one in sixteen; the keys between share the
//! front of the one before. So a key is found by two short binary searches and a shorter walk, and
//! every length and place is checked as it is read.

mod block;

use std::ops::{ControlFlow, Range};

use self::block::{BlockCursor, Sought, common};
use super::search::{try_partition, try_partition_near};
use crate::Result;
use crate::store::{Bytes, Reader, Section, Writer};

/// How many bytes a block has at most, unless one key alone has more.
const BLOCK: usize = 4 << 10;

/// How many keys there are from one full key to the next.
const RUN: usize = 16;

/// Longer keys are taken for damage.
const LONGEST_KEY: usize = 1 << 26;

/// How many bytes the head of a dictionary has.
const HEAD: usize = 12;

/// How many bytes the row of a block has.
const ROW: usize = 12;

/// Puts sorted keys into blocks.
#[derive(Default)]
pub(super) struct DictionaryWriter {
    rows: Writer,
    firsts: Writer,
    blocks: Writer,
    block: Vec<(Vec<u8>, Vec<u8>)>,
    size: usize,
    count: u32,
}

impl DictionaryWriter {
    /// How many keys it has.
    pub(super) fn len(&self) -> u32 {
        self.count
    }

    /// Adds a key, which sorts after those before it, and what is known of it.
    pub(super) fn push(&mut self, key: &[u8], payload: &[u8]) {
        let size = key.len() + payload.len() + 8;
        if !self.block.is_empty() && self.size + size > BLOCK {
            self.flush();
        }
        self.size += size;
        self.block.push((key.to_vec(), payload.to_vec()));
        self.count += 1;
    }

    fn flush(&mut self) {
        let Some((first, _)) = self.block.first() else { return };
        let number = |length: usize| u32::try_from(length).expect("a dictionary is below 4 GiB");
        self.rows.u32(number(self.firsts.len()));
        self.rows.u32(number(self.blocks.len()));
        self.rows.u32(self.count_before());
        self.firsts.bytes.extend_from_slice(first);
        let mut entries = Writer::default();
        let mut restarts = Writer::default();
        let mut before: &[u8] = &[];
        for (position, (key, payload)) in self.block.iter().enumerate() {
            if position % RUN == 0 {
                restarts.u16(u16::try_from(entries.len()).expect("a block is below 64 KiB"));
                before = &[];
            }
            let shared = key.iter().zip(before).take_while(|(one, other)| one == other).count();
            entries.varint(shared as u64);
            entries.run(&key[shared..]);
            entries.run(payload);
            before = key;
        }
        self.blocks.u16(u16::try_from(self.block.len()).expect("a block has few keys"));
        self.blocks.bytes.extend_from_slice(&restarts.bytes);
        self.blocks.bytes.extend_from_slice(&entries.bytes);
        self.block.clear();
        self.size = 0;
    }

    fn count_before(&self) -> u32 {
        self.count - u32::try_from(self.block.len()).expect("a block has few keys")
    }

    /// The bytes of the dictionary.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.flush();
        let blocks = self.rows.len() / ROW;
        let number = |length: usize| u32::try_from(length).expect("a dictionary is below 4 GiB");
        let mut out = Writer::default();
        out.u32(self.count);
        out.u32(number(blocks));
        out.u32(number(self.firsts.len()));
        out.bytes.extend_from_slice(&self.rows.bytes);
        out.u32(number(self.firsts.len()));
        out.u32(number(self.blocks.len()));
        out.u32(self.count);
        out.bytes.extend_from_slice(&self.firsts.bytes);
        out.bytes.extend_from_slice(&self.blocks.bytes);
        out.bytes
    }
}

/// A dictionary in a section.
#[derive(Clone)]
pub(super) struct Dictionary<'a> {
    section: Section<'a>,
    /// The rows of the blocks, then their first keys.
    index: Bytes<'a>,
    count: u32,
    blocks: usize,
    /// Where the blocks begin in the section.
    start: usize,
}

/// A key that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// How many keys sort before it.
    pub(super) ordinal: u32,
    pub(super) payload: Vec<u8>,
}

/// One key of a walk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'k> {
    pub(super) ordinal: u32,
    pub(super) key: &'k [u8],
    /// How many bytes it shares with the key before it in the walk.
    pub(super) shared: usize,
    pub(super) payload: &'k [u8],
}

/// Where a walk goes after a key.
pub(super) enum Step {
    /// To the next key.
    Next,
    /// Past all keys that begin with so many bytes of this one.
    Past(usize),
    /// Past all keys that sort before this one.
    To(Vec<u8>),
    /// Nowhere.
    Stop,
}

impl<'a> Dictionary<'a> {
    pub(super) fn open(section: Section<'a>) -> Result<Self> {
        let head = section.read(0..HEAD)?;
        let mut reader = Reader::new(&head);
        let mut number = || reader.u32().ok_or_else(|| section.damaged());
        let (count, blocks, firsts) = (number()?, number()? as usize, number()? as usize);
        let index = (blocks + 1).checked_mul(ROW).and_then(|rows| rows.checked_add(firsts));
        let end = index.and_then(|index| index.checked_add(HEAD));
        let Some(end) = end.filter(|end| *end <= section.len()) else {
            return Err(section.damaged());
        };
        // Each key takes more than a byte; whoever makes room for all of them relies on it.
        if count as usize > section.len() {
            return Err(section.damaged());
        }
        let index = section.read(HEAD..end)?;
        Ok(Self { section, index, count, blocks, start: end })
    }

    /// How many keys there are.
    pub(super) fn len(&self) -> u32 {
        self.count
    }

    /// The row of a block: where its first key and its bytes begin, how many keys sort before it.
    fn row(&self, block: usize) -> Result<(usize, usize, u32)> {
        let row = self.index.get(block * ROW..(block + 1) * ROW);
        let mut reader = Reader::new(row.ok_or_else(|| self.section.damaged())?);
        let mut number = || reader.u32().ok_or_else(|| self.section.damaged());
        Ok((number()? as usize, number()? as usize, number()?))
    }

    /// Where the first key of a block lies among the rows and first keys.
    fn first(&self, block: usize) -> Result<Range<usize>> {
        let place = |block: usize| {
            let at = block * ROW;
            let bytes = self.index.get(at..at + 4)?;
            (u32::from_le_bytes(bytes.try_into().ok()?) as usize)
                .checked_add((self.blocks + 1) * ROW)
        };
        let key = place(block).zip(place(block + 1));
        key.map(|(start, end)| start..end).ok_or_else(|| self.section.damaged())
    }

    /// Whether the first key of a block is not after this one.
    fn begins_by(&self, block: usize, key: Sought<'_>) -> Result<bool> {
        let reached = key.is_reached_by(&self.index, self.first(block)?);
        reached.ok_or_else(|| self.section.damaged())
    }

    /// The bytes of a block and how many keys sort before it.
    fn block(&self, block: usize) -> Result<(Bytes<'a>, u32)> {
        let ((_, start, ordinal), (_, end, _)) = (self.row(block)?, self.row(block + 1)?);
        Ok((self.section.read(self.start + start..self.start + end)?, ordinal))
    }

    /// The last block, not before one whose first key is not after this one, of which that is true;
    /// it is mostly near.
    fn block_from(&self, block: usize, key: Sought<'_>) -> Result<usize> {
        let after = block + 1..self.blocks.max(block + 1);
        Ok(try_partition_near(after, |block| self.begins_by(block, key))? - 1)
    }

    /// The last block whose first key is not after this one.
    fn block_of(&self, key: Sought<'_>) -> Result<Option<usize>> {
        let after = try_partition(0..self.blocks, |block| self.begins_by(block, key))?;
        Ok(after.checked_sub(1))
    }

    /// What is known of a key.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Found>> {
        let sought = Sought::new(key);
        let Some(block) = self.block_of(sought)? else { return Ok(None) };
        let (bytes, first) = self.block(block)?;
        let mut cursor = BlockCursor::new(&bytes).ok_or_else(|| self.section.damaged())?;
        let found = cursor.seek(sought).and_then(|()| cursor.advance_to(sought));
        if !found.ok_or_else(|| self.section.damaged())? || cursor.key != key {
            return Ok(None);
        }
        let ordinal = first + cursor.position;
        Ok(Some(Found { ordinal, payload: cursor.payload.to_vec() }))
    }

    /// The key that so many sort before, and what is known of it.
    pub(super) fn at(&self, ordinal: u32) -> Result<(Vec<u8>, Vec<u8>)> {
        let begins_by = |block| self.row(block).map(|(_, _, before)| before <= ordinal);
        let after = try_partition(0..self.blocks, begins_by)?;
        let block = after.checked_sub(1).ok_or_else(|| self.section.damaged())?;
        let (bytes, first) = self.block(block)?;
        let mut cursor = BlockCursor::new(&bytes).ok_or_else(|| self.section.damaged())?;
        let position = ordinal - first;
        cursor.restart(position / RUN as u32).ok_or_else(|| self.section.damaged())?;
        while cursor.advance().ok_or_else(|| self.section.damaged())? {
            if cursor.position == position {
                return Ok((cursor.key, cursor.payload.to_vec()));
            }
        }
        Err(self.section.damaged())
    }

    /// How many keys sort before this one, which need not be there.
    pub(super) fn rank(&self, key: &[u8]) -> Result<u32> {
        let mut rank = self.count;
        self.walk(key, &mut |item| {
            rank = item.ordinal;
            Ok(Step::Stop)
        })?;
        Ok(rank)
    }

    /// Visits the keys from `from` on, in order; what `visit` says leads past those that need not
    /// be seen, block by block.
    pub(super) fn walk(
        &self,
        from: &[u8],
        visit: &mut dyn FnMut(Item<'_>) -> Result<Step>,
    ) -> Result<()> {
        let mut walk = Walk { from: from.to_vec(), before: Vec::new() };
        let mut block = self.block_of(Sought::new(from))?.unwrap_or(0);
        while block < self.blocks {
            if self.walk_block(block, &mut walk, visit)?.is_break() {
                return Ok(());
            }
            block += 1;
            // What is passed over may end far behind.
            let from = Sought::new(&walk.from);
            if block + 1 < self.blocks && self.begins_by(block + 1, from)? {
                block = self.block_from(block + 1, from)?;
            }
        }
        Ok(())
    }

    fn walk_block(
        &self,
        block: usize,
        walk: &mut Walk,
        visit: &mut dyn FnMut(Item<'_>) -> Result<Step>,
    ) -> Result<ControlFlow<()>> {
        let (bytes, first) = self.block(block)?;
        let mut cursor = BlockCursor::new(&bytes).ok_or_else(|| self.section.damaged())?;
        let damaged = || self.section.damaged();
        let mut from = Sought::new(&walk.from);
        let mut ahead = self.begins_by(block, from)?;
        if ahead {
            cursor.seek(from).ok_or_else(damaged)?;
        }
        loop {
            let more = if ahead { cursor.advance_to(from) } else { cursor.advance() };
            if !more.ok_or_else(damaged)? {
                return Ok(ControlFlow::Continue(()));
            }
            let (key, ordinal) = (cursor.key.as_slice(), first + cursor.position);
            let shared = common(key, &walk.before);
            let step = visit(Item { ordinal, key, shared, payload: cursor.payload })?;
            walk.before.clear();
            walk.before.extend_from_slice(key);
            ahead = !matches!(step, Step::Next);
            let next = match step {
                Step::Next => continue,
                Step::Stop => None,
                Step::Past(length) => after_prefix(&key[..length.min(key.len())]),
                Step::To(next) => Some(next),
            };
            let Some(next) = next else { return Ok(ControlFlow::Break(())) };
            walk.from = next;
            from = Sought::new(&walk.from);
        }
    }
}

/// How far a walk is.
struct Walk {
    /// Keys before this one are not visited.
    from: Vec<u8>,
    /// The key that was visited last.
    before: Vec<u8>,
}

/// The first key after all those that begin so.
pub(super) fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut next = prefix.to_vec();
    while let Some(last) = next.pop() {
        if last < u8::MAX {
            next.push(last + 1);
            return Some(next);
        }
    }
    None
}

#[cfg(test)]
mod tests;
