//! Writing of lists.

use smallvec::SmallVec;

use super::pairs::{self, Pair};
use super::positions::{self, Places};
use super::{BEST, ROW, blocks};
use crate::index::pack::{self, RUN};
use crate::index::set::Number;
use crate::query::Scorer;
use crate::store::Writer;

/// A word in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) number: Number,
    pub(crate) pair: Pair,
}

/// Where a list lies, and what little of it stands with its word.
pub(crate) struct Head {
    count: u64,
    place: Place,
}

enum Place {
    /// A word in one entry has all of its list there.
    One(SmallVec<[u8; 16]>),
    /// The parts of the lists and of the positions, each from its start with its length.
    Stored { list: (usize, usize), positions: Option<(usize, usize)> },
}

impl Head {
    /// Writes it, for lists that stand behind those of another writer.
    pub(crate) fn write(&self, before: &Lengths, out: &mut Writer) {
        out.varint(self.count);
        match &self.place {
            Place::One(bytes) => out.bytes.extend_from_slice(bytes),
            Place::Stored { list, positions } => {
                let mut range = |before: usize, (start, length): (usize, usize)| {
                    out.varint((before + start) as u64);
                    out.varint(length as u64);
                };
                if let Some(positions) = positions {
                    range(before.positions, *positions);
                }
                range(before.lists, *list);
            }
        }
    }
}

/// How many bytes of lists and positions there are.
pub(crate) struct Lengths {
    lists: usize,
    positions: usize,
}

/// Writes lists one after the other, and their positions apart.
#[derive(Default)]
pub(crate) struct ListWriter {
    pub(crate) lists: Writer,
    pub(crate) positions: Writer,
    pairs: Vec<Pair>,
}

impl ListWriter {
    /// Adds the lists of another writer behind those here; how many bytes there were before.
    pub(crate) fn append(&mut self, other: &Self) -> Lengths {
        let before = Lengths { lists: self.lists.len(), positions: self.positions.len() };
        self.lists.bytes.extend_from_slice(&other.lists.bytes);
        self.positions.bytes.extend_from_slice(&other.positions.bytes);
        before
    }

    /// Adds a list; `positions` has those of each entry, or none at all, and `scorer` is what pairs
    /// are ranked by.
    pub(crate) fn push(
        &mut self,
        postings: &[Posting],
        positions: Option<&Places>,
        scorer: &Scorer,
    ) -> Head {
        let count = postings.len() as u64;
        if let [only] = postings {
            let mut head = Writer::default();
            head.varint(u64::from(only.number));
            head.varint(u64::from(only.pair.frequency));
            head.u8(only.pair.length);
            if let Some(places) = positions {
                positions::write_entry(places.get(0), &mut head);
            }
            return Head { count, place: Place::One(SmallVec::from_vec(head.bytes)) };
        }
        let mut starts = Vec::new();
        let positions = positions.map(|places| {
            let first = self.positions.len();
            for block in (0..postings.len()).step_by(RUN) {
                starts.push(self.positions.len() - first);
                let entries = block..postings.len().min(block + RUN);
                positions::write_block(places, entries, &mut self.positions);
            }
            (first, self.positions.len() - first)
        });
        let start = self.lists.len();
        self.list(postings, &starts, scorer);
        let list = (start, self.lists.len() - start);
        Head { count, place: Place::Stored { list, positions } }
    }

    fn list(&mut self, postings: &[Posting], starts: &[usize], scorer: &Scorer) {
        let Self { lists: out, pairs: all, .. } = self;
        all.clear();
        all.extend(postings.iter().map(|posting| posting.pair));
        let best = seeds(all, scorer);
        pairs::front(all);
        pairs::write(all, out);
        pairs::write(&best, out);
        let rows = out.len();
        let count = blocks(postings.len());
        if count > 1 {
            out.bytes.resize(rows + count * ROW, 0);
        }
        let data = out.len();
        let number = |value: usize| u32::try_from(value).expect("a list is below 4 GiB");
        let mut before = None;
        for (position, block) in postings.chunks(RUN).enumerate() {
            let start = number(out.len() - data);
            let (number_width, frequency_width) = write_block(block, before, count > 1, out);
            before = Some(block[block.len() - 1].number);
            if count > 1 {
                let row = rows + position * ROW;
                let place = number(starts.get(position).copied().unwrap_or_default());
                let words = [before.unwrap_or_default(), start, place];
                for (word, slot) in words.iter().zip(out.bytes[row..].chunks_mut(4)) {
                    slot.copy_from_slice(&word.to_le_bytes());
                }
                out.bytes[row + 12] = number_width;
                out.bytes[row + 13] = frequency_width;
            }
        }
    }
}

/// The pairs of the places of [`BEST`], so far as there are so many: as many entries score no less
/// than they do.
fn seeds(all: &[Pair], scorer: &Scorer) -> Vec<Pair> {
    if all.len() < BEST[0] {
        return Vec::new();
    }
    let score = |pair: &Pair| scorer.score(1.0, pair.frequency, pair.length);
    let mut ranked: Vec<(f64, Pair)> = all.iter().map(|pair| (score(pair), *pair)).collect();
    let kept = ranked.len().min(BEST[1]);
    let order = |one: &(f64, Pair), other: &(f64, Pair)| {
        other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1))
    };
    if ranked.len() > kept {
        ranked.select_nth_unstable_by(kept - 1, order);
        ranked.truncate(kept);
    }
    ranked.sort_unstable_by(order);
    BEST.iter().filter_map(|best| ranked.get(best - 1)).map(|(_, pair)| *pair).collect()
}

/// Adds a block: of several ones its pairs, then the steps from number to number and the
/// frequencies less one, packed where the block is full.
fn write_block(
    block: &[Posting],
    before: Option<Number>,
    with_pairs: bool,
    out: &mut Writer,
) -> (u8, u8) {
    if with_pairs {
        let mut own: Vec<Pair> = block.iter().map(|posting| posting.pair).collect();
        pairs::front(&mut own);
        pairs::write(&own, out);
    }
    let mut last = before;
    let steps = block.iter().map(|posting| {
        let step = posting.number - last.map_or(0, |last| last + 1);
        last = Some(posting.number);
        (step, posting.pair.frequency - 1)
    });
    let steps: Vec<(u32, u32)> = steps.collect();
    if block.len() < RUN {
        for (step, frequency) in steps {
            out.varint(u64::from(step));
            out.varint(u64::from(frequency));
        }
        return (0, 0);
    }
    let (mut numbers, mut frequencies) = ([0; RUN], [0; RUN]);
    for ((step, frequency), (number, times)) in
        steps.into_iter().zip(numbers.iter_mut().zip(&mut frequencies))
    {
        (*number, *times) = (step, frequency);
    }
    let widths = (pack::width(&numbers), pack::width(&frequencies));
    if !with_pairs {
        out.u8(widths.0);
        out.u8(widths.1);
    }
    pack::pack(&numbers, widths.0, &mut out.bytes);
    pack::pack(&frequencies, widths.1, &mut out.bytes);
    widths
}
