//! The layout of a file: a head, a table of named sections, their bytes, checksums of blocks.

use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use twox_hash::XxHash3_64;

use super::bytes::Reader;
use super::{Bytes, NeedRange, Source};
use crate::{Error, Result};

/// The version of the layout that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// The first bytes of every snapshot.
pub const MAGIC: [u8; 8] = *b"ROCHDALE";

/// How many bytes one checksum covers: what is fetched, at least, to read a byte and be sure of it.
pub(super) const BLOCK: u64 = 4 << 10;

/// How many bytes the head has: the rest is found through it.
pub(super) const HEAD: u64 = 48;

/// How many bytes the name of a section has.
pub(super) const NAME: usize = 12;

/// How many bytes a row of the table has.
pub(super) const ROW: u64 = 32;

/// More sections are taken for damage.
const SECTIONS: u32 = 1 << 16;

/// The checksum of bytes: xxh3 with 64 bits.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

/// A named run of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SectionInfo {
    /// What it holds.
    pub name: String,
    /// The segment that it belongs to.
    pub segment: u32,
    /// Where it begins in the file.
    pub offset: u64,
    /// How many bytes it has.
    pub length: u64,
}

/// A file whose head and table were read; the rest is read when it is needed.
pub(crate) struct Store {
    source: Box<dyn Source>,
    sections: Vec<SectionInfo>,
    /// Where the blocks begin that checksums cover.
    start: u64,
    /// Where the checksums begin: behind the last block.
    sums: u64,
    /// The checksums of the checksums.
    sums_of_sums: Vec<u64>,
    /// A bit for each block that was found to be as its checksum says.
    verified: Vec<AtomicU64>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("sections", &self.sections).finish_non_exhaustive()
    }
}

impl Store {
    /// Reads the head and the table.
    ///
    /// # Errors
    ///
    /// Where the bytes are no snapshot, one of another version, or damaged.
    pub(crate) fn open(source: Box<dyn Source>) -> Result<Self> {
        let size = source.size();
        if size < HEAD {
            return Err(no_snapshot());
        }
        let head = read(&*source, 0..HEAD)?;
        let parsed = Head::parse(&head)?;
        if parsed.length != size {
            let message = format!("expected {} bytes, got {size}; it was cut", parsed.length);
            return Err(Error::damaged("head", message));
        }
        let table_end = HEAD + u64::from(parsed.sections) * ROW;
        let blocks = parsed.sums.checked_sub(parsed.start).map(|data| data.div_ceil(BLOCK));
        let Some(blocks) = blocks.filter(|_| parsed.start >= table_end) else {
            return Err(Error::damaged("head", "its places contradict each other"));
        };
        if parsed.sums.checked_add(blocks * 8) != Some(size) {
            return Err(Error::damaged("head", "its places contradict each other"));
        }
        let chunks = (blocks * 8).div_ceil(BLOCK);
        if table_end + chunks * 8 != parsed.start {
            return Err(Error::damaged("head", "its places contradict each other"));
        }
        let table = read(&*source, HEAD..parsed.start)?;
        if checksum(&table) != parsed.table_sum {
            return Err(Error::damaged("table", "its checksum is another"));
        }
        let mut reader = Reader::new(&table);
        let rows = (0..parsed.sections).map(|_| row(&mut reader, &parsed));
        let sections = rows.collect::<Option<Vec<_>>>();
        let sums_of_sums = (0..chunks).map(|_| reader.u64()).collect::<Option<Vec<_>>>();
        let (Some(sections), Some(sums_of_sums)) = (sections, sums_of_sums) else {
            return Err(Error::damaged("table", "a section lies outside of the file"));
        };
        let words = usize::try_from(blocks.div_ceil(64)).map_err(|_| no_snapshot())?;
        let verified = (0..words).map(|_| AtomicU64::new(0)).collect();
        let (start, sums) = (parsed.start, parsed.sums);
        Ok(Self { source, sections, start, sums, sums_of_sums, verified })
    }

    /// The sections, in the order of the file.
    pub(crate) fn sections(&self) -> &[SectionInfo] {
        &self.sections
    }

    /// How many segments there are.
    pub(crate) fn segments(&self) -> u32 {
        self.sections.iter().map(|info| info.segment).max().map_or(0, |last| last.saturating_add(1))
    }

    /// The bytes of the section that an info describes.
    ///
    /// # Errors
    ///
    /// Where they are damaged, or have to be fetched first.
    pub(crate) fn bytes_of(&self, info: &SectionInfo) -> Result<Bytes<'_>> {
        self.read(info.offset..info.offset + info.length)
    }

    /// How many bytes the file has.
    pub(crate) fn size(&self) -> u64 {
        self.source.size()
    }

    /// All bytes of the file, as they are.
    ///
    /// # Errors
    ///
    /// Where some have to be fetched first.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>> {
        Ok(read(&*self.source, 0..self.size())?.to_vec())
    }

    /// The section of this name in a segment.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub(crate) fn section(&self, name: &'static str, segment: u32) -> Result<Section<'_>> {
        self.section_at(self.place(name, segment)?, name)
    }

    /// Where the section of this name in a segment stands among all.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub(crate) fn place(&self, name: &'static str, segment: u32) -> Result<usize> {
        let fits = |info: &SectionInfo| info.name == name && info.segment == segment;
        let place = self.sections.iter().position(fits);
        place.ok_or_else(|| Error::damaged(name, "the section is missing"))
    }

    /// The section at a place that was found before.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub(crate) fn section_at(&self, place: usize, name: &'static str) -> Result<Section<'_>> {
        match self.sections.get(place) {
            Some(info) => {
                Ok(Section { store: self, name, range: info.offset..info.offset + info.length })
            }
            None => Err(Error::damaged(name, "the section is missing")),
        }
    }

    /// Compares every block with its checksum.
    ///
    /// # Errors
    ///
    /// Where one is damaged: the section that it belongs to.
    pub(crate) fn verify(&self) -> Result<()> {
        let (blocks, mut sums) = ((self.sums - self.start).div_ceil(BLOCK), None);
        (0..blocks).try_for_each(|block| self.check(block, &mut sums))
    }

    fn read(&self, range: Range<u64>) -> Result<Bytes<'_>> {
        self.check_all(self.blocks(&range))?;
        read(&*self.source, range)
    }

    /// The blocks that cover a range.
    fn blocks(&self, range: &Range<u64>) -> Range<u64> {
        if range.is_empty() {
            return 0..0;
        }
        (range.start - self.start) / BLOCK..(range.end - 1 - self.start) / BLOCK + 1
    }

    /// Whether all bytes of a range were compared with their checksums before.
    fn is_proved(&self, range: &Range<u64>) -> bool {
        let mut blocks = self.blocks(range);
        while !blocks.is_empty() {
            if self.unproved(&mut blocks).1 != 0 {
                return false;
            }
        }
        true
    }

    /// The first of some blocks, which are taken off, and a bit for each of them that was not compared
    /// before.
    fn unproved(&self, blocks: &mut Range<u64>) -> (u64, u64) {
        let first = blocks.start;
        let word = usize::try_from(first / 64).ok().and_then(|at| self.verified.get(at));
        let known = word.map_or(0, |word| word.load(Ordering::Relaxed));
        blocks.start = blocks.end.min((first / 64 + 1) * 64);
        let those = u64::MAX >> (64 - (blocks.start - first));
        (first, !known >> (first % 64) & those)
    }

    /// Compares those of some blocks with their checksums that were not before.
    fn check_all(&self, mut blocks: Range<u64>) -> Result<()> {
        let mut sums = None;
        while !blocks.is_empty() {
            let (first, mut open) = self.unproved(&mut blocks);
            while open != 0 {
                self.check(first + u64::from(open.trailing_zeros()), &mut sums)?;
                open &= open - 1;
            }
        }
        Ok(())
    }

    fn check<'s>(&'s self, block: u64, sums: &mut Option<(u64, Bytes<'s>)>) -> Result<()> {
        let from = self.start + block * BLOCK;
        let bytes = read(&*self.source, from..(from + BLOCK).min(self.sums))?;
        if checksum(&bytes) != self.sum(block, sums)? {
            let name = self.sections.iter().find(|info| info.offset + info.length > from);
            let name = name.map_or("padding", |info| &info.name);
            return Err(Error::damaged(name, format!("the checksum of block {block} is another")));
        }
        if let Some(word) = usize::try_from(block / 64).ok().and_then(|at| self.verified.get(at)) {
            word.fetch_or(1 << (block % 64), Ordering::Relaxed);
        }
        Ok(())
    }

    /// A run of checksums.
    fn run_of_sums(&self, chunk: u64) -> Result<Bytes<'_>> {
        let from = self.sums + chunk * BLOCK;
        let bytes = read(&*self.source, from..(from + BLOCK).min(self.source.size()))?;
        let known = usize::try_from(chunk).ok().and_then(|chunk| self.sums_of_sums.get(chunk));
        if known != Some(&checksum(&bytes)) {
            return Err(Error::damaged("checksums", "their own checksum is another"));
        }
        Ok(bytes)
    }

    /// The checksum of a block, from a run of checksums that is as its own checksum says; the last
    /// run that was read is kept.
    fn sum<'s>(&'s self, block: u64, kept: &mut Option<(u64, Bytes<'s>)>) -> Result<u64> {
        let chunk = block * 8 / BLOCK;
        let bytes = match kept.take() {
            Some((own, bytes)) if own == chunk => bytes,
            _ => self.run_of_sums(chunk)?,
        };
        let (_, bytes) = kept.insert((chunk, bytes));
        let at = usize::try_from(block * 8 % BLOCK).unwrap_or(usize::MAX);
        let sum = bytes.get(at..).and_then(|bytes| Reader::new(bytes).u64());
        sum.ok_or_else(|| Error::damaged("checksums", "one is missing"))
    }
}

/// What the head says.
struct Head {
    sections: u32,
    length: u64,
    start: u64,
    sums: u64,
    table_sum: u64,
}

impl Head {
    fn parse(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes);
        if reader.take(8) != Some(&MAGIC) {
            return Err(no_snapshot());
        }
        let version = reader.u32().ok_or_else(no_snapshot)?;
        if version != VERSION {
            return Err(Error::unsupported(format!(
                "expected a snapshot of version {VERSION}, got version {version}; \
                 build it again from its sources"
            )));
        }
        let mut parse = || {
            let sections = reader.u32()?;
            let (length, start, sums) = (reader.u64()?, reader.u64()?, reader.u64()?);
            Some(Self { sections, length, start, sums, table_sum: reader.u64()? })
        };
        let head = parse().ok_or_else(no_snapshot)?;
        if head.sections > SECTIONS || head.start > head.length {
            return Err(Error::damaged("head", "its places contradict each other"));
        }
        Ok(head)
    }
}

fn row(reader: &mut Reader<'_>, head: &Head) -> Option<SectionInfo> {
    let name = reader.take(NAME)?;
    let name = std::str::from_utf8(name).ok()?.trim_end_matches('\0').to_owned();
    let segment = reader.u32()?;
    let (offset, length) = (reader.u64()?, reader.u64()?);
    let inside = offset >= head.start && offset.checked_add(length)? <= head.sums;
    inside.then_some(SectionInfo { name, segment, offset, length })
}

fn no_snapshot() -> Error {
    Error::invalid("", "expected a snapshot of a library, got other bytes")
}

fn read(source: &dyn Source, range: Range<u64>) -> Result<Bytes<'_>> {
    source.read(range).map_err(|NeedRange { range }| Error::need_range(range))
}

/// The bytes of one section.
#[derive(Clone)]
pub(crate) struct Section<'a> {
    store: &'a Store,
    name: &'static str,
    range: Range<u64>,
}

impl<'a> Section<'a> {
    pub(crate) fn len(&self) -> usize {
        usize::try_from(self.range.end - self.range.start).unwrap_or(usize::MAX)
    }

    /// A part of the section.
    ///
    /// # Errors
    ///
    /// Where it lies outside, is damaged, or has to be fetched first.
    pub(crate) fn read(&self, range: Range<usize>) -> Result<Bytes<'a>> {
        if range.start > range.end || range.end > self.len() {
            return Err(self.damaged());
        }
        let from = self.range.start + range.start as u64;
        self.store.read(from..from + (range.end - range.start) as u64)
    }

    /// A part of the section as one of its own.
    ///
    /// # Errors
    ///
    /// Where it lies outside.
    pub(crate) fn part(&self, range: Range<usize>) -> Result<Self> {
        if range.start > range.end || range.end > self.len() {
            return Err(self.damaged());
        }
        let from = self.range.start + range.start as u64;
        let range = from..from + (range.end - range.start) as u64;
        Ok(Self { store: self.store, name: self.name, range })
    }

    /// Whether all of it was compared with its checksums before.
    pub(crate) fn is_proved(&self) -> bool {
        self.store.is_proved(&self.range)
    }

    /// Those bytes of the section around one that one checksum covers.
    pub(crate) fn block_of(&self, at: usize) -> Range<usize> {
        let start = self.range.start - self.store.start;
        let block = (start + at as u64) / BLOCK * BLOCK;
        let within = |at: u64| usize::try_from(at.saturating_sub(start)).unwrap_or(usize::MAX);
        within(block)..within(block + BLOCK).min(self.len())
    }

    /// All of it.
    pub(crate) fn all(&self) -> Result<Bytes<'a>> {
        self.read(0..self.len())
    }

    /// The error of bytes that are as their checksum says, but cannot be.
    pub(crate) fn damaged(&self) -> Error {
        Error::damaged(self.name, "its parts contradict each other")
    }
}
