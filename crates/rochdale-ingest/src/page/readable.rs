//! The text of a page that marks nothing up, found by what it looks like.
//!
//! The crate `dom_smoothie` does it as Mozilla's Readability does, on which most browsers' reading
//! views are built.

use dom_smoothie::{Config, Readability};

use super::byline;
use super::source::Page;
use super::thing::{Thing, marked_up};
use crate::place::Place;
use crate::tree::Node;

/// Elements of a page whose text is looked for; finding takes time by more than their number.
const ELEMENTS: usize = 50_000;

/// Words of a text that is taken for one although the page does not look like an article.
const WORDS: usize = 30;

/// What the page reads like.
pub(super) struct Reading {
    /// The article, with a body where one was found.
    pub(super) thing: Node,
    /// Whether the page looks like one article.
    pub(super) is_probable: bool,
}

/// The article of a page.
pub(super) fn reading(page: &Page) -> Option<Reading> {
    if page.dom.len() > ELEMENTS {
        page.pass_over("text among too many elements");
        return None;
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let base = page.base().map(url::Url::as_str);
    let mut readability = Readability::new(page.places.text(), base, Some(config)).ok()?;
    let is_probable = readability.is_probably_readable();
    let article = readability.parse().ok()?;
    let at = page.elements("body").next().map_or(Place::TOP, |body| page.place(body));
    let mut thing = Thing::new(at, ["Article".to_owned()]);
    if is_probable || article.text_content.split_whitespace().count() >= WORDS {
        thing.add("articleBody", marked_up(at, article.content.trim(), "html"));
    }
    thing.add_text("headline", at, article.title.trim());
    thing.add_text("description", at, article.excerpt.unwrap_or_default().trim());
    thing.add_text("datePublished", at, article.published_time.unwrap_or_default());
    thing.add_text("dateModified", at, article.modified_time.unwrap_or_default());
    for name in byline::names_in(&article.byline.unwrap_or_default()) {
        thing.add_text("author", at, name);
    }
    Some(Reading { thing: thing.into_node(), is_probable })
}
