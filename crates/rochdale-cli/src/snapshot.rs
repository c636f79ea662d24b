//! The commands on snapshots: build, info, verify.

use std::io::Write;
use std::process::ExitCode;

use rochdale::issue::{Report, Severity};
use rochdale::json::{Json, Map};
use rochdale::{Error, Opened};

use crate::args::{Build, Snapshot};
use crate::failure::Outcome;
use crate::run::{json, number};
use crate::style::{QUIET, TITLE};
use crate::{read, write};

/// Reads the sources and writes a snapshot of the library.
pub(crate) fn build(out: &mut impl Write, words: &Build) -> Outcome<ExitCode> {
    let Opened { library, report } = read::library(&words.paths, Severity::Warning)?;
    if words.strict && report.has_errors() {
        return Ok(ExitCode::FAILURE);
    }
    let bytes = rochdale::snapshot::build(&library)?;
    let file = words.output.display();
    let cannot = |error| Error::source(format!("cannot write `{file}`"), error);
    write::whole(&words.output, &bytes).map_err(cannot)?;
    if words.form.json {
        let members = [("total", number(library.len())), ("bytes", number(bytes.len()))];
        json(out, members, &report)?;
    } else {
        let (entries, size) = (library.len(), size(bytes.len() as u64));
        writeln!(out, "{TITLE}{file}{TITLE:#}: {entries} entries, {size}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what a snapshot holds.
pub(crate) fn info(out: &mut impl Write, words: &Snapshot) -> Outcome<ExitCode> {
    let Opened { library, report } = read::open(&words.file)?;
    let sections = rochdale::snapshot::sections(read::source(&words.file)?)?;
    let bytes: u64 = rochdale::store::Source::size(&read::source(&words.file)?);
    if words.form.json {
        let rows = sections.iter().map(|section| {
            Json::Object(Map::from([
                ("name".to_owned(), Json::String(section.name.clone())),
                ("segment".to_owned(), number(section.segment as usize)),
                ("offset".to_owned(), long(section.offset)),
                ("length".to_owned(), long(section.length)),
            ]))
        });
        let members = [
            ("total", number(library.len())),
            ("bytes", long(bytes)),
            ("version", number(rochdale::store::VERSION as usize)),
            ("sections", Json::Array(rows.collect())),
        ];
        json(out, members, &report)?;
        return Ok(ExitCode::SUCCESS);
    }
    let version = rochdale::store::VERSION;
    writeln!(out, "{TITLE}{}{TITLE:#}: version {version}, {}", words.file.display(), size(bytes))?;
    writeln!(out, "{}", Report { issues: Vec::new(), ..report })?;
    for section in &sections {
        writeln!(out, "{:>10}  {QUIET}{}{QUIET:#}", size(section.length), section.name)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads all of a snapshot; damage is an error that names the section.
pub(crate) fn verify(out: &mut impl Write, words: &Snapshot) -> Outcome<ExitCode> {
    let Opened { library, report } = read::open(&words.file)?;
    library.verify()?;
    if words.form.json {
        json(out, [("total", number(library.len()))], &report)?;
    } else {
        let file = words.file.display();
        writeln!(out, "{TITLE}{file}{TITLE:#}: {} entries, all is well", library.len())?;
    }
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

fn long(value: u64) -> Json {
    usize::try_from(value).map_or(Json::Null, number)
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
