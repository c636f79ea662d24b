//! One comparison: a corpus, its questions, and what each engine makes of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Outcome;
use crate::child::{self, Built, Opened};
use crate::class::Class;
use crate::compare::{Comparison, compare};
use crate::corpus::read;
use crate::engine::{Engine, Name, Ready, Reply};
use crate::measure::{Timing, time};
use crate::question::{Question, Questions};

/// What of everything is to be measured.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The engines.
    pub engines: Vec<Name>,
    /// The classes.
    pub classes: Vec<Class>,
    /// How many questions of a class are asked at most.
    pub questions: usize,
    /// How often each question is timed.
    pub rounds: usize,
    /// How long a class may take an engine.
    pub limit: Duration,
}

/// What was measured on one corpus.
#[derive(Clone, Debug, Serialize)]
pub struct Results {
    /// What the corpus is.
    pub corpus: String,
    /// How many articles it has.
    pub articles: u32,
    /// The bytes of its file.
    pub bytes: u64,
    /// The seconds that reading it takes, which are in every time of building.
    pub reading: f64,
    /// What building, opening and asking cost each engine.
    pub costs: BTreeMap<Name, Cost>,
    /// The settings of each engine.
    pub settings: BTreeMap<Name, Vec<String>>,
    /// The rows of the table.
    pub rows: Vec<Row>,
}

/// What an engine cost.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Cost {
    /// Building.
    pub built: Built,
    /// Opening and asking.
    pub opened: Opened,
}

/// What was measured of a class, with a total or without.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The class.
    pub class: Class,
    /// Whether an exact total was asked for.
    pub total: bool,
    /// The times of each engine that has such questions.
    pub times: BTreeMap<Name, Timing>,
    /// How the hits of each peer agree with Rochdale's.
    pub comparisons: BTreeMap<Name, Comparison>,
}

impl Row {
    /// Rochdale's share of the peer's time, of the median and of the 99th percentile; nothing where
    /// the peer was not measured or found something else.
    pub fn ratio(&self, peer: Name) -> Option<(f64, f64)> {
        if self.comparisons.get(&peer)?.differing > 0 {
            return None;
        }
        let (ours, theirs) = (self.times.get(&Name::Rochdale)?, self.times.get(&peer)?);
        Some((ours.median / theirs.median, ours.high / theirs.high))
    }
}

/// Builds, opens, compares and times.
///
/// # Errors
///
/// Where an engine fails, or the corpus cannot be read.
pub fn run(corpus: &Path, choice: &Choice) -> Outcome<Results> {
    let say = |what: &str| eprintln!("  {what} …");
    say("reading the corpus and making questions");
    let start = Instant::now();
    let mut reading = read(corpus)?;
    let heading = reading.heading.clone();
    reading.try_for_each(|document| document.map(drop))?;
    let seconds = start.elapsed().as_secs_f64();
    let mut questions: Questions = crate::question::questions(corpus)?;
    for (_, questions) in &mut questions {
        questions.truncate(choice.questions);
    }
    let file = corpus.with_extension("questions");
    std::fs::write(&file, serde_json::to_vec(&questions)?)?;
    let mut results = Results {
        corpus: heading.title,
        articles: heading.documents,
        bytes: std::fs::metadata(corpus)?.len(),
        reading: seconds,
        costs: BTreeMap::new(),
        settings: BTreeMap::new(),
        rows: Vec::new(),
    };
    let (path, file) = (corpus.display().to_string(), file.display().to_string());
    let mut engines = Vec::new();
    for name in &choice.engines {
        say(&format!("building with {}", name.name()));
        let built = child::run(&["build", name.name(), &path])?;
        say(&format!("opening with {}", name.name()));
        let opened = child::run(&["open", name.name(), &path, &file])?;
        results.costs.insert(*name, Cost { built, opened });
        let engine = name.open(&name.folder(corpus), heading.plain)?;
        results.settings.insert(*name, engine.settings());
        engines.push((*name, engine));
    }
    for (class, questions) in &questions {
        if !choice.classes.contains(class) || questions.is_empty() {
            continue;
        }
        let first = results.rows.len();
        for total in [false, true] {
            if total || class.may_lack_total() {
                say(&format!("{}, {}", class.info().name, asked(*class, total)));
                results.rows.push(row(&engines, *class, questions, total, choice)?);
            }
        }
        spread(&mut results.rows[first..]);
    }
    Ok(results)
}

/// A class that finds something else with a total finds it without one too, where no total tells.
fn spread(rows: &mut [Row]) {
    let found = rows.iter().flat_map(|row| row.comparisons.clone());
    let found: Vec<_> = found.filter(|(_, comparison)| comparison.differing > 0).collect();
    for row in rows {
        for (name, comparison) in &found {
            let own = row.comparisons.entry(*name).or_default();
            if own.differing == 0 {
                own.clone_from(comparison);
            }
        }
    }
}

/// What is asked beside the ten best.
pub fn asked(class: Class, total: bool) -> &'static str {
    match (class.may_lack_total(), total) {
        (false, _) => "counts",
        (true, true) => "exact total",
        (true, false) => "no total",
    }
}

fn row(
    engines: &[(Name, Box<dyn Engine>)],
    class: Class,
    questions: &[Question],
    total: bool,
    choice: &Choice,
) -> Outcome<Row> {
    let mut row = Row { class, total, times: BTreeMap::new(), comparisons: BTreeMap::new() };
    let mut asked: Vec<(Name, Vec<Box<dyn Ready + '_>>)> = Vec::new();
    for (name, engine) in engines {
        let ready = questions.iter().map(|question| engine.ready(class, question, total));
        let ready: Option<Vec<_>> = ready.collect::<Outcome<_>>()?;
        if let Some(ready) = ready {
            asked.push((*name, ready));
        }
    }
    let mut ours: Option<Vec<Reply>> = None;
    for (name, ready) in &asked {
        let replies = ready.iter().map(|question| question.reply()).collect::<Outcome<Vec<_>>>()?;
        match &ours {
            None if *name == Name::Rochdale => ours = Some(replies),
            None => {}
            Some(ours) => {
                row.comparisons.insert(*name, compare(class, *name, ours, &replies));
            }
        }
    }
    for (name, ready) in &asked {
        row.times.insert(*name, time(ready, choice.rounds, choice.limit)?);
    }
    Ok(row)
}
