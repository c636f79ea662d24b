//! Any bytes as a calendar: no panic, entries that are sound, and no more of them than the limits allow.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run icalendar` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader};

fuzz_target!(|data: &[u8]| {
    let input = Input::bytes("calendar.ics", data.to_vec()).with_format(Format::ICalendar);
    let limits = Limits::default().with_values(10_000).with_entries(1000).with_occurrences(50);
    let reading = Reader::new().with_limits(limits).read_inputs([input]);
    let reading = reading.expect("only a strict reader fails");
    assert!(reading.entries.len() <= 1000);
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
});
