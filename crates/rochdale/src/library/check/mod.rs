//! What is wrong between entries: references that lead nowhere, circles, contradictions.

mod circles;
mod standings;

use std::collections::BTreeMap;

use super::codes::DANGLING_REFERENCE;
use super::memory::Memory;
use super::walk;
use crate::field::Value;
use crate::issue::Issue;
use crate::model::Kind;

/// So many ids are compared in search of the nearest; beyond it an issue goes without.
const COMPARISONS: usize = 2_000_000;

/// Adds the issues of every entry, in entry order, and then those between entries.
pub(super) fn check(library: &Memory, issues: &mut Vec<Issue>) {
    let mut nearest = Nearest { library, known: BTreeMap::new(), left: COMPARISONS };
    for entry in &library.entries {
        issues.extend(entry.validate());
        let name = entry.reference().to_string();
        walk::walk(entry.as_fields(), &mut |spot| {
            let Value::Reference(kind, id) = spot.value else { return };
            let Some(kind) = Kind::from_name(kind) else { return };
            if library.number_of(kind, id).is_some() {
                return;
            }
            let issue = Issue::new(&DANGLING_REFERENCE, format!("no entry `{kind}:{id}`"));
            let issue = issue.with_entry(name.clone(), spot.pointer());
            issues.push(match nearest.find(kind, id) {
                Some(near) => issue.with_help(format!("did you mean `{near}`?")),
                None => issue,
            });
        });
    }
    circles::check(library, issues);
    standings::check(library, issues);
}

/// The search for what a wrong reference may have meant.
struct Nearest<'a> {
    library: &'a Memory,
    known: BTreeMap<(Kind, String), Option<String>>,
    left: usize,
}

impl Nearest<'_> {
    fn find(&mut self, kind: Kind, id: &str) -> Option<String> {
        let key = (kind, id.to_owned());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let found = self.search(kind, id);
        self.known.insert(key, found.clone());
        found
    }

    fn search(&mut self, kind: Kind, id: &str) -> Option<String> {
        // The same id of another kind is nearer than any other id.
        let other = Kind::ALL.iter().find(|kind| self.library.number_of(**kind, id).is_some());
        if let Some(kind) = other {
            return Some(format!("{kind}:{id}"));
        }
        self.left = self.left.checked_sub(self.library.numbers(kind).len())?;
        self.library.nearest_id(kind, id).map(|near| format!("{kind}:{near}"))
    }
}
