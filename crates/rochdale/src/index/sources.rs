//! The values of a path in each kind of entry, from columns where they are, else from the entries.

use std::ops::Range;

use super::column::Column;
use super::open::{Index, Part};
use super::schema::{ColumnInfo, ValueType};
use super::set::Number;
use crate::Result;
use crate::query::{self, Cell, Directory, Route, Shape, Source, extra_path, path_of};

/// Where the values of a path come from in entries of one kind.
enum From<'a> {
    /// A column, and of `extra` the shape of its values.
    Column(Box<Column<'a>>, Option<Shape>),
    /// The entry itself: its text is too long for a column.
    Entry(Route),
    /// The name of the kind.
    Kind,
}

/// The values of a path.
pub(super) struct Sources<'a> {
    index: Index<'a>,
    /// By the position of the kind.
    kinds: Vec<Vec<From<'a>>>,
    /// A kind whose only source is the column that all values are in, where there is one.
    only: Option<usize>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(index: Index<'a>, column: &query::Column) -> Result<Self> {
        let mut kinds: Vec<Vec<From<'a>>> = index.kinds().iter().map(|_| Vec::new()).collect();
        for (structure, source) in &column.sources {
            let Some(kind) = index.kind(structure) else { continue };
            match source {
                Source::Kind => kinds[kind].push(From::Kind),
                Source::Fields(routes) => {
                    for route in routes {
                        let path = path_of(structure, route);
                        let ty = super::compile::value_type(route);
                        let Some(info) = index.column_info(&path, ty, None) else { continue };
                        kinds[kind].push(if info.is_exact {
                            From::Column(Box::new(index.column(info)?), None)
                        } else {
                            From::Entry(route.clone())
                        });
                    }
                }
                Source::Extra(route, names, shape) => {
                    let own = path_of(structure, route);
                    let path = names.iter().fold(own, |path, name| extra_path(&path, name));
                    let info = index.column_info(&path, ValueType::Extra, Some(kind as u32));
                    if let Some(info) = info {
                        kinds[kind].push(From::Column(Box::new(index.column(info)?), Some(*shape)));
                    }
                }
            }
        }
        let mut sources = Self { index, kinds, only: None };
        sources.only = sources.find_only()?;
        Ok(sources)
    }

    /// The one column that all values are in, where there is one and it tells values by ordinals.
    pub(super) fn only(&self) -> Option<&Column<'a>> {
        match &self.kinds.get(self.only?)?[..] {
            [From::Column(column, None)] => Some(column),
            _ => None,
        }
    }

    /// The entries that have values, where all of these are in one column, no entry has several, and
    /// they run from the greatest value to the least.
    pub(super) fn falling(&self) -> Option<Range<Number>> {
        let column = self.only().filter(|column| column.cells().is_simple())?;
        let kinds = self.kinds.iter().zip(&self.index.schema().kinds).enumerate();
        let mut holding =
            kinds.filter(|(_, (own, kind))| !own.is_empty() && !kind.numbers.is_empty());
        let (Some((kind, (_, info))), None) = (holding.next(), holding.next()) else { return None };
        let falls = kind < 32 && column.info.falling >> kind & 1 == 1;
        falls.then(|| column.cells().falling(info.numbers.clone(), 0..Number::MAX))
    }

    fn find_only(&self) -> Result<Option<usize>> {
        let mut only: Option<(usize, &ColumnInfo)> = None;
        for (kind, sources) in self.kinds.iter().enumerate() {
            match &sources[..] {
                [] => {}
                [From::Column(column, None)]
                    if only.is_none_or(|(_, info)| std::ptr::eq(info, column.info)) =>
                {
                    only = Some((kind, column.info));
                }
                _ => return Ok(None),
            }
        }
        let Some((kind, info)) = only else { return Ok(None) };
        // Of entries of other kinds the column may hold values that are not asked about.
        let mut present = Column::present(info, &self.index.section(Part::Columns)?)?;
        for (sources, other) in self.kinds.iter().zip(&self.index.schema().kinds) {
            if sources.is_empty()
                && !other.numbers.is_empty()
                && present.seek(other.numbers.start)? < other.numbers.end
            {
                return Ok(None);
            }
        }
        Ok(Some(kind))
    }

    /// The values of an entry.
    pub(super) fn cells(&self, number: Number) -> Result<Vec<Cell<'static>>> {
        let kind = self.index.schema().kind_of(number);
        let mut cells = Vec::new();
        for source in self.kinds.get(kind).into_iter().flatten() {
            match source {
                From::Kind => {
                    cells.push(Cell::Keyword(self.index.kinds()[kind].name().into()));
                }
                From::Column(column, shape) => {
                    let mut ordinals = Vec::new();
                    column.cells().each(number, |ordinal| ordinals.push(ordinal))?;
                    for ordinal in ordinals {
                        cells.push(match shape {
                            Some(shape) => column.extra(ordinal, *shape)?,
                            None => column.value(ordinal)?,
                        });
                    }
                }
                From::Entry(route) => {
                    self.index.entries.with(number as usize, &mut |entry, _| {
                        route.visit(entry, &mut |value| {
                            cells.extend(Cell::of(value).map(Cell::into_owned));
                        });
                    })?;
                }
            }
        }
        Ok(cells)
    }
}
