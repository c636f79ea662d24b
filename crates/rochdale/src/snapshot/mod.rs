//! Snapshots: a library, its index and its texts as one run of bytes that opens in no time.
//!
//! A snapshot is built once and read piece by piece: to open it costs the same for a hundred
//! entries as for a million. The same entries give the same bytes, in any order, on every machine.
//! The layout is in `docs/snapshot.md`.
//!
//! # Example
//!
//! ```
//! use rochdale::library::Library;
//! use rochdale::snapshot;
//!
//! let library = Library::from_json(
//!     r#"[{"kind": "article", "id": "pensions", "title": "Pension mutuals"}]"#,
//! )?
//! .library;
//! let bytes = snapshot::build(&library)?;
//! let opened = Library::open(bytes)?;
//! assert_eq!(opened.find("mutual")?.total(), 1);
//! # Ok::<(), rochdale::Error>(())
//! ```

mod meta;

use std::collections::BTreeMap;

pub use meta::Analyser;
use meta::Meta;

use serde::Serialize;

use crate::Result;
use crate::library::Library;
use crate::model::{Entry, Kind};
use crate::query::Scoring;
use crate::store::{
    EntriesWriter, Packer, SectionInfo, Source, Store, StoreWriter, StoredEntries, VERSION, sample,
};
use crate::work::Work;

pub use crate::index::{Progress, Step};

/// So many entries are packed in one part of the work.
const TOGETHER: usize = 256;

/// Builds the snapshot of a library.
///
/// # Errors
///
/// Where an entry of the library cannot be read.
pub fn build(library: &Library) -> Result<Vec<u8>> {
    build_with_progress(library, &mut |_| {})
}

/// Builds the snapshot of a library, and tells how far it is.
///
/// # Errors
///
/// Where an entry of the library cannot be read.
pub fn build_with_progress(
    library: &Library,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<u8>> {
    let memory = library.memory()?;
    let mut out = StoreWriter::default();
    out.section(meta::SECTION, 0, Meta::new(library.scoring().clone(), &library.counts()).write());
    crate::index::build(&*memory, Work::Shared, &mut out, progress);
    write_entries(&memory.entries, 0, &mut out, progress)?;
    Ok(out.finish())
}

/// Adds the sections of entries to a segment.
fn write_entries(
    entries: &[Entry],
    segment: u32,
    out: &mut StoreWriter,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let total = entries.len();
    let json = |entry: &Entry| Ok(entry.to_json()?.to_string());
    let sampled = sample(total).map(|number| json(&entries[number]));
    let packer = Packer::new(total, sampled)?;
    let mut writer = EntriesWriter::default();
    let pack = |part: &[Entry]| -> Result<Vec<Vec<u8>>> {
        part.iter().map(|entry| Ok(packer.pack(&json(entry)?))).collect()
    };
    for (part, packed) in (1..).zip(Work::Shared.in_order(entries.chunks(TOGETHER), pack)) {
        for packed in packed? {
            writer.add(&packed)?;
        }
        progress(Progress { step: Step::Entries, done: total.min(part * TOGETHER), total });
    }
    for (name, bytes) in writer.finish(packer) {
        out.section(name, segment, bytes);
    }
    Ok(())
}

/// Adds the entries of a library to a snapshot, as a segment of their own. An entry stands in the
/// place of that of the same kind and id.
///
/// A snapshot with additions answers as one that is built again, but is read as a whole when it is
/// opened: build it again, from [`entries`], where it is opened more often than added to.
///
/// # Errors
///
/// Where the bytes are no snapshot, one of another version, or damaged, or an entry of the library
/// cannot be read.
///
/// # Example
///
/// ```
/// use rochdale::Library;
/// use rochdale::snapshot;
///
/// let base = Library::from_json(r#"{"kind": "article", "id": "a", "title": "A mutual"}"#)?.library;
/// let more = Library::from_json(r#"{"kind": "article", "id": "b", "title": "Mutuals"}"#)?.library;
/// let bytes = snapshot::add(base.to_snapshot()?, &more)?;
/// assert_eq!(Library::open(bytes)?.find("mutual")?.total(), 2);
/// # Ok::<(), rochdale::Error>(())
/// ```
pub fn add(source: impl Source + 'static, additions: &Library) -> Result<Vec<u8>> {
    let store = Store::open(Box::new(source))?;
    let mut out = StoreWriter::default();
    for info in store.sections() {
        out.section(info.name.clone(), info.segment, store.bytes_of(info)?.to_vec());
    }
    write_entries(&additions.memory()?.entries, store.segments(), &mut out, &mut |_| {})?;
    Ok(out.finish())
}

/// What a snapshot says of itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Info {
    /// The version of its layout.
    pub version: u32,
    /// How many bytes it has.
    #[serde(rename = "bytes")]
    pub size: u64,
    /// How many entries there are of each kind that has any.
    pub counts: BTreeMap<String, usize>,
    /// The text analysis that its words were read by.
    pub analyser: Analyser,
    /// The parameters of the order by relevance.
    pub scoring: Scoring,
    /// Its sections, in the order of the file.
    pub sections: Vec<SectionInfo>,
}

/// What a snapshot says of itself; that of another text analysis can be looked at as well.
///
/// # Errors
///
/// Where the bytes are no snapshot, one of another version, or damaged.
pub fn info(source: impl Source + 'static) -> Result<Info> {
    let store = Store::open(Box::new(source))?;
    let meta = Meta::read(&store)?;
    let mut counts = meta.counts;
    // Additions put entries in the place of others: how many there are, only the entries say.
    if store.segments() > 1 {
        counts.clear();
        for entry in all_entries(&store)? {
            *counts.entry(entry.reference().kind.name().to_owned()).or_default() += 1;
        }
    }
    Ok(Info {
        version: VERSION,
        size: store.size(),
        counts,
        analyser: meta.analyser,
        scoring: meta.scoring,
        sections: store.sections().to_vec(),
    })
}

/// The entries of a snapshot, also of one whose text analysis is not that of this version: what is
/// needed to build it again.
///
/// # Errors
///
/// Where the bytes are no snapshot, one of another version, or damaged.
pub fn entries(source: impl Source + 'static) -> Result<Vec<Entry>> {
    let store = Store::open(Box::new(source))?;
    all_entries(&store)
}

/// The entries of all segments; of those with one kind and id that of the last.
fn all_entries(store: &Store) -> Result<Vec<Entry>> {
    let mut entries: BTreeMap<(Kind, String), Entry> = BTreeMap::new();
    for segment in 0..store.segments() {
        let texts = StoredEntries::open(store, segment)?;
        for number in 0..texts.len() {
            let entry = read_entry(&texts, number)?;
            let reference = entry.reference();
            entries.insert((reference.kind, reference.id().to_owned()), entry);
        }
    }
    Ok(entries.into_values().collect())
}

/// Checks all of a snapshot: every block against its checksum, and that every entry reads and is
/// found by its id.
///
/// # Errors
///
/// Where something is damaged: the section.
pub fn verify(source: impl Source + 'static) -> Result<()> {
    let store = Store::open(Box::new(source))?;
    store.verify()?;
    let library = open(store)?;
    for number in 0..library.len() {
        let entry = library.entry(number)?;
        if library.number(&entry.reference())? != Some(number) {
            let message = format!("`{}` is not found by its id", entry.reference());
            return Err(crate::Error::damaged("columns", message));
        }
    }
    Ok(())
}

impl Library {
    /// Opens a snapshot: its head is read, and everything else when it is needed.
    ///
    /// # Errors
    ///
    /// Where the bytes are no snapshot, one of a version or text analysis that is not known here,
    /// or damaged.
    pub fn open(source: impl Source + 'static) -> Result<Self> {
        open(Store::open(Box::new(source))?)
    }

    /// The library as a snapshot: the bytes that it was opened from, or those of a new one.
    ///
    /// # Errors
    ///
    /// Where the bytes that it was opened from cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::Library;
    ///
    /// let library = Library::from_json(r#"{"kind": "article", "id": "a", "title": "A mutual"}"#)?.library;
    /// let bytes = library.to_snapshot()?;
    /// assert_eq!(Library::open(bytes.clone())?.to_snapshot()?, bytes);
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn to_snapshot(&self) -> Result<Vec<u8>> {
        self.stored_bytes().unwrap_or_else(|| build(self))
    }
}

fn open(store: Store) -> Result<Library> {
    let meta = Meta::read(&store)?;
    meta.analyser.check()?;
    if store.segments() > 1 {
        return Ok(Library::of_entries(all_entries(&store)?, meta.scoring));
    }
    Library::of_store(store, meta.scoring)
}

/// Reads an entry of a store.
pub(crate) fn read_entry(texts: &StoredEntries<'_>, number: usize) -> Result<Entry> {
    let json = texts.json(number)?;
    let read = || Entry::from_owned(crate::json::Json::parse(&json).ok()?).ok();
    read().ok_or_else(|| {
        crate::Error::damaged("texts", format!("the text of number {number} is no entry"))
    })
}
