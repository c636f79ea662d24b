//! The JSON Schema of entries and queries.

use schemars::{Schema, json_schema, schema_for};

use crate::field::Choices;

/// The JSON Schema (draft 2020-12) of an entry.
pub fn entry() -> Schema {
    schema_for!(crate::model::Entry)
}

/// The JSON Schema (draft 2020-12) of a query in its JSON form.
pub fn query() -> Schema {
    crate::query::schema::query()
}

/// The schema of a list of values; an open one names those it knows.
pub(crate) fn choices(choices: &Choices) -> Schema {
    let names: Vec<_> = choices.values.iter().map(|(name, _)| *name).collect();
    if choices.open {
        json_schema!({ "type": "string", "description": choices.doc, "examples": names })
    } else {
        json_schema!({ "type": "string", "description": choices.doc, "enum": names })
    }
}
