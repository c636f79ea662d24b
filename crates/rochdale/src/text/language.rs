//! The languages whose words are stemmed.

use frostem::{Algorithm, Stemmer};

/// A language, for stemming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// A language of which the stems are known, by its tag of BCP 47.
    Known(&'static str),
    /// Any other: words stand for themselves.
    Other,
}

/// Tags and their Snowball algorithms.
const LANGUAGES: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

impl Language {
    /// English, which text is taken for where nothing else is said.
    pub const ENGLISH: Self = Self::Known("en");

    /// The language of a tag of BCP 47, by its first part; `nb` and `nn` are Norwegian.
    pub fn from_tag(tag: &str) -> Self {
        let first = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let first = if matches!(first.as_str(), "nb" | "nn") { "no" } else { &first };
        let known = LANGUAGES.iter().find(|(name, _)| *name == first);
        known.map_or(Self::Other, |(name, _)| Self::Known(name))
    }

    /// The stem of a folded word (Snowball); itself where the language has none.
    pub fn stem(self, word: &str) -> String {
        let Self::Known(tag) = self else { return word.to_owned() };
        match LANGUAGES.iter().find(|(name, _)| *name == tag) {
            Some((_, algorithm)) => Stemmer::new(*algorithm).stem(word).into_owned(),
            None => word.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_stem_meet() {
        let english = Language::from_tag("en-GB");
        assert_eq!(english.stem("mutuals"), english.stem("mutual"));
        assert_eq!(english.stem("government's"), english.stem("governments"));
        assert_eq!(
            Language::from_tag("fr").stem("coopératives"),
            Language::from_tag("fr").stem("coopérative")
        );
        assert_eq!(Language::from_tag("xx").stem("mutuals"), "mutuals");
    }
}
