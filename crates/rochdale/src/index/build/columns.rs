//! The values of the fields, gathered entry by entry, and made into columns.

use std::collections::BTreeMap;

use super::called::Called;
use super::cells;
use super::lexicon::Lexicon;
use crate::date::Moment;
use crate::field::{FieldType, Fields, Value};
use crate::index::counts::{self, Counts};
use crate::index::dictionary::DictionaryWriter;
use crate::index::key;
use crate::index::schema::{ColumnInfo, KindRange, ValueType};
use crate::index::set::{self, Number};
use crate::json::Json;
use crate::query::{Cell, Collection, Route, Shapes, everywhere, extra_names, path_of};
use crate::store::Writer;
use crate::text::{fold, visible};

/// Texts with longer values are not compared as a whole through the index.
const LONGEST: usize = 512;

/// How many values stand beside their key, where there are so few.
pub(in crate::index) const INLINE: usize = 8;

/// What stands for a day that there is not, or that 32 bits cannot hold.
pub(in crate::index) const NO_DAY: i32 = i32::MIN;

/// A column on its way.
struct Gathered {
    path: String,
    ty: ValueType,
    kind: Option<u32>,
    shapes: Shapes,
    /// Whether a value was too long for the column.
    dropped: bool,
    keys: Lexicon,
    /// The entries and their values, in order.
    cells: Vec<(Number, u32)>,
    present: Vec<Number>,
}

/// All columns on their way.
pub(super) struct Columns {
    /// By kind, the routes to values and their columns.
    routes: Vec<Vec<(Route, usize)>>,
    columns: Vec<Gathered>,
    extras: BTreeMap<(u32, String), usize>,
}

/// The sections of the columns.
pub(super) struct Written {
    pub(super) columns: Vec<ColumnInfo>,
    pub(super) bytes: Vec<u8>,
}

fn value_type(ty: FieldType) -> ValueType {
    match ty {
        FieldType::Text => ValueType::Text,
        FieldType::Keyword | FieldType::Choice(_) => ValueType::Keyword,
        FieldType::Date => ValueType::Date,
        FieldType::Number => ValueType::Number,
        FieldType::Bool => ValueType::Bool,
        FieldType::Reference(_) => ValueType::Reference,
        FieldType::Structure(_) | FieldType::Extra => ValueType::Presence,
    }
}

impl Columns {
    pub(super) fn new(collection: &dyn Collection) -> Self {
        let mut columns: Vec<Gathered> = Vec::new();
        let mut routes = Vec::new();
        for kind in collection.kinds() {
            let mut own = Vec::new();
            everywhere(kind.structure, &mut |route| {
                let path = path_of(kind.structure, route);
                // The own id of an entry is a word, not a reference to something else.
                let ty = if route.steps == [0] {
                    ValueType::Keyword
                } else {
                    value_type(route.field.ty)
                };
                let known =
                    columns.iter().position(|column| column.path == path && column.ty == ty);
                let column = known.unwrap_or_else(|| {
                    columns.push(Gathered::new(path, ty, None));
                    columns.len() - 1
                });
                own.push((route.clone(), column));
            });
            routes.push(own);
        }
        Self { routes, columns, extras: BTreeMap::new() }
    }

    /// Adds the values of the entry of this number, of the kind at this position.
    pub(super) fn add(&mut self, number: Number, kind: usize, entry: &dyn Fields) {
        let position = kind as u32;
        let routes = std::mem::take(&mut self.routes);
        for (route, column) in &routes[kind] {
            route.visit(entry, &mut |value| match value {
                Value::Extra(map) => {
                    if !map.is_empty() {
                        self.columns[*column].note(number);
                    }
                    let path = self.columns[*column].path.clone();
                    extra_names(map, &path, &mut |path, json| {
                        self.extra(number, position, path, json);
                    });
                }
                value => self.columns[*column].value(number, value, route.steps == [0]),
            });
        }
        self.routes = routes;
    }

    fn extra(&mut self, number: Number, kind: u32, path: &str, json: &Json) {
        let key = (kind, path.to_owned());
        let columns = &mut self.columns;
        let column = *self.extras.entry(key).or_insert_with(|| {
            columns.push(Gathered::new(path.to_owned(), ValueType::Extra, Some(kind)));
            columns.len() - 1
        });
        let column = &mut self.columns[column];
        column.shapes.add(json);
        column.push(number, &key::extra(json));
    }

    /// Makes the columns; those without values are left out.
    pub(super) fn write(self, kinds: &[KindRange], called: &Called) -> Written {
        let mut order: Vec<Gathered> =
            self.columns.into_iter().filter(|column| !column.present.is_empty()).collect();
        order.sort_by(|one, other| {
            let key = |column: &Gathered| (column.path.clone(), column.ty as u8, column.kind);
            key(one).cmp(&key(other))
        });
        let mut out = Writer::default();
        let columns = order.into_iter().map(|column| column.write(kinds, called, &mut out));
        let columns = columns.collect();
        Written { columns, bytes: out.bytes }
    }
}

impl Gathered {
    fn new(path: String, ty: ValueType, kind: Option<u32>) -> Self {
        Self {
            path,
            ty,
            kind,
            shapes: Shapes::default(),
            dropped: false,
            keys: Lexicon::default(),
            cells: Vec::new(),
            present: Vec::new(),
        }
    }

    fn note(&mut self, number: Number) {
        if self.present.last() != Some(&number) {
            self.present.push(number);
        }
    }

    fn value(&mut self, number: Number, value: Value<'_>, own_id: bool) {
        self.note(number);
        if self.ty == ValueType::Presence || self.dropped {
            return;
        }
        let key = match value {
            Value::Text(text, markup) => {
                let seen = visible(text, markup);
                if seen.len() > LONGEST {
                    self.dropped = true;
                    self.cells.clear();
                    self.keys = Lexicon::default();
                    return;
                }
                key::text(&seen)
            }
            Value::Reference(_, id) if own_id => key::text(id),
            value => match Cell::of(value) {
                Some(cell) => key::cell(&cell),
                None => return,
            },
        };
        self.push(number, &key);
    }

    fn push(&mut self, number: Number, key: &[u8]) {
        self.note(number);
        let value = self.keys.number(key);
        self.cells.push((number, value));
    }

    fn write(mut self, kinds: &[KindRange], called: &Called, out: &mut Writer) -> ColumnInfo {
        let mut info = ColumnInfo {
            path: std::mem::take(&mut self.path),
            ty: self.ty,
            kind: self.kind,
            shapes: self.shapes.bits(),
            is_exact: self.ty != ValueType::Presence && !self.dropped,
            labels_differ: true,
            is_tree: false,
            falling: 0,
            values: 0..0,
            sets: 0..0,
            cells: 0..0,
            rolled: 0..0,
            present: 0..0,
            notes: 0..0,
            counts: 0..0,
        };
        info.present = add(out, &set::write(&self.present));
        if !info.is_exact {
            return info;
        }
        let rolled = if info.ty == ValueType::Reference { self.roll(called) } else { None };
        let order = self.keys.sorted();
        let keys = || order.iter().map(|value| self.keys.word(*value));
        let mut ordinals = vec![0_u32; order.len()];
        for (ordinal, value) in (0..).zip(&order) {
            ordinals[*value as usize] = ordinal;
        }
        for (_, value) in &mut self.cells {
            *value = ordinals[*value as usize];
        }
        info.is_tree = rolled.is_some();
        let rolled = rolled.map(|mut cells| {
            for (_, value) in &mut cells {
                *value = ordinals[*value as usize];
            }
            // They were in the order in which the values were met.
            cells.sort_unstable();
            cells
        });
        info.labels_differ = key::labels_differ(info.ty, keys());
        info.falling = self.falling(kinds);
        let own = ByValue::new(&self.cells, order.len());
        let rolls = rolled.as_ref().map(|cells| ByValue::new(cells, order.len()));
        let mut sets = Writer::default();
        let mut dictionary = DictionaryWriter::default();
        for (ordinal, key) in keys().enumerate() {
            let mut payload = Writer::default();
            write_set(own.numbers(ordinal), &mut payload, &mut sets);
            if let Some(rolls) = &rolls {
                payload.varint(rolls.numbers(ordinal).len() as u64);
            }
            dictionary.push(key, &payload.bytes);
        }
        info.values = add(out, &dictionary.finish());
        info.sets = add(out, &sets.bytes);
        info.cells = add(out, &cells::write(&self.cells));
        if let Some(cells) = &rolled {
            info.rolled = add(out, &cells::write(cells));
        }
        let notes = match info.ty {
            ValueType::Date => dates(keys()),
            ValueType::Reference => ranks(keys(), called),
            _ => Vec::new(),
        };
        let mut bytes = Writer::default();
        for note in notes {
            bytes.u32(note);
        }
        info.notes = add(out, &bytes.bytes);
        let keys: Vec<&[u8]> = keys().collect();
        info.counts = add(out, &self.counts(&keys, rolled.as_deref(), called));
        info
    }

    /// What is counted of the column.
    fn counts(&self, keys: &[&[u8]], rolled: Option<&[(Number, u32)]>, called: &Called) -> Vec<u8> {
        let times = counts::count(rolled.unwrap_or(&self.cells), keys.len());
        let key = |ordinal: u32| keys[ordinal as usize];
        let title = |ordinal: u32| match self.ty {
            ValueType::Reference => called.title(key(ordinal)),
            _ => None,
        };
        let is_single = self.cells.windows(2).all(|pair| pair[0].0 != pair[1].0);
        let days = |ordinal: u32| {
            let (first, last) = key::bounds(key(ordinal));
            first.zip(last).map(|(first, last)| (first.day, last.day))
        };
        let dates = (0..).zip(&times).map(|(ordinal, times)| (days(ordinal), *times));
        let is_dates = self.ty == ValueType::Date && is_single;
        let counted = Counts {
            held: self.present.len(),
            values: times.iter().filter(|times| **times > 0).count(),
            all: times.iter().sum(),
            top: match self.ty {
                ValueType::Keyword | ValueType::Reference => {
                    counts::top(&times, |at| key::label(self.ty, key(at)).unwrap_or(""), title)
                }
                _ => Vec::new(),
            },
            periods: if is_dates { counts::periods(&dates) } else { Vec::new() },
        };
        counted.write()
    }

    /// The values with those above them in their trees, which are added; nothing where there are
    /// none above any.
    fn roll(&mut self, called: &Called) -> Option<Vec<(Number, u32)>> {
        let mut above: Vec<Vec<u32>> = Vec::new();
        let mut any = false;
        for value in 0..self.keys.len() as u32 {
            let mut chain = vec![value];
            let mut last = value;
            while let Some(parent) = called.above(self.keys.word(last)) {
                last = self.keys.number(parent);
                // A circle ends where it began.
                if chain.contains(&last) {
                    break;
                }
                chain.push(last);
                any = true;
            }
            above.push(chain);
        }
        if !any {
            return None;
        }
        let mut cells = Vec::new();
        for entry in self.cells.chunk_by(|one, other| one.0 == other.0) {
            let mut own: Vec<u32> =
                entry.iter().flat_map(|(_, value)| above[*value as usize].clone()).collect();
            own.sort_unstable();
            own.dedup();
            cells.extend(own.into_iter().map(|value| (entry[0].0, value)));
        }
        Some(cells)
    }

    /// The kinds whose entries have one value each, never rising, and those without one last.
    fn falling(&self, kinds: &[KindRange]) -> u32 {
        let mut falling = 0;
        for (position, kind) in kinds.iter().enumerate().take(32) {
            let start = self.cells.partition_point(|(number, _)| *number < kind.numbers.start);
            let end = self.cells.partition_point(|(number, _)| *number < kind.numbers.end);
            let own = &self.cells[start..end];
            let follow = (kind.numbers.start..).zip(own).all(|(next, (number, _))| next == *number);
            if !own.is_empty() && follow && own.is_sorted_by(|one, other| one.1 >= other.1) {
                falling |= 1 << position;
            }
        }
        falling
    }
}

fn add(out: &mut Writer, bytes: &[u8]) -> std::ops::Range<usize> {
    let start = out.len();
    out.bytes.extend_from_slice(bytes);
    start..out.len()
}

/// For each value the entries that have it.
struct ByValue {
    starts: Vec<usize>,
    numbers: Vec<Number>,
}

impl ByValue {
    fn new(cells: &[(Number, u32)], count: usize) -> Self {
        let mut cells: Vec<(u32, Number)> = cells.iter().map(|(at, value)| (*value, *at)).collect();
        cells.sort_unstable();
        cells.dedup();
        let start = |value| cells.partition_point(|(other, _)| (*other as usize) < value);
        let starts = (0..=count).map(start).collect();
        Self { starts, numbers: cells.into_iter().map(|(_, number)| number).collect() }
    }

    fn numbers(&self, value: usize) -> &[Number] {
        &self.numbers[self.starts[value]..self.starts[value + 1]]
    }
}

/// Writes a set beside its value where it is small, else apart.
fn write_set(numbers: &[Number], payload: &mut Writer, sets: &mut Writer) {
    payload.varint(numbers.len() as u64);
    if numbers.len() <= INLINE {
        let mut before = 0;
        for number in numbers {
            payload.varint(u64::from(number - before));
            before = *number;
        }
        return;
    }
    let bytes = set::write(numbers);
    payload.varint(sets.len() as u64);
    payload.varint(bytes.len() as u64);
    sets.bytes.extend_from_slice(&bytes);
}

/// The number of dates that are wider than a day or not sure, their ordinals, and the first and
/// the last day of every date.
fn dates<'k>(keys: impl Iterator<Item = &'k [u8]> + Clone) -> Vec<u32> {
    let irregular = (0..).zip(keys.clone()).filter(|(_, key)| !key::is_sure_day(key));
    let mut out: Vec<u32> = irregular.map(|(ordinal, _)| ordinal).collect();
    out.insert(0, out.len() as u32);
    for key in keys {
        let (first, last) = key::bounds(key);
        let day = |moment: Option<Moment>| {
            let day = moment.and_then(|moment| i32::try_from(moment.day).ok());
            day.unwrap_or(NO_DAY).cast_unsigned()
        };
        out.extend([day(first), day(last)]);
    }
    out
}

/// For each reference its place in the order of what their entries are called.
fn ranks<'k>(keys: impl Iterator<Item = &'k [u8]>, called: &Called) -> Vec<u32> {
    let called = keys.map(|key| {
        let (_, id) = key::reference(key).unwrap_or_default();
        (fold(called.title(key).unwrap_or(id)), id)
    });
    let called: Vec<_> = called.collect();
    let mut order: Vec<usize> = (0..called.len()).collect();
    order.sort_by_key(|place| &called[*place]);
    let mut ranks = vec![0; called.len()];
    let mut rank = 0;
    for (position, place) in order.iter().enumerate() {
        if position > 0 && called[order[position - 1]] != called[*place] {
            rank += 1;
        }
        ranks[*place] = rank;
    }
    ranks
}
