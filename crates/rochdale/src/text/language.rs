//! The languages whose words are stemmed.

use std::borrow::Cow;
use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};

/// A language, for stemming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// A language of which the stems are known, by its tag of BCP 47.
    Known(&'static str),
    /// Any other: words stand for themselves.
    Other,
}

/// The tags of the languages of which the stems are known.
const TAGS: [&str; 18] = [
    "ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv",
    "ta", "tr",
];

/// The Snowball algorithm of a tag.
fn algorithm(tag: &str) -> Option<Algorithm> {
    Some(match tag {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

impl Language {
    /// English, which text is taken for where nothing else is said.
    pub const ENGLISH: Self = Self::Known("en");

    /// The language of a tag of BCP 47, by its first part; `nb` and `nn` are Norwegian.
    pub fn from_tag(tag: &str) -> Self {
        let first = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let first = if matches!(first.as_str(), "nb" | "nn") { "no" } else { &first };
        TAGS.into_iter().find(|known| *known == first).map_or(Self::Other, Self::Known)
    }

    /// Every language of which the stems are known.
    pub fn all() -> impl Iterator<Item = Self> {
        TAGS.into_iter().map(Self::Known)
    }

    /// Whether a stem always begins as its word does.
    pub(crate) fn keeps_beginnings(self) -> bool {
        !matches!(self, Self::Known("ar" | "el" | "nl" | "ta"))
    }

    /// The stem of a folded word (Snowball); itself where the language has none.
    pub fn stem(self, word: &str) -> Cow<'_, str> {
        let Self::Known(tag) = self else { return word.into() };
        match algorithm(tag) {
            Some(algorithm) => Stemmer::new(algorithm).stem(word),
            None => word.into(),
        }
    }
}

/// The stems of a language, each found once.
#[derive(Clone, Debug)]
pub struct Stems {
    language: Language,
    numbers: HashMap<String, usize>,
    found: Vec<String>,
}

impl Stems {
    /// No stems yet.
    pub fn new(language: Language) -> Self {
        Self { language, numbers: HashMap::new(), found: Vec::new() }
    }

    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> &str {
        if let Some(number) = self.numbers.get(word) {
            return &self.found[*number];
        }
        let number = self.found.len();
        self.numbers.insert(word.to_owned(), number);
        self.found.push(self.language.stem(word).into_owned());
        &self.found[number]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_of_one_stem_meet() {
        let english = Language::from_tag("en-GB");
        let french = Language::from_tag("fr");
        assert_eq!(english.stem("mutuals"), english.stem("mutual"));
        assert_eq!(french.stem("cooperatives"), french.stem("cooperative"));
        assert_eq!(Language::from_tag("xx").stem("mutuals"), "mutuals");
    }

    #[test]
    fn every_tag_has_stems() {
        for language in Language::all() {
            let Language::Known(tag) = language else { panic!("{language:?} has no tag") };
            assert!(algorithm(tag).is_some(), "{tag}");
            assert_eq!(Language::from_tag(tag), language);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn stems_begin_as_their_words(
            word in "[a-z]{1,12}|[α-ρσ-ω]{1,12}|[а-я]{1,12}|[a-z]{0,4}(ing|ed|s|ly|ies|ying)",
        ) {
            for language in Language::all().filter(|language| language.keeps_beginnings()) {
                let stem = language.stem(&word);
                prop_assert!(!stem.is_empty(), "{:?}", language);
                prop_assert_eq!(stem.chars().next(), word.chars().next(), "{:?}", language);
            }
        }
    }
}
