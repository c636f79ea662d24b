//! Archive pages of blogs, saved or copied as plain text.
//!
//! | in the text | becomes |
//! |---|---|
//! | a heading `Category Archives: NAME` | a category, and that of each post |
//! | a heading `Tag Archives: NAME` | a tag of each post |
//! | a heading `Author Archives: NAME` | the author of each post without a byline |
//! | a line above a byline, or a short line without a full stop below a wider gap | the title of a post |
//! | `By NAME`, `Posted on DATE by NAME` below a title | its authors, and when it was published |
//! | a date, or an address alone on a line, below a title | when it was published, its address |
//! | `Posted in NAME, NAME`, `Tagged NAME` below a text | its categories and tags |
//! | paragraphs | its body, as plain text |
//! | addresses in the text; lines below `Links:` that have one | its links |
//! | lines below `Links:` without an address | `extra.links`, with a note |
//!
//! Lines before the heading and the menus at the end are counted and left. A post has no address
//! and no date unless a line of its own says so.

mod blocks;
mod posts;

use rochdale::issue::Issue;
use rochdale::model::Kind;

use crate::codes::{EMPTY_FILE, LINK_WITHOUT_ADDRESS, TITLE_UNSURE};
use crate::foreign::{Sink, Source};
use crate::page::{Sort, heading, link};
use crate::place::Places;
use crate::tree::{Node, issue};

use posts::Post;

/// Blocks before the heading, at most.
const BEFORE: usize = 8;

/// Reads a page.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(text) = source.text(sink) else { return };
    let places = Places::new(&text);
    let blocks = blocks::blocks(&text);
    let start = blocks.iter().take(BEFORE).position(|block| heading(block.text).is_some());
    let (common, blocks) = match start {
        Some(start) => {
            sink.not_carried_times("text archive: lines before the heading", start);
            let block = &blocks[start];
            (
                heading(block.text).map(|common| (common, places.at(block.offset))),
                &blocks[start + 1..],
            )
        }
        None => (None, &blocks[..]),
    };
    let reading = posts::posts(blocks);
    if reading.posts.is_empty() {
        let message = "expected a title and paragraphs below it, got neither";
        return sink.issue(Issue::new(&EMPTY_FILE, message));
    }
    sink.not_carried_times("text archive: menus", reading.menus);
    for block in &reading.unsure {
        let message =
            format!("`{}` may be the title of a post; taken for a part of the text", block.text);
        let found = issue(&TITLE_UNSURE, places.at(block.offset), message);
        sink.issue(found.with_help("put a byline below it, or two blank lines above it"));
    }
    if let Some(((Sort::Category, name), at)) = &common {
        let mut category = source.draft(Kind::Category, *at);
        category.set_text("name", *at, &**name);
        sink.draft(category);
    }
    for post in &reading.posts {
        if !add(source, sink, &places, post, common.as_ref().map(|(common, _)| common)) {
            return;
        }
    }
}

/// Adds a post; false where there are too many.
fn add(
    source: &Source,
    sink: &mut Sink<'_>,
    places: &Places,
    post: &Post,
    common: Option<&(Sort, String)>,
) -> bool {
    let at = places.at(post.title.offset);
    let mut draft = source.draft(Kind::Article, at);
    draft.set_text("title", at, crate::page::squeezed(post.title.text));
    for (names, block) in &post.authors {
        let at = places.at(block.offset);
        for name in names {
            draft.push("authors", Node::text(at, &**name));
        }
    }
    if let Some((text, block)) = &post.published {
        draft.set_text("published", places.at(block.offset), &**text);
    }
    if let Some(block) = post.address {
        draft.set_text("url", places.at(block.offset), block.text);
        draft.known_by(crate::draft::Key::permalink(block.text));
    }
    for (field, names, block) in &post.labels {
        let at = places.at(block.offset);
        for name in names {
            draft.push(*field, Node::text(at, &**name));
        }
    }
    match common {
        Some((Sort::Category, name)) if !has(&draft, "categories", name) => {
            draft.push("categories", Node::text(at, &**name));
        }
        Some((Sort::Tag, name)) if !has(&draft, "tags", name) => {
            draft.push("tags", Node::text(at, &**name));
        }
        Some((Sort::Author, name)) if post.authors.is_empty() => {
            draft.push("authors", Node::text(at, &**name));
        }
        _ => {}
    }
    if let Some(first) = post.body.first() {
        draft.set_prose("body", places.at(first.offset), post.text(), "plain");
    }
    for (url, title, offset) in post.addresses() {
        draft.push("links", link(places.at(offset), url, title));
    }
    let bare: Vec<Node> = post
        .links
        .iter()
        .filter(|block| posts::address_in(block.text).is_none())
        .map(|block| Node::text(places.at(block.offset), crate::page::squeezed(block.text)))
        .collect();
    if let Some(first) = bare.first() {
        let message = format!("links without an address: {}; kept in `extra.links`", bare.len());
        sink.issue(issue(&LINK_WITHOUT_ADDRESS, first.at, message));
        draft.keep("links", Node::list(first.at, bare));
    }
    sink.draft(draft)
}

fn has(draft: &crate::draft::Draft, field: &str, name: &str) -> bool {
    let Some(node) = draft.get(field) else { return false };
    match &node.value {
        crate::tree::Value::List(items) => items.iter().any(|item| {
            item.as_text().is_some_and(|text| text.to_lowercase() == name.to_lowercase())
        }),
        _ => false,
    }
}
