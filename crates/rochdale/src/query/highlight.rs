//! Highlights: the best window of each text, with the words that were asked for.

use std::collections::BTreeSet;

use serde::Serialize;

use super::check::{Node, Routes};
use super::collection::{Catalog, Collection};
use super::resolve::{Route, path_of};
use super::words::Phrase;
use crate::field::Value;
use crate::text::{visible, words};

/// How many words a window shows at most.
const WINDOW: usize = 32;

/// How many texts of an entry are shown at most: those with the most of what was asked for first,
/// then the heaviest.
const TEXTS: usize = 3;

/// A part of a text, with the words that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Highlight {
    /// The path of the field.
    pub field: String,
    /// The parts of the window, which together are its text.
    pub parts: Vec<Part>,
}

/// A run of text, asked for or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it was asked for.
    pub hit: bool,
}

/// A text with hits, before it is cut.
struct Found {
    /// How many of the phrases that were asked for stand in it.
    asked: usize,
    weight: u8,
    hits: usize,
    highlight: Highlight,
}

/// The highlights of an entry; the best text first.
pub(super) fn highlights(
    node: &Node,
    number: usize,
    collection: &dyn Collection,
    catalog: &Catalog,
) -> Vec<Highlight> {
    let mut asked = Vec::new();
    phrases(node, &mut asked);
    if asked.is_empty() {
        return Vec::new();
    }
    let entry = collection.entry(number);
    let language = collection.language(number);
    let mut found = Vec::new();
    for (route, weight) in &catalog.words(collection).routes[catalog.kinds[number]] {
        let fitting: Vec<_> = asked
            .iter()
            .filter(|(routes, _)| is_about(*routes, entry.structure(), route))
            .collect();
        if fitting.is_empty() {
            continue;
        }
        route.visit(entry, &mut |value| {
            let text = match value {
                Value::Text(text, markup) => visible(text, markup),
                Value::Keyword(text) => text.into(),
                _ => return,
            };
            let words: Vec<_> = words(&text).collect();
            let written: Vec<_> =
                words.iter().map(|word| (word.written.clone(), language)).collect();
            let each: Vec<_> =
                fitting.iter().map(|(_, phrase)| phrase.positions(&written)).collect();
            let hits: BTreeSet<usize> = each.iter().flatten().copied().collect();
            if !hits.is_empty() {
                let places: Vec<_> = words.iter().map(|word| (word.start, word.end)).collect();
                let parts = cut(&text, &places, &hits);
                let highlight = Highlight { field: path_of(entry.structure(), route), parts };
                let asked = each.iter().filter(|hits| !hits.is_empty()).count();
                found.push(Found { asked, weight: *weight, hits: hits.len(), highlight });
            }
        });
    }
    found.sort_by_key(|found| std::cmp::Reverse((found.asked, found.weight, found.hits)));
    found.into_iter().take(TEXTS).map(|found| found.highlight).collect()
}

/// The phrases that an entry was found by; those of negations are not.
fn phrases<'n>(node: &'n Node, asked: &mut Vec<(Option<&'n Routes>, &'n Phrase)>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| phrases(node, asked)),
        Node::Words(routes, phrase, _) => asked.push((routes.as_ref(), phrase)),
        _ => {}
    }
}

fn is_about(routes: Option<&Routes>, structure: &crate::field::Structure, route: &Route) -> bool {
    let Some(routes) = routes else { return true };
    let own = routes.iter().filter(|(other, _)| other.is(structure));
    own.flat_map(|(_, routes)| routes).any(|other| other.steps == route.steps)
}

/// The window with the most different hits, the earliest of equals, in parts.
fn cut(text: &str, places: &[(usize, usize)], hits: &BTreeSet<usize>) -> Vec<Part> {
    let best = hits
        .iter()
        .map(|first| (hits.range(*first..first + WINDOW).count(), usize::MAX - first))
        .max()
        .map_or(0, |(_, first)| usize::MAX - first);
    let last_hit = hits.range(best..best + WINDOW).next_back().copied().unwrap_or(best);
    // What is left of the window is shared between what stands before and after.
    let spare = WINDOW.saturating_sub(last_hit - best + 1) / 2;
    let first = best.saturating_sub(spare).min(places.len().saturating_sub(WINDOW));
    let last = (first + WINDOW - 1).min(places.len() - 1).max(last_hit);
    let start = if first == 0 { 0 } else { places[first].0 };
    let end = if last + 1 == places.len() { text.len() } else { places[last].1 };
    let mut parts: Vec<Part> = Vec::new();
    let mut push = |text: &str, hit: bool| match parts.last_mut() {
        Some(last) if last.hit == hit => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push(Part { text: text.to_owned(), hit }),
    };
    let mut at = start;
    if first > 0 {
        push("… ", false);
    }
    for hit in hits.range(first..=last) {
        let (from, to) = places[*hit];
        push(&text[at..from], false);
        push(&text[from..to], true);
        at = to;
    }
    push(&text[at..end], false);
    if last + 1 < places.len() {
        push(" …", false);
    }
    parts
}
