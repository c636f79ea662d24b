//! Numbers that look drawn by chance and are the same at every run.

/// A small generator (`SplitMix64`, Steele, Lea and Flood, 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator whose numbers follow from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what an `f64` holds")]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let product = u128::from(self.bits()) * limit as u128;
        #[expect(clippy::cast_possible_truncation, reason = "less than `limit`")]
        let below = (product >> 64) as usize;
        below
    }

    /// A whole number from `first` up to, but not with, `end`.
    pub fn between(&mut self, first: usize, end: usize) -> usize {
        first + self.below(end - first)
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the values, of which there is at least one.
    pub fn choose<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }

    /// A number of the standard normal distribution (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Puts the values in an order of chance (Fisher and Yates).
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }

    /// So many different values, in the order in which they stand.
    pub fn sample<'a, T>(&mut self, values: &'a [T], count: usize) -> Vec<&'a T> {
        let mut places: Vec<usize> = (0..values.len()).collect();
        self.shuffle(&mut places);
        places.truncate(count);
        places.sort_unstable();
        places.into_iter().map(|place| &values[place]).collect()
    }
}

/// Draws ranks by their weights.
#[derive(Clone, Debug)]
pub struct Ranks {
    cumulative: Vec<f64>,
    /// Where to begin looking for each part of the way from 0 to 1.
    guide: Vec<usize>,
}

impl Ranks {
    /// Ranks from 0, of Zipf and Mandelbrot: the weight of rank `r` is `1 / (r + 1 + shift)^exponent`.
    #[expect(clippy::cast_precision_loss, reason = "ranks stay far below 2^53")]
    pub fn zipf(count: usize, shift: f64, exponent: f64) -> Self {
        let weights = (1..=count).map(|rank| (rank as f64 + shift).powf(-exponent));
        let mut cumulative: Vec<f64> = weights
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        let total = cumulative.last().copied().unwrap_or(1.0);
        for sum in &mut cumulative {
            *sum /= total;
        }
        let guide = (0..count)
            .map(|part| cumulative.partition_point(|sum| *sum < part as f64 / count as f64))
            .collect();
        Self { cumulative, guide }
    }

    /// A rank by chance.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "ranks stay far below 2^53, and a unit is not negative"
    )]
    pub fn draw(&self, random: &mut Random) -> usize {
        let unit = random.unit();
        let part = (unit * self.guide.len() as f64) as usize;
        let mut rank = self.guide[part.min(self.guide.len() - 1)];
        while rank + 1 < self.cumulative.len() && self.cumulative[rank] < unit {
            rank += 1;
        }
        rank
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_come_as_often_as_they_weigh() {
        let ranks = Ranks::zipf(4, 0.0, 1.0);
        let mut random = Random::new(1);
        let mut counts = [0_u32; 4];
        for _ in 0..100_000 {
            counts[ranks.draw(&mut random)] += 1;
        }
        // The weights are 12, 6, 4 and 3 of 25.
        for (count, expected) in counts.into_iter().zip([48_000, 24_000, 16_000, 12_000]) {
            assert!(count.abs_diff(expected) < 600, "{count}, not about {expected}");
        }
    }

    #[test]
    fn normal_numbers_have_their_mean_and_spread() {
        let mut random = Random::new(2);
        let numbers: Vec<f64> = (0..100_000).map(|_| random.normal()).collect();
        let mean = numbers.iter().sum::<f64>() / 1e5;
        let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.02, "{mean}");
        assert!((variance - 1.0).abs() < 0.02, "{variance}");
    }

    #[test]
    fn a_sample_has_different_values_in_their_order() {
        let values: Vec<usize> = (0..50).collect();
        let sample = Random::new(3).sample(&values, 20);
        assert_eq!(sample.len(), 20);
        assert!(sample.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
