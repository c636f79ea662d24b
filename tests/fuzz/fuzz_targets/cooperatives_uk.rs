//! Any bytes as open data of Co-operatives UK: no panic, sound entries, the same twice.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run cooperatives_uk` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale_fuzz::{read, table};
use rochdale_ingest::Format;

const HEADER: &[u8] =
    b"CUK Organisation ID,Registered Number,Registrar,Registered Name,Trading Name,\
    Legal Form,Registered Street,UK Nation,Ownership Classification,Registered Status,\
    Incorporation Date,Dissolved Date\n";

fuzz_target!(|data: &[u8]| {
    read("organisations.csv", Format::CooperativesUk, &table(HEADER, data));
});
