//! Any text as a query: it is read or refused, prints and reads back as itself, and asking it never panics.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run query --fuzz-dir fuzz` in `tests`.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rochdale::Library;
use rochdale::query::Query;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let text = include_str!("../../fixtures/library/pioneers.json");
    Library::from_json(text).expect("the fixture reads").library
});

fuzz_target!(|text: &str| {
    let Ok(query) = Query::parse(text) else { return };
    assert_eq!(Query::parse(&query.to_string()).expect("what is printed reads back"), query);
    assert_eq!(Query::from_json(&query.to_json()).expect("the JSON form reads back"), query);
    let _ = LIBRARY.parameters(&query);
    let names = query.parameters().into_iter().map(|name| (name, text));
    let bound = query.bind(names).expect("every parameter has a value");
    if let Ok(answer) = LIBRARY.ask(&bound) {
        answer.to_json().expect("an answer has JSON");
        if let Some(suggestions) = answer.suggestions().expect("the words are in memory") {
            Query::parse(&suggestions.query).expect("what is suggested can be asked");
        }
    }
});
