//! Where entries were read, so that what is found in the library later is told with its file and line.

use std::collections::BTreeMap;

use rochdale::issue::Issue;

use crate::place::Place;
use crate::tree::{Node, Value};

/// Where each entry was read, by `kind:id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins(BTreeMap<String, Origin>);

/// Where an entry was read.
#[derive(Clone, Debug, PartialEq)]
struct Origin {
    path: String,
    root: Mark,
}

/// The place of a value and of the values inside it.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    at: Place,
    parts: Vec<(String, Mark)>,
}

impl Origins {
    /// Remembers where the values of an entry stand.
    pub(crate) fn insert(&mut self, reference: String, path: &str, root: &Node) {
        self.0.insert(reference, Origin { path: path.to_owned(), root: Mark::of(root) });
    }

    /// Gives an issue that names an entry the place of what it is about, or of the nearest value
    /// around it.
    pub(crate) fn place(&self, issue: &mut Issue) {
        let origin = issue.entry.as_ref().and_then(|entry| self.0.get(entry));
        let (None, Some(origin)) = (&issue.path, origin) else { return };
        let mut mark = &origin.root;
        for step in issue.pointer.as_deref().unwrap_or_default().split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            match mark.parts.iter().find(|(part, _)| *part == name) {
                Some((_, inner)) => mark = inner,
                // A list of one may be written as that one.
                None if name == "0" => {}
                None => break,
            }
        }
        issue.path = Some(origin.path.clone());
        (issue.line, issue.column) = (Some(mark.at.line), Some(mark.at.column));
    }
}

impl Mark {
    fn of(node: &Node) -> Self {
        let parts = match &node.value {
            Value::Scalar(..) => Vec::new(),
            Value::List(items) => {
                items.iter().enumerate().map(|(n, item)| (n.to_string(), Self::of(item))).collect()
            }
            Value::Map(members) => members
                .iter()
                .map(|(name, member)| (name.clone(), Self::of(&member.node)))
                .collect(),
        };
        Self { at: node.at, parts }
    }
}
