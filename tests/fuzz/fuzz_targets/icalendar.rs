//! Any bytes as a calendar: no panic, entries that are sound, and no more of them than the limits allow.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run icalendar` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale_fuzz::read;
use rochdale_ingest::Format;

fuzz_target!(|data: &[u8]| {
    let reading = read("calendar.ics", Format::ICalendar, data);
    assert!(reading.entries.len() <= 1000);
});
