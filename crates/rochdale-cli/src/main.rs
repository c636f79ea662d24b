//! The command `rochdale`.

mod args;
mod bar;
mod entry;
mod failure;
mod map;
mod query;
mod read;
mod run;
mod snapshot;
mod source;
mod style;
mod timeline;
mod write;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    match run::run(cli.command) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
