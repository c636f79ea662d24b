//! Any bytes as an export of WordPress: no panic, sound entries, the same every time.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run wxr` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale_fuzz::read;
use rochdale_ingest::Format;

fuzz_target!(|data: &[u8]| {
    read("export.xml", Format::Wxr, data);
});
