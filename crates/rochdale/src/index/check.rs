//! Conditions on what stands inside an entry, tested on the entry itself.

use hashbrown::HashSet;

use super::open::Index;
use super::set::END;
use crate::Result;
use crate::field::{Fields, Structure, Value};
use crate::query::{
    Asked, Cell, Certainty, ExtraRoute, Node, Operator, Phrase, Route, Routes, Shape, extra_values,
};
use crate::text::Language;

/// A condition with all that can be known before an entry is read.
pub(super) enum Check {
    All(Vec<Check>),
    Any(Vec<Check>),
    Not(Box<Check>),
    /// Something that can only be said of entries, not of what is inside them.
    Never,
    Element(Routes, Box<Check>),
    /// A reference to one of these.
    Refers(Routes, HashSet<(String, String)>),
    Missing(Routes),
    Value(Routes, Operator, Certainty, Asked),
    Extra(Vec<ExtraRoute>, Shape, Operator, Certainty, Option<Asked>),
    Words(Routes, Phrase),
}

impl Check {
    /// The condition of a node about what stands inside entries of an index.
    pub(super) fn new(node: &Node, index: &Index<'_>) -> Result<Self> {
        let each = |nodes: &[Node]| {
            nodes.iter().map(|node| Self::new(node, index)).collect::<Result<Vec<_>>>()
        };
        Ok(match node {
            Node::And(nodes) => Self::All(each(nodes)?),
            Node::Or(nodes) | Node::Tiers(nodes, _) => Self::Any(each(nodes)?),
            Node::With(node, _) => Self::new(node, index)?,
            Node::Not(node) => Self::Not(Box::new(Self::new(node, index)?)),
            Node::Kind(_) | Node::Numbers(_) | Node::Backward(..) | Node::Words(None, ..) => {
                Self::Never
            }
            Node::Element(routes, node) => {
                Self::Element(routes.clone(), Box::new(Self::new(node, index)?))
            }
            Node::Forward(routes, node) => {
                let mut targets = HashSet::new();
                let mut cursor = index.cursor(node)?;
                let mut number = cursor.seek(0)?;
                while number != END {
                    targets.insert(index.pair(number)?);
                    number = cursor.seek(number + 1)?;
                }
                Self::Refers(routes.clone(), targets)
            }
            Node::Missing(routes) => Self::Missing(routes.clone()),
            Node::Value(routes, op, certainty, asked) => {
                Self::Value(routes.clone(), *op, *certainty, asked.clone())
            }
            Node::Extra(routes, shape, op, certainty, asked) => {
                Self::Extra(routes.clone(), *shape, *op, *certainty, asked.clone())
            }
            Node::Words(Some(routes), phrase, _) => Self::Words(routes.clone(), phrase.clone()),
        })
    }

    /// Whether an entry, or a structure in one, meets the condition.
    pub(super) fn meets(&self, fields: &dyn Fields, language: Language) -> bool {
        match self {
            Self::All(checks) => checks.iter().all(|check| check.meets(fields, language)),
            Self::Any(checks) => checks.iter().any(|check| check.meets(fields, language)),
            Self::Not(check) => !check.meets(fields, language),
            Self::Never => false,
            Self::Element(routes, check) => any(routes, fields, &mut |value| match value {
                Value::Structure(inner) => check.meets(inner, language),
                _ => false,
            }),
            Self::Refers(routes, targets) => any(routes, fields, &mut |value| match value {
                Value::Reference(kind, id) => targets.contains(&(kind.to_owned(), id.to_owned())),
                _ => false,
            }),
            Self::Missing(routes) => {
                let here = own(routes, fields.structure()).next().is_some();
                let holds =
                    |value: Value<'_>| !matches!(value, Value::Extra(map) if map.is_empty());
                here && !any(routes, fields, &mut |value| holds(value))
            }
            Self::Value(routes, op, certainty, asked) => any(routes, fields, &mut |value| {
                Cell::of(value).is_some_and(|cell| asked.meets(*op, *certainty, &cell))
            }),
            Self::Extra(routes, shape, op, certainty, asked) => {
                let (mut here, mut held, mut met) = (false, false, false);
                let own = routes.iter().filter(|(other, ..)| other.is(fields.structure()));
                for (_, route, names) in own {
                    here = true;
                    extra_values(route, names, fields, *shape, &mut |cell| {
                        held = true;
                        met |= asked.as_ref().is_some_and(|a| a.meets(*op, *certainty, &cell));
                    });
                }
                if asked.is_none() { here && !held } else { met }
            }
            Self::Words(routes, phrase) => {
                any(routes, fields, &mut |value| match Cell::of(value) {
                    Some(Cell::Text(text)) => phrase.is_in(&text, language),
                    _ => false,
                })
            }
        }
    }
}

fn own<'r>(routes: &'r Routes, structure: &'static Structure) -> impl Iterator<Item = &'r Route> {
    let own = routes.iter().filter(move |(other, _)| other.is(structure));
    own.flat_map(|(_, routes)| routes)
}

/// Whether any value at the end of the routes fits.
fn any(routes: &Routes, fields: &dyn Fields, fits: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    let mut found = false;
    for route in own(routes, fields.structure()) {
        route.visit(fields, &mut |value| found = found || fits(value));
    }
    found
}
