//! What each fuzz target begins with, made from the fixtures in the form that the target reads.

use std::fs;
use std::path::{Path, PathBuf};

use rochdale::Library;
use rochdale::date::Date;
use rochdale::json::Json;
use rochdale::snapshot;
use rochdale_ingest::Reader;

use super::archives;
use crate::shell::{Outcome, root};

/// Files with their names.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// Puts the seeds of a target into its corpus.
pub(super) fn plant(target: &str, corpus: &Path) -> Outcome {
    let seeds = seeds(target)?;
    if seeds.is_empty() {
        return Err(format!("no fixture suits the fuzz target `{target}`; name one in `seeds.rs`"));
    }
    for (number, seed) in seeds.iter().enumerate() {
        let path = corpus.join(format!("seed-{number:03}"));
        fs::write(&path, seed).map_err(|e| format!("cannot write `{}`: {e}", path.display()))?;
    }
    Ok(())
}

fn seeds(target: &str) -> Outcome<Vec<Vec<u8>>> {
    match target {
        "archive" => archived(),
        "date" => Ok(texts("library")?
            .into_iter()
            .filter(|text| Date::parse(text).is_ok())
            .map(String::into_bytes)
            .collect()),
        "feed" => feeds(),
        "folder" => folders(),
        "govuk" => contents("gov-uk"),
        "json" => json(),
        "query" => queries(),
        "snapshot" => snapshots(),
        // A target that reads files of one format has its name, but for what stands between words.
        format => contents(&format.replace('_', "-")),
    }
}

/// The files of every case of a format.
fn contents(format: &str) -> Outcome<Vec<Vec<u8>>> {
    Ok(inputs(format)?.into_iter().flatten().map(|(_, bytes)| bytes).collect())
}

/// Feeds, each after the byte that says which format it is.
fn feeds() -> Outcome<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    for (format, first) in [("rss", 1), ("atom", 1), ("jsonfeed", 0)] {
        seeds.extend(contents(format)?.iter().map(|bytes| [&[first], bytes.as_slice()].concat()));
    }
    Ok(seeds)
}

/// The files of each case after the byte that names them, parted by one that no text has.
fn folders() -> Outcome<Vec<Vec<u8>>> {
    let named = |path: &Path| match path.extension().and_then(|it| it.to_str()).unwrap_or_default()
    {
        "md" => 0,
        "html" => 5,
        "json" => 6,
        "ndjson" => 7,
        "yaml" | "yml" => 9,
        "toml" => 10,
        _ => 11,
    };
    let file = |(path, bytes): &(PathBuf, Vec<u8>)| [&[named(path)], bytes.as_slice()].concat();
    let case = |case: &Vec<_>| case.iter().map(file).collect::<Vec<_>>().join(&0xff);
    Ok(inputs("folder")?.iter().map(case).collect())
}

fn archived() -> Outcome<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    for case in inputs("folder")?.iter().filter(|case| !case.is_empty()).take(4) {
        seeds.push(archives::zip(case).map_err(|e| format!("cannot make a zip: {e}"))?);
        seeds.push(archives::gzip(&case[0].1).map_err(|e| format!("cannot gzip: {e}"))?);
    }
    Ok(seeds)
}

fn queries() -> Outcome<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    for fixture in fixtures("query")? {
        let cases = fixture.pointer("/cases").and_then(Json::as_array).into_iter().flatten();
        let texts = cases.filter_map(|case| case.pointer("/query").and_then(Json::as_str));
        seeds.extend(texts.map(|text| text.as_bytes().to_vec()));
    }
    Ok(seeds)
}

/// Queries in JSON form, and whole libraries.
fn json() -> Outcome<Vec<Vec<u8>>> {
    let mut seeds: Vec<_> = fixtures("library")?.iter().map(written).collect();
    for fixture in fixtures("query")? {
        let cases = fixture.pointer("/cases").and_then(Json::as_array).into_iter().flatten();
        let queries = cases.filter_map(|case| case.pointer("/query"));
        seeds.extend(queries.filter(|query| query.as_str().is_none()).map(written));
    }
    Ok(seeds)
}

/// Snapshots of the sample library and of what the query fixtures ask.
fn snapshots() -> Outcome<Vec<Vec<u8>>> {
    let sample = files(&root().join("examples/content"))?;
    let sample = sample.into_iter().map(|(path, bytes)| (path.display().to_string(), bytes));
    let sample =
        Reader::new().read_files(sample).map_err(|e| format!("the sample library: {e}"))?;
    let mut libraries = vec![sample.into_library().library];
    for fixture in fixtures("library")? {
        let opened = Library::from_json(&fixture.to_string());
        libraries.push(opened.map_err(|e| format!("a library of the fixtures: {e}"))?.library);
    }
    let build = |library| snapshot::build(library).map_err(|e| e.to_string());
    libraries.iter().map(build).collect()
}

fn written(json: &Json) -> Vec<u8> {
    json.to_string().into_bytes()
}

/// Every text in the JSON files of a folder of fixtures.
fn texts(folder: &str) -> Outcome<Vec<String>> {
    fn gather(json: &Json, texts: &mut Vec<String>) {
        match json {
            Json::String(text) => texts.push(text.clone()),
            Json::Array(values) => values.iter().for_each(|value| gather(value, texts)),
            Json::Object(members) => members.iter().for_each(|(_, value)| gather(value, texts)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    fixtures(folder)?.iter().for_each(|json| gather(json, &mut all));
    all.sort();
    all.dedup();
    Ok(all)
}

/// The JSON files of a folder of fixtures.
fn fixtures(folder: &str) -> Outcome<Vec<Json>> {
    let parsed = |(path, bytes): (PathBuf, Vec<u8>)| {
        let text = String::from_utf8_lossy(&bytes);
        Json::parse(&text).map_err(|e| format!("{}: {e}", path.display()))
    };
    files(&root().join("tests/fixtures").join(folder))?.into_iter().map(parsed).collect()
}

/// The files of each case of a format.
fn inputs(format: &str) -> Outcome<Vec<Files>> {
    let folder = root().join("tests/fixtures/ingest").join(format);
    list(&folder)?.iter().map(|case| files(&case.join("input"))).collect()
}

/// The files in a folder and in those inside it, each named from that folder on.
fn files(folder: &Path) -> Outcome<Files> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for path in list(&next)? {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            found.push((path.strip_prefix(folder).unwrap_or(&path).to_owned(), bytes));
        }
    }
    found.sort();
    Ok(found)
}

fn list(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let files = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = files.filter_map(Result::ok).map(|file| file.path()).collect();
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::names;

    #[test]
    fn every_target_has_seeds() {
        for target in names().unwrap() {
            assert!(!seeds(&target).unwrap().is_empty(), "{target}");
        }
    }
}
