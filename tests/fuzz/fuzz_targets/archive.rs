//! Any bytes as an archive: no panic, no more than the limits, the same each time.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run archive` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale_ingest::{Input, Limits, Reader, Reading};

fuzz_target!(|data: &[u8]| {
    for name in ["a.zip", "a.yaml.gz"] {
        assert_eq!(read(name, data), read(name, data));
    }
});

fn read(name: &str, data: &[u8]) -> Reading {
    let limits = Limits::default().with_values(10_000).with_files(100).with_unpacked_bytes(1 << 20);
    let input = Input::bytes(name, data.to_vec());
    Reader::new().with_limits(limits).read_inputs([input]).expect("only a strict reader fails")
}
