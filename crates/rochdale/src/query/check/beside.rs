//! Words of a query that follow each other count more where they do so in an entry too.

use super::{Checker, Node};
use crate::query::phrase::Phrase;
use crate::query::{Clause, Operator, Query, Test};
use crate::text::each_token;
use crate::{Error, Result};

impl Checker<'_> {
    /// The node of a query, with what it asks of words beside each other.
    pub(crate) fn query(&mut self, query: &Query) -> Result<Node> {
        let node = self.entries(&query.clause)?;
        if query.proximity == 0.0 {
            return Ok(node);
        }
        if !(1e-6..=1e6).contains(&query.proximity) {
            let message = "expected 0, or a number from 0.000001 to 1000000";
            return Err(Error::query(self.places.named("proximity"), message));
        }
        let mut pairs = Vec::new();
        neighbours(&query.clause, &mut pairs);
        let languages = self.directory.languages()?;
        let node_of = |(one, other): (&Test, &Test)| {
            let words = format!("{} {}", one.given(0), other.given(0));
            let phrase = Phrase::new(&Test { boost: 1.0, ..one.clone() }, &words, &languages);
            Node::Words(None, phrase, query.proximity * one.boost.min(other.boost))
        };
        let beside: Vec<Node> = pairs.into_iter().map(node_of).collect();
        Ok(if beside.is_empty() { node } else { Node::With(Box::new(node), beside) })
    }
}

/// The tests of words that stand beside each other in a group.
fn neighbours<'c>(clause: &'c Clause, pairs: &mut Vec<(&'c Test, &'c Test)>) {
    let (Clause::And(clauses) | Clause::Or(clauses)) = clause else { return };
    for two in clauses.windows(2) {
        if let [Clause::Test(one), Clause::Test(other)] = two
            && is_plain(one)
            && is_plain(other)
        {
            pairs.push((one, other));
        }
    }
    for clause in clauses {
        neighbours(clause, pairs);
    }
}

/// Whether a test is of words as they are, anywhere in an entry. A value without words, such as
/// `++`, stands beside none.
fn is_plain(test: &Test) -> bool {
    let mut has_words = false;
    if test.field.is_none() && test.op == Operator::Is && test.parameters().next().is_none() {
        each_token(test.given(0), &mut |_| has_words = true);
    }
    has_words
}
