//! Pairs of a frequency and a length, and which of them can score highest.

use crate::store::{Reader, Writer};

/// How often a word stands in an entry, weighted, and how long the entry is, as one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) frequency: u32,
    pub(crate) length: u8,
}

/// The pairs that no other one dominates: a pair with as high a frequency and as short a length
/// scores no less, whatever the parameters are. By falling frequency, and so by falling length.
pub(super) fn front(pairs: &mut Vec<Pair>) {
    // One number a pair is quicker to compare than two.
    pairs.sort_unstable_by_key(|pair| u64::from(!pair.frequency) << 8 | u64::from(pair.length));
    let mut shortest = None;
    pairs.retain(|pair| {
        let kept = shortest.is_none_or(|shortest| pair.length < shortest);
        if kept {
            shortest = Some(pair.length);
        }
        kept
    });
}

/// Writes the number of pairs and the pairs.
pub(super) fn write(pairs: &[Pair], out: &mut Writer) {
    out.varint(pairs.len() as u64);
    for pair in pairs {
        out.varint(u64::from(pair.frequency));
        out.u8(pair.length);
    }
}

/// Visits pairs that were written.
pub(super) fn read(reader: &mut Reader<'_>, mut visit: impl FnMut(Pair)) -> Option<()> {
    for _ in 0..reader.varint()? {
        visit(Pair { frequency: reader.varint_u32()?, length: reader.u8()? });
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_pair_is_dominated_by_one_of_the_front(
            all in prop::collection::vec((1_u32..9, 0_u8..9), 1..40),
        ) {
            let all: Vec<Pair> =
                all.into_iter().map(|(frequency, length)| Pair { frequency, length }).collect();
            let mut kept = all.clone();
            front(&mut kept);
            for pair in &all {
                let dominates = |other: &Pair| {
                    other.frequency >= pair.frequency && other.length <= pair.length
                };
                prop_assert!(kept.iter().any(dominates));
            }
            prop_assert!(kept.iter().all(|pair| all.contains(pair)));
        }
    }
}
