//! Where entries were read, so that what is found in the library later is told with its file and line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write};
use std::rc::Rc;

use rochdale::issue::Issue;

use crate::draft::{Draft, Whence};
use crate::place::Place;
use crate::tree::{Node, Value};

/// Where each entry was read, by `kind:id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins {
    entries: BTreeMap<String, Origin>,
    /// The names of values, each once.
    names: BTreeSet<Rc<str>>,
}

/// Where an entry was read.
#[derive(Clone, Debug, PartialEq)]
struct Origin {
    path: Rc<str>,
    /// The values, each before those inside it. The first is the entry.
    marks: Vec<Mark>,
}

/// The place of a value.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    /// How many values it stands inside of.
    depth: usize,
    /// Its name; an item of a list has none.
    name: Option<Rc<str>>,
    at: Place,
    /// The file, where it is another than that of the value around it.
    path: Option<Rc<str>>,
}

impl Origins {
    /// Remembers where the values of an entry stand.
    pub(crate) fn insert(&mut self, reference: String, draft: &Draft) {
        let whence = draft.whence();
        let mut walk = Walk {
            whence: &whence,
            pointer: String::new(),
            depth: 0,
            marks: Vec::with_capacity(32),
            names: &mut self.names,
        };
        walk.value(None, &draft.root);
        let marks = walk.marks;
        self.entries.insert(reference, Origin { path: whence.path(""), marks });
    }

    /// Gives an issue that names an entry the place of what it is about, or of the nearest value
    /// around it.
    pub(crate) fn place(&self, issue: &mut Issue) {
        let origin = issue.entry.as_ref().and_then(|entry| self.entries.get(entry));
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

impl Origin {
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

/// A walk through the values of a draft.
struct Walk<'a> {
    whence: &'a Whence,
    /// The way to the value, where any comes from another file.
    pointer: String,
    depth: usize,
    marks: Vec<Mark>,
    names: &'a mut BTreeSet<Rc<str>>,
}

impl Walk<'_> {
    fn value(&mut self, name: Option<Rc<str>>, node: &Node) {
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
                    let known = self.name(name);
                    self.part(name, Some(known), &member.node);
                }
            }
        }
        self.depth -= 1;
    }

    fn part(&mut self, step: &dyn Display, name: Option<Rc<str>>, node: &Node) {
        let length = self.pointer.len();
        if !self.whence.is_one() {
            // Writing to a string cannot fail.
            let _ = write!(self.pointer, "/{step}");
        }
        self.value(name, node);
        self.pointer.truncate(length);
    }

    fn name(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let name: Rc<str> = name.into();
        self.names.insert(Rc::clone(&name));
        name
    }
}
