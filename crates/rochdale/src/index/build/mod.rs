//! Building of an index: entries in their order, to sections of bytes.

mod cells;
mod chunk;
mod columns;
mod lexicon;
mod lists;
mod pool;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::chunk::{Chunk, ENTRIES};
use self::columns::Columns;
pub(super) use self::columns::{INLINE, NO_DAY};
use self::texts::{Texts, layout};
use super::dictionary::DictionaryWriter;
use super::open::Part;
use super::schema::{self, KindRange, Schema};
use super::set::Number;
use crate::query::{Collection, names_of};
use crate::store::{StoreWriter, Writer};
use crate::text::{Language, fold};
use crate::work::Work;

/// How far the building of an index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is done now.
    pub step: Step,
    /// How many entries or words are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// A step in the building of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// The entries are read.
    Reading,
    /// The lists of words are made.
    Words,
    /// The columns of values are made.
    Columns,
    /// The texts of the entries are packed.
    Entries,
}

/// Builds an index of a collection whose entries run by kind, and adds its sections.
pub(crate) fn build(
    collection: &(dyn Collection + Sync),
    work: Work,
    out: &mut StoreWriter,
    progress: &mut dyn FnMut(Progress),
) {
    let (kinds, scoring) = (kinds(collection), collection.scoring());
    let (texts, routes) = layout(collection, &scoring);
    let mut texts = Texts::new(texts);
    let total = collection.len();
    let read = |(kind, numbers): (usize, Range<Number>)| {
        Chunk::read(collection, &routes[kind], kind, numbers)
    };
    for chunk in work.in_order(chunks(&kinds), read) {
        texts.append(&chunk);
        progress(Progress { step: Step::Reading, done: texts.lengths.len(), total });
    }
    texts.close();
    let mut columns = Columns::new(collection);
    let mut called = Called::default();
    let mut languages = BTreeSet::new();
    for (position, range) in kinds.iter().enumerate() {
        let info = &collection.kinds()[position];
        for number in range.numbers.clone() {
            let entry = collection.entry(number as usize);
            languages.insert(collection.language(number as usize));
            columns.add(number, position, info, entry);
            called.add(position, number, &names_of(info, entry));
            if number % 1024 == 0 {
                progress(Progress { step: Step::Columns, done: number as usize, total });
            }
        }
    }
    let columns = columns.write(&kinds);
    // Their gathered form is several times as large, and the words need the room.
    let (names, titles) = called.finish();
    let words = lists::write(texts, &kinds, &scoring, work, &mut |done, total| {
        progress(Progress { step: Step::Words, done, total });
    });
    let tag = |language: Language| match language {
        Language::Known(tag) => Some(tag.to_owned()),
        Language::Other => None,
    };
    let schema = Schema {
        kinds,
        texts: words.texts,
        composite: words.composite,
        columns: columns.columns,
        languages: languages.into_iter().map(tag).collect(),
    };
    // In the order in which a reader that fetches ranges wants them.
    out.section(schema::SECTION, 0, schema.write());
    for (part, bytes) in [
        (Part::Stems, words.stems),
        (Part::Words, words.words),
        (Part::Lengths, words.lengths),
        (Part::Columns, columns.bytes),
        (Part::Names, names),
        (Part::Titles, titles),
        (Part::Lists, words.lists),
        (Part::Spans, words.spans),
        (Part::Positions, words.positions),
    ] {
        out.section(part.name(), 0, bytes);
    }
}

/// The entries of each kind, a few at a time, by the position of the kind.
fn chunks(kinds: &[KindRange]) -> impl Iterator<Item = (usize, Range<Number>)> {
    kinds.iter().enumerate().flat_map(|(kind, range)| {
        let Range { start, end } = range.numbers;
        let chunk = move |first: Number| (kind, first..end.min(first.saturating_add(ENTRIES)));
        (start..end).step_by(ENTRIES as usize).map(chunk)
    })
}

/// The entries of each kind.
fn kinds(collection: &dyn Collection) -> Vec<KindRange> {
    let kind_of = |number: usize| {
        let structure = collection.entry(number).structure();
        let found = collection.kinds().iter().position(|kind| kind.structure.is(structure));
        found.expect("an entry is of one of the kinds of its collection")
    };
    let (mut number, mut out) = (0, Vec::new());
    for (position, kind) in collection.kinds().iter().enumerate() {
        let start = number;
        while number < collection.len() && kind_of(number) == position {
            number += 1;
        }
        let small = |number: usize| Number::try_from(number).expect("fewer than 2^32 entries");
        let numbers = small(start)..small(number);
        out.push(KindRange { name: kind.name().to_owned(), numbers });
    }
    assert_eq!(number, collection.len(), "entries run by kind");
    out
}

/// What entries are called.
#[derive(Default)]
struct Called {
    names: BTreeMap<(u8, String), Vec<Number>>,
    starts: Writer,
    titles: Writer,
}

impl Called {
    fn add(&mut self, kind: usize, number: Number, names: &[String]) {
        let kind = u8::try_from(kind).expect("there are few kinds");
        for name in names {
            let numbers = self.names.entry((kind, fold(name))).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
        self.starts.u32(u32::try_from(self.titles.len()).expect("titles are below 4 GiB"));
        self.titles.bytes.extend_from_slice(names.first().map_or(&[], |name| name.as_bytes()));
    }

    /// The sections of names and of titles.
    fn finish(self) -> (Vec<u8>, Vec<u8>) {
        (self.names(), self.titles())
    }

    fn names(&self) -> Vec<u8> {
        let mut dictionary = DictionaryWriter::default();
        for ((kind, name), numbers) in &self.names {
            let mut payload = Writer::default();
            let mut before = 0;
            for number in numbers {
                payload.varint(u64::from(number - before));
                before = *number;
            }
            dictionary.push(&[&[*kind], name.as_bytes()].concat(), &payload.bytes);
        }
        dictionary.finish()
    }

    fn titles(mut self) -> Vec<u8> {
        self.starts.u32(u32::try_from(self.titles.len()).expect("titles are below 4 GiB"));
        self.starts.bytes.extend_from_slice(&self.titles.bytes);
        self.starts.bytes
    }
}
