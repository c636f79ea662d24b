//! Columns as they are read: the values of an entry, the entries of a value.

use std::ops::Range;

use super::build::{INLINE, NO_DAY};
use super::dictionary::{Dictionary, Step};
use super::key;
use super::schema::{ColumnInfo, ValueType};
use super::search::try_partition;
use super::set::{Bits, END, Number, Set};
use crate::Result;
use crate::date::Date;
use crate::query::{Asked as Operand, Cell, Certainty, Operator, Shape};
use crate::store::{Bytes, Reader, Section};

/// A column that is read.
#[derive(Clone)]
pub(super) struct Column<'a> {
    pub(super) info: &'a ColumnInfo,
    section: Section<'a>,
    values: Dictionary<'a>,
    cells: Cells<'a>,
    notes: Bytes<'a>,
}

/// The entries of one value.
#[derive(Clone)]
pub(super) enum Holders<'a> {
    Few(Vec<Number>),
    Many(Set<'a>),
}

impl Holders<'_> {
    /// The least entry that is not below `from`.
    pub(super) fn seek(&mut self, from: Number) -> Result<Number> {
        match self {
            Self::Few(numbers) => {
                Ok(numbers.iter().copied().find(|number| *number >= from).unwrap_or(END))
            }
            Self::Many(set) => set.seek(from),
        }
    }
}

impl<'a> Column<'a> {
    /// A column whose values are in the index.
    pub(super) fn open(info: &'a ColumnInfo, section: Section<'a>) -> Result<Self> {
        let part = |range: &Range<usize>| section.part(range.clone());
        Ok(Self {
            info,
            values: Dictionary::open(part(&info.values)?)?,
            cells: Cells::open(part(&info.cells)?)?,
            notes: part(&info.notes)?.all()?,
            section,
        })
    }

    /// The entries that have any value of a column.
    pub(super) fn present(info: &ColumnInfo, section: &Section<'a>) -> Result<Set<'a>> {
        Set::open(section.part(info.present.clone())?)
    }

    /// The error of values that cannot be.
    pub(super) fn damaged(&self) -> crate::Error {
        self.section.damaged()
    }

    /// How many different values there are.
    pub(super) fn len(&self) -> u32 {
        self.values.len()
    }

    /// The values of an entry, by ordinal, in their order.
    pub(super) fn cells(&self) -> &Cells<'a> {
        &self.cells
    }

    /// The values of an entry with those above them.
    pub(super) fn rolled(&self) -> Result<Cells<'a>> {
        if self.info.is_tree {
            Cells::open(self.section.part(self.info.rolled.clone())?)
        } else {
            Ok(self.cells.clone())
        }
    }

    /// The value of an ordinal.
    pub(super) fn value(&self, ordinal: u32) -> Result<Cell<'static>> {
        let (key, _) = self.values.at(ordinal)?;
        key::read(self.info.ty, &key).ok_or_else(|| self.section.damaged())
    }

    /// The value of an ordinal of `extra`, read by a shape.
    pub(super) fn extra(&self, ordinal: u32, shape: Shape) -> Result<Cell<'static>> {
        let (key, _) = self.values.at(ordinal)?;
        let json = key::read_extra(&key).ok_or_else(|| self.section.damaged())?;
        Ok(Cell::of_extra(&json, shape).into_owned())
    }

    /// The ordinal of a value, by its key.
    pub(super) fn ordinal(&self, key: &[u8]) -> Result<Option<u32>> {
        Ok(self.values.get(key)?.map(|found| found.ordinal))
    }

    /// The entries of a value, and how many there are.
    pub(super) fn holders(&self, ordinal: u32) -> Result<(Holders<'a>, usize)> {
        let (_, payload) = self.values.at(ordinal)?;
        self.read_holders(&payload)
    }

    fn read_holders(&self, payload: &[u8]) -> Result<(Holders<'a>, usize)> {
        let mut reader = Reader::new(payload);
        let mut read = || {
            let count = reader.varint_usize()?;
            if count <= INLINE {
                let (mut number, mut numbers): (u32, Vec<_>) = (0, Vec::with_capacity(count));
                for _ in 0..count {
                    number = number.checked_add(reader.varint_u32()?)?;
                    numbers.push(number);
                }
                return Some((count, Ok(numbers)));
            }
            let start = reader.varint_usize()?;
            Some((count, Err(start..start.checked_add(reader.varint_usize()?)?)))
        };
        let (count, place) = read().ok_or_else(|| self.section.damaged())?;
        let holders = match place {
            Ok(numbers) => Holders::Few(numbers),
            Err(range) => {
                let start = self.info.sets.start;
                let (from, to) = (start.checked_add(range.start), start.checked_add(range.end));
                let (Some(from), Some(to)) = (from, to) else { return Err(self.section.damaged()) };
                Holders::Many(Set::open(self.section.part(from..to)?)?)
            }
        };
        Ok((holders, count))
    }

    /// The bytes of what was counted when the column was built.
    pub(super) fn counted(&self) -> Result<Bytes<'a>> {
        self.section.part(self.info.counts.clone())?.all()
    }

    /// What an order compares: ordinals, or for references their places among what their entries
    /// are called.
    pub(super) fn rank(&self, ordinal: u32) -> Result<u32> {
        if self.info.ty == ValueType::Reference { self.note(ordinal as usize) } else { Ok(ordinal) }
    }

    fn note(&self, position: usize) -> Result<u32> {
        let note = self.notes.get(position * 4..position * 4 + 4);
        let note = note.ok_or_else(|| self.section.damaged())?;
        Ok(u32::from_le_bytes([note[0], note[1], note[2], note[3]]))
    }

    /// The ordinals of the values that meet a test, as ranges in order.
    pub(super) fn matching(
        &self,
        op: Operator,
        certainty: Certainty,
        operand: &Operand,
        shape: Option<Shape>,
    ) -> Result<Vec<Range<u32>>> {
        let meets = |cell: &Cell<'_>| operand.meets(op, certainty, cell);
        let mut out = Ranges::default();
        match (operand, self.info.ty) {
            (_, ValueType::Extra) => {
                let shape = shape.unwrap_or(Shape::Keyword);
                for ordinal in 0..self.len() {
                    out.add(ordinal, meets(&self.extra(ordinal, shape)?));
                }
            }
            (Operand::Keyword(asked), _) => {
                let front =
                    if op == Operator::Prefix { key::front(asked) } else { key::folded(asked) };
                self.values.walk(&front, &mut |item| {
                    if !item.key.starts_with(&front) {
                        return Ok(Step::Stop);
                    }
                    let cell = key::read(self.info.ty, item.key);
                    let cell = cell.ok_or_else(|| self.section.damaged())?;
                    out.add(item.ordinal, meets(&cell));
                    Ok(Step::Next)
                })?;
            }
            (Operand::References(asked), _) => {
                let mut found = Vec::new();
                for (kind, id) in asked {
                    found.extend(self.ordinal(&key::of_reference(kind, id))?);
                }
                found.sort_unstable();
                for ordinal in found {
                    out.add(ordinal, true);
                }
            }
            (Operand::Date(span), _) => self.dates(span, &meets, &mut out)?,
            _ => {
                for ordinal in 0..self.len() {
                    out.add(ordinal, meets(&self.value(ordinal)?));
                }
            }
        }
        Ok(out.ranges)
    }

    /// The dates that meet a test.
    ///
    /// Of those that lie within one day and are sure, all that fall between the days on which the
    /// bounds of the test lie meet it or none does; so one of them speaks for all. The others are
    /// looked at one by one.
    fn dates(
        &self,
        span: &(Date, Date),
        meets: &dyn Fn(&Cell<'_>) -> bool,
        out: &mut Ranges,
    ) -> Result<()> {
        let bounds = [span.0.earliest(), span.0.latest(), span.1.earliest(), span.1.latest()];
        let mut days: Vec<i64> = bounds.into_iter().flatten().map(|moment| moment.day).collect();
        days.sort_unstable();
        days.dedup();
        let mut edges = vec![0];
        let mut single = Vec::new();
        for day in days {
            let (start, end) = (key::from_day(day), key::from_day(day.saturating_add(1)));
            let (start, end) = (self.values.rank(&start)?, self.values.rank(&end)?);
            edges.extend([start, end]);
            single.push(start..end);
        }
        edges.push(self.len());
        let irregular = self.irregular()?;
        for pair in edges.windows(2) {
            let (start, end) = (pair[0], pair[1]);
            if single.contains(&(start..end)) {
                for ordinal in start..end {
                    out.add(ordinal, meets(&self.value(ordinal)?));
                }
                continue;
            }
            let mut speaks: Option<bool> = None;
            let mut ordinal = start;
            let mut note = self.first_note(start)?;
            while ordinal < end {
                let next = if note <= irregular { self.note(note)?.min(end) } else { end };
                if next > ordinal {
                    let met = match speaks {
                        Some(met) => met,
                        None => *speaks.insert(meets(&self.value(ordinal)?)),
                    };
                    out.add_range(ordinal..next, met);
                }
                if next < end {
                    out.add(next, meets(&self.value(next)?));
                    note += 1;
                }
                ordinal = next.saturating_add(1);
            }
        }
        Ok(())
    }

    /// How many dates are wider than a day or not sure.
    fn irregular(&self) -> Result<usize> {
        Ok(self.note(0)? as usize)
    }

    /// The first and the last day of a date, where they are known.
    pub(super) fn days(&self, ordinal: u32) -> Result<Option<(i64, i64)>> {
        let at = 1 + self.irregular()? + ordinal as usize * 2;
        let (first, last) = (self.note(at)?.cast_signed(), self.note(at + 1)?.cast_signed());
        if first != NO_DAY && last != NO_DAY {
            return Ok(Some((i64::from(first), i64::from(last))));
        }
        // Far days do not fit; the key has them.
        let (key, _) = self.values.at(ordinal)?;
        let (first, last) = key::bounds(&key);
        Ok(first.zip(last).map(|(first, last)| (first.day, last.day)))
    }

    /// The place of the first irregular date that is not below an ordinal.
    fn first_note(&self, ordinal: u32) -> Result<usize> {
        try_partition(1..1 + self.irregular()?, |place| Ok(self.note(place)? < ordinal))
    }
}

/// Ranges of ordinals that are added in order.
#[derive(Default)]
struct Ranges {
    ranges: Vec<Range<u32>>,
}

impl Ranges {
    fn add(&mut self, ordinal: u32, met: bool) {
        self.add_range(ordinal..ordinal + 1, met);
    }

    fn add_range(&mut self, ordinals: Range<u32>, met: bool) {
        if !met {
            return;
        }
        match self.ranges.last_mut() {
            Some(last) if last.end == ordinals.start => last.end = ordinals.end,
            _ => self.ranges.push(ordinals),
        }
    }
}

/// Whether an ordinal is in one of the ranges.
pub(super) fn within(ranges: &[Range<u32>], ordinal: u32) -> bool {
    if let [range] = ranges {
        return range.contains(&ordinal);
    }
    let place = ranges.partition_point(|range| range.end <= ordinal);
    ranges.get(place).is_some_and(|range| range.contains(&ordinal))
}

/// The values of each entry, by ordinal.
#[derive(Clone)]
pub(super) struct Cells<'a> {
    section: Section<'a>,
    bytes: Bytes<'a>,
    is_single: bool,
    is_dense: bool,
    width: usize,
    first: Number,
    count: usize,
}

/// How many bytes the head of cells has.
const HEAD: usize = 12;

impl<'a> Cells<'a> {
    fn open(section: Section<'a>) -> Result<Self> {
        let bytes = section.all()?;
        let mut reader = Reader::new(&bytes);
        let mut head = || {
            let (flags, width) = (reader.u8()?, usize::from(reader.u8()?));
            reader.u16()?;
            Some((flags, width, reader.u32()?, reader.u32()? as usize))
        };
        let Some((flags, width @ (1 | 2 | 4), first, count)) = head() else {
            return Err(section.damaged());
        };
        let (is_single, is_dense) = (flags & 1 != 0, flags & 2 != 0);
        Ok(Self { section, bytes, is_single, is_dense, width, first, count })
    }

    /// Whether no entry has several values, and each is found by its number.
    pub(super) fn is_simple(&self) -> bool {
        self.is_single && self.is_dense
    }

    #[inline]
    fn number(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at + self.width)?;
        Some(match bytes {
            [one] => u32::from(*one),
            [one, two] => u32::from(u16::from_le_bytes([*one, *two])),
            [one, two, three, four] => u32::from_le_bytes([*one, *two, *three, *four]),
            _ => return None,
        })
    }

    fn word(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// The only value of an entry of simple cells.
    #[inline]
    pub(super) fn one(&self, number: Number) -> Option<u32> {
        let place = number.checked_sub(self.first)? as usize;
        if place >= self.count {
            return None;
        }
        self.number(HEAD + place * self.width)?.checked_sub(1)
    }

    /// Visits the values of an entry in their order.
    #[inline]
    pub(super) fn each(&self, number: Number, mut visit: impl FnMut(u32)) -> Result<()> {
        if self.is_simple() {
            if let Some(value) = self.one(number) {
                visit(value);
            }
            return Ok(());
        }
        let damaged = || self.section.damaged();
        let (starts, data) = if self.is_dense {
            (HEAD, HEAD + (self.count + 1) * 4)
        } else {
            (HEAD + self.count * 4, HEAD + (2 * self.count + 1) * 4)
        };
        let place = if self.is_dense {
            number.checked_sub(self.first).map(|place| place as usize)
        } else {
            self.sparse(number)
        };
        let Some(place) = place.filter(|place| *place < self.count) else { return Ok(()) };
        let start = self.word(starts + place * 4).ok_or_else(damaged)? as usize;
        let end = self.word(starts + (place + 1) * 4).ok_or_else(damaged)? as usize;
        for at in start..end {
            visit(self.number(data + at * self.width).ok_or_else(damaged)?);
        }
        Ok(())
    }

    /// Counts the entries of each value, by ordinal; how many entries have none.
    pub(super) fn tally(&self, among: &Bits, counts: &mut [usize]) -> Result<usize> {
        if self.is_simple() {
            return self.tally_simple(among, counts);
        }
        let damaged = || self.section.damaged();
        let (mut missing, mut own) = (0, Vec::new());
        for number in among.iter() {
            own.clear();
            self.each(number, |ordinal| own.push(ordinal))?;
            missing += usize::from(own.is_empty());
            // A value that stands twice in an entry counts once.
            own.sort_unstable();
            own.dedup();
            for ordinal in &own {
                *counts.get_mut(*ordinal as usize).ok_or_else(damaged)? += 1;
            }
        }
        Ok(missing)
    }

    fn tally_simple(&self, among: &Bits, counts: &mut [usize]) -> Result<usize> {
        let damaged = || self.section.damaged();
        let end = self.count.checked_mul(self.width).and_then(|length| length.checked_add(HEAD));
        let data = end.and_then(|end| self.bytes.get(HEAD..end)).ok_or_else(damaged)?;
        let (mut missing, mut wrong) = (0, false);
        let mut count = |value: Option<u32>| match value.unwrap_or(0).checked_sub(1) {
            None => missing += 1,
            Some(ordinal) => match counts.get_mut(ordinal as usize) {
                Some(count) => *count += 1,
                None => wrong = true,
            },
        };
        let places = among.iter().map(|number| number.wrapping_sub(self.first) as usize);
        match self.width {
            1 => places.for_each(|at| count(data.get(at).map(|byte| u32::from(*byte)))),
            2 => {
                let data = data.as_chunks::<2>().0;
                let value = |bytes: &[u8; 2]| u32::from(u16::from_le_bytes(*bytes));
                places.for_each(|at| count(data.get(at).map(value)));
            }
            _ => {
                let data = data.as_chunks::<4>().0;
                places.for_each(|at| count(data.get(at).map(|bytes| u32::from_le_bytes(*bytes))));
            }
        }
        if wrong { Err(damaged()) } else { Ok(missing) }
    }

    /// The place of an entry among those that have values.
    fn sparse(&self, number: Number) -> Option<usize> {
        let at = |place: usize| self.word(HEAD + place * 4);
        let before = |place| at(place).map(|it| it < number).ok_or(());
        let place = try_partition(0..self.count, before).ok()?;
        (at(place)? == number).then_some(place)
    }

    /// The entries of a run of numbers, whose values never rise, that have one of these values.
    pub(super) fn falling(&self, numbers: Range<Number>, values: Range<u32>) -> Range<Number> {
        let first = |below: u32| {
            let (mut low, mut high) = (numbers.start, numbers.end);
            while low < high {
                let middle = low + (high - low) / 2;
                // Those without a value come last, as if they were least.
                if self.one(middle).is_some_and(|value| value >= below) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        first(values.end)..first(values.start)
    }
}
