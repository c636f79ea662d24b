//! What a scalar means is for its field to say: `2011` is text in a title and a year in a date.

use rochdale::field::{Choices, Field, FieldType, Structure};
use rochdale::issue::Issue;

use super::html;
use crate::codes::{DATE_ASSUMED, TOO_COMPLEX};
use crate::dates;
use crate::profile::normal;
use crate::tree::{Member, Members, Node, Style, Value, issue};

/// Decides the scalars of an entry or a part of one; members without a value go.
///
/// What does not suit its field is left as text, for the model to refuse.
pub(crate) fn members(members: &mut Members, structure: &Structure, issues: &mut Vec<Issue>) {
    members.retain(|name, member| {
        let field = structure.fields.iter().find(|field| field.name == *name);
        match field {
            _ if member.node.is_null() => false,
            Some(field) => self::field(&mut member.node, field, issues),
            None => true,
        }
    });
}

/// Decides the value of a field; false where there is none.
fn field(node: &mut Node, field: &Field, issues: &mut Vec<Issue>) -> bool {
    if matches!(field.ty, FieldType::Extra) {
        return true;
    }
    if field.many {
        if !matches!(node.value, Value::List(_)) {
            let item = Node {
                at: node.at,
                value: std::mem::replace(&mut node.value, Value::List(Vec::new())),
            };
            node.value = Value::List(vec![item]);
        }
        let Value::List(items) = &mut node.value else { return false };
        items.retain(|item| {
            item.as_text().is_none_or(|text| !text.trim().is_empty()) && !item.is_null()
        });
        for item in items.iter_mut() {
            value(item, field, issues);
        }
        return !items.is_empty();
    }
    if let Value::List(items) = &mut node.value
        && items.len() < 2
    {
        // A list of one where one value is expected is that value.
        let Some(item) = items.pop() else { return false };
        *node = item;
    }
    value(node, field, issues);
    node.as_text().is_none_or(|text| !text.trim().is_empty()) && !node.is_null()
}

fn value(node: &mut Node, field: &Field, issues: &mut Vec<Issue>) {
    match (&mut node.value, field.ty) {
        (Value::Map(members), FieldType::Structure(structure)) => {
            self::members(members, structure, issues);
        }
        (Value::Map(members), FieldType::Text) if members.contains_key("text") => {
            marked_up(members, issues);
        }
        (Value::Scalar(text, style), FieldType::Date) => match dates::read(text) {
            Ok((date, notes)) => {
                let at = node.at;
                issues.extend(notes.into_iter().map(|note| issue(&DATE_ASSUMED, at, note)));
                (*text, *style) = (date.to_string(), Style::Text);
            }
            Err(_) => *style = Style::Text,
        },
        (Value::Scalar(text, style), FieldType::Choice(choices)) => {
            *style = Style::Text;
            if let Some(name) = known(choices, text) {
                name.clone_into(text);
            }
        }
        (Value::Scalar(..), FieldType::Bool) => {
            if let Some(flag) = node.as_bool() {
                node.value = Value::Scalar(flag.to_string(), Style::Bool);
            }
        }
        (Value::Scalar(..), FieldType::Number) => {}
        (Value::Scalar(text, style), _) => {
            *style = Style::Text;
            let trimmed = text.trim_end().trim_start_matches(['\n', '\r']);
            if trimmed.len() < text.len() {
                *text = trimmed.to_owned();
            }
        }
        _ => {}
    }
}

/// Prose with its markup: HTML is sanitised before anybody sees it.
fn marked_up(members: &mut Members, issues: &mut Vec<Issue>) {
    for member in members.values_mut() {
        if let Value::Scalar(_, style) = &mut member.node.value {
            *style = Style::Text;
        }
    }
    let markup = members.get("markup").and_then(|member| member.node.as_text());
    if !markup.is_some_and(|markup| markup.eq_ignore_ascii_case("html")) {
        return;
    }
    let Some(text) = members.get_mut("text") else { return };
    let at = text.node.at;
    let Some(sanitised) = text.node.as_text().map(html::sanitised) else { return };
    let markup = if let Some(mut sanitised) = sanitised {
        sanitised.truncate(sanitised.trim_end().len());
        text.node = Node::text(at, sanitised);
        "html"
    } else {
        let message = "the HTML is too long or nested too deeply; kept as plain text";
        issues.push(issue(&TOO_COMPLEX, at, message));
        "plain"
    };
    members.insert("markup".into(), Member { at, node: Node::text(at, markup) });
}

/// The name in a list that a value means, whatever its capitals, blanks and hyphens.
fn known(choices: &Choices, text: &str) -> Option<&'static str> {
    let form = normal(text);
    choices.values.iter().map(|(name, _)| *name).find(|name| *name == form)
}
