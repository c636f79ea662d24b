//! The JSON Schema of the JSON form, from the rows of the operators.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

use super::{Arity, Operator, Period};

/// The JSON Schema (draft 2020-12) of a query.
pub(crate) fn query() -> Schema {
    let tests = Operator::ALL.iter().map(|op| test(*op));
    let clause = json!({ "$ref": "#/$defs/Clause" });
    let groups = ["and", "or"]
        .map(|name| object(&json!({ name: { "type": "array", "items": clause } }), &[name]));
    let mut clauses = vec![json!({ "type": "string", "description": "A condition in text form." })];
    clauses.extend(groups);
    clauses.push(object(&json!({ "not": clause }), &["not"]));
    clauses
        .push(object(&json!({ "field": { "type": "string" }, "has": clause }), &["field", "has"]));
    clauses.extend(tests);
    let text = json!({ "type": "string" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let periods: Vec<_> = Period::ALL.iter().map(|period| period.name()).collect();
    let facet = json!({
        "field": text, "limit": count, "per": { "enum": periods }, "of": text,
        "keep_own_filter": { "type": "boolean" },
    });
    let value = json!({ "type": ["string", "number", "boolean"] });
    let argument = json!({
        "anyOf": [value, object(&json!({ "param": { "type": "string" } }), &["param"])],
        "description": "A value, or the name of a parameter, to which `params` gives one.",
    });
    json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Query",
        "description": "What is asked of a library.",
        "type": "object",
        "properties": {
            "where": clause,
            "params": { "type": "object", "additionalProperties": value },
            "sort": { "type": "array", "items": text },
            "limit": count,
            "offset": count,
            "cursor": text,
            "proximity": { "type": "number", "minimum": 0 },
            "total": { "anyOf": [{ "enum": ["exact", "none"] }, count] },
            "fields": { "type": "array", "items": text },
            "facets": { "type": "object", "additionalProperties": object(&facet, &[]) },
        },
        "additionalProperties": false,
        "$defs": { "Argument": argument, "Clause": { "anyOf": clauses } },
    })
}

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// The shape of a test with this operator.
fn test(op: Operator) -> Value {
    let info = op.info();
    let scalar = json!({ "$ref": "#/$defs/Argument" });
    let values = match info.values {
        Arity::Zero => json!({ "const": true }),
        Arity::One => scalar,
        Arity::Two => json!({ "type": "array", "items": scalar, "minItems": 2, "maxItems": 2 }),
        Arity::Many => json!({ "type": "array", "items": scalar }),
    };
    let mut properties = Map::new();
    if op != Operator::Like {
        properties.insert("field".into(), json!({ "type": "string" }));
    }
    properties.insert(info.name.into(), values);
    let mut required = vec![info.name];
    if op == Operator::Missing {
        required.push("field");
    } else {
        if op != Operator::Like {
            properties.insert("certainty".into(), json!({ "enum": ["possible", "definite"] }));
        }
        properties.insert("boost".into(), json!({ "type": "number", "exclusiveMinimum": 0 }));
    }
    if let Some((name, most)) = info.slack {
        properties.insert(name.into(), json!({ "type": "integer", "minimum": 0, "maximum": most }));
        required.push(name);
    }
    let mut schema = object(&Value::Object(properties), &required);
    schema["description"] = info.doc.into();
    schema
}
