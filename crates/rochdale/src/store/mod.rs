//! Bytes by their place: sources, named sections, checksums of blocks.
//!
//! This is the bottom of a snapshot, and knows nothing of what the sections hold. The layout is in
//! `docs/snapshot.md`.

mod bytes;
mod entries;
mod layout;
mod source;
mod write;

pub(crate) use bytes::{Reader, Writer};
#[doc(hidden)]
pub use entries::Texts;
pub(crate) use entries::{Entries as StoredEntries, EntriesWriter, Packer, sample};
pub use layout::{MAGIC, SectionInfo, VERSION};
pub(crate) use layout::{Section, Store};
pub use source::{Bytes, NeedRange, Source, inside};
pub(crate) use write::StoreWriter;
