//! Runs the query fixtures against the Rust crate.
#![expect(clippy::unwrap_used, reason = "a fixture that does not read fails the test")]

use std::fs;
use std::path::Path;

use rochdale::json::{Json, Map};
use rochdale::library::Library;
use rochdale::snapshot;
use rochdale::store::VERSION;
use rochdale::{Error, Place};

#[test]
fn queries_answer_as_the_fixtures_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut wrong = Vec::new();
    let mut files: Vec<_> =
        fs::read_dir(folder.join("query")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let fixture = Json::parse(&fs::read_to_string(&file).unwrap()).unwrap();
        let name = fixture.pointer("/library").and_then(Json::as_str).unwrap();
        let text =
            fs::read_to_string(folder.join("library").join(name).with_extension("json")).unwrap();
        let library = Library::from_json(&text).unwrap().library;
        check(&library, &fixture, &file, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn old_snapshots_answer_as_their_fixtures_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/snapshot");
    let mut wrong = Vec::new();
    for version in 1..=VERSION {
        let file = folder.join(format!("version-{version}.json"));
        let fixture = Json::parse(&fs::read_to_string(&file).unwrap()).unwrap();
        let bytes = fs::read(file.with_extension("rochdale")).unwrap();
        snapshot::verify(bytes.clone()).unwrap();
        let opened = Library::open(bytes.clone()).unwrap();
        let rebuilt = Library::new(snapshot::entries(bytes).unwrap()).library;
        for library in [&opened, &rebuilt] {
            let entries: Result<Vec<_>, _> = library.entries().collect();
            assert_eq!(Json::of(&entries.unwrap()).unwrap(), *fixture.pointer("/entries").unwrap());
            check(library, &fixture, &file, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Adds the cases of a fixture that a library does not answer as they say.
fn check(library: &Library, fixture: &Json, file: &Path, wrong: &mut Vec<String>) {
    for case in fixture.pointer("/cases").and_then(Json::as_array).unwrap() {
        let got = answer(library, case);
        if got != *case {
            wrong.push(format!("{}\n expected {case}\n      got {got}", file.display()));
        }
    }
}

/// The case as the library answers it: of the answer, what the case speaks of.
fn answer(library: &Library, case: &Json) -> Json {
    let expected = case.as_object().unwrap();
    let query = &expected["query"];
    let mut got = Map::from([("query".to_owned(), query.clone())]);
    match library.ask_json(query, &Json::Null) {
        Ok(answer) => {
            let mut json = answer.to_json().unwrap().as_object().unwrap().clone();
            json.insert(
                "ids".into(),
                Json::of(&answer.references().collect::<Result<Vec<_>, _>>().unwrap()).unwrap(),
            );
            let warnings: Vec<_> = answer.warnings().iter().map(|issue| &issue.message).collect();
            json.insert("warnings".into(), Json::of(&warnings).unwrap());
            got.extend(json.into_iter().filter(|(name, _)| expected.contains_key(name)));
        }
        Err(error) => drop(got.insert("error".into(), wrong(&error, case))),
    }
    Json::Object(got)
}

fn wrong(error: &Error, case: &Json) -> Json {
    #[expect(clippy::cast_precision_loss, reason = "queries are short")]
    let at = match error.place() {
        Some(Place::Offset(offset)) => Json::Number(*offset as f64),
        Some(Place::Pointer(pointer)) => Json::String(pointer.clone()),
        _ => Json::Null,
    };
    let mut map = Map::from([
        ("code".to_owned(), Json::String(error.kind().code().into())),
        ("at".to_owned(), at),
    ]);
    if case.pointer("/error/message").is_some() || case.pointer("/error").is_none() {
        map.insert("message".into(), Json::String(error.message().into()));
    }
    Json::Object(map)
}
