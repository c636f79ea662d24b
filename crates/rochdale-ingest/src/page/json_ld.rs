//! JSON-LD in the scripts of a page, read as schema.org's words.
//!
//! Contexts are not fetched. A context that names schema.org, or none at all, means its words; what
//! stands under another context is counted and left. `@graph`, `@list`, `@set` and `@value` are
//! unfolded, and an `@id` that names another thing of the page stands for that thing.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Page;
use super::thing::{ID, TYPE, term, values};
use crate::codes::{JSON_LD_REPAIRED, SYNTAX};
use crate::place::Place;
use crate::tree::{self, Member, Members, Node, Value, issue};

/// Things in each other that are followed by their ids.
const FOLLOWED: usize = 4;

/// Values that are copied to where others refer to them.
const COPIED: usize = 100_000;

/// The things that the scripts of a page describe, those that others refer to in their places.
pub(super) fn things(page: &Page) -> Vec<Node> {
    let scripts = page.elements("script").filter(|node| {
        let kind = page.dom.filled(*node, "type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/ld+json")
    });
    let mut roots = Vec::new();
    let mut left = page.values;
    for script in scripts.collect::<Vec<_>>() {
        let offset = page.dom.node(script).offset;
        for root in parsed(page, offset, left) {
            let before = roots.len();
            unfold(page, root, true, &mut roots);
            left = left.saturating_sub(roots[before..].iter().map(size).sum());
        }
    }
    join(roots)
}

/// The JSON of the script whose tag begins at an offset.
fn parsed(page: &Page, offset: usize, limit: usize) -> Vec<Node> {
    let source = page.places.text();
    let start = offset + end_of_tag(&source.as_bytes()[offset..]);
    let rest = &source[start..];
    let end = rest.as_bytes().windows(8).position(|part| part.eq_ignore_ascii_case(b"</script"));
    let text = &rest[..end.unwrap_or(rest.len())];
    if text.trim().is_empty() {
        return Vec::new();
    }
    let strict = tree::json_text(page.places, text, start, limit);
    let Some(wrong) = strict.issues.iter().find(|issue| issue.code.name == SYNTAX.name) else {
        for issue in strict.issues {
            page.issue(issue);
        }
        return strict.roots;
    };
    let lenient = tree::json_text(page.places, &repaired(text), start, limit);
    if lenient.roots.is_empty() {
        page.issue(wrong.clone().with_help("the page's other parts were read"));
    } else {
        let at = Place { line: wrong.line.unwrap_or(1), column: wrong.column.unwrap_or(1) };
        page.issue(issue(&JSON_LD_REPAIRED, at, format!("{}; read all the same", wrong.message)));
    }
    lenient.roots
}

/// The length of the tag at the start of the bytes.
fn end_of_tag(bytes: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in bytes.iter().copied().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    bytes.len()
}

/// JSON as browsers and people leave it, made strict: blanks stand for control characters in
/// strings, for comments, for the marks around them, and for commas before a closing bracket. Each
/// letter keeps its place.
fn repaired(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut comma = None;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = match rest {
            [b'"', ..] => {
                comma = None;
                let length = string(rest);
                blank_controls(&mut bytes[at..at + length]);
                at += length;
                continue;
            }
            [b'/', b'/', ..] => rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
            [b'/', b'*', ..] => {
                rest.windows(2).skip(2).position(|end| end == b"*/").map_or(rest.len(), |n| n + 4)
            }
            [b'<', b'!', b'-', b'-', inside @ ..] => {
                let holds_json = matches!(inside.trim_ascii_start().first(), Some(b'{' | b'['));
                let end = || inside.windows(3).position(|end| end == b"-->");
                if holds_json { 4 } else { end().map_or(rest.len(), |end| end + 7) }
            }
            [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => 9,
            [b'-', b'-', b'>', ..] | [b']', b']', b'>', ..] => 3,
            [b';', ..] => 1,
            [b',', ..] => {
                comma = Some(at);
                at += 1;
                continue;
            }
            [b'}' | b']', ..] => {
                if let Some(comma) = comma.take() {
                    bytes[comma] = b' ';
                }
                at += 1;
                continue;
            }
            [byte, ..] => {
                if !byte.is_ascii_whitespace() {
                    comma = None;
                }
                at += 1;
                continue;
            }
            [] => break,
        };
        bytes[at..at + length].fill(b' ');
        at += length;
    }
    // Only whole letters were blanked.
    String::from_utf8(bytes).unwrap_or_default()
}

/// The length of the string at the start of the bytes.
fn string(bytes: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in bytes.iter().copied().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

fn blank_controls(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| byte.is_ascii_control()) {
        *byte = b' ';
    }
}

/// How many values there are in a value.
pub(super) fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::Scalar(..) => 0,
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(members) => members.values().map(|member| size(&member.node)).sum(),
    }
}

/// Adds the things of a list or a graph, with plain names.
fn unfold(page: &Page, node: Node, schema: bool, roots: &mut Vec<Node>) {
    match node.value {
        Value::List(items) => {
            for item in items {
                unfold(page, item, schema, roots);
            }
        }
        Value::Map(mut members) => {
            let schema = members.get("@context").map_or(schema, |member| is_schema(&member.node));
            if let Some(graph) = members.remove("@graph") {
                unfold(page, graph.node, schema, roots);
            }
            if members.keys().all(|name| name == "@context" || name == ID) {
                return;
            }
            if schema {
                let node = Node { at: node.at, value: Value::Map(members) };
                roots.push(plain(node));
            } else {
                page.pass_over("JSON-LD outside of schema.org");
            }
        }
        Value::Scalar(..) => {}
    }
}

/// Whether a context names schema.org.
fn is_schema(context: &Node) -> bool {
    match &context.value {
        Value::Scalar(text, _) => text.to_ascii_lowercase().contains("schema.org"),
        Value::List(items) => items.iter().any(is_schema),
        Value::Map(members) => members.values().any(|member| is_schema(&member.node)),
    }
}

/// A value with the names of schema.org, without `@list`, `@set`, `@value` and contexts.
fn plain(node: Node) -> Node {
    let at = node.at;
    match node.value {
        Value::List(items) => Node::list(at, items.into_iter().map(plain)),
        Value::Map(mut members) => {
            for name in ["@value", "@list", "@set"] {
                if let Some(member) = members.remove(name) {
                    return plain(member.node);
                }
            }
            members.remove("@context");
            let mut own = Members::new();
            for (name, Member { at, node }) in members {
                let name =
                    if name == "type" && !own.contains_key(TYPE) { TYPE.into() } else { name };
                let node = if name == TYPE { types(node) } else { plain(node) };
                own.insert(term(&name).to_owned().into(), Member { at, node });
            }
            Node { at, value: Value::Map(own) }
        }
        Value::Scalar(text, style) => {
            let text = if text.contains('&') { htmlize::unescape(text).into_owned() } else { text };
            Node { at, value: Value::Scalar(text, style) }
        }
    }
}

/// The types of a thing as a list of plain names.
fn types(node: Node) -> Node {
    let at = node.at;
    let items = match node.value {
        Value::List(items) => items,
        value => vec![Node { at, value }],
    };
    Node::list(at, items.iter().filter_map(|item| Some(Node::text(item.at, term(item.as_text()?)))))
}

/// Puts things where others refer to them by their ids.
fn join(roots: Vec<Node>) -> Vec<Node> {
    let mut known: BTreeMap<String, Node> = BTreeMap::new();
    for root in &roots {
        if let Some(id) = values(root, ID).first().and_then(Node::as_text) {
            known.entry(id.to_owned()).or_insert_with(|| root.clone());
        }
    }
    if known.is_empty() {
        return roots;
    }
    let mut walk = Walk { known: &known, left: COPIED, used: BTreeSet::new() };
    let mut joined: Vec<Node> = roots;
    for root in &mut joined {
        walk.follow(root, FOLLOWED, true);
    }
    for root in &mut joined {
        let id = values(root, ID).first().and_then(Node::as_text);
        if id.is_some_and(|id| walk.used.contains(id)) {
            mark(root, REFERRED);
        }
    }
    joined
}

/// A walk through things that follows their references.
struct Walk<'a> {
    known: &'a BTreeMap<String, Node>,
    /// How many values may still be copied.
    left: usize,
    used: BTreeSet<String>,
}

impl Walk<'_> {
    /// Replaces the references inside of a thing, to a depth.
    fn follow(&mut self, node: &mut Node, depth: usize, top: bool) {
        if !top
            && let Some(id) = reference(node)
            && let Some(thing) = self.known.get(id)
        {
            self.used.insert(id.to_owned());
            let cost = size(thing);
            if depth > 0 && cost <= self.left {
                self.left -= cost;
                *node = Node { at: node.at, value: thing.value.clone() };
                mark(node, JOINED);
                self.follow(node, depth - 1, true);
            }
            return;
        }
        match &mut node.value {
            Value::List(items) => {
                for item in items {
                    self.follow(item, depth, false);
                }
            }
            Value::Map(members) => {
                for member in members.values_mut() {
                    self.follow(&mut member.node, depth, false);
                }
            }
            Value::Scalar(..) => {}
        }
    }
}

/// Marks a copy of a thing that stands elsewhere in the page.
pub(super) const JOINED: &str = "@joined";

/// Marks a thing that others refer to.
pub(super) const REFERRED: &str = "@referred";

fn mark(node: &mut Node, name: &str) {
    let at = node.at;
    if let Value::Map(members) = &mut node.value {
        members.insert(name.to_owned().into(), Member { at, node: Node::text(at, "") });
    }
}

/// The id that a reference `{"@id": …}` names, which may say the name beside it.
fn reference(node: &Node) -> Option<&str> {
    let members = node.as_map()?;
    members
        .keys()
        .all(|name| name == ID || name == TYPE || name == "name")
        .then(|| members.get(ID)?.node.as_text())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_keep_places() {
        for (text, wanted) in [
            ("{\"a\": \"b\nc\", // d\n}", "{\"a\": \"b c\"      \n}"),
            ("<!-- [1, 2,] -->", "     [1, 2 ]    "),
            ("<!-- a, b --> {\"a\": 1}", "              {\"a\": 1}"),
            ("/* é */ {\"a\": \"//\"};", "         {\"a\": \"//\"} "),
            ("//<![CDATA[\n{}\n//]]>", "           \n{}\n     "),
        ] {
            assert_eq!(repaired(text), wanted);
            assert_eq!(repaired(text).len(), text.len());
        }
    }

    #[test]
    fn tags_end_outside_of_quotes() {
        assert_eq!(end_of_tag(b"<a b='>'>c"), 9);
        assert_eq!(end_of_tag(b"<a"), 2);
    }
}
