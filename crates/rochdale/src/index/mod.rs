//! The index.
#![allow(dead_code)]

mod build;
mod dictionary;
mod key;
mod names;
mod pack;
mod postings;
mod schema;
mod set;
mod titles;
