//! One entry as people read it, and as JSON.

use std::io::{self, Write};

use rochdale::field::{Fields, Value};
use rochdale::json::Json;
use rochdale::model::Entry;

use crate::style::{QUIET, TITLE};

/// Writes an entry: its title, its reference, and each field that it has.
pub(crate) fn write(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}", entry.title())?;
    writeln!(out, "{QUIET}{}{QUIET:#}\n", entry.reference())?;
    let fields = entry.as_fields();
    // The id and the title, which are first, stand above.
    for position in 2..fields.structure().fields.len() {
        field(out, fields, position, 0)?;
    }
    Ok(())
}

/// Writes a field with its values, unless it has none.
fn field(
    out: &mut impl Write,
    fields: &dyn Fields,
    position: usize,
    depth: usize,
) -> io::Result<()> {
    let mut values = Vec::new();
    fields.values(position, &mut |value| values.push(value));
    values.retain(|value| !is_nothing(value));
    if values.is_empty() {
        return Ok(());
    }
    let (field, margin) = (&fields.structure().fields[position], "  ".repeat(depth));
    let Some(texts) = values.iter().map(plain).collect::<Option<Vec<_>>>() else {
        writeln!(out, "{margin}{QUIET}{}:{QUIET:#}", field.name)?;
        return values.iter().try_for_each(|value| structure(out, value, field.many, depth + 1));
    };
    let text = texts.join(", ");
    if !text.trim().contains('\n') {
        return writeln!(out, "{margin}{QUIET}{}:{QUIET:#} {text}", field.name);
    }
    writeln!(out, "{margin}{QUIET}{}:{QUIET:#}", field.name)?;
    text.trim().lines().try_for_each(|line| match line {
        "" => writeln!(out),
        line => writeln!(out, "{margin}  {line}"),
    })
}

/// Writes a structure; one of a list stands behind a dash.
fn structure(
    out: &mut impl Write,
    value: &Value<'_>,
    is_item: bool,
    depth: usize,
) -> io::Result<()> {
    let margin = "  ".repeat(depth);
    let Value::Structure(inner) = value else {
        return writeln!(out, "{margin}- {}", plain(value).unwrap_or_default());
    };
    let mut text = Vec::new();
    for position in 0..inner.structure().fields.len() {
        field(&mut text, *inner, position, 0)?;
    }
    for (number, line) in String::from_utf8_lossy(&text).lines().enumerate() {
        let sign = match (is_item, number) {
            (true, 0) => "- ",
            (true, _) => "  ",
            (false, _) => "",
        };
        writeln!(out, "{margin}{sign}{line}")?;
    }
    Ok(())
}

/// The text of a structure that has nothing but its first field, as it may be written.
fn short(fields: &dyn Fields) -> Option<String> {
    let mut all = Vec::new();
    for position in 0..fields.structure().fields.len() {
        fields.values(position, &mut |value| all.push((position, value)));
    }
    all.retain(|(_, value)| !is_nothing(value));
    match all.as_slice() {
        [(0, value)] => plain(value),
        _ => None,
    }
}

fn is_nothing(value: &Value<'_>) -> bool {
    match value {
        Value::Bool(flag) => !flag,
        Value::Extra(map) => map.is_empty(),
        _ => false,
    }
}

/// A value on its own, where it has such a form.
fn plain(value: &Value<'_>) -> Option<String> {
    Some(match value {
        Value::Text(text, _) | Value::Keyword(text) | Value::Choice(text) => (*text).to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Number(number) => Json::Number(*number).to_string(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Reference(kind, id) => format!("{kind}:{id}"),
        Value::Extra(map) => map.iter().map(extra).collect::<Vec<_>>().join("\n"),
        Value::Structure(inner) => return short(*inner),
        _ => return None,
    })
}

fn extra((name, value): (&String, &Json)) -> String {
    match value {
        Json::String(text) => format!("{name}: {text}"),
        other => format!("{name}: {other}"),
    }
}
