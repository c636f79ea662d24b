//! Any text as a date: read or refused, and the JSON form reads back as the same date.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run date --fuzz-dir fuzz` in `tests`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::date::Date;
use rochdale::date::english::English;

fuzz_target!(|text: &str| {
    if let Ok(date) = Date::parse(text) {
        assert_eq!(Date::parse(&date.to_string()).expect("the JSON form reads back"), date);
        assert!(date.earliest() <= date.latest() || date.earliest().is_none() || date.latest().is_none());
    }
    let reference = Date::parse("2011-05-20").expect("a date");
    for reference in [None, Some(&reference)] {
        let _ = English::new(reference).read(text);
    }
});
