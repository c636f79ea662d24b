//! How fast foreign files are read, beside the readers that others would use.

mod files;
mod python;

use std::hint::black_box;
use std::time::Instant;

use quick_xml::events::Event;
use rochdale_ingest::{Limits, Reader};

use crate::Outcome;
use files::File;
use python::Python;

/// How often each file is read for its time.
const RUNS: usize = 11;

/// How many posts, feed items and societies there are.
const SIZES: (u32, u32, u32) = (5_000, 1_000, 32_000);

/// What reading a file came to.
#[derive(Clone, Debug)]
struct Read {
    reader: &'static str,
    items: usize,
    seconds: f64,
}

/// Generates the files, reads them and prints a table.
///
/// # Errors
///
/// Where a reader fails.
pub fn print() -> Outcome {
    let (posts, items, societies) = SIZES;
    let python = Python::find();
    if let Err(error) = &python {
        println!("the readers of Python are left out: {error}");
    }
    let python = python.ok();
    println!(
        "{:<20}{:<26}{:>10}{:>12}{:>10}{:>18}",
        "file", "reader", "items", "time", "MB/s", "of the peer"
    );
    let export = files::wxr(posts);
    let mut peers = vec![tokenizer(&export)?, sanitiser(&export)?];
    if let Some(python) = &python {
        peers.push(python.read("ElementTree (expat)", "elementtree", &export)?);
    }
    rows(&export, &peers)?;
    for feed in [files::rss(items), files::atom(items)] {
        let mut peers = vec![feed_rs(&feed)?];
        if let Some(python) = &python {
            peers.push(python.read("feedparser", "feedparser", &feed)?);
        }
        rows(&feed, &peers)?;
    }
    let register = files::register(societies);
    rows(&register, &[csv(&register)?])?;
    println!(
        "{} threads; each file in memory, read {RUNS} times after once unmeasured, the fastest; Rochdale gives entries and issues, a peer what it gives",
        threads()
    );
    Ok(())
}

fn rows(file: &File, peers: &[Read]) -> Outcome {
    let bytes = || file.bytes.clone();
    let ours = timed_with("rochdale", bytes, |bytes| rochdale(file, bytes, threads()))?;
    let alone = timed_with("rochdale, one thread", bytes, |bytes| rochdale(file, bytes, 1))?;
    for read in [&ours, &alone].into_iter().chain(peers) {
        #[expect(clippy::cast_precision_loss, reason = "files of some megabytes")]
        let speed = file.bytes.len() as f64 / 1e6 / read.seconds;
        let speed = if read.items == 0 { "–".into() } else { format!("{speed:.1}") };
        // Who reads something else is not compared.
        let same = ours.items == file.items && read.items == file.items;
        let ratio = match (read.reader, same) {
            (reader, true) if reader == ours.reader => String::new(),
            (reader, false) if reader == ours.reader => format!("{} expected", file.items),
            (_, true) => shown(ours.seconds / read.seconds),
            (_, false) => "other items".into(),
        };
        println!(
            "{:<20}{:<26}{:>10}{:>9.1} ms{speed:>10}{ratio:>18}",
            file.title,
            read.reader,
            read.items,
            read.seconds * 1e3
        );
    }
    Ok(())
}

/// The fastest of several times: what a machine that others share adds only makes them longer.
fn fastest(seconds: &[f64]) -> f64 {
    seconds.iter().copied().fold(f64::INFINITY, f64::min)
}

/// How many threads Rochdale has unless told otherwise.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A ratio of times; where ours is shorter, what part of the other it is.
fn shown(ratio: f64) -> String {
    if ratio < 1.0 { format!("1/{:.1}", 1.0 / ratio) } else { format!("{ratio:.1}") }
}

/// Reads a file with Rochdale; the items are the articles or mutual entities that it gives.
fn rochdale(file: &File, bytes: Vec<u8>, threads: usize) -> Outcome<usize> {
    let limits = Limits::default().with_file_bytes(1 << 30).with_values(100_000_000);
    let files = [(file.name.to_owned(), bytes)];
    let reading = Reader::new().with_limits(limits).with_threads(threads).read_files(files)?;
    let counted = |kind: &str| matches!(kind, "article" | "mutual_entity");
    Ok(reading.entries.iter().filter(|entry| counted(entry.kind().name())).count())
}

fn feed_rs(file: &File) -> Outcome<Read> {
    timed("feed-rs", || Ok(feed_rs::parser::parse(file.bytes.as_slice())?.entries.len()))
}

/// What the bare tokenizer takes: it makes nothing of what it finds.
fn tokenizer(file: &File) -> Outcome<Read> {
    timed("quick-xml (tokens alone)", || items(file, |_| {}))
}

/// What is the least for a reader that gives no HTML which is not sanitised, as Rochdale does.
fn sanitiser(file: &File) -> Outcome<Read> {
    timed("quick-xml and ammonia", || {
        items(file, |text| {
            if text.contains('<') {
                black_box(ammonia::clean(text));
            }
        })
    })
}

/// Counts the items of an export, with a look at each text.
fn items(file: &File, look: impl Fn(&str)) -> Outcome<usize> {
    let mut reader = quick_xml::Reader::from_reader(file.bytes.as_slice());
    let (mut buffer, mut count) = (Vec::new(), 0);
    loop {
        match black_box(reader.read_event_into(&mut buffer)?) {
            Event::Eof => return Ok(count),
            Event::Start(tag) if tag.name().as_ref() == "item" => count += 1,
            Event::CData(text) => look(&text),
            _ => {}
        }
        buffer.clear();
    }
}

fn csv(file: &File) -> Outcome<Read> {
    timed("csv (records alone)", || {
        let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
        let mut count = 0;
        for record in reader.records() {
            black_box(record?);
            count += 1;
        }
        Ok(count)
    })
}

fn timed(reader: &'static str, mut read: impl FnMut() -> Outcome<usize>) -> Outcome<Read> {
    timed_with(reader, || (), |()| read())
}

/// Times a reader that is given something, which is made before the clock starts.
fn timed_with<T>(
    reader: &'static str,
    mut prepare: impl FnMut() -> T,
    mut read: impl FnMut(T) -> Outcome<usize>,
) -> Outcome<Read> {
    let items = read(prepare())?;
    let mut seconds = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let prepared = prepare();
        let start = Instant::now();
        black_box(read(prepared)?);
        seconds.push(start.elapsed().as_secs_f64());
    }
    Ok(Read { reader, items, seconds: fastest(&seconds) })
}
