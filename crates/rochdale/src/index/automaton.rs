//! Words within so many slips of one, found without looking at those that cannot be.
//!
//! A slip is a letter too many, one too few, another one, or two neighbours exchanged (optimal
//! string alignment). The rows of the table of distances are kept for the front of the word that is
//! looked at. Where all of a row is beyond the limit, no word with that front is near; where no more
//! slips are left, the few words that can follow are known, and the next of them is sought.

use std::cmp::Ordering;

/// Compares words with one word, letter by letter.
pub(super) struct Automaton {
    letters: Vec<char>,
    /// What follows each number of letters.
    tails: Vec<String>,
    limit: u8,
    /// A row for each letter so far, the first for none; then old ones whose memory serves again.
    rows: Vec<Row>,
    /// The row of the front that is looked at.
    depth: usize,
    /// Whether it is enough that a front of a word is near.
    fronts: bool,
}

/// The distances of the fronts of the word to a front of the other.
#[derive(Clone)]
struct Row {
    letter: char,
    /// How many bytes of the other word there are up to here.
    bytes: usize,
    distances: Vec<u8>,
    /// The least of them.
    nearest: u8,
    /// The least distance of all letters to the other word up to here, or to a front of that.
    front: u8,
}

/// How a word stands to the one that is compared.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// Within the limit, by so many slips; of fronts by no more.
    Within(usize),
    /// Too far, but a longer one may not be.
    Perhaps,
    /// No word that begins with so many bytes is near.
    Never(usize),
    /// No word between this one and that is near.
    NotBefore(String),
}

impl Automaton {
    /// Compares with a word within so many slips; distances beyond 255 count as that.
    pub(super) fn new(letters: &[char], limit: usize) -> Self {
        let capped = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
        let distances = (0..=letters.len()).map(capped).collect();
        let tails = (0..=letters.len()).map(|from| letters[from..].iter().collect()).collect();
        let front = capped(letters.len());
        let rows = vec![Row { letter: '\0', bytes: 0, distances, nearest: 0, front }];
        // A distance that was capped is never taken for one within the limit.
        let limit = capped(limit.min(254));
        Self { letters: letters.to_vec(), tails, limit, rows, depth: 0, fronts: false }
    }

    /// Compares with the fronts of words: a word is near that begins with one that is.
    pub(super) fn of_fronts(letters: &[char], limit: usize) -> Self {
        Self { fronts: true, ..Self::new(letters, limit) }
    }

    /// Compares a word that shares so many bytes with the one before.
    pub(super) fn compare(&mut self, word: &str, shared: usize) -> Near {
        while self.depth > 0 && self.rows[self.depth].bytes > shared {
            self.depth -= 1;
        }
        let from = self.rows[self.depth].bytes;
        let mut rest = word.get(from..).unwrap_or_default().chars();
        while self.rows[self.depth].nearest < self.limit {
            if self.fronts && self.rows[self.depth].front <= self.limit {
                return Near::Within(self.rows[self.depth].front.into());
            }
            let Some(letter) = rest.next() else {
                let slips = self.rows[self.depth].distances[self.letters.len()];
                return if slips <= self.limit {
                    Near::Within(slips.into())
                } else {
                    Near::Perhaps
                };
            };
            self.step(letter);
        }
        if self.fronts && self.rows[self.depth].front <= self.limit {
            return Near::Within(self.rows[self.depth].front.into());
        }
        if self.rows[self.depth].nearest > self.limit {
            return Near::Never(self.rows[self.depth].bytes);
        }
        self.exact(word, rest.as_str())
    }

    /// Compares a word after whose front no slip is left: what follows is known to the letter.
    fn exact(&self, word: &str, rest: &str) -> Near {
        let mut next: Option<(Option<char>, &str)> = None;
        for (first, tail) in self.endings() {
            let ending = || first.into_iter().chain(tail.chars());
            let mut letters = rest.chars();
            if self.fronts && ending().all(|letter| letters.next() == Some(letter)) {
                return Near::Within(self.limit.into());
            }
            match ending().cmp(rest.chars()) {
                Ordering::Equal => return Near::Within(self.limit.into()),
                Ordering::Greater
                    if next.is_none_or(|(first, tail)| {
                        ending().lt(first.into_iter().chain(tail.chars()))
                    }) =>
                {
                    next = Some((first, tail));
                }
                _ => {}
            }
        }
        let bytes = self.rows[self.depth].bytes;
        let Some((first, tail)) = next else { return Near::Never(bytes) };
        let mut to = word.get(..bytes).unwrap_or_default().to_owned();
        to.extend(first);
        to.push_str(tail);
        Near::NotBefore(to)
    }

    /// What can follow a front after which no slip is left: an end of the letters, behind one of
    /// them where it and the last letter of the front are two neighbours exchanged.
    fn endings(&self) -> impl Iterator<Item = (Option<char>, &str)> {
        let row = &self.rows[self.depth];
        let exchanged = move |place: &usize| {
            *place > 1
                && self.depth > 0
                && self.letters[place - 1] == row.letter
                && self.rows[self.depth - 1].distances[place - 2].saturating_add(1) == self.limit
        };
        let places = 0..self.tails.len();
        let plain = places.clone().filter(|place| row.distances[*place] == self.limit);
        let exchanged = places.filter(exchanged);
        plain
            .map(|place| (None, self.tails[place].as_str()))
            .chain(exchanged.map(|place| (Some(self.letters[place - 2]), &*self.tails[place])))
    }

    /// Adds a letter.
    fn step(&mut self, letter: char) {
        let at = self.depth;
        if self.rows.len() == at + 1 {
            let distances = vec![0; self.letters.len() + 1];
            self.rows.push(Row { letter, bytes: 0, distances, nearest: 0, front: 0 });
        }
        let (known, new) = self.rows.split_at_mut(at + 1);
        let (last, new) = (&known[at], &mut new[0]);
        new.distances[0] = last.distances[0].saturating_add(1);
        new.nearest = new.distances[0];
        for (place, expected) in self.letters.iter().enumerate() {
            let mut best = last.distances[place + 1]
                .saturating_add(1)
                .min(new.distances[place].saturating_add(1))
                .min(last.distances[place].saturating_add(u8::from(*expected != letter)));
            if place > 0 && at > 0 && *expected == last.letter && self.letters[place - 1] == letter
            {
                best = best.min(known[at - 1].distances[place - 1].saturating_add(1));
            }
            new.distances[place + 1] = best;
            new.nearest = new.nearest.min(best);
        }
        new.front = last.front.min(new.distances[self.letters.len()]);
        (new.letter, new.bytes) = (letter, last.bytes + letter.len_utf8());
        self.depth += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::field::{distance, distance_to_front};

    proptest! {
        #[test]
        fn distances_are_those_of_the_table(
            words in prop::collection::btree_set("[abé]{0,6}", 1..60),
            asked in prop_oneof![9 => "[abé]{0,6}", 1 => "[ab]{60,300}"],
            limit in 0_usize..4,
            fronts in any::<bool>(),
        ) {
            let letters: Vec<char> = asked.chars().collect();
            let mut automaton = Automaton::new(&letters, limit);
            automaton.fronts = fronts;
            let mut before = String::new();
            let mut never: Option<String> = None;
            let mut not_before = String::new();
            let words: BTreeSet<String> = words;
            for word in words {
                let other: Vec<char> = word.chars().collect();
                let slips = if fronts { distance_to_front(&letters, &other) } else { distance(&letters, &other) };
                if never.as_ref().is_some_and(|front| word.starts_with(front.as_str())) {
                    prop_assert!(slips > limit, "{} {}", asked, word);
                    continue;
                }
                if word < not_before {
                    prop_assert!(slips > limit, "{} {}", asked, word);
                    continue;
                }
                let shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
                match automaton.compare(&word, shared) {
                    Near::Within(found) => {
                        prop_assert!(slips <= found && found <= limit && (fronts || slips == found));
                    }
                    Near::Perhaps => prop_assert!(slips > limit),
                    Near::Never(bytes) => {
                        prop_assert!(slips > limit);
                        never = Some(word[..bytes].to_owned());
                    }
                    Near::NotBefore(next) => {
                        prop_assert!(slips > limit && next > word);
                        not_before = next;
                    }
                }
                before = word;
            }
        }
    }
}
