//! Classes of microformats2, of the older microformats and of `WordPress`, and what they mark.

use super::dom::{Dom, NodeId};

/// What a class marks.
pub(super) struct Mark {
    /// The classes, the clearest first; only elements of the first that is found count.
    classes: &'static [&'static str],
}

const fn mark(classes: &'static [&'static str]) -> Mark {
    Mark { classes }
}

pub(super) const POST: &[&str] = &["h-entry", "hentry", "wp-block-post"];
pub(super) const EVENT: &[&str] = &["h-event", "vevent"];
pub(super) const CARD: &[&str] = &["h-card", "vcard"];

pub(super) const TITLE: Mark =
    mark(&["p-name", "entry-title", "wp-block-post-title", "post-title"]);
pub(super) const NAME: Mark = mark(&["p-name", "fn", "summary"]);
pub(super) const ADDRESS: Mark = mark(&["u-url", "url", "uid"]);
pub(super) const PUBLISHED: Mark =
    mark(&["dt-published", "published", "entry-date", "wp-block-post-date", "post-date"]);
pub(super) const UPDATED: Mark = mark(&["dt-updated", "updated"]);
pub(super) const AUTHOR: Mark =
    mark(&["p-author", "author", "wp-block-post-author-name", "wp-block-post-author", "byline"]);
pub(super) const SUMMARY: Mark = mark(&["p-summary", "entry-summary", "wp-block-post-excerpt"]);
pub(super) const CONTENT: Mark =
    mark(&["e-content", "entry-content", "wp-block-post-content", "post-content"]);
pub(super) const LABEL: Mark = mark(&["p-category"]);
pub(super) const STARTS: Mark = mark(&["dt-start", "dtstart"]);
pub(super) const ENDS: Mark = mark(&["dt-end", "dtend"]);
pub(super) const PLACE: Mark = mark(&["p-location", "location"]);
pub(super) const LOCALITY: Mark = mark(&["p-locality", "locality"]);
pub(super) const COUNTRY: Mark = mark(&["p-country-name", "country-name"]);
pub(super) const LATITUDE: Mark = mark(&["p-latitude", "latitude"]);
pub(super) const LONGITUDE: Mark = mark(&["p-longitude", "longitude"]);
pub(super) const ORGANISER: Mark = mark(&["p-organizer", "organizer"]);
pub(super) const DESCRIPTION: Mark =
    mark(&["e-content", "p-summary", "p-description", "description"]);
pub(super) const ORGANISATION: Mark = mark(&["p-org", "org"]);
pub(super) const GIVEN: Mark = mark(&["p-given-name", "given-name"]);
pub(super) const FAMILY: Mark = mark(&["p-family-name", "family-name"]);
pub(super) const PREFIX: Mark = mark(&["p-honorific-prefix", "honorific-prefix"]);
pub(super) const ALIAS: Mark = mark(&["p-nickname", "nickname"]);
pub(super) const ROLE: Mark = mark(&["p-job-title", "title", "p-role", "role"]);
pub(super) const NOTE: Mark = mark(&["p-note", "note"]);

/// Whether an element begins a post, an event or a card.
pub(super) fn is_root(dom: &Dom, node: NodeId) -> bool {
    [POST, EVENT, CARD].iter().any(|classes| has_any(dom, node, classes))
}

pub(super) fn has_any(dom: &Dom, node: NodeId, classes: &[&str]) -> bool {
    dom.words(node, "class").any(|word| classes.contains(&word))
}

impl Mark {
    /// The elements inside of a root that are marked so, without those of roots inside of it. A
    /// root that is marked itself counts: `<div class="p-author h-card">`.
    pub(super) fn all(&self, dom: &Dom, root: NodeId) -> Vec<NodeId> {
        let inside = |node: NodeId| has_any(dom, node, self.classes) || is_root(dom, node);
        let found = dom.outermost(root, inside);
        let of = |class: &&&str| found.iter().any(|node| dom.has_class(*node, class));
        let Some(class) = self.classes.iter().find(of) else { return Vec::new() };
        found.into_iter().filter(|node| dom.has_class(*node, class)).collect()
    }

    pub(super) fn first(&self, dom: &Dom, root: NodeId) -> Option<NodeId> {
        self.all(dom, root).first().copied()
    }
}
