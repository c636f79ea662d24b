//! SQLite with FTS5, as its documentation advises, with the words of Rochdale.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use rochdale::text::Language;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OpenFlags, Row, Statement, ToSql, params};

use super::{BEST, Engine, Hit, Ready, Reply, reference};
use crate::Outcome;
use crate::class::{Class, Want};
use crate::corpus::{Document, Name, read};
use crate::question::{Question, Words};

const FILE: &str = "library.sqlite";

/// Two indexes over one table: stems, and words as written with an index of prefixes. What is
/// counted and filtered stands in a narrow table, so that no article is read for it.
const SCHEMA: &str = "
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;
    CREATE TABLE entries(id INTEGER PRIMARY KEY, reference TEXT, title TEXT, tags TEXT, authors TEXT, body TEXT);
    CREATE TABLE facts(id INTEGER PRIMARY KEY, category TEXT, day INTEGER, month INTEGER);
    CREATE VIRTUAL TABLE stems USING fts5(title, body, tags, content='entries', content_rowid='id', tokenize='TOKENIZER');
    CREATE VIRTUAL TABLE written USING fts5(title, body, tags, content='entries', content_rowid='id', prefix='3 4 5', tokenize='TOKENIZER');
    INSERT INTO stems(stems, rank) VALUES('rank', 'bm25(4.0, 1.0, 2.0)');
    INSERT INTO written(written, rank) VALUES('rank', 'bm25(4.0, 1.0, 2.0)');";

const FINISH: &str = "
    CREATE INDEX category ON facts(category);
    CREATE INDEX month ON facts(month);
    INSERT INTO stems(stems) VALUES('optimize');
    INSERT INTO written(written) VALUES('optimize');
    ANALYZE;";

fn tokenizer(plain: bool) -> &'static str {
    if plain { "ascii" } else { "unicode61 remove_diacritics 0 tokenchars _" }
}

/// Builds the database in one transaction.
pub(super) fn build(corpus: &Path, folder: &Path) -> Outcome {
    let reading = read(corpus)?;
    fs::create_dir_all(folder)?;
    let path = folder.join(FILE);
    if path.exists() {
        fs::remove_file(&path)?;
    }
    let mut connection = Connection::open(path)?;
    connection.execute_batch(&SCHEMA.replace("TOKENIZER", tokenizer(reading.heading.plain)))?;
    let transaction = connection.transaction()?;
    {
        let mut writer = Writer::new(&transaction)?;
        for author in &reading.heading.authors {
            writer.name("author", author)?;
        }
        for category in &reading.heading.categories {
            writer.name("category", category)?;
        }
        for document in reading {
            writer.document(&document?)?;
        }
    }
    transaction.commit()?;
    connection.execute_batch(FINISH)?;
    Ok(())
}

struct Writer<'a> {
    entries: Statement<'a>,
    facts: Statement<'a>,
    stems: Statement<'a>,
    written: Statement<'a>,
    known: HashMap<String, String>,
    id: i64,
}

impl<'a> Writer<'a> {
    fn new(connection: &'a Connection) -> Outcome<Self> {
        Ok(Self {
            entries: connection.prepare("INSERT INTO entries VALUES(?, ?, ?, ?, ?, ?)")?,
            facts: connection.prepare("INSERT INTO facts VALUES(?, ?, ?, ?)")?,
            stems: connection
                .prepare("INSERT INTO stems(rowid, title, body, tags) VALUES(?, ?, ?, ?)")?,
            written: connection
                .prepare("INSERT INTO written(rowid, title, body, tags) VALUES(?, ?, ?, ?)")?,
            known: HashMap::new(),
            id: 0,
        })
    }

    fn document(&mut self, document: &Document) -> Outcome {
        let (category, day, month) = (&document.category, document.day, document.month());
        let texts = [&document.title, &document.body, &document.tags.join(" ")];
        self.entry(&reference(document.number), texts, &document.authors.join(" "))?;
        self.facts.execute(params![self.id, category, day, month])?;
        Ok(())
    }

    fn name(&mut self, kind: &str, name: &Name) -> Outcome {
        let nothing = String::new();
        self.entry(&format!("{kind}:{}", name.id), [&name.name, &nothing, &nothing], "")?;
        self.facts.execute(params![self.id, None::<&str>, None::<i32>, None::<u32>])?;
        Ok(())
    }

    fn entry(&mut self, reference: &str, texts: [&String; 3], authors: &str) -> Outcome {
        self.id += 1;
        let [title, body, tags] = texts;
        self.entries.execute(params![self.id, reference, title, tags, authors, body])?;
        let stems = texts.map(|text| self.words(text, true));
        self.stems.execute(params![self.id, stems[0], stems[1], stems[2]])?;
        let written = texts.map(|text| self.words(text, false));
        self.written.execute(params![self.id, written[0], written[1], written[2]])?;
        Ok(())
    }

    /// The words of a text with spaces between them; SQLite has no stemmer of these.
    fn words(&mut self, text: &str, stems: bool) -> String {
        let mut out = String::with_capacity(text.len());
        for word in rochdale::text::tokens(text) {
            if !out.is_empty() {
                out.push(' ');
            }
            if stems {
                if let Some(stem) = self.known.get(&word.written) {
                    out.push_str(stem);
                } else {
                    let stem = stem(&word.written);
                    out.push_str(&stem);
                    self.known.insert(word.written, stem);
                }
            } else {
                out.push_str(&bare(&word.written));
            }
        }
        out
    }
}

/// A word as one token: what is no letter or digit would end it.
fn bare(word: &str) -> String {
    word.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect()
}

fn stem(word: &str) -> String {
    bare(&Language::ENGLISH.stem(word))
}

/// A database that is open.
pub(super) struct Sqlite {
    connection: Connection,
    plain: bool,
}

impl Sqlite {
    pub(super) fn open(folder: &Path, plain: bool) -> Outcome<Self> {
        let connection = Connection::open_with_flags(
            folder.join(FILE),
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.execute_batch("PRAGMA mmap_size = 8589934592; PRAGMA cache_size = -65536;")?;
        connection.set_prepared_statement_cache_capacity(1_024);
        Ok(Self { connection, plain })
    }
}

impl Engine for Sqlite {
    fn settings(&self) -> Vec<String> {
        vec![
            format!("SQLite {}, FTS5, read-only, memory-mapped, tables optimized and analyzed", rusqlite::version()),
            format!("stems, written: fts5(title, body, tags), full detail, tokenize `{}`, of words and stems that Rochdale made; written has prefix='3 4 5'", tokenizer(self.plain)),
            "rank bm25(4.0, 1.0, 2.0): k1 1.2 and b 0.75 as built in; its rarity is ln((N - n + 0.5) / (n + 0.5)), without the 1 that the others add, and a length counts no title four times: totals are compared, and ranks are not".into(),
            "facts(id, category, day, month) beside, with indexes on category and on month".into(),
            "… MATCH ? ORDER BY rank LIMIT 10; count(*) for totals; JOIN facts … GROUP BY for counts; snippet(stems, 1, '<b>', '</b>', '…', 32)".into(),
        ]
    }

    fn ready<'a>(
        &'a self,
        class: Class,
        question: &Question,
        total: bool,
    ) -> Outcome<Option<Box<dyn Ready + 'a>>> {
        let (table, expression) = match &question.words {
            Words::None => ("", String::new()),
            Words::All(words) => ("stems", quoted(words, " ")),
            Words::Any(words) => ("stems", quoted(words, " OR ")),
            Words::Phrase(words) => {
                let words: Vec<_> = words.iter().map(|word| stem(word)).collect();
                ("stems", format!("\"{}\"", words.join(" ")))
            }
            Words::Prefix(start) => ("written", format!("\"{}\" *", bare(start))),
            // FTS5 knows no slips.
            Words::Typo(_) => return Ok(None),
        };
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        if !expression.is_empty() {
            values.push(Box::new(expression));
        }
        if let Some(filter) = &question.filter {
            values.push(Box::new(filter.category.clone()));
            values.push(Box::new(filter.from));
            values.push(Box::new(filter.until));
        }
        let want = class.info().want;
        let prepare = |sql: String| self.connection.prepare(&sql).map(RefCell::new);
        let counts = if total && class.may_lack_total() {
            Some(prepare(count(table, question.filter.is_some()))?)
        } else {
            None
        };
        let references = self.connection.prepare("SELECT reference FROM entries WHERE id = ?")?;
        Ok(Some(Box::new(Asked {
            answer: prepare(select(table, want))?,
            count: counts,
            references: RefCell::new(references),
            values,
            want,
        })))
    }
}

fn quoted(words: &[String], between: &str) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("\"{}\"", stem(word))).collect();
    words.join(between)
}

const FILTER: &str = "JOIN facts ON facts.id = stems.rowid WHERE stems MATCH ?1 AND category = ?2 AND day BETWEEN ?3 AND ?4";

fn select(table: &str, want: Want) -> String {
    let found = format!("FROM {table} WHERE {table} MATCH ?1 ORDER BY rank LIMIT {BEST}");
    let group = |by: &str| {
        if table.is_empty() {
            return format!(
                "SELECT {by}, count(*) FROM facts WHERE {by} IS NOT NULL GROUP BY {by}"
            );
        }
        format!(
            "SELECT {by}, count(*) FROM {table} JOIN facts ON facts.id = {table}.rowid WHERE {table} MATCH ?1 AND {by} IS NOT NULL GROUP BY {by}"
        )
    };
    match want {
        Want::Best => format!("SELECT rowid, -rank {found}"),
        Want::Newest => {
            format!("SELECT stems.rowid, day FROM stems {FILTER} ORDER BY day DESC LIMIT {BEST}")
        }
        Want::Categories => group("category"),
        Want::Months => group("month"),
        Want::Decoded => format!(
            "SELECT found.rowid, score, reference, title, tags, authors, body, category, day FROM (SELECT rowid, -rank AS score {found}) AS found JOIN entries ON entries.id = found.rowid JOIN facts ON facts.id = found.rowid ORDER BY score DESC"
        ),
        Want::Snippets => {
            format!("SELECT rowid, -rank, snippet({table}, 1, '<b>', '</b>', '…', 32) {found}")
        }
    }
}

fn count(table: &str, filtered: bool) -> String {
    if filtered {
        return format!("SELECT count(*) FROM stems {FILTER}");
    }
    format!("SELECT count(*) FROM {table} WHERE {table} MATCH ?1")
}

struct Asked<'a> {
    answer: RefCell<Statement<'a>>,
    count: Option<RefCell<Statement<'a>>>,
    references: RefCell<Statement<'a>>,
    values: Vec<Box<dyn ToSql>>,
    want: Want,
}

impl Asked<'_> {
    fn rows<T>(&self, mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Outcome<Vec<T>> {
        let mut answer = self.answer.borrow_mut();
        let mut rows = answer.query(rusqlite::params_from_iter(&self.values))?;
        let mut out = Vec::with_capacity(BEST);
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }

    fn pairs<A: FromSql, B: FromSql>(&self) -> Outcome<Vec<(A, B)>> {
        self.rows(|row| Ok(black_box((row.get(0)?, row.get(1)?))))
    }

    fn total(&self) -> Outcome<Option<u64>> {
        let Some(count) = &self.count else { return Ok(None) };
        let mut count = count.borrow_mut();
        let total: i64 =
            count.query_row(rusqlite::params_from_iter(&self.values), |row| row.get(0))?;
        Ok(Some(u64::try_from(total)?))
    }
}

impl Ready for Asked<'_> {
    fn run(&self) -> Outcome<usize> {
        let rows = match self.want {
            Want::Best | Want::Newest | Want::Months => self.pairs::<i64, f64>()?.len(),
            Want::Categories => self.pairs::<String, i64>()?.len(),
            Want::Snippets => self.rows(|row| row.get::<_, String>(2).map(black_box))?.len(),
            Want::Decoded => self.rows(decode)?.len(),
        };
        Ok(rows + usize::from(self.total()?.is_some_and(|total| black_box(total) > 0)))
    }

    fn reply(&self) -> Outcome<Reply> {
        let mut reply = Reply { total: self.total()?, ..Reply::default() };
        match self.want {
            Want::Categories => {
                for (category, count) in self.pairs::<String, i64>()? {
                    reply.counts.insert(category, u64::try_from(count)?);
                }
            }
            Want::Months => {
                for (month, count) in self.pairs::<u32, i64>()? {
                    let month = format!("{:04}-{:02}", month / 100, month % 100);
                    reply.counts.insert(month, u64::try_from(count)?);
                }
            }
            _ => {
                for (id, order) in self.pairs()? {
                    reply.hits.push(self.hit(id, order)?);
                }
            }
        }
        Ok(reply)
    }
}

/// Takes an article out of its row.
fn decode(row: &Row<'_>) -> rusqlite::Result<()> {
    for column in 2..7 {
        black_box(row.get::<_, String>(column)?);
    }
    black_box((row.get::<_, Option<String>>(7)?, row.get::<_, Option<i64>>(8)?));
    Ok(())
}

impl Asked<'_> {
    /// What orders a hit is its score, or its day where the newest come first.
    #[expect(clippy::cast_possible_truncation, reason = "days of a calendar")]
    fn hit(&self, id: i64, order: f64) -> Outcome<Hit> {
        let reference = self.references.borrow_mut().query_row([id], |row| row.get(0))?;
        Ok(match self.want {
            Want::Newest => Hit { reference, score: 0.0, day: Some(order as i32) },
            _ => Hit { reference, score: order, day: None },
        })
    }
}
