//! Properties of schema.org as fields of the model.

use super::dom::squeezed;
use super::source::Page;
use super::thing::{marked_up, said, text, values};
use crate::draft::Draft;
use crate::place::Place;
use crate::tree::{Node, Style, Value};

/// Elements and pieces of text in a text that is read as HTML.
pub(super) const NODES: usize = 200_000;

/// How a property becomes a field.
#[derive(Clone, Copy)]
pub(super) enum As {
    /// The first text, without markup.
    Text,
    /// The first text, whose markup is kept.
    Prose,
    /// Each text.
    Texts,
    /// Each text, which may be several set apart by commas.
    Labels,
    /// The first address.
    Address,
    /// Each address, with the name beside it.
    Links,
}

/// The properties that become a field, the best first, and how.
pub(super) type Row = (&'static [&'static str], &'static str, As);

/// Sets the fields of a draft of the properties of a thing.
pub(super) fn set(page: &Page, draft: &mut Draft, thing: &Node, rows: &[Row]) {
    for (properties, field, how) in rows {
        for property in *properties {
            if draft.get(field).is_none() {
                one(page, draft, values(thing, property), field, *how);
            }
        }
    }
}

fn one(page: &Page, draft: &mut Draft, values: &[Node], field: &'static str, how: As) {
    match how {
        As::Text => {
            if let Some((at, text)) = values.iter().find_map(said) {
                draft.set_text(field, at, plain(text));
            }
        }
        As::Prose => {
            if let Some(value) = values.first() {
                let marked = value.find("/markup").is_some();
                let node = if marked { Some(value.clone()) } else { said(value).map(prose) };
                if let Some(node) = node {
                    draft.set(field, node);
                }
            }
        }
        As::Texts | As::Labels => {
            for (at, text) in values.iter().filter_map(said) {
                let text = plain(text);
                let parts = match how {
                    As::Labels => text.split([',', ';']).collect(),
                    _ => vec![&*text],
                };
                for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
                    draft.push(field, Node::text(at, part));
                }
            }
        }
        As::Address => {
            if let Some((at, href)) = values.iter().find_map(address) {
                draft.set_text(field, at, page.absolute(href));
            }
        }
        As::Links => {
            for value in values {
                if let Some((at, href)) = address(value) {
                    let name =
                        text(value, "name").map(|(at, name)| ("title", Node::text(at, name)));
                    let url = ("url", Node::text(at, page.absolute(href)));
                    draft.push(field, Node::map(at, [url].into_iter().chain(name)));
                }
            }
        }
    }
}

/// The address that a value is, or has.
pub(super) fn address(node: &Node) -> Option<(Place, &str)> {
    let own = node.as_text().map(|text| (node.at, text));
    let (at, text) = own.or_else(|| text(node, "url")).or_else(|| text(node, "@id"))?;
    let text = text.trim();
    let is_one = text.starts_with('/') || text.contains("://") || text.starts_with("mailto:");
    (is_one && !text.contains(char::is_whitespace)).then_some((at, text))
}

/// Text without tags and with single blanks.
pub(super) fn plain(text: &str) -> String {
    if text.contains('<')
        && text.contains('>')
        && let Ok(dom) = super::parse::parse(text, NODES)
    {
        return dom.text(0);
    }
    squeezed(text)
}

/// Prose, whose tags show whether it has markup.
fn prose((at, text): (Place, &str)) -> Node {
    let tagged =
        ["</p>", "<br", "</a>", "</div>", "</li>", "<p>"].iter().any(|tag| text.contains(tag));
    marked_up(at, text, if tagged { "html" } else { "plain" })
}

/// A number, which pages write as text too.
pub(super) fn number(node: &Node) -> Option<Node> {
    let text = node.as_text()?.trim();
    let value: f64 = text.parse().ok()?;
    value
        .is_finite()
        .then(|| Node { at: node.at, value: Value::Scalar(text.to_owned(), Style::Plain) })
}

/// `true`.
pub(super) fn yes(at: Place) -> Node {
    Node { at, value: Value::Scalar("true".to_owned(), Style::Bool) }
}

/// The name and the address of a thing, as the model writes people and organisations.
pub(super) fn named(page: &Page, thing: &Node) -> Option<Node> {
    let (at, name) = said(thing)?;
    let url = text(thing, "url").and_then(|(at, _)| {
        let (_, href) = values(thing, "url").iter().find_map(address)?;
        Some(("url", Node::text(at, page.absolute(href))))
    });
    let honorific =
        text(thing, "honorificPrefix").map(|(at, text)| ("honorific", Node::text(at, text)));
    let name = ("name", Node::text(at, plain(name)));
    Some(Node::map(at, [name].into_iter().chain(url).chain(honorific)))
}
