//! Any bytes as a feed: no panic, and entries that are sound.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run feed` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale_fuzz::read;
use rochdale_ingest::Format;

fuzz_target!(|data: &[u8]| {
    // The first byte says of which format it is; RSS and Atom share a reader.
    let Some((first, bytes)) = data.split_first() else { return };
    let format = if first % 4 == 0 { Format::JsonFeed } else { Format::Rss };
    read("feed", format, bytes);
});
