//! Archive pages: what `WordPress` writes above the posts of a category, a tag, an author or a day.

use super::dom::{NodeId, squeezed};
use super::marks;
use super::source::Page;
use crate::place::Place;

/// What the posts of an archive page have in common.
#[derive(Debug)]
pub(super) enum Archive {
    Category(Heading),
    Tag(Heading),
    /// The posts of an author or a time, or the front page: posts say as much themselves.
    Other,
}

/// The heading of an archive.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) at: Place,
    pub(super) name: String,
    /// HTML that says what the archive holds.
    pub(super) description: Option<(Place, String)>,
}

/// Classes of the element that holds the heading, newest themes first.
const HEADINGS: [&str; 4] =
    ["archive-title", "page-title", "wp-block-query-title", "archive-heading"];

const DESCRIPTIONS: [&str; 6] = [
    "archive-description",
    "taxonomy-description",
    "category-archive-meta",
    "archive-meta",
    "wp-block-term-description",
    "category-description",
];

/// What the posts of an archive have in common, as its heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Category,
    Tag,
    Author,
    /// A day, a month or a year.
    Time,
}

/// Words before the name, as `WordPress` and its themes have written them in English.
const OPENINGS: [(&str, Sort); 14] = [
    ("category archives:", Sort::Category),
    ("category archive:", Sort::Category),
    ("category:", Sort::Category),
    ("archive for category:", Sort::Category),
    ("archives for category:", Sort::Category),
    ("tag archives:", Sort::Tag),
    ("tag archive:", Sort::Tag),
    ("posts tagged:", Sort::Tag),
    ("tag:", Sort::Tag),
    ("author archives:", Sort::Author),
    ("author:", Sort::Author),
    ("daily archives:", Sort::Time),
    ("monthly archives:", Sort::Time),
    ("yearly archives:", Sort::Time),
];

/// Words around the name in the oldest themes: `Archive for the ‘News’ Category`.
const AROUND: [(&str, &str, Sort); 2] =
    [("archive for the ", " category", Sort::Category), ("posts tagged ", "", Sort::Tag)];

/// The sort and the name of the archive whose heading this is.
pub(crate) fn heading(words: &str) -> Option<(Sort, String)> {
    let words = squeezed(words);
    let opens = |opening: &str| {
        words.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
    };
    let after = OPENINGS.iter().find(|(opening, _)| opens(opening));
    let (sort, name) = match after {
        Some((opening, sort)) => (*sort, &words[opening.len()..]),
        None => AROUND.iter().find_map(|(before, end, sort)| {
            let rest = words.get(before.len()..).filter(|_| opens(before))?;
            let length = rest.len().checked_sub(end.len())?;
            let closes = rest.get(length..)?.eq_ignore_ascii_case(end);
            let quoted = rest.starts_with(['‘', '“', '\'', '"']);
            (closes && quoted).then(|| (*sort, &rest[..length]))
        })?,
    };
    let name = name.trim_matches(['“', '”', '‘', '’', '"', '\'', '«', '»', ' ']);
    (!name.is_empty()).then(|| (sort, name.to_owned()))
}

/// The archive that a page is, where it is one.
pub(super) fn archive(page: &Page) -> Option<Archive> {
    let dom = &page.dom;
    let body = page.elements("body").next()?;
    let node = dom.below(body).find(|node| marks::has_any(dom, *node, &HEADINGS));
    let classes = |class: &str| dom.has_class(body, class);
    let words = node.map(|node| dom.text(node)).unwrap_or_default();
    let (sort, name) = match heading(&words) {
        Some(known) => known,
        None if classes("archive") && classes("category") => {
            (Sort::Category, name(page, node?, &words))
        }
        None if classes("archive") && classes("tag") => (Sort::Tag, name(page, node?, &words)),
        None => {
            let many = ["archive", "blog", "search"].iter().any(|class| classes(class));
            return many.then_some(Archive::Other);
        }
    };
    let (Some(node), false) = (node, name.is_empty()) else { return Some(Archive::Other) };
    let heading = Heading { at: page.place(node), name, description: description(page, body) };
    Some(match sort {
        Sort::Category => Archive::Category(heading),
        Sort::Tag => Archive::Tag(heading),
        Sort::Author | Sort::Time => Archive::Other,
    })
}

/// The name in a heading whose words are not English: what stands in an element of its own, or
/// after a colon.
fn name(page: &Page, heading: NodeId, words: &str) -> String {
    let dom = &page.dom;
    let own =
        dom.children(heading).filter(|node| matches!(dom.name(*node), "span" | "em" | "strong"));
    let own = own.last().map(|node| dom.text(node)).filter(|name| !name.is_empty());
    own.unwrap_or_else(|| squeezed(words.rsplit(':').next().unwrap_or(words)))
}

fn description(page: &Page, body: NodeId) -> Option<(Place, String)> {
    let dom = &page.dom;
    let node = dom.below(body).find(|node| marks::has_any(dom, *node, &DESCRIPTIONS))?;
    let html = dom.inner_html(node, |_| false);
    (!dom.text(node).is_empty()).then(|| (page.place(node), html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_they_are_of() {
        for (words, wanted) in [
            ("Category Archives: Housing", Some((Sort::Category, "Housing"))),
            ("category:  Housing  co-ops", Some((Sort::Category, "Housing co-ops"))),
            ("Archive for the ‘Housing’ Category", Some((Sort::Category, "Housing"))),
            ("Posts Tagged ‘care’", Some((Sort::Tag, "care"))),
            ("Monthly Archives: May 2011", Some((Sort::Time, "May 2011"))),
            ("Archive for the curious", None),
            ("Category:", None),
            ("Catégorie", None),
        ] {
            let got = heading(words);
            assert_eq!(got.as_ref().map(|(sort, name)| (*sort, &**name)), wanted, "{words}");
        }
    }
}
