//! The engines that are measured, each behind the same two traits.

mod rochdale;
mod sqlite;
mod tantivy;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::class::Class;
use crate::question::Question;

pub use self::rochdale::{article, library};

/// How many hits are asked for.
pub const BEST: usize = 10;

/// An engine, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Name {
    /// This project.
    Rochdale,
    /// The crate tantivy.
    Tantivy,
    /// SQLite with FTS5.
    Sqlite,
}

impl Name {
    /// Every engine; the first is compared with the others.
    pub const ALL: [Self; 3] = [Self::Rochdale, Self::Tantivy, Self::Sqlite];

    /// The name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rochdale => "rochdale",
            Self::Tantivy => "tantivy",
            Self::Sqlite => "sqlite",
        }
    }

    /// The engine of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Builds what the engine searches, as files in a folder, from the file of a corpus.
    ///
    /// # Errors
    ///
    /// Where the corpus cannot be read, or the engine fails.
    pub fn build(self, corpus: &Path, folder: &Path) -> Outcome {
        match self {
            Self::Rochdale => rochdale::build(corpus, folder),
            Self::Tantivy => tantivy::build(corpus, folder),
            Self::Sqlite => sqlite::build(corpus, folder),
        }
    }

    /// Opens what was built; `plain` as the corpus says.
    ///
    /// # Errors
    ///
    /// Where the engine fails.
    pub fn open(self, folder: &Path, plain: bool) -> Outcome<Box<dyn Engine>> {
        Ok(match self {
            Self::Rochdale => Box::new(rochdale::Rochdale::open(folder)?),
            Self::Tantivy => Box::new(tantivy::Tantivy::open(folder, plain)?),
            Self::Sqlite => Box::new(sqlite::Sqlite::open(folder, plain)?),
        })
    }

    /// The folder of the engine's files for a corpus.
    pub fn folder(self, corpus: &Path) -> PathBuf {
        corpus.with_extension(self.name())
    }
}

/// An engine that is open.
pub trait Engine {
    /// The schema, analysis, features and queries, for the reader of the table.
    fn settings(&self) -> Vec<String>;

    /// A question made ready, with an exact total or without one; nothing where the engine has no
    /// such question.
    ///
    /// # Errors
    ///
    /// Where the engine fails.
    fn ready<'a>(
        &'a self,
        class: Class,
        question: &Question,
        total: bool,
    ) -> Outcome<Option<Box<dyn Ready + 'a>>>;
}

/// A question that is ready to be asked.
pub trait Ready {
    /// Asks, takes the answer as far as the class wants it, and gives a number that depends on it.
    ///
    /// # Errors
    ///
    /// Where the engine fails.
    fn run(&self) -> Outcome<usize>;

    /// Asks, and gives the answer in the form in which answers are compared.
    ///
    /// # Errors
    ///
    /// Where the engine fails.
    fn reply(&self) -> Outcome<Reply>;
}

/// An answer, to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// How many entries were found, where it was asked.
    pub total: Option<u64>,
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// The counts that are not 0, by category or month.
    pub counts: BTreeMap<String, u64>,
}

/// A hit, to be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The entry: `kind:id`.
    pub reference: String,
    /// How well it fits.
    pub score: f64,
    /// The day that orders it, where dates do.
    pub day: Option<i32>,
}

/// The reference of the document of this number.
pub(crate) fn reference(number: u32) -> String {
    format!("article:article-{number}")
}
