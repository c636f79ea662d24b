//! More like this: the words by which an entry differs from others, and the question for them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checker, Node};
use crate::field::{Fields, Value};
use crate::query::phrase::{Asked, Phrase, Shape, Step};
use crate::query::places::TestPlace;
use crate::query::resolve::Route;
use crate::query::score::rarity;
use crate::query::{Operator, Test};
use crate::text::{Language, each_token, visible};
use crate::{Error, Result};

/// How many words of an entry are asked for at most.
const WORDS: usize = 25;

impl Checker<'_> {
    /// The entries that share words with one, those by which it differs from most, without itself.
    pub(super) fn like(&mut self, test: &Test, place: &TestPlace) -> Result<Node> {
        let named = Test { op: Operator::Is, ..test.clone() };
        let (mut words, mut own) = (Vec::new(), BTreeSet::new());
        for (kind, id) in self.references(&named, None, place)? {
            if let Some(number) = self.directory.number(&kind, &id)? {
                words.extend(self.distinguishing(number)?);
                own.insert(number);
            }
        }
        let words = words.into_iter().map(|(stem, weight)| {
            let step = Step { from: 0, to: 1, word: 0 };
            let shape = Shape::InOrder { steps: vec![step], end: 1 };
            let phrase = Phrase { words: vec![Asked::Stems([stem].into())], shape };
            Node::Words(None, phrase, weight * test.boost)
        });
        let words = Node::Or(words.collect());
        Ok(Node::And(vec![words, Node::Not(Box::new(Node::Numbers(own)))]))
    }

    /// The stems that distinguish an entry, the best first, and how much each counts beside it.
    fn distinguishing(&self, number: usize) -> Result<Vec<(String, f64)>> {
        let (total, mut words) = (self.directory.len(), Vec::new());
        for (stem, frequency) in self.directory.stems_of(number)? {
            let holding = self.directory.holding(&stem)?;
            if holding >= 2 {
                words.push((f64::from(frequency) * rarity(total, holding), stem));
            }
        }
        words.sort_unstable_by(|(one, left), (other, right)| {
            other.total_cmp(one).then_with(|| left.cmp(right))
        });
        words.truncate(WORDS);
        let best = words.first().map_or(1.0, |(best, _)| *best);
        Ok(words.into_iter().map(|(weight, stem)| (stem, weight / best)).collect())
    }
}

/// Fails where entries like one are asked for of a field or of a part of an entry.
pub(super) fn sound(test: &Test, entries: bool, place: &TestPlace) -> Result<()> {
    if test.op != Operator::Like || (test.field.is_none() && entries) {
        return Ok(());
    }
    let message = "expected `like:` by itself, about whole entries, not inside a field";
    Err(Error::query(place.field.clone(), message))
}

/// How often each stem stands in an entry with these routes to its texts, by the weights of the
/// texts.
pub(crate) fn stems_of(
    entry: &dyn Fields,
    language: Language,
    routes: &[(Route, u8)],
) -> BTreeMap<String, u32> {
    let mut stems: BTreeMap<String, u32> = BTreeMap::new();
    for (route, weight) in routes {
        route.visit(entry, &mut |value| {
            let text = match value {
                Value::Text(text, markup) => visible(text, markup),
                Value::Keyword(text) => text.into(),
                _ => return,
            };
            // Words at one place that have one stem count once.
            let mut places = BTreeSet::new();
            each_token(&text, &mut |token| {
                places.insert((token.position, language.stem(token.written).into_owned()));
            });
            for (_, stem) in places {
                *stems.entry(stem).or_default() += u32::from(*weight);
            }
        });
    }
    stems
}
