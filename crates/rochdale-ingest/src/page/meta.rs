//! What the head of a page says of it: Open Graph, Dublin Core and the older names of `meta`.

use super::byline;
use super::source::Page;
use super::thing::Thing;
use crate::tree::Node;

/// The names that say something, in the order in which they are believed, and the property that
/// each becomes.
const NAMES: [(&str, &str); 27] = [
    ("og:title", "headline"),
    ("dc:title", "headline"),
    ("dcterm:title", "headline"),
    ("dcterms:title", "headline"),
    ("twitter:title", "headline"),
    ("og:description", "description"),
    ("dc:description", "description"),
    ("dcterms:description", "description"),
    ("description", "description"),
    ("twitter:description", "description"),
    ("article:author", "author"),
    ("dc:creator", "author"),
    ("dcterm:creator", "author"),
    ("dcterms:creator", "author"),
    ("author", "author"),
    ("parsely-author", "author"),
    ("article:published_time", "datePublished"),
    ("dc:date", "datePublished"),
    ("dcterms:issued", "datePublished"),
    ("dcterms:created", "datePublished"),
    ("date", "datePublished"),
    ("parsely-pub-date", "datePublished"),
    ("article:modified_time", "dateModified"),
    ("og:updated_time", "dateModified"),
    ("article:section", "articleSection"),
    ("article:tag", "keywords"),
    ("keywords", "keywords"),
];

/// What the head says, as an article, and whether it calls the page one.
pub(super) fn thing(page: &Page) -> (Thing, bool) {
    let mut thing = Thing::new(page.top(), ["Article".to_owned()]);
    let mut said: Vec<(String, usize, Node)> = Vec::new();
    let mut is_article = false;
    for node in page.elements("meta") {
        let dom = &page.dom;
        let Some(content) = dom.filled(node, "content") else { continue };
        let named = dom.filled(node, "property").or_else(|| dom.filled(node, "name"));
        for name in named.unwrap_or_default().split_ascii_whitespace() {
            let name = plain(name);
            is_article |= name == "og:type" && content.eq_ignore_ascii_case("article");
            match NAMES.iter().position(|(known, _)| *known == name) {
                Some(rank) => said.push((name, rank, Node::text(page.place(node), content))),
                None if name == "og:site_name" => {
                    let mut publisher = Thing::new(page.place(node), ["Organization".to_owned()]);
                    publisher.add_text("name", page.place(node), content);
                    thing.add("publisher", publisher.into_node());
                }
                None if matches!(&*name, "og:type" | "og:url") => {}
                None if name.starts_with("og:") || name.starts_with("article:") => {
                    page.pass_over(name);
                }
                None => {}
            }
        }
    }
    said.sort_by_key(|(_, rank, _)| *rank);
    let mut authors: Option<String> = None;
    for (name, rank, node) in said {
        let property = NAMES[rank].1;
        let text = node.as_text().unwrap_or_default();
        if property == "author" {
            // Open Graph wants the address of a profile there, which is no name.
            if text.contains("://") {
                page.pass_over(name);
                continue;
            }
            let first = authors.get_or_insert_with(|| name.clone());
            if *first == name {
                for name in byline::names_in(text) {
                    thing.add_text("author", node.at, name);
                }
            }
        } else if !thing.has(property) || name == "article:tag" {
            thing.add(property, node);
        }
    }
    (thing, is_article)
}

/// A name in small letters; `dc.title` is `dc:title`.
fn plain(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    match name.split_once('.') {
        Some((prefix @ ("dc" | "dcterm" | "dcterms" | "og" | "article" | "twitter"), rest)) => {
            format!("{prefix}:{rest}")
        }
        _ => name,
    }
}
