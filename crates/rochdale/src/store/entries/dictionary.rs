//! The dictionary: tokens by their numbers, and the runs with which other words are spelt.

use super::spelling::{RUN, Run};
use super::token::{Kind, LONGEST};
use crate::Result;
use crate::store::{Bytes, Reader, Section, Writer};

/// What stands before a piece of text that is written out, rather than a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Sign {
    /// The next word has a capital where none is due, or none where one is.
    Flip = 251,
    /// A word in runs of letters.
    SpeltWord = 252,
    /// Any other piece in runs of letters.
    Spelt = 253,
    /// A word byte for byte.
    PlainWord = 254,
    /// Any other piece byte for byte.
    Plain = 255,
}

/// The first byte that begins no number.
const SIGNS: u8 = Sign::Flip as u8;

/// So many tokens the dictionary has at most: it is read as a whole.
pub(super) const WORDS: usize = 1 << 14;

/// How many bytes stand before the runs.
const HEAD: usize = 8;

/// How many bytes a run has: the letters, and how many there are.
const RUN_BYTES: usize = RUN + 1;

/// So many bytes can be copied from any token, however short it is.
pub(super) const COPY: usize = 16;

/// A token of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: Box<[u8]>,
    pub(super) kind: Kind,
}

/// How numbers are written: so many in one byte, the others in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coding {
    /// How many first bytes are a whole number.
    ones: u8,
}

impl Coding {
    /// As many numbers of one byte as leave room for all tokens.
    pub(super) fn best(tokens: usize) -> Self {
        let room = |ones: &u8| Self { ones: *ones }.room() >= tokens;
        Self { ones: (0..=SIGNS).rev().find(room).unwrap_or(0) }
    }

    /// How many numbers there are.
    fn room(self) -> usize {
        usize::from(self.ones) + usize::from(SIGNS - self.ones) * 256
    }

    pub(super) fn write(self, number: usize, out: &mut Vec<u8>) {
        let ones = usize::from(self.ones);
        if number < ones {
            out.push(low(number));
        } else {
            let rest = number - ones;
            out.extend_from_slice(&[self.ones + low(rest >> 8), low(rest)]);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lowest eight bits are what is wanted")]
fn low(number: usize) -> u8 {
    number as u8
}

/// The section of the dictionary.
pub(super) fn write(tokens: &[Token], coding: Coding, runs: &[Run]) -> Vec<u8> {
    let mut out = Writer::default();
    out.u32(u32::try_from(tokens.len()).expect("there are at most `WORDS`"));
    out.u8(coding.ones);
    out.u8(u8::try_from(runs.len()).expect("there are at most 255"));
    out.u16(0);
    for run in runs {
        out.u64(run.bytes);
        out.u8(run.length);
    }
    let mut start = 0;
    for Token { text, kind } in tokens {
        debug_assert!(text.len() <= LONGEST, "tokens are short");
        let length = u32::try_from(text.len()).expect("tokens are short");
        out.u32(start << 8 | length << 2 | *kind as u32);
        start += length;
    }
    for token in tokens {
        out.bytes.extend_from_slice(&token.text);
    }
    out.bytes.resize(out.len() + COPY, 0);
    out.bytes
}

/// The dictionary while texts are read.
pub(super) struct Dictionary<'a> {
    bytes: Bytes<'a>,
    ones: u8,
    /// Where the runs end, and the places of the tokens, and so where their texts begin.
    places: usize,
    texts: usize,
}

impl<'a> Dictionary<'a> {
    /// Reads the section.
    pub(super) fn open(section: &Section<'a>) -> Result<Self> {
        let bytes = section.all()?;
        Self::of(bytes).ok_or_else(|| section.damaged())
    }

    fn of(bytes: Bytes<'a>) -> Option<Self> {
        let mut reader = Reader::new(&bytes);
        let tokens = usize::try_from(reader.u32()?).ok().filter(|tokens| *tokens <= WORDS)?;
        let ones = reader.u8().filter(|ones| *ones <= SIGNS)?;
        let places = HEAD + usize::from(reader.u8()?) * RUN_BYTES;
        let texts = places + tokens * 4;
        (texts + COPY <= bytes.len()).then_some(Self { bytes, ones, places, texts })
    }

    /// The token whose number begins with `first`, which is no sign: what it is, and the bytes of
    /// the dictionary from its first on, and how many are its own.
    #[inline]
    pub(super) fn token(&self, first: u8, rest: &mut Reader<'_>) -> Option<(Kind, &[u8], usize)> {
        let number = if first < self.ones {
            usize::from(first)
        } else {
            usize::from(self.ones) + (usize::from(first - self.ones) << 8 | usize::from(rest.u8()?))
        };
        let place = self.bytes.get(self.places..self.texts)?.get(number * 4..number * 4 + 4)?;
        let place = u32::from_le_bytes([place[0], place[1], place[2], place[3]]);
        let text = self.bytes.get(self.texts + (place >> 8) as usize..)?;
        Some((Kind::from_bits(place & 3)?, text, (place >> 2 & 63) as usize))
    }

    /// A run: the bytes of the dictionary from its first on, and how many are its own.
    #[inline]
    pub(super) fn run(&self, number: u8) -> Option<(&[u8], usize)> {
        let start = HEAD + usize::from(number) * RUN_BYTES;
        let text = self.bytes.get(start..).filter(|_| start + RUN_BYTES <= self.places)?;
        let length = usize::from(text[RUN]);
        (length <= RUN).then_some((text, length))
    }
}

impl Sign {
    #[inline]
    pub(super) const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            251 => Some(Self::Flip),
            252 => Some(Self::SpeltWord),
            253 => Some(Self::Spelt),
            254 => Some(Self::PlainWord),
            255 => Some(Self::Plain),
            _ => None,
        }
    }
}
