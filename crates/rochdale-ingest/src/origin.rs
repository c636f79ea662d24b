//! Where entries were read, so that what is found in the library later is told with its file and line.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::sync::Arc;

use rochdale::issue::Issue;

use crate::draft::{Draft, Whence};
use crate::place::Place;
use crate::tree::{Name, Node, Value};

/// Where each entry was read, by `kind:id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins(BTreeMap<String, Origin>);

/// Where an entry was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Origin {
    path: Arc<str>,
    /// The values, each before those inside it. The first is the entry.
    marks: Vec<Mark>,
}

/// The place of a value.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    /// How many values it stands inside of.
    depth: usize,
    /// Its name; an item of a list has none.
    name: Option<Name>,
    at: Place,
    /// The file, where it is another than that of the value around it.
    path: Option<Arc<str>>,
}

impl Origins {
    /// Gives an issue that names an entry the place of what it is about, or of the nearest value
    /// around it.
    pub(crate) fn place(&self, issue: &mut Issue) {
        let origin = issue.entry.as_ref().and_then(|entry| self.0.get(entry));
        let (None, Some(origin)) = (&issue.path, origin) else { return };
        let (mut at, mut path) = (0, &origin.path);
        for step in issue.pointer.as_deref().unwrap_or_default().split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            match origin.inside(at, &name) {
                Some(inner) => {
                    at = inner;
                    path = origin.marks[inner].path.as_ref().unwrap_or(path);
                }
                // A list of one may be written as that one.
                None if name == "0" => {}
                None => break,
            }
        }
        issue.path = Some(path.to_string());
        let place = origin.marks[at].at;
        (issue.line, issue.column) = (Some(place.line), Some(place.column));
    }
}

impl FromIterator<(String, Origin)> for Origins {
    fn from_iter<I: IntoIterator<Item = (String, Origin)>>(origins: I) -> Self {
        Self(origins.into_iter().collect())
    }
}

impl Origin {
    /// Where the values of a draft stand.
    pub(crate) fn of(draft: &Draft) -> Self {
        let whence = draft.whence();
        let marks = Vec::with_capacity(values(&draft.root));
        let mut walk = Walk { whence: &whence, pointer: String::new(), depth: 0, marks };
        walk.value(None, &draft.root);
        Self { path: whence.path(""), marks: walk.marks }
    }

    /// The value of this name, which in a list is a number, in another.
    fn inside(&self, outer: usize, name: &str) -> Option<usize> {
        let depth = self.marks[outer].depth;
        let rest = self.marks.iter().enumerate().skip(outer + 1);
        let inside = rest.take_while(|(_, mark)| mark.depth > depth);
        let mut parts = inside.filter(|(_, mark)| mark.depth == depth + 1).enumerate();
        let is_it = |(number, (_, mark)): &(usize, (usize, &Mark))| match &mark.name {
            Some(known) => **known == *name,
            None => name.parse() == Ok(*number),
        };
        parts.find(is_it).map(|(_, (at, _))| at)
    }
}

/// How many values there are in a value, with itself.
fn values(node: &Node) -> usize {
    match &node.value {
        Value::Scalar(..) => 1,
        Value::List(items) => 1 + items.iter().map(values).sum::<usize>(),
        Value::Map(members) => {
            1 + members.values().map(|member| values(&member.node)).sum::<usize>()
        }
    }
}

/// A walk through the values of a draft.
struct Walk<'a> {
    whence: &'a Whence,
    /// The way to the value, where any comes from another file.
    pointer: String,
    depth: usize,
    marks: Vec<Mark>,
}

impl Walk<'_> {
    fn value(&mut self, name: Option<Name>, node: &Node) {
        let path = self.whence.exactly(&self.pointer).cloned();
        self.marks.push(Mark { depth: self.depth, name, at: node.at, path });
        self.depth += 1;
        match &node.value {
            Value::Scalar(..) => {}
            Value::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.part(&number, None, item);
                }
            }
            Value::Map(members) => {
                for (name, member) in members {
                    self.part(name, Some(name.clone()), &member.node);
                }
            }
        }
        self.depth -= 1;
    }

    fn part(&mut self, step: &dyn Display, name: Option<Name>, node: &Node) {
        let length = self.pointer.len();
        if !self.whence.is_one() {
            // Writing to a string cannot fail.
            let _ = write!(self.pointer, "/{step}");
        }
        self.value(name, node);
        self.pointer.truncate(length);
    }
}
