//! Any bytes as an export of WordPress: no panic, sound entries, the same every time.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run wxr` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Reader, Reading};

fuzz_target!(|data: &[u8]| {
    let reading = read(data);
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
    assert_eq!(reading, read(data));
});

fn read(data: &[u8]) -> Reading {
    let input = Input::bytes("export.xml", data.to_vec()).with_format(Format::Wxr);
    Reader::new().with_personal_data().read_inputs([input]).expect("only a strict reader fails")
}
