//! How good the ranking is, on collections that people have judged.

mod metrics;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rochdale::Library;
use rochdale::model::{Article, Id, Text};
use rochdale::query::{Clause, Query, text};
use rochdale::text::Wording;
use serde::Deserialize;

use crate::Outcome;
pub use metrics::{Judgements, average_precision, ndcg};

const COLLECTIONS: [&str; 2] = ["cranfield", "cacm"];

/// As many hits as `trec_eval` looks at.
const DEPTH: usize = 1_000;

/// How far Rochdale may lie from the reference at its settings.
const NEAR: f64 = 0.01;

/// What the rows mean.
const NOTES: &str = "\
At these settings: BM25 with k1 1.2, b 0.75, Snowball English, no stop words; the words of a question are
cut at every sign, as the reference cuts them, and count as often as they stand there.
As it is: an article with a title, whose words count more than those of its body, and any of the words of
the question as they are typed between spaces; k1 and b are those that have served most collections since
TREC-3 (Robertson and others, 1994), and nothing was fitted to these two.";

/// How documents are kept and questions asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// As the reference does it.
    Reference,
    /// As users do who set nothing.
    Default,
}

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
        let as_one = collection.quality(Setting::Reference)?;
        row(name, "reference BM25, title and text as one field", reference);
        row(name, "rochdale at these settings", as_one);
        row(name, "rochdale as it is", collection.quality(Setting::Default)?);
        let apart = (as_one.ndcg - reference.ndcg).abs().max((as_one.map - reference.map).abs());
        println!(
            "{name:<12}{:<44}{apart:>20.4}",
            format!("apart at these settings (at most {NEAR})")
        );
    }
    println!("{NOTES}");
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
    fn library(&self, setting: Setting) -> Outcome<Library> {
        let article = |item: &Item| -> Outcome<_> {
            let id = Id::new(&slug(&item.id))?;
            let (title, body) = if setting == Setting::Default {
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
    fn quality(&self, setting: Setting) -> Outcome<Quality> {
        let library = self.library(setting)?;
        let (mut ndcgs, mut precisions) = (Vec::new(), Vec::new());
        for question in &self.questions {
            let Some(judged) = self.judged.get(&question.id) else { continue };
            if judged.values().all(|gain| *gain <= 0) {
                continue;
            }
            let words: Vec<String> = match setting {
                Setting::Reference => Wording::new(&question.text).apart,
                Setting::Default => question.text.split_whitespace().map(str::to_owned).collect(),
            };
            let query = Query::new(Clause::any(words.into_iter().map(text))).limit(DEPTH);
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
