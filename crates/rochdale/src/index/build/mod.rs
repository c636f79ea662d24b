//! Building of an index: entries in their order, to sections of bytes.

mod called;
mod cells;
mod chunk;
mod columns;
mod lexicon;
mod lists;
mod pool;
mod texts;

use std::collections::BTreeSet;
use std::ops::Range;

use self::called::Called;
use self::chunk::{Chunk, ENTRIES};
use self::columns::Columns;
pub(super) use self::columns::{INLINE, NO_DAY};
use self::lists::Words;
use self::texts::{Texts, layout};
use super::open::Part;
use super::schema::{self, KindRange, Schema};
use super::set::Number;
use crate::query::Collection;
use crate::store::StoreWriter;
use crate::text::Language;
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
    let kinds = kinds(collection);
    // One after the other: the gathered form of either is several times as large as what it becomes.
    let words = words(collection, &kinds, work, progress);
    let values = values(collection, &kinds, progress);
    let schema = Schema {
        kinds,
        texts: words.texts,
        composite: words.composite,
        columns: values.columns.columns,
        languages: values.languages,
    };
    // In the order in which a reader that fetches ranges wants them.
    out.section(schema::SECTION, 0, schema.write());
    for (part, bytes) in [
        (Part::Stems, words.stems),
        (Part::Words, words.words),
        (Part::Lengths, words.lengths),
        (Part::Columns, values.columns.bytes),
        (Part::Names, values.names),
        (Part::Titles, values.titles),
        (Part::Lists, words.lists),
        (Part::Spans, words.spans),
        (Part::Positions, words.positions),
    ] {
        out.section(part.name(), 0, bytes);
    }
}

/// Makes the lists of the words of all entries.
fn words(
    collection: &(dyn Collection + Sync),
    kinds: &[KindRange],
    work: Work,
    progress: &mut dyn FnMut(Progress),
) -> Words {
    let scoring = collection.scoring();
    let (texts, routes) = layout(collection, &scoring);
    let mut texts = Texts::new(texts);
    let total = collection.len();
    let read = |(kind, numbers): (usize, Range<Number>)| {
        Chunk::read(collection, &routes[kind], kind, numbers)
    };
    for chunk in work.in_order(chunks(kinds), read) {
        texts.append(&chunk);
        progress(Progress { step: Step::Reading, done: texts.lengths.len(), total });
    }
    texts.close();
    lists::write(texts, kinds, &scoring, work, &mut |done, total| {
        progress(Progress { step: Step::Words, done, total });
    })
}

/// The values of all entries, what they are called, and their languages.
struct Values {
    columns: columns::Written,
    names: Vec<u8>,
    titles: Vec<u8>,
    languages: Vec<Option<String>>,
}

/// Makes the columns of the values of all entries.
fn values(
    collection: &dyn Collection,
    kinds: &[KindRange],
    progress: &mut dyn FnMut(Progress),
) -> Values {
    let total = collection.len();
    let mut columns = Columns::new(collection);
    let mut called = Called::new(collection);
    let mut languages = BTreeSet::new();
    for (position, range) in kinds.iter().enumerate() {
        let info = &collection.kinds()[position];
        for number in range.numbers.clone() {
            let entry = collection.entry(number as usize);
            languages.insert(collection.language(number as usize));
            columns.add(number, position, entry);
            called.add(number, position, info, entry);
            if number % 1024 == 0 {
                progress(Progress { step: Step::Columns, done: number as usize, total });
            }
        }
    }
    let tag = |language: Language| match language {
        Language::Known(tag) => Some(tag.to_owned()),
        Language::Other => None,
    };
    let languages = languages.into_iter().map(tag).collect();
    let columns = columns.write(kinds, &called);
    let (names, titles) = called.finish();
    Values { columns, names, titles, languages }
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
