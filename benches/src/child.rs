//! What is measured in a process of its own, so that no engine pays for another's memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::class::Class;
use crate::corpus::read;
use crate::engine::Name;
use crate::measure::{heap, peak, percentile, processor, size};
use crate::question::Questions;

/// How often a library is opened for the time of opening.
const OPENINGS: usize = 21;

/// What is asked first, with its exact total: words that more articles have take longer in a larger
/// library, however it is opened.
pub const FIRST: [Class; 2] = [Class::MiddlingWord, Class::AnyOfTwo];

/// How long the questions of a class are asked for the peak of memory.
const ASKING: Duration = Duration::from_secs(2);

/// What building cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Built {
    /// The seconds from the corpus to the files on disk, reading the corpus included.
    pub seconds: f64,
    /// The seconds of processor time, of all threads together.
    pub processor: Option<f64>,
    /// The bytes of the files.
    pub bytes: u64,
    /// The most memory that was held.
    pub peak: Option<u64>,
}

/// What opening and asking cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The seconds to open and answer one question of each of [`FIRST`], the median of several times.
    pub seconds: [f64; FIRST.len()],
    /// The memory that is no file, after the first answer.
    pub heap: Option<u64>,
    /// The most memory that was held while questions of all classes were asked, mapped files included.
    pub peak: Option<u64>,
}

/// Builds, measured in this process.
///
/// # Errors
///
/// Where the engine fails.
pub fn build(engine: Name, corpus: &Path) -> Outcome<Built> {
    let folder = engine.folder(corpus);
    let start = Instant::now();
    engine.build(corpus, &folder)?;
    let seconds = start.elapsed().as_secs_f64();
    Ok(Built { seconds, processor: processor(), bytes: size(&folder)?, peak: peak() })
}

/// Opens and asks, measured in this process.
///
/// # Errors
///
/// Where the engine fails.
pub fn open(engine: Name, corpus: &Path, questions: &Questions) -> Outcome<Opened> {
    let plain = read(corpus)?.heading.plain;
    let folder = engine.folder(corpus);
    let mut opened = Opened { seconds: [0.0; FIRST.len()], heap: None, peak: None };
    let before = heap();
    for (class, seconds) in FIRST.into_iter().zip(&mut opened.seconds) {
        let own = questions.iter().find(|(other, _)| *other == class);
        let first = own.and_then(|(_, questions)| questions.first());
        let first = first.ok_or("this corpus gives no question of one or two words")?;
        let mut times = Vec::new();
        for _ in 0..OPENINGS {
            let start = Instant::now();
            let open = engine.open(&folder, plain)?;
            if let Some(ready) = open.ready(class, first, true)? {
                ready.run()?;
            }
            times.push(start.elapsed().as_secs_f64());
            if opened.heap.is_none() {
                opened.heap = heap().zip(before).map(|(now, before)| now.saturating_sub(before));
            }
        }
        *seconds = percentile(&mut times, 50);
    }
    ask_all(engine, &folder, plain, questions)?;
    Ok(Opened { peak: peak(), ..opened })
}

/// Asks questions of every class.
fn ask_all(engine: Name, folder: &Path, plain: bool, questions: &Questions) -> Outcome {
    let open = engine.open(folder, plain)?;
    for (class, questions) in questions {
        let start = Instant::now();
        for question in questions {
            if let Some(ready) = open.ready(*class, question, true)? {
                ready.run()?;
            }
            if start.elapsed() > ASKING {
                break;
            }
        }
    }
    Ok(())
}

/// Runs this program with other words and reads what it prints.
///
/// # Errors
///
/// Where it cannot be run, fails, or prints something else.
pub fn run<T: DeserializeOwned>(words: &[&str]) -> Outcome<T> {
    let program = std::env::current_exe()?;
    let output = Command::new(program).args(words).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("`bench {}` failed ({})", words.join(" "), output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
