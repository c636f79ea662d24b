//! Every test there is, each language setting up what it needs on a bare machine.

mod python;
mod wasm;

pub use python::{python, write_stubs};
pub use wasm::wasm;

use crate::generate;
use crate::shell::{Outcome, cargo, run};

/// Runs the tests of every language.
///
/// # Errors
///
/// When one fails, or what it needs cannot be had.
pub fn all() -> Outcome {
    rust()?;
    python()?;
    wasm()?;
    println!("xtask test: rust, python and wasm passed");
    Ok(())
}

/// Runs the Rust tests, builds the documentation and checks the generated files.
///
/// # Errors
///
/// When one fails.
pub fn rust() -> Outcome {
    // Without words cargo takes the default members: all but the bindings, which need more than Rust.
    run(cargo().arg("test"))?;
    // Libraries only: the command has the core's name, and their pages would collide.
    run(cargo().args(["doc", "--no-deps", "--lib"]).env("RUSTDOCFLAGS", "-Dwarnings"))?;
    generate::check()?;
    wasm::core()?;
    println!("xtask test rust: passed");
    Ok(())
}
