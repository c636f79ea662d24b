//! The words of a few entries, gathered apart from all others.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::texts::{KindText, Span};
use crate::field::Value;
use crate::index::set::Number;
use crate::query::Collection;
use crate::text::{Language, each_token, visible};

/// So many entries are gathered at once: their words lie in the cache, and there are enough of them for
/// most to stand in several entries.
pub(super) const ENTRIES: Number = 512;

/// A word at a place.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// The word and its language, by their position in [`Chunk::forms`].
    pub(super) form: u32,
    pub(super) number: Number,
    pub(super) position: u32,
}

/// How many words a text of an entry has.
pub(super) struct Total {
    pub(super) text: u32,
    pub(super) number: Number,
    pub(super) words: u32,
}

/// The words of a few entries of one kind.
#[derive(Default)]
pub(super) struct Chunk {
    /// The position of the kind.
    pub(super) kind: usize,
    pub(super) words: Lexicon,
    /// Whether a word stands at one place with another one.
    pub(super) beside: Vec<bool>,
    /// Words, each in a language.
    pub(super) forms: Vec<(Language, u32)>,
    pub(super) tokens: Vec<Token>,
    pub(super) spans: Vec<Span>,
    /// For each entry how many spans it has, and its weighted length.
    pub(super) entries: Vec<(usize, u32)>,
    pub(super) totals: Vec<Total>,
    /// For each language the form of each word and one, and none where it is zero.
    by_language: Vec<(Language, Vec<u32>)>,
}

impl Chunk {
    /// Reads entries of one kind, whose texts these are.
    pub(super) fn read(
        collection: &dyn Collection,
        texts: &[KindText],
        kind: usize,
        numbers: Range<Number>,
    ) -> Self {
        let mut chunk = Self { kind, ..Self::default() };
        for number in numbers {
            chunk.add(collection, texts, number);
        }
        chunk
    }

    fn add(&mut self, collection: &dyn Collection, texts: &[KindText], number: Number) {
        let entry = collection.entry(number as usize);
        let language = collection.language(number as usize);
        let known = self.by_language.iter().position(|(known, _)| *known == language);
        let language = known.unwrap_or_else(|| {
            self.by_language.push((language, Vec::new()));
            self.by_language.len() - 1
        });
        let (mut start, mut weighted, before) = (0, 0, self.spans.len());
        for KindText { route, text, weight } in texts {
            let mut words = 0;
            route.visit(entry, &mut |value| {
                let seen = match value {
                    Value::Text(text, markup) => visible(text, markup),
                    Value::Keyword(text) => text.into(),
                    _ => return,
                };
                let length = self.value(&seen, number, start, language);
                self.spans.push(Span { text: *text, start, length });
                start += length;
                words += length;
            });
            if words > 0 {
                self.totals.push(Total { text: *text, number, words });
            }
            weighted += words * weight;
        }
        self.entries.push((self.spans.len() - before, weighted));
    }

    /// Adds the words of one value; how many positions they take.
    fn value(&mut self, text: &str, number: Number, start: u32, language: usize) -> u32 {
        let Self { words, beside, forms, tokens, by_language, .. } = self;
        let (language, known) = &mut by_language[language];
        let mut before: Option<(u32, u32)> = None;
        each_token(text, &mut |token| {
            let word = words.number(token.written.as_bytes());
            let at = word as usize;
            if at >= beside.len() {
                beside.resize(at + 1, false);
            }
            if let Some((other, position)) = before.replace((word, token.position))
                && position == token.position
            {
                beside[other as usize] = true;
                beside[at] = true;
            }
            if at >= known.len() {
                known.resize(at + 1, 0);
            }
            if known[at] == 0 {
                forms.push((*language, word));
                known[at] = forms.len() as u32;
            }
            tokens.push(Token { form: known[at] - 1, number, position: start + token.position });
        })
    }
}
