//! The command `cargo xtask`: everything that a developer and CI run.

use std::process::ExitCode;

use xtask::shell::{Outcome, cargo, run};
use xtask::{fuzz, generate, test, tidy};

const HELP: &str = "\
Usage: cargo xtask TASK

  test [rust|python|wasm]  run every test, or those of one language, setting up what they need
  generate [--check]       write the files that follow from the core, or say which are stale
  generate stubs           write the stub of the Python extension (builds it)
  tidy                     check what no compiler checks: sizes, headings, versions, features
  bench [OPTIONS]          measure beside peers: searching, `relevance`, `ingest`; `bench help`
  fuzz [--seconds N] [TARGET…]
                           run the fuzz targets, all or these, for 300 seconds together
  demo                     read a small library, save it and ask it questions
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Outcome {
    match words {
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        ["test"] => test::all(),
        ["test", "rust"] => test::rust(),
        ["test", "python"] => test::python(),
        ["test", "wasm"] => test::wasm(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["generate", "stubs"] => test::write_stubs(),
        ["tidy"] => tidy::run(),
        ["bench", "ingest"] => bench("ingest", &[]),
        ["bench", rest @ ..] => bench("bench", rest),
        ["fuzz", rest @ ..] => fuzz::run_for(rest),
        ["demo", rest @ ..] => run(cargo()
            .args(["run", "--quiet", "--package", "rochdale-examples", "--example", "demo", "--"])
            .args(rest)),
        _ => Err(format!("no task `{}`; `cargo xtask` lists them", words.join(" "))),
    }
}

/// Measures with one of the programs of the benches.
fn bench(program: &str, arguments: &[&str]) -> Outcome {
    let manifest = ["run", "--release", "--quiet", "--manifest-path", "benches/Cargo.toml"];
    run(cargo().args(manifest).args(["--bin", program, "--"]).args(arguments))
}
