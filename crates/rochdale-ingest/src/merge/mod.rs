//! Several sources in one library: what they say of one thing becomes one entry.
//!
//! | by what a thing is recognised | how far |
//! |---|---|
//! | guid, post on a site, number in a register | always |
//! | permalink | always, unless two entries of one file have it and different guids |
//! | title or alias, and the day | where nothing speaks against it; a note says so |
//! | name alone: authors, categories, mutual entities | where the score is high enough; a note says so |
//!
//! Entries of content folders are never merged with each other, and keep their ids.

mod groups;
mod same;
mod score;
mod unite;

#[cfg(test)]
mod tests;

use rochdale::issue::Issue;

use crate::draft::Draft;
use crate::format::Format;

/// How what several sources say of one thing becomes one entry: whose word stands.
///
/// Lists are united. Of other values the one stands whose source is preferred: one that was named
/// here before those that were not, and else by format: content folders, exports and interfaces of
/// WordPress, GOV.UK, registers, calendars, feeds, saved pages, plain text. Where that leaves a
/// choice, the entry whose canonical JSON sorts first stands. The order in which sources were given
/// never counts.
///
/// # Example
///
/// ```
/// use rochdale_ingest::{Merging, Reader};
///
/// let item = |title: &str| {
///     format!(
///         r#"[{{"kind": "author", "id": "ann-lee", "name": "Ann Lee", "summary": "{title}"}}]"#
///     )
///     .into_bytes()
/// };
/// let merging = Merging::default().prefer("page").prefer("exports/blog.xml");
/// let reader = Reader::new().with_merging(merging);
/// let reading = reader.read_files([("authors.json".to_owned(), item("Writes"))])?;
/// assert_eq!(reading.entries.len(), 1);
/// # Ok::<(), rochdale::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Merging {
    preferred: Vec<String>,
    least_score: f64,
}

impl Default for Merging {
    fn default() -> Self {
        Self { preferred: Vec::new(), least_score: 0.7 }
    }
}

impl Merging {
    /// Prefers a source to all that are named after it and to those that are not named: a format
    /// by its name, or a file, a folder or an archive by its path as issues tell it.
    #[must_use]
    pub fn prefer(mut self, source: impl Into<String>) -> Self {
        self.preferred.push(source.into());
        self
    }

    /// Merges entries that have only a name in common where the score is at least this; above 1 it
    /// never does. 0.7 unless set.
    #[must_use]
    pub fn with_least_score(self, least_score: f64) -> Self {
        Self { least_score, ..self }
    }

    /// The place of a draft in the order of preference, the best first.
    fn rank(&self, draft: &Draft) -> usize {
        let is_of = |source: &String| {
            let below = || draft.path.strip_prefix(source.trim_end_matches('/'));
            source == draft.format.name()
                || **source == *draft.path
                || below().is_some_and(|rest| rest.starts_with('/'))
        };
        let named = self.preferred.iter().position(is_of);
        named.unwrap_or(self.preferred.len() + default_rank(draft.format))
    }
}

fn default_rank(format: Format) -> usize {
    let order = [
        Format::Wxr,
        Format::WordpressRest,
        Format::GovUk,
        Format::FcaRegister,
        Format::CooperativesUk,
        Format::ICalendar,
        Format::Atom,
        Format::JsonFeed,
        Format::Rss,
        Format::Page,
        Format::TextArchive,
    ];
    // What is not foreign comes before all.
    order.iter().position(|other| *other == format).map_or(0, |place| place + 1)
}

/// Merges the drafts that speak of one thing.
pub(crate) fn settle(drafts: &mut Vec<Draft>, merging: &Merging, issues: &mut Vec<Issue>) {
    if drafts.iter().all(|draft| !draft.format.is_foreign()) {
        return;
    }
    drafts.sort_by(|one, other| {
        place(one).cmp(&place(other)).then_with(|| one.canonical().cmp(&other.canonical()))
    });
    for draft in &mut *drafts {
        draft.complete_keys();
    }
    let groups = groups::of(drafts, merging, issues);
    if groups.is_empty() {
        return;
    }
    let mut single: Vec<Option<Draft>> = std::mem::take(drafts).into_iter().map(Some).collect();
    for group in groups {
        let members = group.iter().filter_map(|index| single[*index].take()).collect();
        single[group[0]] = unite::unite(members, merging, issues);
    }
    drafts.extend(single.into_iter().flatten());
}

fn place(draft: &Draft) -> impl Ord + '_ {
    (draft.kind, &draft.path, draft.at)
}
