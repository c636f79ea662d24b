//! From the sources on the command line to a library; problems go to standard error.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rochdale::Opened;
use rochdale::issue::{Issue, Severity};
use rochdale_ingest::{Input, Merging, Progress, Reader};

use crate::args::{How, Sources};
use crate::failure::Outcome;
use crate::style::{self, QUIET};

/// Reading that is over by then shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Reads the sources and builds the library; says what was wrong.
///
/// Notes are told by `check` alone, so that an answer is not drowned in them.
pub(crate) fn library(paths: &[PathBuf], how: &How, least: Severity) -> Outcome<Opened> {
    let inputs = inputs(paths, how)?;
    let reading = {
        let mut bar = Bar::new();
        let mut reader = Reader::new().with_progress(|progress| bar.show(progress));
        let merging = how.prefer.iter().fold(Merging::default(), Merging::prefer);
        reader = reader.with_merging(merging);
        if how.personal_data {
            reader = reader.with_personal_data();
        }
        reader.read_inputs(inputs)?
    };
    let opened = reading.into_library();
    let told = opened.report.issues.iter().filter(|issue| issue.severity >= least);
    tell(told)?;
    Ok(opened)
}

/// The library of what stands before another word on the command line, and of what is read with it.
pub(crate) fn answering(sources: &Sources) -> Outcome<Opened> {
    let paths: Vec<PathBuf> = [&sources.path].into_iter().chain(&sources.with).cloned().collect();
    library(&paths, &sources.how, Severity::Warning)
}

/// The sources as the reader takes them, each with the format that was named for it.
fn inputs(paths: &[PathBuf], how: &How) -> Outcome<Vec<Input>> {
    let mut inputs = Vec::with_capacity(paths.len());
    for path in paths {
        let input = if path == Path::new("-") {
            Input::bytes("stdin", standard_input()?)
        } else {
            Input::path(path)
        };
        let for_it = how.formats.iter().find(|named| named.path.as_ref() == Some(path));
        let for_all = || how.formats.iter().find(|named| named.path.is_none());
        inputs.push(match for_it.or_else(for_all) {
            Some(named) => input.with_format(named.format),
            None => input,
        });
    }
    Ok(inputs)
}

fn standard_input() -> rochdale::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(rochdale::Error::source("cannot read standard input", error)),
    }
}

/// Writes issues to standard error.
///
/// An answer is still owed where nobody reads them.
pub(crate) fn tell<'a>(issues: impl IntoIterator<Item = &'a Issue>) -> io::Result<()> {
    match write(issues) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

fn write<'a>(issues: impl IntoIterator<Item = &'a Issue>) -> io::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stderr()).lock();
    for issue in issues {
        let text = issue.to_string();
        let label = format!("{}[{}]", issue.severity, issue.code.name);
        match text.split_once(&label) {
            Some((place, message)) => {
                let style = style::severity(issue.severity);
                writeln!(out, "{QUIET}{place}{QUIET:#}{style}{label}{style:#}{message}")?;
            }
            None => writeln!(out, "{text}")?,
        }
    }
    out.flush()
}

/// A progress bar on standard error, where that is a terminal and reading takes long.
struct Bar {
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Bar {
    fn new() -> Self {
        Self { started: Instant::now(), bar: None }
    }

    /// Shows how many files have been read, or of one file how many entries.
    fn show(&mut self, progress: Progress<'_>) {
        let is_one = progress.total == 1;
        if self.bar.is_none() && self.started.elapsed() >= PATIENCE {
            let (bar, template) = if is_one {
                (ProgressBar::no_length(), "{human_pos} entries of {msg}")
            } else {
                let bar = ProgressBar::new(progress.total as u64);
                (bar, "{bar:30} {human_pos} of {human_len} files")
            };
            let style = ProgressStyle::with_template(template);
            self.bar = Some(style.map_or(bar.clone(), |style| bar.with_style(style)));
        }
        if let Some(bar) = &self.bar {
            if is_one {
                bar.set_message(progress.path.to_owned());
            }
            bar.set_position(if is_one { progress.entries } else { progress.done } as u64);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
