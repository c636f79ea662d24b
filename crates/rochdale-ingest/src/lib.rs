//! Reads what people have into Rochdale's entries, and says what did not come along.
//!
//! The content folder is a folder of Markdown files with front matter, and of whole entries as
//! JSON, NDJSON, YAML or TOML. Folders of Jekyll, Hugo, Zola and Pelican read without edits: a
//! [`Profile`] says what their keys and file names mean.
//!
//! Foreign formats hold other people's things in their own shape: exports and interfaces of
//! WordPress, feeds, calendars, registers, saved pages, GOV.UK. [`Format`] knows them all, and how
//! each is recognised. Zip and gzip archives are opened, within the [`Limits`]. What several sources
//! say of one thing becomes one entry; [`Merging`] says whose word stands. E-mail addresses and
//! comments are left out unless they are asked for.
//!
//! With the feature `parallel` small files are read side by side, and what is found in large ones is
//! sanitised and made into entries beside the reading. What comes out is the same.
//!
//! Nothing here asks for the time. Yet `rrule`, which expands recurring events, takes chrono with its
//! default features, so a program with this crate has chrono's `clock` as well.
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

mod archive;
pub mod codes;
mod cooperatives_uk;
mod dates;
mod decode;
mod draft;
mod fca_register;
mod feed;
mod folder;
mod foreign;
mod format;
mod govuk;
mod icalendar;
mod input;
mod item;
mod limits;
mod merge;
mod origin;
mod page;
mod place;
mod profile;
mod reader;
mod recognise;
mod register;
mod session;
mod tally;
mod text_archive;
mod tree;
mod unpack;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod walk;
mod wordpress;
mod wordpress_rest;
mod work;
pub mod wxr;
mod xml;

pub use format::Format;
pub use input::Input;
pub use limits::Limits;
pub use merge::Merging;
pub use profile::Profile;
pub use reader::{Progress, Reader, Reading};
