//! Facts about files of others, as they are written down.

use std::collections::BTreeMap;

use rochdale::json::Json;

/// A number among the facts.
pub(crate) fn number(facts: &Json, pointer: &str) -> usize {
    facts.pointer(pointer).unwrap().to_string().parse().unwrap()
}

/// Counts among the facts.
pub(crate) fn counts(facts: &Json, pointer: &str) -> BTreeMap<String, usize> {
    let counts = facts.pointer(pointer).unwrap().as_object().unwrap();
    counts.iter().map(|(key, count)| (key.clone(), count.to_string().parse().unwrap())).collect()
}

/// Texts among the facts.
pub(crate) fn texts(facts: &Json, pointer: &str) -> Vec<String> {
    let items = facts.pointer(pointer).and_then(Json::as_array).unwrap_or_default();
    items.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}
