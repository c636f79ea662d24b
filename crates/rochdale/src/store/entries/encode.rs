//! Texts as numbers of the dictionary.

use super::dictionary::{self, Coding, Sign, Token};
use super::spelling::Spelling;
use super::table::Table;
use super::token::{self, Kind, LONGEST};
use crate::store::Writer;

/// Where a run of signs is not in the dictionary, parts of it are sought up to this length.
const PART: usize = 16;

/// The most bytes that are written out in one piece.
const PIECE: usize = 255;

/// The dictionary while texts are written.
#[derive(Debug)]
pub(super) struct Encoder {
    numbers: Table<(u16, Kind)>,
    coding: Coding,
    spelling: Spelling,
    section: Vec<u8>,
}

impl Encoder {
    pub(super) fn new(tokens: &[Token], coding: Coding, spelling: Spelling) -> Self {
        let section = dictionary::write(tokens, coding, &spelling.runs);
        let mut numbers = Table::default();
        for (token, number) in tokens.iter().zip(0..) {
            numbers.insert(&token.text, (number, token.kind));
        }
        Self { numbers, coding, spelling, section }
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
                out.push(Sign::Flip as u8);
            }
            return self.coding.write(usize::from(*number), out);
        }
        if let Some((number, _)) = self.plain(word) {
            if !is_due {
                out.push(Sign::Flip as u8);
            }
            return self.coding.write(usize::from(*number), out);
        }
        self.write_out(word, Sign::SpeltWord, Sign::PlainWord, out);
    }

    /// What the dictionary has for a word without its capital.
    fn plain(&self, word: &[u8]) -> Option<&(u16, Kind)> {
        self.numbers.get(&token::without_capital(word)?)
    }

    /// Writes signs, or as many of them as the dictionary has in one, and says how many bytes.
    fn signs(&self, signs: &[u8], state: &mut State, out: &mut Vec<u8>) -> usize {
        let parts = (1..=PART.min(signs.len() - 1)).rev();
        for length in std::iter::once(signs.len()).chain(parts) {
            // A part of a word that is too long may be a word itself.
            let found = self.numbers.get(&signs[..length]).filter(|(_, kind)| *kind != Kind::Word);
            if let Some((number, kind)) = found {
                *state = State { after_word: false, capital: *kind == Kind::Capital };
                self.coding.write(usize::from(*number), out);
                return length;
            }
        }
        *state = State::default();
        self.write_out(&signs[..signs.len().min(PIECE)], Sign::Spelt, Sign::Plain, out)
    }

    /// Writes a piece letter by letter, in runs where that is shorter; gives its length.
    fn write_out(&self, piece: &[u8], spelt: Sign, plain: Sign, out: &mut Vec<u8>) -> usize {
        let start = out.len();
        out.push(spelt as u8);
        let length = self.spelling.spell(piece, out);
        if length < piece.len() || out.len() - start >= piece.len() + 2 {
            out.truncate(start);
            out.extend_from_slice(&[plain as u8, u8::try_from(piece.len()).unwrap_or(u8::MAX)]);
            out.extend_from_slice(piece);
        }
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
