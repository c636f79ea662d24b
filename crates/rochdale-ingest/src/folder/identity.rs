//! Ids that clash: each takes its folder before it, whatever the order of the files.

use std::collections::{BTreeMap, BTreeSet};

use rochdale::issue::Issue;
use rochdale::model::{Kind, slug};

use super::draft::Draft;
use crate::codes::{ID_CLASH, ID_REPEATED};
use crate::tree::issue;

/// Makes the ids of the drafts unique within their kinds.
pub(super) fn settle(drafts: &mut [Draft], issues: &mut Vec<Issue>) {
    let stated: Vec<String> = drafts.iter().map(|draft| draft.id.clone()).collect();
    let mut levels = vec![0; drafts.len()];
    loop {
        let mut moved = false;
        for group in clashes(drafts) {
            let first = folders(&drafts[group[0]].path);
            if group.iter().all(|draft| folders(&drafts[*draft].path) == first) {
                continue;
            }
            for draft in group {
                let steps = folders(&drafts[draft].path);
                if let Some(id) = prefixed(&steps, levels[draft] + 1, &stated[draft]) {
                    drafts[draft].id = id;
                    levels[draft] += 1;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
    for (draft, stated) in drafts.iter().zip(stated).filter(|(draft, stated)| draft.id != *stated) {
        let message = format!(
            "several entries have the id `{}:{stated}`; this one became `{}`",
            draft.kind, draft.id
        );
        let found = issue(&ID_CLASH, draft.at, message);
        issues.push(found.with_help("state an `id` that is its own").with_path(&*draft.path));
    }
    number(drafts, issues);
}

/// Numbers what folders do not tell apart, by file, place and content.
fn number(drafts: &mut [Draft], issues: &mut Vec<Issue>) {
    let mut taken: BTreeSet<(Kind, String)> =
        drafts.iter().map(|draft| (draft.kind, draft.id.clone())).collect();
    for mut group in clashes(drafts) {
        group.sort_by_cached_key(|draft| {
            let draft = &drafts[*draft];
            (draft.path.clone(), draft.at, draft.root.to_json().to_string())
        });
        for draft in &group[1..] {
            let draft = &mut drafts[*draft];
            let id = free(&draft.id, |id| taken.contains(&(draft.kind, id.to_owned())));
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

/// The first of `id-2`, `id-3` and so on that is free.
pub(super) fn free(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut numbered = (2_u64..).map(|number| format!("{id}-{number}"));
    numbered.find(|id| !taken(id)).expect("there are more numbers than entries")
}

/// The drafts that share an id, in groups ordered by kind and id.
fn clashes(drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        groups.entry((draft.kind, &draft.id)).or_default().push(index);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// The folders that tell a file apart, the outermost first; `a/b/index.md` is called `b` already.
fn folders(path: &str) -> Vec<&str> {
    let mut steps: Vec<&str> = path.split('/').collect();
    let file = steps.pop().unwrap_or_default();
    if file.split('.').next() == Some("index") {
        steps.pop();
    }
    steps
}

/// An id with so many folders before it, if there are so many.
fn prefixed(folders: &[&str], level: usize, id: &str) -> Option<String> {
    let start = folders.len().checked_sub(level)?;
    let steps = folders[start..].iter().filter_map(|folder| slug(folder));
    let steps: Vec<String> = steps.chain([id.to_owned()]).collect();
    slug(&steps.join("-"))
}
