//! Whole entries as JSON, NDJSON, YAML and TOML: one a file, a list of them, or tables by kind.

use rochdale::issue::Issue;
use rochdale::model::{Id, Kind, slug};

use super::markdown::{named_kind, own_name};
use crate::codes::{BAD_FIELD, EMPTY_FILE, NO_ID, NOT_AN_ENTRY, UNKNOWN_KIND};
use crate::draft::{Draft, coerce};
use crate::format::Format;
use crate::profile::normal;
use crate::session::File;
use crate::tree::{self, Members, Node, Value, issue};

/// Adds the entries of a file.
pub(crate) fn drafts(file: &File, drafts: &mut Vec<Draft>, issues: &mut Vec<Issue>) {
    let range = 0..file.places.text().len();
    let limit = file.limits.values;
    let parsed = match file.format {
        Format::Yaml => tree::yaml(&file.places, range, limit),
        Format::Toml => tree::toml(&file.places, range, limit),
        Format::Ndjson => tree::ndjson(&file.places, range, limit),
        _ => tree::json(&file.places, range, limit),
    };
    let roots: Vec<Node> = parsed.roots.into_iter().filter(|root| !root.is_null()).collect();
    if roots.is_empty() && parsed.issues.is_empty() {
        issues.push(Issue::new(&EMPTY_FILE, "the file has no values"));
    }
    issues.extend(parsed.issues);
    let kind = file.folders().find_map(|folder| file.profile.kind_of_folder(folder));
    let alone = roots.len() == 1 && file.format != Format::Ndjson;
    let mut whole = Whole { file, drafts, issues };
    for root in roots {
        whole.root(root, kind, alone);
    }
}

struct Whole<'a, 'f> {
    file: &'a File<'f>,
    drafts: &'a mut Vec<Draft>,
    issues: &'a mut Vec<Issue>,
}

impl Whole<'_, '_> {
    fn root(&mut self, root: Node, kind: Option<Kind>, alone: bool) {
        match root.value {
            Value::List(items) => {
                for item in items {
                    self.entry(item, kind, false);
                }
            }
            Value::Map(members) if kind.is_none() && is_tables(&members) => self.tables(members),
            _ => self.entry(root, kind, alone),
        }
    }

    /// Tables of entries, each called after their kind.
    fn tables(&mut self, members: Members) {
        for (name, member) in members {
            let Some(kind) = kind_of_table(&name) else {
                let message = format!("unknown kind `{name}`; expected a table named after a kind");
                self.issues.push(issue(&UNKNOWN_KIND, member.at, message));
                continue;
            };
            match member.node.value {
                Value::List(items) => {
                    for item in items {
                        self.entry(item, Some(kind), false);
                    }
                }
                _ => self.entry(member.node, Some(kind), false),
            }
        }
    }

    fn entry(&mut self, root: Node, kind: Option<Kind>, alone: bool) {
        match self.draft(root, kind, alone) {
            Ok(draft) => self.drafts.push(draft),
            Err(issue) => self.issues.push(*issue),
        }
    }

    fn draft(&mut self, root: Node, kind: Option<Kind>, alone: bool) -> Result<Draft, Box<Issue>> {
        let at = root.at;
        let Value::Map(mut members) = root.value else {
            let message = "expected an entry, which is a map of fields";
            return Err(issue(&NOT_AN_ENTRY, at, message).into());
        };
        let kind = match members.remove("kind") {
            Some(member) => named_kind(&member)?,
            None => kind.ok_or_else(|| {
                let message = "expected a field `kind`, or a folder named after a kind";
                Box::new(issue(&UNKNOWN_KIND, at, message))
            })?,
        };
        let structure = kind.info().structure;
        coerce::members(&mut members, structure, self.issues);
        let (id, place) = match members.remove("id") {
            Some(member) => (stated(&member.node)?, member.node.at),
            None if alone => (slug(own_name(self.file.judged())), at),
            None => {
                let title = members.get(structure.fields[1].name);
                (title.and_then(|title| slug(title.node.as_text()?)), at)
            }
        };
        let id = id.ok_or_else(|| {
            let title = structure.fields[1].name;
            let message = format!("expected an `id`, or a `{title}` to make one of");
            Box::new(issue(&NO_ID, at, message))
        })?;
        let mut draft = Draft::new(kind, &self.file.path, self.file.format, place);
        draft.root = Node { at, value: Value::Map(members) };
        draft.id = id;
        Ok(draft)
    }
}

/// The id that a field states, which has to be one.
fn stated(node: &Node) -> Result<Option<String>, Box<Issue>> {
    let text = node.as_text().unwrap_or_default();
    match Id::<()>::new(text) {
        Ok(id) => Ok(Some(id.as_str().to_owned())),
        Err(error) => Err(issue(&BAD_FIELD, node.at, error.message()).into()),
    }
}

/// Whether a map holds tables of entries rather than being one.
fn is_tables(members: &Members) -> bool {
    let table = |(name, member): (&tree::Name, &tree::Member)| {
        let entries = match &member.node.value {
            Value::List(items) => items.iter().all(|item| item.as_map().is_some()),
            Value::Map(_) => true,
            Value::Scalar(..) => false,
        };
        entries && kind_of_table(name).is_some()
    };
    !members.contains_key("kind") && members.iter().any(table)
}

fn kind_of_table(name: &str) -> Option<Kind> {
    let form = normal(name);
    let is = |kind: &&Kind| kind.name() == form || kind.info().plural == form;
    Kind::ALL.iter().find(is).copied()
}
