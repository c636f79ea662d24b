//! Any text as JSON, as a query in JSON form and as a library: read or refused, and what is read is kept.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run json --fuzz-dir fuzz` in `tests`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::Library;
use rochdale::json::Json;
use rochdale::query::Query;

fuzz_target!(|text: &str| {
    if let Ok(json) = Json::parse(text) {
        assert_eq!(Json::parse(&json.to_string()).expect("the canonical form reads back"), json);
        if let Ok(query) = Query::from_json(&json) {
            assert_eq!(Query::from_json(&query.to_json()).expect("the JSON form reads back"), query);
        }
    }
    if let Ok(opened) = Library::from_json(text) {
        opened.library.people().expect("entries are in memory");
    }
});
