//! How certain a claim is, and what it rests on.

use rochdale_derive::model;

use super::choices::choices;
use super::{Prose, Reference};

choices! {
    /// How certain a claim is.
    closed Certainty = "certainty" {
        /// Stated by whoever knows, or by more than one source.
        Confirmed = "confirmed",
        /// Said by one source.
        Reported = "reported",
        /// Concluded from what a source says.
        Inferred = "inferred",
        /// Sources disagree.
        Disputed = "disputed",
    }
}

choices! {
    /// The answer to a test that a mutual may meet or fail.
    closed Verdict = "verdict" {
        /// It meets the test.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// The sources do not say.
        Unclear = "unclear",
        /// The sources disagree.
        Disputed = "disputed",
    }
}

/// What a claim rests on: a source, and the words of it.
#[model]
pub struct Evidence {
    /// The entry that says so.
    #[field(inverse = "evidence_for")]
    pub entry: Option<Reference>,
    /// The words that say so.
    pub words: Option<Prose>,
    /// The title of the source, where it is not an entry.
    pub title: Option<Prose>,
    /// The address of the source.
    pub url: Option<String>,
}

/// One of the three tests of a public service mutual, and its answer.
#[model]
pub struct Finding {
    /// The answer.
    pub verdict: Verdict,
    /// What the answer rests on.
    pub evidence: Vec<Evidence>,
}
