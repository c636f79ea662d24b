//! Measures reading a folder of Markdown and answering queries about it.
//!
//! `cargo bench --manifest-path benches/Cargo.toml --bench folder`

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use rochdale::Library;
use rochdale_benches::folder::Folder;
use rochdale_ingest::Reader;

const RUNS: usize = 5;
const QUERIES: [&str; 5] = [
    "contract limit:10",
    "\"public service\" limit:10",
    "stat* -draft limit:10",
    "published:2015..2018 sort:-published limit:10",
    "contract facet:tags limit:10",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Folder::open()?;
    let (files, bytes) = folder.size()?;
    println!("{}: {files} files, {:.2} MB", folder.name, megabytes(bytes));

    let (read, reading) = best(|| Reader::new().read_paths([folder.path()]))?;
    let (entries, report) = (reading.entries, reading.report);
    let note = format!("{} entries, {} issues", entries.len(), report.issues.len());
    line("read", read, bytes, &note);

    // Copied before the clock starts: building takes the entries as its own.
    let mut copies = vec![entries; RUNS].into_iter();
    let (build, opened) = best(|| {
        let entries = copies.next().ok_or("as many copies as runs")?;
        Ok::<_, Box<dyn Error>>(Library::with_report(entries, report.clone()))
    })?;
    line("build", build, bytes, "");

    // The first question reads the words of the whole library; the others find them read.
    let start = Instant::now();
    opened.library.find(QUERIES[0])?;
    line("first question", start.elapsed(), bytes, "");
    for query in QUERIES {
        let (found, answer) = best(|| opened.library.find(black_box(query)))?;
        println!("{:>10.6} s  {query}: {} found", found.as_secs_f64(), answer.total());
    }
    Ok(())
}

/// The time of the fastest of several runs, and what the last one gave.
fn best<T, E>(mut run: impl FnMut() -> Result<T, E>) -> Result<(Duration, T), E> {
    let mut time = |_| {
        let start = Instant::now();
        run().map(|value| (start.elapsed(), value))
    };
    let (mut fastest, mut value) = time(0)?;
    for number in 1..RUNS {
        let (took, next) = time(number)?;
        (fastest, value) = (fastest.min(took), next);
    }
    Ok((fastest, value))
}

fn line(what: &str, took: Duration, bytes: u64, note: &str) {
    let speed = megabytes(bytes) / took.as_secs_f64();
    println!("{:>10.6} s  {what} ({speed:.1} MB/s) {note}", took.as_secs_f64());
}

#[expect(clippy::cast_precision_loss, reason = "sizes of folders are far below 2^53")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
