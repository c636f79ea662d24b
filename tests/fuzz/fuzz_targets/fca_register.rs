//! Any bytes as an extract of the Mutuals Public Register: no panic, sound entries, the same twice.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run fca_register` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

/// Without a header that is known nothing is read, so half of the runs begin with one.
const HEADER: &[u8] = b"Society Number,Society Suffix,Full Registation Number,Society Name,Registered As,\
    Society Address,Registration Date,Deregistration Date,Society Status\n";

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
    let input = Input::bytes("SocietyList.csv", bytes).with_format(Format::FcaRegister);
    Reader::new().with_limits(limits).read_inputs([input]).expect("only a strict reader fails")
}
