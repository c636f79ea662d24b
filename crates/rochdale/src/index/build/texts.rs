//! The words of the entries, gathered entry by entry.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use crate::field::{FieldType, Fields, Value};
use crate::index::schema;
use crate::index::set::Number;
use crate::query::{Collection, Route, everywhere, length_byte, path_of};
use crate::store::Writer;
use crate::text::{Language, each_token, visible};

/// Where a text of an entry lies among the positions of the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: u32,
    pub(super) start: u32,
    pub(super) length: u32,
}

/// A word as written that has one stem, and where it stands.
///
/// The bytes are numbers, two for the first place in an entry and one for each next: the step to
/// the entry, doubled and one added, and the position; or the step to the position, doubled.
pub(super) struct Stream {
    pub(super) written: u32,
    pub(super) stem: u32,
    bytes: Writer,
    number: Number,
    position: u32,
}

impl Stream {
    fn push(&mut self, number: Number, position: u32) {
        if self.bytes.len() == 0 || self.number != number {
            let step = if self.bytes.len() == 0 { number } else { number - self.number };
            self.bytes.varint(u64::from(step) << 1 | 1);
            self.bytes.varint(u64::from(position));
        } else {
            self.bytes.varint(u64::from(position - self.position) << 1);
        }
        (self.number, self.position) = (number, position);
    }

    /// Visits each entry with the positions in it.
    pub(super) fn visit(&self, mut visit: impl FnMut(Number, &[u32])) {
        let mut reader = crate::store::Reader::new(&self.bytes.bytes);
        let (mut number, mut positions) = (0, Vec::new());
        while let Some(value) = reader.varint() {
            let step = (value >> 1) as u32;
            if value & 1 == 1 {
                if !positions.is_empty() {
                    visit(number, &positions);
                }
                positions.clear();
                number += step;
                positions.push(reader.varint().unwrap_or_default() as u32);
            } else if let Some(last) = positions.last().copied() {
                positions.push(last + step);
            }
        }
        if !positions.is_empty() {
            visit(number, &positions);
        }
    }
}

/// A text whose words are searched, by path.
pub(super) struct Text {
    pub(super) path: String,
    pub(super) kinds: Vec<schema::KindText>,
    /// Whether it is prose, whose words are listed apart as well.
    pub(super) scoped: bool,
    /// The entries that have words in it, and how many.
    pub(super) lengths: Vec<(Number, u32)>,
}

/// The texts of a kind, in the order of its fields.
struct KindText {
    route: Route,
    text: u32,
    weight: u32,
}

/// All words of the entries so far.
pub(super) struct Texts {
    kinds: Vec<Vec<KindText>>,
    pub(super) texts: Vec<Text>,
    numbers: HashMap<Box<str>, u32>,
    pub(super) words: Vec<Box<str>>,
    /// Whether a word stands at one place with another one.
    pub(super) beside: Vec<bool>,
    /// For each language the stream of each word, and none where it is zero.
    by_language: BTreeMap<Language, Vec<u32>>,
    pub(super) streams: Vec<Stream>,
    /// The streams of each pair of word and stem.
    pairs: HashMap<(u32, u32), u32>,
    pub(super) spans: Vec<Span>,
    /// Where the spans of each entry begin.
    pub(super) span_starts: Vec<u32>,
    /// The weighted length of each entry.
    pub(super) lengths: Vec<u32>,
}

impl Texts {
    pub(super) fn new(collection: &dyn Collection) -> Self {
        let mut texts: Vec<Text> = Vec::new();
        let mut kinds = Vec::new();
        for (position, kind) in (0..).zip(collection.kinds()) {
            let mut own = Vec::new();
            everywhere(kind.structure, &mut |route| {
                let weight = route.field.search_weight();
                let scoped = matches!(route.field.ty, FieldType::Text);
                if !scoped && (weight == 0 || !matches!(route.field.ty, FieldType::Keyword)) {
                    return;
                }
                let path = path_of(kind.structure, route);
                let known =
                    texts.iter().position(|text| text.path == path && text.scoped == scoped);
                let number = known.unwrap_or_else(|| {
                    let (kinds, lengths) = (Vec::new(), Vec::new());
                    texts.push(Text { path, kinds, scoped, lengths });
                    texts.len() - 1
                });
                texts[number].kinds.push(schema::KindText { kind: position, weight, total: 0 });
                let (route, weight) = (route.clone(), u32::from(weight));
                own.push(KindText { route, text: number as u32, weight });
            });
            kinds.push(own);
        }
        Self {
            kinds,
            texts,
            numbers: HashMap::new(),
            words: Vec::new(),
            beside: Vec::new(),
            by_language: BTreeMap::new(),
            streams: Vec::new(),
            pairs: HashMap::new(),
            spans: Vec::new(),
            span_starts: vec![0],
            lengths: Vec::new(),
        }
    }

    /// Adds the words of the next entry, which is of the kind at this position.
    pub(super) fn add(&mut self, kind: usize, entry: &dyn Fields, language: Language) {
        let number = self.lengths.len() as Number;
        let (mut start, mut weighted) = (0, 0);
        let kinds = std::mem::take(&mut self.kinds);
        for KindText { route, text, weight } in &kinds[kind] {
            let mut total = 0;
            route.visit(entry, &mut |value| {
                let seen = match value {
                    Value::Text(text, markup) => visible(text, markup),
                    Value::Keyword(text) => text.into(),
                    _ => return,
                };
                let length = self.value(&seen, number, start, language);
                self.spans.push(Span { text: *text, start, length });
                start += length;
                total += length;
            });
            if total > 0 {
                let text = &mut self.texts[*text as usize];
                text.lengths.push((number, total));
                let own = text.kinds.iter_mut().find(|own| own.kind as usize == kind);
                own.expect("a kind has its texts").total += u64::from(total);
            }
            weighted += total * weight;
        }
        self.kinds = kinds;
        self.span_starts.push(self.spans.len() as u32);
        self.lengths.push(weighted);
    }

    /// Adds the words of one value; how many positions they take.
    fn value(&mut self, text: &str, number: Number, start: u32, language: Language) -> u32 {
        let mut streams = self.by_language.remove(&language).unwrap_or_default();
        let mut before: Option<(u32, u32)> = None;
        let length = each_token(text, &mut |token| {
            let written = self.number(token.written);
            if let Some((other, position)) = before.replace((written, token.position))
                && position == token.position
            {
                self.beside[other as usize] = true;
                self.beside[written as usize] = true;
            }
            let at = written as usize;
            if at >= streams.len() {
                streams.resize(self.words.len().max(at + 1), 0);
            }
            if streams[at] == 0 {
                streams[at] = self.stream(written, language) + 1;
            }
            self.streams[streams[at] as usize - 1].push(number, start + token.position);
        });
        self.by_language.insert(language, streams);
        length
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.words.push(word.into());
        self.beside.push(false);
        self.numbers.insert(word.into(), number);
        number
    }

    /// The stream of a word in a language; two languages with one stem share it.
    fn stream(&mut self, written: u32, language: Language) -> u32 {
        let stem = language.stem(&self.words[written as usize]).into_owned();
        let stem = self.number(&stem);
        let streams = &mut self.streams;
        *self.pairs.entry((written, stem)).or_insert_with(|| {
            let bytes = Writer::default();
            streams.push(Stream { written, stem, bytes, number: 0, position: 0 });
            streams.len() as u32 - 1
        })
    }

    /// The spans of an entry.
    pub(super) fn spans_of(&self, number: Number) -> &[Span] {
        let at = number as usize;
        &self.spans[self.span_starts[at] as usize..self.span_starts[at + 1] as usize]
    }

    /// The weight of each text in entries of the kind at this position.
    pub(super) fn weights(&self, kind: usize) -> Vec<u32> {
        let weight = |text: &Text| {
            let own = text.kinds.iter().find(|own| own.kind as usize == kind);
            own.map_or(0, |own| u32::from(own.weight))
        };
        self.texts.iter().map(weight).collect()
    }

    /// The byte for the length of each entry.
    pub(super) fn length_bytes(&self) -> Vec<u8> {
        self.lengths.iter().map(|length| length_byte(*length)).collect()
    }
}
