//! The content folder: files of one entry each or of many, their names and keys read by a profile.
//!
//! | what | becomes |
//! |---|---|
//! | front matter of Markdown or HTML | the fields that the profile maps its keys to, the rest `extra` |
//! | the text after it | `body`, or what the kind has in its place |
//! | a name or folder of a file | the id, and the kind and the date where nothing else says them |
//! | a name of an author or a category | a reference, and an entry where there is none |
//! | a map or list in JSON, YAML, TOML | entries, field by field |
//!
//! Not carried: assets, hidden files, sections (`_index.md`), comments, templates.

mod choose;
mod coerce;
mod draft;
mod html;
mod identity;
mod item;
mod keys;
mod markdown;
mod matter;
mod references;
mod session;
mod shape;
mod text;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod walk;
mod whole;

pub(crate) use item::{Content, Item};
pub(crate) use session::Session;
