//! Sets of entry numbers, read in place: containers of 65,536 numbers each, as a sorted list, as
//! bits or as runs, whichever is smallest (after Roaring bitmaps, Lemire et al., 2016).

use std::ops::Range;

use super::search::partition_near;
use crate::Result;
use crate::store::{Bytes, Section, Writer};

/// The number of an entry in a segment.
pub(super) type Number = u32;

/// What stands for the end of numbers.
pub(super) const END: Number = u32::MAX;

/// How many bytes the row of a container has.
const ROW: usize = 12;

/// How many bytes a container of bits has.
const BITS: usize = 8192;

const LIST: u16 = 0;
const DENSE: u16 = 1;
const RUNS: u16 = 2;

/// The bytes of a set of ascending numbers.
pub(super) fn write(numbers: &[Number]) -> Vec<u8> {
    let mut rows = Writer::default();
    let mut data = Writer::default();
    let parts = numbers.chunk_by(|one, other| one >> 16 == other >> 16);
    let count = parts.clone().count();
    for part in parts {
        let low: Vec<u16> = part.iter().map(|number| (number & 0xffff) as u16).collect();
        let runs: Vec<&[u16]> = low.chunk_by(|one, other| one + 1 == *other).collect();
        rows.u16((part[0] >> 16) as u16);
        let (list, dense) = (low.len() * 2, BITS);
        let kind = match runs.len() * 4 {
            size if size < list.min(dense) => RUNS,
            _ if list <= dense => LIST,
            _ => DENSE,
        };
        rows.u16(kind);
        let units = if kind == RUNS { runs.len() } else { low.len() };
        rows.u32(u32::try_from(units).expect("a container has at most 65,536 numbers"));
        rows.u32(u32::try_from(data.len()).expect("a set is below 4 GiB"));
        match kind {
            LIST => low.iter().for_each(|number| data.u16(*number)),
            RUNS => runs.iter().for_each(|run| {
                data.u16(run[0]);
                data.u16(run[run.len() - 1]);
            }),
            _ => {
                let mut words = vec![0_u64; BITS / 8];
                for number in low {
                    words[usize::from(number / 64)] |= 1 << (number % 64);
                }
                for word in words {
                    data.u64(word);
                }
            }
        }
    }
    let mut out = Writer::default();
    out.u32(u32::try_from(count).expect("there are at most 65,536 containers"));
    out.bytes.extend_from_slice(&rows.bytes);
    out.bytes.extend_from_slice(&data.bytes);
    out.bytes
}

/// A set in a section, and where the last question ended.
#[derive(Clone)]
pub(super) struct Set<'a> {
    section: Section<'a>,
    bytes: Bytes<'a>,
    containers: usize,
    current: Option<Current>,
}

/// Where a question ended.
#[derive(Clone, Copy)]
struct Current {
    /// From where on was asked.
    from: Number,
    position: usize,
    container: Container,
    /// The place in a container of a list or of runs.
    place: usize,
}

/// A container of a set.
#[derive(Clone, Copy)]
struct Container {
    base: Number,
    kind: u16,
    units: usize,
    start: usize,
}

impl<'a> Set<'a> {
    pub(super) fn open(section: Section<'a>) -> Result<Self> {
        let bytes = section.all()?;
        let count = bytes
            .get(..4)
            .map(|count| u32::from_le_bytes([count[0], count[1], count[2], count[3]]));
        let containers = count.unwrap_or(u32::MAX) as usize;
        if containers.checked_mul(ROW).is_none_or(|rows| rows + 4 > bytes.len()) {
            return Err(section.damaged());
        }
        Ok(Self { section, bytes, containers, current: None })
    }

    fn container(&self, position: usize) -> Result<Container> {
        let at = 4 + position * ROW;
        let damaged = || self.section.damaged();
        let row = self.bytes.get(at..at + ROW).ok_or_else(damaged)?;
        let short = |at: usize| u16::from_le_bytes([row[at], row[at + 1]]);
        let long = |at: usize| {
            u32::from_le_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]]) as usize
        };
        let (kind, units) = (short(2), long(4));
        let size = match kind {
            LIST => units * 2,
            RUNS => units * 4,
            DENSE => BITS,
            _ => return Err(damaged()),
        };
        let start = 4 + self.containers * ROW + long(8);
        if units == 0 || units > 1 << 16 || start + size > self.bytes.len() {
            return Err(damaged());
        }
        Ok(Container { base: Number::from(short(0)) << 16, kind, units, start })
    }

    /// About how many numbers there are, from the rows alone.
    pub(super) fn estimate(&self) -> usize {
        let units = |position| match self.container(position) {
            Ok(Container { kind: RUNS, .. }) | Err(_) => 1 << 16,
            Ok(container) => container.units,
        };
        (0..self.containers).map(units).sum()
    }

    /// Adds the numbers of a range, and perhaps others, to those in memory.
    pub(super) fn fill(&self, numbers: &Range<Number>, bits: &mut Bits) -> Result<()> {
        for position in 0..self.containers {
            let Container { base, kind, units, start } = self.container(position)?;
            if base >= numbers.end || base | 0xffff < numbers.start {
                continue;
            }
            let number = |at: usize| base | Number::from(self.short(at));
            match kind {
                LIST => {
                    let number = |place: usize| number(start + place * 2);
                    let first = partition_near(0..units, |place| number(place) < numbers.start);
                    let inside = (first..units).map(number);
                    inside.take_while(|it| *it < numbers.end).for_each(|it| bits.insert(it));
                }
                RUNS => {
                    for at in (start..start + units * 4).step_by(4) {
                        bits.insert_range(number(at)..number(at + 2).saturating_add(1));
                    }
                }
                _ => {
                    let first = (numbers.start.max(base) - base) as usize / 64;
                    let end = ((numbers.end - base) as usize).div_ceil(64).min(BITS / 8);
                    let words = self.bytes[start + first * 8..start + end * 8].as_chunks::<8>().0;
                    let words = words.iter().map(|word| u64::from_le_bytes(*word));
                    bits.insert_words(base + first as Number * 64, words);
                }
            }
        }
        Ok(())
    }

    /// The least number of the set that is not below `from`.
    pub(super) fn seek(&mut self, from: Number) -> Result<Number> {
        let mut current = match self.current {
            Some(current) if from >= current.from => Current { from, ..current },
            _ if self.containers == 0 => return Ok(END),
            _ => Current { from, position: 0, container: self.container(0)?, place: 0 },
        };
        loop {
            let container = current.container;
            if container.base | 0xffff >= from {
                let low = if from > container.base { (from - container.base) as u16 } else { 0 };
                if let Some(found) = self.within(container, low, &mut current.place) {
                    self.current = Some(current);
                    let found = container.base | Number::from(found);
                    return if found < from { Err(self.section.damaged()) } else { Ok(found) };
                }
            }
            if current.position + 1 >= self.containers {
                return Ok(END);
            }
            current.position += 1;
            current.place = 0;
            current.container = self.container(current.position)?;
            if current.container.base <= container.base {
                return Err(self.section.damaged());
            }
        }
    }

    fn short(&self, at: usize) -> u16 {
        u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]])
    }

    /// The least number of a container that is not below `low`, sought from a place on that is not
    /// behind it.
    fn within(&self, container: Container, low: u16, at: &mut usize) -> Option<u16> {
        let Container { kind, units, start, .. } = container;
        match kind {
            LIST => {
                *at = partition_near(*at..units, |place| self.short(start + place * 2) < low);
                (*at < units).then(|| self.short(start + *at * 2))
            }
            RUNS => {
                *at = partition_near(*at..units, |place| self.short(start + place * 4 + 2) < low);
                (*at < units).then(|| self.short(start + *at * 4).max(low))
            }
            _ => {
                let word = |place: usize| {
                    let at = start + place * 8;
                    let bytes = &self.bytes[at..at + 8];
                    u64::from_le_bytes(bytes.try_into().expect("there are eight bytes"))
                };
                let first = usize::from(low / 64);
                let mut bits = word(first) & (u64::MAX << (low % 64));
                for place in first.. {
                    if bits != 0 {
                        return u16::try_from(place * 64 + bits.trailing_zeros() as usize).ok();
                    }
                    if place + 1 >= BITS / 8 {
                        return None;
                    }
                    bits = word(place + 1);
                }
                None
            }
        }
    }
}

/// A set of numbers below a limit, in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    end: Number,
}

impl Bits {
    /// No number, of those below `end`.
    pub(super) fn new(end: Number) -> Self {
        Self { words: vec![0; (end as usize).div_ceil(64)], end }
    }

    pub(super) fn insert(&mut self, number: Number) {
        if number < self.end {
            self.words[number as usize / 64] |= 1 << (number % 64);
        }
    }

    pub(super) fn insert_range(&mut self, range: Range<Number>) {
        let end = range.end.min(self.end);
        let mut from = range.start;
        while from < end {
            let to = end.min((from / 64 + 1) * 64);
            let ones = u64::MAX >> (64 - (to - from));
            self.words[from as usize / 64] |= ones << (from % 64);
            from = to;
        }
    }

    /// Adds the numbers of words of bits, of which the first begins at `base`, a multiple of 64.
    fn insert_words(&mut self, base: Number, words: impl Iterator<Item = u64>) {
        let own = self.words.iter_mut().skip(base as usize / 64);
        own.zip(words).for_each(|(own, word)| *own |= word);
        // What lies behind the end is damage, and no number.
        if let Some(last) = self.words.last_mut().filter(|_| !self.end.is_multiple_of(64)) {
            *last &= u64::MAX >> (64 - self.end % 64);
        }
    }

    /// Adds others.
    pub(super) fn add(&mut self, others: &Self) {
        self.words.iter_mut().zip(&others.words).for_each(|(own, other)| *own |= other);
    }

    /// Keeps what is among others too.
    pub(super) fn keep(&mut self, others: &Self) {
        self.words.iter_mut().zip(&others.words).for_each(|(own, other)| *own &= other);
    }

    /// Drops what is among others.
    pub(super) fn drop_all(&mut self, others: &Self) {
        self.words.iter_mut().zip(&others.words).for_each(|(own, other)| *own &= !other);
    }

    /// Keeps the numbers that fit.
    pub(super) fn retain(&mut self, mut fits: impl FnMut(Number) -> Result<bool>) -> Result<()> {
        for (place, own) in self.words.iter_mut().enumerate() {
            let mut word = *own;
            while word != 0 {
                let bit = word.trailing_zeros();
                word &= word - 1;
                if !fits(place as Number * 64 + bit)? {
                    *own &= !(1 << bit);
                }
            }
        }
        Ok(())
    }

    pub(super) fn contains(&self, number: Number) -> bool {
        number < self.end && self.words[number as usize / 64] >> (number % 64) & 1 == 1
    }

    /// How many numbers there are.
    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many numbers there are in a range.
    pub(super) fn count_in(&self, range: Range<Number>) -> usize {
        let range = range.start..range.end.min(self.end);
        if range.is_empty() {
            return 0;
        }
        let (first, last) = (range.start as usize / 64, (range.end - 1) as usize / 64);
        let ones =
            |words: &[u64]| -> usize { words.iter().map(|word| word.count_ones() as usize).sum() };
        // What stands before and behind the range in its first and its last word.
        let before = self.words[first] & !(u64::MAX << (range.start % 64));
        let behind = self.words[last] & (u64::MAX << 1 << ((range.end - 1) % 64));
        ones(&self.words[first..=last]) - ones(&[before, behind])
    }

    /// The least number that is not below `from`.
    pub(super) fn seek(&self, from: Number) -> Number {
        if from >= self.end {
            return END;
        }
        let first = from as usize / 64;
        let mut bits = self.words[first] & (u64::MAX << (from % 64));
        for place in first.. {
            if bits != 0 {
                return place as Number * 64 + bits.trailing_zeros();
            }
            match self.words.get(place + 1) {
                Some(word) => bits = *word,
                None => break,
            }
        }
        END
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Number> + '_ {
        self.words.iter().enumerate().flat_map(|(place, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros())?;
                word &= word - 1;
                Some(place as Number * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::store::{Store, StoreWriter};

    fn stored(bytes: Vec<u8>) -> Store {
        let mut writer = StoreWriter::default();
        writer.section("set", 0, bytes);
        Store::open(Box::new(writer.finish())).unwrap()
    }

    fn numbers() -> impl Strategy<Value = BTreeSet<Number>> {
        let sparse = prop::collection::btree_set(0_u32..300_000, 0..200);
        let runs = prop::collection::vec((0_u32..200_000, 0_u32..9000), 0..6);
        (sparse, runs).prop_map(|(mut numbers, runs)| {
            numbers.extend(runs.into_iter().flat_map(|(start, length)| start..start + length));
            numbers
        })
    }

    proptest! {
        #[test]
        fn sets_hold_their_numbers(numbers in numbers(), asked in prop::collection::vec(0_u32..310_000, 0..40)) {
            let list: Vec<_> = numbers.iter().copied().collect();
            let store = stored(write(&list));
            let mut set = Set::open(store.section("set", 0).unwrap()).unwrap();
            let mut bits = Bits::new(310_000);
            let mut number = set.seek(0).unwrap();
            while number != END {
                bits.insert(number);
                number = set.seek(number + 1).unwrap();
            }
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), list);
            prop_assert_eq!(bits.count(), numbers.len());
            for from in asked.iter().flat_map(|from| [*from, from / 2, *from, *from + 1]) {
                let expected = numbers.range(from..).next().copied().unwrap_or(END);
                prop_assert_eq!(set.seek(from).unwrap(), expected);
                prop_assert_eq!(bits.seek(from), expected);
            }
            prop_assert!(set.estimate() >= numbers.len());
            let mut filled = Bits::new(310_000);
            set.fill(&(0..END), &mut filled).unwrap();
            prop_assert_eq!(&filled, &bits);
            let mut part = Bits::new(70_001);
            set.fill(&(0..END), &mut part).unwrap();
            prop_assert!(part.iter().eq(numbers.range(..70_001).copied()));
            let [from, to] = [asked.iter().min(), asked.iter().max()].map(|it| *it.unwrap_or(&0));
            let mut inside = Bits::new(310_000);
            set.fill(&(from..to), &mut inside).unwrap();
            for number in numbers.range(from..to) {
                prop_assert!(inside.contains(*number));
            }
            inside.drop_all(&bits);
            prop_assert_eq!(inside.count(), 0);
            let (mut all, mut kept) = (Bits::new(310_000), Bits::new(310_000));
            all.insert_range(0..310_000);
            kept.insert_range(65_500..65_700);
            prop_assert_eq!(all.count(), 310_000);
            kept.keep(&bits);
            prop_assert!(kept.iter().eq(numbers.range(65_500..65_700).copied()));
            bits.retain(|number| Ok(number % 3 > 0)).unwrap();
            filled.drop_all(&bits);
            prop_assert!(filled.iter().eq(numbers.iter().copied().filter(|number| number % 3 == 0)));
        }

        #[test]
        fn damage_never_panics(numbers in numbers(), place in any::<prop::sample::Index>(), value in any::<u8>()) {
            let mut bytes = write(&numbers.into_iter().collect::<Vec<_>>());
            let place = place.index(bytes.len().min(200));
            bytes[place] = value;
            let store = stored(bytes);
            if let Ok(mut set) = Set::open(store.section("set", 0).unwrap()) {
                let _ = set.seek(0);
                let _ = set.seek(70_000);
            }
        }
    }
}
