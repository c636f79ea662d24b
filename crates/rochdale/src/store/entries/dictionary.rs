//! The dictionary: tokens by their numbers, in pages that are read one by one.

use std::ops::Range;

use super::token::{Kind, LONGEST};
use crate::Result;
use crate::store::{Bytes, Reader, Section, Writer};

/// The bytes that begin no number.
pub(super) const FLIP: u8 = 253;
pub(super) const LITERAL_WORD: u8 = 254;
pub(super) const LITERAL: u8 = 255;

/// The first byte that begins a number of three bytes; there are four.
const THREE: u8 = 249;

/// How many tokens a page has, but for the last.
const PAGE: usize = 256;

/// More tokens than these have no numbers, however the bytes are shared out.
pub(super) const WORDS: usize = (FLIP - THREE) as usize * (1 << 16);

/// How many bytes stand before the table of pages.
const HEAD: usize = 8;

/// A token of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: Box<[u8]>,
    pub(super) kind: Kind,
}

/// How numbers are written: so many in one byte, the following in two, the rest in three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coding {
    /// How many first bytes are a whole number.
    ones: u8,
}

impl Coding {
    /// The coding that takes the fewest bytes, for tokens that are used so often.
    pub(super) fn best(times: &[u64]) -> Self {
        let mut sums = Vec::with_capacity(times.len() + 1);
        sums.push(0_u64);
        for times in times {
            sums.push(sums[sums.len() - 1] + times);
        }
        let until = |number: usize| sums[number.min(times.len())];
        let saved = |ones: u8| {
            let coding = Self { ones };
            until(usize::from(ones)) + until(coding.threes())
        };
        // Of equals the one with more numbers of one byte, which are read the fastest.
        Self { ones: (0..=THREE).max_by_key(|ones| saved(*ones)).unwrap_or(THREE) }
    }

    /// The first number that takes three bytes.
    fn threes(self) -> usize {
        usize::from(self.ones) + usize::from(THREE - self.ones) * PAGE
    }

    pub(super) fn write(self, number: usize, out: &mut Vec<u8>) {
        let ones = usize::from(self.ones);
        if number < ones {
            out.push(low(number));
        } else if number < self.threes() {
            let rest = number - ones;
            out.extend_from_slice(&[self.ones + low(rest >> 8), low(rest)]);
        } else {
            let rest = number - self.threes();
            out.extend_from_slice(&[THREE + low(rest >> 16), low(rest >> 8), low(rest)]);
        }
    }

    /// The number that begins with this byte, which is below [`FLIP`].
    #[inline]
    pub(super) fn read(self, first: u8, rest: &mut Reader<'_>) -> Option<usize> {
        if first < self.ones {
            return Some(usize::from(first));
        }
        let second = usize::from(rest.u8()?);
        if first < THREE {
            let lead = usize::from(first - self.ones);
            return Some(usize::from(self.ones) + (lead << 8 | second));
        }
        let third = usize::from(rest.u8()?);
        Some(self.threes() + (usize::from(first - THREE) << 16 | second << 8 | third))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lowest eight bits are what is wanted")]
fn low(number: usize) -> u8 {
    number as u8
}

/// The section of the dictionary.
pub(super) fn write(tokens: &[Token], coding: Coding) -> Vec<u8> {
    let mut out = Writer::default();
    out.u32(u32::try_from(tokens.len()).expect("there are at most `WORDS`"));
    out.u8(coding.ones);
    out.bytes.resize(HEAD, 0);
    let pages: Vec<Vec<u8>> = tokens.chunks(PAGE).map(page).collect();
    let mut end = 0;
    for page in &pages {
        end += page.len();
        out.u32(u32::try_from(end).expect("pages have at most 17 KB, and there are 1,024"));
    }
    pages.iter().for_each(|page| out.bytes.extend_from_slice(page));
    out.bytes
}

/// Where the tokens end, and then each token behind a byte that says what it is.
fn page(tokens: &[Token]) -> Vec<u8> {
    let mut out = Writer::default();
    let mut end = tokens.len() * 2;
    for token in tokens {
        end += 1 + token.text.len();
        out.u16(u16::try_from(end).expect("256 tokens have at most 17 KB"));
    }
    for token in tokens {
        out.u8(token.kind as u8);
        out.bytes.extend_from_slice(&token.text);
    }
    out.bytes
}

/// How many pages are kept at hand while one text is read.
const KEPT: usize = 64;

/// The dictionary while one text is read.
pub(super) struct Dictionary<'a> {
    section: Section<'a>,
    pub(super) coding: Coding,
    words: usize,
    /// Where the pages end, four bytes for each.
    ends: Bytes<'a>,
    kept: [Option<(usize, Bytes<'a>)>; KEPT],
}

impl<'a> Dictionary<'a> {
    /// Reads the head and where the pages are.
    pub(super) fn open(section: Section<'a>) -> Result<Self> {
        let head = section.read(0..HEAD)?;
        let mut reader = Reader::new(&head);
        let (words, ones) = (reader.u32(), reader.u8());
        let words = words.and_then(|words| usize::try_from(words).ok());
        let (Some(words), Some(ones)) = (words.filter(|words| *words <= WORDS), ones) else {
            return Err(section.damaged());
        };
        if ones > THREE {
            return Err(section.damaged());
        }
        let ends = section.read(HEAD..HEAD + words.div_ceil(PAGE) * 4)?;
        let kept = [const { None }; KEPT];
        Ok(Self { section, coding: Coding { ones }, words, ends, kept })
    }

    /// The token of this number.
    #[inline]
    pub(super) fn token(&mut self, number: usize) -> Result<(Kind, &[u8])> {
        let (page, slot) = (number / PAGE, number / PAGE % KEPT);
        if !matches!(&self.kept[slot], Some((kept, _)) if *kept == page) {
            self.kept[slot] = Some((page, self.page(page)?));
        }
        let known = self.kept[slot].as_ref().filter(|_| number < self.words);
        let found = known.and_then(|(_, bytes)| {
            let count = (self.words - page * PAGE).min(PAGE);
            in_page(bytes, count, number % PAGE)
        });
        found.ok_or_else(|| self.section.damaged())
    }

    fn page(&self, page: usize) -> Result<Bytes<'a>> {
        let start = if page == 0 { Some(0) } else { self.end(page - 1) };
        let range: Option<Range<usize>> = start.zip(self.end(page)).map(|(start, end)| start..end);
        let Some(range) = range else { return Err(self.section.damaged()) };
        let base = HEAD + self.ends.len();
        self.section.read(base.saturating_add(range.start)..base.saturating_add(range.end))
    }

    fn end(&self, page: usize) -> Option<usize> {
        let end = Reader::new(self.ends.get(page * 4..)?).u32()?;
        usize::try_from(end).ok()
    }
}

/// A token of a page that has `count` of them.
#[inline]
fn in_page(page: &[u8], count: usize, place: usize) -> Option<(Kind, &[u8])> {
    let end_of = |place: usize| {
        let end = page.get(place * 2..place * 2 + 2)?;
        Some(usize::from(u16::from_le_bytes([end[0], end[1]])))
    };
    let start = if place == 0 { count * 2 } else { end_of(place - 1)? };
    let (kind, text) = page.get(start..end_of(place)?)?.split_first()?;
    (text.len() <= LONGEST).then_some(())?;
    Some((Kind::from_byte(*kind)?, text))
}
