//! The values of tests: given, or parameters that stand for values to come.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clause, Operand, Query, Test};
use crate::field::nearest;
use crate::json::Json;
use crate::{Error, Place, Result};

/// A value of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text, whatever it looks like.
    Value(String),
    /// The name of a parameter, which stands for a text: small letters, digits and `_`.
    Parameter(String),
}

impl From<String> for Argument {
    fn from(value: String) -> Self {
        Self::Value(value)
    }
}

/// A parameter in place of a value, which [`Query::bind`] gives.
///
/// # Example
///
/// ```
/// use rochdale::query::{Query, field, parameter};
///
/// let stored = Query::new(field("tags").is(parameter("tag")));
/// assert_eq!(stored.to_string(), "tags:$tag");
/// assert_eq!(stored.bind([("tag", "a OR b")])?.to_string(), "tags:\"a OR b\"");
/// # Ok::<(), rochdale::Error>(())
/// ```
pub fn parameter(name: impl Into<String>) -> Operand {
    Operand::from(Argument::Parameter(name.into()))
}

/// The name of the parameter that a word without quotes is: `$` and a name.
pub(super) fn parameter_in(word: &str) -> Option<&str> {
    word.strip_prefix('$').filter(|name| is_name(name))
}

/// Whether a parameter can be called so: a small letter or `_`, then such and digits.
pub(super) fn is_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    name.bytes().next().is_some_and(letter)
        && name.bytes().all(|byte| letter(byte) || byte.is_ascii_digit())
}

impl Test {
    /// The value at a position; nothing of a parameter, which has none yet.
    pub(crate) fn given(&self, position: usize) -> &str {
        match self.values.get(position) {
            Some(Argument::Value(value)) => value,
            _ => "",
        }
    }

    /// The positions and names of its parameters.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (usize, &str)> {
        self.values.iter().enumerate().filter_map(|(position, value)| match value {
            Argument::Parameter(name) => Some((position, name.as_str())),
            Argument::Value(_) => None,
        })
    }
}

impl Query {
    /// The names of the parameters that are to be given values.
    pub fn parameters(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        each(&self.clause, &mut |test| names.extend(test.parameters().map(|(_, name)| name)));
        names
    }

    /// The query with values in place of its parameters.
    ///
    /// A value is a value, whatever stands in it: it adds no condition, no operator and no field.
    ///
    /// # Errors
    ///
    /// Where a parameter is given no value, or a name is none of a parameter.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale::query::Query;
    ///
    /// let stored: Query = "kind:article published:$from..$to".parse()?;
    /// assert!(stored.parameters().into_iter().eq(["from", "to"]));
    /// let query = stored.bind([("from", "2011-04"), ("to", "2011-07")])?;
    /// assert_eq!(query, "kind:article published:2011-04..2011-07".parse()?);
    /// let wrong = stored.bind([("form", "2011-04")]).unwrap_err();
    /// assert_eq!(wrong.to_string(), "unknown parameter `form` (did you mean `from`?) at `/params/form`");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn bind(
        &self,
        values: impl IntoIterator<Item = (impl Into<String>, impl Into<Operand>)>,
    ) -> Result<Self> {
        let values: BTreeMap<String, Argument> =
            values.into_iter().map(|(name, value)| (name.into(), value.into().into())).collect();
        let known = self.parameters();
        if let Some(name) = values.keys().find(|name| !known.contains(name.as_str())) {
            let cure = match nearest(name, known.iter().copied()) {
                Some(near) => format!(" (did you mean `{near}`?)"),
                None if known.is_empty() => "; the query has none".to_owned(),
                None => {
                    let known: Vec<_> = known.into_iter().collect();
                    format!("; expected one of `{}`", known.join("`, `"))
                }
            };
            return Err(Error::query(place(name), format!("unknown parameter `{name}`{cure}")));
        }
        if let Some(name) = known.iter().find(|name| !values.contains_key(**name)) {
            return Err(missing(name, place(name)));
        }
        Ok(Self { clause: bound(&self.clause, &values), ..self.clone() })
    }

    /// As [`bind`](Self::bind), with the values of an object of JSON.
    pub(super) fn bind_json(&self, params: &Json) -> Result<Self> {
        let at = || Place::Pointer("/params".to_owned());
        let map = params.as_object();
        let map = map.ok_or_else(|| Error::query(at(), "expected values by name"))?;
        let value = |(name, value): (&String, &Json)| match value {
            Json::String(text) => Ok((name.clone(), text.clone())),
            Json::Number(_) | Json::Bool(_) => Ok((name.clone(), value.to_string())),
            _ => Err(Error::query(place(name), "expected a string, a number or a flag")),
        };
        self.bind(map.iter().map(value).collect::<Result<Vec<_>>>()?)
    }
}

/// Where the value of a parameter stands among those that are given.
pub(super) fn place(name: &str) -> Place {
    Place::Pointer(super::json::pointer("/params", name))
}

/// The error of a parameter that has no value.
pub(super) fn missing(name: &str, place: Place) -> Error {
    Error::query(place, format!("expected a value for the parameter `{name}` in `params`"))
}

/// Visits the tests of a clause.
fn each<'a>(clause: &'a Clause, visit: &mut dyn FnMut(&'a Test)) {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => {
            for clause in clauses {
                each(clause, visit);
            }
        }
        Clause::Not(clause) | Clause::Has(_, clause) => each(clause, visit),
        Clause::Test(test) => visit(test),
    }
}

/// The clause with values in place of parameters, otherwise of the same shape.
fn bound(clause: &Clause, values: &BTreeMap<String, Argument>) -> Clause {
    let each = |clauses: &[Clause]| clauses.iter().map(|clause| bound(clause, values)).collect();
    match clause {
        Clause::And(clauses) => Clause::And(each(clauses)),
        Clause::Or(clauses) => Clause::Or(each(clauses)),
        Clause::Not(clause) => Clause::Not(Box::new(bound(clause, values))),
        Clause::Has(path, clause) => Clause::Has(path.clone(), Box::new(bound(clause, values))),
        Clause::Test(test) => {
            let value = |argument: &Argument| match argument {
                Argument::Parameter(name) => values.get(name).unwrap_or(argument).clone(),
                Argument::Value(_) => argument.clone(),
            };
            let values = test.values.iter().map(value).collect();
            Clause::Test(Test { values, ..test.clone() })
        }
    }
}
