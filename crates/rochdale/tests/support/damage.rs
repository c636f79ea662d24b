//! A snapshot of some size, questions of it, and damage to it.
//!
//! The layout is read here as `docs/snapshot.md` has it, apart from the core.

use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use cap::Cap;
use rochdale::json::Json;
use rochdale::query::Query;
use rochdale::{Error, Library};
use twox_hash::XxHash3_64;

/// Far more than the whole file needs: a length that is believed without proof exceeds it.
const MEMORY: usize = 512 << 20;

#[global_allocator]
static MEMORY_IS_BOUNDED: Cap<std::alloc::System> = Cap::new(std::alloc::System, MEMORY);

/// How many places are damaged.
pub(crate) fn places(by_default: usize) -> usize {
    let given = std::env::var("ROCHDALE_DAMAGE").ok().and_then(|number| number.parse().ok());
    given.unwrap_or(by_default)
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

/// The questions of all fixtures, those that are wrong among them.
pub(crate) fn questions() -> Vec<Json> {
    let files = fs::read_dir(fixtures().join("query")).expect("the fixtures are there");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a fixture reads");
        let fixture = Json::parse(&text).expect("a fixture is JSON");
        let cases = fixture.pointer("/cases").and_then(Json::as_array).expect("cases");
        out.extend(cases.iter().map(|case| case.pointer("/query").expect("a query").clone()));
    }
    assert!(out.len() > 200);
    out
}

/// What a library answers to each question, and each of its entries.
pub(crate) fn answers(library: &Library, questions: &[Json]) -> Vec<Result<String, Error>> {
    let answer = |question: &Json| {
        let answer = match question {
            Json::String(text) => library.find(text)?,
            json => library.ask(&Query::from_json(json)?)?,
        };
        Ok(answer.to_json()?.to_string())
    };
    let mut out: Vec<_> = questions.iter().map(answer).collect();
    out.extend(library.entries().map(|entry| Ok(entry?.to_json()?.to_string())));
    out.push(library.people().map(|people| format!("{people:?}")));
    for name in ["mutual_entity:northmoor-libraries", "article:filler-7"] {
        out.push(library.timeline(name).map(|facts| format!("{facts:?}")));
        out.push(library.related(name).map(|rows| format!("{rows:?}")));
    }
    out
}

/// A whole snapshot, and where its sections are.
pub(crate) struct Snapshot {
    pub(crate) bytes: Vec<u8>,
    pub(crate) sections: Vec<(String, Range<usize>)>,
}

impl Snapshot {
    /// The library of the fixtures, among enough articles that it has several blocks.
    pub(crate) fn sample() -> Self {
        let text = fs::read_to_string(fixtures().join("library/pioneers.json"));
        let pioneers = Library::from_json(&text.expect("the library reads")).expect("a library");
        let mut lines: Vec<String> = Vec::new();
        for entry in pioneers.library.entries() {
            lines.push(entry.expect("in memory").to_json().expect("JSON").to_string());
        }
        let mut random = Random::new(7);
        lines.extend((0..150).map(|number| filler(&mut random, number)));
        let library = Library::from_json(&lines.join("\n")).expect("entries").library;
        let bytes = rochdale::snapshot::build(&library).expect("a snapshot");
        let sections = (0..number(&bytes, 12, 4)).map(|row| section(&bytes, row)).collect();
        Self { bytes, sections }
    }

    /// The file with some damage in one section or in the table, and all checksums true.
    pub(crate) fn damaged_and_sealed(&self, random: &mut Random) -> (Vec<u8>, String) {
        let mut bytes = self.bytes.clone();
        let row = random.below(self.sections.len());
        let (name, range) = &self.sections[row];
        let mut place = name.clone();
        if random.below(16) == 0 || range.is_empty() {
            // Where the section begins, or how long it is.
            let at = 48 + row * 32 + [16, 24][random.below(2)];
            bytes[at + random.below(3)] = random.byte();
            place += ": its row in the table";
        } else {
            for _ in 0..=random.below(3) {
                // What a section begins with describes the rest of it.
                let most = [64, range.len(), range.len()][random.below(3)].min(range.len());
                let at = range.start + random.below(most);
                bytes[at] = match random.below(4) {
                    0 => bytes[at] ^ 1 << random.below(8),
                    1 => [0, 1, 0x7f, 0x80, 0xff][random.below(5)],
                    2 => bytes[at].wrapping_add(1),
                    _ => random.byte(),
                };
                let _ = write!(place, ", {} at {}", bytes[at], at - range.start);
            }
        }
        seal(&mut bytes);
        (bytes, place)
    }
}

/// Makes all checksums true.
pub(crate) fn seal(bytes: &mut [u8]) {
    const BLOCK: usize = 4 << 10;
    let (start, sums) = (number(bytes, 24, 8), number(bytes, 32, 8));
    let of = |bytes: &[u8]| -> Vec<u8> {
        bytes.chunks(BLOCK).flat_map(|block| XxHash3_64::oneshot(block).to_le_bytes()).collect()
    };
    let blocks = of(&bytes[start..sums]);
    bytes[sums..].copy_from_slice(&blocks);
    let runs = of(&blocks);
    bytes[start - runs.len()..start].copy_from_slice(&runs);
    let table = XxHash3_64::oneshot(&bytes[48..start]);
    bytes[40..48].copy_from_slice(&table.to_le_bytes());
}

fn section(bytes: &[u8], row: usize) -> (String, Range<usize>) {
    let at = 48 + row * 32;
    let name = String::from_utf8_lossy(&bytes[at..at + 12]).trim_end_matches('\0').to_owned();
    let (offset, length) = (number(bytes, at + 16, 8), number(bytes, at + 24, 8));
    (name, offset..offset + length)
}

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    let mut value = [0; 8];
    value[..length].copy_from_slice(&bytes[at..at + length]);
    usize::try_from(u64::from_le_bytes(value)).expect("the file is small")
}

/// An article of invented words, and some that the questions ask for.
fn filler(random: &mut Random, number: usize) -> String {
    const WORDS: [&str; 12] = [
        "the",
        "of",
        "mutual",
        "pension",
        "staff",
        "venture",
        "library",
        "council",
        "stake",
        "joint",
        "pathfinder",
        "co-operative",
    ];
    const PARTS: [&str; 8] = ["mu", "ra", "lo", "ten", "si", "ve", "do", "kar"];
    let mut body = String::new();
    for _ in 0..90 {
        if random.below(2) == 0 {
            body += WORDS[random.below(WORDS.len())];
        } else {
            (0..=random.below(3)).for_each(|_| body += PARTS[random.below(PARTS.len())]);
        }
        body += [" ", " ", " ", ". ", ", "][random.below(5)];
    }
    let (year, month) = (2005 + random.below(12), 1 + random.below(12));
    format!(
        r#"{{"kind":"article","id":"filler-{number}","title":"Filler {number}","published":"{year}-{month:02}","tags":["{}"],"body":"{body}"}}"#,
        WORDS[random.below(WORDS.len())]
    )
}

/// A small generator of numbers (xorshift64), so that every run tries the same places.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }

    pub(crate) fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("below 256")
    }
}
