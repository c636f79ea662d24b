//! What the body of an article says of it: who wrote it, and the pages that it links to.

use std::collections::BTreeSet;

use super::byline;
use super::dom::{Dom, NodeId};
use super::fields::NODES;
use super::parse::parse;
use super::source::Page;
use crate::draft::Draft;
use crate::place::Place;
use crate::tree::Node;

/// Paragraphs at the top, one of which may be a byline.
const TOP: usize = 2;

/// What the body of an article says.
#[derive(Default)]
pub(super) struct Body {
    /// The names of a paragraph at the top that is a byline and nothing else.
    pub(super) names: Vec<Node>,
    /// The pages that it links to, each once.
    pub(super) links: Vec<Node>,
}

/// Reads the body of a draft, where it has markup.
pub(super) fn body(page: &Page, draft: &Draft) -> Body {
    let html = draft.get("body").and_then(|body| {
        let (markup, _) = body.find("/markup")?;
        let (text, _) = body.find("/text")?;
        (markup.as_text()? == "html").then_some((body.at, text.as_text()?))
    });
    let Some((at, html)) = html else { return Body::default() };
    let Ok(dom) = parse(html, NODES) else { return Body::default() };
    let names = names(&dom).into_iter().map(|name| Node::text(at, name)).collect();
    let links = links(page, &dom).into_iter().map(|(url, title)| link(at, url, title)).collect();
    Body { names, links }
}

/// A link, as the model writes it.
pub(crate) fn link(at: Place, url: String, title: String) -> Node {
    let title = Some(title).filter(|title| !title.is_empty());
    let title = title.map(|title| ("title", Node::text(at, title)));
    Node::map(at, [("url", Node::text(at, url))].into_iter().chain(title))
}

fn names(dom: &Dom) -> Vec<String> {
    let blocks = ["address", "blockquote", "h2", "h3", "h4", "h5", "h6", "p", "ul"];
    let blocks = dom.outermost(0, |node| blocks.contains(&dom.name(node)));
    let lines = blocks.into_iter().map(|node| first_line(dom, node));
    let mut lines = lines.filter(|line| !line.is_empty()).take(TOP);
    lines.find_map(|line| byline::names(&line)).unwrap_or_default()
}

/// The words of a paragraph up to its first line break.
fn first_line(dom: &Dom, node: NodeId) -> String {
    let Some(end) = dom.below(node).find(|inner| dom.name(*inner) == "br") else {
        return dom.text(node);
    };
    let before = dom.node(end).offset;
    dom.text_without(node, |inner| dom.node(inner).offset >= before)
}

/// The addresses that lead to other pages, each with the words of its first link.
fn links(page: &Page, dom: &Dom) -> Vec<(String, String)> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for node in dom.below(0).filter(|node| dom.name(*node) == "a") {
        let Some(href) = dom.filled(node, "href").filter(|href| !href.starts_with('#')) else {
            continue;
        };
        let url = page.absolute(href);
        let leads = url.starts_with("http://") || url.starts_with("https://");
        if leads && seen.insert(url.clone()) {
            found.push((url, dom.text(node)));
        }
    }
    found
}
