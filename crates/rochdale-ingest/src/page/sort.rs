//! Which of the things of a page become entries, and which are counted and left.

use super::json_ld::{JOINED, REFERRED};
use super::mapping::{ARTICLE, EVENT, MUTUAL, Mapping, PERSON};
use super::source::Page;
use super::thing::{ID, TYPE, is_a, types, values};
use super::vocabulary::{ARTICLES, EVENTS, MUTUALS, VALUES};
use crate::tree::{Members, Node, Value};

/// The things of a page that become entries.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Articles, each with the number of the reader that found it; the same of events.
    pub(super) articles: Vec<(usize, Node)>,
    pub(super) events: Vec<(usize, Node)>,
    /// People who stand by themselves.
    pub(super) people: Vec<Node>,
    /// Bodies that are mutual entities.
    pub(super) mutuals: Vec<Node>,
}

impl Found {
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
        self.inside(page, members, reader, Some(&mapping));
    }

    /// The things inside of a thing that are no parts of it; of an entry, what it does not carry.
    fn inside(&mut self, page: &Page, members: &Members, reader: usize, mapping: Option<&Mapping>) {
        for (name, member) in members {
            if name.starts_with('@') || mapping.is_some_and(|mapping| mapping.parts.contains(&&**name)) {
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

/// Whether a body states its number in a register that lists mutual entities.
fn has_number(node: &Node) -> bool {
    let register = |identifier: &Node| {
        values(identifier, "propertyID").iter().any(|list| list.as_text() == Some("GB-MPR"))
    };
    types(node).next().is_some() && values(node, "identifier").iter().any(register)
}

/// Puts what several readers found of one article together, the first reader first.
pub(super) fn merged(mut articles: Vec<(usize, Node)>, same: impl Fn(&Node, &Node) -> bool) -> Vec<Node> {
    articles.sort_by_key(|(reader, _)| *reader);
    let alone = |reader: usize| articles.iter().filter(|(other, _)| *other == reader).count() == 1;
    let lone: Vec<bool> = articles.iter().map(|(reader, _)| alone(*reader)).collect();
    let mut merged: Vec<(usize, bool, Node)> = Vec::new();
    for ((reader, article), lone) in articles.into_iter().zip(lone) {
        let one = merged.iter_mut().find(|(other, other_lone, known)| {
            // A page has one article where each reader sees one.
            *other != reader && (same(known, &article) || (lone && *other_lone))
        });
        match one {
            Some((_, _, known)) => fill(known, article),
            None => merged.push((reader, lone, article)),
        }
    }
    merged.into_iter().map(|(_, _, article)| article).collect()
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
