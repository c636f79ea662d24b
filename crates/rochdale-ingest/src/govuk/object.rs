//! Objects of JSON whose members are taken one after the other, so that what nobody took is counted.

use crate::codes::BAD_FIELD;
use crate::foreign::Sink;
use crate::place::Place;
use crate::tree::{Members, Node, Value, issue};

/// An object on its way into an entry.
pub(super) struct Object {
    /// Where it stands in its document, such as `details`; empty for the document itself.
    name: String,
    pub(super) at: Place,
    members: Members,
}

impl Object {
    /// The object that a node is; what is neither an object nor null is told.
    pub(super) fn of(name: impl Into<String>, node: Node, sink: &mut Sink<'_>) -> Option<Self> {
        let name = name.into();
        let (at, is_null) = (node.at, node.is_null());
        match node.value {
            Value::Map(members) => Some(Self { name, at, members }),
            _ if is_null => None,
            _ => {
                tell(&name, "an object", at, sink);
                None
            }
        }
    }

    /// An object without members, for one that a document lacks.
    pub(super) fn none(name: &str, at: Place) -> Self {
        Self { name: name.to_owned(), at, members: Members::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The text of a member of the first object in a list, which stays where it is.
    pub(super) fn peek(&self, list: &str, name: &str) -> Option<String> {
        let Value::List(items) = &self.members.get(list)?.node.value else { return None };
        items.first()?.as_map()?.get(name)?.node.as_text().map(str::to_owned)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// The place of a member by its name from the document down.
    fn path(&self, name: &str) -> String {
        if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) }
    }

    /// Takes a member that has a value.
    fn take(&mut self, name: &str) -> Option<Node> {
        self.members.remove(name).map(|member| member.node).filter(|node| !node.is_null())
    }

    /// Takes a text that is not blank.
    pub(super) fn text(&mut self, name: &str, sink: &mut Sink<'_>) -> Option<Node> {
        let node = self.take(name)?;
        let Some(text) = node.as_text() else {
            tell(&self.path(name), "text", node.at, sink);
            return None;
        };
        let text = text.trim();
        (!text.is_empty()).then(|| Node::text(node.at, text))
    }

    /// Takes an object.
    pub(super) fn object(&mut self, name: &str, sink: &mut Sink<'_>) -> Option<Self> {
        let node = self.take(name)?;
        Self::of(self.path(name), node, sink)
    }

    /// Takes the items of a list.
    pub(super) fn list(&mut self, name: &str, sink: &mut Sink<'_>) -> Vec<Node> {
        let Some(node) = self.take(name) else { return Vec::new() };
        if let Value::List(items) = node.value {
            return items;
        }
        tell(&self.path(name), "a list", node.at, sink);
        Vec::new()
    }

    /// Takes the objects of a list; of linked documents some sources give the ids alone, which are
    /// counted.
    pub(super) fn objects(&mut self, name: &str, sink: &mut Sink<'_>) -> Vec<Self> {
        let path = self.path(name);
        let mut objects = Vec::new();
        for node in self.list(name, sink) {
            if node.as_text().is_some() {
                sink.not_carried(&format!("gov-uk: {path} without their content"));
            } else {
                objects.extend(Self::of(path.clone(), node, sink));
            }
        }
        objects
    }

    /// Takes a value that a document has in one of two types: text, or else what it is.
    pub(super) fn any(&mut self, name: &str) -> Option<Node> {
        self.take(name)
    }

    /// Counts what nobody took and has a value.
    pub(super) fn finish(self, sink: &mut Sink<'_>) {
        for (name, member) in &self.members {
            if !is_empty(&member.node) {
                sink.not_carried(&format!("gov-uk: {}", self.path(name)));
            }
        }
    }
}

fn tell(name: &str, expected: &str, at: Place, sink: &mut Sink<'_>) {
    let message = format!("expected {expected} in `{name}`; it is not carried");
    sink.issue(issue(&BAD_FIELD, at, message));
    sink.not_carried(&format!("gov-uk: {name}"));
}

/// Whether a value says nothing: null, blank, or made of what says nothing.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.iter().all(is_empty),
        Value::Map(members) => members.values().all(|member| is_empty(&member.node)),
        Value::Scalar(text, _) => node.is_null() || text.trim().is_empty(),
    }
}
