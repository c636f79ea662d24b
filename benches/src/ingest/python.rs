//! The readers of Python, in an environment of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::files::File;
use super::{RUNS, Read, fastest};
use crate::Outcome;

const SCRIPT: &str = include_str!("peers.py");

/// A Python that has feedparser.
#[derive(Debug)]
pub(super) struct Python {
    program: PathBuf,
    folder: PathBuf,
}

/// What the script prints.
#[derive(Deserialize)]
struct Timed {
    items: usize,
    seconds: Vec<f64>,
}

impl Python {
    /// Finds it, or sets it up under `target`.
    pub(super) fn find() -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python");
        let program = folder.join("bin/python");
        if !program.is_file() {
            run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        }
        if run(Command::new(&program).args(["-c", "import feedparser"]).stderr(Stdio::null()))
            .is_err()
        {
            run(Command::new(&program).args(["-m", "pip", "install", "--quiet", "feedparser"]))?;
        }
        Ok(Self { program, folder })
    }

    /// Reads a file with one of the readers of the script.
    pub(super) fn read(&self, title: &'static str, reader: &str, file: &File) -> Outcome<Read> {
        let (script, path) = (self.folder.join("peers.py"), self.folder.join(file.name));
        fs::write(&script, SCRIPT)?;
        fs::write(&path, &file.bytes)?;
        let mut command = Command::new(&self.program);
        command.arg(script).arg(reader).arg(path).arg(RUNS.to_string()).stderr(Stdio::inherit());
        let output = command.output()?;
        if !output.status.success() {
            return Err(format!("{title} failed ({})", output.status).into());
        }
        let Timed { items, seconds } = serde_json::from_slice(&output.stdout)?;
        Ok(Read { reader: title, items, seconds: fastest(&seconds) })
    }
}

fn run(command: &mut Command) -> Outcome {
    let program = command.get_program().display().to_string();
    let status = command.status().map_err(|e| format!("cannot run `{program}`: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{program}` failed ({status})").into()) }
}
