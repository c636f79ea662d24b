//! The command behind `cargo xtask bench ingest`.

use std::process::ExitCode;

/// That of the command `rochdale` and of the package for Python; the peers written in Rust have it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match rochdale_benches::ingest::print() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
