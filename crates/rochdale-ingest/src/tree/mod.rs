//! Values of YAML, TOML, JSON and plain metadata alike: each remembers its place and its raw text.

mod from_json;
mod from_toml;
mod metadata;
mod names;
mod yaml;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rochdale::issue::{Code, Issue};
use rochdale::json::{Json, Map, holds};

pub(crate) use from_json::{json, json_members, json_text, ndjson};
pub(crate) use from_toml::toml;
pub(crate) use metadata::{entry as metadata_entry, goes_on as metadata_goes_on, metadata};
pub(crate) use names::name;
pub(crate) use yaml::yaml;

use crate::place::Place;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: Place,
    pub(crate) value: Value,
}

/// A value whose scalars are not decided yet: what `2011` means is for the field to say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Scalar(String, Style),
    List(Vec<Node>),
    Map(Members),
}

/// The name of a member, borrowed where it is one of the model's own.
pub(crate) type Name = Cow<'static, str>;

/// The members of a map by name.
pub(crate) type Members = BTreeMap<Name, Member>;

/// A member of a map, with the place of its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) at: Place,
    pub(crate) node: Node,
}

/// What the source says of a scalar beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Nothing: a scalar of YAML without quotes.
    Plain,
    /// That it is text.
    Text,
    /// That it is a number.
    Number,
    /// That it is `true` or `false`.
    Bool,
    /// That there is no value.
    Null,
}

/// What came of reading: the values, and what was wrong.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) roots: Vec<Node>,
    pub(crate) issues: Vec<Issue>,
}

impl Parsed {
    fn one(node: Node, issues: Vec<Issue>) -> Self {
        Self { roots: vec![node], issues }
    }

    fn none(issue: Issue) -> Self {
        Self { roots: Vec::new(), issues: vec![issue] }
    }
}

/// An issue at a place.
pub(crate) fn issue(code: &'static Code, place: Place, message: impl Into<String>) -> Issue {
    Issue::new(code, message).with_position(place.line, place.column)
}

impl Node {
    pub(crate) fn text(at: Place, text: impl Into<String>) -> Self {
        Self { at, value: Value::Scalar(text.into(), Style::Text) }
    }

    /// A number as its source writes it.
    pub(crate) fn number(at: Place, text: impl Into<String>) -> Self {
        Self { at, value: Value::Scalar(text.into(), Style::Number) }
    }

    /// Yes or no.
    pub(crate) fn flag(at: Place, flag: bool) -> Self {
        Self { at, value: Value::Scalar(flag.to_string(), Style::Bool) }
    }

    pub(crate) fn list(at: Place, items: impl IntoIterator<Item = Self>) -> Self {
        Self { at, value: Value::List(items.into_iter().collect()) }
    }

    /// A map whose names stand where their values do.
    pub(crate) fn map<N: Into<Name>>(
        at: Place,
        members: impl IntoIterator<Item = (N, Self)>,
    ) -> Self {
        let member = |(name, node): (N, Self)| (name.into(), Member { at: node.at, node });
        Self { at, value: Value::Map(members.into_iter().map(member).collect()) }
    }

    /// A map without members.
    pub(crate) fn empty_map(at: Place) -> Self {
        Self { at, value: Value::Map(Members::new()) }
    }

    /// A value that came as JSON, all of which stands at one place.
    pub(crate) fn from_json(at: Place, json: Json) -> Self {
        let value = match json {
            Json::Null => Value::Scalar(String::new(), Style::Null),
            Json::Bool(flag) => Value::Scalar(flag.to_string(), Style::Bool),
            json @ Json::Number(_) => Value::Scalar(json.to_string(), Style::Number),
            Json::String(text) => Value::Scalar(text, Style::Text),
            Json::Array(items) => {
                Value::List(items.into_iter().map(|item| Self::from_json(at, item)).collect())
            }
            Json::Object(map) => {
                let member = |(name, json): (String, _)| {
                    (self::name(name), Member { at, node: Self::from_json(at, json) })
                };
                Value::Map(map.into_iter().map(member).collect())
            }
        };
        Self { at, value }
    }

    /// Adds a value after this one, which becomes a list if it is none.
    pub(crate) fn push(&mut self, node: Self) {
        if !matches!(self.value, Value::List(_)) {
            let own = std::mem::replace(&mut self.value, Value::List(Vec::new()));
            self.push(Self { at: self.at, value: own });
        }
        if let Value::List(items) = &mut self.value {
            items.push(node);
        }
    }

    /// The raw text of a scalar that has a value.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) if !self.is_null() => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_map(&self) -> Option<&Members> {
        if let Value::Map(members) = &self.value { Some(members) } else { None }
    }

    pub(crate) fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar(_, Style::Null) => true,
            Value::Scalar(text, Style::Plain) => is_null_word(text),
            _ => false,
        }
    }

    /// What a scalar says, read as yes or no in the words of YAML 1.1.
    pub(crate) fn as_bool(&self) -> Option<bool> {
        let Value::Scalar(text, Style::Plain | Style::Bool | Style::Text) = &self.value else {
            return None;
        };
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => Some(true),
            "false" | "no" | "off" | "n" => Some(false),
            _ => None,
        }
    }

    /// The value as JSON. A plain scalar is null, yes or no, or a number only where YAML 1.2 and
    /// JSON both say so; all else is text, as are numbers that would be rounded.
    pub(crate) fn to_json(&self) -> Json {
        match &self.value {
            Value::Scalar(text, style) => scalar(text, *style),
            Value::List(items) => Json::Array(items.iter().map(Self::to_json).collect()),
            Value::Map(members) => Json::Object(members_to_json(members)),
        }
    }

    /// The node at the steps of a JSON pointer, and the place of its name.
    pub(crate) fn find(&self, pointer: &str) -> Option<(&Self, Place)> {
        steps(pointer).try_fold((self, self.at), |(node, _), step| match &node.value {
            Value::Map(members) => members.get(&*step).map(|member| (&member.node, member.at)),
            Value::List(items) => {
                items.get(step.parse::<usize>().ok()?).map(|item| (item, item.at))
            }
            Value::Scalar(..) => None,
        })
    }

    /// Takes the node at the steps of a JSON pointer out of what holds it.
    pub(crate) fn remove(&mut self, pointer: &str) -> Option<Self> {
        let (parent, _) = pointer.rsplit_once('/')?;
        let last = steps(pointer).last()?;
        let parent = steps(parent).try_fold(self, |node, step| match &mut node.value {
            Value::Map(members) => members.get_mut(&*step).map(|member| &mut member.node),
            Value::List(items) => items.get_mut(step.parse::<usize>().ok()?),
            Value::Scalar(..) => None,
        })?;
        match &mut parent.value {
            Value::Map(members) => members.remove(&*last).map(|member| member.node),
            Value::List(items) => {
                let position = last.parse::<usize>().ok().filter(|at| *at < items.len())?;
                Some(items.remove(position))
            }
            Value::Scalar(..) => None,
        }
    }
}

pub(crate) fn members_to_json(members: &Members) -> Map {
    members.iter().map(|(name, member)| (name.to_string(), member.node.to_json())).collect()
}

/// The steps of a JSON pointer (RFC 6901).
fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

fn scalar(text: &str, style: Style) -> Json {
    match style {
        Style::Null => Json::Null,
        Style::Bool => Json::Bool(text == "true"),
        Style::Plain if is_null_word(text) => Json::Null,
        Style::Plain if matches!(text, "true" | "True" | "TRUE") => Json::Bool(true),
        Style::Plain if matches!(text, "false" | "False" | "FALSE") => Json::Bool(false),
        Style::Plain | Style::Number => number(text).unwrap_or_else(|| Json::String(text.into())),
        Style::Text => Json::String(text.to_owned()),
    }
}

fn is_null_word(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A number as JSON writes it, where an `f64` holds it.
fn number(text: &str) -> Option<Json> {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let padded = digits.first() == Some(&b'0') && digits.get(1).is_some_and(u8::is_ascii_digit);
    let shaped = digits.first().is_some_and(u8::is_ascii_digit)
        && digits.last().is_some_and(u8::is_ascii_digit)
        && digits
            .iter()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    // Longer ones are no numbers that anybody wrote down, and costly to compare.
    if padded || !shaped || text.len() > 400 || !holds(text) {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    Some(Json::Number(if value == 0.0 { 0.0 } else { value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_decided_with_care() {
        for (text, json) in [
            ("2011", Json::Number(2011.0)),
            ("-1.5e3", Json::Number(-1500.0)),
            ("0755", Json::String("0755".into())),
            ("190:20:30", Json::String("190:20:30".into())),
            ("0x1F", Json::String("0x1F".into())),
            ("9007199254740993", Json::String("9007199254740993".into())),
            ("no", Json::String("no".into())),
            ("true", Json::Bool(true)),
            ("~", Json::Null),
            ("1.", Json::String("1.".into())),
            (".inf", Json::String(".inf".into())),
        ] {
            assert_eq!(scalar(text, Style::Plain), json, "{text}");
        }
    }

    #[test]
    fn nodes_are_found_and_taken_by_pointer() {
        let places = crate::place::Places::new("a: [x, {b/c: 1}]");
        let mut root = yaml(&places, 0..16, 100).roots.remove(0);
        assert_eq!(root.find("/a/1/b~1c").unwrap().0.as_text(), Some("1"));
        assert_eq!(root.find("/a/1/b~1c").unwrap().1.column, 9);
        assert!(root.remove("/a/0").is_some() && root.remove("/a/7").is_none());
        assert_eq!(root.to_json().to_string(), r#"{"a":[{"b/c":1}]}"#);
    }
}
