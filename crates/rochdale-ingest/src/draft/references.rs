//! References by id or by name, and the authors and categories that only names declare.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rochdale::field::{Field, FieldType, Structure};
use rochdale::issue::Issue;
use rochdale::model::{Kind, slug};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::identity::Numbers;
use super::{Draft, Whence};
use crate::codes::{AMBIGUOUS_NAME, NAME_CLASH};
use crate::format::Format;
use crate::place::Place;
use crate::tree::{Node, Value, issue};

/// Kinds whose entries a name alone brings about.
const IMPLIED: [Kind; 2] = [Kind::Author, Kind::Category];

/// Turns names into ids, and adds the authors and categories that no file declares.
pub(crate) fn settle(drafts: &mut Vec<Draft>, issues: &mut Vec<Issue>) {
    let mut ways = Ways::default();
    let kinds = kinds(drafts, &mut ways);
    let mut names = Names::of(drafts, &kinds);
    let mut wanted: BTreeMap<(Kind, String), Wanted> = BTreeMap::new();
    for draft in &mut *drafts {
        let (whence, own, format) = (draft.whence(), draft.kind.info().structure, draft.format);
        each(&mut draft.root, own, &mut ways, &mut Trail::default(), &mut |kind, node, trail| {
            let Some(text) = node.as_text() else { return };
            let implied = trail.0.len() == 1 && IMPLIED.contains(&kind);
            if implied && names.find(&trail.path(&whence), kind, text).is_none() {
                let (path, at, names) = (trail.path(&whence), node.at, BTreeSet::new());
                let first = || Wanted { path, format, at, names };
                let key = (kind, fold(text));
                wanted.entry(key).or_insert_with(first).names.insert(text.to_owned());
            }
        });
    }
    let added = names.add(wanted, issues);
    for draft in &mut *drafts {
        let (whence, own) = (draft.whence(), draft.kind.info().structure);
        each(&mut draft.root, own, &mut ways, &mut Trail::default(), &mut |kind, node, trail| {
            let path = trail.path(&whence);
            let Some(text) = node.as_text() else { return };
            let Some(found) = names.find(&path, kind, text) else { return };
            if found.ambiguous {
                let message =
                    format!("several entries are called `{text}`; took `{kind}:{}`", found.id);
                issues.push(issue(&AMBIGUOUS_NAME, node.at, message).with_path(&*path));
            }
            *node = Node::text(node.at, found.id);
        });
        once(&mut draft.root, own);
    }
    drafts.extend(added);
}

/// A name that no entry has, as it is written in different places.
struct Wanted {
    path: Arc<str>,
    format: Format,
    at: Place,
    names: BTreeSet<String>,
}

/// The kinds that any draft refers to.
fn kinds(drafts: &mut [Draft], ways: &mut Ways) -> BTreeSet<Kind> {
    let mut kinds = BTreeSet::new();
    for draft in drafts {
        let own = draft.kind.info().structure;
        each(&mut draft.root, own, ways, &mut Trail::default(), &mut |kind, _, _| {
            kinds.insert(kind);
        });
    }
    kinds
}

/// What is known of the entries of those kinds that anything refers to.
struct Names(BTreeMap<Kind, Known>);

/// What is known of the entries of a kind.
#[derive(Default)]
struct Known {
    ids: BTreeSet<String>,
    /// By folded name.
    entries: HashMap<String, Named>,
    /// By what a file calls them within itself.
    handles: HashMap<Arc<str>, HashMap<String, String>>,
}

#[derive(Clone)]
struct Named {
    id: String,
    ambiguous: bool,
}

impl Named {
    fn surely(id: &str) -> Self {
        Self { id: id.to_owned(), ambiguous: false }
    }
}

impl Names {
    fn of(drafts: &[Draft], kinds: &BTreeSet<Kind>) -> Self {
        let mut all: BTreeMap<Kind, Known> =
            kinds.iter().map(|kind| (*kind, Known::default())).collect();
        for draft in drafts {
            if let Some(known) = all.get_mut(&draft.kind) {
                known.add(draft);
            }
        }
        for draft in drafts {
            // An id is a name as well, unless another entry is called so.
            if let Some(known) = all.get_mut(&draft.kind) {
                let named = known.entries.entry(fold(&draft.id));
                named.or_insert_with(|| Named::surely(&draft.id));
            }
        }
        Self(all)
    }

    /// The entry that a reference in a file means.
    fn find(&self, path: &str, kind: Kind, text: &str) -> Option<Named> {
        self.0.get(&kind)?.find(path, kind, text)
    }

    /// Declares the entries that only names want, in the order of the names.
    fn add(
        &mut self,
        wanted: BTreeMap<(Kind, String), Wanted>,
        issues: &mut Vec<Issue>,
    ) -> Vec<Draft> {
        let mut wanted: Vec<_> = wanted.into_iter().collect();
        wanted.sort_by(|((kind, _), one), ((other, _), two)| {
            (kind, &one.names).cmp(&(other, &two.names))
        });
        let (mut added, mut numbers) = (Vec::new(), Numbers::default());
        for ((kind, folded), Wanted { path, format, at, names }) in wanted {
            let mut written = names.into_iter();
            let Some(name) = written.next() else { continue };
            // The model refuses what no id can be made of, where it stands.
            let Some(plain) = slug(&name) else { continue };
            let note = |message: String| issue(&NAME_CLASH, at, message).with_path(&*path);
            let known = self.0.entry(kind).or_default();
            let id = numbers.free(kind, &plain, |id| known.ids.contains(id));
            if id != plain {
                let message =
                    format!("the {kind} `{name}` became `{id}`, for `{plain}` is another");
                issues.push(note(message));
            }
            for other in written {
                let message = format!("`{other}` was taken for the {kind} `{name}`");
                issues.push(note(message));
            }
            known.ids.insert(id.clone());
            known.entries.insert(folded, Named::surely(&id));
            let mut draft = Draft::new(kind, &path, format, at);
            draft.id = id;
            draft.set(kind.info().structure.fields[1].name, Node::text(at, name));
            added.push(draft);
        }
        added
    }
}

impl Known {
    fn add(&mut self, draft: &Draft) {
        self.ids.insert(draft.id.clone());
        let own = draft.handles.iter().map(|handle| (&draft.path, handle));
        let foreign = draft.foreign_handles.iter().map(|(path, handle)| (path, handle));
        for (path, handle) in own.chain(foreign) {
            let in_file = self.handles.entry(Arc::clone(path)).or_default();
            in_file.entry(handle.clone()).or_insert_with(|| draft.id.clone());
        }
        for name in draft.names() {
            let known = self.entries.entry(fold(name)).or_insert_with(|| Named::surely(&draft.id));
            if known.id != draft.id {
                known.ambiguous = true;
                known.id = known.id.as_str().min(&draft.id).to_owned();
            }
        }
    }

    /// The entry that a reference in a file means: by what the file calls it, else by its id, else
    /// by its name.
    fn find(&self, path: &str, kind: Kind, text: &str) -> Option<Named> {
        if let Some(id) = self.handles.get(path).and_then(|handles| handles.get(text)) {
            return Some(Named::surely(id));
        }
        let bare = text.strip_prefix(kind.name()).and_then(|rest| rest.strip_prefix(':'));
        let bare = bare.unwrap_or(text);
        if self.ids.contains(bare) {
            return Some(Named::surely(bare));
        }
        self.entries.get(&fold(bare)).cloned()
    }
}

/// The way to a reference: the fields, each with the position in its list where it has one.
#[derive(Default)]
struct Trail(Vec<(&'static str, Option<usize>)>);

impl Trail {
    /// The file that the value here comes from.
    fn path(&self, whence: &Whence) -> Arc<str> {
        let mut pointer = String::new();
        for (field, position) in self.0.iter().filter(|_| !whence.is_one()) {
            pointer.push('/');
            pointer.push_str(field);
            if let Some(position) = position {
                pointer.push('/');
                pointer.push_str(&position.to_string());
            }
        }
        whence.path(&pointer)
    }
}

/// The fields of each structure that are references or hold some; most do not.
#[derive(Default)]
struct Ways(HashMap<&'static str, Arc<[&'static Field]>>);

impl Ways {
    fn of(&mut self, structure: &'static Structure) -> Arc<[&'static Field]> {
        if let Some(known) = self.0.get(structure.name) {
            return Arc::clone(known);
        }
        // One that holds itself is looked through as if all its fields led somewhere.
        self.0.insert(structure.name, structure.fields.iter().collect());
        let leads = |field: &&Field| match field.ty {
            FieldType::Reference(kind) => kind.is_some(),
            FieldType::Structure(inside) => !self.of(inside).is_empty(),
            _ => false,
        };
        let ways: Arc<[_]> = structure.fields.iter().filter(leads).collect();
        self.0.insert(structure.name, Arc::clone(&ways));
        ways
    }
}

/// Visits every reference to a kind, with the way to it.
fn each(
    node: &mut Node,
    structure: &'static Structure,
    ways: &mut Ways,
    trail: &mut Trail,
    visit: &mut dyn FnMut(Kind, &mut Node, &Trail),
) {
    let Value::Map(members) = &mut node.value else { return };
    for field in ways.of(structure).iter() {
        let Some(member) = members.get_mut(field.name) else { continue };
        let nodes = match &mut member.node.value {
            Value::List(items) => items.as_mut_slice(),
            _ => std::slice::from_mut(&mut member.node),
        };
        for (position, node) in nodes.iter_mut().enumerate() {
            trail.0.push((field.name, field.many.then_some(position)));
            match field.ty {
                FieldType::Reference(Some(kind)) => {
                    if let Some(kind) = Kind::from_name(kind) {
                        visit(kind, node, trail);
                    }
                }
                FieldType::Structure(inside) => each(node, inside, ways, trail, visit),
                _ => {}
            }
            trail.0.pop();
        }
    }
}

/// Leaves of the references in each list the first to an entry.
fn once(root: &mut Node, structure: &Structure) {
    let Value::Map(members) = &mut root.value else { return };
    for field in structure.fields {
        if matches!(field.ty, FieldType::Reference(_))
            && let Some(member) = members.get_mut(field.name)
            && let Value::List(items) = &mut member.node.value
            && items.len() > 1
        {
            let mut seen = BTreeSet::new();
            items.retain(|item| item.as_text().is_none_or(|id| seen.insert(id.to_owned())));
        }
    }
}

/// The texts of a list, or of the first fields of its maps.
pub(super) fn texts(node: &Node) -> impl Iterator<Item = &str> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| match item.as_map() {
        Some(members) => members.get("name")?.node.as_text(),
        None => item.as_text(),
    })
}

/// A name without case, accents and needless blanks.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() {
        let mut folded = String::with_capacity(name.len());
        // As `char::is_whitespace` has it, which knows one more than `u8::is_ascii_whitespace`.
        for word in name.split_whitespace() {
            folded.push_str(if folded.is_empty() { "" } else { " " });
            folded.push_str(word);
        }
        folded.make_ascii_lowercase();
        return folded;
    }
    let bare: String = name.nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    let words: Vec<String> = bare.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        assert_eq!(fold(" Émile  ZOLA "), "emile zola");
        assert_eq!(fold(" Emile \u{b}ZOLA "), "emile zola");
    }
}
