//! Reads what people have into Rochdale's entries, and says what did not come along.
//!
//! The content folder is a folder of Markdown files with front matter, and of whole entries as
//! JSON, NDJSON, YAML or TOML. Folders of Jekyll, Hugo, Zola and Pelican read without edits: a
//! [`Profile`] says what their keys and file names mean.
//!
//! # Example
//!
//! ```
//! use rochdale_ingest::Reader;
//!
//! let post = "---\ntitle: A first mutual\nauthor: Jane Doe\ndate: 20 May 2011\n---\nIt began.\n";
//! let files = [("posts/first.md".to_owned(), post.as_bytes().to_vec())];
//! let reading = Reader::new().read_files(files)?;
//!
//! let [article, author] = &reading.entries[..] else { panic!() };
//! assert_eq!(article.reference().to_string(), "article:first");
//! assert_eq!(author.title(), "Jane Doe");
//! assert!(reading.report.issues.is_empty());
//! # Ok::<(), rochdale::Error>(())
//! ```

#![doc(test(attr(deny(warnings))))]

pub mod codes;
mod dates;
mod decode;
mod folder;
mod format;
mod origin;
mod place;
mod profile;
mod reader;
mod tree;

pub use format::Format;
pub use profile::Profile;
pub use reader::{Limits, Progress, Reader, Reading};
