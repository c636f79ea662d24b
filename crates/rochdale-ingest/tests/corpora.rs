//! Real folders of articles, found through `ROCHDALE_DATA`, against counts made by other tools.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rochdale::json::Json;
use rochdale::model::{Article, Entry};
use rochdale_ingest::{Reader, Reading};

#[test]
fn dump() {
    let Some((reading, _)) = read("eips") else { return };
    for name in ["18f-blog", "rust-blog", "eips"] {
        let start = std::time::Instant::now();
        let (reading, _) = read(name).unwrap();
        println!(
            "{name} {:?} {:?} {:?}",
            start.elapsed(),
            reading.report.counts,
            reading.report.not_carried
        );
        let mut seen = BTreeMap::<_, usize>::new();
        for issue in &reading.report.issues {
            let n = seen.entry(issue.code.name).or_default();
            *n += 1;
            if *n < 6 {
                println!("{issue}");
            }
        }
        println!("{seen:?}");
    }
    let _ = reading;
}

fn read(name: &str) -> Option<(Reading, Json)> {
    let Some(data) = std::env::var_os("ROCHDALE_DATA").map(PathBuf::from) else {
        println!("skipped: ROCHDALE_DATA is not set");
        return None;
    };
    let facts = std::fs::read_to_string(data.join("facts/articles.json")).unwrap();
    let facts = Json::parse(&facts).unwrap().pointer(&format!("/{name}")).unwrap().clone();
    Some((Reader::new().read_path(&data.join("articles").join(name)).unwrap(), facts))
}
