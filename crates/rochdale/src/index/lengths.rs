//! How long entries are, read a part at a time.
//!
//! A byte for each entry is little, but of a million entries it is enough that proving all of them by
//! their checksums takes longer than the rest of a first answer, which needs some of them only. Who
//! asks more than a few questions is served best if all are proved once.

use std::sync::atomic::Ordering;

use super::open::{Index, Part};
use super::schema;
use super::set::Number;
use crate::store::{Bytes, Section};
use crate::{ErrorKind, Result};

/// So many questions read lengths part by part.
const FEW: u32 = 16;

/// The bytes for the lengths of a run of entries.
#[derive(Clone)]
pub(super) struct Lengths<'a> {
    section: Section<'a>,
    /// The first entry of the run.
    first: Number,
    /// Where the bytes at hand begin in the run.
    from: usize,
    bytes: Bytes<'a>,
}

impl<'a> Index<'a> {
    /// The lengths of a run of entries; nothing is read for the first few questions.
    pub(super) fn lengths(&self, lengths: &schema::Lengths) -> Result<Lengths<'a>> {
        let end = lengths.start.saturating_add(lengths.numbers.len());
        let section = self.section(Part::Lengths)?.part(lengths.start..end)?;
        let unproved = &self.opened.unproved;
        let whole = section.is_proved() || unproved.fetch_add(1, Ordering::Relaxed) >= FEW;
        let bytes = if whole { section.all()? } else { Bytes::from(&[][..]) };
        Ok(Lengths { section, first: lengths.numbers.start, from: 0, bytes })
    }
}

impl<'a> Lengths<'a> {
    /// The byte for the length of an entry; that of no words outside of the run.
    #[inline]
    pub(super) fn of(&mut self, number: Number) -> Result<u8> {
        let place = number.wrapping_sub(self.first) as usize;
        match self.bytes.get(place.wrapping_sub(self.from)) {
            Some(length) => Ok(*length),
            None => self.read(place),
        }
    }

    /// Reads the part where the place lies.
    #[cold]
    fn read(&mut self, place: usize) -> Result<u8> {
        if place >= self.section.len() {
            return Ok(0);
        }
        let range = self.section.block_of(place);
        (self.from, self.bytes) = match self.section.read(range.clone()) {
            Ok(bytes) => (range.start, bytes),
            // What has to be fetched is fetched in one go.
            Err(error) if error.kind() == ErrorKind::NeedRange => (0, self.section.all()?),
            Err(error) => return Err(error),
        };
        Ok(self.bytes.get(place - self.from).copied().unwrap_or_default())
    }

    /// The bytes of all entries of the run.
    pub(super) fn all(&self) -> Result<Bytes<'a>> {
        self.section.all()
    }
}
