//! How much one clause counts: BM25F with one length (Robertson and Zaragoza, 2009).

use serde::Serialize;

/// The parameters of the order by relevance.
///
/// # Example
///
/// ```
/// use rochdale::query::Scoring;
///
/// assert_eq!(Scoring::default().k1, 1.2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scoring {
    /// How slowly more of a word counts less and less.
    pub k1: f64,
    /// How much length counts against an entry, from 0 to 1.
    pub b: f64,
}

impl Default for Scoring {
    fn default() -> Self {
        Self { k1: 1.2, b: 0.75 }
    }
}

impl Scoring {
    /// More than one word of weight 1 can score among so many entries.
    pub(crate) fn highest(self, total: usize) -> f64 {
        (self.k1 + 1.0) * rarity(total, 0)
    }

    /// What scores texts of which so many have words, in all of this length.
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^53")]
    pub(crate) fn scorer(self, total: u64, entries: u64) -> Scorer {
        let average = total as f64 / entries.max(1) as f64;
        let norm = |byte: usize| {
            let length = length_of(u8::try_from(byte).unwrap_or(u8::MAX));
            let against = if average > 0.0 { length / average } else { 1.0 };
            self.k1 * (1.0 - self.b + self.b * against)
        };
        Scorer { gain: self.k1 + 1.0, norms: Box::new(std::array::from_fn(norm)) }
    }
}

/// Scores one word in entries of known lengths.
#[derive(Clone, Debug)]
pub(crate) struct Scorer {
    gain: f64,
    norms: Box<[f64; 256]>,
}

impl Scorer {
    /// The score of what weighs so much, found so often in an entry whose length has this byte.
    #[inline]
    pub(crate) fn score(&self, weight: f64, frequency: u32, length: u8) -> f64 {
        let frequency = f64::from(frequency);
        weight * (frequency * self.gain / (frequency + self.norms[usize::from(length)]))
    }
}

impl Scorer {
    /// Whether the score can be as high as this, but for what rounding does; sooner known than the
    /// score.
    #[inline]
    pub(crate) fn reaches(&self, weight: f64, frequency: u32, length: u8, least: f64) -> bool {
        let frequency = f64::from(frequency);
        weight * (frequency * self.gain) >= least * (frequency + self.norms[usize::from(length)])
    }
}

/// What lifts a tier above so many others.
pub(crate) fn tier(step: f64, above: usize) -> f64 {
    let above = u32::try_from(above).unwrap_or(u32::MAX);
    step * f64::from(above)
}

/// How rare a word is that stands in `holding` of `total` entries; never negative.
#[expect(clippy::cast_precision_loss, reason = "counts of entries stay far below 2^53")]
pub(crate) fn rarity(total: usize, holding: usize) -> f64 {
    let (total, holding) = (total as f64, holding as f64);
    libm::log(1.0 + (total - holding + 0.5) / (holding + 0.5))
}

/// The byte that stands for a length: itself below 32, then sixteen steps from each power of two
/// to the next.
pub(crate) fn length_byte(length: u32) -> u8 {
    if length < 32 {
        return u8::try_from(length).unwrap_or_default();
    }
    let octave = length.ilog2() - 5;
    let step = (length >> (octave + 1)) & 15;
    u8::try_from(32 + octave * 16 + step).unwrap_or(u8::MAX)
}

/// The length that a byte stands for: the middle of those that have it.
fn length_of(byte: u8) -> f64 {
    if byte < 32 {
        return f64::from(byte);
    }
    let (octave, step) = (u32::from(byte - 32) / 16, u32::from(byte - 32) % 16);
    let width = 1_u64 << (octave + 1);
    let first = u64::from(16 + step) << (octave + 1);
    #[expect(clippy::cast_precision_loss, reason = "lengths stay far below 2^53")]
    let middle = first as f64 + (width - 1) as f64 / 2.0;
    middle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_follow_lengths() {
        let mut before = 0;
        for length in (0..5000).chain((5000..600_000).step_by(97)) {
            let byte = length_byte(length);
            assert!(byte >= before, "{length}");
            before = byte;
            let kept = length_of(byte);
            let off = (kept - f64::from(length)).abs();
            assert!(byte == 255 || off <= f64::from(length) / 32.0, "{length} {kept}");
        }
        assert_eq!(length_byte(u32::MAX), 255);
    }
}
