//! Orders of entries by score and by values.

use std::cmp::Ordering;
use std::ops::Range;

use super::open::Index;
use super::schema::ValueType;
use super::set::Number;
use super::sources::Sources;
use crate::Result;
use crate::query::{Directory, Key, Node, Order, SortValue};

/// An entry that was found, and its score.
pub(super) type Hit = (Number, f64);

/// What orders entries.
enum By<'a> {
    Score,
    Ranks(Sources<'a>),
    Values(Sources<'a>),
}

/// A value that orders an entry; one that it lacks comes last.
enum Value {
    Score(f64),
    Rank(Option<u32>),
    Any(Option<SortValue>),
}

/// An order of entries.
pub(super) struct Sorter<'a> {
    index: Index<'a>,
    keys: Vec<(By<'a>, bool)>,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(index: Index<'a>, order: &Order) -> Result<Self> {
        let mut keys = Vec::new();
        for (key, descending) in &order.keys {
            let by = match key {
                Key::Relevance => By::Score,
                Key::Column(column) => {
                    let sources = Sources::new(index, column)?;
                    if sources.only().is_some() { By::Ranks(sources) } else { By::Values(sources) }
                }
            };
            keys.push((by, *descending));
        }
        Ok(Self { index, keys })
    }

    /// Ranges of numbers, in the order of which the entries of a node are in this order; nothing
    /// where there are none.
    pub(super) fn walk(&self, node: &Node) -> Option<Vec<Range<Number>>> {
        let all = 0..self.index.end();
        let sources = match &self.keys[..] {
            [] => return Some(vec![all]),
            [(By::Ranks(sources), true)] => sources,
            _ => return None,
        };
        let column = sources.only()?;
        let kinds = &self.index.schema().kinds;
        let falls = |kind: usize| kind < 32 && column.info.falling >> kind & 1 == 1;
        if !column.cells().is_simple() || column.info.ty == ValueType::Reference {
            return None;
        }
        if let Some(kind) = only_kind(node) {
            return falls(kind).then(|| vec![kinds[kind].numbers.clone()]);
        }
        let own = sources.falling()?;
        // What has no value comes last.
        Some(vec![own.clone(), 0..own.start, own.end..all.end])
    }

    /// Whether entries run from the highest score to the lowest.
    pub(super) fn is_by_score(&self) -> bool {
        matches!(&self.keys[..], [(By::Score, true)])
    }

    /// Puts entries, given in the order of their numbers, in order; of more than `wanted` only the
    /// first ones.
    pub(super) fn sort(&self, hits: Vec<Hit>, wanted: usize) -> Result<Vec<Hit>> {
        let mut rows = Vec::with_capacity(hits.len());
        for hit in hits {
            rows.push((self.row(hit)?, hit));
        }
        let order = |one: &(Vec<Value>, Hit), other: &(Vec<Value>, Hit)| {
            self.compare(&one.0, &other.0).then_with(|| one.1.0.cmp(&other.1.0))
        };
        if wanted > 0 && wanted < rows.len() {
            rows.select_nth_unstable_by(wanted - 1, order);
            rows.truncate(wanted);
        }
        rows.sort_unstable_by(order);
        Ok(rows.into_iter().map(|(_, hit)| hit).collect())
    }

    fn row(&self, (number, score): Hit) -> Result<Vec<Value>> {
        let row = self.keys.iter().map(|(by, descending)| {
            Ok(match by {
                By::Score => Value::Score(score),
                By::Ranks(sources) => Value::Rank(rank(sources, number, *descending)?),
                By::Values(sources) => Value::Any(self.value(sources, number, *descending)?),
            })
        });
        row.collect()
    }

    fn value(
        &self,
        sources: &Sources<'a>,
        number: Number,
        descending: bool,
    ) -> Result<Option<SortValue>> {
        let mut best: Option<SortValue> = None;
        for cell in sources.cells(number)? {
            let mut title = None;
            if let crate::query::Cell::Reference(kind, id) = &cell
                && let Some(target) = self.index.number(kind, id)?
            {
                title = Some(self.index.title(target)?);
            }
            let value = SortValue::of(&cell, |_, _| title.clone());
            let better = best.as_ref().is_none_or(|best| {
                let order = value.compare(best);
                if descending { order != Ordering::Less } else { order == Ordering::Less }
            });
            if better {
                best = Some(value);
            }
        }
        Ok(best)
    }

    fn compare(&self, one: &[Value], other: &[Value]) -> Ordering {
        let pairs = one.iter().zip(other).zip(&self.keys);
        let orders = pairs.map(|((one, other), (_, descending))| match (one, other) {
            (Value::Score(one), Value::Score(other)) => turned(one.total_cmp(other), *descending),
            (Value::Rank(one), Value::Rank(other)) => {
                missing_last(one.as_ref(), other.as_ref(), *descending, Ord::cmp)
            }
            (Value::Any(one), Value::Any(other)) => {
                missing_last(one.as_ref(), other.as_ref(), *descending, SortValue::compare)
            }
            _ => Ordering::Equal,
        });
        orders.fold(Ordering::Equal, Ordering::then)
    }
}

/// The one kind whose entries can meet a node, by position.
fn only_kind(node: &Node) -> Option<usize> {
    match node {
        Node::Kind(kinds) => <[usize; 1]>::try_from(&kinds[..]).ok().map(|[kind]| kind),
        Node::And(nodes) => nodes.iter().find_map(only_kind),
        _ => None,
    }
}

fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

fn missing_last<T>(
    one: Option<&T>,
    other: Option<&T>,
    descending: bool,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => turned(compare(one, other), descending),
        _ => one.is_none().cmp(&other.is_none()),
    }
}

/// The least place of the values of an entry in their order, or the greatest.
fn rank(sources: &Sources<'_>, number: Number, descending: bool) -> Result<Option<u32>> {
    let Some(column) = sources.only() else { return Ok(None) };
    let mut ordinals = Vec::new();
    column.cells().each(number, |ordinal| ordinals.push(ordinal))?;
    let mut best = None;
    for ordinal in ordinals {
        let rank = column.rank(ordinal)?;
        best = Some(match best {
            None => rank,
            Some(best) if descending => rank.max(best),
            Some(best) => rank.min(best),
        });
    }
    Ok(best)
}
