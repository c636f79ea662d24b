//! JSON Feed 1.0 and 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use super::item::{Channel, Item, Link, Origin, Writer};
use super::people::Byline;
use super::prose::Prose;
use super::xml::Words;
use crate::codes::{NO_ENTRIES, NOT_THE_FORMAT};
use crate::place::Places;
use crate::tree::{self, Members, Node, Value, issue};

/// Members of a feed that only steer readers of feeds.
const STEERING: [&str; 9] = [
    "version",
    "items",
    "feed_url",
    "next_url",
    "hubs",
    "expired",
    "icon",
    "favicon",
    "user_comment",
];

/// Reads a document, and says what is not carried.
pub(super) fn document(places: &Places<'_>, limit: usize, writer: &mut Writer<'_, '_>) {
    let parsed = tree::json(places, 0..places.text().len(), limit);
    for issue in parsed.issues {
        writer.sink.issue(issue);
    }
    let Some(root) = parsed.roots.into_iter().next() else { return };
    let Some(feed) = root.as_map() else {
        let message = "expected a feed, which is an object";
        return writer.sink.issue(issue(&NOT_THE_FORMAT, root.at, message));
    };
    let Some(Value::List(items)) = feed.get("items").map(|member| &member.node.value) else {
        let message = "expected a list `items`";
        return writer.sink.issue(issue(&NOT_THE_FORMAT, root.at, message));
    };
    let channel = channel(feed, writer);
    if items.is_empty() {
        writer.sink.issue(issue(&NO_ENTRIES, root.at, "the feed has no entries"));
    }
    for node in items {
        let Some(members) = node.as_map() else {
            writer.sink.issue(issue(
                &NOT_THE_FORMAT,
                node.at,
                "expected an item, which is an object",
            ));
            continue;
        };
        let item = item(node, members, writer);
        if !writer.item(item, &channel) {
            return;
        }
    }
}

/// What a feed says of itself.
fn channel(feed: &Members, writer: &mut Writer<'_, '_>) -> Channel {
    let mut channel = Channel::default();
    let mut origin = Origin::default();
    for (name, member) in feed {
        let node = &member.node;
        match &**name {
            "title" => origin.name = words(node),
            "home_page_url" => origin.url = words(node),
            "authors" | "author" => channel.authors.extend(bylines(node)),
            "language" => channel.language = words(node),
            steering if STEERING.contains(&steering) => {}
            _ => writer.pass_over(name),
        }
    }
    Channel { origin, ..channel }
}

fn item(node: &Node, members: &Members, writer: &mut Writer<'_, '_>) -> Item {
    let mut item = Item::at(node.at);
    let mut plain = None;
    for (name, member) in members {
        let node = &member.node;
        match &**name {
            "id" => item.guid = words(node),
            "url" => item.url = words(node),
            "external_url" => {
                item.links.extend(words(node).map(|url| Link { url, title: None }));
            }
            "title" => item.title = prose(node, false),
            "content_html" => item.content = prose(node, true),
            "content_text" => plain = prose(node, false),
            "summary" => item.summary = prose(node, false),
            "date_published" => item.published = words(node),
            "date_modified" => item.updated = words(node),
            // Version 1.0 had one author, which 1.1 keeps for old readers.
            "authors" => item.authors = bylines(node),
            "author" if item.authors.is_empty() => item.authors = bylines(node),
            "author" => {}
            "tags" => item.tags = each(node).iter().filter_map(words).collect(),
            "language" => item.language = words(node),
            "attachments" => item.links.extend(each(node).iter().filter_map(attachment)),
            _ => writer.pass_over(name),
        }
    }
    // Both may stand for one text, and HTML says more.
    item.content = item.content.or(plain);
    item
}

fn attachment(node: &Node) -> Option<Link> {
    let members = node.as_map()?;
    let part = |name: &str| members.get(name).and_then(|member| words(&member.node));
    Some(Link { url: part("url")?, title: part("title") })
}

fn bylines(node: &Node) -> Vec<Byline> {
    let byline = |node: &Node| match node.as_map() {
        Some(members) => {
            let part = |name: &str| members.get(name).and_then(|member| words(&member.node));
            let byline = Byline { name: part("name"), url: part("url"), email: None };
            byline.at().is_some().then_some(byline)
        }
        None => words(node).map(|words| Byline::read(&words)),
    };
    each(node).iter().filter_map(byline).collect()
}

/// The items of a list, or the value itself.
fn each(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

fn words(node: &Node) -> Option<Words> {
    let text = node.as_text()?.trim();
    (!text.is_empty()).then(|| Words { at: node.at, text: text.to_owned() })
}

fn prose(node: &Node, is_html: bool) -> Option<Prose> {
    let Words { at, text } = words(node)?;
    Some(Prose { at, text, is_html, base: None, language: None })
}
