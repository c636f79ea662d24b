//! Whether two engines found the same, before their times are compared.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::class::{Class, Want};
use crate::engine::{Name, Reply};

/// How far apart two scores at one rank may lie.
///
/// tantivy keeps a length in one byte, rounded down by up to an eighth, and Rochdale in another. With
/// k1 1.2 and b 0.75 a length that is an eighth off moves the score of a word that stands once by 5 %
/// in a text of mean length and by 9 % in one that is four times as long; less where it stands more often.
pub const ROUNDING: f64 = 0.1;

/// How the answers to the questions of a class agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// How many questions were answered.
    pub questions: usize,
    /// How many of them found something else.
    pub differing: usize,
    /// What was found else by the first of these.
    pub difference: Option<String>,
    /// The mean share of the hits that are the same entries.
    pub shared: f64,
    /// The largest distance of two scores at one rank, as a share of the larger.
    pub apart: f64,
}

/// Compares what Rochdale and a peer answered to the questions of a class.
pub fn compare(class: Class, peer: Name, ours: &[Reply], theirs: &[Reply]) -> Comparison {
    let mut out = Comparison { questions: ours.len(), ..Comparison::default() };
    let mut shared = 0.0;
    for (number, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        let ranked = peer == Name::Tantivy && class.peers_rank();
        if ranked {
            out.apart = out.apart.max(apart(ours, theirs));
        }
        shared += share(ours, theirs);
        if let Some(difference) = difference(class, ranked, ours, theirs) {
            out.differing += 1;
            out.difference.get_or_insert(format!("question {}: {difference}", number + 1));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a hundred questions")]
    let questions = out.questions.max(1) as f64;
    out.shared = shared / questions;
    out
}

/// What the peer found else, if anything.
fn difference(class: Class, ranked: bool, ours: &Reply, theirs: &Reply) -> Option<String> {
    if ours.total != theirs.total {
        let show = |total: Option<u64>| total.map_or("none".into(), |total| total.to_string());
        return Some(format!("a total of {}, not {}", show(theirs.total), show(ours.total)));
    }
    if ours.counts != theirs.counts {
        let differs = |(key, count): &(&String, &u64)| theirs.counts.get(*key) != Some(*count);
        let key = ours.counts.iter().find(differs).map_or("another value", |(key, _)| key);
        return Some(format!("another count of `{key}`"));
    }
    if ours.hits.len() != theirs.hits.len() {
        return Some(format!("{} hits, not {}", theirs.hits.len(), ours.hits.len()));
    }
    let mut pairs = ours.hits.iter().zip(&theirs.hits);
    if class.info().want == Want::Newest {
        let rank = pairs.position(|(ours, theirs)| ours.day != theirs.day)?;
        return Some(format!("another day at rank {}", rank + 1));
    }
    let gap = apart(ours, theirs);
    (ranked && gap > ROUNDING).then(|| format!("a score {:.1} % apart", gap * 100.0))
}

/// The largest distance of two scores at one rank, as a share of the larger.
fn apart(ours: &Reply, theirs: &Reply) -> f64 {
    let pairs = ours.hits.iter().zip(&theirs.hits).map(|(ours, theirs)| (ours.score, theirs.score));
    pairs
        .filter(|(ours, theirs)| ours.max(*theirs) > 0.0)
        .map(|(ours, theirs)| (ours - theirs).abs() / ours.max(theirs))
        .fold(0.0, f64::max)
}

/// The share of our hits that the peer has too.
#[expect(clippy::cast_precision_loss, reason = "ten hits")]
fn share(ours: &Reply, theirs: &Reply) -> f64 {
    if ours.hits.is_empty() {
        return 1.0;
    }
    let theirs: BTreeSet<_> = theirs.hits.iter().map(|hit| &hit.reference).collect();
    let shared = ours.hits.iter().filter(|hit| theirs.contains(&hit.reference)).count();
    shared as f64 / ours.hits.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Hit;

    fn reply(total: u64, hits: &[(&str, f64)]) -> Reply {
        let hit = |(name, score): &(&str, f64)| Hit {
            reference: (*name).into(),
            score: *score,
            day: None,
        };
        Reply { total: Some(total), hits: hits.iter().map(hit).collect(), ..Reply::default() }
    }

    fn compared(ours: Reply, theirs: Reply) -> Comparison {
        compare(Class::AnyOfTwo, Name::Tantivy, &[ours], &[theirs])
    }

    #[test]
    fn ties_and_rounded_lengths_are_no_difference() {
        let ours = reply(2, &[("a", 2.0), ("b", 1.0)]);
        let same = compared(ours.clone(), reply(2, &[("c", 2.02), ("a", 0.99)]));
        assert_eq!((same.differing, same.shared), (0, 0.5));
        assert!((same.apart - 0.01).abs() < 1e-4, "{}", same.apart);
    }

    #[test]
    fn other_totals_scores_counts_and_lengths_are() {
        let ours = reply(2, &[("a", 2.0), ("b", 1.0)]);
        for theirs in [
            reply(3, &[("a", 2.0), ("b", 1.0)]),
            reply(2, &[("a", 2.0), ("b", 0.9)]),
            reply(2, &[("a", 2.0)]),
        ] {
            assert_eq!(compared(ours.clone(), theirs).differing, 1);
        }
        let mut other = ours.clone();
        other.counts.insert("health".into(), 1);
        let found = compared(other, ours);
        assert_eq!(found.difference.as_deref(), Some("question 1: another count of `health`"));
    }
}
