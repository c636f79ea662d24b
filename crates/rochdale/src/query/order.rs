//! Orders: by relevance or by fields, every one total, and the cursors that go on in them.

use std::cmp::Ordering;

use super::collection::{Catalog, Collection};
use super::column::Column;
use super::directory::Directory;
use super::value::SortValue;
use super::{Places, Query};
use crate::{Error, Place, Result};

/// What an order compares.
#[derive(Clone, Debug)]
pub(crate) enum Key {
    Relevance,
    Column(Column),
}

/// The order of a query.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) keys: Vec<(Key, bool)>,
}

impl Order {
    /// The order that a query asks for: without keys, by relevance where words
    /// are scored, else that of the library.
    pub(crate) fn new(
        query: &Query,
        scored: bool,
        places: &Places,
        directory: &dyn Directory,
    ) -> Result<Self> {
        let mut keys = Vec::new();
        for (position, key) in query.sort.iter().enumerate() {
            let by_relevance = matches!(key.field.names(), [name] if name == "relevance");
            let what = if by_relevance {
                Key::Relevance
            } else {
                let place = places.named(&format!("sort/{position}"));
                Key::Column(Column::new(&key.field, &place, directory)?)
            };
            keys.push((what, key.descending));
        }
        if keys.is_empty() && scored {
            keys.push((Key::Relevance, true));
        }
        Ok(Self { keys })
    }

    /// Puts hits, given by number and score in the order of the library, in order.
    ///
    /// Ascending orders compare the least of several values, descending ones
    /// the greatest; what has no value comes last in both; ties stay in the
    /// order of the library.
    pub(super) fn sort(
        &self,
        hits: &mut [(usize, f64)],
        collection: &dyn Collection,
        catalog: &Catalog,
    ) {
        if self.keys.is_empty() {
            return;
        }
        let mut rows: Vec<_> =
            hits.iter().map(|hit| (self.row(*hit, collection, catalog), *hit)).collect();
        rows.sort_by(|(left, _), (right, _)| self.compare(left, right));
        for (hit, (_, sorted)) in hits.iter_mut().zip(rows) {
            *hit = sorted;
        }
    }

    fn row(
        &self,
        (number, score): (usize, f64),
        collection: &dyn Collection,
        catalog: &Catalog,
    ) -> Vec<Option<SortValue>> {
        let title = |kind: &str, id: &str| Some(catalog.titles[catalog.number(kind, id)?].clone());
        let keys = self.keys.iter().map(|(key, descending)| match key {
            Key::Relevance => Some(SortValue::Number(score)),
            Key::Column(column) => {
                let cells = column.cells(collection, number);
                let values = cells.iter().map(|cell| SortValue::of(cell, title));
                if *descending {
                    values.max_by(SortValue::compare)
                } else {
                    values.min_by(SortValue::compare)
                }
            }
        });
        keys.collect()
    }

    fn compare(&self, left: &[Option<SortValue>], right: &[Option<SortValue>]) -> Ordering {
        let pairs = left.iter().zip(right).zip(&self.keys);
        let order = pairs.map(|((left, right), (_, descending))| match (left, right) {
            (Some(left), Some(right)) if *descending => right.compare(left),
            (Some(left), Some(right)) => left.compare(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
        order.fold(Ordering::Equal, Ordering::then)
    }
}

/// The cursor after the entry of this number: what was asked, and where the page ended.
pub(crate) fn cursor(query: &Query, directory: &dyn Directory, number: usize) -> Result<String> {
    let (kind, id) = directory.reference(number)?;
    Ok(format!("{:016x}.{}:{id}", fingerprint(query), directory.kinds()[kind].name()))
}

/// The number of the entry that a cursor names.
pub(crate) fn after(
    query: &Query,
    cursor: &str,
    place: &Place,
    directory: &dyn Directory,
) -> Result<usize> {
    let wrong = |message: &str| Error::query(place.clone(), message.to_owned());
    let Some((asked, reference)) = cursor.split_once('.') else {
        return Err(wrong("expected a cursor that an answer gave"));
    };
    if asked != format!("{:016x}", fingerprint(query)) {
        return Err(wrong("expected the cursor of this query; that of another leads nowhere"));
    }
    let number = match reference.split_once(':') {
        Some((kind, id)) => directory.number(kind, id)?,
        None => None,
    };
    number.ok_or_else(|| {
        wrong("the entry at which the page ended is no longer there; ask without a cursor")
    })
}

/// A number for what was asked and in which order (FNV-1a).
fn fingerprint(query: &Query) -> u64 {
    let Query { clause, sort, proximity, .. } = query.clone();
    let asked = Query { clause, sort, proximity, ..Query::default() };
    let bytes = asked.to_json().to_string();
    bytes.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
