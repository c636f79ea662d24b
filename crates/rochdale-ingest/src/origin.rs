//! Where entries were read, so that what is found in the library later is told with its file and line.

use std::collections::BTreeMap;
use std::rc::Rc;

use rochdale::issue::Issue;

use crate::draft::{Draft, Whence};
use crate::place::Place;
use crate::tree::{Node, Value};

/// Where each entry was read, by `kind:id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins(BTreeMap<String, Origin>);

/// Where an entry was read.
#[derive(Clone, Debug, PartialEq)]
struct Origin {
    path: Rc<str>,
    root: Mark,
}

/// The place of a value and of the values inside it.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    at: Place,
    /// The file, where it is another than that of the value around it.
    path: Option<Rc<str>>,
    parts: Vec<(String, Mark)>,
}

impl Origins {
    /// Remembers where the values of an entry stand.
    pub(crate) fn insert(&mut self, reference: String, draft: &Draft) {
        let whence = draft.whence();
        let root = Mark::of(&draft.root, &whence, &mut String::new());
        self.0.insert(reference, Origin { path: whence.path(""), root });
    }

    /// Gives an issue that names an entry the place of what it is about, or of the nearest value
    /// around it.
    pub(crate) fn place(&self, issue: &mut Issue) {
        let origin = issue.entry.as_ref().and_then(|entry| self.0.get(entry));
        let (None, Some(origin)) = (&issue.path, origin) else { return };
        let (mut mark, mut path) = (&origin.root, &origin.path);
        for step in issue.pointer.as_deref().unwrap_or_default().split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            match mark.parts.iter().find(|(part, _)| *part == name) {
                Some((_, inner)) => {
                    mark = inner;
                    path = inner.path.as_ref().unwrap_or(path);
                }
                // A list of one may be written as that one.
                None if name == "0" => {}
                None => break,
            }
        }
        issue.path = Some(path.to_string());
        (issue.line, issue.column) = (Some(mark.at.line), Some(mark.at.column));
    }
}

impl Mark {
    fn of(node: &Node, whence: &Whence, pointer: &mut String) -> Self {
        let mut part = |name: &str, node: &Node| {
            let length = pointer.len();
            if !whence.is_one() {
                pointer.push('/');
                pointer.push_str(name);
            }
            let mark = Self::of(node, whence, pointer);
            pointer.truncate(length);
            (name.to_owned(), mark)
        };
        let parts = match &node.value {
            Value::Scalar(..) => Vec::new(),
            Value::List(items) => {
                items.iter().enumerate().map(|(n, item)| part(&n.to_string(), item)).collect()
            }
            Value::Map(members) => {
                members.iter().map(|(name, member)| part(name, &member.node)).collect()
            }
        };
        Self { at: node.at, path: whence.exactly(pointer).cloned(), parts }
    }
}
