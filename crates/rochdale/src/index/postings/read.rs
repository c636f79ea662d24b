//! Reading of lists: to the next number, to one that is not below another, past whole blocks.

use smallvec::SmallVec;

use super::pairs::{self, Pair};
use super::positions::{Positions, pass_entry};
use super::{ROW, blocks};
use crate::Result;
use crate::index::pack::{self, RUN, Run};
use crate::index::search::partition_near;
use crate::index::set::{END, Number};
use crate::store::{Bytes, Reader, Section};

/// A list as its head describes it; nothing of it is read yet.
#[derive(Clone)]
pub(crate) struct List<'a> {
    /// In how many entries the word stands.
    pub(crate) count: u32,
    place: Place,
    /// How many entries the index has: all numbers are below.
    end: Number,
    lists: Section<'a>,
    positions: Option<Section<'a>>,
}

#[derive(Clone)]
enum Place {
    One { number: Number, pair: Pair, positions: SmallVec<[u8; 16]> },
    Stored { list: (usize, usize), positions: (usize, usize) },
}

impl<'a> List<'a> {
    /// Reads the head of a list; it has positions where a section for them is given.
    pub(crate) fn read(
        head: &mut Reader<'_>,
        end: Number,
        lists: Section<'a>,
        positions: Option<Section<'a>>,
    ) -> Option<Self> {
        let count = head.varint_u32()?;
        let range = |head: &mut Reader<'_>| {
            let start = head.varint_usize()?;
            Some((start, start.checked_add(head.varint_usize()?)?))
        };
        let place = if count == 1 {
            let number = head.varint_u32()?;
            let pair = Pair { frequency: head.varint_u32()?, length: head.u8()? };
            let mut bytes = SmallVec::new();
            if positions.is_some() {
                let (start, mut from) = (head.at(), *head);
                pass_entry(head)?;
                let taken = from.take(head.at() - start)?;
                bytes = SmallVec::from_slice(taken);
            }
            Place::One { number, pair, positions: bytes }
        } else {
            let positions = if positions.is_some() { range(head)? } else { (0, 0) };
            Place::Stored { list: range(head)?, positions }
        };
        Some(Self { count, place, end, lists, positions })
    }

    /// The list, before its first number.
    pub(crate) fn open(&self) -> Result<Postings<'a>> {
        match &self.place {
            Place::One { number, .. } if *number >= self.end => Err(self.lists.damaged()),
            Place::One { number, pair, .. } => Ok(Postings::of_one(*number, *pair, &self.lists)),
            Place::Stored { list, .. } => {
                let bytes = self.lists.read(list.0..list.1)?;
                let postings = Postings::open(bytes, self.count as usize, self.lists.clone())?;
                if postings.last() >= self.end { Err(self.lists.damaged()) } else { Ok(postings) }
            }
        }
    }

    /// Visits every number with its frequency; what was opened before serves again.
    pub(crate) fn drain(
        &self,
        open: &mut Option<Postings<'a>>,
        mut visit: impl FnMut(Number, u32),
    ) -> Result<()> {
        match &self.place {
            Place::One { number, .. } if *number >= self.end => return Err(self.lists.damaged()),
            Place::One { number, pair, .. } => visit(*number, pair.frequency),
            Place::Stored { list, .. } => {
                let bytes = self.lists.read(list.0..list.1)?;
                let (count, section) = (self.count as usize, self.lists.clone());
                let postings = match open {
                    None => open.insert(Postings::open(bytes, count, section)?),
                    Some(postings) => {
                        postings.reopen(bytes, count)?;
                        postings
                    }
                };
                if postings.last() >= self.end {
                    return Err(self.lists.damaged());
                }
                postings.drain(END, visit)?;
            }
        }
        Ok(())
    }

    /// Where the word stands in the entries of the list.
    pub(crate) fn positions(&self) -> Result<Positions<'a>> {
        match (&self.place, &self.positions) {
            (Place::One { positions, .. }, Some(section)) => {
                Ok(Positions::One { section: section.clone(), bytes: positions.to_vec() })
            }
            (Place::Stored { positions, .. }, Some(section)) => {
                let rows = self.open()?;
                Ok(Positions::Stored {
                    section: section.clone(),
                    bytes: section.read(positions.0..positions.1)?,
                    rows: rows.bytes.slice(rows.rows..rows.data),
                    count: self.count as usize,
                })
            }
            (_, None) => Err(self.lists.damaged()),
        }
    }
}

/// A list that is read.
#[derive(Clone)]
pub(crate) struct Postings<'a> {
    section: Section<'a>,
    bytes: Bytes<'a>,
    count: usize,
    /// Where the rows of the blocks and their data begin.
    rows: usize,
    data: usize,
    front: Vec<Pair>,
    seeds: Vec<Pair>,
    /// The block whose numbers are unpacked.
    block: usize,
    numbers: Box<Run>,
    frequencies: Box<Run>,
    /// Where the frequencies of the block are still packed, and their width.
    packed: Option<(usize, u8)>,
    /// How many numbers the block has.
    held: usize,
    /// The place in the block; `held` at its end.
    at: usize,
}

impl<'a> Postings<'a> {
    fn of_one(number: Number, pair: Pair, section: &Section<'a>) -> Self {
        let mut numbers = Box::new([END; RUN]);
        let mut frequencies = Box::new([0; RUN]);
        (numbers[0], frequencies[0]) = (number, pair.frequency);
        Self {
            section: section.clone(),
            bytes: Bytes::from(&[][..]),
            count: 1,
            rows: 0,
            data: 0,
            front: vec![pair],
            seeds: Vec::new(),
            block: 0,
            numbers,
            frequencies,
            packed: None,
            held: 1,
            at: 0,
        }
    }

    fn open(bytes: Bytes<'a>, count: usize, section: Section<'a>) -> Result<Self> {
        let mut postings = Self {
            section,
            bytes: Bytes::from(&[][..]),
            count: 0,
            rows: 0,
            data: 0,
            front: Vec::new(),
            seeds: Vec::new(),
            block: 0,
            numbers: Box::new([END; RUN]),
            frequencies: Box::new([0; RUN]),
            packed: None,
            held: 0,
            at: 0,
        };
        postings.reopen(bytes, count)?;
        Ok(postings)
    }

    /// Begins with another list of the same section.
    fn reopen(&mut self, bytes: Bytes<'a>, count: usize) -> Result<()> {
        let mut reader = Reader::new(&bytes);
        self.front.clear();
        self.seeds.clear();
        let read = pairs::read(&mut reader, |pair| self.front.push(pair))
            .and_then(|()| pairs::read(&mut reader, |pair| self.seeds.push(pair)));
        let rows = reader.at();
        let data = match blocks(count) {
            0 => None,
            1 => Some(rows),
            blocks => rows.checked_add(blocks * ROW).filter(|data| *data <= bytes.len()),
        };
        let (Some(()), Some(data)) = (read, data) else { return Err(self.section.damaged()) };
        (self.rows, self.data, self.count, self.bytes) = (rows, data, count, bytes);
        self.load(0)
    }

    /// In how many entries the word stands.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The best pairs by the places of [`BEST`](super::BEST), so far as there are so many entries.
    pub(crate) fn seeds(&self) -> &[Pair] {
        &self.seeds
    }

    /// The number here; [`END`] after the last.
    #[inline]
    pub(crate) fn number(&self) -> Number {
        self.numbers.get(self.at).copied().unwrap_or(END)
    }

    /// The place of the number here in the list.
    pub(crate) fn place(&self) -> usize {
        self.block * RUN + self.at
    }

    /// How often the word stands in the entry here, weighted.
    pub(crate) fn frequency(&mut self) -> Result<u32> {
        self.unpack_frequencies()?;
        Ok(self.frequencies.get(self.at).copied().unwrap_or_default())
    }

    fn unpack_frequencies(&mut self) -> Result<()> {
        let Some((start, width)) = self.packed.take() else { return Ok(()) };
        let bytes = self.bytes.get(start..).unwrap_or_default();
        pack::unpack(bytes, width, &mut self.frequencies).ok_or_else(|| self.section.damaged())?;
        for frequency in self.frequencies.iter_mut() {
            *frequency = frequency.saturating_add(1);
        }
        Ok(())
    }

    /// Goes to the next number.
    #[inline]
    pub(crate) fn advance(&mut self) -> Result<Number> {
        self.at += 1;
        if self.at >= self.held {
            self.next_block()?;
        }
        Ok(self.number())
    }

    /// Goes to the first number of the next block.
    pub(crate) fn next_block(&mut self) -> Result<()> {
        if self.block + 1 < blocks(self.count) {
            return self.load(self.block + 1);
        }
        self.end();
        Ok(())
    }

    fn end(&mut self) {
        self.block = blocks(self.count);
        self.numbers[0] = END;
        (self.held, self.at) = (1, 0);
    }

    /// Goes to the first number that is not below `from`, which is not below the one here.
    pub(crate) fn seek(&mut self, from: Number) -> Result<Number> {
        if self.number() >= from {
            return Ok(self.number());
        }
        if self.block < blocks(self.count) && self.last_of(self.block) < from {
            let block = self.block_of(from);
            if block >= blocks(self.count) {
                self.end();
                return Ok(END);
            }
            self.load(block)?;
        }
        // What is sought is mostly near.
        let near = self.held.min(self.at + 8);
        while self.at < near && self.numbers[self.at] < from {
            self.at += 1;
        }
        if self.at == near && near < self.held {
            self.at += self.numbers[self.at..self.held].partition_point(|number| *number < from);
        }
        if self.at >= self.held {
            self.next_block()?;
        }
        // What leads backwards would lead those who seek in circles.
        if self.number() < from { Err(self.section.damaged()) } else { Ok(self.number()) }
    }

    /// The last number of the list, before any is passed.
    fn last(&self) -> Number {
        self.last_of(blocks(self.count) - 1)
    }

    /// The last number of a block.
    #[inline]
    fn last_of(&self, block: usize) -> Number {
        if blocks(self.count) == 1 {
            return self.numbers[self.held - 1];
        }
        let at = self.rows + block * ROW;
        match self.bytes.get(at..at + 4) {
            Some(last) => u32::from_le_bytes([last[0], last[1], last[2], last[3]]),
            None => END,
        }
    }

    /// The first block, from the one here on, whose last number is not below `from`.
    fn block_of(&self, from: Number) -> usize {
        let rest = self.block..blocks(self.count).max(self.block);
        partition_near(rest, |block| self.last_of(block) < from)
    }

    /// How high an entry from `from` on can score without leaving the block that `from` falls in,
    /// and the last number of that block. Nothing is unpacked.
    pub(crate) fn bound(&self, from: Number, score: impl Fn(Pair) -> f64) -> Result<(f64, Number)> {
        let total = blocks(self.count);
        let mut best = 0.0_f64;
        if total <= 1 {
            let last = if self.block < total { self.numbers[self.held - 1] } else { END };
            if from > last || self.block >= total {
                return Ok((0.0, END));
            }
            self.front.iter().for_each(|pair| best = best.max(score(*pair)));
            return Ok((best, last));
        }
        let block = if self.block < total && self.last_of(self.block) >= from {
            self.block
        } else {
            self.block_of(from)
        };
        if block >= total {
            return Ok((0.0, END));
        }
        let start = self.start_of(block).ok_or_else(|| self.section.damaged())?;
        let mut reader = Reader::new(self.bytes.get(start..).unwrap_or_default());
        pairs::read(&mut reader, |pair| best = best.max(score(pair)))
            .ok_or_else(|| self.section.damaged())?;
        Ok((best, self.last_of(block)))
    }

    /// Where the data of a block begins.
    fn start_of(&self, block: usize) -> Option<usize> {
        if blocks(self.count) == 1 {
            return Some(self.data);
        }
        let at = self.rows + block * ROW + 4;
        let start = u32::from_le_bytes(self.bytes.get(at..at + 4)?.try_into().ok()?);
        self.data.checked_add(start as usize)
    }

    /// Unpacks the numbers of a block and goes to the first.
    fn load(&mut self, block: usize) -> Result<()> {
        match self.try_load(block) {
            Some(()) => Ok(()),
            None => Err(self.section.damaged()),
        }
    }

    fn try_load(&mut self, block: usize) -> Option<()> {
        let several = blocks(self.count) > 1;
        let start = self.start_of(block)?;
        let mut reader = Reader::new(self.bytes.get(start..)?);
        if several {
            pairs::read(&mut reader, |_| {})?;
        }
        let held = RUN.min(self.count - block * RUN);
        let mut next = if block == 0 { Some(0) } else { self.last_of(block - 1).checked_add(1) };
        if held == RUN {
            let (width, times) = if several {
                let row = self.rows + block * ROW + 12;
                let widths = self.bytes.get(row..row + 2)?;
                (widths[0], widths[1])
            } else {
                (reader.u8()?, reader.u8()?)
            };
            let from = start + reader.at();
            pack::unpack(self.bytes.get(from..)?, width, &mut self.numbers)?;
            self.packed = Some((from + pack::size(width), times));
            let mut sum = u64::from(next?);
            for number in self.numbers.iter_mut() {
                sum += u64::from(*number);
                *number = sum as Number;
                sum += 1;
            }
            // Numbers that wrap around would lead those who seek in circles.
            if sum > u64::from(Number::MAX) {
                return None;
            }
        } else {
            for place in 0..held {
                let number = next?.checked_add(reader.varint_u32()?)?;
                self.numbers[place] = number;
                self.frequencies[place] = reader.varint_u32()?.checked_add(1)?;
                next = number.checked_add(1);
            }
            self.packed = None;
        }
        if several && self.numbers[held - 1] != self.last_of(block) {
            return None;
        }
        (self.block, self.held, self.at) = (block, held, 0);
        Some(())
    }

    /// Visits the numbers of the block at hand that are below `end`, from the one here on, and goes
    /// behind them.
    #[inline]
    pub(crate) fn drain_block(
        &mut self,
        end: Number,
        mut visit: impl FnMut(Number, u32),
    ) -> Result<()> {
        if self.number() >= end {
            return Ok(());
        }
        self.unpack_frequencies()?;
        let stop = self.stop(end);
        let pairs = self.numbers[self.at..stop].iter().zip(&self.frequencies[self.at..stop]);
        for (number, frequency) in pairs {
            visit(*number, *frequency);
        }
        self.at = stop;
        if self.at >= self.held { self.next_block() } else { Ok(()) }
    }

    /// The place in the block of the first number that is not below `end`.
    fn stop(&self, end: Number) -> usize {
        if self.numbers[self.held - 1] < end {
            return self.held;
        }
        self.at + self.numbers[self.at..self.held].partition_point(|number| *number < end)
    }

    /// Visits every number below `end` from the one here on, with its frequency, block by block.
    #[inline]
    pub(crate) fn drain(&mut self, end: Number, mut visit: impl FnMut(Number, u32)) -> Result<()> {
        while self.number() < end {
            self.drain_block(end, &mut visit)?;
        }
        Ok(())
    }

    /// Visits every number below `end` from the one here on.
    #[inline]
    pub(crate) fn drain_numbers(
        &mut self,
        end: Number,
        mut visit: impl FnMut(Number),
    ) -> Result<()> {
        while self.number() < end {
            let stop = self.stop(end);
            self.numbers[self.at..stop].iter().for_each(|number| visit(*number));
            self.at = stop;
            if self.at >= self.held {
                self.next_block()?;
            }
        }
        Ok(())
    }
}
