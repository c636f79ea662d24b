//! Any bytes as documents of GOV.UK: no panic, sound entries, no script in HTML, the same twice.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run govuk` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::json::Json;
use rochdale_fuzz::read;
use rochdale_ingest::Format;

fuzz_target!(|data: &[u8]| {
    for entry in read("document.json", Format::GovUk, data).entries {
        let json = entry.to_json().expect("entries have a JSON form");
        let body = json.pointer("/body/text").and_then(Json::as_str).unwrap_or_default();
        let is_html = json.pointer("/body/markup").and_then(Json::as_str) == Some("html");
        assert!(!is_html || !body.to_lowercase().contains("<script"));
    }
});
