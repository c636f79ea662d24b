//! The spelling of words that the dictionary does not have: runs of letters in one byte each.
//!
//! The runs are chosen as Boncz, Neumann and Leis choose the symbols of FSST (VLDB 2020): what is
//! written with the runs of one round is counted, alone and with its neighbour, for the next.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// The longest run.
pub(super) const RUN: usize = 8;

/// More runs have no byte.
const RUNS: usize = 255;

/// The byte before one that is in no run.
pub(super) const ESCAPE: u8 = 255;

const ROUNDS: usize = 5;

/// The runs, while texts are written.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    pub(super) runs: Vec<Run>,
    /// By the first byte, the longest first: the runs and their numbers.
    by_first: Vec<Vec<(Run, u8)>>,
}

/// Up to eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Run {
    /// The first is the lowest.
    pub(super) bytes: u64,
    pub(super) length: u8,
}

impl Run {
    /// The first bytes of `rest`.
    fn start(rest: &[u8], length: usize) -> Self {
        let mut bytes = [0; RUN];
        let length = length.min(rest.len()).min(RUN);
        bytes[..length].copy_from_slice(&rest[..length]);
        Self { bytes: u64::from_le_bytes(bytes), length: short(length) }
    }

    /// Both, where they are short enough together.
    fn then(self, next: Self) -> Option<Self> {
        let length = self.length + next.length;
        let bytes = || self.bytes | next.bytes << (8 * u32::from(self.length));
        (usize::from(length) <= RUN).then(|| Self { bytes: bytes(), length })
    }

    fn mask(self) -> u64 {
        u64::MAX >> (64 - 8 * u32::from(self.length))
    }

    fn text(&self) -> [u8; RUN] {
        self.bytes.to_le_bytes()
    }
}

impl Spelling {
    /// Chooses the runs for words that are spelt so often.
    pub(super) fn choose(words: &[(Box<[u8]>, u64)]) -> Self {
        let mut spelling = Self::of(Vec::new());
        for _ in 0..ROUNDS {
            spelling = Self::of(spelling.better(words));
        }
        spelling
    }

    fn of(runs: Vec<Run>) -> Self {
        let mut by_first = vec![Vec::new(); 256];
        for (run, number) in runs.iter().zip(0..) {
            by_first[usize::from(run.text()[0])].push((*run, number));
        }
        for list in &mut by_first {
            list.sort_by_key(|(run, _)| std::cmp::Reverse(run.length));
        }
        Self { runs, by_first }
    }

    /// The runs that save the most of what is written with these runs.
    fn better(&self, words: &[(Box<[u8]>, u64)]) -> Vec<Run> {
        let mut counts: HashMap<Run, u64, RandomState> = HashMap::default();
        for (word, times) in words {
            let (mut at, mut before) = (0, None::<Run>);
            while at < word.len() {
                let run = self.longest(&word[at..]).map_or(Run::start(&word[at..], 1), |it| it.0);
                *counts.entry(run).or_default() += times;
                if let Some(both) = before.and_then(|before| before.then(run)) {
                    *counts.entry(both).or_default() += times;
                }
                (at, before) = (at + usize::from(run.length), Some(run));
            }
        }
        // A run takes nine bytes in the dictionary.
        let gain = |(run, times): (Run, u64)| (times.saturating_mul(u64::from(run.length)), run);
        let mut gains: Vec<_> =
            counts.into_iter().map(gain).filter(|(gain, _)| *gain > 18).collect();
        gains.sort_unstable_by_key(|(gain, run)| (std::cmp::Reverse(*gain), run.bytes, run.length));
        gains.truncate(RUNS);
        gains.into_iter().map(|(_, run)| run).collect()
    }

    /// The longest run with which the bytes begin, and its number.
    fn longest(&self, rest: &[u8]) -> Option<(Run, u8)> {
        let next = Run::start(rest, RUN);
        let list = self.by_first.get(usize::from(*rest.first()?))?;
        let fits = |run: &Run| run.length <= next.length && next.bytes & run.mask() == run.bytes;
        list.iter().find(|(run, _)| fits(run)).copied()
    }

    /// Spells as many of the bytes as one length can count, and says how many.
    pub(super) fn spell(&self, bytes: &[u8], out: &mut Vec<u8>) -> usize {
        let start = out.len();
        out.push(0);
        let mut at = 0;
        while at < bytes.len() && out.len() - start < 254 {
            if let Some((run, number)) = self.longest(&bytes[at..]) {
                out.push(number);
                at += usize::from(run.length);
            } else {
                out.extend_from_slice(&[ESCAPE, bytes[at]]);
                at += 1;
            }
        }
        out[start] = short(out.len() - start - 1);
        at
    }
}

fn short(length: usize) -> u8 {
    u8::try_from(length).expect("runs and pieces are short")
}
