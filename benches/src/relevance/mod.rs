//! How good the ranking is, on collections that people have judged.

mod metrics;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rochdale::Library;
use rochdale::model::{Article, Id, Text};
use rochdale::query::{Clause, Query, text};
use serde::Deserialize;

use crate::Outcome;
pub use metrics::{Judgements, average_precision, ndcg};

const COLLECTIONS: [&str; 2] = ["cranfield", "cacm"];

/// As many hits as `trec_eval` looks at.
const DEPTH: usize = 1_000;

/// How far Rochdale may lie from the reference at its settings.
const NEAR: f64 = 0.01;

/// A document or a question of a collection.
#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

/// A collection with its questions and what people judged.
struct Collection {
    documents: Vec<Item>,
    questions: Vec<Item>,
    judged: BTreeMap<String, Judgements>,
}

/// nDCG@10 and MAP.
#[derive(Clone, Copy, Debug)]
struct Quality {
    ndcg: f64,
    map: f64,
}

/// Prints the quality of Rochdale's ranking beside the reference.
///
/// # Errors
///
/// Where `ROCHDALE_DATA` is not set, or the collections cannot be read.
pub fn print() -> Outcome {
    let data = std::env::var_os("ROCHDALE_DATA").map(PathBuf::from);
    let data = data.ok_or("the collections are looked for where ROCHDALE_DATA points; set it")?;
    let facts = data.join("facts/ir_bm25.json");
    let facts: serde_json::Value = serde_json::from_slice(&fs::read(facts)?)?;
    println!("{:<12}{:<44}{:>10}{:>10}", "collection", "ranking", "nDCG@10", "MAP");
    for name in COLLECTIONS {
        let collection = Collection::read(&data.join("ir").join(name).join("norm"))?;
        let reference = reference(&facts, name).ok_or(format!("no reference run of {name}"))?;
        let as_one = collection.quality(false)?;
        row(name, "reference BM25, title and text as one field", reference);
        row(name, "rochdale, title and text as one field", as_one);
        row(name, "rochdale, title and body as an article has", collection.quality(true)?);
        let apart = (as_one.ndcg - reference.ndcg).abs().max((as_one.map - reference.map).abs());
        println!(
            "{name:<12}{:<44}{apart:>20.4}",
            format!("apart at these settings (at most {NEAR})")
        );
    }
    println!(
        "BM25 with k1 1.2, b 0.75, Snowball English, no stop words; every word of a question counts as often as it stands there"
    );
    Ok(())
}

fn row(collection: &str, what: &str, Quality { ndcg, map }: Quality) {
    println!("{collection:<12}{what:<44}{ndcg:>10.4}{map:>10.4}");
}

/// The run of the reference at the settings of Rochdale.
fn reference(facts: &serde_json::Value, name: &str) -> Option<Quality> {
    let mut runs = facts[name]["runs"].as_array()?.iter();
    let run = runs.find(|run| {
        run["stemmer"] == "english" && run["stop"] == "none" && run["k1"] == 1.2 && run["b"] == 0.75
    })?;
    Some(Quality { ndcg: run["nDCG@10"].as_f64()?, map: run["MAP"].as_f64()? })
}

impl Collection {
    fn read(folder: &Path) -> Outcome<Self> {
        let items = |name: &str| -> Outcome<Vec<Item>> {
            let text = fs::read_to_string(folder.join(name))?;
            text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
        };
        let mut judged: BTreeMap<String, Judgements> = BTreeMap::new();
        for line in fs::read_to_string(folder.join("qrels.trec"))?.lines() {
            let [question, _, document, gain] = line.split_whitespace().collect::<Vec<_>>()[..]
            else {
                return Err(format!("expected four words of a judgement, got `{line}`").into());
            };
            judged.entry(question.into()).or_default().insert(slug(document), gain.parse()?);
        }
        Ok(Self { documents: items("docs.jsonl")?, questions: items("queries.jsonl")?, judged })
    }

    /// The library of the documents, with titles of their own or as part of the body.
    fn library(&self, titles: bool) -> Outcome<Library> {
        let article = |item: &Item| -> Outcome<_> {
            let id = Id::new(&slug(&item.id))?;
            let (title, body) = if titles {
                (item.title.as_str(), item.text.clone())
            } else {
                ("", format!("{}\n{}", item.title, item.text))
            };
            let mut article = Article::new(id, title);
            article.body = Some(Text::plain(body));
            Ok(article.into())
        };
        let entries = self.documents.iter().map(article).collect::<Outcome<Vec<_>>>()?;
        Ok(Library::new(entries).library)
    }

    /// The means over the questions that have something relevant.
    fn quality(&self, titles: bool) -> Outcome<Quality> {
        let library = self.library(titles)?;
        let (mut ndcgs, mut precisions) = (Vec::new(), Vec::new());
        for question in &self.questions {
            let Some(judged) = self.judged.get(&question.id) else { continue };
            if judged.values().all(|gain| *gain <= 0) {
                continue;
            }
            let words = rochdale::text::Wording::new(&question.text).joined.into_iter().map(text);
            let query = Query::new(Clause::any(words)).limit(DEPTH);
            let answer = library.ask(&query)?;
            let ranking: Vec<String> = answer
                .references()
                .filter_map(|reference| Some(reference.ok()?.split_once(':')?.1.to_owned()))
                .collect();
            ndcgs.push(ndcg(&ranking, judged, 10));
            precisions.push(average_precision(&ranking, judged));
        }
        Ok(Quality { ndcg: mean(&ndcgs), map: mean(&precisions) })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred questions")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The id of a document as an id of Rochdale.
fn slug(id: &str) -> String {
    id.to_ascii_lowercase()
}
