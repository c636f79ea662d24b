//! Rochdale as it is used: a library of entries, asked by built queries.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::path::Path;

use rochdale::Library;
use rochdale::date::Date;
use rochdale::library::{Answer, Prepared};
use rochdale::model::{Article, Author, Category, Entry, Id, Text};
use rochdale::query::{Clause, Facet, Period, Query, Totals, field, text};
use rochdale::snapshot;
use rochdale::store::{Bytes, NeedRange, Source, inside};

use super::{BEST, Engine, Hit, Ready, Reply};
use crate::Outcome;
use crate::class::{Class, Want};
use crate::corpus::{Document, read};
use crate::question::{Question, Words};

const FILE: &str = "library.rochdale";

/// More values than any facet of a corpus has.
const ALL_VALUES: usize = 100_000;

/// A file in memory as the system maps it.
#[derive(Debug)]
struct Mapped(memmap2::Mmap);

impl Mapped {
    fn open(path: &Path) -> Outcome<Self> {
        let file = File::open(path)?;
        #[expect(unsafe_code, reason = "the file was written by this run and is not changed")]
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Self(map))
    }
}

impl Source for Mapped {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read(&self, range: std::ops::Range<u64>) -> Result<Bytes<'_>, NeedRange> {
        inside(&self.0, range)
    }
}

/// A library that is open.
#[derive(Debug)]
pub(super) struct Rochdale(Library);

/// Writes the snapshot of a corpus.
pub(super) fn build(corpus: &Path, folder: &Path) -> Outcome {
    fs::create_dir_all(folder)?;
    let bytes = snapshot::build(&library(corpus)?)?;
    let mut file = File::create(folder.join(FILE))?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    Ok(())
}

/// The library of a corpus.
///
/// # Errors
///
/// Where the corpus cannot be read.
pub fn library(corpus: &Path) -> Outcome<Library> {
    let reading = read(corpus)?;
    let mut entries: Vec<Entry> = Vec::new();
    for author in &reading.heading.authors {
        entries.push(Author::new(Id::new(&author.id)?, author.name.as_str()).into());
    }
    for category in &reading.heading.categories {
        entries.push(Category::new(Id::new(&category.id)?, category.name.as_str()).into());
    }
    for document in reading {
        entries.push(article(&document?)?.into());
    }
    Ok(Library::new(entries).library)
}

/// The article of a document.
///
/// # Errors
///
/// Where an id of the document is not one.
pub fn article(document: &Document) -> Outcome<Article> {
    let id = Id::new(&format!("article-{}", document.number))?;
    let mut article = Article::new(id, document.title.as_str());
    article.body = Some(Text::plain(document.body.as_str()));
    article.authors = ids(&document.authors)?;
    article.categories = ids(document.category.as_ref())?;
    article.tags.clone_from(&document.tags);
    article.published = document.date().map(|day| Date::parse(&day.to_string())).transpose()?;
    Ok(article)
}

fn ids<'a, T>(ids: impl IntoIterator<Item = &'a String>) -> Outcome<Vec<Id<T>>> {
    ids.into_iter().map(|id| Ok(Id::new(id)?)).collect()
}

impl Rochdale {
    pub(super) fn open(folder: &Path) -> Outcome<Self> {
        Ok(Self(Library::open(Mapped::open(&folder.join(FILE))?)?))
    }
}

impl Engine for Rochdale {
    fn settings(&self) -> Vec<String> {
        vec![
            "one library of all entries: articles (title, body, tags, authors, category, published), authors and categories".into(),
            "words: Unicode word boundaries, lower case, accents folded; Snowball English stems, and words as written for prefixes and typos".into(),
            "score: BM25F, k1 1.2, b 0.75; title counts 4 times, tags twice, body once".into(),
            "queries are looked up beforehand by `Library::prepare`, as tantivy's are built of terms; words are looked up each time".into(),
        ]
    }

    fn ready<'a>(
        &'a self,
        class: Class,
        question: &Question,
        total: bool,
    ) -> Outcome<Option<Box<dyn Ready + 'a>>> {
        let want = class.info().want;
        let mut query = query(want, question);
        if !total {
            query = query.total(Totals::None);
        }
        Ok(Some(Box::new(Asked { query: self.0.prepare(query)?, want, total })))
    }
}

/// The query of a question.
fn query(want: Want, question: &Question) -> Query {
    let mut clauses = Vec::new();
    clauses.extend(clause(&question.words));
    if let Some(filter) = &question.filter {
        let day = |day| chrono::NaiveDate::from_epoch_days(day).unwrap_or_default().to_string();
        clauses.push(field("categories").is(&filter.category));
        clauses.push(field("published").between(day(filter.from), day(filter.until)));
    }
    let query = Query::new(Clause::all(clauses));
    match want {
        Want::Best | Want::Decoded | Want::Snippets => query.limit(BEST),
        Want::Newest => query.sort("-published").limit(BEST),
        Want::Categories => {
            query.limit(0).facet_named("counts", Facet::new("categories").limit(ALL_VALUES))
        }
        Want::Months => {
            query.limit(0).facet_named("counts", Facet::new("published").per(Period::Month))
        }
    }
}

fn clause(words: &Words) -> Option<Clause> {
    let each = |words: &[String]| words.iter().map(text).collect::<Vec<_>>();
    Some(match words {
        Words::None => return None,
        Words::All(words) => Clause::all(each(words)),
        Words::Any(words) => Clause::any(each(words)),
        Words::Phrase(words) => text(words.join(" ")),
        Words::Prefix(start) => text(start).or_prefix(),
        Words::Typo(word) => text(word).or_typo(1),
    })
}

struct Asked<'a> {
    query: Prepared<'a>,
    want: Want,
    total: bool,
}

impl Ready for Asked<'_> {
    fn run(&self) -> Outcome<usize> {
        let answer = self.query.ask()?;
        let taken = match self.want {
            Want::Best | Want::Newest => answer.scores().map(black_box).count(),
            Want::Categories | Want::Months => counts(&answer).count(),
            Want::Snippets => answer.highlights().map(black_box).count(),
            Want::Decoded => {
                let mut taken = 0;
                for entry in answer.entries() {
                    black_box(entry?);
                    taken += 1;
                }
                taken
            }
        };
        Ok(taken + if self.total { answer.total() } else { 0 })
    }

    fn reply(&self) -> Outcome<Reply> {
        let answer = self.query.ask()?;
        let mut hits = Vec::new();
        for (entry, score) in answer.entries().zip(answer.scores()) {
            let entry = entry?;
            let day = match &entry {
                Entry::Article(article) => article.published.as_ref().and_then(Date::earliest),
                _ => None,
            };
            hits.push(Hit {
                reference: entry.reference().to_string(),
                score: score.unwrap_or_default(),
                day: day.and_then(|moment| i32::try_from(moment.day).ok()),
            });
        }
        let counts = counts(&answer).filter(|(_, count)| *count > 0);
        let counts = counts.map(|(value, count)| (value.to_owned(), count)).collect();
        // Who counts values says no total beside them.
        let total = self.total && !matches!(self.want, Want::Categories | Want::Months);
        Ok(Reply { total: total.then_some(answer.total() as u64), hits, counts })
    }
}

fn counts<'a>(answer: &'a Answer<'_>) -> impl Iterator<Item = (&'a str, u64)> {
    let values = answer.facets().get("counts").into_iter().flat_map(|facet| &facet.values);
    values.map(|value| (value.value.as_str(), value.count as u64))
}
