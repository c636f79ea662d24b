//! What is counted of a column when it is built: its most frequent values, and its periods.

use std::collections::BTreeMap;
use std::ops::Range;

use super::set::Number;
use crate::query::{MOST_PERIODS, Period, period_days, period_number};
use crate::store::{Bytes, Reader, Writer};

/// How many values stand with what they are called.
pub(super) const MOST: usize = 100;

/// The periods that are counted.
pub(super) const PERIODS: [Period; 2] = [Period::Year, Period::Month];

/// What was counted of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counts<'c> {
    /// In how many entries there is a value.
    pub(super) held: usize,
    /// How many values there are, and in how many entries each, added up.
    pub(super) values: usize,
    pub(super) all: usize,
    /// The most frequent values, ties by label.
    pub(super) top: Vec<Top<'c>>,
    /// Of dates of which no entry has several, by [`PERIODS`].
    pub(super) periods: Vec<Periods>,
}

/// A frequent value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Top<'c> {
    pub(super) ordinal: u32,
    pub(super) count: usize,
    pub(super) label: &'c str,
    /// What the entry that it refers to is called.
    pub(super) title: Option<&'c str>,
}

/// The counts of periods that follow each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Periods {
    /// The number of the first one.
    pub(super) first: i64,
    pub(super) counts: Vec<usize>,
    /// How many dates are wider than a period.
    pub(super) imprecise: usize,
}

impl Counts<'_> {
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        for number in [self.held, self.values, self.all, self.top.len()] {
            out.varint(number as u64);
        }
        for top in &self.top {
            out.varint(u64::from(top.ordinal));
            out.varint(top.count as u64);
            out.run(top.label.as_bytes());
            out.u8(u8::from(top.title.is_some()));
            out.run(top.title.unwrap_or_default().as_bytes());
        }
        for periods in &self.periods {
            out.u64(periods.first.cast_unsigned());
            out.varint(periods.imprecise as u64);
            out.varint(periods.counts.len() as u64);
            periods.counts.iter().for_each(|count| out.varint(*count as u64));
        }
        out.bytes
    }
}

/// Reads what was counted.
pub(super) fn read<'c>(bytes: &'c Bytes<'_>, with_top: bool) -> Option<Counts<'c>> {
    let mut reader = Reader::new(bytes);
    let mut counts = Counts {
        held: reader.varint_usize()?,
        values: reader.varint_usize()?,
        all: reader.varint_usize()?,
        ..Counts::default()
    };
    for _ in 0..reader.varint()? {
        let (ordinal, count) = (reader.varint_u32()?, reader.varint_usize()?);
        let (label, has_title, title) = (reader.run()?, reader.u8()? != 0, reader.run()?);
        if with_top {
            let title = if has_title { Some(std::str::from_utf8(title).ok()?) } else { None };
            let label = std::str::from_utf8(label).ok()?;
            counts.top.push(Top { ordinal, count, label, title });
        }
    }
    while !reader.is_at_end() {
        let first = reader.u64()?.cast_signed();
        let mut periods = Periods { first, imprecise: reader.varint_usize()?, counts: Vec::new() };
        for _ in 0..reader.varint()? {
            periods.counts.push(reader.varint_usize()?);
        }
        counts.periods.push(periods);
    }
    Some(counts)
}

/// The days of dates by period, where dates come in order: what period the last one was in is
/// mostly that of the next.
pub(super) struct ByPeriod {
    period: Period,
    last: Option<(i64, Range<i64>, usize)>,
    counts: BTreeMap<i64, usize>,
    pub(super) imprecise: usize,
}

impl ByPeriod {
    pub(super) fn new(period: Period) -> Self {
        Self { period, last: None, counts: BTreeMap::new(), imprecise: 0 }
    }

    /// Counts a date so many times, by its first and its last day, where it has both.
    pub(super) fn add(&mut self, days: Option<(i64, i64)>, times: usize) {
        let Some((first, last)) = days else {
            self.imprecise += times;
            return;
        };
        if let Some((_, days, count)) = &mut self.last
            && days.contains(&first)
        {
            if days.contains(&last) {
                *count += times;
            } else {
                self.imprecise += times;
            }
            return;
        }
        let number = period_number(first, self.period);
        if number != period_number(last, self.period) {
            self.imprecise += times;
            return;
        }
        self.flush();
        self.last = Some((number, period_days(number, self.period), times));
    }

    fn flush(&mut self) {
        if let Some((number, _, count)) = self.last.take() {
            *self.counts.entry(number).or_default() += count;
        }
    }

    /// The periods that have dates, in order.
    pub(super) fn finish(mut self) -> (BTreeMap<i64, usize>, usize) {
        self.flush();
        (self.counts, self.imprecise)
    }
}

/// Makes the counts of the periods of dates, given by their days and how many entries have each.
pub(super) fn periods(
    dates: &(impl Iterator<Item = (Option<(i64, i64)>, usize)> + Clone),
) -> Vec<Periods> {
    let mut out = Vec::new();
    for period in PERIODS {
        let mut by = ByPeriod::new(period);
        dates.clone().for_each(|(days, times)| by.add(days, times));
        let (counts, imprecise) = by.finish();
        let (first, last) = match (counts.first_key_value(), counts.last_key_value()) {
            (Some((first, _)), Some((last, _))) => (*first, *last),
            _ => (0, -1),
        };
        // Where there are too many, they are counted when they are asked for.
        if last - first > MOST_PERIODS {
            return Vec::new();
        }
        let of = |number: i64| counts.get(&number).copied().unwrap_or_default();
        out.push(Periods { first, imprecise, counts: (first..=last).map(of).collect() });
    }
    out
}

/// The most frequent of values, of which each has so many entries; ties by label.
pub(super) fn top<'c>(
    counts: &[usize],
    label: impl Fn(u32) -> &'c str,
    title: impl Fn(u32) -> Option<&'c str>,
) -> Vec<Top<'c>> {
    let counted = (0..).zip(counts).filter(|(_, count)| **count > 0);
    let mut ordinals: Vec<(u32, usize)> =
        counted.map(|(ordinal, count)| (ordinal, *count)).collect();
    ordinals.sort_by(|(one, count), (other, others)| {
        others.cmp(count).then_with(|| label(*one).cmp(label(*other)))
    });
    ordinals.truncate(MOST);
    let top = ordinals.into_iter().map(|(ordinal, count)| Top {
        ordinal,
        count,
        label: label(ordinal),
        title: title(ordinal),
    });
    top.collect()
}

/// How many entries each of so many values has, by the values of entries in order.
pub(super) fn count(cells: &[(Number, u32)], values: usize) -> Vec<usize> {
    let mut counts = vec![0; values];
    let mut last = vec![None; values];
    for (number, value) in cells {
        let last = last[*value as usize].replace(*number);
        counts[*value as usize] += usize::from(last != Some(*number));
    }
    counts
}
