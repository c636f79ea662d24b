//! Events and people as microformats2 and the older microformats write them.

use super::dom::NodeId;
use super::marks::{
    self, ADDRESS, ALIAS, CARD, COUNTRY, DESCRIPTION, ENDS, EVENT, FAMILY, GIVEN, LABEL, LATITUDE,
    LOCALITY, LONGITUDE, Mark, NAME, NOTE, ORGANISATION, ORGANISER, PLACE, POST, PREFIX, ROLE,
    STARTS,
};
use super::posts::date;
use super::source::Page;
use super::thing::{Thing, marked_up};
use crate::tree::Node;

/// The events of a page, and the cards that are no part of a post or an event.
pub(super) fn things(page: &Page) -> Vec<Node> {
    let dom = &page.dom;
    let events = dom.outermost(0, |node| marks::has_any(dom, node, EVENT));
    let mut things: Vec<Node> = events.into_iter().map(|node| event(page, node)).collect();
    let inside = |node: NodeId| {
        marks::has_any(dom, node, POST) || marks::has_any(dom, node, EVENT) || is_card(page, node)
    };
    let cards = dom.outermost(0, inside).into_iter().filter(|node| is_card(page, *node));
    things.extend(cards.map(|node| card(page, node)));
    things
}

/// Whether an element is a card by itself, not the author of what is around it.
fn is_card(page: &Page, node: NodeId) -> bool {
    let dom = &page.dom;
    marks::has_any(dom, node, CARD)
        && !marks::has_any(dom, node, &["author", "p-author", "comment-author"])
}

fn event(page: &Page, root: NodeId) -> Node {
    let dom = &page.dom;
    let mut thing = Thing::new(page.place(root), ["Event".to_owned()]);
    words(page, root, &mut thing, &[(&NAME, "name")]);
    address(page, root, &mut thing, "url");
    for (mark, property) in [(&STARTS, "startDate"), (&ENDS, "endDate")] {
        if let Some(date) = mark.first(dom, root).and_then(|node| date(page, node)) {
            thing.add(property, date);
        }
    }
    if let Some(node) = DESCRIPTION.first(dom, root) {
        let html = dom.inner_html(node, |_| false);
        if !dom.text(node).is_empty() {
            thing.add("description", marked_up(page.place(node), html, "html"));
        }
    }
    if let Some(node) = PLACE.first(dom, root) {
        thing.add("location", place(page, node));
    }
    for node in ORGANISER.all(dom, root) {
        let mut organiser = named(page, node, "Organization");
        address(page, node, &mut organiser, "url");
        thing.add("organizer", organiser.into_node());
    }
    for node in LABEL.all(dom, root) {
        thing.add_text("keywords", page.place(node), dom.text(node));
    }
    thing.into_node()
}

fn place(page: &Page, node: NodeId) -> Node {
    let mut place = named(page, node, "Place");
    let mut postal = Thing::new(page.place(node), ["PostalAddress".to_owned()]);
    words(page, node, &mut postal, &[(&LOCALITY, "addressLocality"), (&COUNTRY, "addressCountry")]);
    place.add("address", postal.into_node());
    let mut geo = Thing::new(page.place(node), ["GeoCoordinates".to_owned()]);
    words(page, node, &mut geo, &[(&LATITUDE, "latitude"), (&LONGITUDE, "longitude")]);
    place.add("geo", geo.into_node());
    place.into_node()
}

/// A thing called by the name inside of an element, or by all its words.
fn named(page: &Page, node: NodeId, kind: &str) -> Thing {
    let dom = &page.dom;
    let mut thing = Thing::new(page.place(node), [kind.to_owned()]);
    let name = NAME.first(dom, node).unwrap_or(node);
    thing.add_text("name", page.place(name), dom.text(name));
    thing
}

fn card(page: &Page, root: NodeId) -> Node {
    let dom = &page.dom;
    let name = NAME.first(dom, root);
    let organisation = ORGANISATION.first(dom, root);
    let same = |one: NodeId, other: NodeId| dom.text(one) == dom.text(other);
    let is_body = name.zip(organisation).is_some_and(|(name, other)| same(name, other));
    let mut thing = named(page, root, if is_body { "Organization" } else { "Person" });
    words(
        page,
        root,
        &mut thing,
        &[
            (&GIVEN, "givenName"),
            (&FAMILY, "familyName"),
            (&PREFIX, "honorificPrefix"),
            (&ALIAS, "alternateName"),
            (&ROLE, "jobTitle"),
            (&NOTE, "description"),
        ],
    );
    if let Some(organisation) = organisation.filter(|_| !is_body) {
        let mut body = named(page, organisation, "Organization");
        address(page, organisation, &mut body, "url");
        thing.add("worksFor", body.into_node());
    }
    address(page, root, &mut thing, "url");
    thing.into_node()
}

/// The words of marked elements as properties.
fn words(page: &Page, root: NodeId, thing: &mut Thing, marks: &[(&Mark, &str)]) {
    let dom = &page.dom;
    for (mark, property) in marks {
        if let Some(node) = mark.first(dom, root) {
            let value = match dom.name(node) {
                "abbr" => dom.filled(node, "title"),
                "data" => dom.filled(node, "value"),
                _ => None,
            };
            let text = value.map_or_else(|| dom.text(node), str::to_owned);
            thing.add_text(property, page.place(node), text);
        }
    }
}

/// The first address inside of a root, or its own, as a property.
fn address(page: &Page, root: NodeId, thing: &mut Thing, property: &str) {
    let dom = &page.dom;
    let own = Some(root).filter(|node| dom.name(*node) == "a");
    let Some(node) = ADDRESS.first(dom, root).or(own) else { return };
    if let Some(href) = dom.filled(node, "href") {
        thing.add_text(property, page.place(node), page.absolute(href));
    }
}
