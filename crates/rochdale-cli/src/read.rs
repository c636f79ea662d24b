//! From the paths on the command line to a library; problems go to standard error.

use std::io::{self, Write};
use std::path::Path;

use rochdale::issue::{Issue, Report, Severity};
use rochdale::{Error, Library, Opened};
use rochdale_ingest::{Progress, Reader};

use crate::bar::Bar;
use crate::failure::Outcome;
use crate::source::{FileSource, is_snapshot};
use crate::style::{self, QUIET};

/// Reads the paths and builds the library, or opens the snapshot; says what was wrong.
///
/// Notes are told by `check` alone, so that an answer is not drowned in them.
pub(crate) fn library(paths: &[impl AsRef<Path>], least: Severity) -> Outcome<Opened> {
    if let Some(snapshot) = paths.iter().map(AsRef::as_ref).find(|path| is_snapshot(path)) {
        if paths.len() == 1 {
            return open(snapshot);
        }
        let message = format!(
            "expected sources, got the snapshot `{}` among them; build it from its sources and these",
            snapshot.display()
        );
        return Err(Error::invalid("", message).into());
    }
    let reading = {
        let mut bar = Bar::new("files");
        let show = |progress: Progress<'_>| bar.show(progress.done, progress.total);
        Reader::new().with_progress(show).read_paths(paths)?
    };
    let opened = reading.into_library();
    let told = opened.report.issues.iter().filter(|issue| issue.severity >= least);
    tell(told)?;
    Ok(opened)
}

/// Opens a snapshot.
pub(crate) fn open(path: &Path) -> Outcome<Opened> {
    let source = source(path)?;
    let library = Library::open(source)?;
    let report = Report { counts: library.counts(), ..Report::default() };
    Ok(Opened { library, report })
}

/// The bytes of a snapshot.
pub(crate) fn source(path: &Path) -> Outcome<FileSource> {
    let cannot = |error| Error::source(format!("cannot open `{}`", path.display()), error);
    Ok(FileSource::open(path).map_err(cannot)?)
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
