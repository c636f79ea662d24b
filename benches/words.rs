//! Measures the reading of words: tokens, stems, text out of markup, and the snippets of an answer.
//!
//! `cargo bench --manifest-path benches/Cargo.toml --bench words`

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use rochdale::Library;
use rochdale::model::{Article, Id, Markup, Prose, Text};
use rochdale::text::{Language, Stems, each_token, tokens, visible};
use rochdale_benches::folder::Folder;

const RUNS: usize = 20;
/// How many entries have a body, and of how many words.
const ENTRIES: usize = 200;
const WORDS: usize = 300;
const QUERIES: [&str; 4] = ["contract", "\"the contract\"", "stat*", "cntract~1"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Folder::open()?;
    let mut markdown = String::new();
    for file in std::fs::read_dir(folder.path())? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            markdown += &std::fs::read_to_string(path)?;
        }
    }
    let text = visible(&markdown, Markup::Markdown).into_owned();
    println!("{}: {:.2} MB of Markdown", folder.name, megabytes(markdown.len()));

    speed("visible, Markdown", markdown.len(), || visible(&markdown, Markup::Markdown).len());
    speed("visible, HTML", markdown.len(), || visible(&markdown, Markup::Html).len());
    speed("tokens", text.len(), || each_token(&text, &mut |token| _ = black_box(token)));
    let english = Language::ENGLISH;
    speed("tokens, each stemmed", text.len(), || {
        each_token(&text, &mut |token| drop(black_box(english.stem(token.written))))
    });
    speed("tokens, stems kept", text.len(), || {
        let mut stems = Stems::new(english);
        each_token(&text, &mut |token| _ = black_box(stems.stem(token.written).len()))
    });
    snippets(&text)
}

/// Measures the ten best snippets as the time that they add to an answer.
fn snippets(text: &str) -> Result<(), Box<dyn Error>> {
    let ends: Vec<usize> = tokens(text).step_by(WORDS).map(|token| token.start).collect();
    let mut entries = Vec::new();
    for (number, span) in ends.windows(2).take(ENTRIES).enumerate() {
        let id = Id::new(&format!("article-{number}"))?;
        let mut article = Article::new(id, Prose(String::new()));
        article.body = Some(Text::plain(text[span[0]..span[1]].to_owned()));
        entries.push(article.into());
    }
    let library = Library::new(entries).library;
    library.find("contract")?;
    for query in QUERIES {
        let ask = |limit: usize| {
            let query = format!("{query} limit:{limit}");
            fastest(|| library.find(black_box(&query)))
        };
        let (bare, _) = ask(0);
        let (full, answer) = ask(10);
        let took = full.saturating_sub(bare);
        println!("{took:>12.1?}  ten snippets: {query} ({} found)", answer?.total());
    }
    Ok(())
}

fn speed<T>(what: &str, bytes: usize, run: impl FnMut() -> T) {
    let (took, _) = fastest(run);
    println!("{:>7.1} MB/s  {what}", megabytes(bytes) / took.as_secs_f64());
}

/// The time of the fastest of several runs, and what the last one gave.
fn fastest<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut time = || {
        let start = Instant::now();
        let value = run();
        (start.elapsed(), value)
    };
    let (mut fastest, mut value) = time();
    for _ in 1..RUNS {
        let (took, next) = time();
        (fastest, value) = (fastest.min(took), next);
    }
    (fastest, value)
}

#[expect(clippy::cast_precision_loss, reason = "sizes of texts are far below 2^53")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
