//! The command `rochdale`.

mod args;
mod bar;
mod entry;
mod failure;
mod query;
mod read;
mod run;
mod snapshot;
mod style;
mod timeline;

use std::process::ExitCode;

use clap::Parser;

/// Reading makes many small values on one thread and takes them apart on another, which allocators of
/// systems are slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    match run::run(cli.command) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
