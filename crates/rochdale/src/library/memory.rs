//! Entries in memory, in entry order.

use std::ops::Range;

use crate::field::{Fields, Kind as KindInfo};
use crate::issue::Issue;
use crate::model::{Entry, Kind, Reference};
use crate::query::{Collection, Scoring};
use crate::text::Language;

/// Entries in memory, in entry order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Memory {
    /// The position of an entry is its number.
    pub(crate) entries: Vec<Entry>,
    /// The numbers, in the order of kind and id.
    by_id: Vec<usize>,
    /// The parameters of the order by relevance.
    pub(crate) scoring: Scoring,
}

impl Memory {
    /// Puts entries in order; what cannot stand beside another is reported.
    pub(super) fn new(entries: Vec<Entry>, issues: &mut Vec<Issue>) -> Self {
        let entries = super::order::sorted(entries, issues);
        let by_id = super::order::by_id(&entries);
        Self { entries, by_id, scoring: Scoring::default() }
    }

    /// The entry of a number.
    pub(super) fn entry(&self, number: usize) -> &Entry {
        &self.entries[number]
    }

    /// The number of the entry that `reference` names.
    pub(super) fn number(&self, reference: &Reference) -> Option<usize> {
        self.number_of(reference.kind, reference.id())
    }

    /// The number of the entry of this kind and id.
    pub(super) fn number_of(&self, kind: Kind, id: &str) -> Option<usize> {
        let key = |number: &usize| (self.entries[*number].kind(), self.entries[*number].id());
        let found = self.by_id.binary_search_by(|number| key(number).cmp(&(kind, id)));
        found.ok().map(|place| self.by_id[place])
    }

    /// The numbers of the entries of a kind.
    pub(super) fn numbers(&self, kind: Kind) -> Range<usize> {
        let before = |limit: Kind| self.entries.partition_point(|entry| entry.kind() < limit);
        let end = self.entries.partition_point(|entry| entry.kind() <= kind);
        before(kind)..end
    }

    /// The id of this kind that is nearest to a wrong one, if any is near.
    pub(super) fn nearest_id(&self, kind: Kind, wrong: &str) -> Option<&str> {
        let ids = self.entries[self.numbers(kind)].iter().map(Entry::id);
        crate::field::nearest(wrong, ids.filter(|id| may_be_near(wrong, id)))
    }
}

/// Whether an id can be near a wrong one by its length: a name is near within three slips.
pub(super) fn may_be_near(wrong: &str, id: &str) -> bool {
    let length = wrong.chars().count();
    id.len() <= 4 * (length + 3) && id.chars().count().abs_diff(length) <= 3
}

/// The language of an entry, English where it says nothing.
pub(crate) fn language(entry: &Entry) -> Language {
    match entry {
        Entry::Article(article) => {
            article.language.as_deref().map_or(Language::ENGLISH, Language::from_tag)
        }
        _ => Language::ENGLISH,
    }
}

impl Collection for Memory {
    fn kinds(&self) -> &'static [KindInfo] {
        Kind::INFOS
    }

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn entry(&self, number: usize) -> &dyn Fields {
        self.entries[number].as_fields()
    }

    fn scoring(&self) -> Scoring {
        self.scoring.clone()
    }

    fn language(&self, number: usize) -> Language {
        language(&self.entries[number])
    }
}
