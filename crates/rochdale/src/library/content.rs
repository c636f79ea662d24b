//! What a library holds: entries in memory, or bytes from which they are read.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use super::links::Links;
use super::memory::{Memory, language};
use crate::field::Fields;
use crate::index::{Entries, Index, Opened};
use crate::model::{Entry, Kind};
use crate::query::{Directory, Scoring};
use crate::snapshot::read_entry;
use crate::store::{Store, StoreWriter, StoredEntries};
use crate::text::Language;
use crate::work::Work;
use crate::{Error, Result};

/// What a library holds.
#[derive(Debug)]
pub(super) enum Content {
    Memory(Box<InMemory>),
    Stored(Box<Stored>),
}

/// Entries in memory, and what is made of them when it is first needed.
#[derive(Debug)]
pub(super) struct InMemory {
    pub(super) memory: Memory,
    pub(super) links: OnceLock<Links>,
    indexed: OnceLock<Indexed>,
}

/// Bytes and what was read of them at first.
pub(super) struct Indexed {
    pub(super) store: Store,
    pub(super) opened: Opened,
}

impl fmt::Debug for Indexed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Indexed").field("entries", &self.opened.len()).finish_non_exhaustive()
    }
}

/// A library that is read from bytes.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) indexed: Indexed,
}

impl Content {
    pub(super) fn of_memory(memory: Memory) -> Self {
        let (links, indexed) = (OnceLock::new(), OnceLock::new());
        Self::Memory(Box::new(InMemory { memory, links, indexed }))
    }

    /// The content of a store that holds a snapshot.
    pub(super) fn of_store(store: Store, scoring: Scoring) -> Result<Self> {
        let opened = Opened::read(&store, Kind::INFOS, scoring)?;
        if StoredEntries::open(&store, 0)?.len() != opened.len() {
            return Err(Error::damaged("texts", "there are not as many as entries"));
        }
        Ok(Self::Stored(Box::new(Stored { indexed: Indexed { store, opened } })))
    }

    /// The bytes that everything is read from, where it is.
    pub(super) fn bytes(&self) -> Option<Result<Vec<u8>>> {
        match self {
            Self::Memory(_) => None,
            Self::Stored(stored) => Some(stored.indexed.store.bytes()),
        }
    }

    /// All entries in memory, read where they are not.
    pub(super) fn memory(&self) -> Result<Cow<'_, Memory>> {
        match self {
            Self::Memory(inside) => Ok(Cow::Borrowed(&inside.memory)),
            Self::Stored(stored) => {
                let entries = (0..self.len()).map(|number| stored.entry(number));
                let entries = entries.collect::<Result<Vec<_>>>()?;
                let mut memory = Memory::new(entries, &mut Vec::new());
                memory.scoring.clone_from(self.scoring());
                Ok(Cow::Owned(memory))
            }
        }
    }

    /// The parameters of the order by relevance.
    pub(super) fn scoring(&self) -> &Scoring {
        match self {
            Self::Memory(inside) => &inside.memory.scoring,
            Self::Stored(stored) => stored.indexed.opened.scoring(),
        }
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Memory(inside) => inside.memory.entries.len(),
            Self::Stored(stored) => stored.indexed.opened.len(),
        }
    }

    /// The entry of a number.
    pub(super) fn entry(&self, number: usize) -> Result<Cow<'_, Entry>> {
        match self {
            Self::Memory(inside) => Ok(Cow::Borrowed(inside.memory.entry(number))),
            Self::Stored(stored) => stored.entry(number).map(Cow::Owned),
        }
    }

    /// The numbers of the entries of a kind.
    pub(super) fn numbers(&self, kind: Kind) -> Range<usize> {
        match self {
            Self::Memory(inside) => inside.memory.numbers(kind),
            Self::Stored(stored) => stored.indexed.opened.numbers(kind as usize),
        }
    }

    /// The number of the entry of this kind and id.
    pub(super) fn number_of(&self, kind: Kind, id: &str) -> Result<Option<usize>> {
        match self {
            Self::Memory(inside) => Ok(inside.memory.number_of(kind, id)),
            Self::Stored(_) => self.index().number(kind.name(), id),
        }
    }

    /// The index, built at the first question where the entries are in memory.
    pub(super) fn index(&self) -> Index<'_> {
        let indexed = match self {
            Self::Memory(inside) => inside.indexed.get_or_init(|| Indexed::of(&inside.memory)),
            Self::Stored(stored) => &stored.indexed,
        };
        Index::new(&indexed.store, &indexed.opened, self)
    }
}

impl Indexed {
    fn of(memory: &Memory) -> Self {
        let mut writer = StoreWriter::default();
        crate::index::build(memory, Work::Alone, &mut writer, &mut |_| {});
        let store = Store::open(Box::new(writer.finish())).expect("what was just written opens");
        let opened = Opened::read(&store, Kind::INFOS, memory.scoring.clone());
        Self { opened: opened.expect("what was just written opens"), store }
    }
}

impl Stored {
    /// Reads an entry from its bytes.
    fn entry(&self, number: usize) -> Result<Entry> {
        read_entry(&StoredEntries::open(&self.indexed.store, 0)?, number)
    }
}

impl Entries for Content {
    fn with(&self, number: usize, show: &mut dyn FnMut(&dyn Fields, Language)) -> Result<()> {
        let entry = self.entry(number)?;
        show(entry.as_fields(), language(&entry));
        Ok(())
    }
}
