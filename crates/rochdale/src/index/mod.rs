//! The index.
#![allow(dead_code)]

mod answer;
mod automaton;
mod build;
mod check;
mod column;
mod compile;
mod cursor;
mod dictionary;
mod facet;
mod key;
mod names;
mod open;
mod pack;
mod postings;
mod schema;
mod set;
mod sort;
mod sources;
mod titles;
mod worded;
mod words;

pub(crate) use build::build;
pub use build::{Building, Step};
pub(crate) use open::{Entries, Index, Opened, REFERRED};
