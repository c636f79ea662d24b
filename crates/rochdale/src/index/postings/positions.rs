//! Where a word stands in each entry of a list.
//!
//! For each block there are the places of every eighth entry's positions after the first, as bytes
//! from the first one's; then for each entry the first, whether there are more, how many, and the
//! steps to the next ones. Positions count through all texts of an entry.

use super::{ROW, STRIDE, blocks};
use crate::Result;
use crate::index::pack::RUN;
use crate::store::{Bytes, Reader, Section, Writer};

/// Adds the positions of the entries of one block.
pub(super) fn write_block<'p>(entries: impl Iterator<Item = &'p [u32]>, out: &mut Writer) {
    let mut places = Writer::default();
    let mut data = Writer::default();
    for (position, positions) in entries.enumerate() {
        if position > 0 && position % STRIDE == 0 {
            places
                .u32(u32::try_from(data.len()).expect("the positions of a block are below 4 GiB"));
        }
        write_entry(positions, &mut data);
    }
    out.bytes.extend_from_slice(&places.bytes);
    out.bytes.extend_from_slice(&data.bytes);
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
        let block = place / RUN;
        let start = if blocks(*count) > 1 {
            let row = rows.get(block * ROW + 8..block * ROW + 12)?;
            u32::from_le_bytes(row.try_into().ok()?) as usize
        } else {
            0
        };
        let held = RUN.min(count.checked_sub(block * RUN)?);
        let table = (held.checked_sub(1)?) / STRIDE * 4;
        let (place, group) = (place % RUN, place % RUN / STRIDE);
        let mut data = start + table;
        if group > 0 {
            let at = start + (group - 1) * 4;
            data += u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        }
        let mut reader = Reader::new(bytes.get(data..)?);
        for _ in 0..place % STRIDE {
            pass_entry(&mut reader)?;
        }
        read_entry(&mut reader, out)
    }
}
