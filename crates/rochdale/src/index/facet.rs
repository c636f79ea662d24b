//! Counts of values among entries.

use std::collections::BTreeMap;

use super::counts::{self, ByPeriod, PERIODS, Top};
use super::open::Index;
use super::set::{Bits, Number};
use super::sources::Sources;
use crate::Result;
use crate::issue::Issue;
use crate::json::Json;
use crate::query::{
    Cell, Directory, Facet, FacetCounts, FacetValue, Period, SortValue, Summary, fill_periods,
    numbered_periods, period_key, period_name,
};

/// A count of the values of a field.
pub(super) struct Counter<'a, 'q> {
    pub(super) index: Index<'a>,
    pub(super) name: &'q str,
    pub(super) facet: &'q Facet,
    pub(super) sources: Sources<'a>,
    pub(super) of: Option<Sources<'a>>,
}

/// The entries that have one value.
#[derive(Default)]
struct Bucket {
    label: Option<String>,
    entries: Vec<Number>,
}

impl Counter<'_, '_> {
    /// Counts among these entries.
    pub(super) fn count(&self, among: &Bits, warnings: &mut Vec<Issue>) -> Result<FacetCounts> {
        if self.of.is_none() {
            let counts = match self.facet.per {
                Some(period) => match self.by_order(period, among, warnings)? {
                    Some(counts) => Some(counts),
                    None => self.by_period(period, among, warnings)?,
                },
                None => self.by_ordinal(among)?,
            };
            if let Some(counts) = counts {
                return Ok(counts);
            }
        }
        self.by_value(among, warnings)
    }

    /// Counts among all entries of the index, of which there are so many, from what is stored;
    /// nothing where that does not tell.
    pub(super) fn count_all(
        &self,
        entries: usize,
        warnings: &mut Vec<Issue>,
    ) -> Result<Option<FacetCounts>> {
        let Some(column) = self.sources.only().filter(|_| self.of.is_none()) else {
            return Ok(None);
        };
        let bytes = column.counted()?;
        let counts = counts::read(&bytes, self.facet.per.is_none());
        let counts = counts.ok_or_else(|| column.damaged())?;
        let missing = entries.saturating_sub(counts.held);
        if let Some(period) = self.facet.per {
            let place = PERIODS.iter().position(|counted| *counted == period);
            let Some(periods) = place.and_then(|place| counts.periods.get(place)) else {
                return Ok(None);
            };
            let counted = (periods.first..).zip(&periods.counts).map(|(n, count)| (n, *count));
            let values = self.periods(counted.collect::<Vec<_>>(), period, warnings);
            let imprecise = Some(periods.imprecise);
            return Ok(Some(FacetCounts { values, missing, other: 0, imprecise }));
        }
        let limit = self.facet.limit.min(counts.values);
        if !column.info.labels_differ || limit > counts.top.len() {
            return Ok(None);
        }
        let values: Vec<FacetValue> = counts.top[..limit].iter().map(value_of).collect();
        let shown: usize = values.iter().map(|value| value.count).sum();
        let other = counts.all.saturating_sub(shown);
        Ok(Some(FacetCounts { values, missing, other, imprecise: None }))
    }

    /// Counts by period where entries run by date: those of a period follow each other, and how many
    /// there are is stored. Nothing where they do not, or it is not.
    fn by_order(
        &self,
        period: Period,
        among: &Bits,
        warnings: &mut Vec<Issue>,
    ) -> Result<Option<FacetCounts>> {
        let (Some(own), Some(column)) = (self.sources.falling(), self.sources.only()) else {
            return Ok(None);
        };
        let bytes = column.counted()?;
        let counts = counts::read(&bytes, false).ok_or_else(|| column.damaged())?;
        let place = PERIODS.iter().position(|counted| *counted == period);
        let periods = place.and_then(|place| counts.periods.get(place));
        let Some(periods) = periods.filter(|it| it.imprecise == 0 && counts.held == own.len())
        else {
            return Ok(None);
        };
        let (mut counted, mut found, mut start) = (Vec::new(), 0, own.start as usize);
        // The latest come first.
        let numbered: Vec<(i64, &usize)> = (periods.first..).zip(&periods.counts).collect();
        for (number, count) in numbered.into_iter().rev() {
            let end = start.saturating_add(*count).min(own.end as usize);
            let hits = among.count_in(start as Number..end as Number);
            if hits > 0 {
                counted.push((number, hits));
                found += hits;
            }
            start = end;
        }
        counted.reverse();
        let missing = among.count() - found;
        let values = self.periods(counted, period, warnings);
        Ok(Some(FacetCounts { values, missing, other: 0, imprecise: Some(0) }))
    }

    /// Counts days by period; nothing where entries have several.
    fn by_period(
        &self,
        period: Period,
        among: &Bits,
        warnings: &mut Vec<Issue>,
    ) -> Result<Option<FacetCounts>> {
        let column = self.sources.only().filter(|column| column.cells().is_simple());
        let Some(column) = column else { return Ok(None) };
        // How often each value stands; the values are far fewer than the entries.
        let mut times = vec![0_u32; column.len() as usize];
        let mut missing = 0;
        for number in among.iter() {
            match column.cells().one(number) {
                Some(value) => *times.get_mut(value as usize).ok_or_else(|| column.damaged())? += 1,
                None => missing += 1,
            }
        }
        let mut by = ByPeriod::new(period);
        for (ordinal, times) in (0..).zip(times).filter(|(_, times)| *times > 0) {
            by.add(column.days(ordinal)?, times as usize);
        }
        let (counted, imprecise) = by.finish();
        let values = self.periods(counted, period, warnings);
        Ok(Some(FacetCounts { values, missing, other: 0, imprecise: Some(imprecise) }))
    }

    /// The values of periods that were counted, by their numbers.
    fn periods(
        &self,
        counted: impl IntoIterator<Item = (i64, usize)>,
        period: Period,
        warnings: &mut Vec<Issue>,
    ) -> Vec<FacetValue> {
        let values = counted.into_iter().map(|(number, count)| {
            let value = period_name(number, period);
            (number, FacetValue { value, label: None, count, of: None })
        });
        fill_periods(values.collect(), period, self.name, warnings)
    }

    /// Counts by ordinals, where each has a label of its own.
    fn by_ordinal(&self, among: &Bits) -> Result<Option<FacetCounts>> {
        let Some(column) = self.sources.only().filter(|column| column.info.labels_differ) else {
            return Ok(None);
        };
        let mut counts = vec![0_usize; column.len() as usize];
        let missing = column.rolled()?.tally(among, &mut counts)?;
        let counted = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
        let mut counts = self.top(counted)?;
        counts.missing = missing;
        Ok(Some(counts))
    }

    /// The most frequent values, ties by label.
    fn top(&self, mut counted: Vec<(u32, usize)>) -> Result<FacetCounts> {
        let Some(column) = self.sources.only() else { return Ok(FacetCounts::default()) };
        let limit = self.facet.limit.min(counted.len());
        let all: usize = counted.iter().map(|(_, count)| count).sum();
        if limit == 0 {
            return Ok(FacetCounts { other: all, ..FacetCounts::default() });
        }
        counted.select_nth_unstable_by_key(limit - 1, |(_, count)| std::cmp::Reverse(*count));
        let least = counted[limit - 1].1;
        let bytes = column.counted()?;
        let known = counts::read(&bytes, true).ok_or_else(|| column.damaged())?.top;
        let mut values = Vec::new();
        for (ordinal, count) in counted.into_iter().filter(|(_, count)| *count >= least) {
            if let Some(top) = known.iter().find(|top| top.ordinal == ordinal) {
                values.push(FacetValue { count, ..value_of(top) });
                continue;
            }
            let cell = column.value(ordinal)?;
            let (value, label) = (cell.label(), self.title(&cell)?);
            values.push(FacetValue { value, label, count, of: None });
        }
        values.sort_by(|one, other| {
            other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value))
        });
        values.truncate(limit);
        let shown: usize = values.iter().map(|value| value.count).sum();
        Ok(FacetCounts { values, other: all - shown, ..FacetCounts::default() })
    }

    /// What the entry that a value refers to is called.
    fn title(&self, cell: &Cell<'_>) -> Result<Option<String>> {
        let Cell::Reference(kind, id) = cell else { return Ok(None) };
        let target = self.index.number(kind, id)?;
        target.map(|target| self.index.title(target)).transpose()
    }

    /// Counts by the values themselves.
    fn by_value(&self, among: &Bits, warnings: &mut Vec<Issue>) -> Result<FacetCounts> {
        let mut parents = Parents::default();
        let mut buckets: BTreeMap<String, Bucket> = BTreeMap::new();
        let (mut missing, mut imprecise) = (0, 0);
        for number in among.iter() {
            let cells = self.sources.cells(number)?;
            missing += usize::from(cells.is_empty());
            let mut keys: BTreeMap<String, Option<String>> = BTreeMap::new();
            for cell in &cells {
                match (self.facet.per, cell) {
                    (Some(period), Cell::Date(date)) => match period_key(date, period) {
                        Some(key) => drop(keys.insert(key, None)),
                        None => imprecise += 1,
                    },
                    (_, Cell::Reference(kind, id)) => {
                        self.climb(kind, id, &mut parents, &mut keys)?;
                    }
                    _ => drop(keys.insert(cell.label(), None)),
                }
            }
            for (key, label) in keys {
                let bucket = buckets.entry(key).or_default();
                bucket.label = label;
                bucket.entries.push(number);
            }
        }
        let mut values = Vec::with_capacity(buckets.len());
        for (value, bucket) in buckets {
            let of = match &self.of {
                Some(of) => Some(summary(of, &bucket.entries)?),
                None => None,
            };
            values.push(FacetValue { value, label: bucket.label, count: bucket.entries.len(), of });
        }
        if let Some(period) = self.facet.per {
            let values = numbered_periods(values, period);
            let values = fill_periods(values, period, self.name, warnings);
            return Ok(FacetCounts { values, missing, other: 0, imprecise: Some(imprecise) });
        }
        values.sort_by(|one, other| {
            other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value))
        });
        let rest = values.split_off(self.facet.limit.min(values.len()));
        let other = rest.iter().map(|value| value.count).sum();
        Ok(FacetCounts { values, missing, other, imprecise: None })
    }

    /// A reference and all that stand above it in its tree.
    fn climb(
        &self,
        kind: &str,
        id: &str,
        parents: &mut Parents,
        keys: &mut BTreeMap<String, Option<String>>,
    ) -> Result<()> {
        let mut next = Some(id.to_owned());
        while let Some(id) = next {
            let label = match self.index.number(kind, &id)? {
                Some(number) => Some(self.index.title(number)?),
                None => None,
            };
            // What was counted before has its ancestors counted too; so a circle ends.
            if keys.insert(id.clone(), label).is_some() {
                return Ok(());
            }
            next = parents.of(self.index, kind)?.get(&id).cloned();
        }
        Ok(())
    }
}

fn value_of(top: &Top<'_>) -> FacetValue {
    let (value, label) = (top.label.to_owned(), top.title.map(str::to_owned));
    FacetValue { value, label, count: top.count, of: None }
}

/// The parents of the entries of the kinds that are trees, read when they are first asked for.
#[derive(Default)]
struct Parents(BTreeMap<String, BTreeMap<String, String>>);

impl Parents {
    fn of(&mut self, index: Index<'_>, kind: &str) -> Result<&BTreeMap<String, String>> {
        if !self.0.contains_key(kind) {
            let info = index.kinds().iter().find(|info| info.name() == kind);
            let parents = info.map(|info| index.parents(info)).transpose()?.flatten();
            self.0.insert(kind.to_owned(), parents.unwrap_or_default());
        }
        Ok(&self.0[kind])
    }
}

/// The least, the greatest, the sum and the mean of the values of some entries.
fn summary(of: &Sources<'_>, entries: &[Number]) -> Result<Summary> {
    let mut cells = Vec::new();
    for number in entries {
        cells.extend(of.cells(*number)?);
    }
    let none = |_: &str, _: &str| None;
    let compare = |one: &&Cell<'_>, other: &&Cell<'_>| {
        SortValue::of(one, none).compare(&SortValue::of(other, none))
    };
    let json = |cell: &Cell<'_>| match cell {
        Cell::Number(number) => Json::Number(*number),
        other => Json::String(other.label()),
    };
    let numbers = cells.iter().filter_map(|cell| match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    });
    let numbers: Vec<f64> = numbers.collect();
    let sum = (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>());
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let mean = sum.map(|sum| sum / numbers.len() as f64);
    Ok(Summary {
        count: cells.len(),
        least: cells.iter().min_by(compare).map(json),
        greatest: cells.iter().max_by(compare).map(json),
        sum,
        mean,
    })
}
