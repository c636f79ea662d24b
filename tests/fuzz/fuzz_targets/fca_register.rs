//! Any bytes as an extract of the Mutuals Public Register: no panic, sound entries, the same twice.
//!
//! Run with `RUSTC_BOOTSTRAP=1 cargo fuzz run fca_register` in `tests/fuzz`, or in its parent with
//! `--fuzz-dir fuzz`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale_fuzz::{read, table};
use rochdale_ingest::Format;

const HEADER: &[u8] =
    b"Society Number,Society Suffix,Full Registation Number,Society Name,Registered As,\
    Society Address,Registration Date,Deregistration Date,Society Status\n";

fuzz_target!(|data: &[u8]| {
    read("SocietyList.csv", Format::FcaRegister, &table(HEADER, data));
});
