//! Real folders of articles, found through `ROCHDALE_DATA`, against counts that other tools made.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rochdale::json::Json;
use rochdale::model::{Article, Entry};
use rochdale_ingest::{Reader, Reading};

struct Corpus {
    reading: Reading,
    facts: Json,
}

/// Reads a folder of articles and what is known about it.
fn corpus(name: &str) -> Option<Corpus> {
    let Some(data) = std::env::var_os("ROCHDALE_DATA").map(PathBuf::from) else {
        println!("skipped: ROCHDALE_DATA is not set");
        return None;
    };
    let facts = std::fs::read_to_string(data.join("facts/articles.json")).unwrap();
    let facts = Json::parse(&facts).unwrap().pointer(&format!("/{name}")).unwrap().clone();
    let reading = Reader::new().read_path(&data.join("articles").join(name)).unwrap();
    Some(Corpus { reading, facts })
}

impl Corpus {
    fn articles(&self) -> impl Iterator<Item = Article> {
        self.reading.entries.iter().filter_map(|entry| Article::try_from(entry.clone()).ok())
    }

    fn fact(&self, name: &str) -> usize {
        self.facts.pointer(name).unwrap().to_string().parse().unwrap()
    }

    fn facts(&self, name: &str) -> BTreeMap<String, usize> {
        let counts = self.facts.pointer(name).unwrap().as_object().unwrap();
        counts.iter().map(|(key, n)| (key.clone(), n.to_string().parse().unwrap())).collect()
    }

    fn issues(&self) -> BTreeMap<&str, usize> {
        count(self.reading.report.issues.iter().map(|issue| issue.code.name))
    }

    /// How many articles refer to each entry of a kind, by its name.
    fn by_name(
        &self,
        kind: &str,
        ids: impl Fn(&Article) -> Vec<String>,
    ) -> BTreeMap<String, usize> {
        let of_kind = |entry: &&Entry| entry.kind().name() == kind;
        let entries = self.reading.entries.iter().filter(of_kind);
        let names: BTreeMap<_, _> =
            entries.map(|entry| (entry.id(), entry.title().to_owned())).collect();
        count(self.articles().flat_map(|article| ids(&article)).map(|id| names[&*id].clone()))
    }

    fn authors(&self) -> BTreeMap<String, usize> {
        self.by_name("author", |article| article.authors.iter().map(ToString::to_string).collect())
    }

    fn years(&self) -> BTreeMap<String, usize> {
        count(self.articles().map(|article| {
            let day = article.published.and_then(|date| date.earliest());
            day.map_or_else(|| "?".to_owned(), |day| day.year().to_string())
        }))
    }
}

fn count<K: Ord>(items: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    counts
}

/// Asserts that two counts are equal but for differences that are listed, each with its reason.
fn differ(
    got: &BTreeMap<String, usize>,
    wanted: &BTreeMap<String, usize>,
    listed: &[(&str, usize, usize)],
) {
    let keys: BTreeSet<_> = got.keys().chain(wanted.keys()).collect();
    let at = |counts: &BTreeMap<String, usize>, key: &str| counts.get(key).copied().unwrap_or(0);
    let found: BTreeSet<_> = keys
        .into_iter()
        .map(|key| (key.as_str(), at(got, key), at(wanted, key)))
        .filter(|(_, got, wanted)| got != wanted)
        .collect();
    assert_eq!(found, listed.iter().copied().collect());
}

/// Asserts the counts of the most frequent names.
fn lead(
    got: &BTreeMap<String, usize>,
    wanted: &BTreeMap<String, usize>,
    listed: &[(&str, usize, usize)],
) {
    let got = got.iter().filter(|(name, _)| wanted.contains_key(*name));
    differ(&got.map(|(name, n)| (name.clone(), *n)).collect(), wanted, listed);
}

#[test]
fn the_18f_blog_reads_without_edits() {
    let Some(corpus) = corpus("18f-blog") else { return };
    assert_eq!(corpus.articles().count(), corpus.fact("/files"));
    assert_eq!(corpus.authors().len(), corpus.fact("/n_distinct_authors"));
    lead(&corpus.authors(), &corpus.facts("/top_authors"), &[]);
    let tags = count(corpus.articles().flat_map(|article| article.tags));
    assert_eq!(tags.len(), corpus.fact("/n_distinct_tags"));
    lead(&tags, &corpus.facts("/top_tags"), &[]);
    differ(&corpus.years(), &corpus.facts("/by_year"), &[]);
    assert!(corpus.articles().all(|article| article.summary.is_some() && article.body.is_some()));
    // Three posts of one name are told apart by their dates.
    assert_eq!(corpus.issues(), BTreeMap::from([("id-clash", 3)]));
}

#[test]
fn the_rust_blog_reads_without_edits() {
    let Some(corpus) = corpus("rust-blog") else { return };
    assert_eq!(corpus.articles().count(), 751);
    assert_eq!(corpus.reading.report.not_carried["_index.md"], 3);
    assert_eq!(corpus.articles().count() + 3, corpus.fact("/files"));
    // Four names are written in two ways each, which differ in capitals or accents alone.
    assert_eq!(corpus.authors().len(), corpus.fact("/n_distinct_authors") - 4);
    lead(&corpus.authors(), &corpus.facts("/top_authors"), RUST_AUTHORS);
    // The other tool took a year from the name of the file; the path in the front matter has it.
    let years = corpus.years();
    let stated = corpus.articles().map(|article| {
        let address = article.url.unwrap_or_default();
        let year = address.split('/').find(|step| step.len() == 4 && step.starts_with("20"));
        year.unwrap_or("?").to_owned()
    });
    differ(&years, &count(stated), &[]);
    assert_eq!(years.get("?"), Some(&1));
    let titles = corpus.articles().filter(|article| article.id.as_str() == "rust-1.88.0");
    assert_eq!(
        titles.map(|article| article.url.unwrap()).collect::<Vec<_>>(),
        ["2025/06/26/Rust-1.88.0"]
    );
    let expected = [("id-clash", 2), ("name-clash", 4), ("title-made", 1)];
    assert_eq!(corpus.issues(), BTreeMap::from(expected));
}

#[test]
fn the_ethereum_proposals_read_without_edits() {
    let Some(corpus) = corpus("eips") else { return };
    assert_eq!(corpus.articles().count(), corpus.fact("/files"));
    // Two people write their handle with and without capitals.
    assert_eq!(corpus.authors().len(), corpus.fact("/n_distinct_authors") - 2);
    lead(&corpus.authors(), &corpus.facts("/top_authors"), &[("James Hancock (@madeoftin)", 0, 5)]);
    assert_eq!(corpus.authors()["James Hancock (@MadeofTin)"], 6);
    let categories = corpus.by_name("category", |article| {
        article.categories.iter().map(ToString::to_string).collect()
    });
    differ(&categories, &corpus.facts("/categories"), &[]);
    differ(&corpus.years(), &corpus.facts("/by_year"), EIP_YEARS);
    // Those that moved state neither a title nor a heading.
    assert_eq!(corpus.issues(), BTreeMap::from([("name-clash", 2), ("title-made", 365)]));
}

/// Authors whose name is found in another spelling as well.
const RUST_AUTHORS: &[(&str, usize, usize)] =
    &[("The Rustup Working Group", 12, 11), ("Tomas Sedovic", 17, 16)];

/// Years that the other tool read from a name such as `eip-1900.md`, where no date is stated.
const EIP_YEARS: &[(&str, usize, usize)] = &[
    ("1900", 0, 1),
    ("1921", 0, 1),
    ("1922", 0, 1),
    ("1923", 0, 1),
    ("1948", 0, 1),
    ("1967", 0, 1),
    ("1973", 0, 1),
    ("1996", 0, 1),
    ("2009", 0, 1),
    ("2018", 46, 47),
    ("2019", 44, 45),
    ("2020", 57, 58),
    ("2021", 48, 49),
    ("2098", 0, 1),
    ("?", 365, 351),
];

#[test]
fn the_front_matter_of_gray_matter_is_read_or_refused() {
    let Some(data) = std::env::var_os("ROCHDALE_DATA").map(PathBuf::from) else {
        println!("skipped: ROCHDALE_DATA is not set");
        return;
    };
    let reading = Reader::new().read_path(&data.join("frontmatter/gray-matter")).unwrap();
    let found = reading.report.issues.iter().filter(|issue| issue.code.name != "title-made");
    let found: Vec<_> = found
        .map(|issue| (issue.path.as_deref().unwrap(), issue.line.unwrap_or(0), issue.code.name))
        .collect();
    assert_eq!(found, GRAY_MATTER);
    assert!(reading.entries.iter().any(|entry| entry.title() == "delims-semi-colons JSON"));
}

/// What is wrong with its files, some of which are templates or in the languages of scripts.
const GRAY_MATTER: &[(&str, u32, &str)] = &[
    ("benchmark/fixtures/complex.md", 1, "id-clash"),
    ("benchmark/fixtures/complex.md", 9, "bad-date"),
    ("benchmark/fixtures/complex.md", 57, "bad-field"),
    ("examples/fixtures/coffee-auto.md", 1, "front-matter-language"),
    ("test/fixtures/all-dots.yaml", 2, "unknown-kind"),
    ("test/fixtures/all.yaml", 2, "unknown-kind"),
    ("test/fixtures/autodetect-coffee-fn.md", 1, "front-matter-language"),
    ("test/fixtures/autodetect-coffee.md", 1, "front-matter-language"),
    ("test/fixtures/autodetect-coffeescript.md", 1, "front-matter-language"),
    ("test/fixtures/autodetect-cson-fn.md", 1, "front-matter-language"),
    ("test/fixtures/autodetect-cson.md", 1, "front-matter-language"),
    ("test/fixtures/autodetect-javascript.md", 1, "front-matter-language"),
    ("test/fixtures/complex.md", 1, "id-clash"),
    ("test/fixtures/complex.md", 9, "bad-date"),
    ("test/fixtures/complex.md", 57, "bad-field"),
    ("test/fixtures/empty.md", 0, "empty-file"),
    ("test/fixtures/lang-coffee-bad.md", 1, "front-matter-language"),
    ("test/fixtures/lang-javascript-fn.md", 2, "not-an-entry"),
    ("test/fixtures/lang-javascript-object-fn.md", 6, "syntax"),
];
