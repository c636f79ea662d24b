//! Which of the things of a page become entries, and which are counted and left.

use std::collections::BTreeMap;

use super::json_ld::{JOINED, REFERRED, size};
use super::mapping::{ARTICLE, EVENT, MUTUAL, Mapping, PERSON};
use super::source::Page;
use super::thing::{ID, TYPE, is_a, types, values};
use super::vocabulary::{ARTICLES, EVENTS, MUTUALS, VALUES};
use crate::draft::Key;
use crate::tree::{Members, Node, Value};

/// The things of a page that become entries.
#[derive(Debug)]
pub(super) struct Found {
    /// How many values may still be taken; things in each other are taken each by itself.
    left: usize,
    /// Articles, each with the number of the reader that found it; the same of events.
    pub(super) articles: Vec<(usize, Node)>,
    pub(super) events: Vec<(usize, Node)>,
    /// People who stand by themselves.
    pub(super) people: Vec<Node>,
    /// Bodies that are mutual entities.
    pub(super) mutuals: Vec<Node>,
}

impl Found {
    pub(super) fn new(left: usize) -> Self {
        let (articles, events, people, mutuals) = Default::default();
        Self { left, articles, events, people, mutuals }
    }

    /// Takes in the things that a reader found.
    pub(super) fn sort(&mut self, page: &Page, things: Vec<Node>, reader: usize) {
        for thing in things {
            self.thing(page, &thing, reader, true);
        }
    }

    fn thing(&mut self, page: &Page, node: &Node, reader: usize, alone: bool) {
        let Some(members) = node.as_map() else { return };
        if members.contains_key(JOINED) {
            return;
        }
        let cost = size(node);
        if cost > self.left {
            return page.pass_over("things beyond the limit");
        }
        if !alone && is_a(node, ARTICLES) && !is_told(node) {
            return page.pass_over("articles named in passing");
        }
        let mapping = if is_a(node, ARTICLES) {
            self.articles.push((reader, node.clone()));
            ARTICLE
        } else if is_a(node, EVENTS) {
            self.events.push((reader, node.clone()));
            EVENT
        } else if is_a(node, MUTUALS) || has_number(node) {
            self.mutuals.push(node.clone());
            MUTUAL
        } else if alone && is_a(node, &["Person"]) && !members.contains_key(REFERRED) {
            self.people.push(node.clone());
            PERSON
        } else {
            let is_used = members.contains_key(REFERRED) && is_a(node, VALUES);
            if !is_used && let Some(name) = types(node).next() {
                page.pass_over(format!("schema.org {name}"));
            }
            return self.inside(page, members, reader, None);
        };
        self.left -= cost;
        self.inside(page, members, reader, Some(&mapping));
    }

    /// The things inside of a thing that are no parts of it; of an entry, what it does not carry.
    fn inside(&mut self, page: &Page, members: &Members, reader: usize, mapping: Option<&Mapping>) {
        for (name, member) in members {
            if name.starts_with('@')
                || mapping.is_some_and(|mapping| mapping.parts.contains(&&**name))
            {
                continue;
            }
            let items = match &member.node.value {
                Value::List(items) => items.as_slice(),
                _ => std::slice::from_ref(&member.node),
            };
            for item in items {
                match &item.value {
                    // Prose with its markup is no thing.
                    Value::Map(parts) if parts.contains_key("markup") => {}
                    Value::Map(_) => self.thing(page, item, reader, false),
                    Value::Scalar(..) if mapping.is_some_and(|mapping| !mapping.carries(name)) => {
                        page.pass_over(format!("schema.org {name}"));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether more is said of an article than its name and its address.
fn is_told(node: &Node) -> bool {
    let properties = ["articleBody", "author", "creator", "dateCreated", "datePublished"];
    properties.iter().any(|property| !values(node, property).is_empty())
}

/// Whether a body states its number in a register that lists mutual entities.
fn has_number(node: &Node) -> bool {
    let register = |identifier: &Node| {
        values(identifier, "propertyID").iter().any(|list| list.as_text() == Some("GB-MPR"))
    };
    types(node).next().is_some() && values(node, "identifier").iter().any(register)
}

/// By what two readers know that they found one thing.
pub(super) struct Signs {
    pub(super) address: Option<Key>,
    /// The title, and for events when they start.
    pub(super) title: Option<String>,
}

/// Puts what several readers found of one thing together, the first reader first.
///
/// Things with addresses are one where these are one; others where their titles are. With
/// `one_each`, a page has one thing where each reader sees one.
pub(super) fn merged(
    mut things: Vec<(usize, Node)>,
    one_each: bool,
    signs: impl Fn(&Node) -> Signs,
) -> Vec<Node> {
    things.sort_by_key(|(reader, _)| *reader);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (reader, _) in &things {
        *counts.entry(*reader).or_default() += 1;
    }
    let lone = one_each && counts.len() > 1 && counts.values().all(|count| *count == 1);
    let mut merged: Vec<(usize, bool, Node)> = Vec::new();
    let mut by_address: BTreeMap<Key, usize> = BTreeMap::new();
    let mut by_title: BTreeMap<String, usize> = BTreeMap::new();
    for (reader, thing) in things {
        let Signs { address, title } = signs(&thing);
        let has_address = address.is_some();
        let titled = || {
            let known = title.as_ref().and_then(|title| by_title.get(title).copied())?;
            (!has_address || !merged.get(known)?.1).then_some(known)
        };
        let known = address.as_ref().and_then(|address| by_address.get(address).copied());
        let known = if lone { merged.len().checked_sub(1) } else { known.or_else(titled) };
        if let Some(known) = known.filter(|known| merged[*known].0 != reader) {
            fill(&mut merged[known].2, thing);
            continue;
        }
        address.map(|address| by_address.entry(address).or_insert(merged.len()));
        title.map(|title| by_title.entry(title).or_insert(merged.len()));
        merged.push((reader, has_address, thing));
    }
    merged.into_iter().map(|(_, _, thing)| thing).collect()
}

/// Adds the properties that a thing lacks from another. Prose with markup is better than without.
pub(super) fn fill(known: &mut Node, other: Node) {
    let (Value::Map(known), Value::Map(other)) = (&mut known.value, other.value) else { return };
    for (name, member) in other {
        let is_plain = |node: &Node| match &node.value {
            Value::List(items) => items.iter().all(|item| item.as_map().is_none()),
            _ => node.as_map().is_none(),
        };
        let better = name == "articleBody"
            && !is_plain(&member.node)
            && known.get(&name).is_some_and(|member| is_plain(&member.node));
        if name != TYPE && name != ID && (better || !known.contains_key(&name)) {
            known.insert(name, member);
        }
    }
}
