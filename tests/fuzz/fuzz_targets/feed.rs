//! Any bytes as a feed: no panic, and entries that are sound.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run feed` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader};

fuzz_target!(|data: &[u8]| {
    // The first byte says of which format it is; RSS and Atom share a reader.
    let Some((first, bytes)) = data.split_first() else { return };
    let format = if first % 4 == 0 { Format::JsonFeed } else { Format::Rss };
    let input = Input::bytes("feed", bytes.to_vec()).with_format(format);
    let limits = Limits::default().with_values(10_000);
    let reader = Reader::new().with_limits(limits).with_personal_data();
    let reading = reader.read_inputs([input]).expect("only a strict reader fails");
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
});
