//! Numbers of the dictionary as the text that they stand for.

use super::dictionary::{Dictionary, FLIP, LITERAL, LITERAL_WORD};
use super::token::{Kind, LONGEST};
use crate::Result;
use crate::store::{Reader, Section};

/// The most bytes that one byte can stand for: a token, and the space before it.
const WIDEST: usize = LONGEST + 1;

/// Reads the text that was written as `bytes`, which are of the section `texts`.
pub(super) fn decode(
    bytes: &[u8],
    texts: &Section<'_>,
    dictionary: &mut Dictionary<'_>,
) -> Result<String> {
    let mut reader = Reader::new(bytes);
    let length = reader.varint_usize().filter(|length| *length / WIDEST <= bytes.len());
    let mut text = Text::of(length.ok_or_else(|| texts.damaged())?);
    while let Some(first) = reader.u8() {
        let fits = match first {
            FLIP => {
                text.capital = !text.capital;
                Some(())
            }
            LITERAL | LITERAL_WORD => {
                let piece = reader.u8().and_then(|length| reader.take(usize::from(length)));
                // Pieces stand as they are, whatever is due.
                text.capital = false;
                let kind = if first == LITERAL { Kind::Between } else { Kind::Word };
                piece.and_then(|piece| text.push(kind, piece))
            }
            first => {
                let number = dictionary.coding.read(first, &mut reader);
                let (kind, token) = dictionary.token(number.ok_or_else(|| texts.damaged())?)?;
                text.push(kind, token)
            }
        };
        fits.ok_or_else(|| texts.damaged())?;
    }
    text.finish().ok_or_else(|| texts.damaged())
}

/// A text as far as it was read.
struct Text {
    bytes: Vec<u8>,
    length: usize,
    after_word: bool,
    capital: bool,
}

impl Text {
    fn of(length: usize) -> Self {
        Self { bytes: Vec::with_capacity(length), length, after_word: false, capital: false }
    }

    /// Adds a token; nothing where the text is longer then than it was said to be.
    #[inline]
    fn push(&mut self, kind: Kind, token: &[u8]) -> Option<()> {
        if self.length - self.bytes.len() < token.len() + 1 && !self.is_last(kind, token) {
            return None;
        }
        if kind == Kind::Word {
            if self.after_word {
                self.bytes.push(b' ');
            }
            let start = self.bytes.len();
            self.bytes.extend_from_slice(token);
            if self.capital
                && let Some(first) = self.bytes.get_mut(start)
            {
                first.make_ascii_uppercase();
            }
        } else {
            self.bytes.extend_from_slice(token);
        }
        self.after_word = kind == Kind::Word;
        self.capital = kind == Kind::Capital;
        Some(())
    }

    fn is_last(&self, kind: Kind, token: &[u8]) -> bool {
        let space = usize::from(kind == Kind::Word && self.after_word);
        self.length - self.bytes.len() == token.len() + space
    }

    fn finish(self) -> Option<String> {
        if self.bytes.len() == self.length { String::from_utf8(self.bytes).ok() } else { None }
    }
}
