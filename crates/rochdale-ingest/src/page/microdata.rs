//! Microdata: things as `itemscope`, `itemtype` and `itemprop` mark them up.
//!
//! <https://html.spec.whatwg.org/multipage/microdata.html>

use std::collections::{BTreeMap, BTreeSet};

use super::dom::NodeId;
use super::source::Page;
use super::thing::{ID, Thing, marked_up, term};
use crate::tree::Node;

/// Things in each other, by nesting or by `itemref`.
const DEPTH: usize = 32;

/// Properties whose text has markup.
const MARKED_UP: [&str; 1] = ["articleBody"];

/// The things that elements of the page describe by themselves.
pub(super) fn things(page: &Page) -> Vec<Node> {
    let dom = &page.dom;
    let mut ids = BTreeMap::new();
    for node in dom.below(0) {
        if let Some(id) = dom.attribute(node, "id") {
            ids.entry(id).or_insert(node);
        }
    }
    let mut reader = Reader { page, ids, left: page.values };
    let roots = dom.below(0).filter(|node| {
        dom.attribute(*node, "itemscope").is_some() && dom.attribute(*node, "itemprop").is_none()
    });
    let roots: Vec<NodeId> = roots.collect();
    roots.into_iter().map(|root| reader.thing(root, 0)).collect()
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    ids: BTreeMap<&'p str, NodeId>,
    /// How many elements may still be looked at; `itemref` can lead to one many times.
    left: usize,
}

impl Reader<'_, '_> {
    fn thing(&mut self, scope: NodeId, depth: usize) -> Node {
        let dom = &self.page.dom;
        let names = dom.words(scope, "itemtype").map(|name| term(name).to_owned());
        let mut thing = Thing::new(self.page.place(scope), names);
        if let Some(id) = dom.filled(scope, "itemid") {
            thing.put(ID, Node::text(self.page.place(scope), self.page.absolute(id)));
        }
        for node in self.properties(scope) {
            let names: Vec<String> =
                dom.words(node, "itemprop").map(|name| term(name).to_owned()).collect();
            for name in names {
                let value = match dom.attribute(node, "itemscope") {
                    Some(_) if depth == DEPTH => None,
                    Some(_) => Some(self.thing(node, depth + 1)),
                    None => self.value(node, &name),
                };
                if let Some(value) = value {
                    thing.add(&name, value);
                }
            }
        }
        thing.into_node()
    }

    /// The elements that are properties of a thing, in the order of the page.
    fn properties(&mut self, scope: NodeId) -> Vec<NodeId> {
        let dom = &self.page.dom;
        let mut roots: Vec<NodeId> = dom.children(scope).collect();
        let referred = dom.words(scope, "itemref").filter_map(|id| self.ids.get(id).copied());
        roots.extend(referred.filter(|node| *node != scope));
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        while let Some(node) = roots.pop() {
            if self.left == 0 {
                self.page.pass_over("microdata beyond the limit");
                break;
            }
            if !seen.insert(node) {
                continue;
            }
            self.left -= 1;
            if dom.attribute(node, "itemprop").is_some() {
                found.insert((dom.node(node).offset, node));
            }
            if dom.attribute(node, "itemscope").is_none() {
                roots.extend(dom.children(node));
            }
        }
        found.into_iter().map(|(_, node)| node).collect()
    }

    /// What an element says as a property.
    fn value(&self, node: NodeId, name: &str) -> Option<Node> {
        let (dom, at) = (&self.page.dom, self.page.place(node));
        let attribute = match dom.name(node) {
            "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => "src",
            "a" | "area" | "link" => "href",
            "object" => "data",
            "data" | "meter" => "value",
            "time" => "datetime",
            // That of `meta`; on others it is not in the specification, but widely written and read.
            _ => "content",
        };
        let value = dom.filled(node, attribute);
        let is_address = matches!(attribute, "src" | "href" | "data");
        let text = match value {
            Some(value) if is_address => self.page.absolute(value),
            Some(value) => value.to_owned(),
            None if MARKED_UP.contains(&name) => {
                return Some(marked_up(at, dom.inner_html(node, |_| false), "html"));
            }
            None => dom.text(node),
        };
        (!text.trim().is_empty()).then(|| Node::text(at, text))
    }
}
