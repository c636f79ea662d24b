//! Reads the sample library, saves it as a snapshot, and asks that what a person might ask.
//! Run it with `cargo xtask demo`, or `cargo run --package rochdale-examples --example demo`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rochdale::date::Date;
use rochdale::library::Held;
use rochdale::model::{Event, Stake, Standing};
use rochdale::query::{FacetCounts, Part};
use rochdale::snapshot;
use rochdale::{Error, Library, Opened, Result};
use rochdale_ingest::Reader;

const MYCSP: &str = "mutual_entity:mycsp";

fn main() -> Result<()> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let reading = Reader::new().read_paths([content])?;
    let Opened { library, report } = reading.into_library();
    heading("The library");
    for (kind, count) in &report.counts {
        println!("{count:>4}  {kind}");
    }
    let library = saved(&library)?;
    timeline(&library)?;
    owners(&library)?;
    speakers(&library)?;
    words(&library)?;
    facets(&library)?;
    honesty(&library)?;
    heading("What reading found");
    print!("{report}");
    slips()
}

/// Saves the library in one file, and opens that.
fn saved(library: &Library) -> Result<Library> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/demo");
    let file = folder.join("library.rochdale");
    let bytes = snapshot::build(library)?;
    println!(
        "\nsaved in {} bytes as target/demo/library.rochdale, and opened from there",
        bytes.len()
    );
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, bytes));
    written.map_err(|error| Error::source("cannot save the snapshot", error))?;
    let bytes = fs::read(&file).map_err(|error| Error::source("cannot read it again", error))?;
    Library::open(bytes)
}

fn timeline(library: &Library) -> Result<()> {
    heading("My Civil Service Pension, from the first word to the last");
    let timeline = library.timeline(MYCSP)?;
    for fact in &timeline.facts {
        println!("  {:<24}  {}", fact.when.to_string(), fact.label);
    }
    println!("  and {} facts that no source dates", timeline.undated);
    Ok(())
}

fn owners(library: &Library) -> Result<()> {
    for (day, title) in [("2012-05", "Who owned it in May 2012?"), ("2015", "And in 2015?")] {
        heading(title);
        let day = Date::parse(day).expect("a month and a year are dates");
        for stake in library.as_of(MYCSP, &day)?.stakes {
            owner(&stake);
        }
    }
    Ok(())
}

/// A stake, how certain it is, and the words that it rests on.
fn owner(Held { value: stake, .. }: &Held<Stake>) {
    let percent = stake.percent.map_or("?".to_owned(), |percent| percent.to_string());
    let certainty = stake.certainty.map(|certainty| certainty.to_string()).unwrap_or_default();
    println!("  {percent:>3} %  {:<26}  {certainty}", stake.holder.name.as_str());
    for words in stake.evidence.iter().filter_map(|evidence| evidence.words.as_ref()) {
        println!("           because: {words}");
    }
}

fn speakers(library: &Library) -> Result<()> {
    heading("Who would speak, and who was only hoped for");
    let mut events = library.events().collect::<Result<Vec<Event>>>()?;
    events.reverse();
    for event in events {
        let starts = event.starts.as_ref().map(ToString::to_string).unwrap_or_default();
        println!("  {}, {starts}", event.title);
        let mut standings: BTreeMap<&Standing, Vec<String>> = BTreeMap::new();
        for speaker in &event.speakers {
            let honorific = speaker.person.honorific.as_ref().map(|word| format!("{word} "));
            let keynote = if speaker.keynote { " (keynote)" } else { "" };
            let name = format!("{}{}{keynote}", honorific.unwrap_or_default(), speaker.person.name);
            standings.entry(&speaker.standing).or_default().push(name);
        }
        for (standing, names) in standings {
            println!("      {:<10}  {}", standing.to_string(), names.join(", "));
        }
    }
    Ok(())
}

fn words(library: &Library) -> Result<()> {
    let query = "kind:article (\"central government\" OR \"staff control\" OR outsorcing~1)";
    heading(query);
    let answer = library.find(query)?;
    for (entry, highlights) in answer.entries().zip(answer.highlights()) {
        let highlights = highlights?;
        println!("  {}", entry?.title());
        for highlight in highlights {
            let mark = |part: &Part| {
                if part.hit { format!("[{}]", part.text) } else { part.text.replace('\n', " ") }
            };
            let text: String = highlight.parts.iter().map(mark).collect();
            println!("      {}: {text}", highlight.field);
        }
    }
    Ok(())
}

fn facets(library: &Library) -> Result<()> {
    heading("The posts on mutualisation, by author");
    let answer = library.find("kind:article category:mutualisation facet:authors limit:0")?;
    answer.facets().values().for_each(table);
    heading("The events, by month");
    let answer = library.find("kind:event facet:starts(per:month) limit:0")?;
    answer.facets().values().for_each(table);
    Ok(())
}

fn table(counts: &FacetCounts) {
    for value in &counts.values {
        let label = value.label.as_ref().unwrap_or(&value.value);
        println!("  {label:<18}{:>3}  {}", value.count, "#".repeat(value.count));
    }
    if counts.missing > 0 {
        println!("  {:<18}{:>3}", "(none)", counts.missing);
    }
}

fn honesty(library: &Library) -> Result<()> {
    heading("Which articles are of April 2011? Most say no more than spring");
    for (certainty, query) in [
        ("possibly", "kind:article published:during(2011-04)"),
        ("definitely", "kind:article published:definite(during(2011-04))"),
    ] {
        println!("  {certainty:<12}{}", library.find(query)?.total());
    }
    heading("A query with a slip of the finger");
    let query = "kind:article auther:\"Tony Collins\"";
    let message = library.find(query).map_or_else(|error| error.to_string(), |_| String::new());
    println!("  {query}\n  {message}");
    Ok(())
}

/// What reading says of a file with slips, and what it keeps all the same.
fn slips() -> Result<()> {
    heading("And what it finds in a file with slips");
    let file = b"title: Annual meeting\nstrats: 2011-09\nstarts: some day\nspeakers:\n  - person: Ann Example\n    standing: hopedfor\n";
    let files = [("events/annual-meeting.yaml".to_owned(), file.to_vec())];
    let reading = Reader::new().read_files(files)?;
    print!("{}", reading.into_library().report);
    Ok(())
}

fn heading(text: &str) {
    println!("\n{text}\n{}", "-".repeat(text.chars().count()));
}

#[test]
fn it_runs() -> Result<()> {
    main()
}
