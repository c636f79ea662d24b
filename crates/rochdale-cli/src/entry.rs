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
    let Some(first) = values.first() else { return Ok(()) };
    let (name, margin) = (fields.structure().fields[position].name, "  ".repeat(depth));
    if matches!(first, Value::Structure(_)) {
        writeln!(out, "{margin}{QUIET}{name}:{QUIET:#}")?;
        return values.iter().try_for_each(|value| structure(out, value, depth + 1));
    }
    let text = values.iter().map(plain).collect::<Vec<_>>().join(", ");
    if text.trim().contains('\n') {
        writeln!(out, "{margin}{QUIET}{name}:{QUIET:#}")?;
        return text.trim().lines().try_for_each(|line| {
            if line.is_empty() { writeln!(out) } else { writeln!(out, "{margin}  {line}") }
        });
    }
    writeln!(out, "{margin}{QUIET}{name}:{QUIET:#} {text}")
}

/// Writes a structure behind a dash; one that is a single value stands in the line.
fn structure(out: &mut impl Write, value: &Value<'_>, depth: usize) -> io::Result<()> {
    let Value::Structure(inner) = value else {
        return writeln!(out, "{}- {}", "  ".repeat(depth), plain(value));
    };
    let mut lines = Vec::new();
    for position in 0..inner.structure().fields.len() {
        field(&mut lines, *inner, position, 0)?;
    }
    let text = String::from_utf8_lossy(&lines);
    let margin = "  ".repeat(depth);
    for (number, line) in text.lines().enumerate() {
        writeln!(out, "{margin}{} {line}", if number == 0 { '-' } else { ' ' })?;
    }
    Ok(())
}

fn is_nothing(value: &Value<'_>) -> bool {
    match value {
        Value::Bool(flag) => !flag,
        Value::Extra(map) => map.is_empty(),
        _ => false,
    }
}

fn plain(value: &Value<'_>) -> String {
    match value {
        Value::Text(text, _) | Value::Keyword(text) | Value::Choice(text) => (*text).to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Number(number) => Json::Number(*number).to_string(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Reference(kind, id) => format!("{kind}:{id}"),
        Value::Extra(map) => map.iter().map(extra).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

fn extra((name, value): (&String, &Json)) -> String {
    match value {
        Json::String(text) => format!("{name}: {text}"),
        other => format!("{name}: {other}"),
    }
}
