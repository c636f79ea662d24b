//! What entries are called, and what stands above them.

use hashbrown::HashMap;

use super::lexicon::Lexicon;
use crate::field::{Fields, Kind, Value};
use crate::index::dictionary::DictionaryWriter;
use crate::index::key;
use crate::index::set::Number;
use crate::query::{Collection, Route, id_of, names_of, parent_route};
use crate::store::Writer;
use crate::text::fold;

/// The names of all entries.
pub(super) struct Called {
    /// The keys of references to the entries, and for each its entry.
    ids: Lexicon,
    entries: Vec<Number>,
    /// By kind, the field that leads from an entry to that above it.
    parents: Vec<Option<Route>>,
    /// By entry, the key of that above it.
    above: HashMap<Number, Vec<u8>>,
    /// A byte for the kind, and a folded name; and which entries are called so.
    names: Lexicon,
    holders: Vec<(u32, Number)>,
    /// Where the title of each entry begins, and the titles.
    starts: Vec<u32>,
    titles: String,
}

impl Called {
    pub(super) fn new(collection: &dyn Collection) -> Self {
        Self {
            ids: Lexicon::default(),
            entries: Vec::new(),
            parents: collection.kinds().iter().map(parent_route).collect(),
            above: HashMap::new(),
            names: Lexicon::default(),
            holders: Vec::new(),
            starts: Vec::new(),
            titles: String::new(),
        }
    }

    /// Adds the next entry, of the kind at this position.
    pub(super) fn add(&mut self, number: Number, kind: usize, info: &Kind, entry: &dyn Fields) {
        let own = self.ids.number(&key::of_reference(info.name(), &id_of(entry))) as usize;
        self.entries.resize(self.ids.len(), 0);
        self.entries[own] = number;
        if let Some(parent) = &self.parents[kind] {
            parent.visit(entry, &mut |value| {
                if let Value::Reference(_, above) = value {
                    self.above.insert(number, key::of_reference(info.name(), above));
                }
            });
        }
        let names = names_of(info, entry);
        for name in &names {
            let kind = u8::try_from(kind).expect("there are few kinds");
            let name = self.names.number(&[&[kind], fold(name).as_bytes()].concat());
            self.holders.push((name, number));
        }
        self.starts.push(small(self.titles.len()));
        self.titles.push_str(names.first().map_or("", String::as_str));
    }

    fn entry(&self, key: &[u8]) -> Option<Number> {
        self.ids.find(key).map(|own| self.entries[own as usize])
    }

    /// What the entry is called that the key of a reference leads to.
    pub(super) fn title(&self, key: &[u8]) -> Option<&str> {
        let number = self.entry(key)? as usize;
        let end = self.starts.get(number + 1).map_or(self.titles.len(), |end| *end as usize);
        Some(&self.titles[self.starts[number] as usize..end])
    }

    /// The key of what stands above the entry that a key leads to.
    pub(super) fn above(&self, key: &[u8]) -> Option<&[u8]> {
        self.above.get(&self.entry(key)?).map(Vec::as_slice)
    }

    /// The sections of names and of titles.
    pub(super) fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        self.holders.sort_unstable();
        self.holders.dedup();
        let mut dictionary = DictionaryWriter::default();
        for name in self.names.sorted() {
            let start = self.holders.partition_point(|(other, _)| *other < name);
            let own = self.holders[start..].iter().take_while(|(other, _)| *other == name);
            let mut payload = Writer::default();
            let mut before = 0;
            for (_, number) in own {
                payload.varint(u64::from(number - before));
                before = *number;
            }
            dictionary.push(self.names.word(name), &payload.bytes);
        }
        let mut titles = Writer::default();
        for start in self.starts.iter().copied().chain([small(self.titles.len())]) {
            titles.u32(start);
        }
        titles.bytes.extend_from_slice(self.titles.as_bytes());
        (dictionary.finish(), titles.bytes)
    }
}

fn small(place: usize) -> u32 {
    u32::try_from(place).expect("titles are below 4 GiB")
}
