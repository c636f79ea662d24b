//! Any bytes as a text archive: no panic, sound entries, the same every time.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run text_archive` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

fuzz_target!(|data: &[u8]| {
    let reading = read(data);
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
    assert_eq!(reading, read(data));
});

fn read(data: &[u8]) -> Reading {
    let limits = Limits::default().with_values(10_000);
    let input = Input::bytes("archive.txt", data.to_vec()).with_format(Format::TextArchive);
    Reader::new().with_limits(limits).read_inputs([input]).expect("only a strict reader fails")
}
