//! Facets: how often each value of a field stands among what was found.

pub(crate) mod period;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::collection::{Catalog, Collection, id};
use super::column::Column;
use super::directory::{Directory, Plain};
use super::resolve::Route;
use super::scan::refers_to;
use super::value::{Cell, SortValue};
use super::{Clause, Facet, Path, Places};
use crate::field::{Kind, Value};
use crate::issue::Issue;
use crate::json::Json;
use crate::{Error, Result};

/// The counts of the values of a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FacetCounts {
    /// The most frequent values; dates by period in order of time.
    pub values: Vec<FacetValue>,
    /// How many entries have no value.
    pub missing: usize,
    /// How many values, counted per entry, are not among those given.
    pub other: usize,
    /// How many dates are too imprecise for the period; absent where none is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprecise: Option<usize>,
}

/// A value and how often it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacetValue {
    /// The value; of a reference the id, of a period its name (`2011-05`, `2011-W20`).
    pub value: String,
    /// What the entry referred to is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many entries have it.
    pub count: usize,
    /// What the other field that was asked for holds in these entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Summary>,
}

/// The values of a field in some entries.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How many there are.
    pub count: usize,
    /// The least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<Json>,
    /// The greatest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greatest: Option<Json>,
    /// The sum, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<f64>,
    /// The mean, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
}

/// What is counted, looked up.
pub(super) struct Counter<'a> {
    facet: &'a Facet,
    name: &'a str,
    column: Column,
    of: Option<Column>,
    collection: &'a dyn Collection,
    catalog: &'a Catalog,
}

/// The column of a facet, and that of which it gives a summary.
pub(crate) fn columns(
    name: &str,
    facet: &Facet,
    places: &Places,
    directory: &dyn Directory,
) -> Result<(Column, Option<Column>)> {
    let place = places.named(&format!("facets/{name}/field"));
    let column = Column::new(&facet.field, &place, directory)?;
    if facet.per.is_some() && !column.is_date() {
        let message = format!("expected a date to count by period, got `{}`", facet.field);
        return Err(Error::query(place, message));
    }
    let Some(path) = &facet.of else { return Ok((column, None)) };
    let place = places.named(&format!("facets/{name}/of"));
    let of = Column::new(path, &place, directory)?;
    if !of.is_number() && !of.is_date() {
        let message = format!("expected a field of numbers or of dates, got `{path}`");
        return Err(Error::query(place, message));
    }
    Ok((column, Some(of)))
}

/// The entries that have one value.
#[derive(Default)]
struct Bucket {
    label: Option<String>,
    entries: Vec<usize>,
}

impl<'a> Counter<'a> {
    /// Looks up the names of a facet.
    pub(super) fn new(
        name: &'a str,
        facet: &'a Facet,
        places: &Places,
        plain: Plain<'a>,
    ) -> Result<Self> {
        let (column, of) = columns(name, facet, places, &plain)?;
        let Plain { collection, catalog } = plain;
        Ok(Self { facet, name, column, of, collection, catalog })
    }

    /// Counts among the entries of these numbers.
    pub(super) fn count(&self, numbers: &[usize], warnings: &mut Vec<Issue>) -> FacetCounts {
        let parents = self.trees();
        let mut buckets: BTreeMap<String, Bucket> = BTreeMap::new();
        let (mut missing, mut imprecise) = (0, 0);
        for number in numbers {
            let cells = self.column.cells(self.collection, *number);
            missing += usize::from(cells.is_empty());
            let mut keys = BTreeMap::new();
            for cell in &cells {
                match (self.facet.per, cell) {
                    (Some(period), Cell::Date(date)) => match period::key(date, period) {
                        Some(key) => drop(keys.insert(key, None)),
                        None => imprecise += 1,
                    },
                    (_, Cell::Reference(kind, id)) => self.climb(kind, id, &parents, &mut keys),
                    _ => drop(keys.insert(cell.label(), None)),
                }
            }
            for (key, label) in keys {
                let bucket = buckets.entry(key).or_default();
                bucket.label = label;
                bucket.entries.push(*number);
            }
        }
        let mut counts = match self.facet.per {
            Some(period) => FacetCounts {
                values: period::fill(
                    period::numbered(self.values(buckets), period),
                    period,
                    self.name,
                    warnings,
                ),
                imprecise: Some(imprecise),
                ..FacetCounts::default()
            },
            None => self.top(buckets),
        };
        counts.missing = missing;
        counts
    }

    /// The most frequent values, ties by value.
    fn top(&self, buckets: BTreeMap<String, Bucket>) -> FacetCounts {
        let mut values = self.values(buckets);
        values.sort_by(|left, right| {
            right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value))
        });
        let rest = values.split_off(self.facet.limit.min(values.len()));
        let other = rest.iter().map(|value| value.count).sum();
        FacetCounts { values, other, ..FacetCounts::default() }
    }

    fn values(&self, buckets: BTreeMap<String, Bucket>) -> Vec<FacetValue> {
        let values = buckets.into_iter().map(|(value, bucket)| FacetValue {
            value,
            label: bucket.label,
            count: bucket.entries.len(),
            of: self.of.as_ref().map(|of| self.summary(of, &bucket.entries)),
        });
        values.collect()
    }

    /// The reference and all that stand above it in its tree.
    fn climb(
        &self,
        kind: &str,
        id: &str,
        parents: &BTreeMap<&'static str, BTreeMap<String, String>>,
        keys: &mut BTreeMap<String, Option<String>>,
    ) {
        let mut next = Some(id.to_owned());
        while let Some(id) = next {
            let number = self.catalog.number(kind, &id);
            let label = number.map(|number| self.catalog.titles[number].clone());
            // What was counted before has its ancestors counted too; so a circle ends.
            if keys.insert(id.clone(), label).is_some() {
                return;
            }
            next = parents.get(kind).and_then(|parents| parents.get(&id).cloned());
        }
    }

    /// The trees of the kinds that are one.
    fn trees(&self) -> BTreeMap<&'static str, BTreeMap<String, String>> {
        let kinds = self.collection.kinds().iter();
        kinds
            .filter_map(|kind| Some((kind.name(), parents(self.collection, self.catalog, kind)?)))
            .collect()
    }

    fn summary(&self, of: &Column, entries: &[usize]) -> Summary {
        let cells: Vec<_> =
            entries.iter().flat_map(|number| of.cells(self.collection, *number)).collect();
        let none = |_: &str, _: &str| None;
        let compare = |left: &&Cell<'_>, right: &&Cell<'_>| {
            SortValue::of(left, none).compare(&SortValue::of(right, none))
        };
        let json = |cell: &Cell<'_>| match cell {
            Cell::Number(number) => Json::Number(*number),
            other => Json::String(other.label()),
        };
        let numbers: Vec<f64> = cells
            .iter()
            .filter_map(|cell| if let Cell::Number(number) = cell { Some(*number) } else { None })
            .collect();
        let sum = (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>());
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let mean = sum.map(|sum| sum / numbers.len() as f64);
        Summary {
            count: cells.len(),
            least: cells.iter().min_by(compare).map(json),
            greatest: cells.iter().max_by(compare).map(json),
            sum,
            mean,
        }
    }
}

/// The parent of each entry of a kind that refers to one of its own kind, and so is a tree.
pub(super) fn parents(
    collection: &dyn Collection,
    catalog: &Catalog,
    kind: &'static Kind,
) -> Option<BTreeMap<String, String>> {
    let route = parent_route(kind)?;
    let mut parents = BTreeMap::new();
    for number in 0..collection.len() {
        if collection.kinds()[catalog.kinds[number]].name() != kind.name() {
            continue;
        }
        let entry = collection.entry(number);
        route.visit(entry, &mut |value| {
            if let Value::Reference(_, parent) = value {
                parents.insert(id(entry), parent.to_owned());
            }
        });
    }
    Some(parents)
}

/// The field of a kind that refers to one entry of the kind itself, which makes it a tree.
pub(crate) fn parent_route(kind: &Kind) -> Option<Route> {
    let fields = kind.structure.fields.iter().enumerate().skip(1);
    let routes = fields.filter(|(_, field)| !field.many);
    let mut routes = routes.map(|(position, field)| Route { steps: vec![position], field });
    routes.find(|route| refers_to(route, kind.name()))
}

/// The query's clause without the conditions that are about a field only.
pub(crate) fn without(clause: &Clause, field: &Path) -> Clause {
    let own = |clause: &Clause| {
        let mut fields = BTreeSet::new();
        collect(clause, &mut fields)
            && fields.len() == 1
            && fields.iter().all(|other| same(other, field))
    };
    Clause::all(clause.conjuncts().iter().filter(|clause| !own(clause)).cloned())
}

/// Whether two paths name one field: by its name, or by its singular.
fn same(left: &Path, right: &Path) -> bool {
    let names = |path: &Path| -> Vec<String> {
        path.names().iter().map(|name| crate::field::singular(name).into_owned()).collect()
    };
    names(left) == names(right)
}

/// Collects the fields of a clause; false where a test is of no field.
fn collect<'a>(clause: &'a Clause, fields: &mut BTreeSet<&'a Path>) -> bool {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => {
            !clauses.is_empty() && clauses.iter().all(|clause| collect(clause, fields))
        }
        Clause::Not(clause) => collect(clause, fields),
        Clause::Has(path, _) => {
            fields.insert(path);
            true
        }
        Clause::Test(test) => test.field.as_ref().is_some_and(|path| {
            fields.insert(path);
            true
        }),
    }
}
