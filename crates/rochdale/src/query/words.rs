//! The words of a collection by entry and field, and how a test finds them.

use std::collections::{BTreeSet, HashMap};

use super::collection::Collection;
use super::resolve::{Route, everywhere};
use super::{Operator, Test};
use crate::field::{FieldType, Value};
use crate::text::{Language, fold, visible, words};

/// A word: its number as written, and that of its stem.
type Token = (u32, u32);

/// The words of every entry, field by field.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    languages: BTreeSet<Language>,
    /// The routes to words in each kind, with their weights.
    pub(super) routes: Vec<Vec<(Route, u8)>>,
    /// For each entry, for each of its kind's routes, the words of each value.
    entries: Vec<Vec<Vec<Vec<Token>>>>,
}

impl Words {
    /// Reads all words of a collection.
    pub(super) fn new(collection: &dyn Collection) -> Self {
        let mut out = Self::default();
        for kind in collection.kinds() {
            let mut routes = Vec::new();
            everywhere(kind.structure, &mut |route| {
                let weight = route.field.search_weight();
                let text = matches!(route.field.ty, FieldType::Text);
                if text || (weight > 0 && matches!(route.field.ty, FieldType::Keyword)) {
                    routes.push((route.clone(), weight));
                }
            });
            out.routes.push(routes);
        }
        let mut stems = HashMap::new();
        for number in 0..collection.len() {
            let language = collection.language(number);
            out.languages.insert(language);
            let entry = collection.entry(number);
            let kind =
                collection.kinds().iter().position(|kind| kind.structure.is(entry.structure()));
            let routes = kind.map(|kind| out.routes[kind].clone()).unwrap_or_default();
            let mut fields = Vec::new();
            for (route, _) in &routes {
                let mut values = Vec::new();
                route.visit(entry, &mut |value| {
                    let text = match value {
                        Value::Text(text, markup) => visible(text, markup),
                        Value::Keyword(text) => text.into(),
                        _ => return,
                    };
                    values.push(
                        words(&text)
                            .map(|word| out.token(word.written, language, &mut stems))
                            .collect(),
                    );
                });
                fields.push(values);
            }
            out.entries.push(fields);
        }
        out
    }

    fn token(
        &mut self,
        written: String,
        language: Language,
        stems: &mut HashMap<(Language, u32), u32>,
    ) -> Token {
        let number = self.number(written);
        if let Some(stem) = stems.get(&(language, number)) {
            return (number, *stem);
        }
        let stem = language.stem(&self.texts[number as usize]);
        let stem = self.number(stem);
        stems.insert((language, number), stem);
        (number, stem)
    }

    fn number(&mut self, text: String) -> u32 {
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("fewer than 2^32 different words");
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    /// The languages of the collection; English where it is empty.
    pub(super) fn languages(&self) -> BTreeSet<Language> {
        if self.languages.is_empty() { [Language::ENGLISH].into() } else { self.languages.clone() }
    }

    /// The words of each value of the entry at one of its kind's routes.
    pub(super) fn values(&self, number: usize, route: usize) -> &[Vec<Token>] {
        &self.entries[number][route]
    }

    /// What finds a text in these words.
    pub(super) fn finder(&self, phrase: &Phrase) -> Finder {
        let words = phrase.words.iter().map(|asked| match asked {
            Asked::Stems(stems) => Found::Stem(
                stems.iter().filter_map(|stem| self.numbers.get(stem).copied()).collect(),
            ),
            asked => Found::Written(
                self.texts
                    .iter()
                    .zip(0..)
                    .filter(|(text, _)| asked.fits(text))
                    .map(|(_, number)| number)
                    .collect(),
            ),
        });
        Finder { words: words.collect(), window: phrase.window() }
    }
}

/// Words that a test asks for.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    words: Vec<Asked>,
    slop: Option<usize>,
}

/// A word that is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// By its stems in the languages of the collection.
    Stems(BTreeSet<String>),
    /// By how it begins.
    Prefix(String),
    /// By its letters, with slips.
    Typo(Vec<char>, usize),
}

impl Asked {
    /// Whether a folded word as written is asked for; stems are compared elsewhere.
    fn fits(&self, written: &str) -> bool {
        match self {
            Self::Stems(stems) => stems.contains(written),
            Self::Prefix(prefix) => written.starts_with(prefix),
            Self::Typo(letters, distance) => {
                written.len().abs_diff(letters.len()) <= 4 * distance
                    && crate::field::distance(letters, &written.chars().collect::<Vec<_>>())
                        <= *distance
            }
        }
    }
}

impl Phrase {
    /// What a test of words asks for; no words where its value has none.
    pub(super) fn new(test: &Test, value: &str, languages: &BTreeSet<Language>) -> Self {
        let mut folded: Vec<String> = words(value).map(|word| word.written).collect();
        // What has no letters between spaces, such as `c++`, still begins a word.
        if test.op == Operator::Prefix && folded.is_empty() && !value.trim().is_empty() {
            folded.push(fold(value.trim()));
        }
        let last = folded.len().saturating_sub(1);
        let asked = folded.into_iter().enumerate().map(|(position, word)| match test.op {
            Operator::Prefix if position == last => Asked::Prefix(word),
            Operator::Typo => Asked::Typo(word.chars().collect(), test.slack as usize),
            _ => Asked::Stems(languages.iter().map(|language| language.stem(&word)).collect()),
        });
        let slop = (test.op == Operator::Near).then_some(test.slack as usize);
        Self { words: asked.collect(), slop }
    }

    /// Whether it asks for no word at all.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The positions of the words that are asked for, in a text of this language.
    pub(crate) fn positions(&self, text: &[(String, Language)]) -> BTreeSet<usize> {
        let fits = |asked: &Asked, (word, language): &(String, Language)| match asked {
            Asked::Stems(stems) => stems.contains(&language.stem(word)),
            other => other.fits(word),
        };
        let rows: Vec<Vec<bool>> = self
            .words
            .iter()
            .map(|asked| text.iter().map(|word| fits(asked, word)).collect())
            .collect();
        let mut out = BTreeSet::new();
        occurrences(&rows, text.len(), self.window(), &mut |positions| out.extend(positions));
        out
    }

    /// Whether it stands in a text of this language.
    pub(crate) fn is_in(&self, text: &str, language: Language) -> bool {
        let words: Vec<_> = words(text).map(|word| (word.written, language)).collect();
        !self.positions(&words).is_empty()
    }

    /// The words, in their order.
    pub(crate) fn words(&self) -> &[Asked] {
        &self.words
    }

    /// Within how many words the words stand, in any order; in theirs, one after the other, where
    /// there is no window.
    pub(crate) fn window(&self) -> Option<usize> {
        self.slop.map(|slop| slop + self.words.len())
    }
}

/// What finds a phrase by the numbers of words.
#[derive(Debug)]
pub(super) struct Finder {
    words: Vec<Found>,
    /// Absent, the words stand one after the other.
    window: Option<usize>,
}

#[derive(Debug)]
enum Found {
    Stem(BTreeSet<u32>),
    Written(BTreeSet<u32>),
}

impl Found {
    fn has(&self, token: Token) -> bool {
        match self {
            Self::Stem(numbers) => numbers.contains(&token.1),
            Self::Written(numbers) => numbers.contains(&token.0),
        }
    }
}

impl Finder {
    /// How many words the phrase has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How often the phrase stands in a value.
    pub(super) fn count(&self, value: &[Token]) -> usize {
        if let [word] = self.words.as_slice() {
            return value.iter().filter(|token| word.has(**token)).count();
        }
        if self.words.iter().any(|word| !value.iter().any(|token| word.has(*token))) {
            return 0;
        }
        let rows: Vec<Vec<bool>> = self
            .words
            .iter()
            .map(|word| value.iter().map(|token| word.has(*token)).collect())
            .collect();
        let mut count = 0;
        occurrences(&rows, value.len(), self.window, &mut |_| count += 1);
        count
    }

    /// Whether one of the words stands in a value.
    pub(super) fn has_word(&self, word: usize, value: &[Token]) -> bool {
        value.iter().any(|token| self.words[word].has(*token))
    }
}

/// Visits each place where the words stand together, with their positions; `rows` says of each
/// word of the phrase at which positions it stands.
///
/// Without a window they stand in their order without a gap. With one they stand in any order
/// within so many words, each as often as it is asked for; each position at which such a window
/// can begin counts once. Both take time in proportion to the text.
fn occurrences(
    rows: &[Vec<bool>],
    length: usize,
    window: Option<usize>,
    visit: &mut dyn FnMut(Vec<usize>),
) {
    let Some(window) = window else {
        for start in 0..(length + 1).saturating_sub(rows.len().max(1)) {
            if !rows.is_empty() && rows.iter().enumerate().all(|(offset, row)| row[start + offset])
            {
                visit((start..start + rows.len()).collect());
            }
        }
        return;
    };
    let mut asked: Vec<(&Vec<bool>, usize)> = Vec::new();
    for row in rows {
        match asked.iter_mut().find(|(other, _)| *other == row) {
            Some((_, times)) => *times += 1,
            None => asked.push((row, 1)),
        }
    }
    let mut inside = vec![0_usize; asked.len()];
    let mut end = 0;
    for start in 0..length {
        while end < length.min(start.saturating_add(window)) {
            for ((row, _), count) in asked.iter().zip(&mut inside) {
                *count += usize::from(row[end]);
            }
            end += 1;
        }
        let here = asked.iter().any(|(row, _)| row[start]);
        if here && asked.iter().zip(&inside).all(|((_, times), count)| count >= times) {
            let first = |(row, times): &(&Vec<bool>, usize)| {
                (start..end).filter(|place| row[*place]).take(*times).collect::<Vec<_>>()
            };
            visit(asked.iter().flat_map(first).collect());
        }
        for ((row, _), count) in asked.iter().zip(&mut inside) {
            *count -= usize::from(row[start]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The places by trying every window.
    fn tried(rows: &[Vec<bool>], length: usize, window: usize) -> Vec<usize> {
        let fits = |start: &usize| {
            let range = *start..length.min(start + window);
            rows.iter().any(|row| row[*start])
                && rows.iter().all(|row| {
                    let asked = rows.iter().filter(|other| *other == row).count();
                    range.clone().filter(|place| row[*place]).count() >= asked
                })
        };
        (0..length).filter(fits).collect()
    }

    proptest! {
        #[test]
        fn windows_are_those_that_trying_finds(
            (text, asked) in (prop::collection::vec(0_u8..4, 0..20), prop::collection::vec(0_u8..4, 1..4)),
            window in 1_usize..8,
        ) {
            let rows: Vec<Vec<bool>> =
                asked.iter().map(|word| text.iter().map(|other| other == word).collect()).collect();
            let mut starts = Vec::new();
            occurrences(&rows, text.len(), Some(window), &mut |places| {
                starts.push(places.into_iter().min().unwrap_or_default());
            });
            prop_assert_eq!(starts, tried(&rows, text.len(), window));
        }

        #[test]
        fn phrases_are_windows_of_their_own_order(
            text in prop::collection::vec(0_u8..3, 0..20), asked in prop::collection::vec(0_u8..3, 1..4),
        ) {
            let rows: Vec<Vec<bool>> =
                asked.iter().map(|word| text.iter().map(|other| other == word).collect()).collect();
            let mut count = 0;
            occurrences(&rows, text.len(), None, &mut |_| count += 1);
            prop_assert_eq!(count, text.windows(asked.len()).filter(|part| *part == asked).count());
        }
    }
}
