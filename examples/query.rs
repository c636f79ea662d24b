//! Asks the same question three ways: as text, from Rust, and as JSON.
//! Run it with `cargo run --package rochdale-examples --example query`.

use std::path::Path;

use rochdale::Result;
use rochdale::json::Json;
use rochdale::model::Article;
use rochdale::query::{Facet, Query, text};
use rochdale_ingest::Reader;

fn main() -> Result<()> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let reading = Reader::new().read_paths([content])?;
    let library = reading.into_library().library;

    let written: Query =
        r#"categories:within(mutualisation) -authors:"Tony Collins" pension sort:-published facet:authors"#
            .parse()?;

    let built = Query::new(
        Article::CATEGORIES.within("mutualisation")
            & !Article::AUTHORS.is("Tony Collins")
            & text("pension"),
    )
    .sort("-published")
    .facet(Facet::new("authors"));
    assert_eq!(written, built);

    let json = built.to_json();
    assert_eq!(Query::from_json(&Json::parse(&json.to_string())?)?, built);
    println!("{json}");

    let answer = library.ask(&built)?;
    println!("{} found", answer.total());
    for entry in answer.entries() {
        let entry = entry?;
        println!("  {}  {}", entry.reference(), entry.title());
    }
    for value in &answer.facets()["authors"].values {
        println!("  {} by {}", value.count, value.label.as_ref().unwrap_or(&value.value));
    }
    println!("  {} without an author", answer.facets()["authors"].missing);
    Ok(())
}

#[test]
fn it_runs() -> Result<()> {
    main()
}
