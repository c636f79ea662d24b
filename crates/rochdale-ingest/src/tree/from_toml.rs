//! TOML to nodes, its dates and numbers as written.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};

use super::{Member, Members, Node, Parsed, Style, Value, issue};
use crate::codes::{SYNTAX, TOO_COMPLEX};
use crate::place::{Place, Places};

/// So many mistakes of syntax are told; the rest follow from them more often than not.
const TOLD: usize = 8;

/// Reads the TOML in `range`; where it is wrong there is no root, and issues say where.
pub(crate) fn toml(places: &Places, range: Range<usize>, limit: usize) -> Parsed {
    let text = &places.text()[range.clone()];
    let source = Source { places, base: range.start };
    let values = text.bytes().filter(|byte| matches!(byte, b'=' | b',' | b'[' | b'.')).count();
    if values > limit {
        let message = format!("expected at most {limit} values");
        return Parsed::none(issue(&TOO_COMPLEX, source.place(0), message));
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let members = source.members(table.get_ref());
        let at = source.place(0);
        return Parsed::one(Node { at, value: Value::Map(members) }, Vec::new());
    }
    let issues = errors.iter().take(TOLD).map(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let message = format!("expected TOML: {}", error.message().replace('\n', ", "));
        issue(&SYNTAX, source.place(offset), message)
    });
    Parsed { roots: Vec::new(), issues: issues.collect() }
}

struct Source<'a, 'p> {
    places: &'p Places<'a>,
    base: usize,
}

impl Source<'_, '_> {
    fn members(&self, table: &DeTable) -> Members {
        let member = |(name, value): (&::toml::Spanned<_>, &::toml::Spanned<DeValue>)| {
            let at = self.place(name.span().start);
            let name: &std::borrow::Cow<str> = name.get_ref();
            (super::name(name.clone().into_owned()), Member { at, node: self.node(value) })
        };
        table.iter().map(member).collect()
    }

    fn node(&self, value: &::toml::Spanned<DeValue>) -> Node {
        let raw = || self.places.text()[self.base..][value.span()].to_owned();
        let value_of = match value.get_ref() {
            DeValue::String(text) => Value::Scalar(text.clone().into_owned(), Style::Text),
            DeValue::Integer(number) => Value::Scalar(
                i128::from_str_radix(number.as_str(), number.radix())
                    .map_or_else(|_| raw(), |number| number.to_string()),
                Style::Number,
            ),
            DeValue::Float(number) => Value::Scalar(number.as_str().to_owned(), Style::Number),
            DeValue::Boolean(flag) => Value::Scalar(flag.to_string(), Style::Bool),
            DeValue::Datetime(_) => Value::Scalar(raw(), Style::Text),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item)).collect())
            }
            DeValue::Table(table) => Value::Map(self.members(table)),
        };
        Node { at: self.place(value.span().start), value: value_of }
    }

    fn place(&self, offset: usize) -> Place {
        self.places.at(self.base + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_as_written_and_placed() {
        let text = "+++\nd = 2014-03-12 10:11:00Z\nn = 1_000\nf = 1.5\nb = true\n[t.u]\nx = [1]\n";
        let places = Places::new(text);
        let root = toml(&places, 4..text.len(), 100).roots.remove(0);
        assert_eq!(
            root.to_json().to_string(),
            r#"{"b":true,"d":"2014-03-12 10:11:00Z","f":1.5,"n":1000,"t":{"u":{"x":[1]}}}"#
        );
        let (node, name) = root.find("/t/u/x").unwrap();
        assert_eq!((name.line, name.column, node.at.column), (7, 1, 5));
    }

    #[test]
    fn every_mistake_is_placed() {
        let text = "a = \nb = 1\nb = 2\n";
        let issues = toml(&Places::new(text), 0..text.len(), 100).issues;
        let lines: Vec<_> = issues.iter().map(|issue| issue.line).collect();
        assert_eq!(lines, [Some(1), Some(3)]);
    }
}
