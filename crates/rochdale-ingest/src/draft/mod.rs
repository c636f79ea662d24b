//! Entries on their way: what every format yields, and what makes entries of it.

pub(crate) mod coerce;
pub(crate) mod html;
pub(crate) mod identity;
mod key;
pub(crate) mod references;
pub(crate) mod shape;

use std::rc::Rc;

use rochdale::model::{Kind, slug};

pub(crate) use key::Key;

use crate::format::Format;
use crate::place::Place;
use crate::tree::{Member, Members, Node, Value};

/// An entry on its way: its fields are known, its id and its references may still change.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    /// The file that it stands in.
    pub(crate) path: Rc<str>,
    /// The format of that file.
    pub(crate) format: Format,
    /// A map of the model's fields.
    pub(crate) root: Node,
    pub(crate) id: String,
    /// The id with the date of the file's name, where the id was made without it.
    pub(crate) dated: Option<String>,
    /// Where the id stands, or else the entry.
    pub(crate) at: Place,
    /// By what the same thing is known in other sources.
    pub(crate) keys: Vec<Key>,
    /// What references in the same file call it, such as the login of an author; they are looked
    /// for there before ids and names are.
    pub(crate) handles: Vec<String>,
}

impl Draft {
    /// A draft without fields, whose id is still to be made.
    pub(crate) fn new(kind: Kind, path: &Rc<str>, format: Format, at: Place) -> Self {
        Self {
            kind,
            path: Rc::clone(path),
            format,
            root: Node { at, value: Value::Map(Members::new()) },
            id: String::new(),
            dated: None,
            at,
            keys: Vec::new(),
            handles: Vec::new(),
        }
    }

    pub(crate) fn members(&self) -> Option<&Members> {
        self.root.as_map()
    }

    /// The value of a field.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.members()?.get(name).map(|member| &member.node)
    }

    /// Gives a field its value.
    pub(crate) fn set(&mut self, name: &str, node: Node) {
        if let Value::Map(members) = &mut self.root.value {
            members.insert(name.to_owned(), Member { at: node.at, node });
        }
    }

    /// Gives a field a text, unless the text is blank.
    pub(crate) fn set_text(&mut self, name: &str, at: Place, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.set(name, Node::text(at, text));
        }
    }

    /// Gives a field prose in a markup, `html`, `markdown` or `plain`, unless it is blank. HTML is
    /// sanitised later.
    pub(crate) fn set_prose(&mut self, name: &str, at: Place, text: &str, markup: &str) {
        if !text.trim().is_empty() {
            let parts = [("text", Node::text(at, text)), ("markup", Node::text(at, markup))];
            self.set(name, Node::map(at, parts));
        }
    }

    /// Adds a value to those of a field.
    pub(crate) fn push(&mut self, name: &str, node: Node) {
        let Value::Map(members) = &mut self.root.value else { return };
        let at = node.at;
        let empty = || Member { at, node: Node::list(at, []) };
        let member = members.entry(name.to_owned()).or_insert_with(empty);
        if let Value::List(items) = &mut member.node.value {
            items.push(node);
        }
    }

    /// Keeps a value that the model has no field for in `extra`.
    pub(crate) fn keep(&mut self, name: &str, node: Node) {
        let Value::Map(members) = &mut self.root.value else { return };
        let at = node.at;
        let empty = || Member { at, node: Node::map(at, []) };
        let extra = members.entry("extra".to_owned()).or_insert_with(empty);
        if let Value::Map(extra) = &mut extra.node.value {
            extra.insert(name.to_owned(), Member { at, node });
        }
    }

    /// Says by what the same thing is known elsewhere.
    pub(crate) fn known_by(&mut self, key: Option<Key>) {
        if let Some(key) = key.filter(|key| !self.keys.contains(key)) {
            self.keys.push(key);
        }
    }

    /// Makes the id of a text, if there is none yet and the text has a letter or a digit.
    pub(crate) fn call(&mut self, text: &str) {
        if self.id.is_empty() {
            self.id = slug(text).unwrap_or_default();
        }
    }

    /// What people call the entry, where it says so.
    pub(crate) fn title(&self) -> Option<&str> {
        let title = self.kind.info().structure.fields[1].name;
        self.get(title)?.as_text()
    }
}
