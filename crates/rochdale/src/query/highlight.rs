//! Highlights: the best window of each text, with the words that were asked for.

mod cut;
mod seek;

use serde::Serialize;

use self::cut::cut;
use self::seek::Seeker;
use super::check::{Node, Routes};
use super::phrase::Phrase;
use super::resolve::{Route, path_of};
use crate::field::{Fields, Structure, Value};
use crate::text::{Language, visible};

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

/// Makes the highlights of the entries that a query found.
pub(crate) struct Highlighter<'n> {
    /// The phrases that entries were found by, each with the fields that it is asked of.
    asked: Vec<Option<&'n Routes>>,
    seeker: Seeker<'n>,
}

/// A text with hits.
struct Found {
    /// How many of the phrases that were asked for stand in it.
    asked: usize,
    weight: u8,
    hits: usize,
    highlight: Highlight,
}

impl<'n> Highlighter<'n> {
    /// Prepares to highlight what a query asks for; nothing where it asks for no words.
    pub(crate) fn new(node: &'n Node) -> Option<Self> {
        let mut asked = Vec::new();
        phrases(node, &mut asked);
        let (asked, phrases): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
        (!asked.is_empty()).then(|| Self { asked, seeker: Seeker::new(phrases) })
    }

    /// The highlights of an entry with these routes to its texts; the best text first.
    pub(crate) fn highlights(
        &mut self,
        entry: &dyn Fields,
        language: Language,
        routes: &[(Route, u8)],
    ) -> Vec<Highlight> {
        let mut found = Vec::new();
        for (route, weight) in routes {
            let asked = self.asked.iter().copied();
            let about: Vec<bool> =
                asked.map(|asked| is_about(asked, entry.structure(), route)).collect();
            if !about.contains(&true) {
                continue;
            }
            route.visit(entry, &mut |value| {
                let text = match value {
                    Value::Text(text, markup) => visible(text, markup),
                    Value::Keyword(text) => text.into(),
                    _ => return,
                };
                let sought = self.seeker.seek(&text, language, &about);
                if !sought.hits.is_empty() {
                    let parts = cut(&text, sought);
                    let highlight = Highlight { field: path_of(entry.structure(), route), parts };
                    let (asked, hits) = (sought.asked, sought.hits.len());
                    found.push(Found { asked, weight: *weight, hits, highlight });
                }
            });
        }
        found.sort_by_key(|found| std::cmp::Reverse((found.asked, found.weight, found.hits)));
        found.into_iter().take(TEXTS).map(|found| found.highlight).collect()
    }
}

/// The phrases that an entry was found by; those of negations are not.
fn phrases<'n>(node: &'n Node, asked: &mut Vec<(Option<&'n Routes>, &'n Phrase)>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) | Node::Tiers(nodes, _) => {
            for node in nodes {
                phrases(node, asked);
            }
        }
        Node::With(node, _) => phrases(node, asked),
        Node::Words(routes, phrase, _) => asked.push((routes.as_ref(), phrase)),
        _ => {}
    }
}

fn is_about(routes: Option<&Routes>, structure: &Structure, route: &Route) -> bool {
    let Some(routes) = routes else { return true };
    let own = routes.iter().filter(|(other, _)| other.is(structure));
    own.flat_map(|(_, routes)| routes).any(|other| other.steps == route.steps)
}
