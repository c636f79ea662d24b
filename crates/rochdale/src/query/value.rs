//! Values compared: what a test asks for against what a field holds.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Certainty, Operator};
use crate::date::{Comparison, Date};
use crate::field::Value;
use crate::json::{Json, Map};
use crate::text::fold;

/// What the values of a name of `extra` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Keyword,
    Date,
    Number,
    Bool,
}

/// A value that can be compared.
#[derive(Clone, Debug)]
pub(crate) enum Cell<'a> {
    Text(Cow<'a, str>),
    Keyword(Cow<'a, str>),
    Date(Cow<'a, Date>),
    Number(f64),
    Bool(bool),
    Reference(Cow<'a, str>, Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// The value of a field; a structure and a map are no cells.
    pub(crate) fn of(value: Value<'a>) -> Option<Self> {
        Some(match value {
            Value::Text(text, markup) => Self::Text(crate::text::visible(text, markup)),
            Value::Keyword(text) | Value::Choice(text) => Self::Keyword(text.into()),
            Value::Date(date) => Self::Date(Cow::Borrowed(date)),
            Value::Number(number) => Self::Number(number),
            Value::Bool(flag) => Self::Bool(flag),
            Value::Reference(kind, id) => Self::Reference(kind.into(), id.into()),
            _ => return None,
        })
    }

    /// The value of a field of `extra`, of the shape that the name has in the collection.
    pub(crate) fn of_extra(json: &'a Json, shape: Shape) -> Self {
        match (json, shape) {
            (Json::Number(number), Shape::Number) => Self::Number(*number),
            (Json::Bool(flag), Shape::Bool) => Self::Bool(*flag),
            (Json::String(text), Shape::Date) => match Date::parse(text) {
                Ok(date) => Self::Date(Cow::Owned(date)),
                Err(_) => Self::Keyword(text.into()),
            },
            (Json::String(text), _) => Self::Keyword(text.into()),
            (other, _) => Self::Keyword(other.to_string().into()),
        }
    }

    /// The same value, borrowed from nowhere.
    pub(crate) fn into_owned(self) -> Cell<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Text(text) => Cell::Text(own(text)),
            Self::Keyword(text) => Cell::Keyword(own(text)),
            Self::Date(date) => Cell::Date(Cow::Owned(date.into_owned())),
            Self::Number(number) => Cell::Number(number),
            Self::Bool(flag) => Cell::Bool(flag),
            Self::Reference(kind, id) => Cell::Reference(own(kind), own(id)),
        }
    }

    /// The text by which a facet counts the value.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Text(text) | Self::Keyword(text) => text.clone().into_owned(),
            Self::Date(date) => date.edtf().to_owned(),
            Self::Number(number) => Json::Number(*number).to_string(),
            Self::Bool(flag) => flag.to_string(),
            Self::Reference(_, id) => id.clone().into_owned(),
        }
    }
}

/// The path of a name of `extra`; names may hold dots, so they are parted otherwise.
pub(crate) fn extra_path(path: &str, name: &str) -> String {
    format!("{path}\0{name}")
}

/// Visits every name inside a map, with the names that lead to it before, and the values of each
/// as [`extra`] does.
pub(crate) fn extra_names(map: &Map, path: &str, visit: &mut dyn FnMut(&str, &Json)) {
    for (name, json) in map {
        named(json, &extra_path(path, name), visit);
    }
}

fn named(json: &Json, path: &str, visit: &mut dyn FnMut(&str, &Json)) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| named(item, path, visit)),
        Json::Null => {}
        other => {
            visit(path, other);
            if let Json::Object(map) = other {
                extra_names(map, path, visit);
            }
        }
    }
}

/// Visits the values of one name of `extra`, through objects and lists.
pub(super) fn extra<'a>(json: &'a Json, names: &[String], visit: &mut dyn FnMut(&'a Json)) {
    match (json, names.split_first()) {
        (Json::Array(items), _) => items.iter().for_each(|item| extra(item, names, visit)),
        (Json::Object(map), Some((name, rest))) => {
            if let Some(inner) = map.get(name) {
                extra(inner, rest, visit);
            }
        }
        (Json::Null, _) | (_, Some(_)) => {}
        (json, None) => visit(json),
    }
}

/// What a test asks for, typed.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    Keyword(String),
    /// The start and the end of a span of dates; the same date twice where one was given.
    Date(Box<(Date, Date)>),
    Number(f64, f64),
    Bool(bool),
    References(BTreeSet<(String, String)>),
}

impl Operand {
    /// Whether a value meets the test.
    pub(crate) fn meets(&self, op: Operator, certainty: Certainty, cell: &Cell<'_>) -> bool {
        match (self, cell) {
            (Self::Keyword(asked), Cell::Keyword(text)) if op == Operator::Prefix => {
                fold(text).starts_with(asked)
            }
            (Self::Keyword(asked), Cell::Keyword(text)) => fold(text) == *asked,
            (Self::Date(span), Cell::Date(date)) => {
                date_meets(date, op, certainty, &span.0, &span.1)
            }
            (Self::Number(from, to), Cell::Number(number)) => number_meets(*number, op, *from, *to),
            (Self::Bool(asked), Cell::Bool(flag)) => asked == flag,
            (Self::References(asked), Cell::Reference(kind, id)) => {
                asked.contains(&(kind.clone().into_owned(), id.clone().into_owned()))
            }
            _ => false,
        }
    }
}

fn date_meets(date: &Date, op: Operator, certainty: Certainty, from: &Date, to: &Date) -> bool {
    let meets = |comparison, other| date.meets(comparison, other, certainty);
    match op {
        Operator::Before => meets(Comparison::Before, from),
        Operator::OnOrBefore => meets(Comparison::OnOrBefore, from),
        Operator::OnOrAfter => meets(Comparison::OnOrAfter, from),
        Operator::After => meets(Comparison::After, from),
        Operator::Between => {
            meets(Comparison::OnOrAfter, from) && meets(Comparison::OnOrBefore, to)
        }
        Operator::Is
        | Operator::During
        | Operator::Any
        | Operator::All
        | Operator::None
        | Operator::Prefix
        | Operator::Typo
        | Operator::Typing
        | Operator::Near
        | Operator::Within
        | Operator::Missing
        | Operator::Like => meets(Comparison::During, from),
    }
}

#[expect(clippy::float_cmp, reason = "a number is asked for as it is written")]
fn number_meets(number: f64, op: Operator, from: f64, to: f64) -> bool {
    match op {
        Operator::Before => number < from,
        Operator::OnOrBefore => number <= from,
        Operator::OnOrAfter => number >= from,
        Operator::After => number > from,
        Operator::Between => number >= from && number <= to,
        Operator::Is
        | Operator::During
        | Operator::Any
        | Operator::All
        | Operator::None
        | Operator::Prefix
        | Operator::Typo
        | Operator::Typing
        | Operator::Near
        | Operator::Within
        | Operator::Missing
        | Operator::Like => number == from,
    }
}

/// A value as an order compares it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SortValue {
    Date(Date),
    Number(f64),
    /// Folded text, and the text.
    Text(String, String),
}

impl SortValue {
    /// The value by which a cell is ordered; `title` is what the entry referred to is called.
    pub(crate) fn of(cell: &Cell<'_>, title: impl Fn(&str, &str) -> Option<String>) -> Self {
        match cell {
            Cell::Date(date) => Self::Date(date.clone().into_owned()),
            Cell::Number(number) => Self::Number(*number),
            Cell::Bool(flag) => Self::Number(f64::from(u8::from(*flag))),
            Cell::Reference(kind, id) => {
                let title = title(kind, id).unwrap_or_else(|| id.clone().into_owned());
                Self::Text(fold(&title), id.clone().into_owned())
            }
            Cell::Text(text) | Cell::Keyword(text) => {
                Self::Text(fold(text), text.clone().into_owned())
            }
        }
    }

    /// The order of values: numbers, then dates, then texts.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Date(left), Self::Date(right)) => left.cmp(right),
            (Self::Number(left), Self::Number(right)) => left.total_cmp(right),
            (Self::Text(left, left_text), Self::Text(right, right_text)) => {
                left.cmp(right).then_with(|| left_text.cmp(right_text))
            }
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Date(_) => 1,
            Self::Text(..) => 2,
        }
    }
}
