//! The words of generated documents: invented, as long as English ones, the frequent ones short.

use std::collections::HashSet;

use crate::random::Random;

/// How many words there are.
pub(super) const WORDS: usize = 200_000;

const CONSONANTS: [&str; 35] = [
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "b",
    "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "tr", "st", "sh", "ch",
];
const VOWELS: [&str; 9] = ["a", "e", "i", "o", "u", "a", "e", "i", "o"];
const ENDS: [&str; 10] = ["n", "r", "s", "t", "l", "d", "m", "n", "r", "s"];

/// Syllables that Rochdale joins to the next word, which no peer does.
const PREFIXES: [&str; 8] = ["co", "macro", "micro", "neo", "non", "pre", "semi", "sub"];

/// The words, the most frequent first. None of them is one of `taken`.
pub(super) fn words(taken: &[&str]) -> Vec<String> {
    let mut random = Random::new(7);
    let taken = taken.iter().chain(&PREFIXES).map(|word| (*word).to_owned());
    let mut seen: HashSet<String> = taken.collect();
    let mut words = Vec::with_capacity(WORDS);
    while words.len() < WORDS {
        let word = word(words.len(), &mut random);
        if word.len() > 1 && seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

fn word(rank: usize, random: &mut Random) -> String {
    let least = match rank {
        0..400 => 1,
        400..60_000 => 2,
        _ => 3,
    };
    let more = if rank < 400 { 0.1 } else { 0.3 };
    let syllables = least + usize::from(random.happens(more)) + usize::from(random.happens(0.1));
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(random.choose::<&str>(&CONSONANTS));
        word.push_str(VOWELS[vowel(random)]);
        if random.happens(0.3) {
            word.push_str(random.choose::<&str>(&ENDS));
        }
    }
    word
}

/// The first vowels come most often.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 up to 9")]
fn vowel(random: &mut Random) -> usize {
    (9.0 * random.unit().powi(2)) as usize
}
