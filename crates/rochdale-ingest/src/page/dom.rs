//! The tree of an HTML page, in which each element knows its place in the source.

use std::iter;

use html5ever::serialize::{HtmlSerializer, SerializeOpts, Serializer, TraversalScope};
use html5ever::{Attribute, QualName};

/// The number of a node; that of the document is 0.
pub(super) type NodeId = usize;

/// The tree of a page.
#[derive(Debug)]
pub(super) struct Dom {
    nodes: Vec<Branch>,
}

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) kind: NodeKind,
    /// The byte of the source at which its tag begins.
    pub(super) offset: usize,
    /// How many elements are around it.
    pub(super) depth: usize,
    pub(super) parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum NodeKind {
    Document,
    Element(QualName, Vec<Attribute>),
    Text(String),
    Comment(String),
}

/// Elements that hold no words of the page.
const WORDLESS: [&str; 5] = ["script", "style", "noscript", "template", "head"];

/// Elements between which words do not run together.
const BREAKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

impl Dom {
    pub(super) fn new() -> Self {
        let mut dom = Self { nodes: Vec::new() };
        dom.push(NodeKind::Document, 0);
        dom
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, id: NodeId) -> &Branch {
        &self.nodes[id]
    }

    pub(super) fn push(&mut self, kind: NodeKind, offset: usize) -> NodeId {
        let (parent, depth) = (None, 0);
        let branch = Branch {
            kind,
            offset,
            depth,
            parent,
            first: None,
            last: None,
            previous: None,
            next: None,
        };
        self.nodes.push(branch);
        self.nodes.len() - 1
    }

    pub(super) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.nodes[parent].last;
        match last {
            Some(last) => self.nodes[last].next = Some(child),
            None => self.nodes[parent].first = Some(child),
        }
        self.nodes[parent].last = Some(child);
        self.settle(parent, child);
        self.nodes[child].previous = last;
    }

    pub(super) fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let Some(parent) = self.nodes[sibling].parent else { return };
        let previous = self.nodes[sibling].previous;
        match previous {
            Some(previous) => self.nodes[previous].next = Some(child),
            None => self.nodes[parent].first = Some(child),
        }
        self.nodes[sibling].previous = Some(child);
        self.settle(parent, child);
        (self.nodes[child].previous, self.nodes[child].next) = (previous, Some(sibling));
    }

    fn settle(&mut self, parent: NodeId, child: NodeId) {
        self.nodes[child].parent = Some(parent);
        self.nodes[child].depth = self.nodes[parent].depth + 1;
    }

    pub(super) fn detach(&mut self, id: NodeId) {
        let branch = &mut self.nodes[id];
        let (previous, next) = (branch.previous.take(), branch.next.take());
        let Some(parent) = branch.parent.take() else { return };
        match previous {
            Some(previous) => self.nodes[previous].next = next,
            None => self.nodes[parent].first = next,
        }
        match next {
            Some(next) => self.nodes[next].previous = previous,
            None => self.nodes[parent].last = previous,
        }
    }

    pub(super) fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = self.nodes[from].first {
            self.append(to, child);
        }
    }

    /// The last child of a node, or the one before a sibling, where it is text.
    pub(super) fn text_at_end(&mut self, parent: NodeId) -> Option<&mut String> {
        self.text_mut(self.nodes[parent].last?)
    }

    pub(super) fn text_before(&mut self, sibling: NodeId) -> Option<&mut String> {
        self.text_mut(self.nodes[sibling].previous?)
    }

    fn text_mut(&mut self, id: NodeId) -> Option<&mut String> {
        if let NodeKind::Text(text) = &mut self.nodes[id].kind { Some(text) } else { None }
    }

    pub(super) fn add_attributes(&mut self, id: NodeId, attributes: Vec<Attribute>) {
        let NodeKind::Element(_, own) = &mut self.nodes[id].kind else { return };
        for attribute in attributes {
            if own.iter().all(|known| known.name != attribute.name) {
                own.push(attribute);
            }
        }
    }

    /// Changes the values of attributes.
    pub(super) fn rewrite(&mut self, chosen: &[&str], change: impl Fn(&str) -> Option<String>) {
        for branch in &mut self.nodes {
            let NodeKind::Element(_, attributes) = &mut branch.kind else { continue };
            for attribute in attributes {
                if !chosen.contains(&&*attribute.name.local) {
                    continue;
                }
                if let Some(changed) = change(&attribute.value) {
                    attribute.value = changed.into();
                }
            }
        }
    }

    /// How deep the deepest node lies, counted afresh: parts of a tree that moved as a whole do
    /// not know their depth.
    pub(super) fn height(&self) -> usize {
        let (mut depth, mut most, mut at) = (0, 0, 0);
        loop {
            most = most.max(depth);
            if let Some(first) = self.nodes[at].first {
                (at, depth) = (first, depth + 1);
                continue;
            }
            while self.nodes[at].next.is_none() {
                let Some(parent) = self.nodes[at].parent else { return most };
                (at, depth) = (parent, depth - 1);
            }
            let Some(next) = self.nodes[at].next else { return most };
            at = next;
        }
    }

    /// The local name of an element; empty for other nodes.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].kind {
            NodeKind::Element(name, _) => &name.local,
            _ => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let NodeKind::Element(_, attributes) = &self.nodes[id].kind else { return None };
        attributes.iter().find(|known| &*known.name.local == name).map(|known| &*known.value)
    }

    /// The value of an attribute without blanks around it, where it is not empty.
    pub(super) fn filled(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attribute(id, name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The words of an attribute that is a list of them, such as `class`.
    pub(super) fn words(&self, id: NodeId, name: &str) -> impl Iterator<Item = &str> {
        self.attribute(id, name).unwrap_or_default().split_ascii_whitespace()
    }

    pub(super) fn has_class(&self, id: NodeId, class: &str) -> bool {
        self.words(id, "class").any(|word| word == class)
    }

    pub(super) fn has_rel(&self, id: NodeId, rel: &str) -> bool {
        self.words(id, "rel").any(|word| word.eq_ignore_ascii_case(rel))
    }

    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        iter::successors(self.nodes[id].first, |child| self.nodes[*child].next)
    }

    /// The elements around a node, the nearest first.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        iter::successors(self.nodes[id].parent, |node| self.nodes[*node].parent)
    }

    /// All nodes below a node, in the order of the page.
    pub(super) fn below(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        iter::successors(self.after(id, id, true), move |at| self.after(*at, id, true))
    }

    /// The elements below a node that pass a test, without those inside of others that do.
    pub(super) fn outermost(&self, id: NodeId, test: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut at = self.after(id, id, true);
        while let Some(node) = at {
            let passes = test(node);
            if passes {
                found.push(node);
            }
            at = self.after(node, id, !passes);
        }
        found
    }

    /// The next node inside `root`, going into `at` or around it.
    fn after(&self, at: NodeId, root: NodeId, into: bool) -> Option<NodeId> {
        if let Some(first) = self.nodes[at].first.filter(|_| into) {
            return Some(first);
        }
        let mut node = at;
        while node != root {
            if let Some(next) = self.nodes[node].next {
                return Some(next);
            }
            node = self.nodes[node].parent?;
        }
        None
    }

    /// The raw text below a node, as `textContent` gives it.
    pub(super) fn raw_text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for node in iter::once(id).chain(self.below(id)) {
            if let NodeKind::Text(part) = &self.nodes[node].kind {
                text.push_str(part);
            }
        }
        text
    }

    /// The words below a node as a reader sees them, with single blanks.
    pub(super) fn text(&self, id: NodeId) -> String {
        self.text_without(id, |_| false)
    }

    /// The words below a node without those inside of elements that pass a test.
    pub(super) fn text_without(&self, id: NodeId, skip: impl Fn(NodeId) -> bool) -> String {
        let mut text = String::new();
        let mut at = Some(id);
        while let Some(node) = at {
            let name = self.name(node);
            let silent = node != id && (WORDLESS.contains(&name) || skip(node));
            if self.nodes[node].previous.is_some_and(|before| BREAKS.contains(&self.name(before))) {
                text.push(' ');
            }
            if silent {
                text.push(' ');
            } else if let NodeKind::Text(part) = &self.nodes[node].kind {
                text.push_str(part);
            } else if BREAKS.contains(&name) {
                text.push(' ');
            }
            at = self.after(node, id, !silent);
        }
        squeezed(&text)
    }

    /// The HTML inside of a node, without the elements that pass a test.
    pub(super) fn inner_html(&self, id: NodeId, skip: impl Fn(NodeId) -> bool) -> String {
        let mut bytes = Vec::new();
        let scope = TraversalScope::ChildrenOnly(None);
        let options = SerializeOpts { traversal_scope: scope, ..SerializeOpts::default() };
        let mut serializer = HtmlSerializer::new(&mut bytes, options);
        let mut open: Vec<(NodeId, &QualName)> = Vec::new();
        let mut at = self.after(id, id, true);
        while let Some(node) = at {
            while let Some((element, name)) = open.last().copied() {
                if self.nodes[node].parent == Some(element) {
                    break;
                }
                // Writing to memory does not fail.
                let _ = serializer.end_elem(name.clone());
                open.pop();
            }
            let skipped = skip(node);
            match &self.nodes[node].kind {
                NodeKind::Element(name, attributes) if !skipped => {
                    let pairs = attributes.iter().map(|known| (&known.name, &*known.value));
                    let _ = serializer.start_elem(name.clone(), pairs);
                    open.push((node, name));
                }
                NodeKind::Text(text) => drop(serializer.write_text(text)),
                _ => {}
            }
            at = self.after(node, id, !skipped);
        }
        while let Some((_, name)) = open.pop() {
            let _ = serializer.end_elem(name.clone());
        }
        String::from_utf8_lossy(&bytes).trim().to_owned()
    }
}

/// A text with single blanks between its words and none around them.
pub(crate) fn squeezed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
