//! Texts as numbers of the dictionary.

use std::collections::HashMap;

use super::dictionary::{self, Coding, FLIP, LITERAL, LITERAL_WORD, Token};
use super::token::{self, Kind, LONGEST};
use crate::store::Writer;

/// Where a run of signs is not in the dictionary, parts of it are sought up to this length.
const PART: usize = 16;

/// The most bytes that are written out in one piece.
const PIECE: usize = 255;

/// The dictionary while texts are written.
#[derive(Debug)]
pub(super) struct Encoder {
    numbers: HashMap<Box<[u8]>, (u32, Kind)>,
    coding: Coding,
    section: Vec<u8>,
}

impl Encoder {
    pub(super) fn new(tokens: Vec<Token>, coding: Coding) -> Self {
        let section = dictionary::write(&tokens, coding);
        let numbers =
            tokens.into_iter().zip(0..).map(|(token, number)| (token.text, (number, token.kind)));
        Self { numbers: numbers.collect(), coding, section }
    }

    /// The section of the dictionary.
    pub(super) fn into_section(self) -> Vec<u8> {
        self.section
    }

    /// Adds a text to `out`: its length, and its tokens.
    pub(super) fn encode(&self, text: &str, out: &mut Vec<u8>) {
        let bytes = text.as_bytes();
        let mut length = Writer::default();
        length.varint(bytes.len() as u64);
        out.append(&mut length.bytes);
        let (mut at, mut state) = (0, State::default());
        while at < bytes.len() {
            let is_implied = state.after_word && bytes[at] == b' ';
            let start = if is_implied { at + 1 } else { at };
            let end = if token::is_word(bytes, start) { token::end(bytes, start) } else { start };
            at = if (1..=LONGEST).contains(&(end - start)) {
                self.word(&bytes[start..end], &mut state, out);
                end
            } else {
                at + self.signs(&bytes[at..token::end(bytes, at)], &mut state, out)
            };
        }
    }

    fn word(&self, word: &[u8], state: &mut State, out: &mut Vec<u8>) {
        let is_due = state.capital;
        *state = State { after_word: true, capital: false };
        if let Some((number, _)) = self.numbers.get(word) {
            if is_due && word[0].is_ascii_lowercase() {
                out.push(FLIP);
            }
            return self.coding.write(*number as usize, out);
        }
        if token::is_capitalized(word) {
            let mut plain = [0; LONGEST];
            let plain = &mut plain[..word.len()];
            plain.copy_from_slice(word);
            plain[0].make_ascii_lowercase();
            if let Some((number, _)) = self.numbers.get(&*plain) {
                if !is_due {
                    out.push(FLIP);
                }
                return self.coding.write(*number as usize, out);
            }
        }
        literal(LITERAL_WORD, word, out);
    }

    /// Writes signs, or as many of them as the dictionary has in one, and says how many bytes.
    fn signs(&self, signs: &[u8], state: &mut State, out: &mut Vec<u8>) -> usize {
        let parts = (1..=PART.min(signs.len() - 1)).rev();
        let lengths = std::iter::once(signs.len()).chain(parts);
        for length in lengths {
            // A part of a word that is too long may be a word itself.
            let found = self.numbers.get(&signs[..length]).filter(|(_, kind)| *kind != Kind::Word);
            if let Some((number, kind)) = found {
                *state = State { after_word: false, capital: *kind == Kind::Capital };
                self.coding.write(*number as usize, out);
                return length;
            }
        }
        *state = State::default();
        let piece = &signs[..signs.len().min(PIECE)];
        literal(LITERAL, piece, out);
        piece.len()
    }
}

/// What a reader knows before the next token.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    after_word: bool,
    /// Whether the next word begins with a capital unless it is said that it does not.
    capital: bool,
}

fn literal(sign: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&[sign, u8::try_from(bytes.len()).expect("a piece is short")]);
    out.extend_from_slice(bytes);
}
