//! An index as it is read: its schema once, everything else when it is needed.

use std::sync::OnceLock;
use std::sync::atomic::AtomicU32;

use super::column::Column;
use super::key;
use super::many::Room;
use super::schema::{self, ColumnInfo, Schema, ValueType};
use super::set::{END, Number};
use crate::Result;
use crate::field::{Fields, Kind};
use crate::query::{Directory, Scorer, Scoring, everywhere, path_of};
use crate::store::{Reader, Section, Store};
use crate::text::Language;

/// A section of an index beside its schema.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Stems,
    Words,
    Lengths,
    Columns,
    /// What entries are called, by name.
    Names,
    /// What entries are called, by number.
    Titles,
    Lists,
    Spans,
    Positions,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Stems,
        Self::Words,
        Self::Lengths,
        Self::Columns,
        Self::Names,
        Self::Titles,
        Self::Lists,
        Self::Spans,
        Self::Positions,
    ];

    /// The name of the section.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Stems => "stems",
            Self::Words => "words",
            Self::Lengths => "lengths",
            Self::Columns => "columns",
            Self::Names => "names",
            Self::Titles => "titles",
            Self::Lists => "lists",
            Self::Spans => "spans",
            Self::Positions => "positions",
        }
    }
}

/// What is read of an index when it is opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(super) schema: Schema,
    /// Where the parts stand among the sections.
    parts: [usize; Part::ALL.len()],
    /// By kind of the model, the position of the kind in the index.
    pub(super) kinds: &'static [Kind],
    pub(super) scoring: Scoring,
    scorer: OnceLock<Scorer>,
    scorers: Vec<OnceLock<Scorer>>,
    pub(super) room: Room,
    /// How often lengths were asked for that are not all proved.
    pub(super) unproved: AtomicU32,
}

/// The entries of an index, decoded when a question cannot be answered without.
pub(crate) trait Entries {
    /// Shows the entry of a number, and its language.
    fn with(&self, number: usize, show: &mut dyn FnMut(&dyn Fields, Language)) -> Result<()>;
}

/// An index that is asked.
#[derive(Clone, Copy)]
pub(crate) struct Index<'a> {
    pub(super) store: &'a Store,
    pub(super) opened: &'a Opened,
    pub(super) entries: &'a dyn Entries,
}

impl Opened {
    /// Reads the schema.
    pub(crate) fn read(store: &Store, kinds: &'static [Kind], scoring: Scoring) -> Result<Self> {
        let section = store.section(schema::SECTION, 0)?;
        let schema = Schema::read(&section)?;
        let same = schema.kinds.iter().map(|kind| kind.name.as_str());
        if !same.eq(kinds.iter().map(Kind::name)) {
            return Err(crate::Error::unsupported(
                "the snapshot has other kinds of entry than this version; build it again from its sources",
            ));
        }
        let scorers = schema.texts.iter().map(|_| OnceLock::new()).collect();
        let mut parts = [0; Part::ALL.len()];
        for (part, place) in Part::ALL.into_iter().zip(&mut parts) {
            *place = store.place(part.name(), 0)?;
        }
        let (scorer, room, unproved) = (OnceLock::new(), Room::default(), AtomicU32::new(0));
        Ok(Self { schema, parts, kinds, scoring, scorer, scorers, room, unproved })
    }

    /// The parameters of the order by relevance.
    pub(crate) fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.schema.len() as usize
    }

    /// The numbers of the entries of the kind at this position.
    pub(crate) fn numbers(&self, kind: usize) -> std::ops::Range<usize> {
        let numbers = self.schema.kinds.get(kind).map_or(0..0, |kind| kind.numbers.clone());
        numbers.start as usize..numbers.end as usize
    }

    /// What scores the words of whole entries.
    pub(super) fn scorer(&self) -> &Scorer {
        let lengths = &self.schema.composite;
        self.scorer.get_or_init(|| self.scoring.scorer(lengths.total, lengths.entries))
    }

    /// What scores the words of a text.
    pub(super) fn scorer_of(&self, text: usize) -> &Scorer {
        let lengths = &self.schema.texts[text].lengths;
        self.scorers[text].get_or_init(|| self.scoring.scorer(lengths.total, lengths.entries))
    }
}

impl<'a> Index<'a> {
    pub(crate) fn new(store: &'a Store, opened: &'a Opened, entries: &'a dyn Entries) -> Self {
        Self { store, opened, entries }
    }

    pub(super) fn section(&self, part: Part) -> Result<Section<'a>> {
        self.store.section_at(self.opened.parts[part as usize], part.name())
    }

    pub(super) fn schema(&self) -> &'a Schema {
        &self.opened.schema
    }

    /// How many entries there are.
    pub(super) fn end(&self) -> Number {
        self.opened.schema.len()
    }

    /// The description of a column; of `extra` that of one kind.
    pub(super) fn column_info(
        &self,
        path: &str,
        ty: ValueType,
        kind: Option<u32>,
    ) -> Option<&'a ColumnInfo> {
        let columns = &self.opened.schema.columns;
        let key = |info: &ColumnInfo| (info.ty as u8, info.kind);
        let found = columns.binary_search_by(|info| {
            info.path.as_str().cmp(path).then_with(|| key(info).cmp(&(ty as u8, kind)))
        });
        found.ok().map(|place| &columns[place])
    }

    pub(super) fn column(&self, info: &'a ColumnInfo) -> Result<Column<'a>> {
        Column::open(info, self.section(Part::Columns)?)
    }

    /// The column of ids.
    pub(super) fn ids(&self) -> Result<Option<Column<'a>>> {
        let info = self.column_info("id", ValueType::Keyword, None);
        info.map(|info| self.column(info)).transpose()
    }

    /// What an entry is called.
    pub(crate) fn title(&self, number: usize) -> Result<String> {
        let section = self.section(Part::Titles)?;
        let place = |number: usize| -> Result<usize> {
            let bytes = section.read(number * 4..number * 4 + 4)?;
            Ok(Reader::new(&bytes).u32().unwrap_or_default() as usize)
        };
        let data = (self.opened.len() + 1) * 4;
        let bytes = section.read(data + place(number)?..data + place(number + 1)?)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| section.damaged())
    }

    /// The kind and id of an entry.
    pub(super) fn id(&self, number: Number) -> Result<String> {
        let Some(ids) = self.ids()? else { return Ok(String::new()) };
        let mut ordinal = None;
        ids.cells().each(number, |value| ordinal = Some(value))?;
        match ordinal {
            Some(ordinal) => Ok(ids.value(ordinal)?.label()),
            None => Err(self.section(Part::Columns)?.damaged()),
        }
    }
}

impl Index<'_> {
    /// The entries that refer to an entry, each with the path of the field and what the entry
    /// calls the relation.
    pub(crate) fn referrers(&self, number: usize) -> Result<Vec<(usize, String, &'static str)>> {
        let (kind, id) = self.reference(number)?;
        let key = key::of_reference(self.opened.kinds[kind].name(), &id);
        let mut found = Vec::new();
        let references = self.opened.schema.columns.iter();
        for info in references.filter(|info| info.ty == ValueType::Reference) {
            let column = self.column(info)?;
            let Some(ordinal) = column.ordinal(&key)? else { continue };
            let mut holders = column.holders(ordinal)?.0;
            let mut holder = holders.seek(0)?;
            while holder != END {
                let structure = self.opened.kinds.get(self.opened.schema.kind_of(holder));
                let mut inverse = None;
                if let Some(kind) = structure {
                    everywhere(kind.structure, &mut |route| {
                        if path_of(kind.structure, route) == info.path {
                            inverse = route.field.inverse;
                        }
                    });
                }
                found.push((holder as usize, info.path.clone(), inverse.unwrap_or(REFERRED)));
                holder = holders.seek(holder + 1)?;
            }
        }
        Ok(found)
    }
}

/// What an entry calls those that refer to it by a field that has no name for it.
pub(crate) const REFERRED: &str = "referred_to_by";
