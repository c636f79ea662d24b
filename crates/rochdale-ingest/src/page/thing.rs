//! Things that a page describes, in the words of schema.org, whatever the page writes them in.

use crate::place::Place;
use crate::tree::{Member, Node, Value};

/// The member that holds the types of a thing.
pub(super) const TYPE: &str = "@type";

/// The member that holds the address by which others refer to a thing.
pub(super) const ID: &str = "@id";

/// A thing that is being put together.
#[derive(Debug)]
pub(super) struct Thing(Node);

impl Thing {
    pub(super) fn new(at: Place, types: impl IntoIterator<Item = String>) -> Self {
        let mut thing = Self(Node::empty_map(at));
        let types: Vec<Node> = types.into_iter().map(|name| Node::text(at, name)).collect();
        if !types.is_empty() {
            thing.put(TYPE, Node::list(at, types));
        }
        thing
    }

    /// Sets a property, whatever it was.
    pub(super) fn put(&mut self, name: &str, node: Node) {
        if let Value::Map(members) = &mut self.0.value {
            members.insert(name.to_owned().into(), Member { at: node.at, node });
        }
    }

    /// Adds a value to a property.
    pub(super) fn add(&mut self, name: &str, node: Node) {
        add(&mut self.0, name, node);
    }

    /// Adds a text to a property, unless it is empty.
    pub(super) fn add_text(&mut self, name: &str, at: Place, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.add(name, Node::text(at, text));
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        !values(&self.0, name).is_empty()
    }

    pub(super) fn into_node(self) -> Node {
        self.0
    }
}

/// Prose with its markup, as the model writes it.
pub(super) fn marked_up(at: Place, text: impl Into<String>, markup: &str) -> Node {
    Node::map(at, [("text", Node::text(at, text)), ("markup", Node::text(at, markup))])
}

/// Adds a value to a property of a thing.
pub(super) fn add(thing: &mut Node, property: &str, value: Node) {
    let Value::Map(members) = &mut thing.value else { return };
    let at = value.at;
    let empty = || Member { at, node: Node::list(at, []) };
    let member = members.entry(property.to_owned().into()).or_insert_with(empty);
    if !matches!(member.node.value, Value::List(_)) {
        let only = std::mem::replace(&mut member.node, Node::list(at, []));
        member.node = Node::list(at, [only]);
    }
    if let Value::List(values) = &mut member.node.value {
        values.push(value);
    }
}

/// A type or a property without the address of schema.org before it.
pub(super) fn term(name: &str) -> &str {
    ["http://schema.org/", "https://schema.org/", "http://www.schema.org/", "schema:"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
        .trim_matches('/')
}

/// The types of a thing.
pub(super) fn types(node: &Node) -> impl Iterator<Item = &str> {
    values(node, TYPE).iter().filter_map(Node::as_text)
}

pub(super) fn is_a(node: &Node, names: &[&str]) -> bool {
    types(node).any(|own| names.contains(&own))
}

/// The values of a property.
pub(super) fn values<'a>(node: &'a Node, property: &str) -> &'a [Node] {
    match node.as_map().and_then(|members| members.get(property)) {
        Some(Member { node: Node { value: Value::List(items), .. }, .. }) => items,
        Some(member) if !member.node.is_null() => std::slice::from_ref(&member.node),
        _ => &[],
    }
}

/// The first value of a property that is text, or a thing with a name.
pub(super) fn text<'a>(node: &'a Node, property: &str) -> Option<(Place, &'a str)> {
    values(node, property).iter().find_map(said)
}

/// The text of a value: its own, that of its `@value`, or its name.
pub(super) fn said(node: &Node) -> Option<(Place, &str)> {
    let text = node.as_text().map(str::trim).filter(|text| !text.is_empty());
    let inner = || {
        let members = node.as_map()?;
        let member = ["@value", "name", "text"].iter().find_map(|name| members.get(*name))?;
        match &member.node.value {
            Value::List(items) => items.first()?.as_text(),
            _ => member.node.as_text(),
        }
    };
    text.or_else(inner).map(|text| (node.at, text))
}
