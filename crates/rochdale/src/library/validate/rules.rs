//! The rules that hold for every kind of entry, by the names of fields.

use super::{Findings, text};
use crate::date::{Certainty, Comparison, Date};
use crate::field::{Fields, Value};
use crate::library::codes::{
    BAD_LANGUAGE, BAD_URL, COORDINATE_OUT_OF_RANGE, CYCLE, EMPTY_TITLE, ENDS_BEFORE_START,
    PERCENT_OUT_OF_RANGE, SELF_REFERENCE,
};
use crate::library::walk::{self, Spot};
use crate::model::{Kind, Reference};

/// The fields that tell when something begins and when it ends.
const TIMES: [(&str, &str); 2] = [("from", "until"), ("starts", "ends")];

/// The fields that put entries one after another, so that none may follow itself.
const ORDERS: [&str; 3] = ["parent", "predecessors", "successors"];

/// Checks an entry by the rules for all.
pub(super) fn check(entry: &dyn Fields, reference: &Reference) -> Findings {
    let mut findings = Findings::new(reference);
    title(entry, reference.kind, &mut findings);
    times(entry, String::new, &mut findings);
    walk::walk(entry, &mut |spot| match spot.value {
        Value::Structure(inner) => times(inner, || spot.pointer(), &mut findings),
        Value::Keyword(keyword) => keyword_rule(keyword, spot, &mut findings),
        Value::Number(number) => range(number, spot, &mut findings),
        Value::Reference(kind, id) if kind == reference.kind.name() && id == reference.id() => {
            itself(spot, &mut findings);
        }
        _ => {}
    });
    findings
}

fn title(entry: &dyn Fields, kind: Kind, findings: &mut Findings) {
    let Some(name) = kind.info().names.first() else { return };
    let empty = |title: &str| !title.contains(char::is_alphanumeric);
    if walk::text(entry, name).is_some_and(empty) {
        let message = format!("the {name} has no letter and no digit");
        let help = "say what a reader would call it";
        findings.add(&EMPTY_TITLE, format!("/{name}"), message, help);
    }
}

fn times(holder: &dyn Fields, pointer: impl Fn() -> String, findings: &mut Findings) {
    for (first, last) in TIMES {
        let (Some(Value::Date(start)), Some(Value::Date(end))) =
            (walk::first(holder, first), walk::first(holder, last))
        else {
            continue;
        };
        if definitely_before(end, start) {
            let message = format!("`{last}` is `{end}`, which is before `{first}`, `{start}`");
            let help = "compare both with the source";
            findings.add(&ENDS_BEFORE_START, format!("{}/{last}", pointer()), message, help);
        }
    }
}

/// Whether one date is before another however both are understood.
fn definitely_before(one: &Date, other: &Date) -> bool {
    one.meets(Comparison::Before, other, Certainty::Definite)
        && other.meets(Comparison::After, one, Certainty::Definite)
}

fn keyword_rule(keyword: &str, spot: &Spot<'_, '_>, findings: &mut Findings) {
    let (code, wrong) = match spot.field.name {
        "url" => (&BAD_URL, text::wrong_url(keyword)),
        "language" => (&BAD_LANGUAGE, text::wrong_language(keyword)),
        _ => return,
    };
    if let Some((message, help)) = wrong {
        findings.add(code, spot.pointer(), format!("{message}, got `{keyword}`"), help);
    }
}

fn range(number: f64, spot: &Spot<'_, '_>, findings: &mut Findings) {
    let (code, low, high) = match spot.field.name {
        "percent" => (&PERCENT_OUT_OF_RANGE, 0.0, 100.0),
        "latitude" => (&COORDINATE_OUT_OF_RANGE, -90.0, 90.0),
        "longitude" => (&COORDINATE_OUT_OF_RANGE, -180.0, 180.0),
        _ => return,
    };
    // Written so that what is not a number is out of range too.
    if !(low..=high).contains(&number) {
        let message = format!("expected a {} from {low} to {high}, got {number}", spot.field.name);
        findings.add(code, spot.pointer(), message, "compare it with the source");
    }
}

fn itself(spot: &Spot<'_, '_>, findings: &mut Findings) {
    if spot.parent.is_none() && ORDERS.contains(&spot.field.name) {
        let message = format!("the entry is in its own `{}`", spot.field.name);
        findings.add(&CYCLE, spot.pointer(), message, "remove the reference");
    } else {
        let message = format!("the entry refers to itself in `{}`", spot.path());
        findings.add(
            &SELF_REFERENCE,
            spot.pointer(),
            message,
            "a reference to another is expected",
        );
    }
}
