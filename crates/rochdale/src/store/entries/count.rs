//! The choice of a dictionary: the tokens of a sample, the most frequent first.

use super::dictionary::{Coding, Token, WORDS};
use super::spelling::Spelling;
use super::table::Table;
use super::token::{self, Kind, LONGEST};

/// More tokens than these are not counted: a bound on memory.
const DISTINCT: usize = 1 << 20;

/// Of one entry no more bytes than these are counted: a bound on time.
const COUNTED: usize = 64 << 10;

/// So many words that the dictionary does not have decide how such words are spelt.
const SPELT: usize = 1 << 14;

/// How often the tokens of a sample occur.
#[derive(Debug, Default)]
pub(super) struct Counter {
    counts: Table<Count>,
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
        let (mut at, mut after_word) = (0, false);
        while at < bytes.len() {
            if after_word && bytes[at] == b' ' && token::is_word(bytes, at + 1) {
                at += 1;
            }
            let end = token::end(bytes, at);
            after_word = token::is_word(bytes, at);
            let capitals = match bytes.get(end) {
                Some(b'A'..=b'Z') if !after_word => 1,
                Some(b'a'..=b'z') if !after_word => -1,
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
            self.counts.insert(token, Count { times: 1, capitals });
        }
    }

    /// The dictionary, where each counted token stands for `scale` that will be written.
    pub(super) fn choose(mut self, scale: u64) -> (Vec<Token>, Coding, Spelling) {
        self.fold_capitals();
        let mut all: Vec<_> = self.counts.iter().map(|(text, count)| (text, *count)).collect();
        drop(self);
        // By frequency, then by bytes: the order of the map must not be seen.
        all.sort_unstable_by(|(a, x), (b, y)| y.times.cmp(&x.times).then_with(|| a.cmp(b)));
        let (mut chosen, mut others) = (Vec::new(), Vec::new());
        for (text, count) in all {
            if chosen.len() < WORDS && is_worth_it(&text, count.times * scale) {
                chosen.push((text, count));
            } else if others.len() < SPELT {
                others.push((text, count.times * scale));
            }
        }
        let coding = Coding::best(chosen.len());
        let tokens = chosen.into_iter().map(|(text, count)| {
            let kind = match (token::is_word(&text, 0), count.capitals > 0) {
                (true, _) => Kind::Word,
                (false, true) => Kind::Capital,
                (false, false) => Kind::Between,
            };
            Token { text, kind }
        });
        (tokens.collect(), coding, Spelling::choose(&others))
    }

    /// Counts a word that begins with a capital as the word itself, where that is more frequent.
    fn fold_capitals(&mut self) {
        let capitalized = self
            .counts
            .iter()
            .filter_map(|(text, count)| Some((token::without_capital(&text)?, text, count.times)));
        for (plain, text, times) in capitalized.collect::<Vec<_>>() {
            if let Some(plain) = self.counts.get_mut(&plain)
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
    // Spelt, a token takes half its bytes and two more, by its number two at most; in the
    // dictionary four more than its own.
    times * length.div_ceil(2) > length + 4
}
