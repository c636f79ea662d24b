//! The index: what makes a question cost what its answer costs, and not what the library does.
//!
//! Entries have numbers in the order of the library, so that a kind and a span of dates are ranges
//! of numbers. A question is checked against the same names as by the scan, becomes a tree of
//! cursors, and is answered from dictionaries, lists and columns that are read where they lie.
//! Whatever the index cannot tell is looked up in the entries themselves.

#![expect(
    clippy::option_option,
    reason = "whether something can be told, and then whether there is any, are two questions"
)]
#![expect(
    clippy::struct_field_names,
    reason = "texts, columns and lists are what the parts of an index are called"
)]
#![expect(
    clippy::cast_possible_truncation,
    reason = "entries, words and bytes of one index are counted in 32 bits, which building checks"
)]

mod all;
mod answer;
mod automaton;
mod build;
mod check;
mod column;
mod compile;
mod counts;
mod cursor;
mod dictionary;
mod directory;
mod explain;
mod facet;
mod key;
mod lengths;
mod many;
mod open;
mod pack;
mod phrase;
mod plan;
mod postings;
mod schema;
mod search;
mod set;
mod sort;
mod sources;
mod top;
mod worded;
mod words;

pub(crate) use answer::Page;
pub(crate) use build::build;
pub use build::{Progress, Step};
pub use explain::{Condition, Explanation, ScorePart};
pub(crate) use open::{Entries, Index, Opened, REFERRED};
pub(crate) use plan::Plan;
