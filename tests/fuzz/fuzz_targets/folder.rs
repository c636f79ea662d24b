//! Any bytes as the files of a content folder: no panic, sound entries, the same whatever the order.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run folder` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::model::Entry;
use rochdale_ingest::{Limits, Reader, Reading};

const NAMES: [&str; 12] = [
    "a.md", "posts/2011-05-20-a.md", "a/index.md", "authors/a.md", "events/a.md", "a.html", "a.json",
    "a.ndjson", "a.yaml", "articles/a.yaml", "a.toml", "a",
];

fuzz_target!(|data: &[u8]| {
    // The first byte of each file names it; files are parted by a byte that no text has.
    let files: Vec<(String, Vec<u8>)> = data
        .split(|byte| *byte == 0xff)
        .filter_map(|file| file.split_first())
        .map(|(name, bytes)| (NAMES[usize::from(*name) % NAMES.len()].to_owned(), bytes.to_vec()))
        .collect();
    let reading = read(files.clone());
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
    assert_eq!(reading, read(files.into_iter().rev().collect()));
});

fn read(files: Vec<(String, Vec<u8>)>) -> Reading {
    let limits = Limits::default().with_values(10_000);
    Reader::new().with_limits(limits).read_files(files).expect("only a strict reader fails")
}
