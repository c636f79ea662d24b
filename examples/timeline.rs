//! Follows a mutual through time: every dated fact, who held what, and who is tied to it.
//! Run it with `cargo run --package rochdale-examples --example timeline -- newton-rigg`.

use std::path::Path;

use rochdale::Result;
use rochdale_ingest::Reader;

fn main() -> Result<()> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let reading = Reader::new().read_paths([content])?;
    let library = reading.into_library().library;

    let id = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let mutual = format!("mutual_entity:{}", id.unwrap_or_else(|| "mycsp".to_owned()));
    let timeline = library.timeline(&mutual)?;
    for fact in &timeline.facts {
        println!("{:<24}  {} ({})", fact.when.to_string(), fact.label, fact.reference);
    }
    println!("{} facts without a date\n", timeline.undated);

    for related in library.related(&mutual)? {
        println!("{:<14}  {}  {}", related.relation, related.reference, related.title);
    }
    Ok(())
}

#[test]
fn it_runs() -> Result<()> {
    main()
}
