//! Measures of Rochdale beside its peers: documents, questions, engines, comparison, tables.

pub mod arguments;
pub mod child;
pub mod class;
pub mod compare;
pub mod corpus;
pub mod engine;
pub mod folder;
pub mod ingest;
pub mod measure;
pub mod question;
pub mod random;
pub mod relevance;
pub mod run;
pub mod table;

/// What a step comes to; the error is a message for the person who ran it.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
