//! The values of a path in an entry, for facets and orders.

use super::check::Checker;
use super::collection::Collection;
use super::directory::Directory;
use super::resolve::{Route, Target};
use super::scan::extra_cells;
use super::value::{Cell, Shape};
use super::{Path, Places};
use crate::field::{FieldType, Structure, Value};
use crate::{Error, Place, Result};

/// Where the values of a path stand in each kind of entry.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) sources: Vec<(&'static Structure, Source)>,
}

#[derive(Clone, Debug)]
pub(crate) enum Source {
    Fields(Vec<Route>),
    Extra(Route, Vec<String>, Shape),
    Kind,
}

impl Column {
    /// The column of a path.
    pub(crate) fn new(path: &Path, place: &Place, directory: &dyn Directory) -> Result<Self> {
        let places = Places::default();
        let checker = Checker::new(directory, &places);
        let mut sources = Vec::new();
        let mut extras = Vec::new();
        for (structure, target) in checker.targets(path, place)? {
            match target {
                Target::Fields(routes) | Target::Anywhere(_, routes) => {
                    sources.push((
                        structure,
                        Source::Fields(routes.into_iter().map(Route::head).collect()),
                    ));
                }
                Target::Kind => sources.push((structure, Source::Kind)),
                Target::Extra(route, names) => extras.push((structure, route, names)),
                Target::Forward(..) | Target::Backward(..) => {
                    let message = format!(
                        "expected a field of the entry itself, got `{path}`, which lies in a related one"
                    );
                    return Err(Error::query(place.clone(), message));
                }
            }
        }
        if !extras.is_empty() {
            let shape = checker.extra_shape(&extras, place)?;
            sources.extend(
                extras.into_iter().map(|(structure, route, names)| {
                    (structure, Source::Extra(route, names, shape))
                }),
            );
        }
        Ok(Self { sources })
    }

    /// The values of the entry of this number.
    pub(crate) fn cells<'a>(&self, collection: &'a dyn Collection, number: usize) -> Vec<Cell<'a>> {
        let entry = collection.entry(number);
        let mut cells = Vec::new();
        for (_, source) in
            self.sources.iter().filter(|(structure, _)| structure.is(entry.structure()))
        {
            match source {
                Source::Fields(routes) => {
                    for route in routes {
                        route.visit(entry, &mut |value| match value {
                            // The entry's own id is a word, not a reference to something else.
                            Value::Reference(_, id) if route.steps == [0] => {
                                cells.push(Cell::Keyword(id.into()));
                            }
                            value => cells.extend(Cell::of(value)),
                        });
                    }
                }
                Source::Extra(route, names, shape) => {
                    extra_cells(route, names, entry, *shape, &mut |cell| cells.push(cell));
                }
                Source::Kind => cells.push(Cell::Keyword(entry.structure().name.into())),
            }
        }
        cells
    }

    /// Whether all values are dates.
    pub(crate) fn is_date(&self) -> bool {
        self.all(|ty| matches!(ty, FieldType::Date), Shape::Date)
    }

    /// Whether all values are numbers.
    pub(crate) fn is_number(&self) -> bool {
        self.all(|ty| matches!(ty, FieldType::Number), Shape::Number)
    }

    fn all(&self, fits: impl Fn(FieldType) -> bool, shape: Shape) -> bool {
        self.sources.iter().all(|(_, source)| match source {
            Source::Fields(routes) => routes.iter().all(|route| fits(route.field.ty)),
            Source::Extra(_, _, other) => *other == shape,
            Source::Kind => false,
        })
    }
}
