//! Ids that clash: each takes its folder before it, whatever the order of the files.
//!
//! Where entries of a content folder clash with those of foreign formats, the former keep their
//! ids. A foreign entry takes its day first, and then the file and the folders that it stands in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rochdale::issue::Issue;
use rochdale::model::{Kind, slug};

use super::Draft;
use crate::codes::{ID_CLASH, ID_REPEATED};
use crate::tree::issue;

/// Makes the ids of the drafts unique within their kinds.
pub(crate) fn settle(drafts: &mut [Draft], issues: &mut Vec<Issue>) {
    let mut ladders: BTreeMap<usize, Ladder> = BTreeMap::new();
    let left = loop {
        let mut moved = false;
        let groups = clashes(drafts);
        for group in &groups {
            let folders = |draft: &usize| folders(&drafts[*draft]);
            let together = group.iter().all(|draft| folders(draft) == folders(&group[0]));
            let is_mixed = is_mixed(drafts, group);
            for draft in group.iter().copied() {
                if is_mixed && !drafts[draft].format.is_foreign() {
                    continue;
                }
                let ladder = ladders.entry(draft).or_insert_with(|| Ladder::of(&drafts[draft]));
                let dated = (together || is_mixed).then(|| ladder.dated()).flatten();
                let id = match dated {
                    None if !together => ladder.higher(),
                    dated => dated,
                };
                if let Some(id) = id {
                    drafts[draft].id = id;
                    moved = true;
                }
            }
        }
        if !moved {
            break groups;
        }
    };
    for (draft, Ladder { stated, .. }) in &ladders {
        let draft = &drafts[*draft];
        if draft.id == *stated {
            continue;
        }
        let (kind, id) = (draft.kind, &draft.id);
        let message =
            format!("several entries have the id `{kind}:{stated}`; this one became `{id}`");
        let found = issue(&ID_CLASH, draft.at, message);
        issues.push(found.with_help("state an `id` that is its own").with_path(&*draft.path));
    }
    number(drafts, left, issues);
}

/// The longer and longer ids that an entry may take.
struct Ladder {
    stated: String,
    /// The id before which folders are put.
    id: String,
    with_date: Option<String>,
    folders: Vec<String>,
    level: usize,
}

impl Ladder {
    fn of(draft: &Draft) -> Self {
        let folders = folders(draft).into_iter().filter_map(slug).collect();
        let stated = draft.id.clone();
        Self { id: stated.clone(), stated, with_date: draft.dated.clone(), folders, level: 0 }
    }

    /// The id with the date of the file, which tells files of one folder apart.
    fn dated(&mut self) -> Option<String> {
        self.id = self.with_date.take()?;
        self.prefixed()
    }

    /// The id with one more folder before it.
    fn higher(&mut self) -> Option<String> {
        self.level = Some(self.level + 1).filter(|level| *level <= self.folders.len())?;
        self.prefixed()
    }

    fn prefixed(&self) -> Option<String> {
        let folders = &self.folders[self.folders.len() - self.level..];
        let steps: Vec<&str> = folders.iter().chain([&self.id]).map(String::as_str).collect();
        slug(&steps.join("-"))
    }
}

/// Numbers the groups that folders do not tell apart, by file, place and content.
fn number(drafts: &mut [Draft], groups: Vec<Vec<usize>>, issues: &mut Vec<Issue>) {
    if groups.is_empty() {
        return;
    }
    let mut taken: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
    for draft in &*drafts {
        taken.entry(draft.kind).or_default().insert(draft.id.clone());
    }
    let mut numbers = Numbers::default();
    for mut group in groups {
        group.sort_by_cached_key(|draft| {
            let draft = &drafts[*draft];
            (draft.path.clone(), draft.at, draft.root.to_json().to_string())
        });
        // Whoever knows a content folder knows its ids.
        let stays = group.iter().position(|draft| !drafts[*draft].format.is_foreign());
        group.remove(stays.unwrap_or(0));
        for draft in &group {
            let draft = &mut drafts[*draft];
            let taken = taken.entry(draft.kind).or_default();
            let id = numbers.free(draft.kind, &draft.id, |id| taken.contains(id));
            let message = format!(
                "another entry has the id `{}:{}`; this one became `{id}`",
                draft.kind, draft.id
            );
            issues.push(issue(&ID_REPEATED, draft.at, message).with_path(&*draft.path));
            taken.insert(id.clone());
            draft.id = id;
        }
    }
}

/// The numbers that ids of one text have got so far, so that finding the next is no search.
#[derive(Default)]
pub(crate) struct Numbers(BTreeMap<(Kind, String), u64>);

impl Numbers {
    /// The id itself, or the first of `id-2`, `id-3` and so on that is free.
    pub(super) fn free(&mut self, kind: Kind, id: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let next = self.0.entry((kind, id.to_owned())).or_insert(1);
        loop {
            let numbered = if *next == 1 { id.to_owned() } else { format!("{id}-{next}") };
            *next += 1;
            if !is_taken(&numbered) {
                return numbered;
            }
        }
    }
}

/// The drafts that share an id, in groups ordered by kind and id.
fn clashes(drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut first: HashMap<(Kind, &str), usize> = HashMap::with_capacity(drafts.len());
    let mut groups: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let key = (draft.kind, &*draft.id);
        let first = *first.entry(key).or_insert(index);
        if first != index {
            groups.entry(key).or_insert_with(|| vec![first]).push(index);
        }
    }
    groups.into_values().collect()
}

/// Whether a group has entries of a content folder and others.
fn is_mixed(drafts: &[Draft], group: &[usize]) -> bool {
    let is_foreign = |draft: &usize| drafts[*draft].format.is_foreign();
    group.iter().any(is_foreign) && !group.iter().all(is_foreign)
}

/// The folders that tell an entry apart, the outermost first; `a/b/index.md` is called `b` already.
/// A file of many entries is one more.
fn folders(draft: &Draft) -> Vec<&str> {
    let mut steps: Vec<&str> = draft.path.split('/').collect();
    let file = steps.pop().unwrap_or_default();
    if draft.format.is_foreign() {
        steps.push(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
    } else if file.split('.').next() == Some("index") {
        steps.pop();
    }
    steps
}
