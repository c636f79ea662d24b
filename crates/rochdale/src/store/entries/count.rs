//! The choice of a dictionary: the tokens of a sample, the most frequent first.

use std::collections::HashMap;

use super::dictionary::{Coding, Token, WORDS};
use super::token::{self, Kind, LONGEST};

/// More tokens than these are not counted: a bound on memory.
const DISTINCT: usize = 1 << 20;

/// Of one entry no more bytes than these are counted: a bound on time.
const COUNTED: usize = 64 << 10;

/// How often the tokens of a sample occur.
#[derive(Debug, Default)]
pub(super) struct Counter {
    counts: HashMap<Box<[u8]>, Count>,
    bytes: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    times: u64,
    /// How often a word with a capital follows, less how often one without.
    capitals: i64,
}

impl Counter {
    /// Counts the tokens of a text.
    pub(super) fn add(&mut self, text: &str) {
        let length = (0..=text.len().min(COUNTED)).rev().find(|at| text.is_char_boundary(*at));
        let bytes = &text.as_bytes()[..length.unwrap_or(0)];
        self.bytes += bytes.len() as u64;
        let (mut at, mut after_word) = (0, false);
        while at < bytes.len() {
            if after_word && bytes[at] == b' ' && token::is_word(bytes, at + 1) {
                at += 1;
            }
            let end = token::end(bytes, at);
            after_word = token::is_word(bytes, at);
            let follows = (!after_word).then(|| bytes.get(end)).flatten();
            let capitals = match follows {
                Some(b'A'..=b'Z') => 1,
                Some(b'a'..=b'z') => -1,
                _ => 0,
            };
            if end - at <= LONGEST {
                self.count(&bytes[at..end], capitals);
            }
            at = end;
        }
    }

    fn count(&mut self, token: &[u8], capitals: i64) {
        if let Some(count) = self.counts.get_mut(token) {
            count.times += 1;
            count.capitals += capitals;
        } else if self.counts.len() < DISTINCT {
            self.counts.insert(token.into(), Count { times: 1, capitals });
        }
    }

    /// The dictionary, where each counted byte stands for `scale` bytes that will be written.
    pub(super) fn choose(mut self, scale: u64) -> (Vec<Token>, Coding) {
        self.fold_capitals();
        let worth = |(text, count): &(Box<[u8]>, Count)| is_worth_it(text, count.times * scale);
        let mut chosen: Vec<_> = self.counts.into_iter().filter(worth).collect();
        // By frequency, then by bytes: the order of the map must not be seen.
        chosen.sort_unstable_by(|(a, x), (b, y)| y.times.cmp(&x.times).then_with(|| a.cmp(b)));
        chosen.truncate(WORDS);
        let times: Vec<u64> = chosen.iter().map(|(_, count)| count.times).collect();
        let tokens = chosen.into_iter().map(|(text, count)| {
            let kind = match (token::is_word(&text, 0), count.capitals > 0) {
                (true, _) => Kind::Word,
                (false, true) => Kind::Capital,
                (false, false) => Kind::Between,
            };
            Token { text, kind }
        });
        (tokens.collect(), Coding::best(&times))
    }

    /// Counts a word that begins with a capital as the word itself, where that is more frequent.
    fn fold_capitals(&mut self) {
        let capitalized = self.counts.keys().filter(|text| token::is_capitalized(text));
        let capitalized: Vec<_> = capitalized.cloned().collect();
        for text in capitalized {
            let times = self.counts.get(&text).map_or(0, |count| count.times);
            if let Some(plain) = self.counts.get_mut(&*text.to_ascii_lowercase())
                && plain.times >= times
            {
                plain.times += times;
                self.counts.remove(&text);
            }
        }
    }
}

/// Whether a token saves more bytes where it is used than it takes in the dictionary.
fn is_worth_it(text: &[u8], times: u64) -> bool {
    let length = text.len() as u64;
    // Written out a token takes two bytes more, by its number three at most; in the dictionary
    // three more than its own.
    let saved = (length + 2).saturating_sub(3).max(u64::from(length == 1));
    times * saved > length + 3
}
