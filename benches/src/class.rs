//! The classes of question: what each is called, what is wanted of it, and its target.

use serde::{Deserialize, Serialize};

/// A class of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names below say it")]
pub enum Class {
    RareWord,
    MiddlingWord,
    FrequentWord,
    AnyOfTwo,
    AnyOfThree,
    FrequentWithRarer,
    BothOfTwo,
    AllOfThree,
    Phrase,
    Prefix,
    Typo,
    Newest,
    Facet,
    Histogram,
    FacetOfAll,
    HistogramOfAll,
    Decoded,
    Snippets,
}

/// What is wanted of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// The ten best, as handles.
    Best,
    /// The ten newest, as handles.
    Newest,
    /// How many entries stand in each category.
    Categories,
    /// How many entries each month has.
    Months,
    /// The ten best, as entries.
    Decoded,
    /// The ten best, each with the words that were asked for.
    Snippets,
}

/// What a class is.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// Its name in tables.
    pub name: &'static str,
    /// Its name where one word is needed.
    pub slug: &'static str,
    /// What is wanted.
    pub want: Want,
    /// The share of tantivy's time in the same run that Rochdale may take at most: of the median,
    /// and where it is set of the 99th percentile.
    pub target: (f64, Option<f64>),
}

impl Class {
    /// Every class, in the order of the table.
    pub const ALL: [Self; 18] = [
        Self::RareWord,
        Self::MiddlingWord,
        Self::FrequentWord,
        Self::AnyOfTwo,
        Self::AnyOfThree,
        Self::FrequentWithRarer,
        Self::BothOfTwo,
        Self::AllOfThree,
        Self::Phrase,
        Self::Prefix,
        Self::Typo,
        Self::Newest,
        Self::Facet,
        Self::Histogram,
        Self::FacetOfAll,
        Self::HistogramOfAll,
        Self::Decoded,
        Self::Snippets,
    ];

    /// What the class is.
    #[rustfmt::skip]
    pub const fn info(self) -> Info {
        use Want::{Best, Categories, Decoded, Months, Newest, Snippets};
        match self {
            Self::RareWord          => row("one rare word",                          "rare-word",           Best,       0.4,  None),
            Self::MiddlingWord      => row("one middling word",                      "middling-word",       Best,       0.5,  None),
            Self::FrequentWord      => row("one frequent word",                      "frequent-word",       Best,       0.3,  None),
            Self::AnyOfTwo          => row("any of two words",                       "any-of-two",          Best,       0.4,  Some(0.3)),
            Self::AnyOfThree        => row("any of three words",                     "any-of-three",        Best,       0.4,  Some(0.4)),
            Self::FrequentWithRarer => row("frequent with rarer word",               "frequent-with-rarer", Best,       0.4,  None),
            Self::BothOfTwo         => row("both of two words",                      "both-of-two",         Best,       1.0,  Some(1.0)),
            Self::AllOfThree        => row("all of three words",                     "all-of-three",        Best,       0.9,  Some(1.0)),
            Self::Phrase            => row("phrase",                                 "phrase",              Best,       0.9,  Some(0.4)),
            Self::Prefix            => row("prefix",                                 "prefix",              Best,       0.25, None),
            Self::Typo              => row("one typo",                               "typo",                Best,       1.0,  None),
            Self::Newest            => row("word, category, dates; newest first",    "newest",              Newest,     0.02, None),
            Self::Facet             => row("facet by category under a query",        "facet",               Categories, 0.3,  None),
            Self::Histogram         => row("histogram by month under a query",       "histogram",           Months,     0.25, None),
            Self::FacetOfAll        => row("facet by category, all entries",         "facet-of-all",        Categories, 0.05, None),
            Self::HistogramOfAll    => row("histogram by month, all entries",        "histogram-of-all",    Months,     0.05, None),
            Self::Decoded           => row("ten best, decoded",                      "decoded",             Decoded,    0.6,  None),
            Self::Snippets          => row("ten best with snippets",                 "snippets",            Snippets,   0.4,  None),
        }
    }

    /// Whether the class is asked without a total as well; counts are totals already.
    pub const fn may_lack_total(self) -> bool {
        !matches!(self.info().want, Want::Categories | Want::Months)
    }

    /// Whether the peers rank what they find; prefixes and typos they do not.
    pub const fn peers_rank(self) -> bool {
        !matches!(self, Self::Prefix | Self::Typo)
    }
}

const fn row(
    name: &'static str,
    slug: &'static str,
    want: Want,
    median: f64,
    high: Option<f64>,
) -> Info {
    Info { name, slug, want, target: (median, high) }
}

/// What Rochdale's build may cost at most, beside tantivy's: time and bytes, and the bytes of memory
/// for each byte of its file, with those that come on top.
pub const BUILD: (f64, f64, (f64, u64)) = (1.0, 0.75, (2.5, 256 << 20));

/// The geometric mean over the classes of Rochdale's share of tantivy's time, at most.
pub const OVERALL: f64 = 0.25;

/// How many times as fast as SQLite Rochdale is to be at least, in every class but the rare word.
pub const SQLITE: f64 = 20.0;
