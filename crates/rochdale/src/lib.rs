//! Core.

pub mod date;
