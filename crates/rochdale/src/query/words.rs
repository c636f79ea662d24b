//! The words of a collection by entry and field, and how a test finds them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Scoring;
use super::collection::Collection;
use super::phrase::Shape;
use super::phrase::{Asked, Phrase};
use super::resolve::{Route, everywhere};
use crate::field::{FieldType, Structure, Value, distance};
use crate::text::{Language, each_token, visible};

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Text {
    tokens: Vec<Token>,
    length: u32,
}

/// A token: its position, the number of the word as written, and that of its stem.
#[derive(Clone, Copy, Debug)]
struct Token {
    position: u32,
    written: u32,
    stem: u32,
}

/// The words of every entry, field by field.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    languages: BTreeSet<Language>,
    /// The routes to words in each kind, with their weights.
    pub(super) routes: Vec<Vec<(Route, u8)>>,
    /// For each entry, for each of its kind's routes, the tokens of each value.
    entries: Vec<Vec<Vec<Text>>>,
}

impl Words {
    /// Reads all words of a collection.
    pub(super) fn new(collection: &dyn Collection) -> Self {
        let mut out = Self::default();
        for kind in collection.kinds() {
            out.routes.push(text_routes(kind.structure, &collection.scoring()));
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
                    values.push(out.text(&text, language, &mut stems));
                });
                fields.push(values);
            }
            out.entries.push(fields);
        }
        out
    }

    fn text(
        &mut self,
        text: &str,
        language: Language,
        stems: &mut HashMap<(Language, u32), u32>,
    ) -> Text {
        let mut tokens = Vec::new();
        let length = each_token(text, &mut |token| {
            let written = self.number(token.written);
            let stem = *stems
                .entry((language, written))
                .or_insert_with(|| self.number(&language.stem(token.written)));
            tokens.push(Token { position: token.position, written, stem });
        });
        Text { tokens, length }
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("fewer than 2^32 different words");
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// The languages of the collection; English where it is empty.
    pub(super) fn languages(&self) -> BTreeSet<Language> {
        if self.languages.is_empty() { [Language::ENGLISH].into() } else { self.languages.clone() }
    }

    /// The texts of the entry at one of its kind's routes.
    pub(super) fn values(&self, number: usize, route: usize) -> &[Text] {
        &self.entries[number][route]
    }

    /// How often each stem stands in an entry of the kind at this position, by the weights of its
    /// texts.
    pub(super) fn stems_of(&self, number: usize, kind: usize) -> BTreeMap<String, u32> {
        let mut stems: BTreeMap<String, u32> = BTreeMap::new();
        for ((_, weight), values) in self.routes[kind].iter().zip(&self.entries[number]) {
            for text in values {
                let places = text.tokens.iter().map(|token| (token.position, token.stem));
                for (_, stem) in places.collect::<BTreeSet<_>>() {
                    let stem = self.texts[stem as usize].clone();
                    *stems.entry(stem).or_default() += u32::from(*weight);
                }
            }
        }
        stems
    }

    /// In how many entries a stem stands.
    pub(super) fn holding(&self, stem: &str) -> usize {
        let number = self.numbers.get(stem);
        number.map_or(0, |number| self.count(|token| token.stem == *number))
    }

    /// Visits each word as written within so many slips of another, and how many entries have it.
    pub(super) fn each_near(
        &self,
        letters: &[char],
        limit: usize,
        visit: &mut dyn FnMut(&str, usize),
    ) {
        for (word, number) in self.texts.iter().zip(0..) {
            if distance(letters, &word.chars().collect::<Vec<_>>()) <= limit {
                // A stem that stands nowhere as written is none of the words.
                let entries = self.count(|token| token.written == number);
                if entries > 0 {
                    visit(word, entries);
                }
            }
        }
    }

    /// In how many entries such a token stands.
    fn count(&self, fits: impl Fn(&Token) -> bool) -> usize {
        let has = |fields: &&Vec<Vec<Text>>| {
            fields.iter().flatten().flat_map(|text| &text.tokens).any(&fits)
        };
        self.entries.iter().filter(has).count()
    }

    /// What finds a phrase in these texts.
    pub(super) fn finder<'p>(&self, phrase: &'p Phrase) -> Finder<'p> {
        let words = phrase.words.iter().map(|asked| match asked {
            Asked::Stems(stems) => Found::Stem(
                stems.iter().filter_map(|stem| self.numbers.get(stem).copied()).collect(),
            ),
            asked => Found::Written(
                self.texts
                    .iter()
                    .zip(0..)
                    .filter(|(text, _)| asked.fits_written(text))
                    .map(|(_, number)| number)
                    .collect(),
            ),
        });
        Finder { words: words.collect(), shape: &phrase.shape }
    }
}

/// The routes to the words of a structure, with their weights.
pub(crate) fn text_routes(structure: &'static Structure, scoring: &Scoring) -> Vec<(Route, u8)> {
    let mut routes = Vec::new();
    everywhere(structure, &mut |route| {
        let weight = scoring.weight_of(structure, route);
        let text = matches!(route.field.ty, FieldType::Text);
        if text || (weight > 0 && matches!(route.field.ty, FieldType::Keyword)) {
            routes.push((route.clone(), weight));
        }
    });
    routes
}

impl Text {
    /// How many words it has: its positions.
    pub(super) fn len(&self) -> usize {
        self.length as usize
    }
}

/// What finds a phrase by the numbers of words.
#[derive(Debug)]
pub(super) struct Finder<'p> {
    words: Vec<Found>,
    shape: &'p Shape,
}

#[derive(Debug)]
enum Found {
    Stem(BTreeSet<u32>),
    Written(BTreeSet<u32>),
}

impl Found {
    fn has(&self, token: Token) -> bool {
        match self {
            Self::Stem(numbers) => numbers.contains(&token.stem),
            Self::Written(numbers) => numbers.contains(&token.written),
        }
    }

    /// The positions in a text, each once.
    fn positions(&self, text: &Text) -> Vec<u32> {
        let tokens = text.tokens.iter().filter(|token| self.has(**token));
        let mut positions: Vec<u32> = tokens.map(|token| token.position).collect();
        positions.dedup();
        positions
    }
}

impl Finder<'_> {
    /// How many words the phrase has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How often the phrase stands in a text.
    pub(super) fn count(&self, text: &Text) -> usize {
        let rows: Vec<_> = self.words.iter().map(|word| word.positions(text)).collect();
        if rows.iter().all(Vec::is_empty) { 0 } else { self.shape.starts(&rows).len() }
    }

    /// Whether one of the words stands in a text.
    pub(super) fn has_word(&self, word: usize, text: &Text) -> bool {
        text.tokens.iter().any(|token| self.words[word].has(*token))
    }

    /// How rare the phrase is, from the rarities of its words; a word without stands nowhere.
    pub(super) fn rarity(&self, words: &[Option<f64>]) -> f64 {
        self.shape.rarity(words)
    }
}
