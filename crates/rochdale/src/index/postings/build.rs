//! Writing of lists.

use super::pairs::{self, Pair};
use super::positions;
use super::{BEST, ROW, blocks};
use crate::index::pack::{self, RUN};
use crate::index::set::Number;
use crate::store::Writer;

/// A word in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) number: Number,
    pub(crate) pair: Pair,
}

/// Writes lists one after the other, and their positions apart.
#[derive(Default)]
pub(crate) struct ListWriter {
    pub(crate) lists: Writer,
    pub(crate) positions: Writer,
}

impl ListWriter {
    /// Adds a list, and to `head` what leads to it; `positions` has those of each entry, or none at
    /// all, and `score` is what pairs are ranked by.
    pub(crate) fn push(
        &mut self,
        postings: &[Posting],
        positions: Option<&[Vec<u32>]>,
        score: &dyn Fn(Pair) -> f64,
        head: &mut Writer,
    ) {
        head.varint(postings.len() as u64);
        if let [only] = postings {
            head.varint(u64::from(only.number));
            head.varint(u64::from(only.pair.frequency));
            head.u8(only.pair.length);
            if let Some([positions]) = positions {
                positions::write_entry(positions, head);
            }
            return;
        }
        let start = self.lists.len();
        let mut places = Vec::new();
        if let Some(positions) = positions {
            let first = self.positions.len();
            for block in positions.chunks(RUN) {
                places.push(self.positions.len() - first);
                positions::write_block(block.iter().map(Vec::as_slice), &mut self.positions);
            }
            head.varint(first as u64);
            head.varint((self.positions.len() - first) as u64);
        }
        self.list(postings, &places, score);
        head.varint(start as u64);
        head.varint((self.lists.len() - start) as u64);
    }

    fn list(&mut self, postings: &[Posting], places: &[usize], score: &dyn Fn(Pair) -> f64) {
        let out = &mut self.lists;
        let mut all: Vec<Pair> = postings.iter().map(|posting| posting.pair).collect();
        let best = seeds(&all, score);
        pairs::front(&mut all);
        pairs::write(&all, out);
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
                let place = number(places.get(position).copied().unwrap_or_default());
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
fn seeds(all: &[Pair], score: &dyn Fn(Pair) -> f64) -> Vec<Pair> {
    if all.len() < BEST[0] {
        return Vec::new();
    }
    let mut ranked: Vec<(f64, Pair)> = all.iter().map(|pair| (score(*pair), *pair)).collect();
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
