//! Drafts to entries: what the model refuses is told, taken out and kept in `extra`.

use rochdale::field::{Field, FieldType, Structure};
use rochdale::issue::{Code, Issue};
use rochdale::json::{Json, Map, ShapeError};
use rochdale::model::Entry;

use super::Draft;
use crate::codes::{BAD_DATE, BAD_FIELD, MISSING_FIELD, TOO_MANY_PROBLEMS, UNKNOWN_FIELD};
use crate::dates;
use crate::tree::{Member, Node, Value, issue};

/// How many problems of one entry are tried before it is given up.
const TRIES: usize = 64;

/// The entry that a draft became, if there is one.
pub(crate) fn entry(mut draft: Draft, issues: &mut Vec<Issue>) -> Option<Entry> {
    let reference = draft.reference();
    let place = |found: Issue, draft: &Draft, pointer: &str| {
        found.with_path(&*draft.whence().path(pointer)).with_entry(&*reference, pointer)
    };
    draft.root.remove("/id");
    for _ in 0..TRIES {
        let error = match Entry::from_object(members(&draft)) {
            Ok(entry) => return Some(entry),
            Err(error) => error,
        };
        let pointer = error.pointer();
        let refusal = Refusal::of(&draft, &error, &pointer);
        let found = issue(refusal.code, refusal.place, refusal.message);
        issues.push(place(found, &draft, &pointer));
        if refusal.fatal {
            return None;
        }
        let raw = draft.take(&pointer)?;
        keep(&mut draft.root, &pointer, raw);
    }
    let message = format!("more than {TRIES} fields are wrong");
    issues.push(place(issue(&TOO_MANY_PROBLEMS, draft.root.at, message), &draft, ""));
    None
}

/// The members of the draft as JSON, with its kind, its id and the file that it comes from.
fn members(draft: &Draft) -> Map {
    let mut map = draft.members().map(crate::tree::members_to_json).unwrap_or_default();
    map.insert("kind".to_owned(), Json::String(draft.kind.name().to_owned()));
    map.insert("id".to_owned(), Json::String(draft.id.clone()));
    let name = Json::String(draft.path.to_string());
    let source = Json::Object(Map::from([("name".to_owned(), name.clone())]));
    let sources = map.entry("sources".to_owned()).or_insert_with(|| Json::Array(Vec::new()));
    if let Json::Array(sources) = sources {
        let named = |source: &Json| *source == name || source.pointer("/name") == Some(&name);
        if !sources.iter().any(named) {
            sources.push(source);
        }
    }
    map
}

/// What the model said of a draft.
struct Refusal {
    code: &'static Code,
    place: crate::place::Place,
    message: String,
    /// Whether there can be no entry.
    fatal: bool,
}

impl Refusal {
    fn of(draft: &Draft, error: &ShapeError, pointer: &str) -> Self {
        let top = draft.kind.info().structure;
        let (node, name) = draft.root.find(pointer).unwrap_or((&draft.root, draft.root.at));
        let field = field(top, pointer);
        let structure = match field.map(|field| field.ty) {
            Some(FieldType::Structure(structure)) => Some(structure),
            None if pointer.is_empty() => Some(top),
            _ => None,
        };
        let lacks = |structure: &Structure| {
            node.as_map().is_some_and(|members| {
                let lacking = |field: &&Field| field.required && !members.contains_key(field.name);
                // The id is not among the members of a draft.
                structure
                    .fields
                    .iter()
                    .filter(|field| field.name != "id")
                    .any(|field| lacking(&field))
            })
        };
        let is_date = field.is_some_and(|field| matches!(field.ty, FieldType::Date));
        let (code, place) = match () {
            () if error.is_name() => (&UNKNOWN_FIELD, name),
            () if structure.is_some_and(lacks) => (&MISSING_FIELD, node.at),
            () if is_date => (&BAD_DATE, node.at),
            () => (&BAD_FIELD, node.at),
        };
        let at_top = !pointer[1.min(pointer.len())..].contains('/');
        let required = at_top && field.is_some_and(|field| field.required);
        // The model expects EDTF; people may write more.
        let text = node.as_text().filter(|_| is_date);
        let spoken = text.and_then(|text| dates::read(text).err()).map(|error| error.to_string());
        let message = spoken.unwrap_or_else(|| error.to_string());
        Self { code, place, message, fatal: pointer.is_empty() || required }
    }
}

/// The field at a JSON pointer.
fn field(structure: &'static Structure, pointer: &str) -> Option<&'static Field> {
    let mut inside = Some(structure);
    let mut found = None;
    for step in pointer.split('/').skip(1) {
        if step.bytes().all(|byte| byte.is_ascii_digit()) && found.is_some() {
            continue;
        }
        let field = inside?.fields.iter().find(|field| field.name == step)?;
        inside = match field.ty {
            FieldType::Structure(structure) => Some(structure),
            _ => None,
        };
        found = Some(field);
    }
    found
}

/// Keeps what was refused in `extra`, under its path.
fn keep(root: &mut Node, pointer: &str, raw: Node) {
    let at = raw.at;
    let Value::Map(members) = &mut root.value else { return };
    let empty = Member { at, node: Node::empty_map(at) };
    let extra = members.entry("extra".into()).or_insert(empty);
    if let Value::Map(extra) = &mut extra.node.value {
        let name = pointer.trim_start_matches('/').to_owned();
        let others = || (2..).map(|number| format!("{name}#{number}"));
        let free =
            std::iter::once(name.clone()).chain(others()).find(|name| !extra.contains_key(&**name));
        extra.insert(free.unwrap_or(name).into(), Member { at, node: raw });
    }
}
