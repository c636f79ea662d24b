//! How a question was answered: the way, the conditions with what they cost, and the parts of scores.

use serde::Serialize;

use super::open::Index;
use super::plan::Plan;
use super::set::Number;
use crate::Result;
use crate::query::{Directory, Node, Phrase, Routes, Wanted, path_of};

/// How a question was answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The way to the entries of the page, one of [`WAYS`](Self::WAYS).
    pub way: &'static str,
    /// The conditions, in the order of the query.
    pub condition: Condition,
    /// For each entry of the page how its score comes about; nothing where no words are searched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<ScorePart>,
}

/// A condition of a query, as it was looked up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Condition {
    /// What is asked, such as `all of` or `words pension`.
    pub what: String,
    /// About how many entries it leads to; those that have to be read count a thousand times.
    pub cost: usize,
    /// The conditions that it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// What a condition adds to the score of an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScorePart {
    /// What is asked.
    pub what: String,
    /// How much it adds.
    pub score: f64,
    /// What that is made of: `score` is their sum, added from the first to the last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ScorePart>,
}

impl Explanation {
    /// Every way in which the entries of a page are found.
    pub const WAYS: &'static [&'static str] = &[
        "in order",
        "best of any word",
        "best of any word, filtered",
        "best of all words",
        "best of all words, filtered",
        "many words",
        "scored",
        "sorted",
    ];
}

impl Index<'_> {
    /// How a query was answered that found these entries in this way.
    pub(crate) fn explain(
        &self,
        plan: &Plan,
        way: &'static str,
        found: impl Iterator<Item = usize>,
    ) -> Result<Explanation> {
        let mut scores = Vec::new();
        if plan.scored {
            for number in found {
                scores.push(self.part(&plan.node, number as Number)?);
            }
        }
        Ok(Explanation { way, condition: self.condition(&plan.node)?, scores })
    }

    fn condition(&self, node: &Node) -> Result<Condition> {
        let inside = match node {
            Node::Tiers(nodes, _) => nodes.iter().collect(),
            Node::Not(node) | Node::Forward(_, node) | Node::Backward(_, node) => vec![&**node],
            node => added(node),
        };
        let conditions: Vec<Condition> =
            inside.into_iter().map(|node| self.condition(node)).collect::<Result<_>>()?;
        Ok(Condition { what: self.what(node), cost: self.cursor(node)?.cost(), conditions })
    }

    fn part(&self, node: &Node, number: Number) -> Result<ScorePart> {
        let what = self.what(node);
        let mut cursor = self.cursor(node)?;
        if cursor.seek(number)? != number {
            return Ok(ScorePart { what, score: 0.0, parts: Vec::new() });
        }
        let parts: Vec<ScorePart> =
            added(node).into_iter().map(|node| self.part(node, number)).collect::<Result<_>>()?;
        Ok(ScorePart { what, score: cursor.score()?, parts })
    }

    /// What a node asks, in a few words.
    fn what(&self, node: &Node) -> String {
        match node {
            Node::And(nodes) if nodes.is_empty() => "every entry".to_owned(),
            Node::And(_) => "all of".to_owned(),
            Node::Or(_) => "any of".to_owned(),
            Node::Tiers(..) => "the first of".to_owned(),
            Node::With(..) => "the first, and more for the others".to_owned(),
            Node::Not(_) => "not".to_owned(),
            Node::Kind(kinds) => {
                let names = kinds.iter().map(|kind| self.kinds()[*kind].name());
                format!("kind {}", names.collect::<Vec<_>>().join(", "))
            }
            Node::Numbers(numbers) => format!("{} entries known by name", numbers.len()),
            Node::Element(routes, _) => format!("one of {}, read", paths(routes)),
            Node::Forward(routes, _) => format!("refers by {} to", paths(routes)),
            Node::Backward(..) => "referred to by".to_owned(),
            Node::Missing(routes) => format!("no {}", paths(routes)),
            Node::Value(routes, op, ..) => format!("{} {}", paths(routes), op.info().name),
            Node::Extra(routes, _, op, ..) => {
                let names = routes.first().map(|(_, _, names)| names.join("."));
                format!("extra.{} {}", names.unwrap_or_default(), op.info().name)
            }
            Node::Words(None, phrase, _) => format!("words {}", words(phrase)),
            Node::Words(Some(routes), phrase, _) => {
                format!("words {} in {}", words(phrase), paths(routes))
            }
        }
    }
}

/// The nodes whose scores are added up to that of a node.
fn added(node: &Node) -> Vec<&Node> {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().collect(),
        Node::With(node, others) => std::iter::once(&**node).chain(others).collect(),
        _ => Vec::new(),
    }
}

/// The fields at the end of routes, each once.
fn paths(routes: &Routes) -> String {
    let each = routes
        .iter()
        .flat_map(|(structure, routes)| routes.iter().map(|route| path_of(structure, route)));
    let mut paths: Vec<String> = each.collect();
    paths.sort_unstable();
    paths.dedup();
    paths.join(", ")
}

/// The words of a phrase, by their stems.
fn words(phrase: &Phrase) -> String {
    let words = phrase.words.iter().map(|word| match word {
        Wanted::Stems(stems) => stems.iter().cloned().collect::<Vec<_>>().join("|"),
        Wanted::Prefix(prefix) => format!("{prefix}*"),
        Wanted::Typing(letters, slips) => {
            format!("{}*~{slips}", letters.iter().collect::<String>())
        }
        Wanted::Typo(letters, slips) => format!("{}~{slips}", letters.iter().collect::<String>()),
    });
    words.collect::<Vec<_>>().join(" ")
}
