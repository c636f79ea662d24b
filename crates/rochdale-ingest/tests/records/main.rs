//! Records of others, found through `ROCHDALE_DATA`, against what is known of them.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

#[path = "../corpus/mod.rs"]
mod corpus;
mod entities;
mod facts;
mod govuk;
mod laws;
