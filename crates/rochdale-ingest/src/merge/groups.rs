//! Which drafts speak of one thing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rochdale::issue::{Code, Issue};
use rochdale::model::Kind;

use super::{Merging, score};
use crate::codes::{MERGED_BY_DATE, MERGED_BY_NAME, PERHAPS_THE_SAME};
use crate::draft::{Draft, Key, fold};
use crate::tree::issue;

/// The groups of several drafts that speak of one thing, in the order of the first of each.
pub(super) fn of(drafts: &[Draft], merging: &Merging, issues: &mut Vec<Issue>) -> Vec<Vec<usize>> {
    let mut sets = Sets::of(drafts);
    by_key(drafts, &mut sets, false);
    by_key(drafts, &mut sets, true);
    // A title or a name joins only what stands in different files.
    if drafts.iter().any(|draft| draft.path != drafts[0].path) {
        by_title_and_day(drafts, &mut sets, issues);
        by_name(drafts, merging, &mut sets, issues);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..drafts.len() {
        let first = sets.find(index);
        // The first of a set is the one by which it is found.
        if first != index {
            groups.entry(first).or_insert_with(|| vec![first]).push(index);
        }
    }
    groups.into_values().collect()
}

/// Joins what has a key in common; addresses come last, for several things may have one.
fn by_key(drafts: &[Draft], sets: &mut Sets<'_>, addresses: bool) {
    let mut known: HashMap<(Kind, &Key), usize> = HashMap::with_capacity(drafts.len());
    for (index, draft) in drafts.iter().enumerate() {
        for key in draft.keys.iter().filter(|key| matches!(key, Key::Permalink(_)) == addresses) {
            let first = *known.entry((draft.kind, key)).or_insert(index);
            if !addresses || !sets.are_two_of_one_file(first, index) {
                sets.join(first, index);
            }
        }
    }
}

/// Joins what has one title and one day, where nothing speaks against it.
fn by_title_and_day(drafts: &[Draft], sets: &mut Sets<'_>, issues: &mut Vec<Issue>) {
    let mut buckets: BTreeMap<(Kind, String, String), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let Some(day) = draft.day() else { continue };
        for name in draft.names() {
            let key = (draft.kind, fold(name), day.clone());
            buckets.entry(key).or_default().push(index);
        }
    }
    for ((kind, _, day), bucket) in buckets {
        for (one, other) in sets.joinable(&bucket) {
            let what = format!("by its title and the day {day}");
            issues.push(said(&MERGED_BY_DATE, drafts, kind, (one, other), &what));
            sets.join(one, other);
        }
    }
}

/// Joins authors, categories and mutual entities that have one name, where it is telling enough.
fn by_name(drafts: &[Draft], merging: &Merging, sets: &mut Sets<'_>, issues: &mut Vec<Issue>) {
    let mut buckets: BTreeMap<(Kind, String), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if matches!(draft.kind, Kind::Author | Kind::Category | Kind::MutualEntity) {
            for name in draft.names() {
                let bucket = buckets.entry((draft.kind, score::form(draft.kind, name)));
                bucket.or_default().push(index);
            }
        }
    }
    for ((kind, _), bucket) in buckets {
        let several_in_a_file = sets.several_in_a_file(&bucket);
        for (one, other) in sets.joinable(&bucket) {
            let score = score::of(&drafts[one], &drafts[other]);
            let join = score >= merging.least_score && !several_in_a_file;
            let what = format!("by its name alone, score {score:.2}");
            let code = if join { &MERGED_BY_NAME } else { &PERHAPS_THE_SAME };
            issues.push(said(code, drafts, kind, (one, other), &what));
            if join {
                sets.join(one, other);
            }
        }
    }
}

/// The issue that two drafts are taken for one thing, or perhaps could be.
fn said(
    code: &'static Code,
    drafts: &[Draft],
    kind: Kind,
    (one, other): (usize, usize),
    what: &str,
) -> Issue {
    let (one, other) = (&drafts[one], &drafts[other]);
    let title = other.title().unwrap_or(&other.id);
    let took = if std::ptr::eq(code, &raw const PERHAPS_THE_SAME) {
        "may be the same as that in"
    } else {
        "was taken for the same as that in"
    };
    let (path, line) = (&one.path, one.at.line);
    let message = format!("the {kind} `{title}` {took} {path}:{line}, {what}");
    issue(code, other.at, message).with_path(&*other.path)
}

/// Sets of drafts that speak of one thing (disjoint sets, with what is known of each).
struct Sets<'a> {
    drafts: &'a [Draft],
    parents: Vec<usize>,
    /// What is known of the sets by their first drafts, where it had to be known.
    about: BTreeMap<usize, About<'a>>,
}

/// What is known of a set.
#[derive(Clone, Default)]
struct About<'a> {
    /// Whether one of a content folder is in it.
    is_own: bool,
    paths: BTreeSet<&'a str>,
    /// The guids and the posts.
    marks: BTreeSet<&'a Key>,
    /// The addresses by host, and the numbers by register.
    places: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Sets<'a> {
    fn of(drafts: &'a [Draft]) -> Self {
        Self { drafts, parents: (0..drafts.len()).collect(), about: BTreeMap::new() }
    }

    /// What is known of the set of this first draft.
    fn about(&mut self, first: usize) -> &mut About<'a> {
        let draft = &self.drafts[first];
        self.about.entry(first).or_insert_with(|| About::of(draft))
    }

    fn find(&mut self, mut index: usize) -> usize {
        while self.parents[index] != index {
            self.parents[index] = self.parents[self.parents[index]];
            index = self.parents[index];
        }
        index
    }

    /// Joins two sets, unless both hold one of a content folder.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        if one == other || (self.about(one).is_own && self.about(other).is_own) {
            return;
        }
        let (first, second) = (one.min(other), one.max(other));
        let gone = std::mem::take(self.about(second));
        self.about(first).add(gone);
        self.parents[second] = first;
    }

    /// Whether two drafts stand in one file, which tells them apart by guids or posts.
    fn are_two_of_one_file(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return false;
        }
        for set in [one, other] {
            self.about(set);
        }
        let (one, other) = (&self.about[&one], &self.about[&other]);
        let both = !one.marks.is_empty() && !other.marks.is_empty();
        both && !one.paths.is_disjoint(&other.paths) && one.marks.is_disjoint(&other.marks)
    }

    /// The pairs of drafts whose sets may be joined; each set but the first stands second once.
    fn joinable(&mut self, bucket: &[usize]) -> Vec<(usize, usize)> {
        if bucket.len() < 2 {
            return Vec::new();
        }
        let mut heads: Vec<(usize, About<'a>)> = Vec::new();
        let mut pairs = Vec::new();
        let mut seen = BTreeSet::new();
        for index in bucket {
            let root = self.find(*index);
            if !seen.insert(root) {
                continue;
            }
            let about = self.about(root);
            // More that differ in one place than these are not told apart by a name.
            match heads.iter_mut().take(TRIES).find(|(_, head)| head.may_be(about)) {
                Some((head, all)) => {
                    all.add(about.clone());
                    pairs.push((*head, *index));
                }
                None => heads.push((*index, about.clone())),
            }
        }
        pairs
    }

    /// Whether a file holds several of the sets.
    fn several_in_a_file(&mut self, bucket: &[usize]) -> bool {
        let roots: BTreeSet<usize> = bucket.iter().map(|index| self.find(*index)).collect();
        let mut seen = BTreeSet::new();
        roots.iter().any(|root| self.about(*root).paths.iter().any(|path| !seen.insert(*path)))
    }
}

/// How many sets of one name are compared with another.
const TRIES: usize = 16;

impl<'a> About<'a> {
    fn of(draft: &'a Draft) -> Self {
        let mut about = Self { is_own: !draft.format.is_foreign(), ..Self::default() };
        about.paths.insert(&draft.path);
        for key in &draft.keys {
            match key {
                Key::Permalink(address) => {
                    let host = address.split('/').next().unwrap_or_default();
                    let places = about.places.entry(host).or_default();
                    places.insert(address);
                }
                Key::Register(number) => {
                    let register = number.rsplit_once('-').map_or("", |(register, _)| register);
                    let numbers = about.places.entry(register).or_default();
                    numbers.insert(number);
                }
                Key::Guid(_) | Key::Post(..) => drop(about.marks.insert(key)),
            }
        }
        about
    }

    fn add(&mut self, other: Self) {
        self.is_own |= other.is_own;
        self.paths.extend(other.paths);
        self.marks.extend(other.marks);
        for (place, all) in other.places {
            self.places.entry(place).or_default().extend(all);
        }
    }

    /// Whether nothing speaks against the two being one: they stand in different files, no site
    /// has two addresses for them and no register two numbers.
    fn may_be(&self, other: &Self) -> bool {
        let apart = |place: &&str| match (self.places.get(place), other.places.get(place)) {
            (Some(one), Some(two)) => one.is_disjoint(two),
            _ => false,
        };
        !(self.is_own && other.is_own)
            && self.paths.is_disjoint(&other.paths)
            && !self.places.keys().any(apart)
    }
}
