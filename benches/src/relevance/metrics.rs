//! The measures of a ranking, as `trec_eval` computes them.

use std::collections::BTreeMap;

/// How relevant each document is to a question; 0 and below are not relevant.
pub type Judgements = BTreeMap<String, i32>;

/// The normalized discounted cumulative gain of the first `depth` documents.
///
/// The gain is the judgement itself, discounted by the logarithm of the rank.
pub fn ndcg(ranking: &[String], judged: &Judgements, depth: usize) -> f64 {
    let gain = |document: &String| judged.get(document).copied().unwrap_or(0).max(0);
    let mut ideal: Vec<i32> = judged.values().map(|gain| (*gain).max(0)).collect();
    ideal.sort_unstable_by(|left, right| right.cmp(left));
    let best = discounted(ideal.into_iter().take(depth));
    if best > 0.0 { discounted(ranking.iter().take(depth).map(gain)) / best } else { 0.0 }
}

fn discounted(gains: impl Iterator<Item = i32>) -> f64 {
    let discounts = (2_u32..).map(|rank| f64::from(rank).log2());
    gains.zip(discounts).map(|(gain, discount)| f64::from(gain) / discount).sum()
}

/// The mean of the precisions at each relevant document; one that was not found counts 0.
#[expect(clippy::cast_precision_loss, reason = "ranks of a few thousand documents")]
pub fn average_precision(ranking: &[String], judged: &Judgements) -> f64 {
    let relevant = judged.values().filter(|gain| **gain > 0).count();
    let (mut found, mut sum) = (0, 0.0);
    for (rank, document) in ranking.iter().enumerate() {
        if judged.get(document).is_some_and(|gain| *gain > 0) {
            found += 1;
            sum += f64::from(found) / (rank + 1) as f64;
        }
    }
    if relevant == 0 { 0.0 } else { sum / relevant as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged() -> Judgements {
        [("a", 2), ("b", 1), ("c", 0), ("d", 1)].map(|(id, gain)| (id.into(), gain)).into()
    }

    fn ranking(ids: &str) -> Vec<String> {
        ids.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn gains_are_discounted_by_rank_and_divided_by_the_best_order() {
        // 1/log2(2) + 0 + 2/log2(4), of 2/log2(2) + 1/log2(3) + 1/log2(4).
        let expected = 2.0 / (2.0 + 1.0 / 3_f64.log2() + 0.5);
        assert!((ndcg(&ranking("b c a"), &judged(), 10) - expected).abs() < 1e-12);
        assert!((ndcg(&ranking("a d b c"), &judged(), 10) - 1.0).abs() < 1e-12);
        // Only the first counts: 1 of 2.
        assert!((ndcg(&ranking("b a"), &judged(), 1) - 0.5).abs() < 1e-12);
        assert!(ndcg(&ranking("x y"), &judged(), 10).abs() < 1e-12);
    }

    #[test]
    fn precision_is_averaged_over_all_that_is_relevant() {
        // Relevant at ranks 1 and 3, and one that is never found.
        let expected = (1.0 + 2.0 / 3.0) / 3.0;
        assert!((average_precision(&ranking("a c b"), &judged()) - expected).abs() < 1e-12);
        assert!(average_precision(&ranking("c"), &judged()).abs() < 1e-12);
        assert!(average_precision(&ranking("a"), &Judgements::new()).abs() < 1e-12);
    }
}
