//! The questions that are asked, class by class, as `gen_queries.py` makes them.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rochdale::text::Language;
use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::class::Class;
use crate::corpus::{Document, read};
use crate::random::Random;

const SEED: u64 = 4_242;
/// How many questions a class has.
const COUNT: usize = 100;
/// How many documents the questions of several words are taken from.
const KEPT: u32 = 2_000;
/// How often a question is looked for before a class is left short.
const TRIES: usize = 200_000;

/// The words of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Words {
    /// None: every entry is meant.
    None,
    /// Each of them stands in the entry.
    All(Vec<String>),
    /// One of them at least does.
    Any(Vec<String>),
    /// They stand one after the other.
    Phrase(Vec<String>),
    /// A word that begins so.
    Prefix(String),
    /// A word with at most one slip.
    Typo(String),
}

/// A category and a span of days, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The category.
    pub category: String,
    /// The first day.
    pub from: i32,
    /// The last day.
    pub until: i32,
}

/// A question; what is wanted of the answer follows from its class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its words.
    pub words: Words,
    /// What else must hold.
    pub filter: Option<Filter>,
}

impl Question {
    fn new(words: Words) -> Self {
        Self { words, filter: None }
    }
}

/// The questions of each class, in the order of the classes.
pub type Questions = Vec<(Class, Vec<Question>)>;

/// Makes the questions for a corpus; a class for which it has no words has none.
///
/// # Errors
///
/// Where the corpus cannot be read.
pub fn questions(corpus: &Path) -> Outcome<Questions> {
    let reading = read(corpus)?;
    let (plain, total) = (reading.heading.plain, reading.heading.documents);
    let mut random = Random::new(SEED);
    let mut counts: HashMap<String, (u32, u32)> = HashMap::new();
    let mut kept = Vec::new();
    for document in reading {
        let document = document?;
        let words = words(&document.body, plain);
        for word in &words {
            count(&mut counts, word, document.number);
        }
        if random.happens(f64::from(KEPT) / f64::from(total)) {
            kept.push(Kept { words, document });
        }
    }
    let counts: HashMap<String, u32> =
        counts.into_iter().map(|(word, (count, _))| (word, count)).collect();
    let stems = counts.keys().map(|word| stem(word)).collect();
    Ok(Maker { bands: Bands::new(&counts, total), counts, stems, kept, total, random }.questions())
}

/// The words of a text, in lower case.
fn words(text: &str, plain: bool) -> Vec<String> {
    if plain {
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        return words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    }
    rochdale::text::Wording::new(text).joined
}

/// Counts a word once a document.
fn count(counts: &mut HashMap<String, (u32, u32)>, word: &str, number: u32) {
    let here = number + 1;
    match counts.get_mut(word) {
        Some((count, last)) => {
            *count += u32::from(*last != here);
            *last = here;
        }
        None => drop(counts.insert(word.to_owned(), (1, here))),
    }
}

struct Kept {
    words: Vec<String>,
    document: Document,
}

/// Words by how many documents have them.
struct Bands {
    rare: Vec<String>,
    middling: Vec<String>,
    frequent: Vec<String>,
}

impl Bands {
    fn new(counts: &HashMap<String, u32>, total: u32) -> Self {
        let mut ordered: Vec<(&String, u32)> = counts.iter().map(|(w, n)| (w, *n)).collect();
        ordered.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        let share = f64::from(total) / 100_000.0;
        let band = |from: f64, until: f64| -> Vec<String> {
            let inside = |count: u32| (from..=until).contains(&f64::from(count));
            ordered.iter().filter(|(_, n)| inside(*n)).map(|(w, _)| (*w).clone()).collect()
        };
        Self {
            rare: if share < 1.0 { band(2.0, 5.0) } else { band(5.0 * share, 50.0 * share) },
            middling: band(500.0 * share, 2_000.0 * share),
            frequent: band(10_000.0 * share, 60_000.0 * share),
        }
    }
}

fn stem(word: &str) -> String {
    Language::ENGLISH.stem(word).into_owned()
}

struct Maker {
    counts: HashMap<String, u32>,
    stems: HashSet<String>,
    bands: Bands,
    kept: Vec<Kept>,
    total: u32,
    random: Random,
}

impl Maker {
    fn questions(mut self) -> Questions {
        let any = |words: &[Vec<String>]| -> Vec<Question> {
            words.iter().map(|words| Question::new(Words::Any(words.clone()))).collect()
        };
        let all = |words: &[Vec<String>]| -> Vec<Question> {
            words.iter().map(|words| Question::new(Words::All(words.clone()))).collect()
        };
        let one = |words: Vec<String>| -> Vec<Question> {
            words.into_iter().map(|word| Question::new(Words::All(vec![word]))).collect()
        };
        let rare = self.pick(|bands| &bands.rare, COUNT);
        let middling = self.pick(|bands| &bands.middling, COUNT);
        let frequent = self.pick(|bands| &bands.frequent, COUNT);
        let two = self.together(2);
        let three = self.together(3);
        let mixed = self.mixed();
        let phrases = self.repeat(Self::phrase);
        let prefixes = self.repeat(Self::prefix);
        let typos = self.repeat(Self::typo);
        let filtered = self.repeat(Self::filtered);
        let mut counted = one(self.pick(|bands| &bands.middling, 40));
        counted.extend(one(self.pick(|bands| &bands.frequent, 30)));
        counted.extend(any(&two[..two.len().min(30)]));
        // A class of one question; repeated, so that it is timed as often as the others.
        let everything = vec![Question::new(Words::None); COUNT];
        vec![
            (Class::RareWord, one(rare)),
            (Class::MiddlingWord, one(middling)),
            (Class::FrequentWord, one(frequent)),
            (Class::AnyOfTwo, any(&two)),
            (Class::AnyOfThree, any(&three)),
            (Class::FrequentWithRarer, any(&mixed)),
            (Class::BothOfTwo, all(&two)),
            (Class::AllOfThree, all(&three)),
            (Class::Phrase, phrases),
            (Class::Prefix, prefixes),
            (Class::Typo, typos),
            (Class::Newest, filtered),
            (Class::Facet, counted.clone()),
            (Class::Histogram, counted),
            (Class::FacetOfAll, everything.clone()),
            (Class::HistogramOfAll, everything),
            (Class::Decoded, any(&two)),
            (Class::Snippets, any(&two)),
        ]
    }

    fn pick(&mut self, band: impl Fn(&Bands) -> &Vec<String>, count: usize) -> Vec<String> {
        let band = band(&self.bands);
        let count = if band.is_empty() { 0 } else { count };
        (0..count).map(|_| self.random.choose(band).clone()).collect()
    }

    fn share(&self) -> f64 {
        f64::from(self.total) / 100_000.0
    }

    /// Whether a word is neither among the rarest nor among the most frequent.
    fn is_telling(&self, word: &str) -> bool {
        let count = self.counts.get(word).copied().map_or(0.0, f64::from);
        20.0 * self.share() < count && count < 30_000.0 * self.share()
    }

    /// So many different words of one document, and which it is.
    fn of_one(&mut self, count: usize) -> Option<(Vec<String>, usize)> {
        for _ in 0..TRIES.min(self.kept.len() * 20) {
            let place = self.random.below(self.kept.len());
            let mut words = self.kept[place].words.clone();
            words.sort_unstable();
            words.dedup();
            words.retain(|word| self.is_telling(word));
            if words.len() >= count + 5 {
                let chosen = self.random.sample(&words, count).into_iter().cloned();
                return Some((chosen.collect(), place));
            }
        }
        None
    }

    fn together(&mut self, count: usize) -> Vec<Vec<String>> {
        self.repeat(|maker| maker.of_one(count).map(|(words, _)| words))
    }

    /// A frequent word with a rarer one: the usual worst case.
    fn mixed(&mut self) -> Vec<Vec<String>> {
        let frequent = self.pick(|bands| &bands.frequent, COUNT);
        let middling = self.pick(|bands| &bands.middling, COUNT);
        frequent.into_iter().zip(middling).map(|(one, other)| vec![one, other]).collect()
    }

    fn phrase(&mut self) -> Option<Question> {
        for _ in 0..TRIES.min(self.kept.len() * 2_000) {
            let length = *self.random.choose(&[2, 2, 3]);
            let words = &self.kept[self.random.below(self.kept.len())].words;
            if words.len() <= length {
                continue;
            }
            let start = self.random.below(words.len() - length);
            let words = &words[start..start + length];
            let counts: Vec<f64> =
                words.iter().map(|word| f64::from(*self.counts.get(word).unwrap_or(&0))).collect();
            let different = words.iter().enumerate().all(|(at, word)| !words[..at].contains(word));
            let (share, least) = (self.share(), counts.iter().copied().fold(f64::MAX, f64::min));
            // Rochdale finds `spinout` by `spin out` as well, which no peer does.
            let joined = |count: usize| {
                words.windows(count).any(|words| self.stems.contains(&stem(&words.concat())))
            };
            let different = different && !joined(2) && !joined(3);
            if different && least > 20.0 * share && least < 30_000.0 * share {
                return Some(Question::new(Words::Phrase(words.to_vec())));
            }
        }
        None
    }

    fn prefix(&mut self) -> Option<Question> {
        let words = [self.bands.middling.as_slice(), &self.bands.frequent].concat();
        for _ in 0..1_000 {
            let length = *self.random.choose(&[3, 4, 4, 5]);
            let word = self.chosen(&words)?;
            if word.len() > length && word.is_ascii() {
                return Some(Question::new(Words::Prefix(word[..length].to_owned())));
            }
        }
        None
    }

    fn typo(&mut self) -> Option<Question> {
        let words = &self.bands.middling;
        let long: Vec<String> =
            words.iter().filter(|word| word.len() >= 6 && word.is_ascii()).cloned().collect();
        let word = self.chosen(&long)?;
        let at = self.random.between(1, word.len() - 1);
        let others: Vec<char> =
            ('a'..='z').filter(|letter| !word[at..].starts_with(*letter)).collect();
        let letter = self.random.choose(&others);
        Some(Question::new(Words::Typo(format!("{}{letter}{}", &word[..at], &word[at + 1..]))))
    }

    fn filtered(&mut self) -> Option<Question> {
        for _ in 0..1_000 {
            let (words, place) = self.of_one(1)?;
            let half = i32::try_from(*self.random.choose(&[1_usize, 2, 3])).ok()? * 365 / 2;
            let word = if self.random.happens(0.5) {
                words.into_iter().next()?
            } else {
                let frequent = self.bands.frequent.clone();
                self.chosen(&frequent)?
            };
            let document = &self.kept[place].document;
            if let (Some(category), Some(day)) = (&document.category, document.day) {
                let filter =
                    Filter { category: category.clone(), from: day - half, until: day + half };
                return Some(Question { words: Words::All(vec![word]), filter: Some(filter) });
            }
        }
        None
    }

    fn chosen(&mut self, words: &[String]) -> Option<String> {
        (!words.is_empty()).then(|| self.random.choose(words).clone())
    }

    fn repeat<T>(&mut self, mut make: impl FnMut(&mut Self) -> Option<T>) -> Vec<T> {
        (0..COUNT).map_while(|_| make(self)).collect()
    }
}
