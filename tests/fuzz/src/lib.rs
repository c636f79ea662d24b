//! What every reader of bytes from outside keeps.

use rochdale::model::Entry;
use rochdale_ingest::{Format, Input, Limits, Reader, Reading};

/// Reads bytes as a format, within limits that keep a run short: the entries are sound, and the
/// same when they are read again.
pub fn read(name: &str, format: Format, bytes: &[u8]) -> Reading {
    let reading = once(name, format, bytes);
    for entry in &reading.entries {
        let json = entry.to_json().expect("entries have a JSON form");
        assert_eq!(Entry::from_json(&json).as_ref(), Ok(entry));
    }
    assert_eq!(reading, once(name, format, bytes));
    reading
}

fn once(name: &str, format: Format, bytes: &[u8]) -> Reading {
    let limits = Limits::default().with_values(10_000).with_entries(1000).with_occurrences(50);
    let input = Input::bytes(name, bytes.to_vec()).with_format(format);
    let reader = Reader::new().with_limits(limits).with_personal_data();
    reader.read_inputs([input]).expect("only a strict reader fails")
}

/// The bytes, of which every other run begins with a header: without one that is known no table is
/// read.
pub fn table(header: &[u8], bytes: &[u8]) -> Vec<u8> {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 0 => [header, rest].concat(),
        _ => bytes.to_vec(),
    }
}
