//! The commands on snapshots: build, info, verify.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use rochdale::issue::Severity;
use rochdale::json::Json;
use rochdale::query::Scoring;
use rochdale::snapshot::{self, Progress};
use rochdale::{Library, Opened};
use rochdale_files::{FileSource, is_snapshot};

use crate::args;
use crate::bar::Bar;
use crate::failure::Outcome;
use crate::read;
use crate::run::{json, number};
use crate::style::{QUIET, TITLE};

/// Reads the sources and writes a snapshot of the library.
pub(crate) fn build(out: &mut impl Write, words: &args::Build) -> Outcome<ExitCode> {
    let scoring = words.scoring.as_deref().map(scoring).transpose()?;
    let Opened { library, report } = match words.paths.as_slice() {
        // Its entries, so that one of another text analysis can be built again from itself.
        [path] if is_snapshot(path) => Library::new(snapshot::entries(FileSource::open(path)?)?),
        paths => read::library(paths, &words.how, Severity::Warning)?,
    };
    if words.strict && report.has_errors() {
        return Ok(ExitCode::FAILURE);
    }
    let library = match scoring {
        Some(scoring) => library.with_scoring(scoring)?,
        None => library,
    };
    let bytes = {
        let mut bar = Bar::new("entries");
        let mut show = |progress: Progress| bar.show(progress.done, progress.total);
        snapshot::build_with_progress(&library, &mut show)?
    };
    let file = words.output.display();
    rochdale_files::write(&words.output, &bytes)?;
    if words.form.json {
        let members = [("total", number(library.len())), ("bytes", number(bytes.len()))];
        json(out, members, &report)?;
    } else {
        let (entries, size) = (library.len(), size(bytes.len() as u64));
        writeln!(out, "{TITLE}{file}{TITLE:#}: {entries} entries, {size}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the parameters of the order by relevance.
fn scoring(json: &str) -> rochdale::Result<Scoring> {
    Scoring::from_json(&Json::parse(json)?)
}

/// Says what a snapshot holds.
pub(crate) fn info(out: &mut impl Write, words: &args::Info) -> Outcome<ExitCode> {
    let info = snapshot::info(FileSource::open(&words.file)?)?;
    if words.form.json {
        return Ok(writeln!(out, "{}", Json::of(&info)?).map(|()| ExitCode::SUCCESS)?);
    }
    let (file, version, bytes) = (words.file.display(), info.version, size(info.size));
    writeln!(out, "{TITLE}{file}{TITLE:#}: version {version}, {bytes}")?;
    let (analyser, Scoring { k1, b, weights }) = (&info.analyser, &info.scoring);
    writeln!(out, "words as `{analyser}` reads them, scored with k1 {k1} and b {b}")?;
    for (path, weight) in weights {
        writeln!(out, "words of `{path}` count {weight} times")?;
    }
    writeln!(out)?;
    for (kind, count) in &info.counts {
        writeln!(out, "{count:>10}  {kind}")?;
    }
    writeln!(out)?;
    for section in &info.sections {
        writeln!(out, "{:>10}  {QUIET}{}{QUIET:#}", size(section.length), section.name)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads all of a snapshot; damage is an error that names the section.
pub(crate) fn verify(out: &mut impl Write, file: &Path) -> Outcome<ExitCode> {
    snapshot::verify(FileSource::open(file)?)?;
    writeln!(out, "{TITLE}{}{TITLE:#}: all is well", file.display())?;
    Ok(ExitCode::SUCCESS)
}

/// A number of bytes as people read it.
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => tenths(bytes, 1_000, "KB"),
        1_000_000..1_000_000_000 => tenths(bytes, 1_000_000, "MB"),
        _ => tenths(bytes, 1_000_000_000, "GB"),
    }
}

fn tenths(bytes: u64, unit: u64, name: &str) -> String {
    let tenths = bytes / (unit / 10);
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_999), "1.9 KB");
        assert_eq!(size(165_400_000), "165.4 MB");
        assert_eq!(size(1_000_000_000), "1.0 GB");
    }
}
