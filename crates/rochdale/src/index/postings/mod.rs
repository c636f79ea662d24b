//! The lists of a word: in which entries it stands, how often, and where.
//!
//! A list lies in blocks of 128 numbers, packed. Each block has a row with its last number and its
//! places, and the pairs of frequency and length that no other pair of the block dominates: from
//! them follows how high an entry of the block can score, whatever the parameters are. Positions lie
//! apart, so that only phrases read them.

mod build;
mod pairs;
mod positions;
mod read;

pub(super) use build::{Head, ListWriter, Posting};
pub(super) use pairs::Pair;
pub(super) use positions::{Places, Positions};
pub(super) use read::{List, Postings};

use super::pack::RUN;

/// How many bytes the row of a block has.
const ROW: usize = 16;

/// The places, by score, whose pairs stand with a list: those who want a page of ten or a hundred
/// ask for one more, to know whether there are any.
pub(super) const BEST: [usize; 2] = [11, 101];

/// How many blocks a list has.
const fn blocks(count: usize) -> usize {
    count.div_ceil(RUN)
}
