//! Ids that clash: each takes its folder before it, whatever the order of the files.
//!
//! Where entries of a content folder clash with those of foreign formats, the former keep their
//! ids. A foreign entry takes its day first, and then the file and the folders that it stands in.

use std::collections::{BTreeMap, BTreeSet};

use rochdale::issue::Issue;
use rochdale::model::{Kind, slug};

use super::Draft;
use crate::codes::{ID_CLASH, ID_REPEATED};
use crate::tree::issue;

/// Makes the ids of the drafts unique within their kinds.
pub(crate) fn settle(drafts: &mut [Draft], issues: &mut Vec<Issue>) {
    let stated: Vec<String> = drafts.iter().map(|draft| draft.id.clone()).collect();
    let mut ladders: Vec<Ladder> = drafts.iter().map(Ladder::of).collect();
    loop {
        let mut moved = false;
        for group in clashes(drafts) {
            let folders = |draft: &usize| folders(&drafts[*draft]);
            let together = group.iter().all(|draft| folders(draft) == folders(&group[0]));
            let is_mixed = is_mixed(drafts, &group);
            for draft in group {
                if is_mixed && !drafts[draft].format.is_foreign() {
                    continue;
                }
                let ladder = &mut ladders[draft];
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
            break;
        }
    }
    for (draft, stated) in drafts.iter().zip(stated).filter(|(draft, stated)| draft.id != *stated) {
        let (kind, id) = (draft.kind, &draft.id);
        let message =
            format!("several entries have the id `{kind}:{stated}`; this one became `{id}`");
        let found = issue(&ID_CLASH, draft.at, message);
        issues.push(found.with_help("state an `id` that is its own").with_path(&*draft.path));
    }
    number(drafts, issues);
}

/// The longer and longer ids that an entry may take.
struct Ladder {
    id: String,
    with_date: Option<String>,
    folders: Vec<String>,
    level: usize,
}

impl Ladder {
    fn of(draft: &Draft) -> Self {
        let folders = folders(draft).into_iter().filter_map(slug).collect();
        Self { id: draft.id.clone(), with_date: draft.dated.clone(), folders, level: 0 }
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

/// Numbers what folders do not tell apart, by file, place and content.
fn number(drafts: &mut [Draft], issues: &mut Vec<Issue>) {
    let mut taken: BTreeSet<(Kind, String)> =
        drafts.iter().map(|draft| (draft.kind, draft.id.clone())).collect();
    let mut numbers = Numbers::default();
    for mut group in clashes(drafts) {
        group.sort_by_cached_key(|draft| {
            let draft = &drafts[*draft];
            (draft.path.clone(), draft.at, draft.root.to_json().to_string())
        });
        // Whoever knows a content folder knows its ids.
        let stays = group.iter().position(|draft| !drafts[*draft].format.is_foreign());
        group.remove(stays.unwrap_or(0));
        for draft in &group {
            let draft = &mut drafts[*draft];
            let id = numbers.free(draft.kind, &draft.id, &taken);
            let message = format!(
                "another entry has the id `{}:{}`; this one became `{id}`",
                draft.kind, draft.id
            );
            issues.push(issue(&ID_REPEATED, draft.at, message).with_path(&*draft.path));
            taken.insert((draft.kind, id.clone()));
            draft.id = id;
        }
    }
}

/// The numbers that ids of one text have got so far, so that finding the next is no search.
#[derive(Default)]
pub(crate) struct Numbers(BTreeMap<(Kind, String), u64>);

impl Numbers {
    /// The id itself, or the first of `id-2`, `id-3` and so on that is free.
    pub(super) fn free(
        &mut self,
        kind: Kind,
        id: &str,
        taken: &BTreeSet<(Kind, String)>,
    ) -> String {
        let next = self.0.entry((kind, id.to_owned())).or_insert(1);
        loop {
            let numbered = if *next == 1 { id.to_owned() } else { format!("{id}-{next}") };
            *next += 1;
            if !taken.contains(&(kind, numbered.clone())) {
                return numbered;
            }
        }
    }
}

/// The drafts that share an id, in groups ordered by kind and id.
fn clashes(drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        groups.entry((draft.kind, &draft.id)).or_default().push(index);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
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
