//! The words that a test asks for, and where they stand together.

use std::collections::BTreeSet;

use super::{Operator, Test};
use crate::text::{Language, Wording, each_token, fold};

/// Words that a test asks for.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// The words, each of them once.
    pub(crate) words: Vec<Asked>,
    /// How they stand together.
    pub(crate) shape: Shape,
}

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// By its stems in the languages of the collection.
    Stems(BTreeSet<String>),
    /// By how it begins.
    Prefix(String),
    /// By its letters, with slips.
    Typo(Vec<char>, usize),
    /// By how it begins, with slips.
    Typing(Vec<char>, usize),
}

/// How words stand together; words are numbers in [`Phrase::words`].
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// At positions one after the other, by any way from place 0 to the end.
    InOrder {
        /// The steps of the ways, in the order of their beginnings.
        steps: Vec<Step>,
        /// The place at the end.
        end: usize,
    },
    /// In any order, all words of one of the readings, each as often as it stands there, with
    /// so many other words between them.
    Near {
        /// The words of each reading.
        readings: Vec<Vec<usize>>,
        /// How many others.
        slop: usize,
    },
}

/// A word on the way from one place of a phrase to a later one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) word: usize,
}

impl Asked {
    /// Whether it is one stem: other words can mean many.
    pub(crate) fn is_one_stem(&self) -> bool {
        matches!(self, Self::Stems(stems) if stems.len() == 1)
    }

    /// Whether a word is asked for, folded as written and with its stem.
    pub(crate) fn fits(&self, written: &str, stem: &str) -> bool {
        match self {
            Self::Stems(stems) => stems.contains(stem),
            other => other.fits_written(written),
        }
    }

    /// Whether a folded word is asked for as it is written; words asked for by stems are not.
    pub(crate) fn fits_written(&self, written: &str) -> bool {
        match self {
            Self::Stems(_) => false,
            Self::Prefix(prefix) => written.starts_with(prefix),
            Self::Typo(letters, distance) => {
                // Each letter that is not asked for is a slip; the whole count takes longer.
                let strangers = written.chars().filter(|letter| !letters.contains(letter));
                written.chars().count().abs_diff(letters.len()) <= *distance
                    && strangers.take(distance + 1).count() <= *distance
                    && crate::field::distance(letters, &written.chars().collect::<Vec<_>>())
                        <= *distance
            }
            Self::Typing(letters, distance) => {
                let written: Vec<char> = written.chars().collect();
                crate::field::distance_to_front(letters, &written) <= *distance
            }
        }
    }
}

impl Phrase {
    /// What a test of words asks for; no words where its value has none.
    pub(crate) fn new(test: &Test, value: &str, languages: &BTreeSet<Language>) -> Self {
        let mut phrase = Self { words: Vec::new(), shape: Shape::empty() };
        let wording = Wording::new(value);
        if test.op == Operator::Near {
            let mut readings = vec![wording.apart];
            if readings[0] != wording.joined {
                readings.push(wording.joined);
            }
            let mut numbers = |words: Vec<String>| -> Vec<usize> {
                words.iter().map(|word| phrase.number(stems(word, languages))).collect()
            };
            let readings = readings.into_iter().map(&mut numbers).collect();
            phrase.shape = Shape::Near { readings, slop: test.slack as usize };
            return phrase;
        }
        // What has no letters between spaces, such as `++`, still begins a word.
        if matches!(test.op, Operator::Prefix | Operator::Typing)
            && wording.steps.is_empty()
            && !value.trim().is_empty()
        {
            let word = phrase.number(Asked::Prefix(fold(value.trim())));
            phrase.shape = Shape::InOrder { steps: vec![Step { from: 0, to: 1, word }], end: 1 };
            return phrase;
        }
        let mut steps = Vec::new();
        for step in wording.steps {
            let asked = match test.op {
                Operator::Prefix if step.to == wording.end => Asked::Prefix(step.written),
                Operator::Typing if step.to == wording.end => {
                    Asked::Typing(step.written.chars().collect(), test.slack as usize)
                }
                Operator::Typo => Asked::Typo(step.written.chars().collect(), test.slack as usize),
                _ => stems(&step.written, languages),
            };
            let word = phrase.number(asked);
            steps.push(Step { from: step.from, to: step.to, word });
        }
        phrase.shape = Shape::InOrder { steps, end: wording.end };
        phrase
    }

    /// The number of a word, which becomes one of the phrase.
    fn number(&mut self, asked: Asked) -> usize {
        let known = self.words.iter().position(|word| *word == asked);
        known.unwrap_or_else(|| {
            self.words.push(asked);
            self.words.len() - 1
        })
    }

    /// Whether it asks for no word at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word, where one is asked for and no other would do.
    pub(crate) fn only(&self) -> Option<&Asked> {
        match (&self.words[..], &self.shape) {
            ([word], Shape::InOrder { steps, .. }) if steps.len() == 1 => Some(word),
            _ => None,
        }
    }

    /// Whether it stands in a text of this language.
    pub(crate) fn is_in(&self, text: &str, language: Language) -> bool {
        let mut rows = vec![Vec::new(); self.words.len()];
        each_token(text, &mut |token| {
            let stem = language.stem(token.written);
            for (word, row) in self.words.iter().zip(&mut rows) {
                if row.last() != Some(&token.position) && word.fits(token.written, &stem) {
                    row.push(token.position);
                }
            }
        });
        !self.is_empty() && !self.shape.starts(&rows).is_empty()
    }
}

fn stems(word: &str, languages: &BTreeSet<Language>) -> Asked {
    Asked::Stems(languages.iter().map(|language| language.stem(word).into_owned()).collect())
}

impl Shape {
    fn empty() -> Self {
        Self::InOrder { steps: Vec::new(), end: 0 }
    }

    /// The positions at which the words begin to stand together, in order; `rows` gives those of
    /// each word, in order and each once.
    ///
    /// Near each other, each position counts at which a window of the words can begin.
    pub(crate) fn starts(&self, rows: &[Vec<u32>]) -> Vec<u32> {
        match self {
            Self::InOrder { steps, end } => backward(steps, *end, rows).swap_remove(0),
            Self::Near { readings, slop } => {
                let each = readings.iter().map(|words| windows(words, *slop, rows, &mut |_, _| {}));
                each.reduce(|one, other| union(&one, &other)).unwrap_or_default()
            }
        }
    }

    /// The sets of words, of those that are known, any of which a text has that has the phrase;
    /// one word is as a set of its own where there would be too many.
    pub(crate) fn ways(&self, known: &[bool]) -> Vec<Vec<usize>> {
        const MOST: usize = 64;
        let mut ways: BTreeSet<Vec<usize>> = BTreeSet::new();
        match self {
            Self::InOrder { steps, end } => {
                let mut places: Vec<BTreeSet<Vec<usize>>> = vec![BTreeSet::new(); end + 1];
                places[0].insert(Vec::new());
                for Step { from, to, word } in steps.iter().filter(|step| known[step.word]) {
                    for way in places[*from].clone() {
                        places[*to].insert(way.into_iter().chain([*word]).collect());
                    }
                    if places[*to].len() > MOST {
                        return (0..known.len())
                            .filter(|word| known[*word])
                            .map(|w| vec![w])
                            .collect();
                    }
                }
                ways.extend(places.swap_remove(*end));
            }
            Self::Near { readings, .. } => {
                ways.extend(
                    readings.iter().filter(|words| words.iter().all(|w| known[*w])).cloned(),
                );
            }
        }
        let each = ways.into_iter().map(|way| way.into_iter().collect::<BTreeSet<_>>());
        let each: BTreeSet<BTreeSet<usize>> = each.filter(|way| !way.is_empty()).collect();
        each.into_iter().map(|way| way.into_iter().collect()).collect()
    }

    /// The words one after the other, where there is only one way of those that are known.
    pub(crate) fn chain(&self, known: &[bool]) -> Option<Vec<usize>> {
        let Self::InOrder { steps, end } = self else { return None };
        let steps: Vec<&Step> = steps.iter().filter(|step| known[step.word]).collect();
        let follow = steps.iter().zip(0..).all(|(step, at)| step.from == at && step.to == at + 1);
        (follow && steps.len() == *end).then(|| steps.iter().map(|step| step.word).collect())
    }

    /// Visits each word and position that belongs to a place where the words stand together.
    pub(crate) fn hits(&self, rows: &[Vec<u32>], visit: &mut dyn FnMut(usize, u32)) {
        match self {
            Self::InOrder { steps, end } => {
                let after = backward(steps, *end, rows);
                let mut before = vec![Vec::new(); end + 1];
                for Step { from, to, word } in steps {
                    let fits = |position: &u32| {
                        (*from == 0 || has(&before[*from], *position))
                            && (to == end || has(&after[*to], position + 1))
                    };
                    let fitting: Vec<u32> = rows[*word].iter().copied().filter(fits).collect();
                    let mut next = Vec::with_capacity(fitting.len());
                    for position in fitting {
                        visit(*word, position);
                        next.push(position + 1);
                    }
                    before[*to] = union(&before[*to], &next);
                }
            }
            Self::Near { readings, slop } => {
                for words in readings {
                    windows(words, *slop, rows, visit);
                }
            }
        }
    }

    /// How rare the phrase is: the least sum of its words' rarities by any way; a word without
    /// rarity stands nowhere.
    pub(crate) fn rarity(&self, words: &[Option<f64>]) -> f64 {
        let least = match self {
            Self::InOrder { steps, end } => {
                let mut least = vec![None; end + 1];
                least[0] = Some(0.0);
                for Step { from, to, word } in steps {
                    let sum =
                        least[*from].zip(words[*word]).map(|(sum, word): (f64, f64)| sum + word);
                    least[*to] = lesser(least[*to], sum);
                }
                least[*end]
            }
            Self::Near { readings, .. } => {
                let sum = |reading: &Vec<usize>| {
                    reading.iter().try_fold(0.0, |sum, word| Some(sum + words[*word]?))
                };
                readings.iter().map(sum).fold(None, lesser)
            }
        };
        least.unwrap_or_default()
    }
}

fn lesser(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// For each place of the phrase, the positions from which a way leads to the end; nothing is said
/// of the end itself.
fn backward(steps: &[Step], end: usize, rows: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut places = vec![Vec::new(); end + 1];
    // Steps lead forward and are in the order of their beginnings: what is read is complete.
    for Step { from, to, word } in steps.iter().rev() {
        let leads = |position: &u32| *to == end || has(&places[*to], position + 1);
        let fitting: Vec<u32> = rows[*word].iter().copied().filter(leads).collect();
        places[*from] = union(&places[*from], &fitting);
    }
    places
}

/// The positions at which a window with all words begins; visits the first of each in each window.
///
/// The time is in proportion to the positions.
fn windows(
    words: &[usize],
    slop: usize,
    rows: &[Vec<u32>],
    visit: &mut dyn FnMut(usize, u32),
) -> Vec<u32> {
    let width = u32::try_from(slop + words.len()).unwrap_or(u32::MAX);
    let mut asked: Vec<(usize, usize)> = Vec::new();
    for word in words {
        match asked.iter_mut().find(|(other, _)| other == word) {
            Some((_, times)) => *times += 1,
            None => asked.push((*word, 1)),
        }
    }
    let all = asked.iter().fold(Vec::new(), |all, (word, _)| union(&all, &rows[*word]));
    let mut first = vec![0_usize; asked.len()];
    let mut starts = Vec::new();
    for start in all {
        for ((word, _), first) in asked.iter().zip(&mut first) {
            while rows[*word].get(*first).is_some_and(|position| *position < start) {
                *first += 1;
            }
        }
        let inside = |((word, times), first): (&(usize, usize), &usize)| {
            let last = rows[*word].get(first + times - 1);
            last.is_some_and(|position| position - start < width)
        };
        if asked.iter().zip(&first).all(inside) {
            starts.push(start);
            for ((word, times), first) in asked.iter().zip(&first) {
                for position in &rows[*word][*first..first + times] {
                    visit(*word, *position);
                }
            }
        }
    }
    starts
}

fn has(positions: &[u32], position: u32) -> bool {
    positions.binary_search(&position).is_ok()
}

/// What stands in either of two ordered lists, in order and each once.
fn union(one: &[u32], other: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one, other);
    while let ([first, rest @ ..], [second, others @ ..]) = (one, other) {
        out.push(*first.min(second));
        if first <= second {
            one = rest;
        }
        if second <= first {
            other = others;
        }
    }
    out.extend_from_slice(one);
    out.extend_from_slice(other);
    out
}

#[cfg(test)]
mod tests;
