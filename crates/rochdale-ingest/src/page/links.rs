//! The links in the body of an article.

use std::collections::BTreeSet;

use super::fields::NODES;
use super::parse::parse;
use super::source::Page;
use crate::draft::Draft;
use crate::place::Place;
use crate::tree::Node;

/// Adds the pages that the body of a draft links to, each once.
pub(super) fn add(page: &Page, draft: &mut Draft) {
    let body = draft.get("body").filter(|body| {
        body.find("/markup").is_some_and(|(markup, _)| markup.as_text() == Some("html"))
    });
    let Some((html, at)) = body.and_then(|body| Some((body.find("/text")?.0.as_text()?, body.at)))
    else {
        return;
    };
    for (url, title) in found(page, html) {
        draft.push("links", link(at, url, title));
    }
}

/// A link, as the model writes it.
pub(crate) fn link(at: Place, url: String, title: String) -> Node {
    let title = Some(title).filter(|title| !title.is_empty());
    let title = title.map(|title| ("title", Node::text(at, title)));
    Node::map(at, [("url", Node::text(at, url))].into_iter().chain(title))
}

/// The addresses in HTML that lead to other pages, each with the words of its first link.
fn found(page: &Page, html: &str) -> Vec<(String, String)> {
    let Ok(dom) = parse(html, NODES) else { return Vec::new() };
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
