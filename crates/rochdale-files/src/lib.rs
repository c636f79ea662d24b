//! Snapshots as files: mapped into memory when they are read, and never half written.
//!
//! # Example
//!
//! ```
//! use rochdale::Library;
//! use rochdale_files::{FileSource, is_snapshot, write};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("library.rochdale");
//! let library = Library::from_json(r#"{"kind": "article", "id": "a", "title": "A mutual"}"#)?.library;
//! write(&path, &library.to_snapshot()?)?;
//! assert!(is_snapshot(&path));
//! assert_eq!(Library::open(FileSource::open(&path)?)?.find("mutual")?.total(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![doc(test(attr(deny(warnings))))]

mod map;
mod source;
mod write;

pub use source::{FileSource, is_snapshot, only_snapshot};
pub use write::write;
