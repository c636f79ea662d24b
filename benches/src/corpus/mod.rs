//! The documents that are searched: generated ones, shaped as news is, or those of a real folder.

mod generate;
mod real;
mod vocabulary;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Lines, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::Outcome;
pub use generate::Generator;

/// An article, plain: what every engine is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The number, from 0.
    pub number: u32,
    /// The title.
    pub title: String,
    /// The text, without markup.
    pub body: String,
    /// The ids of its authors.
    pub authors: Vec<String>,
    /// The id of its category.
    pub category: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was published, in days from 1 January 1970.
    pub day: Option<i32>,
}

impl Document {
    /// The month of the document as year and month, such as 201105.
    pub fn month(&self) -> Option<u32> {
        self.date().map(|date| u32::try_from(date.year()).unwrap_or(0) * 100 + date.month())
    }

    /// The day of the document.
    pub fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_epoch_days(self.day?)
    }
}

/// Somebody or something that documents refer to; it is searched by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// What is said once of a corpus: the first line of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// What the corpus is.
    pub title: String,
    /// How many documents follow.
    pub documents: u32,
    /// Whether its words are runs of ASCII letters and digits.
    pub plain: bool,
    /// The authors.
    pub authors: Vec<Name>,
    /// The categories.
    pub categories: Vec<Name>,
}

/// A corpus that is read from its file, document by document.
#[derive(Debug)]
pub struct Reading {
    /// What is said of it.
    pub heading: Heading,
    lines: Lines<BufReader<File>>,
}

impl Iterator for Reading {
    type Item = Outcome<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        Some(line.map_err(Into::into).and_then(|line| Ok(serde_json::from_str(&line)?)))
    }
}

/// Opens the file of a corpus.
///
/// # Errors
///
/// Where it cannot be read, or is not one.
pub fn read(path: &Path) -> Outcome<Reading> {
    let file = File::open(path).map_err(|e| format!("cannot open {}: {e}", path.display()))?;
    let mut lines = BufReader::with_capacity(1 << 20, file).lines();
    let first = lines.next().ok_or("expected a heading, got an empty file")??;
    Ok(Reading { heading: serde_json::from_str(&first)?, lines })
}

/// Writes a generated corpus, where its file is not there already.
///
/// # Errors
///
/// Where it cannot be written.
pub fn generate(documents: u32, path: &Path) -> Outcome {
    let generator = Generator::new();
    let heading = generator.heading(documents);
    if read(path).is_ok_and(|reading| reading.heading == heading) {
        return Ok(());
    }
    write(path, &heading, (0..documents).map(|number| generator.document(number)))
}

/// Writes the corpus of a real folder.
///
/// # Errors
///
/// Where the folder cannot be read, holds no article, or the corpus cannot be written.
pub fn gather(folder: &Path, path: &Path) -> Outcome {
    let (heading, documents) = real::documents(folder)?;
    write(path, &heading, documents.into_iter())
}

fn write(path: &Path, heading: &Heading, documents: impl Iterator<Item = Document>) -> Outcome {
    // Beside and renamed, so that a run that was stopped leaves no half corpus.
    let beside = path.with_extension("part");
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&beside)?);
    serde_json::to_writer(&mut file, heading)?;
    file.write_all(b"\n")?;
    for document in documents {
        serde_json::to_writer(&mut file, &document)?;
        file.write_all(b"\n")?;
    }
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    fs::rename(beside, path)?;
    Ok(())
}
