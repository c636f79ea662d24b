//! The library: entries in one order, found by reference, linked and checked.

mod answer;
mod as_of;
mod check;
mod codes;
mod content;
mod fold;
mod label;
mod links;
mod memory;
mod order;
mod people;
mod read;
mod timeline;
mod validate;
mod walk;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use crate::index::{Condition, Explanation, ScorePart};
pub use answer::{Answer, Prepared};
pub use as_of::{Held, MutualView};
pub use links::{Direction, Related};
pub use people::{Appearance, KnownParty};
pub use timeline::{Fact, Timeline};

use crate::issue::Report;
use crate::model::{
    Article, Author, Category, Entry, EntryType, Event, Id, Kind, MutualEntity, PolicyAnnouncement,
    Reference,
};
use crate::query::{Directory, Scoring};
use crate::store::Store;
use crate::{Error, Result};
use content::Content;
pub(crate) use memory::Memory;

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
///
/// A clone shares what the library holds.
#[derive(Clone, Debug)]
pub struct Library {
    content: Arc<Content>,
}

impl PartialEq for Library {
    fn eq(&self, other: &Self) -> bool {
        let entry = |library: &Self, number: usize| library.entry(number).ok().map(Cow::into_owned);
        self.len() == other.len()
            && (0..self.len()).all(|number| {
                let own = entry(self, number);
                own.is_some() && own == entry(other, number)
            })
    }
}

/// A library and what was found while it was built.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The library.
    pub library: Library,
    /// What was wrong with the entries, and how many there are.
    pub report: Report,
}

/// A library that was checked when it was built: only its entries are counted.
impl From<Library> for Opened {
    fn from(library: Library) -> Self {
        let report = Report { counts: library.counts(), ..Report::default() };
        Self { library, report }
    }
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
        let memory = Memory::new(entries.into_iter().collect(), &mut report.issues);
        check::check(&memory, &mut report.issues);
        let library = Self { content: Arc::new(Content::of_memory(memory)) };
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
        self.content.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
        let number = self.number(&reference.parse()?)?;
        number.map(|number| Ok(self.entry(number)?.into_owned())).transpose()
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
        let number = self.number(&id.to_reference())?;
        number.map(|number| self.entry(number)?.into_owned().try_into()).transpose()
    }

    /// Every entry, in entry order.
    pub fn entries(&self) -> impl Iterator<Item = Result<Entry>> + '_ {
        (0..self.len()).map(|number| Ok(self.entry(number)?.into_owned()))
    }

    /// Every entry of a kind, as its own type, in entry order.
    pub fn all<T>(&self) -> impl Iterator<Item = Result<T>> + '_
    where
        T: EntryType + TryFrom<Entry, Error = Error>,
    {
        self.numbers(T::KIND).map(|number| self.entry(number)?.into_owned().try_into())
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

    /// The library of entries that were checked before, ranked by these parameters.
    pub(crate) fn of_entries(entries: Vec<Entry>, scoring: Scoring) -> Self {
        let mut memory = Memory::new(entries, &mut Vec::new());
        memory.scoring = scoring;
        Self { content: Arc::new(Content::of_memory(memory)) }
    }

    /// The library that a store holds.
    pub(crate) fn of_store(store: Store, scoring: Scoring) -> Result<Self> {
        Ok(Self { content: Arc::new(Content::of_store(store, scoring)?) })
    }

    /// The bytes of the store that the library is read from, where there is one.
    pub(crate) fn stored_bytes(&self) -> Option<Result<Vec<u8>>> {
        self.content.bytes()
    }

    /// The same entries, ranked by other parameters, which a snapshot of it keeps.
    ///
    /// # Errors
    ///
    /// Where a number is not in its range, or a weight is of a field that has no words: a pointer to
    /// it. Where an entry of the library cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::Library;
    /// use rochdale::query::Scoring;
    ///
    /// let library = Library::from_json(
    ///     r#"[{"kind": "article", "id": "a", "title": "Mutuals", "body": "Old news."},
    ///         {"kind": "article", "id": "b", "title": "News", "body": "Old mutuals, new mutuals."}]"#,
    /// )?
    /// .library;
    /// let first = |library: &Library| Ok::<_, rochdale::Error>(library.find("mutuals")?.references().next());
    /// let flat = library.with_scoring(Scoring::default().with_weight("title", 1))?;
    /// assert_eq!(first(&library)?.transpose()?.as_deref(), Some("article:a"));
    /// assert_eq!(first(&flat)?.transpose()?.as_deref(), Some("article:b"));
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn with_scoring(&self, scoring: Scoring) -> Result<Self> {
        scoring.check(Kind::INFOS)?;
        let mut memory = self.memory()?.into_owned();
        memory.scoring = scoring;
        Ok(Self { content: Arc::new(Content::of_memory(memory)) })
    }

    /// The parameters of the order by relevance.
    pub fn scoring(&self) -> &Scoring {
        self.content.scoring()
    }

    /// All entries in memory, read where they are not.
    pub(crate) fn memory(&self) -> Result<Cow<'_, Memory>> {
        self.content.memory()
    }

    /// The entry of a number below [`len`](Self::len).
    pub(crate) fn entry(&self, number: usize) -> Result<Cow<'_, Entry>> {
        self.content.entry(number)
    }

    /// The reference of the entry of a number, as `kind:id`.
    pub(crate) fn reference(&self, number: usize) -> Result<String> {
        match &*self.content {
            Content::Memory(inside) => Ok(inside.memory.entry(number).reference().to_string()),
            Content::Stored(_) => crate::query::reference_of(&self.content.index(), number),
        }
    }

    /// The number of the entry that `reference` names.
    pub(crate) fn number(&self, reference: &Reference) -> Result<Option<usize>> {
        self.content.number_of(reference.kind, reference.id())
    }

    /// The numbers of the entries of a kind.
    pub(crate) fn numbers(&self, kind: Kind) -> std::ops::Range<usize> {
        self.content.numbers(kind)
    }

    /// The number that `reference` names, which must be in the library.
    fn required(&self, reference: &str) -> Result<usize> {
        let reference: Reference = reference.parse()?;
        if let Some(number) = self.number(&reference)? {
            return Ok(number);
        }
        let near = self.nearest_id(reference.kind, reference.id())?;
        let cure = near.map(|near| format!(" (did you mean `{}:{near}`?)", reference.kind));
        let cure = cure.unwrap_or_default();
        Err(Error::invalid("", format!("no entry `{reference}`{cure}")))
    }

    /// The id of this kind that is nearest to a wrong one, if any is near.
    fn nearest_id(&self, kind: Kind, wrong: &str) -> Result<Option<String>> {
        if let Content::Memory(inside) = &*self.content {
            return Ok(inside.memory.nearest_id(kind, wrong).map(str::to_owned));
        }
        let mut ids = Vec::new();
        self.content.index().each_id(Some(kind.name()), "", &mut |_, id| {
            if memory::may_be_near(wrong, id) {
                ids.push(id.to_owned());
            }
        })?;
        Ok(crate::field::nearest(wrong, ids.iter().map(String::as_str)).map(str::to_owned))
    }
}
