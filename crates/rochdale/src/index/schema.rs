//! What an index holds: its kinds, its texts and its columns, each with its place.

use std::ops::Range;

use super::set::Number;
use crate::Result;
use crate::store::{Reader, Section, Writer};

/// The name of the section that holds the schema.
pub(super) const SECTION: &str = "fields";

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Schema {
    /// The entries of each kind, which follow one another.
    pub(crate) kinds: Vec<KindRange>,
    /// The texts whose words are searched, by path.
    pub(crate) texts: Vec<TextField>,
    /// The words of the whole entry.
    pub(crate) composite: Lengths,
    /// The fields that are compared, counted and sorted by.
    pub(crate) columns: Vec<ColumnInfo>,
    /// The languages of the entries, by their tags; `None` for those that are not stemmed.
    pub(crate) languages: Vec<Option<String>>,
}

/// The entries of a kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KindRange {
    pub(crate) name: String,
    pub(crate) numbers: Range<Number>,
}

/// A text whose words are searched.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextField {
    /// The names of the fields that lead to it.
    pub(crate) path: String,
    /// The kinds that have it.
    pub(crate) kinds: Vec<KindText>,
    /// Whether its words are listed apart from those of the whole entry.
    pub(crate) scoped: bool,
    pub(crate) lengths: Lengths,
}

/// A text in the entries of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct KindText {
    /// The position of the kind.
    pub(crate) kind: u32,
    /// How much a word in it counts in a search of the whole entry.
    pub(crate) weight: u8,
    /// The sum of its lengths.
    pub(crate) total: u64,
}

/// How long texts are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lengths {
    /// The sum of the lengths.
    pub(crate) total: u64,
    /// How many entries have words.
    pub(crate) entries: u64,
    /// The entries of which the section of lengths has a byte, and where they begin in it.
    pub(crate) numbers: Range<Number>,
    pub(crate) start: usize,
}

/// How the values of a column are read from its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum ValueType {
    Text,
    Keyword,
    Date,
    Number,
    Bool,
    Reference,
    /// Any JSON, read by the shape that its name has.
    Extra,
    /// A structure or a map, of which there is only which entries have it.
    Presence,
}

impl ValueType {
    const ALL: [Self; 8] = [
        Self::Text,
        Self::Keyword,
        Self::Date,
        Self::Number,
        Self::Bool,
        Self::Reference,
        Self::Extra,
        Self::Presence,
    ];

    fn from_u8(value: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|ty| *ty as u8 == value)
    }
}

/// The values of a field, and where they lie.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ColumnInfo {
    /// The names of the fields that lead to it.
    pub(crate) path: String,
    pub(crate) ty: ValueType,
    /// The position of the one kind whose entries it is of; of all kinds where it is absent.
    pub(crate) kind: Option<u32>,
    /// Of `extra`, the shapes of its values, a bit each.
    pub(crate) shapes: u8,
    /// Whether the values are here; else only which entries have some.
    pub(crate) is_exact: bool,
    /// Whether each value has a label of its own.
    pub(crate) labels_differ: bool,
    /// Whether references of the column have others above them.
    pub(crate) is_tree: bool,
    /// The kinds, a bit each, whose entries run from its greatest value to its least.
    pub(crate) falling: u32,
    /// Where its parts lie in the section of columns.
    pub(crate) values: Range<usize>,
    pub(crate) sets: Range<usize>,
    pub(crate) cells: Range<usize>,
    pub(crate) rolled: Range<usize>,
    pub(crate) present: Range<usize>,
    /// Of dates, the ordinals that are wider than a day or not sure, and the days of all; of
    /// references, the order by what they are called.
    pub(crate) notes: Range<usize>,
    /// What was counted when it was built.
    pub(crate) counts: Range<usize>,
}

impl Schema {
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.varint(self.kinds.len() as u64);
        for kind in &self.kinds {
            out.run(kind.name.as_bytes());
            out.varint(u64::from(kind.numbers.end));
        }
        out.varint(self.languages.len() as u64);
        for language in &self.languages {
            out.run(language.as_deref().unwrap_or_default().as_bytes());
        }
        self.composite.write(&mut out);
        out.varint(self.texts.len() as u64);
        for text in &self.texts {
            out.run(text.path.as_bytes());
            out.u8(u8::from(text.scoped));
            out.varint(text.kinds.len() as u64);
            for KindText { kind, weight, total } in &text.kinds {
                out.varint(u64::from(*kind));
                out.u8(*weight);
                out.varint(*total);
            }
            text.lengths.write(&mut out);
        }
        out.varint(self.columns.len() as u64);
        for column in &self.columns {
            column.write(&mut out);
        }
        out.bytes
    }

    pub(crate) fn read(section: &Section<'_>) -> Result<Self> {
        let bytes = section.all()?;
        Self::parse(&mut Reader::new(&bytes)).ok_or_else(|| section.damaged())
    }

    fn parse(reader: &mut Reader<'_>) -> Option<Self> {
        let mut schema = Self::default();
        let mut start = 0;
        for _ in 0..reader.varint()? {
            let name = text(reader)?;
            let end = reader.varint_u32()?;
            schema.kinds.push(KindRange { name, numbers: start..end });
            start = Some(end).filter(|end| *end >= start)?;
        }
        for _ in 0..reader.varint()? {
            schema.languages.push(Some(text(reader)?).filter(|tag| !tag.is_empty()));
        }
        schema.composite = Lengths::parse(reader)?;
        for _ in 0..reader.varint()? {
            let (path, scoped) = (text(reader)?, reader.u8()? != 0);
            let mut kinds = Vec::new();
            for _ in 0..reader.varint()? {
                let (kind, weight) = (reader.varint_u32()?, reader.u8()?);
                kinds.push(KindText { kind, weight, total: reader.varint()? });
            }
            let lengths = Lengths::parse(reader)?;
            schema.texts.push(TextField { path, kinds, scoped, lengths });
        }
        for _ in 0..reader.varint()? {
            schema.columns.push(ColumnInfo::parse(reader)?);
        }
        Some(schema)
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> Number {
        self.kinds.last().map_or(0, |kind| kind.numbers.end)
    }

    /// The position of the kind of an entry.
    pub(crate) fn kind_of(&self, number: Number) -> usize {
        self.kinds.partition_point(|kind| kind.numbers.end <= number)
    }
}

impl Lengths {
    fn write(&self, out: &mut Writer) {
        out.varint(self.total);
        out.varint(self.entries);
        out.varint(u64::from(self.numbers.start));
        out.varint(u64::from(self.numbers.end));
        out.varint(self.start as u64);
    }

    fn parse(reader: &mut Reader<'_>) -> Option<Self> {
        let (total, entries) = (reader.varint()?, reader.varint()?);
        let numbers = reader.varint_u32()?..reader.varint_u32()?;
        Some(Self { total, entries, numbers, start: reader.varint_usize()? })
    }
}

impl ColumnInfo {
    fn parts(&self) -> [&Range<usize>; 7] {
        let Self { values, sets, cells, rolled, present, notes, counts, .. } = self;
        [values, sets, cells, rolled, present, notes, counts]
    }

    fn write(&self, out: &mut Writer) {
        out.run(self.path.as_bytes());
        out.u8(self.ty as u8);
        out.varint(self.kind.map_or(0, |kind| u64::from(kind) + 1));
        out.u8(self.shapes);
        out.u8(u8::from(self.labels_differ)
            | u8::from(self.is_tree) << 1
            | u8::from(self.is_exact) << 2);
        out.varint(u64::from(self.falling));
        for part in self.parts() {
            out.varint(part.start as u64);
            out.varint(part.len() as u64);
        }
    }

    fn parse(reader: &mut Reader<'_>) -> Option<Self> {
        let (path, ty) = (text(reader)?, ValueType::from_u8(reader.u8()?)?);
        let kind = reader.varint_u32()?.checked_sub(1);
        let (shapes, flags) = (reader.u8()?, reader.u8()?);
        let falling = reader.varint_u32()?;
        let mut part = || {
            let start = reader.varint_usize()?;
            Some(start..start.checked_add(reader.varint_usize()?)?)
        };
        Some(Self {
            path,
            ty,
            kind,
            shapes,
            is_exact: flags & 4 != 0,
            labels_differ: flags & 1 != 0,
            is_tree: flags & 2 != 0,
            falling,
            values: part()?,
            sets: part()?,
            cells: part()?,
            rolled: part()?,
            present: part()?,
            notes: part()?,
            counts: part()?,
        })
    }
}

fn text(reader: &mut Reader<'_>) -> Option<String> {
    String::from_utf8(reader.run()?.to_vec()).ok()
}
