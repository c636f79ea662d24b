//! tantivy at its best documented settings, with the words of Rochdale.

mod words;

use std::fs;
use std::hint::black_box;
use std::ops::Bound;
use std::path::Path;

use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::{DocAddress, Index, IndexWriter, Order, Searcher, TantivyDocument, Term};

use super::{BEST, Engine, Hit, Ready, Reply, reference};
use crate::Outcome;
use crate::class::{Class, Want};
use crate::corpus::{Document, Name, read};
use crate::question::{Question, Words};
use words::{STEMS, WRITTEN, stem};

/// The memory that the one writing thread fills before it writes a segment.
const BUDGET: usize = 1 << 30;

/// How often a title and a tag count, as in Rochdale.
const TITLE: usize = 4;
const TAG: usize = 2;

#[derive(Clone, Copy, Debug)]
struct Fields {
    reference: Field,
    text: Field,
    written: Field,
    title: Field,
    body: Field,
    author: Field,
    category: Field,
    tag: Field,
    day: Field,
    month: Field,
}

impl Fields {
    fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let words = |analyser: &str, option, lengths| {
            let indexing = TextFieldIndexing::default().set_tokenizer(analyser);
            TextOptions::default()
                .set_indexing_options(indexing.set_index_option(option).set_fieldnorms(lengths))
        };
        let all = IndexRecordOption::WithFreqsAndPositions;
        let fields = Self {
            reference: schema.add_text_field("reference", STRING | STORED),
            text: schema.add_text_field("text", words(STEMS, all, true)),
            written: schema
                .add_text_field("written", words(WRITTEN, IndexRecordOption::Basic, false)),
            title: schema.add_text_field("title", STORED),
            body: schema.add_text_field("body", STORED),
            author: schema.add_text_field("author", STRING | STORED),
            category: schema.add_text_field("category", STRING | STORED | FAST),
            tag: schema.add_text_field("tag", STRING | STORED),
            day: schema.add_i64_field("day", FAST | STORED | INDEXED),
            month: schema.add_u64_field("month", FAST),
        };
        (schema.build(), fields)
    }

    fn document(&self, document: &Document) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        out.add_text(self.reference, reference(document.number));
        // Each value has positions of its own, so that no phrase runs from one into the next.
        let title = std::iter::repeat_n(&document.title, TITLE);
        let tags = document.tags.iter().flat_map(|tag| std::iter::repeat_n(tag, TAG));
        for text in title.chain([&document.body]).chain(tags) {
            out.add_text(self.text, text);
        }
        for text in [&document.title, &document.body].into_iter().chain(&document.tags) {
            out.add_text(self.written, text);
        }
        out.add_text(self.title, &document.title);
        out.add_text(self.body, &document.body);
        document.authors.iter().for_each(|author| out.add_text(self.author, author));
        document.tags.iter().for_each(|tag| out.add_text(self.tag, tag));
        if let Some(category) = &document.category {
            out.add_text(self.category, category);
        }
        if let (Some(day), Some(month)) = (document.day, document.month()) {
            out.add_i64(self.day, day.into());
            // Without the gaps that lie between 201112 and 201201.
            out.add_u64(self.month, u64::from(month / 100 * 12 + month % 100 - 1));
        }
        out
    }

    fn name(&self, kind: &str, name: &Name) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        out.add_text(self.reference, format!("{kind}:{}", name.id));
        (0..TITLE).for_each(|_| out.add_text(self.text, &name.name));
        out.add_text(self.written, &name.name);
        out.add_text(self.title, &name.name);
        out
    }
}

/// Builds the index with one thread, as one segment.
pub(super) fn build(corpus: &Path, folder: &Path) -> Outcome {
    let reading = read(corpus)?;
    let (schema, fields) = Fields::schema();
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema)?;
    words::register(&index, reading.heading.plain);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
    for author in &reading.heading.authors {
        writer.add_document(fields.name("author", author))?;
    }
    for category in &reading.heading.categories {
        writer.add_document(fields.name("category", category))?;
    }
    for document in reading {
        writer.add_document(fields.document(&document?))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

/// An index that is open.
pub(super) struct Tantivy {
    searcher: Searcher,
    fields: Fields,
    plain: bool,
}

impl Tantivy {
    pub(super) fn open(folder: &Path, plain: bool) -> Outcome<Self> {
        let index = Index::open_in_dir(folder)?;
        words::register(&index, plain);
        let (_, fields) = Fields::schema();
        Ok(Self { searcher: index.reader()?.searcher(), fields, plain })
    }

    fn query(&self, question: &Question) -> Box<dyn Query> {
        let words = self.words(&question.words);
        let Some(filter) = &question.filter else { return words };
        let category = Term::from_field_text(self.fields.category, &filter.category);
        let bound = |day: i32| Bound::Included(Term::from_field_i64(self.fields.day, day.into()));
        Box::new(BooleanQuery::intersection(vec![
            words,
            Box::new(TermQuery::new(category, IndexRecordOption::Basic)),
            Box::new(RangeQuery::new(bound(filter.from), bound(filter.until))),
        ]))
    }

    fn words(&self, words: &Words) -> Box<dyn Query> {
        let term = |word: &String| Term::from_field_text(self.fields.text, &stem(word));
        let written = |word: &str| Term::from_field_text(self.fields.written, word);
        let each = |words: &[String], occur: Occur| -> Box<dyn Query> {
            let one = |word| -> Box<dyn Query> {
                Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
            };
            match words {
                [word] => one(word),
                words => {
                    Box::new(BooleanQuery::new(words.iter().map(|w| (occur, one(w))).collect()))
                }
            }
        };
        match words {
            Words::None => Box::new(AllQuery),
            Words::All(words) => each(words, Occur::Must),
            Words::Any(words) => each(words, Occur::Should),
            Words::Phrase(words) => Box::new(PhraseQuery::new(words.iter().map(term).collect())),
            Words::Prefix(start) => {
                let mut query = PhrasePrefixQuery::new(vec![written(start)]);
                query.set_max_expansions(u32::MAX);
                Box::new(query)
            }
            Words::Typo(word) => Box::new(FuzzyTermQuery::new(written(word), 1, true)),
        }
    }
}

impl Engine for Tantivy {
    fn settings(&self) -> Vec<String> {
        vec![
            format!("{}; default features, memory map, one segment of all entries, LZ4 store", tantivy::version_string()),
            format!("built by one thread with {} MiB of memory", BUDGET >> 20),
            "text: title 4 times, body, tags twice, as values of one field, with frequencies, positions and lengths; the names of authors and categories likewise".into(),
            words::analysis(self.plain).into(),
            "written: words as written, without frequencies, for prefixes and typos".into(),
            "category: raw, indexed and fast; day: i64, fast; month: u64, fast; title, body, authors, tags stored".into(),
            "TermQuery, BooleanQuery, PhraseQuery, PhrasePrefixQuery (all expansions), FuzzyTermQuery (distance 1, transpositions cost 1), RangeQuery; TopDocs with order_by_score, and order_by_fast_field for the newest; Count for totals; AggregationCollector (terms, histogram) for counts; SnippetGenerator".into(),
        ]
    }

    fn ready<'a>(
        &'a self,
        class: Class,
        question: &Question,
        total: bool,
    ) -> Outcome<Option<Box<dyn Ready + 'a>>> {
        let want = class.info().want;
        let counts = match want {
            Want::Categories => {
                Some(r#"{"counts": {"terms": {"field": "category", "size": 100000}}}"#)
            }
            Want::Months => Some(
                r#"{"counts": {"histogram": {"field": "month", "interval": 1, "min_doc_count": 1}}}"#,
            ),
            _ => None,
        };
        let counts = counts.map(serde_json::from_str::<Aggregations>).transpose()?;
        let counts =
            counts.map(|it| AggregationCollector::from_aggs(it, AggContextParams::default()));
        let query = self.query(question);
        Ok(Some(Box::new(Asked { engine: self, query, want, total, counts })))
    }
}

struct Asked<'a> {
    engine: &'a Tantivy,
    query: Box<dyn Query>,
    want: Want,
    total: bool,
    counts: Option<AggregationCollector>,
}

/// What a search gives: the handles of the hits with their scores or days, and the total.
type Found<T> = (Vec<(T, DocAddress)>, Option<usize>);

impl Asked<'_> {
    fn collect<T: 'static>(
        &self,
        collector: impl Collector<Fruit = Vec<(T, DocAddress)>>,
    ) -> Outcome<Found<T>>
    where
        Vec<(T, DocAddress)>: tantivy::collector::Fruit,
    {
        let searcher = &self.engine.searcher;
        if self.total {
            let (hits, total) = searcher.search(&*self.query, &(collector, Count))?;
            return Ok((hits, Some(total)));
        }
        Ok((searcher.search(&*self.query, &collector)?, None))
    }

    fn best(&self) -> Outcome<Found<f32>> {
        self.collect(TopDocs::with_limit(BEST).order_by_score())
    }

    fn newest(&self) -> Outcome<Found<Option<i64>>> {
        self.collect(TopDocs::with_limit(BEST).order_by_fast_field("day", Order::Desc))
    }

    fn counted(&self) -> Outcome<serde_json::Value> {
        let collector = self.counts.as_ref().ok_or("this question wants no counts")?;
        let counts = self.engine.searcher.search(&*self.query, collector)?;
        Ok(serde_json::to_value(counts)?)
    }

    fn document(&self, address: DocAddress) -> Outcome<TantivyDocument> {
        Ok(self.engine.searcher.doc(address)?)
    }

    fn snippets(&self, hits: &[(f32, DocAddress)]) -> Outcome {
        let fields = &self.engine.fields;
        let maker = SnippetGenerator::create(&self.engine.searcher, &*self.query, fields.text)?;
        for (_, address) in hits {
            let document = self.document(*address)?;
            let body = document.get_first(fields.body).and_then(|value| value.as_str());
            black_box(maker.snippet(body.unwrap_or_default()));
        }
        Ok(())
    }
}

impl Ready for Asked<'_> {
    fn run(&self) -> Outcome<usize> {
        match self.want {
            Want::Categories | Want::Months => {
                let collector = self.counts.as_ref().ok_or("this question wants no counts")?;
                Ok(black_box(self.engine.searcher.search(&*self.query, collector)?).0.len())
            }
            Want::Newest => self.newest().map(|(hits, total)| hits.len() + total.unwrap_or(0)),
            Want::Best | Want::Decoded | Want::Snippets => {
                let (hits, total) = self.best()?;
                if self.want == Want::Decoded {
                    for (_, address) in &hits {
                        black_box(self.document(*address)?);
                    }
                }
                if self.want == Want::Snippets {
                    self.snippets(&hits)?;
                }
                Ok(hits.len() + total.unwrap_or(0))
            }
        }
    }

    fn reply(&self) -> Outcome<Reply> {
        let reply = |total: Option<usize>, hits| Reply {
            total: total.map(|total| total as u64),
            hits,
            ..Reply::default()
        };
        let hit = |address, score, day: Option<i64>| -> Outcome<Hit> {
            let document = self.document(address)?;
            let reference = document.get_first(self.engine.fields.reference);
            let reference = reference.and_then(|value| value.as_str()).unwrap_or_default();
            let day = day.and_then(|day| i32::try_from(day).ok());
            Ok(Hit { reference: reference.to_owned(), score, day })
        };
        match self.want {
            Want::Newest => {
                let (hits, total) = self.newest()?;
                let hits = hits.into_iter().map(|(day, address)| hit(address, 0.0, day));
                Ok(reply(total, hits.collect::<Outcome<_>>()?))
            }
            Want::Best | Want::Decoded | Want::Snippets => {
                let (hits, total) = self.best()?;
                let hits = hits.into_iter().map(|(score, it)| hit(it, score.into(), None));
                Ok(reply(total, hits.collect::<Outcome<_>>()?))
            }
            Want::Categories | Want::Months => {
                let counted = self.counted()?;
                let buckets = counted["counts"]["buckets"].as_array().cloned().unwrap_or_default();
                let counts = buckets.iter().filter_map(|bucket| {
                    Some((key(&bucket["key"])?, bucket["doc_count"].as_u64()?))
                });
                Ok(Reply { counts: counts.collect(), ..Reply::default() })
            }
        }
    }
}

/// A category as it is; a month as Rochdale writes it.
#[expect(clippy::cast_possible_truncation, reason = "months of a calendar")]
fn key(key: &serde_json::Value) -> Option<String> {
    if let Some(category) = key.as_str() {
        return Some(category.to_owned());
    }
    let month = key.as_f64()? as i64;
    Some(format!("{:04}-{:02}", month / 12, month % 12 + 1))
}
