//! Any bytes as open data of Co-operatives UK: no panic, sound entries, the same twice.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run cooperatives_uk` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

/// Without a header that is known nothing is read, so half of the runs begin with one.
const HEADER: &[u8] = b"CUK Organisation ID,Registered Number,Registrar,Registered Name,Trading Name,\
    Legal Form,Registered Street,UK Nation,Ownership Classification,Registered Status,\
    Incorporation Date,Dissolved Date\n";

fuzz_target!(|data: &[u8]| {
    let bytes = match data.split_first() {
        Some((first, rest)) if first % 2 == 0 => [HEADER, rest].concat(),
        _ => data.to_vec(),
    };
    let reading = read(bytes.clone());
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
    assert_eq!(reading, read(bytes));
});

fn read(bytes: Vec<u8>) -> Reading {
    let limits = Limits::default().with_values(10_000);
    let input = Input::bytes("organisations.csv", bytes).with_format(Format::CooperativesUk);
    Reader::new().with_limits(limits).read_inputs([input]).expect("only a strict reader fails")
}
