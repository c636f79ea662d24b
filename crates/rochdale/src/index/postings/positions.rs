//! Where a word stands in each entry of a list.
//!
//! A block has the first position of each entry in as many bits as the highest of them needs, so that
//! any entry's is read without those before it; most words stand in an entry once. Where a word stands
//! in one more often, a bit says so, and the steps to the others lie behind. Positions count through all
//! texts of an entry.

use super::{ROW, blocks};
use crate::Result;
use crate::index::pack::RUN;
use crate::store::{Bytes, Reader, Section, Writer};

/// In the first byte of a block: some words stand in an entry more than once.
const MORE: u8 = 0x40;

/// And where their steps end takes four bytes rather than two.
const WIDE: u8 = 0x80;

/// The positions of entries, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Places {
    positions: Vec<u32>,
    ends: Vec<usize>,
}

impl Places {
    pub(crate) fn clear(&mut self) {
        self.positions.clear();
        self.ends.clear();
    }

    /// Adds those of the next entry.
    pub(crate) fn push(&mut self, positions: &[u32]) {
        self.positions.extend_from_slice(positions);
        self.ends.push(self.positions.len());
    }

    /// Those of an entry, which ascend.
    pub(crate) fn get(&self, entry: usize) -> &[u32] {
        let start = if entry == 0 { 0 } else { self.ends[entry - 1] };
        &self.positions[start..self.ends[entry]]
    }
}

/// Adds the positions of the entries of one block.
pub(super) fn write_block(places: &Places, entries: std::ops::Range<usize>, out: &mut Writer) {
    let first = |entry: usize| places.get(entry).first().copied().unwrap_or_default();
    let all = entries.clone().fold(0, |all, entry| all | first(entry));
    let width = u32::BITS - all.leading_zeros();
    let (mut more, mut ends, mut steps) =
        (vec![0; entries.len().div_ceil(8)], Vec::new(), Writer::default());
    for (at, entry) in entries.clone().enumerate() {
        let positions = places.get(entry);
        if positions.len() > 1 {
            more[at / 8] |= 1 << (at % 8);
            let pairs = positions.iter().zip(&positions[1..]);
            pairs.for_each(|(before, next)| steps.varint(u64::from(next - before)));
            ends.push(
                u32::try_from(steps.len()).expect("the positions of a block are below 4 GiB"),
            );
        }
    }
    let wide = steps.len() > usize::from(u16::MAX);
    let more_flag = if ends.is_empty() { 0 } else { MORE };
    out.u8(width as u8 | more_flag | if wide { WIDE } else { 0 });
    if !ends.is_empty() {
        out.bytes.extend_from_slice(&more);
    }
    write_bits(entries.map(first), width, out);
    for end in ends {
        if wide {
            out.u32(end);
        } else {
            out.u16(end as u16);
        }
    }
    out.bytes.extend_from_slice(&steps.bytes);
}

/// Adds numbers of so many bits each, the lowest first.
fn write_bits(numbers: impl Iterator<Item = u32>, width: u32, out: &mut Writer) {
    let (mut held, mut bits) = (0_u64, 0);
    for number in numbers {
        held |= u64::from(number) << bits;
        bits += width;
        while bits >= 8 {
            out.u8(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        out.u8(held as u8);
    }
}

/// The number at a place among numbers of so many bits each.
#[inline]
fn read_bits(bytes: &[u8], place: usize, width: u32) -> Option<u32> {
    let bit = place * width as usize;
    let (from, shift) = (bit / 8, bit % 8);
    let word = if let Some(word) = bytes.get(from..from + 8) {
        u64::from_le_bytes(word.try_into().ok()?)
    } else {
        bytes.get(from..)?.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
    };
    let mask = (1_u64 << width) - 1;
    Some((word >> shift & mask) as u32)
}

/// Adds the positions of one entry, which ascend. Most words stand in an entry once, and then take no
/// count.
pub(super) fn write_entry(positions: &[u32], out: &mut Writer) {
    let Some((first, rest)) = positions.split_first() else { return };
    out.varint(u64::from(*first) << 1 | u64::from(!rest.is_empty()));
    if !rest.is_empty() {
        out.varint(rest.len() as u64 - 1);
    }
    let mut before = *first;
    for position in rest {
        out.varint(u64::from(position - before));
        before = *position;
    }
}

/// Reads the positions of one entry into `out`.
fn read_entry(reader: &mut Reader<'_>, out: &mut Vec<u32>) -> Option<()> {
    let first = reader.varint()?;
    let mut position = u32::try_from(first >> 1).ok()?;
    out.push(position);
    if first & 1 == 1 {
        for _ in 0..=reader.varint()? {
            position = position.checked_add(reader.varint_u32()?)?;
            out.push(position);
        }
    }
    Some(())
}

/// Passes over the positions of one entry.
pub(super) fn pass_entry(reader: &mut Reader<'_>) -> Option<()> {
    if reader.varint()? & 1 == 1 {
        for _ in 0..=reader.varint()? {
            reader.varint()?;
        }
    }
    Some(())
}

/// The positions of a list.
#[derive(Clone)]
pub(crate) enum Positions<'a> {
    /// Those of a list of one entry, which stand where the list does.
    One { section: Section<'a>, bytes: Vec<u8> },
    Stored {
        section: Section<'a>,
        bytes: Bytes<'a>,
        /// The rows of the list, where it has more than one block.
        rows: Bytes<'a>,
        count: usize,
    },
}

impl Positions<'_> {
    /// Adds the positions in the entry at a place of the list to `out`.
    pub(crate) fn read(&self, place: usize, out: &mut Vec<u32>) -> Result<()> {
        match self {
            Self::One { section, bytes } => {
                read_entry(&mut Reader::new(bytes), out).ok_or_else(|| section.damaged())
            }
            Self::Stored { section, .. } => {
                self.stored(place, out).ok_or_else(|| section.damaged())
            }
        }
    }

    fn stored(&self, place: usize, out: &mut Vec<u32>) -> Option<()> {
        let Self::Stored { bytes, rows, count, .. } = self else { return None };
        let (block, place) = (place / RUN, place % RUN);
        let start = if blocks(*count) > 1 {
            let row = rows.get(block * ROW + 8..block * ROW + 12)?;
            u32::from_le_bytes(row.try_into().ok()?) as usize
        } else {
            0
        };
        Block::open(bytes.get(start..)?, RUN.min(count.checked_sub(block * RUN)?))?.read(place, out)
    }
}

/// The positions of the entries of a block.
struct Block<'b> {
    width: u32,
    /// A bit for each entry that has others than the first.
    more: u128,
    /// The first ones, and all that is behind them.
    firsts: &'b [u8],
    /// How many bytes the first ones take.
    size: usize,
    wide: bool,
}

impl<'b> Block<'b> {
    fn open(bytes: &'b [u8], entries: usize) -> Option<Self> {
        let (head, rest) = bytes.split_first()?;
        let width = u32::from(head & !(MORE | WIDE));
        let more = if head & MORE == 0 { 0 } else { entries.div_ceil(8) };
        let (bytes, firsts) = rest.split_at_checked(more)?;
        let mut bits = [0; RUN / 8];
        bits.get_mut(..more)?.copy_from_slice(bytes);
        let more = u128::from_le_bytes(bits);
        let size = (entries * width as usize).div_ceil(8);
        (width <= u32::BITS && size <= firsts.len()).then_some(Self {
            width,
            more,
            firsts,
            size,
            wide: head & WIDE != 0,
        })
    }

    fn read(&self, place: usize, out: &mut Vec<u32>) -> Option<()> {
        let mut position = read_bits(&self.firsts[..self.size], place, self.width)?;
        out.push(position);
        if self.more >> place & 1 == 0 {
            return Some(());
        }
        let rank = (self.more & ((1 << place) - 1)).count_ones() as usize;
        let ends = &self.firsts[self.size..];
        let start = if rank == 0 { 0 } else { self.end(ends, rank - 1)? };
        let table = self.more.count_ones() as usize * if self.wide { 4 } else { 2 };
        let steps = ends.get(table..)?.get(start..self.end(ends, rank)?)?;
        let mut reader = Reader::new(steps);
        while !reader.is_at_end() {
            position = position.checked_add(reader.varint_u32()?)?;
            out.push(position);
        }
        Some(())
    }

    /// Where the steps of an entry end.
    fn end(&self, ends: &[u8], rank: usize) -> Option<usize> {
        if self.wide {
            let end = ends.get(rank * 4..rank * 4 + 4)?;
            return Some(u32::from_le_bytes(end.try_into().ok()?) as usize);
        }
        let end = ends.get(rank * 2..rank * 2 + 2)?;
        Some(usize::from(u16::from_le_bytes(end.try_into().ok()?)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn positions_come_back(
            all in prop::collection::vec(prop::collection::btree_set(0_u32..1 << 20, 1..9), 1..129),
            shift in 0_u32..20,
            dense in any::<bool>(),
        ) {
            let mut places = Places::default();
            let entries: Vec<Vec<u32>> = all
                .iter()
                .map(|own| {
                    let mut own: Vec<u32> = own.iter().map(|position| position >> shift).collect();
                    own.dedup();
                    own.truncate(if dense { own.len() } else { 1 });
                    own
                })
                .collect();
            for own in &entries {
                places.push(own);
            }
            let mut out = Writer::default();
            write_block(&places, 0..entries.len(), &mut out);
            let block = Block::open(&out.bytes, entries.len()).unwrap();
            for (place, own) in entries.iter().enumerate() {
                let mut read = Vec::new();
                prop_assert_eq!(block.read(place, &mut read), Some(()));
                prop_assert_eq!(&read, own);
            }
        }
    }

    #[test]
    fn many_steps_take_wide_ends() {
        let mut places = Places::default();
        let long: Vec<u32> = (0..70_000).collect();
        places.push(&[7]);
        places.push(&long);
        places.push(&[1, 1 << 31]);
        let mut out = Writer::default();
        write_block(&places, 0..3, &mut out);
        assert_eq!(out.bytes[0] & WIDE, WIDE);
        let block = Block::open(&out.bytes, 3).unwrap();
        for place in 0..3 {
            let mut read = Vec::new();
            block.read(place, &mut read).unwrap();
            assert_eq!(read, places.get(place));
        }
    }
}
