//! What a query is asked of: entries that list their fields, and what is known of them all.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Scoring;
use super::words::Words;
use crate::field::{Fields, Kind, Value};
use crate::text::{Language, fold};

/// Entries that can be queried, by numbers from 0 in the order of the library.
pub trait Collection {
    /// The kinds of entry that there are.
    fn kinds(&self) -> &'static [Kind];

    /// How many entries there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry of this number, which is less than [`len`](Self::len).
    fn entry(&self, number: usize) -> &dyn Fields;

    /// The parameters of the order by relevance.
    fn scoring(&self) -> Scoring {
        Scoring::default()
    }

    /// The language of an entry.
    fn language(&self, _number: usize) -> Language {
        Language::ENGLISH
    }
}

/// What every query of a collection needs to know: ids, names and words.
#[derive(Debug)]
pub(crate) struct Catalog {
    /// The position in [`Collection::kinds`] of each entry's kind.
    pub(super) kinds: Vec<usize>,
    /// What each entry is called.
    pub(super) titles: Vec<String>,
    ids: BTreeMap<&'static str, BTreeMap<String, usize>>,
    names: BTreeMap<String, Vec<usize>>,
    words: OnceLock<Words>,
    pub(super) scoring: Scoring,
}

impl Catalog {
    /// Reads the ids and names of a collection.
    pub(crate) fn new(collection: &dyn Collection) -> Self {
        let mut catalog = Self {
            kinds: Vec::new(),
            titles: Vec::new(),
            ids: BTreeMap::new(),
            names: BTreeMap::new(),
            words: OnceLock::new(),
            scoring: collection.scoring(),
        };
        for number in 0..collection.len() {
            let entry = collection.entry(number);
            let found =
                collection.kinds().iter().position(|kind| kind.structure.is(entry.structure()));
            let kind = found.expect("an entry is of one of the kinds of its collection");
            catalog.kinds.push(kind);
            let kind = &collection.kinds()[kind];
            catalog.ids.entry(kind.name()).or_default().insert(id(entry), number);
            let names = names(kind, entry);
            for name in &names {
                let numbers = catalog.names.entry(fold(name)).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
            catalog.titles.push(names.into_iter().next().unwrap_or_default());
        }
        catalog
    }

    /// The number of the entry of this kind and id.
    pub(crate) fn number(&self, kind: &str, id: &str) -> Option<usize> {
        self.ids.get(kind)?.get(id).copied()
    }

    /// Every kind and id.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.ids.iter().flat_map(|(kind, ids)| ids.keys().map(|id| (*kind, id.as_str())))
    }

    /// The entries that are called so, without regard to case and accents.
    pub(super) fn named(&self, name: &str) -> &[usize] {
        self.names.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// Every folded name and who is called so.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.names.iter().map(|(name, numbers)| (name.as_str(), numbers.as_slice()))
    }

    /// The words of the collection, read when they are first needed.
    pub(super) fn words(&self, collection: &dyn Collection) -> &Words {
        self.words.get_or_init(|| Words::new(collection))
    }
}

/// The id of an entry: its first field.
pub(crate) fn id(entry: &dyn Fields) -> String {
    let mut id = String::new();
    entry.values(0, &mut |value| {
        if let Value::Reference(_, text) = value {
            text.clone_into(&mut id);
        }
    });
    id
}

/// The names of an entry, its title first.
pub(crate) fn names(kind: &Kind, entry: &dyn Fields) -> Vec<String> {
    let mut names = Vec::new();
    for name in kind.names {
        if let Some(position) = entry.structure().position(name) {
            entry.values(position, &mut |value| push_name(value, &mut names));
        }
    }
    names
}

fn push_name(value: Value<'_>, names: &mut Vec<String>) {
    match value {
        Value::Text(text, _) | Value::Keyword(text) => names.push(text.to_owned()),
        // A structure is called what its first field says.
        Value::Structure(inner) => inner.values(0, &mut |value| push_name(value, names)),
        _ => {}
    }
}
