//! Where the words that were asked for stand in a text.

use std::collections::HashMap;
use std::ops::Range;

use crate::query::phrase::{Asked, Phrase};
use crate::text::{Language, TokenRef, each_token};

/// Finds phrases in one text after the other.
pub(super) struct Seeker<'n> {
    phrases: Vec<&'n Phrase>,
    matcher: Matcher<'n>,
    /// The positions of each word of each phrase in the text at hand.
    rows: Vec<Vec<Vec<u32>>>,
    sought: Sought,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Sought {
    /// How many of the phrases stand in it.
    pub(super) asked: usize,
    /// What was asked for, by its beginning.
    pub(super) hits: Vec<Hit>,
    /// Where each position of the text stands.
    pub(super) places: Vec<(usize, usize)>,
}

/// A word of a text that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) position: u32,
    /// The number of the phrase that asks for it.
    pub(super) phrase: usize,
    word: usize,
}

impl<'n> Seeker<'n> {
    pub(super) fn new(phrases: Vec<&'n Phrase>) -> Self {
        let rows = phrases.iter().map(|phrase| vec![Vec::new(); phrase.words.len()]).collect();
        let matcher = Matcher::new(&phrases);
        Self { phrases, matcher, rows, sought: Sought::default() }
    }

    /// Finds the phrases that the text is asked for.
    pub(super) fn seek(&mut self, text: &str, language: Language, about: &[bool]) -> &Sought {
        let Self { phrases, matcher, rows, sought } = self;
        matcher.speak(language);
        sought.hits.clear();
        sought.places.clear();
        rows.iter_mut().flatten().for_each(Vec::clear);
        each_token(text, &mut |token| {
            match sought.places.get_mut(token.position as usize) {
                Some(place) => place.1 = place.1.max(token.end),
                None => sought.places.push((token.start, token.end)),
            }
            for (phrase, word) in matcher.matches(&token) {
                let row = &mut rows[*phrase][*word];
                if row.last() != Some(&token.position) {
                    row.push(token.position);
                }
                let TokenRef { start, end, position, .. } = token;
                sought.hits.push(Hit { start, end, position, phrase: *phrase, word: *word });
            }
        });
        let mut standing = vec![Vec::new(); phrases.len()];
        for (number, phrase) in phrases.iter().enumerate().filter(|(number, _)| about[*number]) {
            let together = &mut standing[number];
            phrase.shape.hits(&rows[number], &mut |word, position| together.push((word, position)));
            together.sort_unstable();
        }
        sought.asked = standing.iter().filter(|together| !together.is_empty()).count();
        sought
            .hits
            .retain(|hit| standing[hit.phrase].binary_search(&(hit.word, hit.position)).is_ok());
        sought
    }
}

/// Says which words that are asked for a token is; a token is judged once.
struct Matcher<'n> {
    /// The asked words, each with its phrase and its number there.
    asked: Vec<(&'n Asked, (usize, usize))>,
    language: Language,
    /// Whether a word can be one that is asked for, by its first byte.
    first: [bool; 256],
    known: HashMap<String, Range<usize>>,
    matches: Vec<(usize, usize)>,
}

impl<'n> Matcher<'n> {
    fn new(phrases: &[&'n Phrase]) -> Self {
        let each = phrases.iter().enumerate().flat_map(|(number, phrase)| {
            phrase.words.iter().enumerate().map(move |(word, asked)| (asked, (number, word)))
        });
        let mut matcher = Self {
            asked: each.collect(),
            language: Language::Other,
            first: [false; 256],
            known: HashMap::new(),
            matches: Vec::new(),
        };
        matcher.prepare();
        matcher
    }

    /// Turns to texts of a language.
    fn speak(&mut self, language: Language) {
        if self.language != language {
            self.language = language;
            self.known.clear();
            self.matches.clear();
            self.prepare();
        }
    }

    fn prepare(&mut self) {
        self.first = [false; 256];
        for (asked, _) in &self.asked {
            match asked {
                Asked::Stems(stems) if self.language.keeps_beginnings() => {
                    for stem in stems {
                        self.first[usize::from(stem.bytes().next().unwrap_or_default())] = true;
                    }
                }
                Asked::Prefix(prefix) => {
                    self.first[usize::from(prefix.bytes().next().unwrap_or_default())] = true;
                }
                _ => self.first = [true; 256],
            }
        }
    }

    fn matches(&mut self, token: &TokenRef<'_>) -> &[(usize, usize)] {
        let first = token.written.bytes().next().unwrap_or_default();
        if !self.first[usize::from(first)] {
            return &[];
        }
        if let Some(range) = self.known.get(token.written) {
            return &self.matches[range.clone()];
        }
        let stem = self.language.stem(token.written);
        let from = self.matches.len();
        let fitting = self.asked.iter().filter(|(asked, _)| asked.fits(token.written, &stem));
        self.matches.extend(fitting.map(|(_, number)| *number));
        let range = from..self.matches.len();
        self.known.insert(token.written.to_owned(), range.clone());
        &self.matches[range]
    }
}
