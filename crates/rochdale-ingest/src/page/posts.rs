//! Posts as themes of `WordPress` write them, which are those of hAtom and of microformats2 too.

use std::collections::BTreeSet;

use super::byline;
use super::dom::{Dom, NodeId};
use super::marks::{
    self, ADDRESS, AUTHOR, CONTENT, LABEL, Mark, POST, PUBLISHED, SUMMARY, TITLE, UPDATED,
};
use super::source::Page;
use super::thing::{Thing, marked_up};
use crate::tree::Node;

/// The property that holds the number of a post on its site.
pub(super) const NUMBER: &str = "postNumber";

/// Elements inside of a post's text that are not its text.
const FURNITURE: [&str; 14] = [
    "addtoany_share_save_container",
    "entry-utility",
    "jp-relatedposts",
    "page-links",
    "post-navigation",
    "screen-reader-text",
    "sd-block",
    "sharedaddy",
    "sharing",
    "social-share",
    "wpcnt",
    "wp-block-jetpack-related-posts",
    "wp-block-jetpack-sharing-buttons",
    "yarpp-related",
];

/// Elements that a sanitised text cannot have.
const EMBEDDED: [&str; 7] = ["audio", "embed", "form", "iframe", "object", "svg", "video"];

/// The posts of a page.
pub(super) fn things(page: &Page) -> Vec<Node> {
    let dom = &page.dom;
    // Some themes mark comments as they mark posts.
    let is_post = |node: NodeId| {
        (marks::has_any(dom, node, POST) || is_numbered(dom, node))
            && !dom.has_class(node, "comment")
    };
    let roots = dom.outermost(0, is_post);
    let mut things = Vec::new();
    for root in roots {
        match thing(page, root) {
            Some(thing) => things.push(thing),
            None => page.pass_over("post without title and text"),
        }
    }
    things
}

/// Whether an element has the classes that `WordPress` gives each post.
fn is_numbered(dom: &Dom, node: NodeId) -> bool {
    dom.has_class(node, "post") && number(dom, node).is_some()
}

/// The number in a class or an id `post-123`.
fn number(dom: &Dom, node: NodeId) -> Option<&str> {
    let mut words = dom.words(node, "class").chain(dom.words(node, "id"));
    words.find_map(|word| {
        let number = word.strip_prefix("post-")?;
        (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
    })
}

fn thing(page: &Page, root: NodeId) -> Option<Node> {
    let (dom, at) = (&page.dom, page.place(root));
    let mut thing = Thing::new(at, ["BlogPosting".to_owned()]);
    title(page, root, &mut thing);
    address(page, root, &mut thing);
    dates(page, root, &mut thing);
    authors(page, root, &mut thing);
    prose(page, root, &mut thing);
    labels(page, root, &mut thing);
    if let Some(number) = number(dom, root) {
        thing.add_text(NUMBER, at, number);
    }
    let status = dom.words(root, "class").find_map(|word| word.strip_prefix("status-"));
    if let Some(status) = status {
        let status = match status {
            "publish" => "published",
            "future" => "scheduled",
            "trash" => "trashed",
            other => other,
        };
        thing.add_text("creativeWorkStatus", at, status);
    }
    let says = ["headline", "articleBody", "description"].iter().any(|name| thing.has(name));
    says.then(|| thing.into_node())
}

fn title(page: &Page, root: NodeId, thing: &mut Thing) {
    let dom = &page.dom;
    let heading = || {
        dom.below(root).find(|node| {
            matches!(dom.name(*node), "h1" | "h2" | "h3")
                && dom.below(*node).any(|inner| dom.has_rel(inner, "bookmark"))
        })
    };
    if let Some(node) = TITLE.first(dom, root).or_else(heading) {
        thing.add_text("headline", page.place(node), dom.text(node));
    }
}

fn address(page: &Page, root: NodeId, thing: &mut Thing) {
    let dom = &page.dom;
    let linked = |node: &NodeId| dom.name(*node) == "a" && dom.filled(*node, "href").is_some();
    let own = |mark: &Mark| mark.first(dom, root).filter(linked);
    let bookmark = || {
        let inside = dom.below(root).filter(linked);
        inside.into_iter().find(|node| dom.has_rel(*node, "bookmark"))
    };
    let in_title = || {
        let title = TITLE.first(dom, root)?;
        let around = dom.ancestors(title).find(|node| linked(node) && *node != root);
        dom.below(title).find(linked).or(around)
    };
    let found = marked(page, root, "u-url").or_else(bookmark).or_else(in_title);
    let found = found.or_else(|| own(&ADDRESS).filter(|node| !in_author(page, root, *node)));
    if let Some(node) = found.filter(linked) {
        let href = dom.filled(node, "href").unwrap_or_default();
        let address = page.absolute(href);
        let address = address.split('#').next().unwrap_or(&address);
        thing.add_text("url", page.place(node), address);
    }
}

/// The first element of a class, not inside of a root below.
fn marked(page: &Page, root: NodeId, class: &str) -> Option<NodeId> {
    let dom = &page.dom;
    let found = dom.outermost(root, |node| dom.has_class(node, class) || marks::is_root(dom, node));
    found.into_iter().find(|node| dom.has_class(*node, class))
}

fn in_author(page: &Page, root: NodeId, node: NodeId) -> bool {
    let dom = &page.dom;
    let around = dom.ancestors(node).take_while(|around| *around != root);
    around.chain([node]).any(|around| marks::has_any(dom, around, &["author", "p-author", "vcard"]))
}

fn dates(page: &Page, root: NodeId, thing: &mut Thing) {
    let dom = &page.dom;
    let published = PUBLISHED.first(dom, root).and_then(|node| date(page, node));
    let updated = UPDATED.first(dom, root).and_then(|node| date(page, node));
    // Themes that show one date often mark it as the time of the last change.
    let time = || {
        let times =
            dom.outermost(root, |node| dom.name(node) == "time" || marks::is_root(dom, node));
        let time = times.into_iter().find(|node| dom.attribute(*node, "datetime").is_some())?;
        date(page, time)
    };
    match (published, updated) {
        (None, Some(updated)) => thing.add("datePublished", updated),
        (Some(published), updated) => {
            let changed = updated.filter(|node| node.as_text() != published.as_text());
            thing.add("datePublished", published);
            if let Some(updated) = changed {
                thing.add("dateModified", updated);
            }
        }
        (None, None) => {
            if let Some(node) = time() {
                thing.add("datePublished", node);
            }
        }
    }
}

/// The date that an element states, in an attribute, in parts or in words.
pub(super) fn date(page: &Page, node: NodeId) -> Option<Node> {
    let dom = &page.dom;
    let attribute = |node: NodeId| match dom.name(node) {
        "time" | "ins" | "del" => dom.filled(node, "datetime"),
        "abbr" => dom.filled(node, "title"),
        "data" | "input" => dom.filled(node, "value"),
        _ if dom.has_class(node, "value-title") => dom.filled(node, "title"),
        _ => None,
    };
    let parts = dom.outermost(node, |inner| marks::has_any(dom, inner, &["value", "value-title"]));
    let text = if parts.is_empty() {
        let inner = || {
            let time = dom.below(node).find(|inner| dom.name(*inner) == "time")?;
            attribute(time).map(str::to_owned)
        };
        attribute(node).map(str::to_owned).or_else(inner).unwrap_or_else(|| dom.text(node))
    } else {
        let words = parts
            .into_iter()
            .map(|part| attribute(part).map_or_else(|| dom.text(part), str::to_owned));
        words.collect::<Vec<_>>().join(" ")
    };
    (!text.trim().is_empty()).then(|| Node::text(page.place(node), text.trim()))
}

fn authors(page: &Page, root: NodeId, thing: &mut Thing) {
    let dom = &page.dom;
    let mut found = AUTHOR.all(dom, root);
    if found.is_empty() {
        found = dom
            .outermost(root, |node| dom.has_rel(node, "author") || marks::has_any(dom, node, POST));
        found.retain(|node| dom.has_rel(*node, "author"));
    }
    let mut seen = BTreeSet::new();
    for node in found {
        let inner =
            || dom.below(node).find(|inner| marks::has_any(dom, *inner, &["fn", "p-name", "n"]));
        let named = inner().unwrap_or(node);
        let link = std::iter::once(named)
            .chain(dom.below(node))
            .find(|inner| dom.name(*inner) == "a" && dom.filled(*inner, "href").is_some());
        for name in byline::names_in(&dom.text(named)) {
            if !seen.insert(name.clone()) {
                continue;
            }
            let mut person = Thing::new(page.place(named), ["Person".to_owned()]);
            person.add_text("name", page.place(named), name);
            if let Some(href) = link.and_then(|link| dom.filled(link, "href")) {
                person.add_text("url", page.place(node), page.absolute(href));
            }
            thing.add("author", person.into_node());
        }
    }
}

fn prose(page: &Page, root: NodeId, thing: &mut Thing) {
    let dom = &page.dom;
    let furniture = |node: NodeId| marks::has_any(dom, node, &FURNITURE);
    if let Some(node) = SUMMARY.first(dom, root) {
        let text = dom.text_without(node, |inner| furniture(inner) || is_more(dom, inner));
        thing.add_text("description", page.place(node), text);
    }
    let Some(node) = CONTENT.first(dom, root) else { return };
    let at = page.place(node);
    if dom.below(node).any(|inner| is_more(dom, inner)) {
        // The rest of the text is on another page, so this is no body.
        let text = dom.text_without(node, |inner| furniture(inner) || is_more(dom, inner));
        if !thing.has("description") {
            thing.add_text("description", at, text);
        }
        return;
    }
    for inner in dom.below(node).filter(|inner| EMBEDDED.contains(&dom.name(*inner))) {
        page.pass_over(format!("embedded {}", dom.name(inner)));
    }
    let html = dom.inner_html(node, furniture);
    if !dom.text_without(node, furniture).is_empty() || html.contains("<img") {
        thing.add("articleBody", marked_up(at, html, "html"));
    }
}

/// Whether an element leads to the rest of a post.
fn is_more(dom: &Dom, node: NodeId) -> bool {
    marks::has_any(dom, node, &["more-link", "wp-block-post-excerpt__more-link", "read-more"])
        && dom.name(node) == "a"
}

fn labels(page: &Page, root: NodeId, thing: &mut Thing) {
    let dom = &page.dom;
    let links = dom.outermost(root, |node| {
        dom.has_rel(node, "category") || dom.has_rel(node, "tag") || marks::has_any(dom, node, POST)
    });
    let mut seen = BTreeSet::new();
    for node in links {
        let text = dom.text(node);
        let is_label = dom.has_rel(node, "category") || dom.has_rel(node, "tag");
        if !is_label || text.is_empty() || seen.contains(&text) {
            continue;
        }
        let around = || dom.ancestors(node).take_while(|around| *around != root);
        let filed = dom.has_rel(node, "category")
            || around()
                .any(|around| marks::has_any(dom, around, &["cat-links", "taxonomy-category"]));
        thing.add_text(if filed { "articleSection" } else { "keywords" }, page.place(node), &*text);
        seen.insert(text);
    }
    for node in LABEL.all(dom, root) {
        let text = dom.text(node);
        if seen.insert(text.clone()) {
            thing.add_text("keywords", page.place(node), text);
        }
    }
}
