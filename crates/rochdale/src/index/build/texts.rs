//! The words of the entries, gathered entry by entry.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::chunk::{Chunk, Token};
use super::lexicon::Lexicon;
use super::pool::{Pool, Run};
use crate::field::FieldType;
use crate::index::schema;
use crate::index::set::Number;
use crate::query::{Collection, Route, Scoring, everywhere, length_byte, path_of};
use crate::text::Language;

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
    bytes: Run,
    number: Number,
    position: u32,
}

impl Stream {
    fn push(&mut self, pool: &mut Pool, number: Number, position: u32) {
        if self.bytes.len() == 0 || self.number != number {
            let step = if self.bytes.len() == 0 { number } else { number - self.number };
            pool.varint(&mut self.bytes, u64::from(step) << 1 | 1);
            pool.varint(&mut self.bytes, u64::from(position));
        } else {
            pool.varint(&mut self.bytes, u64::from(position - self.position) << 1);
        }
        (self.number, self.position) = (number, position);
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Visits each entry with the positions in it; the bytes of the stream are read into `room`.
    pub(super) fn visit(
        &self,
        pool: &Pool,
        room: &mut Vec<u8>,
        mut visit: impl FnMut(Number, &[u32]),
    ) {
        pool.read(self.bytes, room);
        let mut reader = crate::store::Reader::new(room);
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

/// A text of a kind.
pub(super) struct KindText {
    pub(super) route: Route,
    pub(super) text: u32,
    pub(super) weight: u32,
}

/// The texts of a collection, and those of each kind in the order of its fields.
pub(super) fn layout(
    collection: &dyn Collection,
    scoring: &Scoring,
) -> (Vec<Text>, Vec<Vec<KindText>>) {
    let mut texts: Vec<Text> = Vec::new();
    let mut kinds = Vec::new();
    for (position, kind) in (0..).zip(collection.kinds()) {
        let mut own = Vec::new();
        everywhere(kind.structure, &mut |route| {
            let weight = scoring.weight_of(kind.structure, route);
            let scoped = matches!(route.field.ty, FieldType::Text);
            if !scoped && (weight == 0 || !matches!(route.field.ty, FieldType::Keyword)) {
                return;
            }
            let path = path_of(kind.structure, route);
            let known = texts.iter().position(|text| text.path == path && text.scoped == scoped);
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
    (texts, kinds)
}

/// All words of the entries so far.
pub(super) struct Texts {
    pub(super) texts: Vec<Text>,
    pub(super) words: Lexicon,
    /// Whether a word stands at one place with another one.
    pub(super) beside: Vec<bool>,
    /// For each language the stream of each word and one, and none where it is zero.
    by_language: BTreeMap<Language, Vec<u32>>,
    pub(super) streams: Vec<Stream>,
    /// The bytes of the streams.
    pub(super) pool: Pool,
    /// The streams of each pair of word and stem.
    pairs: HashMap<(u32, u32), u32>,
    pub(super) spans: Vec<Span>,
    /// Where the spans of each entry begin.
    pub(super) span_starts: Vec<u32>,
    /// The weighted length of each entry.
    pub(super) lengths: Vec<u32>,
}

impl Texts {
    pub(super) fn new(texts: Vec<Text>) -> Self {
        Self {
            texts,
            words: Lexicon::default(),
            beside: Vec::new(),
            by_language: BTreeMap::new(),
            streams: Vec::new(),
            pool: Pool::default(),
            pairs: HashMap::new(),
            spans: Vec::new(),
            span_starts: vec![0],
            lengths: Vec::new(),
        }
    }

    /// Gives back the room of what only more entries would need.
    pub(super) fn close(&mut self) {
        self.words.close();
        self.pairs = HashMap::new();
        self.by_language.clear();
    }

    /// Adds the words of the next entries.
    pub(super) fn append(&mut self, chunk: &Chunk) {
        for total in &chunk.totals {
            let text = &mut self.texts[total.text as usize];
            text.lengths.push((total.number, total.words));
            let own = text.kinds.iter_mut().find(|own| own.kind as usize == chunk.kind);
            own.expect("a kind has its texts").total += u64::from(total.words);
        }
        let mut spans = self.spans.len();
        self.spans.extend_from_slice(&chunk.spans);
        for (count, weighted) in &chunk.entries {
            spans += count;
            self.span_starts.push(u32::try_from(spans).expect("fewer than 2^32 texts"));
            self.lengths.push(*weighted);
        }
        let numbers: Vec<u32> = (0..chunk.words.len() as u32)
            .map(|word| self.number(chunk.words.word(word), chunk.beside[word as usize]))
            .collect();
        let stream =
            |(language, word): &(Language, u32)| self.stream(numbers[*word as usize], *language);
        let streams: Vec<u32> = chunk.forms.iter().map(stream).collect();
        self.push(&chunk.tokens, &streams);
    }

    /// Adds tokens to the streams of their forms, all of a form at once.
    fn push(&mut self, tokens: &[Token], streams: &[u32]) {
        // Words of two languages can share a stream, in which entries ascend.
        let mut firsts = HashMap::with_capacity(streams.len());
        let forms: Vec<usize> = streams
            .iter()
            .enumerate()
            .map(|(form, stream)| *firsts.entry(*stream).or_insert(form))
            .collect();
        let mut starts = vec![0; streams.len() + 1];
        for token in tokens {
            starts[forms[token.form as usize] + 1] += 1;
        }
        for form in 1..starts.len() {
            starts[form] += starts[form - 1];
        }
        let mut sorted = vec![(0, 0); tokens.len()];
        let mut next = starts.clone();
        for token in tokens {
            let next = &mut next[forms[token.form as usize]];
            sorted[*next] = (token.number, token.position);
            *next += 1;
        }
        for (form, stream) in streams.iter().enumerate() {
            let stream = &mut self.streams[*stream as usize];
            for (number, position) in &sorted[starts[form]..starts[form + 1]] {
                stream.push(&mut self.pool, *number, *position);
            }
        }
    }

    fn number(&mut self, word: &[u8], beside: bool) -> u32 {
        let number = self.words.number(word);
        if number as usize >= self.beside.len() {
            self.beside.push(false);
        }
        self.beside[number as usize] |= beside;
        number
    }

    /// The stream of a word in a language; two languages with one stem share it.
    fn stream(&mut self, written: u32, language: Language) -> u32 {
        let known = self.by_language.entry(language).or_default();
        if written as usize >= known.len() {
            known.resize(self.words.len(), 0);
        }
        if known[written as usize] == 0 {
            let word = std::str::from_utf8(self.words.word(written)).expect("a word is text");
            let stem = language.stem(word).into_owned();
            let stem = self.number(stem.as_bytes(), false);
            let streams = &mut self.streams;
            let stream = *self.pairs.entry((written, stem)).or_insert_with(|| {
                let bytes = Run::default();
                streams.push(Stream { written, stem, bytes, number: 0, position: 0 });
                streams.len() as u32 - 1
            });
            self.by_language.entry(language).or_default()[written as usize] = stream + 1;
            return stream;
        }
        known[written as usize] - 1
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
