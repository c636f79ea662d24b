#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

// `model` writes `::rochdale::…`, also inside this crate.
extern crate self as rochdale;

pub mod date;
mod error;
pub mod field;
mod index;
pub mod issue;
pub mod json;
pub mod library;
pub mod model;
pub mod query;
#[cfg(feature = "schema")]
pub mod schema;
pub mod snapshot;
pub mod store;
pub mod text;
mod work;

pub use error::{Error, ErrorKind, Place, Result};
pub use library::{Library, Opened};

/// What the attribute `model` needs where it is used.
#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "schema")]
    pub use schemars;
    pub use serde;
}
