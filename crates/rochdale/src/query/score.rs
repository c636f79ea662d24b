//! How much one clause counts: BM25F with one length (Robertson and Zaragoza, 2009).

/// How fast more of a word counts less.
pub(super) const K1: f64 = 1.2;

/// How much length counts against an entry.
pub(super) const B: f64 = 0.75;

/// How rare a word is that stands in `holding` of `total` entries; never negative.
#[expect(clippy::cast_precision_loss, reason = "counts of entries stay far below 2^53")]
pub(super) fn rarity(total: usize, holding: usize) -> f64 {
    let (total, holding) = (total as f64, holding as f64);
    libm::log(1.0 + (total - holding + 0.5) / (holding + 0.5))
}

/// The score of a clause found `frequency` times, weighted, in an entry of `length` weighted words.
pub(super) fn score(rarity: f64, frequency: f64, length: f64, average: f64) -> f64 {
    let norm = if average > 0.0 { 1.0 - B + B * length / average } else { 1.0 };
    rarity * frequency * (K1 + 1.0) / (frequency + K1 * norm)
}
