//! Where the parts of a query stand in what was given: its text, or its JSON form.

use std::collections::BTreeMap;

use super::{Clause, Query, argument};
use crate::Place;

/// The places of the tests of a query, in the order of the tree from the left,
/// and of its other parts by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// The text of the query, where it was given as one.
    text: String,
    tests: Vec<TestPlace>,
    parts: BTreeMap<String, Place>,
}

/// The place of a test, or of the field of a group.
#[derive(Clone, Debug)]
pub(crate) struct TestPlace {
    /// The name of the field, or the test where it has none.
    pub(crate) field: Place,
    /// The values.
    pub(crate) values: Vec<Place>,
}

impl TestPlace {
    /// The place of the value at `position`.
    pub(crate) fn value(&self, position: usize) -> Place {
        self.values.get(position).unwrap_or(&self.field).clone()
    }
}

impl Places {
    pub(super) fn push(&mut self, place: TestPlace) {
        self.tests.push(place);
    }

    pub(super) fn part(&mut self, name: String, place: Place) {
        self.parts.insert(name, place);
    }

    /// The places in a text.
    pub(super) fn in_text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// The text of the query; none where it was not given as one.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.tests.len()
    }

    /// The place of the test that comes as number `position`.
    pub(crate) fn test(&self, position: usize) -> TestPlace {
        self.tests
            .get(position)
            .cloned()
            .unwrap_or_else(|| TestPlace { field: Place::Offset(0), values: Vec::new() })
    }

    /// The place of a part other than a test, such as `sort/0` or `facets/authors/field`.
    pub(crate) fn named(&self, name: &str) -> Place {
        self.parts.get(name).cloned().unwrap_or_else(|| Place::Pointer(format!("/{name}")))
    }

    /// Puts the values of parameters where they are given.
    pub(super) fn bind(&mut self, clause: &Clause) {
        let mut tests = self.tests.iter_mut();
        bind(clause, &mut tests);
    }

    /// The places in the JSON form of a query.
    pub(crate) fn of(query: &Query) -> Self {
        let mut places = Self::default();
        places.walk(&query.clause, "/where");
        places
    }

    fn walk(&mut self, clause: &Clause, pointer: &str) {
        match clause {
            Clause::And(clauses) => self.list(clauses, &format!("{pointer}/and")),
            Clause::Or(clauses) => self.list(clauses, &format!("{pointer}/or")),
            Clause::Not(clause) => self.walk(clause, &format!("{pointer}/not")),
            Clause::Has(_, clause) => {
                let field = Place::Pointer(format!("{pointer}/field"));
                self.push(TestPlace { field, values: Vec::new() });
                self.walk(clause, &format!("{pointer}/has"));
            }
            Clause::Test(test) => {
                let name = test.op.info().name;
                let value = |position| match test.values.len() {
                    1 if test.op.info().values == super::Arity::One => format!("{pointer}/{name}"),
                    _ => format!("{pointer}/{name}/{position}"),
                };
                let values = (0..test.values.len()).map(|n| Place::Pointer(value(n))).collect();
                let field = match test.field {
                    Some(_) => format!("{pointer}/field"),
                    None => format!("{pointer}/{name}"),
                };
                self.push(TestPlace { field: Place::Pointer(field), values });
            }
        }
    }

    fn list(&mut self, clauses: &[Clause], pointer: &str) {
        for (position, clause) in clauses.iter().enumerate() {
            self.walk(clause, &format!("{pointer}/{position}"));
        }
    }
}

/// Puts the values of parameters of a clause where they are given; its tests come next.
fn bind<'p>(clause: &Clause, tests: &mut impl Iterator<Item = &'p mut TestPlace>) {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => {
            for clause in clauses {
                bind(clause, tests);
            }
        }
        Clause::Not(clause) => bind(clause, tests),
        Clause::Has(_, clause) => {
            tests.next();
            bind(clause, tests);
        }
        Clause::Test(test) => {
            let Some(place) = tests.next() else { return };
            for (position, name) in test.parameters() {
                if let Some(value) = place.values.get_mut(position) {
                    *value = argument::place(name);
                }
            }
        }
    }
}
