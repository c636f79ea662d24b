//! What a date says, in a line for readers.

use super::walk::{self, Spot};
use crate::field::{Fields, Value};
use crate::model::Entry;

/// So much of a quotation is shown.
const QUOTED: usize = 160;

/// What happened at a date inside an entry; with the title of the entry where it stands among those
/// of others.
pub(super) fn label(entry: &Entry, spot: &Spot<'_, '_>, is_other: bool) -> String {
    let field = words(spot.field.name);
    if spot.parent.is_none() {
        return format!("{} {field}: {}", words(entry.kind().name()), entry.title());
    }
    let line = of_structure(spot.holder, spot.field.name).unwrap_or_else(|| generic(spot));
    if is_other { format!("{}: {line}", entry.title()) } else { line }
}

/// The line of a structure that has words of its own.
fn of_structure(holder: &dyn Fields, field: &str) -> Option<String> {
    let text = |name: &str| walk::text(holder, name);
    let ends = field == "until";
    Some(match holder.structure().name {
        "stage" => match text("note") {
            Some(note) => format!("{}: {note}", words(text("stage")?)),
            None => words(text("stage")?),
        },
        "stake" => {
            let share = match walk::first(holder, "percent") {
                Some(Value::Number(percent)) => format!("{percent} %"),
                _ => "a stake".to_owned(),
            };
            let verb = if ends { "no longer holds" } else { "holds" };
            format!("{} {verb} {share}", text("holder")?)
        }
        "alias" => {
            format!("{} {}", if ends { "no longer called" } else { "called" }, text("name")?)
        }
        "officer" => {
            let verb = if ends { "ends as" } else { "begins as" };
            format!("{} {verb} {}", text("person")?, text("role").unwrap_or("officer"))
        }
        "affiliation" => {
            let verb = if ends { "leaves" } else { "joins" };
            let role = text("role").map(|role| format!(" as {role}")).unwrap_or_default();
            format!("{verb} {}{role}", text("organisation")?)
        }
        "quote" => {
            let said = shortened(text("text")?);
            format!("{}: “{said}”", text("speaker").unwrap_or("quoted"))
        }
        _ => return None,
    })
}

/// The line of any other structure: the field that it stands in and the plain values that it has.
fn generic(spot: &Spot<'_, '_>) -> String {
    let place = spot.parent.map_or(spot.field.name, |parent| parent.field.name);
    let mut parts = Vec::new();
    for (number, field) in spot.holder.structure().fields.iter().enumerate() {
        spot.holder.values(number, &mut |value| match value {
            Value::Text(text, _) | Value::Keyword(text) if field.name != "url" => {
                parts.push(shortened(text));
            }
            Value::Number(number) => parts.push(number.to_string()),
            _ => {}
        });
    }
    let field = words(spot.field.name);
    format!("{} ({field}): {}", words(place), parts.join(" "))
}

/// A name of the model as words.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
