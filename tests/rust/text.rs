//! Runs the fixtures of text analysis: the tokens of texts in every language, pinned by version.
#![expect(clippy::unwrap_used, reason = "a fixture that does not read fails the test")]

use std::fs;
use std::path::Path;

use rochdale::json::{Json, Map};
use rochdale::text::{ANALYSER, Language, each_token};

/// A changed token asks for a new version, which has a file of its own.
#[test]
fn tokens_are_those_of_the_version() {
    let (name, version) = ANALYSER;
    let path = format!("fixtures/text/{name}-{version}.json");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let fixture = Json::parse(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(fixture.pointer("/analyser"), Some(&Json::of(&ANALYSER).unwrap()));
    let texts = fixture.pointer("/texts").and_then(Json::as_array).unwrap();
    for case in texts {
        assert_eq!(read(case).to_string(), case.to_string());
    }
    for language in Language::all() {
        let Language::Known(tag) = language else { panic!("{language:?} has no tag") };
        let speaks = |case: &Json| case.pointer("/language").and_then(Json::as_str) == Some(tag);
        assert!(texts.iter().any(speaks), "no text in `{tag}`");
    }
}

/// The case with the tokens that its text has: position, span, word as written, stem.
fn read(case: &Json) -> Json {
    let field = |name: &str| case.pointer(name).and_then(Json::as_str).unwrap();
    let language = Language::from_tag(field("/language"));
    let mut tokens = Vec::new();
    let length = each_token(field("/text"), &mut |token| {
        tokens.push(Json::String(format!(
            "{} {}..{} {} {}",
            token.position,
            token.start,
            token.end,
            token.written,
            language.stem(token.written)
        )));
    });
    let mut map: Map = case.as_object().unwrap().clone();
    map.insert("length".into(), Json::Number(length.into()));
    map.insert("tokens".into(), Json::Array(tokens));
    Json::Object(map)
}
