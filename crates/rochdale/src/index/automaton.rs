//! Words within so many slips of one, found without looking at those that cannot be.
//!
//! A slip is a letter too many, one too few, another one, or two neighbours exchanged (optimal
//! string alignment). The rows of the table of distances are kept for the front of the word that is
//! looked at; where all of a row is beyond the limit, no word with that front is near.

/// Compares words with one word, letter by letter.
pub(super) struct Automaton {
    letters: Vec<char>,
    limit: u8,
    /// A row for each letter so far, the first for none.
    rows: Vec<Row>,
}

/// The distances of the fronts of the word to a front of the other.
#[derive(Clone)]
struct Row {
    letter: char,
    /// How many bytes of the other word there are up to here.
    bytes: usize,
    distances: Vec<u8>,
}

/// How a word stands to the one that is compared.
pub(super) enum Near {
    /// Within the limit.
    Within,
    /// Too far, but a longer one may not be.
    Perhaps,
    /// No word that begins with so many bytes is near.
    Never(usize),
}

impl Automaton {
    /// Compares with a word within so many slips; distances beyond 255 count as that.
    pub(super) fn new(letters: &[char], limit: usize) -> Self {
        let capped = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
        let distances = (0..=letters.len()).map(capped).collect();
        let rows = vec![Row { letter: '\0', bytes: 0, distances }];
        // A distance that was capped is never taken for one within the limit.
        Self { letters: letters.to_vec(), limit: capped(limit.min(254)), rows }
    }

    /// Compares a word that shares so many bytes with the one before.
    pub(super) fn compare(&mut self, word: &str, shared: usize) -> Near {
        while self.rows.len() > 1 && self.rows[self.rows.len() - 1].bytes > shared {
            self.rows.pop();
        }
        let from = self.rows[self.rows.len() - 1].bytes;
        for letter in word.get(from..).unwrap_or_default().chars() {
            if !self.step(letter) {
                let bytes = self.rows[self.rows.len() - 1].bytes;
                return Near::Never(bytes);
            }
        }
        match self.rows[self.rows.len() - 1].distances[self.letters.len()] {
            distance if distance <= self.limit => Near::Within,
            _ => Near::Perhaps,
        }
    }

    /// Adds a letter; whether a word with this front can be near.
    fn step(&mut self, letter: char) -> bool {
        let at = self.rows.len() - 1;
        let last = &self.rows[at];
        let mut distances = Vec::with_capacity(last.distances.len());
        distances.push(last.distances[0].saturating_add(1));
        let mut nearest = distances[0];
        for (place, expected) in self.letters.iter().enumerate() {
            let mut best = last.distances[place + 1]
                .saturating_add(1)
                .min(distances[place].saturating_add(1))
                .min(last.distances[place].saturating_add(u8::from(*expected != letter)));
            if place > 0 && at > 0 && *expected == last.letter && self.letters[place - 1] == letter
            {
                best = best.min(self.rows[at - 1].distances[place - 1].saturating_add(1));
            }
            distances.push(best);
            nearest = nearest.min(best);
        }
        let bytes = last.bytes + letter.len_utf8();
        self.rows.push(Row { letter, bytes, distances });
        nearest <= self.limit
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::field::distance;

    proptest! {
        #[test]
        fn distances_are_those_of_the_table(
            words in prop::collection::btree_set("[abé]{0,6}", 1..60),
            asked in prop_oneof![9 => "[abé]{0,6}", 1 => "[ab]{60,300}"],
            limit in 0_usize..3,
        ) {
            let letters: Vec<char> = asked.chars().collect();
            let mut automaton = Automaton::new(&letters, limit);
            let mut before = String::new();
            let mut never: Option<String> = None;
            let words: BTreeSet<String> = words;
            for word in words {
                let slips = distance(&letters, &word.chars().collect::<Vec<_>>());
                if never.as_ref().is_some_and(|front| word.starts_with(front.as_str())) {
                    prop_assert!(slips > limit, "{} {}", asked, word);
                    continue;
                }
                let shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
                match automaton.compare(&word, shared) {
                    Near::Within => prop_assert!(slips <= limit),
                    Near::Perhaps => prop_assert!(slips > limit),
                    Near::Never(bytes) => {
                        prop_assert!(slips > limit);
                        never = Some(word[..bytes].to_owned());
                    }
                }
                before = word;
            }
        }
    }
}
