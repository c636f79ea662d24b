//! From the sources on the command line to a library; problems go to standard error.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rochdale::issue::{Issue, Severity};
use rochdale::{Library, Opened};
use rochdale_files::{FileSource, only_snapshot};
use rochdale_ingest::{Input, Merging, Progress, Reader};

use crate::args::{How, Sources};
use crate::bar::Bar;
use crate::failure::Outcome;
use crate::style::{self, QUIET};

/// Reads the sources and builds the library, or opens the snapshot; says what was wrong.
///
/// Notes are told by `check` alone, so that an answer is not drowned in them.
pub(crate) fn library(paths: &[PathBuf], how: &How, least: Severity) -> Outcome<Opened> {
    if let Some(snapshot) = only_snapshot(paths)? {
        return Ok(Library::open(FileSource::open(snapshot)?)?.into());
    }
    let inputs = inputs(paths, how)?;
    let reading = {
        let mut bar = Bar::new("files");
        let show = |progress: Progress<'_>| {
            // Of one large file the entries are counted, of which nobody knows how many there are.
            if progress.total == 1 {
                bar.show_entries(progress.path, progress.entries);
            } else {
                bar.show(progress.done, progress.total);
            }
        };
        let merging = how.prefer.iter().fold(Merging::default(), Merging::prefer);
        let mut reader = Reader::new().with_progress(show).with_merging(merging);
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

/// How much of standard input is held in memory, where it is not read piece by piece as files are.
const MOST: u64 = 1 << 30;

fn standard_input() -> rochdale::Result<Vec<u8>> {
    within(io::stdin().lock(), MOST)
}

fn within(source: impl Read, most: u64) -> rochdale::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match source.take(most + 1).read_to_end(&mut bytes) {
        Ok(length) if length as u64 > most => {
            let message = format!(
                "expected at most {most} bytes on standard input; save them to a file, of any size"
            );
            Err(rochdale::Error::invalid("", message))
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_has_its_most() {
        assert_eq!(within(&b"four"[..], 4).unwrap_or_default(), b"four");
        let error = within(&b"fives"[..], 4).expect_err("it is one too many");
        assert!(error.to_string().contains("save them to a file"), "{error}");
    }
}
