//! The library: entries in one order, found by reference, linked and checked.

mod answer;
mod as_of;
mod check;
mod codes;
mod fold;
mod label;
mod links;
mod order;
mod people;
mod read;
mod timeline;
mod validate;
mod walk;

use std::collections::BTreeMap;

pub use answer::Answer;
pub use as_of::{Held, MutualView};
pub use links::{Direction, Related};
pub use people::{Appearance, KnownParty};
pub use timeline::{Fact, Timeline};

use crate::issue::Report;
use crate::model::{
    Article, Author, Category, Entry, EntryType, Event, Id, Kind, MutualEntity, PolicyAnnouncement,
    Reference,
};
use crate::{Error, Result};
use links::Links;

/// Issue codes of the library, each with what it means.
pub mod code {
    pub use super::codes::*;
}

/// An immutable collection of entries: sorted, linked and safe to share between threads.
///
/// Entries run by kind, in the order of [`Kind::ALL`]. Within a kind the latest comes first: by the
/// date that orders the kind (published, starts, announced, the earliest date in the life of a
/// mutual entity), undated ones last, and then by id. The order in which entries were given changes
/// nothing.
///
/// Reading an entry can fail, because a library may be read piece by piece from bytes that turn out
/// to be damaged; so whatever hands out entries returns a [`Result`].
///
/// # Example
///
/// ```
/// use rochdale::library::Library;
///
/// let opened = Library::from_json(
///     r#"[
///         {"kind": "author", "id": "tony-collins", "name": "Tony Collins"},
///         {"kind": "article", "id": "pensions", "title": "Pensions", "published": "2011-04",
///          "authors": ["tony-collins"]},
///         {"kind": "article", "id": "libraries", "title": "Libraries", "published": "2011-05-20"}
///     ]"#,
/// )?;
/// assert!(opened.report.issues.is_empty());
/// let titles: Vec<_> = opened
///     .library
///     .articles()
///     .map(|article| Ok(article?.title.to_string()))
///     .collect::<rochdale::Result<_>>()?;
/// assert_eq!(titles, ["Libraries", "Pensions"]);
/// # Ok::<(), rochdale::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Library {
    /// In entry order; the position of an entry is its number.
    entries: Vec<Entry>,
    /// The numbers, in the order of kind and id.
    by_id: Vec<usize>,
    links: Links,
    catalog: answer::LazyCatalog,
}

/// A library and what was found while it was built.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The library.
    pub library: Library,
    /// What was wrong with the entries, and how many there are.
    pub report: Report,
}

impl Library {
    /// Builds a library from entries in any order and checks them.
    ///
    /// Of several entries with one reference, the one whose canonical JSON sorts first stands; the
    /// others are in the report in full.
    #[expect(clippy::new_ret_no_self, reason = "what was found must not be lost")]
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Opened {
        Self::with_report(entries, Report::default())
    }

    /// Builds a library as [`new`](Self::new) does and adds to what reading the entries found.
    pub fn with_report(entries: impl IntoIterator<Item = Entry>, mut report: Report) -> Opened {
        let entries = order::sorted(entries.into_iter().collect(), &mut report.issues);
        let by_id = order::by_id(&entries);
        let mut library = Self {
            entries,
            by_id,
            links: Links::default(),
            catalog: answer::LazyCatalog::default(),
        };
        library.links = Links::of(&library);
        check::check(&library, &mut report.issues);
        report.counts = library.counts();
        Opened { library, report }
    }

    /// Builds a library from JSON text: an array of entries, one entry, or one entry a line
    /// (NDJSON).
    ///
    /// An entry that does not read is an issue with its line and column; the rest stands.
    ///
    /// # Errors
    ///
    /// Where the text is none of these, with the byte offset of what was wrong.
    pub fn from_json(text: &str) -> Result<Opened> {
        let (entries, report) = read::entries(text)?;
        Ok(Self::with_report(entries, report))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries there are of each kind that has any.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let counts = Kind::ALL.iter().map(|kind| (kind.name(), self.numbers(*kind).len()));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// The entry that `reference` names, such as `article:first-major-mutualisation`.
    ///
    /// # Errors
    ///
    /// Where the reference is not of the form `kind:id`, or the entry cannot be read.
    pub fn get(&self, reference: &str) -> Result<Option<Entry>> {
        let number = self.number(&reference.parse()?);
        Ok(number.map(|number| self.entry(number).clone()))
    }

    /// The entry of this id, as its own type.
    ///
    /// # Errors
    ///
    /// Where the entry cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::library::Library;
    /// use rochdale::model::{Category, Id};
    ///
    /// let library = Library::new([Category::new(Id::new("pensions")?, "Pensions").into()]).library;
    /// let category: Option<Category> = library.by_id(&Id::new("pensions")?)?;
    /// assert_eq!(category.map(|category| category.name.to_string()), Some("Pensions".into()));
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn by_id<T>(&self, id: &Id<T>) -> Result<Option<T>>
    where
        T: EntryType + TryFrom<Entry, Error = Error>,
    {
        let number = self.number(&id.to_reference());
        number.map(|number| self.entry(number).clone().try_into()).transpose()
    }

    /// Every entry, in entry order.
    pub fn entries(&self) -> impl Iterator<Item = Result<Entry>> + '_ {
        self.entries.iter().map(|entry| Ok(entry.clone()))
    }

    /// Every entry of a kind, as its own type, in entry order.
    pub fn all<T>(&self) -> impl Iterator<Item = Result<T>> + '_
    where
        T: EntryType + TryFrom<Entry, Error = Error>,
    {
        self.entries[self.numbers(T::KIND)].iter().map(|entry| entry.clone().try_into())
    }

    /// The articles, the latest first.
    pub fn articles(&self) -> impl Iterator<Item = Result<Article>> + '_ {
        self.all()
    }

    /// The authors, by id.
    pub fn authors(&self) -> impl Iterator<Item = Result<Author>> + '_ {
        self.all()
    }

    /// The categories, by id.
    pub fn categories(&self) -> impl Iterator<Item = Result<Category>> + '_ {
        self.all()
    }

    /// The events, the latest first.
    pub fn events(&self) -> impl Iterator<Item = Result<Event>> + '_ {
        self.all()
    }

    /// The mutual entities, that with the latest beginning first.
    pub fn mutual_entities(&self) -> impl Iterator<Item = Result<MutualEntity>> + '_ {
        self.all()
    }

    /// The policy announcements, the latest first.
    pub fn policy_announcements(&self) -> impl Iterator<Item = Result<PolicyAnnouncement>> + '_ {
        self.all()
    }

    /// The entry of a number below [`len`](Self::len).
    pub(crate) fn entry(&self, number: usize) -> &Entry {
        &self.entries[number]
    }

    /// The number of the entry that `reference` names.
    pub(crate) fn number(&self, reference: &Reference) -> Option<usize> {
        self.number_of(reference.kind, reference.id())
    }

    /// The number of the entry of this kind and id.
    pub(crate) fn number_of(&self, kind: Kind, id: &str) -> Option<usize> {
        let key = |number: &usize| (self.entries[*number].kind(), self.entries[*number].id());
        let found = self.by_id.binary_search_by(|number| key(number).cmp(&(kind, id)));
        found.ok().map(|place| self.by_id[place])
    }

    /// The numbers of the entries of a kind.
    pub(crate) fn numbers(&self, kind: Kind) -> std::ops::Range<usize> {
        let before = |limit: Kind| self.entries.partition_point(|entry| entry.kind() < limit);
        let end = self.entries.partition_point(|entry| entry.kind() <= kind);
        before(kind)..end
    }

    /// The number that `reference` names, which must be in the library.
    fn required(&self, reference: &str) -> Result<usize> {
        let reference: Reference = reference.parse()?;
        self.number(&reference).ok_or_else(|| {
            let near = self.nearest_id(reference.kind, reference.id());
            let cure = near.map(|near| format!(" (did you mean `{}:{near}`?)", reference.kind));
            let cure = cure.unwrap_or_default();
            Error::invalid("", format!("no entry `{reference}`{cure}"))
        })
    }

    /// The id of this kind that is nearest to a wrong one, if any is near.
    fn nearest_id(&self, kind: Kind, wrong: &str) -> Option<&str> {
        let length = wrong.chars().count();
        let ids = self.entries[self.numbers(kind)].iter().map(Entry::id);
        // A name is near within three slips, so longer or shorter ones need not be measured.
        let close =
            |id: &&str| id.len() <= 4 * (length + 3) && id.chars().count().abs_diff(length) <= 3;
        crate::field::nearest(wrong, ids.filter(close))
    }
}
