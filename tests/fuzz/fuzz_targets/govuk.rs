//! Any bytes as documents of GOV.UK: no panic, sound entries, no script in HTML, the same twice.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run govuk` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::json::Json;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

fuzz_target!(|data: &[u8]| {
    let reading = read(data.to_vec());
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
        let body = json.pointer("/body/text").and_then(Json::as_str).unwrap_or_default();
        let is_html = json.pointer("/body/markup").and_then(Json::as_str) == Some("html");
        assert!(!is_html || !body.to_lowercase().contains("<script"));
    }
    assert_eq!(reading, read(data.to_vec()));
});

fn read(bytes: Vec<u8>) -> Reading {
    let limits = Limits::default().with_values(10_000);
    let input = Input::bytes("document.json", bytes).with_format(Format::GovUk);
    Reader::new().with_limits(limits).read_inputs([input]).expect("only a strict reader fails")
}
