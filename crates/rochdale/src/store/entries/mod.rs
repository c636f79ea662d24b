//! The texts of the entries: each its canonical JSON, packed as words of a dictionary.
//!
//! A text is packed on its own, so that one is read without its neighbours: numbers of tokens, the
//! most frequent in one byte, and between words no space. The dictionary is chosen from a sample.

mod alone;
mod count;
mod decode;
mod dictionary;
mod encode;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod token;

use super::{Reader, Section, Store, Writer};
use crate::Result;
pub use alone::Texts;
use count::Counter;
use dictionary::Dictionary;
use encode::Encoder;

/// The sections: packed texts, where each ends, and the dictionary.
const TEXTS: &str = "texts";
const ENDS: &str = "texts.ends";
const TOKENS: &str = "texts.tokens";

/// How many texts share one place that is counted from the start of the section.
const GROUP: usize = 64;

/// How many bytes the places of a whole group have: one of eight bytes, then four a text.
const GROUP_BYTES: usize = 8 + GROUP * 4;

/// At most so many entries are a sample: more make the archive hardly smaller.
const SAMPLE: usize = 4_096;

/// The entries from which the dictionary is chosen, of so many.
pub(crate) fn sample(entries: usize) -> impl Iterator<Item = usize> {
    (0..entries).step_by(step(entries))
}

fn step(entries: usize) -> usize {
    entries.div_ceil(SAMPLE).max(1)
}

/// Packs the texts of entries, each on its own.
#[derive(Debug)]
pub(crate) struct Packer(Encoder);

impl Packer {
    /// Chooses the dictionary from the texts of those entries that [`sample`] names.
    ///
    /// # Errors
    ///
    /// The first error that a text comes with.
    pub(crate) fn new(
        entries: usize,
        sampled: impl IntoIterator<Item = Result<String>>,
    ) -> Result<Self> {
        let mut counter = Counter::default();
        for text in sampled {
            counter.add(&text?);
        }
        let (tokens, coding, spelling) = counter.choose(step(entries) as u64);
        Ok(Self(Encoder::new(&tokens, coding, spelling)))
    }

    /// The text of an entry, packed.
    pub(crate) fn pack(&self, json: &str) -> Vec<u8> {
        let mut packed = Vec::new();
        self.0.encode(json, &mut packed);
        packed
    }
}

/// Puts packed texts one after the other.
#[derive(Debug, Default)]
pub(crate) struct EntriesWriter {
    texts: Vec<u8>,
    ends: Writer,
    count: usize,
    /// Where the group begins in the texts.
    base: usize,
}

impl EntriesWriter {
    /// Adds the packed text of the next entry.
    ///
    /// # Errors
    ///
    /// Where it and its neighbours have more than 4 GB.
    pub(crate) fn add(&mut self, packed: &[u8]) -> Result<()> {
        if self.count.is_multiple_of(GROUP) {
            self.base = self.texts.len();
            self.ends.u64(self.base as u64);
        }
        self.texts.extend_from_slice(packed);
        let end = u32::try_from(self.texts.len() - self.base);
        self.ends.u32(end.map_err(|_| crate::Error::invalid("", "entries are too long"))?);
        self.count += 1;
        Ok(())
    }

    /// The sections with their names.
    pub(crate) fn finish(self, packer: Packer) -> Vec<(&'static str, Vec<u8>)> {
        let tokens = packer.0.into_section();
        vec![(TOKENS, tokens), (ENDS, self.ends.bytes), (TEXTS, self.texts)]
    }
}

/// Reads the texts of entries, each when it is asked for.
#[derive(Clone)]
pub(crate) struct Entries<'a> {
    texts: Section<'a>,
    ends: Section<'a>,
    tokens: Section<'a>,
    len: usize,
}

impl<'a> Entries<'a> {
    /// Finds the sections; nothing is read.
    ///
    /// # Errors
    ///
    /// Where one is missing, or cannot be what it should be by its length.
    pub(crate) fn open(store: &'a Store, segment: u32) -> Result<Self> {
        let section = |name| store.section(name, segment);
        let (texts, ends, tokens) = (section(TEXTS)?, section(ENDS)?, section(TOKENS)?);
        let len = count(ends.len()).ok_or_else(|| ends.damaged())?;
        Ok(Self { texts, ends, tokens, len })
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The canonical JSON of an entry.
    ///
    /// # Errors
    ///
    /// Where there is none of this number, the bytes are damaged, or have to be fetched first.
    pub(crate) fn json(&self, number: usize) -> Result<String> {
        if number >= self.len {
            return Err(self.ends.damaged());
        }
        let (group, place) = (number / GROUP * GROUP_BYTES, number % GROUP);
        let ends = self.ends.read(group..group + 8 + (place + 1) * 4)?;
        let range = range(&ends, place).ok_or_else(|| self.ends.damaged())?;
        let bytes = self.texts.read(range)?;
        let dictionary = Dictionary::open(&self.tokens)?;
        decode::decode(&bytes, &dictionary).ok_or_else(|| self.texts.damaged())
    }
}

/// How many entries have places of so many bytes.
fn count(bytes: usize) -> Option<usize> {
    let (groups, rest) = (bytes / GROUP_BYTES, bytes % GROUP_BYTES);
    let last = match rest {
        0 => 0,
        rest if rest > 8 && rest % 4 == 0 => (rest - 8) / 4,
        _ => return None,
    };
    Some(groups * GROUP + last)
}

/// Where a text lies, by the places of its group up to its own.
fn range(ends: &[u8], place: usize) -> Option<std::ops::Range<usize>> {
    let base = usize::try_from(Reader::new(ends).u64()?).ok()?;
    let end_of = |place: usize| {
        let end = Reader::new(ends.get(8 + place * 4..)?).u32()?;
        base.checked_add(usize::try_from(end).ok()?)
    };
    let start = if place == 0 { base } else { end_of(place - 1)? };
    Some(start..end_of(place)?)
}
