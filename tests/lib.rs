//! Tests across crates and languages.
