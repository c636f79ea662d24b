//! Numbers of the dictionary as the text that they stand for.

use super::dictionary::{COPY, Dictionary, Sign};
use super::spelling::ESCAPE;
use super::token::{Kind, LONGEST};
use crate::store::Reader;

/// The most bytes that one byte can stand for: a token, and the space before it.
const WIDEST: usize = LONGEST + 1;

/// Reads a text; nothing where the bytes are none.
pub(super) fn decode(bytes: &[u8], dictionary: &Dictionary<'_>) -> Option<String> {
    let mut reader = Reader::new(bytes);
    let length = reader.varint_usize().filter(|length| *length / WIDEST <= bytes.len())?;
    let mut text = Text::of(length);
    while let Some(first) = reader.u8() {
        let Some(sign) = Sign::from_byte(first) else {
            let (kind, token, length) = dictionary.token(first, &mut reader)?;
            text.token(kind, token, length)?;
            continue;
        };
        match sign {
            Sign::Flip => text.capital = !text.capital,
            Sign::SpeltWord => text.word(|text| text.spelt(&mut reader, dictionary))?,
            Sign::PlainWord => text.word(|text| text.plain(&mut reader))?,
            Sign::Spelt => text.signs(|text| text.spelt(&mut reader, dictionary))?,
            Sign::Plain => text.signs(|text| text.plain(&mut reader))?,
        }
    }
    text.finish()
}

/// A text as far as it was read.
struct Text {
    /// Longer than the text, so that copies of a fixed length have room.
    bytes: Vec<u8>,
    at: usize,
    length: usize,
    after_word: bool,
    /// Whether the next word begins with a capital.
    capital: bool,
}

impl Text {
    fn of(length: usize) -> Self {
        let bytes = vec![0; length + WIDEST];
        Self { bytes, at: 0, length, after_word: false, capital: false }
    }

    /// Adds a token: the first `length` of `token`.
    #[inline]
    fn token(&mut self, kind: Kind, token: &[u8], length: usize) -> Option<()> {
        if kind != Kind::Word {
            self.push(token, length)?;
            self.after_word = false;
            self.capital = kind == Kind::Capital;
            return Some(());
        }
        self.space()?;
        let start = self.at;
        self.push(token, length)?;
        if self.capital {
            self.bytes[start].make_ascii_uppercase();
            self.capital = false;
        }
        Some(())
    }

    /// Adds a word that is written out; it has its capital, or not, already.
    fn word(&mut self, write: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        self.space()?;
        self.capital = false;
        write(self)
    }

    fn signs(&mut self, write: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        (self.after_word, self.capital) = (false, false);
        write(self)
    }

    /// Adds the space between two words.
    #[inline]
    fn space(&mut self) -> Option<()> {
        if self.after_word {
            if self.at >= self.length {
                return None;
            }
            self.bytes[self.at] = b' ';
            self.at += 1;
        }
        self.after_word = true;
        Some(())
    }

    #[inline]
    fn push(&mut self, token: &[u8], length: usize) -> Option<()> {
        let end = self.at + length;
        if end > self.length {
            return None;
        }
        match (self.bytes.get_mut(self.at..self.at + COPY), token.get(..COPY)) {
            // Most tokens are short, and a copy of a fixed length is much faster.
            (Some(room), Some(token)) if length <= COPY => room.copy_from_slice(token),
            _ => self.bytes.get_mut(self.at..end)?.copy_from_slice(token.get(..length)?),
        }
        self.at = end;
        Some(())
    }

    fn plain(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let length = usize::from(reader.u8()?);
        self.push(reader.take(length)?, length)
    }

    fn spelt(&mut self, reader: &mut Reader<'_>, dictionary: &Dictionary<'_>) -> Option<()> {
        let length = usize::from(reader.u8()?);
        let mut reader = Reader::new(reader.take(length)?);
        while let Some(code) = reader.u8() {
            if code == ESCAPE {
                self.push(&[reader.u8()?], 1)?;
            } else {
                let (run, length) = dictionary.run(code)?;
                self.push(run, length)?;
            }
        }
        Some(())
    }

    fn finish(mut self) -> Option<String> {
        self.bytes.truncate(self.length);
        if self.at == self.length { String::from_utf8(self.bytes).ok() } else { None }
    }
}
