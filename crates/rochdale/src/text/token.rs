//! The tokens of a text.

use std::ops::Range;

use super::pieces::{Piece, Words, read};

/// Longer words are found by their beginning, of so many bytes at most.
pub const LONGEST: usize = 200;

/// A word of a text as it is indexed, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word as written, folded.
    pub written: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Which word of the text it belongs to, from 0.
    pub position: u32,
}

/// A [`Token`] that borrows what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenRef<'a> {
    /// The word as written, folded.
    pub written: &'a str,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Which word of the text it belongs to, from 0.
    pub position: u32,
}

/// The tokens of a text, by position.
///
/// # Example
///
/// ```
/// use rochdale::text::tokens;
///
/// let read = |text| tokens(text).map(|token| (token.written, token.position)).collect::<Vec<_>>();
/// let words = |list: &[(&str, u32)]| list.iter().map(|(word, at)| (word.to_string(), *at)).collect::<Vec<_>>();
/// assert_eq!(read("Café 1,000.5 – the people’s"), words(&[("cafe", 0), ("1000.5", 1), ("the", 2), ("people", 3)]));
/// assert_eq!(read("a co-operative"), words(&[("a", 0), ("co", 1), ("cooperative", 1), ("operative", 1)]));
/// assert_eq!(read("協同組"), words(&[("協", 0), ("協同", 0), ("同", 1), ("同組", 1), ("組", 2)]));
/// ```
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut tokens = Vec::new();
    each_token(text, &mut |token| {
        tokens.push(Token {
            written: token.written.to_owned(),
            start: token.start,
            end: token.end,
            position: token.position,
        });
    });
    tokens.into_iter()
}

/// Visits the tokens of a text by position, and gives its length: how many positions it has.
///
/// Several tokens can share a position, none of them written alike. A word with signs inside, of
/// two or three pieces, takes one position, with its pieces and each run of them joined; so does
/// a prefix that stands apart (`co operative`). A word of more pieces is as many words. A character
/// of a script without spaces takes a position, with itself and with the pair that it begins.
///
/// A word or a stem stands as often in a text as there are positions where it stands.
pub fn each_token(text: &str, visit: &mut impl FnMut(TokenRef<'_>)) -> u32 {
    let mut emit = Emit {
        position: 0,
        runs: Vec::new(),
        joined: String::new(),
        character: Piece::default(),
        waits: false,
        visit,
    };
    read(text, &mut emit);
    emit.last_character();
    emit.position
}

struct Emit<'v, V> {
    position: u32,
    /// The runs of the word at hand, and where each is written in `joined`.
    runs: Vec<(Range<usize>, usize, usize)>,
    joined: String,
    /// The character before, where it is still to be handed on.
    character: Piece,
    waits: bool,
    visit: &'v mut V,
}

impl<V: FnMut(TokenRef<'_>)> Words for Emit<'_, V> {
    fn plain(&mut self, written: &str, start: usize, end: usize) {
        self.last_character();
        self.visit(written, start, end);
        self.position = self.position.saturating_add(1);
    }

    fn word(&mut self, pieces: &[Piece]) {
        self.last_character();
        self.runs(pieces);
        self.position = self.position.saturating_add(1);
    }

    fn character(&mut self, character: &Piece, follows: bool) {
        if self.waits && follows {
            let start = self.character.start;
            let mut pair = std::mem::take(&mut self.character.written);
            self.visit(&pair, start, self.character.end);
            pair.push_str(&character.written);
            self.visit(&pair, start, character.end);
            self.character.written = pair;
            self.position = self.position.saturating_add(1);
        } else {
            self.last_character();
        }
        self.character.clone_from(character);
        self.waits = true;
    }
}

impl<V: FnMut(TokenRef<'_>)> Emit<'_, V> {
    fn last_character(&mut self) {
        if std::mem::take(&mut self.waits) {
            let written = std::mem::take(&mut self.character.written);
            self.visit(&written, self.character.start, self.character.end);
            self.character.written = written;
            self.position = self.position.saturating_add(1);
        }
    }

    /// Hands on every run of pieces; of those that are written alike the first.
    fn runs(&mut self, pieces: &[Piece]) {
        let mut runs = std::mem::take(&mut self.runs);
        let mut joined = std::mem::take(&mut self.joined);
        runs.clear();
        joined.clear();
        for first in 0..pieces.len() {
            for last in first..pieces.len() {
                let from = joined.len();
                join(&pieces[first..=last], &mut joined);
                let written = beginning(&joined[from..]);
                if runs.iter().all(|(range, ..)| joined[range.clone()] != *written) {
                    let range = from..from + written.len();
                    runs.push((range, pieces[first].start, pieces[last].end));
                }
            }
        }
        for (range, start, end) in &runs {
            self.visit(&joined[range.clone()], *start, *end);
        }
        (self.runs, self.joined) = (runs, joined);
    }

    fn visit(&mut self, written: &str, start: usize, end: usize) {
        let written = beginning(written);
        (self.visit)(TokenRef { written, start, end, position: self.position });
    }
}

/// Adds pieces as one; numbers keep the sign between them.
pub(super) fn join(pieces: &[Piece], out: &mut String) {
    for (number, piece) in pieces.iter().enumerate() {
        let digit = |letter: char| letter.is_ascii_digit();
        if number > 0 && out.ends_with(digit) && piece.written.starts_with(digit) {
            out.push(piece.sign);
        }
        out.push_str(&piece.written);
    }
}

/// The beginning by which a word is found.
pub(super) fn beginning(written: &str) -> &str {
    if written.len() <= LONGEST {
        return written;
    }
    let end = (0..=LONGEST).rev().find(|end| written.is_char_boundary(*end));
    &written[..end.unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    /// Texts that join and part whatever they can.
    pub(crate) fn any_text() -> impl Strategy<Value = String> {
        "([a-zA-Zéß]{1,4}|[0-9]{1,3}|co|non|[-'’.,:_· ]|[東京のカﾞ]|[한국가]|[กา่]|\\PC){0,24}"
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn tokens_stand_in_the_text_in_order(text in any_text()) {
            let mut last: Option<Token> = None;
            let mut here: Vec<String> = Vec::new();
            for token in tokens(&text) {
                prop_assert!(token.start < token.end && text.get(token.start..token.end).is_some());
                prop_assert!(!token.written.is_empty() && token.written.len() <= LONGEST);
                prop_assert_eq!(&fold(&token.written), &token.written);
                if let Some(last) = &last {
                    prop_assert!(last.start <= token.start);
                    prop_assert!(token.position - last.position <= 1);
                    if last.position < token.position {
                        here.clear();
                    }
                } else {
                    prop_assert_eq!(token.position, 0);
                }
                prop_assert!(!here.contains(&token.written));
                here.push(token.written.clone());
                last = Some(token);
            }
            let length = each_token(&text, &mut |_| {});
            prop_assert_eq!(length, last.map_or(0, |last| last.position + 1));
        }
    }

    #[test]
    fn long_words_are_found_by_their_beginning() {
        let written: Vec<_> = tokens(&"é".repeat(500)).map(|token| token.written.len()).collect();
        assert_eq!(written, [LONGEST]);
        let written: Vec<_> = tokens(&"ж".repeat(500)).map(|token| token.written.len()).collect();
        assert_eq!(written, [LONGEST]);
    }
}
