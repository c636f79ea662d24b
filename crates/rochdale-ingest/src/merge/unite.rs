//! Drafts of one thing made one: lists united, other values taken from the preferred source.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rochdale::field::{Field, FieldType, Structure};
use rochdale::issue::Issue;

use super::Merging;
use super::same::{self, Same};
use crate::codes::SOURCES_DIFFER;
use crate::draft::{Draft, fold};
use crate::tree::{Member, Members, Node, Value, issue};

/// The draft that others of the same thing make together.
pub(super) fn unite(
    mut members: Vec<Draft>,
    merging: &Merging,
    issues: &mut Vec<Issue>,
) -> Option<Draft> {
    if members.len() > 1 {
        members.sort_by_cached_key(|draft| {
            (merging.rank(draft), draft.canonical(), Arc::clone(&draft.path), draft.at)
        });
    }
    let mut members = members.into_iter();
    let mut first = members.next()?;
    if members.len() == 0 {
        return Some(first);
    }
    name_source(&mut first);
    let mut union = Union { ranks: BTreeMap::new(), seen: BTreeMap::new(), issues };
    union.ranks.insert(Arc::clone(&first.path), merging.rank(&first));
    let own = |draft: &Draft| {
        (!draft.format.is_foreign()).then(|| (draft.id.clone(), draft.dated.clone()))
    };
    let mut names = own(&first);
    for mut other in members {
        names = names.or_else(|| own(&other));
        union.ranks.insert(Arc::clone(&other.path), merging.rank(&other));
        name_source(&mut other);
        union.add(&mut first, other);
    }
    // Others in the content folder may call it by its id.
    if let Some((id, dated)) = names {
        (first.id, first.dated) = (id, dated);
    }
    Some(first)
}

/// Adds the file of a draft to its sources, so that each of several stays known.
fn name_source(draft: &mut Draft) {
    let path = draft.path.to_string();
    let named = |node: &Node| {
        let name = node.as_map().and_then(|source| source.get("name"));
        name.map_or(node.as_text(), |name| name.node.as_text()) == Some(&*path)
    };
    let known = match draft.get("sources").map(|node| &node.value) {
        Some(Value::List(items)) => items.iter().any(named),
        _ => false,
    };
    if !known {
        draft.push("sources", Node::text(draft.at, path));
    }
}

/// What is known while the drafts of one thing are added to the first of them.
struct Union<'a> {
    /// The rank of each file.
    ranks: BTreeMap<Arc<str>, usize>,
    /// The items of each list, by its pointer, so that adding one is no search.
    seen: BTreeMap<String, BTreeSet<String>>,
    issues: &'a mut Vec<Issue>,
}

impl Union<'_> {
    fn add(&mut self, first: &mut Draft, other: Draft) {
        let structure = first.kind.info().structure;
        let path = other.path;
        for handle in other.handles {
            first.foreign_handles.push((Arc::clone(&path), handle));
        }
        self.keep_name(first, &path, &other.root);
        let Value::Map(from) = other.root.value else { return };
        let mut root = std::mem::replace(
            &mut first.root,
            Node { at: first.at, value: Value::Map(Members::new()) },
        );
        if let Value::Map(members) = &mut root.value {
            let mut at = At { first, path, pointer: String::new() };
            self.members(members, from, Some(structure), &mut at);
        }
        first.root = root;
    }

    /// Keeps the name of another draft as an alias, where the kind has aliases.
    fn keep_name(&mut self, first: &mut Draft, path: &Arc<str>, other: &Node) {
        let fields = first.kind.info().structure.fields;
        let name = other.as_map().and_then(|members| members.get(fields[1].name));
        let Some(node) = name.map(|name| &name.node) else { return };
        let (Some(text), Some(aliases)) =
            (node.as_text(), fields.iter().find(|field| field.name == "aliases"))
        else {
            return;
        };
        let title = first.title().map(fold);
        let known = first.get("aliases");
        let seen = self.seen.entry("/aliases".to_owned()).or_insert_with(|| items(aliases, known));
        if title.as_deref() != Some(&*fold(text)) && seen.insert(same::item(aliases, node)) {
            first.push("aliases", Node::text(node.at, text));
            if let Some(Value::List(items)) = first.get("aliases").map(|node| &node.value) {
                first.stray(&format!("/aliases/{}", items.len() - 1), path);
            }
        }
    }

    /// Adds the members of a map to those of another.
    fn members(
        &mut self,
        known: &mut Members,
        from: Members,
        structure: Option<&'static Structure>,
        at: &mut At<'_>,
    ) {
        for (name, member) in from {
            let length = at.enter(&name);
            let field =
                structure.and_then(|all| all.fields.iter().find(|field| field.name == name));
            match known.get_mut(&name) {
                None => {
                    at.stray();
                    // A list that comes as a whole is looked through when the next is added.
                    self.seen.remove(&at.pointer);
                    known.insert(name, member);
                }
                Some(known) => self.value(&mut known.node, member, field, at),
            }
            at.pointer.truncate(length);
        }
    }

    fn value(&mut self, known: &mut Node, member: Member, field: Option<&Field>, at: &mut At<'_>) {
        let other = member.node;
        let Some(field) = field else {
            if known.to_json() != other.to_json() {
                self.differ(known, &other, at);
            }
            return;
        };
        match (&mut known.value, other.value, field.ty) {
            (Value::Map(known), Value::Map(from), FieldType::Extra) => {
                self.members(known, from, None, at);
            }
            (Value::List(known), Value::List(from), _) if field.many => {
                self.list(known, from, field, at);
            }
            (Value::Map(known), Value::Map(from), FieldType::Structure(structure)) => {
                self.members(known, from, Some(structure), at);
            }
            (_, value, _) => {
                let other = Node { at: other.at, value };
                match same::compare(field, known, &other) {
                    Same::Yes => {}
                    Same::Fuller => {
                        *known = other;
                        at.stray();
                    }
                    Same::No => self.differ(known, &other, at),
                }
            }
        }
    }

    /// Adds the items that a list lacks.
    fn list(&mut self, known: &mut Vec<Node>, from: Vec<Node>, field: &Field, at: &mut At<'_>) {
        let all = || known.iter().map(|node| same::item(field, node)).collect();
        let seen = self.seen.entry(at.pointer.clone()).or_insert_with(all);
        for node in from {
            if seen.insert(same::item(field, &node)) {
                let length = at.enter(&known.len().to_string());
                at.stray();
                at.pointer.truncate(length);
                known.push(node);
            }
        }
    }

    /// Tells that two sources differ, with both values.
    fn differ(&mut self, known: &Node, other: &Node, at: &At<'_>) {
        let from = at.first.whence().path(&at.pointer);
        // Where nothing but the bytes decided, what is left out is told in full.
        let tied = self.ranks.get(&from) == self.ranks.get(&at.path);
        let most = if tied { usize::MAX } else { SHOWN };
        let (name, title) = (&at.pointer[1..], at.first.id.as_str());
        let message = format!(
            "sources differ on `{name}` of `{}:{title}`: took `{}` of {from}:{}, left `{}`",
            at.first.kind,
            shown(known, most),
            known.at.line,
            shown(other, most),
        );
        self.issues.push(issue(&SOURCES_DIFFER, other.at, message).with_path(&*at.path));
    }
}

/// How many characters of a value are shown where a preference decided.
const SHOWN: usize = 200;

fn shown(node: &Node, most: usize) -> String {
    let text = match node.as_text() {
        Some(text) => text.to_owned(),
        None => node.to_json().to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The items of a list, as they are told apart.
fn items(field: &Field, list: Option<&Node>) -> BTreeSet<String> {
    match list.map(|node| &node.value) {
        Some(Value::List(items)) => items.iter().map(|node| same::item(field, node)).collect(),
        _ => BTreeSet::new(),
    }
}

/// Where in a draft something of another is added.
struct At<'a> {
    first: &'a mut Draft,
    /// The file of the other.
    path: Arc<str>,
    pointer: String,
}

impl At<'_> {
    /// Goes into a member or an item; gives the length of the pointer before.
    fn enter(&mut self, step: &str) -> usize {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        length
    }

    /// Remembers that what stands here is of another file.
    fn stray(&mut self) {
        self.first.stray(&self.pointer, &self.path);
    }
}
