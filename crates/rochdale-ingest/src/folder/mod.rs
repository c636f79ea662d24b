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

pub(crate) mod choose;
mod keys;
mod markdown;
mod matter;
mod text;
mod whole;

pub(crate) use markdown::draft;
pub(crate) use whole::drafts;
