//! Writing of sections into one run of bytes.

use super::bytes::Writer;
use super::layout::{BLOCK, HEAD, MAGIC, NAME, ROW, VERSION, checksum};

/// How many bytes are copied, and then given back, at once.
const PIECE: usize = 32 << 20;

/// Sections on their way into a file.
#[derive(Debug, Default)]
pub(crate) struct StoreWriter {
    sections: Vec<(String, u32, Vec<u8>)>,
}

impl StoreWriter {
    /// Adds a section; they stand in the file in the order in which they are added.
    pub(crate) fn section(&mut self, name: impl Into<String>, segment: u32, bytes: Vec<u8>) {
        let name = name.into();
        debug_assert!(name.len() <= NAME, "names of sections are short");
        self.sections.push((name, segment, bytes));
    }

    /// The file. Each section is given back piece by piece as it is copied, from its end on, so that
    /// its bytes never stand in memory twice.
    pub(crate) fn finish(self) -> Vec<u8> {
        let data: u64 = self.sections.iter().map(|(_, _, bytes)| padded(bytes.len())).sum();
        let blocks = data.div_ceil(BLOCK);
        let chunks = (blocks * 8).div_ceil(BLOCK);
        let start = HEAD + self.sections.len() as u64 * ROW + chunks * 8;
        let sums = start + data;
        let length = sums + blocks * 8;
        let mut out = Writer::default();
        out.bytes.extend_from_slice(&MAGIC);
        out.u32(VERSION);
        out.u32(u32::try_from(self.sections.len()).expect("there are few sections"));
        out.u64(length);
        out.u64(start);
        out.u64(sums);
        out.u64(0);
        let mut offset = start;
        for (name, segment, bytes) in &self.sections {
            let mut padded_name = [0; NAME];
            padded_name[..name.len()].copy_from_slice(name.as_bytes());
            out.bytes.extend_from_slice(&padded_name);
            out.u32(*segment);
            out.u64(offset);
            out.u64(bytes.len() as u64);
            offset += padded(bytes.len());
        }
        let sums_of_sums = out.len();
        let at = |place: u64| usize::try_from(place).expect("the bytes are in memory");
        // Memory that is zero and was never written to takes no room.
        let mut file = vec![0; at(length)];
        file[..sums_of_sums].copy_from_slice(&out.bytes);
        let mut place = at(start);
        for (_, _, mut bytes) in self.sections {
            let next = place + at(padded(bytes.len()));
            while !bytes.is_empty() {
                let from = bytes.len().saturating_sub(PIECE);
                file[place + from..place + bytes.len()].copy_from_slice(&bytes[from..]);
                bytes.truncate(from);
                bytes.shrink_to_fit();
            }
            place = next;
        }
        seal(&mut file, start, sums, sums_of_sums);
        file
    }
}

/// The length with what is added so that each section begins at a multiple of eight.
fn padded(length: usize) -> u64 {
    (length as u64).next_multiple_of(8)
}

/// Adds the checksums of the blocks, of these, and of the table.
fn seal(bytes: &mut [u8], start: u64, sums: u64, sums_of_sums: usize) {
    let at = |place: u64| usize::try_from(place).expect("the bytes are in memory");
    let block = at(BLOCK);
    let (data, slots) = bytes.split_at_mut(at(sums));
    for (block, slot) in data[at(start)..].chunks(block).zip(slots.chunks_mut(8)) {
        slot.copy_from_slice(&checksum(block).to_le_bytes());
    }
    let chunks: Vec<u64> = bytes[at(sums)..].chunks(block).map(checksum).collect();
    for (sum, slot) in chunks.into_iter().zip(bytes[sums_of_sums..at(start)].chunks_mut(8)) {
        slot.copy_from_slice(&sum.to_le_bytes());
    }
    let table = checksum(&bytes[at(HEAD)..at(start)]);
    bytes[at(HEAD) - 8..at(HEAD)].copy_from_slice(&table.to_le_bytes());
}
