//! The values of a path in each kind of entry, from columns where they are, else from the entries.

use super::column::Column;
use super::open::Index;
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
        Ok(Self { index, kinds })
    }

    /// The one column that all values are in, where there is one and it tells values by ordinals.
    pub(super) fn only(&self) -> Option<&Column<'a>> {
        let mut only: Option<&Column<'a>> = None;
        let mut info: Option<&ColumnInfo> = None;
        for sources in &self.kinds {
            match &sources[..] {
                [] => {}
                [From::Column(column, None)]
                    if info.is_none_or(|info| std::ptr::eq(info, column.info)) =>
                {
                    (only, info) = (Some(&**column), Some(column.info));
                }
                _ => return None,
            }
        }
        // Of entries of other kinds the column may hold values that are not asked about.
        let all = self.kinds.iter().zip(&self.index.schema().kinds);
        let whole =
            all.clone().all(|(sources, kind)| !sources.is_empty() || kind.numbers.is_empty());
        only.filter(|column| whole || self.holds_no_other(column))
    }

    /// Whether a column has no values in the kinds that are not asked about.
    fn holds_no_other(&self, column: &Column<'a>) -> bool {
        let structures = self.index.kinds().iter().map(|kind| kind.structure);
        structures.zip(&self.kinds).all(|(structure, sources)| {
            let mut has = false;
            query::everywhere(structure, &mut |route| {
                has |= path_of(structure, route) == column.info.path;
            });
            !has || !sources.is_empty()
        })
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
