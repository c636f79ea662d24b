//! What must come of each format: a case is a folder `input` with its `expected.json` beside it.
//!
//! A case may have options: the limits of the reader, the `profile` of a content folder, the format
//! `as` which all is read, the sources to `prefer`, and `personal_data`.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::fs;
use std::path::{Path, PathBuf};

use rochdale::json::Json;
use rochdale_ingest::{Format, Input, Limits, Merging, Profile, Reader, Reading};

/// Runs every case; with `ROCHDALE_BLESS` set it writes down what came of them instead.
#[test]
fn every_case_gives_what_it_expects() {
    let mut wrong = Vec::new();
    let cases = cases();
    for case in &cases {
        let expected = case.join("expected.json");
        let wanted = fs::read_to_string(&expected).unwrap_or_else(|_| "{}".to_owned());
        let options = Json::parse(&wanted).unwrap();
        let input = named(Input::path(case.join("input")), &options);
        let got = shown(&options, &reader(&options).read_inputs([input]).unwrap());
        if std::env::var_os("ROCHDALE_BLESS").is_some() {
            fs::write(&expected, got).unwrap();
        } else if got != wanted {
            wrong.push(format!("{}: got\n{got}", case.display()));
        }
    }
    assert!(wrong.is_empty() && cases.len() > 20, "{}", wrong.join("\n"));
}

#[test]
fn memory_and_disk_give_the_same() {
    for case in cases() {
        let input = case.join("input");
        let expected = fs::read_to_string(case.join("expected.json")).unwrap();
        let options = Json::parse(&expected).unwrap();
        if options.pointer("/options/as").is_some() {
            continue;
        }
        let mut files = Vec::new();
        collect(&input, "", &mut files);
        files.reverse();
        let memory = reader(&options).read_files(files).unwrap();
        assert_eq!(shown(&options, &memory), expected, "{}", case.display());
    }
}

/// The folders of all cases of all formats.
fn cases() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/ingest");
    let inside = |folder: &Path| {
        let mut paths: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    inside(&all).iter().flat_map(|format| inside(format)).collect()
}

/// The input in the format that the case names.
fn named(input: Input, options: &Json) -> Input {
    match options.pointer("/options/as").and_then(Json::as_str) {
        Some(name) => input.with_format(Format::from_name(name).unwrap()),
        None => input,
    }
}

fn collect(folder: &Path, inside: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{inside}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// A reader with the options of a case.
fn reader(options: &Json) -> Reader<'static> {
    let limit = |name: &str| {
        options.pointer(&format!("/options/{name}")).map(|limit| limit.to_string().parse().unwrap())
    };
    let mut limits = Limits::default();
    limits.files = limit("files").unwrap_or(limits.files);
    limits.depth = limit("depth").unwrap_or(limits.depth);
    limits.values = limit("values").unwrap_or(limits.values);
    limits.file_bytes = limit("file_bytes").unwrap_or(limits.file_bytes);
    limits.entries = limit("entries").unwrap_or(limits.entries);
    limits.occurrences = limit("occurrences").unwrap_or(limits.occurrences);
    let mut reader = Reader::new().with_limits(limits);
    let preferred =
        options.pointer("/options/prefer").and_then(Json::as_array).into_iter().flatten();
    let merging = preferred.filter_map(Json::as_str).fold(Merging::default(), Merging::prefer);
    reader = reader.with_merging(merging);
    if options.pointer("/options/personal_data").is_some() {
        reader = reader.with_personal_data();
    }
    match options.pointer("/options/profile").and_then(Json::as_str) {
        Some(text) if text.contains('=') => reader.with_profile(Profile::from_toml(text).unwrap()),
        Some(name) => reader.with_profile(Profile::from_name(name).unwrap()),
        None => reader,
    }
}

/// The text of `expected.json`: the options, then an issue a line and an entry a line.
fn shown(options: &Json, reading: &Reading) -> String {
    let lines = |lines: Vec<String>| {
        let all = lines.join(",\n    ");
        if lines.is_empty() { "[]".to_owned() } else { format!("[\n    {all}\n  ]") }
    };
    let issues =
        reading.report.issues.iter().map(|issue| Json::String(issue.to_string()).to_string());
    let entries = reading.entries.iter().map(|entry| entry.to_json().unwrap().to_string());
    let options = options
        .pointer("/options")
        .map(|options| format!("\n  \"options\": {options},"))
        .unwrap_or_default();
    format!(
        "{{{options}\n  \"issues\": {},\n  \"not_carried\": {},\n  \"entries\": {}\n}}\n",
        lines(issues.collect()),
        Json::of(&reading.report.not_carried).unwrap(),
        lines(entries.collect()),
    )
}
