//! The plain evaluator: every entry is looked at.
//!
//! It is short enough to be believed, and so the measure of any faster way to
//! the same answer.

use std::collections::BTreeSet;

use super::check::{Node, Routes};
use super::collection::{Catalog, Collection};
use super::phrase::Phrase;
use super::resolve::Route;
use super::score::{length_byte, rarity, tier};
use super::value::{Cell, Operand, Shape, extra};
use super::{Certainty, Operator};
use crate::field::{FieldType, Fields, Structure, Value};
use crate::text::Language;

/// A node with all that can be known before an entry is looked at.
enum Ready<'a> {
    And(Vec<Ready<'a>>),
    Or(Vec<Ready<'a>>),
    Not(Box<Ready<'a>>),
    With(Box<Ready<'a>>, Vec<Ready<'a>>),
    /// Whether each entry is meant.
    Entries(Vec<bool>),
    Element(&'a Routes, Box<Ready<'a>>),
    /// A reference to one of these.
    Refers(&'a Routes, BTreeSet<(String, String)>),
    Missing(&'a Routes),
    Value(&'a Routes, Operator, Certainty, &'a Operand),
    Extra(&'a Node),
    /// The score of each entry that has the words.
    Scores(Vec<Option<f64>>),
    /// Words inside a structure, which are not scored.
    Inside(&'a Routes, &'a Phrase),
}

/// Evaluates nodes for the entries of a collection.
pub(super) struct Scan<'a> {
    pub(super) collection: &'a dyn Collection,
    pub(super) catalog: &'a Catalog,
}

impl Scan<'_> {
    /// The score of each entry that meets the node; 0 where nothing is scored.
    pub(super) fn scores(&self, node: &Node) -> Vec<Option<f64>> {
        let ready = self.ready(node, true);
        (0..self.collection.len())
            .map(|number| self.score(&ready, self.collection.entry(number), number))
            .collect()
    }

    fn ready<'n>(&self, node: &'n Node, entries: bool) -> Ready<'n> {
        let each = |nodes: &'n [Node]| nodes.iter().map(|node| self.ready(node, entries)).collect();
        match node {
            Node::And(nodes) => Ready::And(each(nodes)),
            Node::Or(nodes) => Ready::Or(each(nodes)),
            Node::Not(node) => Ready::Not(Box::new(self.ready(node, entries))),
            Node::Kind(kinds) => {
                Ready::Entries(self.catalog.kinds.iter().map(|kind| kinds.contains(kind)).collect())
            }
            Node::Numbers(numbers) => Ready::Entries(
                (0..self.collection.len()).map(|number| numbers.contains(&number)).collect(),
            ),
            Node::Element(routes, node) => {
                Ready::Element(routes, Box::new(self.ready(node, false)))
            }
            Node::Forward(routes, node) => Ready::Refers(routes, self.pairs(node)),
            Node::Backward(sources, node) => Ready::Entries(self.referred(sources, node)),
            Node::Missing(routes) => Ready::Missing(routes),
            Node::Value(routes, op, certainty, operand) => {
                Ready::Value(routes, *op, *certainty, operand)
            }
            Node::Extra(..) => Ready::Extra(node),
            Node::With(node, others) => {
                Ready::With(Box::new(self.ready(node, entries)), each(others))
            }
            Node::Tiers(nodes, _) if !entries => Ready::Or(each(nodes)),
            Node::Tiers(nodes, weight) => Ready::Scores(self.tiers(nodes, *weight)),
            Node::Words(Some(routes), phrase, _) if !entries => Ready::Inside(routes, phrase),
            Node::Words(routes, phrase, boost) => {
                Ready::Scores(self.words(routes.as_ref(), phrase, *boost))
            }
        }
    }

    /// Kind and id of each entry that meets the node.
    fn pairs(&self, node: &Node) -> BTreeSet<(String, String)> {
        let met = self.scores(node).into_iter().enumerate().filter(|(_, score)| score.is_some());
        met.map(|(number, _)| {
            let kind = self.collection.kinds()[self.catalog.kinds[number]].name();
            (kind.to_owned(), super::collection::id(self.collection.entry(number)))
        })
        .collect()
    }

    /// Whether each entry is referred to by one that meets the node.
    fn referred(&self, sources: &[(usize, Route)], node: &Node) -> Vec<bool> {
        let mut referred = vec![false; self.collection.len()];
        for (number, score) in self.scores(node).into_iter().enumerate() {
            if score.is_none() {
                continue;
            }
            for (_, route) in sources.iter().filter(|(kind, _)| *kind == self.catalog.kinds[number])
            {
                route.visit(self.collection.entry(number), &mut |value| {
                    if let Value::Reference(kind, id) = value
                        && let Some(target) = self.catalog.number(kind, id)
                    {
                        referred[target] = true;
                    }
                });
            }
        }
        referred
    }

    fn score(&self, node: &Ready<'_>, fields: &dyn Fields, number: usize) -> Option<f64> {
        let met = |met: bool| met.then_some(0.0);
        match node {
            Ready::And(nodes) => nodes
                .iter()
                .try_fold(0.0, |sum, node| Some(sum + self.score(node, fields, number)?)),
            Ready::Or(nodes) => nodes
                .iter()
                .filter_map(|node| self.score(node, fields, number))
                .fold(None, |sum: Option<f64>, score| Some(sum.unwrap_or(0.0) + score)),
            Ready::With(node, others) => {
                let score = self.score(node, fields, number)?;
                let others = others.iter().filter_map(|node| self.score(node, fields, number));
                Some(others.fold(score, |sum, score| sum + score))
            }
            Ready::Not(node) => met(self.score(node, fields, number).is_none()),
            Ready::Entries(meant) => met(meant[number]),
            Ready::Scores(scores) => scores[number],
            Ready::Element(routes, node) => met(any(routes, fields, |value| match value {
                Value::Structure(inner) => self.score(node, inner, number).is_some(),
                _ => false,
            })),
            Ready::Refers(routes, targets) => met(any(routes, fields, |value| match value {
                Value::Reference(kind, id) => targets.contains(&(kind.to_owned(), id.to_owned())),
                _ => false,
            })),
            Ready::Missing(routes) => {
                let here = routes.iter().any(|(structure, _)| structure.is(fields.structure()));
                met(here && !any(routes, fields, holds))
            }
            Ready::Value(routes, op, certainty, operand) => met(any(routes, fields, |value| {
                Cell::of(value).is_some_and(|cell| operand.meets(*op, *certainty, &cell))
            })),
            Ready::Extra(node) => met(meets_extra(node, fields)),
            Ready::Inside(routes, phrase) => {
                let language = self.collection.language(number);
                met(any(routes, fields, |value| has_words(value, phrase, language)))
            }
        }
    }

    /// The score of the first of some nodes that an entry meets, above those of the next ones.
    fn tiers(&self, nodes: &[Node], weight: f64) -> Vec<Option<f64>> {
        let step = weight * self.catalog.scoring.highest(self.collection.len());
        let mut scores = vec![None; self.collection.len()];
        for (node, above) in nodes.iter().zip((0..nodes.len()).rev()) {
            for (score, own) in scores.iter_mut().zip(self.scores(node)) {
                *score = score.or(own.map(|own| tier(step, above) + own));
            }
        }
        scores
    }

    /// The score of a phrase in each entry that has it.
    fn words(&self, routes: Option<&Routes>, phrase: &Phrase, boost: f64) -> Vec<Option<f64>> {
        let words = self.catalog.words(self.collection);
        let finder = words.finder(phrase);
        let places: Vec<Vec<(usize, u32)>> = words
            .routes
            .iter()
            .zip(self.collection.kinds())
            .map(|(known, kind)| chosen(known, kind.structure, routes))
            .collect();
        let total = self.collection.len();
        let (mut frequencies, mut lengths) = (vec![0_u32; total], vec![0_u32; total]);
        let mut holding = vec![0; finder.len()];
        for number in 0..total {
            let mut has = vec![false; finder.len()];
            for (route, weight) in &places[self.catalog.kinds[number]] {
                for value in words.values(number, *route) {
                    lengths[number] += weight * small(value.len());
                    frequencies[number] += weight * small(finder.count(value));
                    for (word, has) in has.iter_mut().enumerate() {
                        *has = *has || finder.has_word(word, value);
                    }
                }
            }
            for (word, has) in has.into_iter().enumerate() {
                holding[word] += usize::from(has);
            }
        }
        let with_words = lengths.iter().filter(|length| **length > 0).count() as u64;
        let sum = lengths.iter().map(|length| u64::from(*length)).sum();
        let scorer = self.catalog.scoring.scorer(sum, with_words);
        let rare = |holding: &usize| (*holding > 0).then(|| rarity(total, *holding));
        let rarity = finder.rarity(&holding.iter().map(rare).collect::<Vec<_>>());
        let each = frequencies.iter().zip(lengths);
        each.map(|(frequency, length)| {
            (*frequency > 0).then(|| scorer.score(boost * rarity, *frequency, length_byte(length)))
        })
        .collect()
    }
}

/// The routes to words that a test is about, and their weights; each counts
/// once where a field is named.
fn chosen(
    known: &[(Route, u8)],
    structure: &'static Structure,
    routes: Option<&Routes>,
) -> Vec<(usize, u32)> {
    let all = known.iter().enumerate();
    let Some(routes) = routes else {
        return all.map(|(position, (_, weight))| (position, u32::from(*weight))).collect();
    };
    let asked: Vec<_> = routes
        .iter()
        .filter(|(other, _)| other.is(structure))
        .flat_map(|(_, routes)| routes)
        .collect();
    all.filter(|(_, (route, _))| asked.iter().any(|asked| asked.steps == route.steps))
        .map(|(position, _)| (position, 1))
        .collect()
}

/// A count of words, which all stand in memory.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether any value at the end of the routes fits.
fn any(routes: &Routes, fields: &dyn Fields, fits: impl Fn(Value<'_>) -> bool) -> bool {
    let mut found = false;
    let own = routes.iter().filter(|(structure, _)| structure.is(fields.structure()));
    for route in own.flat_map(|(_, routes)| routes) {
        route.visit(fields, &mut |value| found = found || fits(value));
    }
    found
}

/// Whether a value is anything; an empty map is nothing.
fn holds(value: Value<'_>) -> bool {
    !matches!(value, Value::Extra(map) if map.is_empty())
}

fn has_words(value: Value<'_>, phrase: &Phrase, language: Language) -> bool {
    let Some(Cell::Text(text)) = Cell::of(value) else { return false };
    phrase.is_in(&text, language)
}

/// Whether the fields of `extra` meet the node.
fn meets_extra(node: &Node, fields: &dyn Fields) -> bool {
    let Node::Extra(routes, shape, op, certainty, operand) = node else { return false };
    let (mut here, mut any, mut met) = (false, false, false);
    for (_, route, names) in
        routes.iter().filter(|(structure, ..)| structure.is(fields.structure()))
    {
        here = true;
        extra_cells(route, names, fields, *shape, &mut |cell| {
            any = true;
            met = met
                || operand.as_ref().is_some_and(|operand| operand.meets(*op, *certainty, &cell));
        });
    }
    if operand.is_none() { here && !any } else { met }
}

/// Visits the values of a name of `extra`.
pub(crate) fn extra_cells<'a>(
    route: &Route,
    names: &[String],
    fields: &'a dyn Fields,
    shape: Shape,
    visit: &mut dyn FnMut(Cell<'a>),
) {
    route.visit(fields, &mut |value| {
        let Value::Extra(map) = value else { return };
        let Some((first, rest)) = names.split_first() else { return };
        if let Some(json) = map.get(first) {
            extra(json, rest, &mut |json| visit(Cell::of_extra(json, shape)));
        }
    });
}

/// Whether a route ends in a reference to a kind of this name.
pub(super) fn refers_to(route: &Route, kind: &str) -> bool {
    matches!(route.field.ty, FieldType::Reference(to) if to.is_none_or(|to| to == kind))
}
