//! Entries on their way: what every format yields, and what makes entries of it.

pub(crate) mod coerce;
pub(crate) mod html;
pub(crate) mod identity;
mod key;
pub(crate) mod references;
pub(crate) mod shape;
mod unread;
mod whence;

use std::collections::BTreeMap;
use std::sync::Arc;

use rochdale::model::{Kind, slug};

pub(crate) use key::Key;
pub(crate) use references::fold;
pub(crate) use unread::{Body, Unread};
pub(crate) use whence::Whence;

use crate::format::Format;
use crate::place::Place;
use crate::tree::{Member, Members, Name, Node, Value};

/// An entry on its way: its fields are known, but for a text that may still be unread; its id and its
/// references may still change.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    /// The file that it stands in.
    pub(crate) path: Arc<str>,
    /// The format of that file.
    pub(crate) format: Format,
    /// A map of the model's fields.
    pub(crate) root: Node,
    pub(crate) id: String,
    /// The id with the date of the file's name, where the id was made without it.
    pub(crate) dated: Option<String>,
    /// Where the id stands, or else the entry.
    pub(crate) at: Place,
    /// By what the same thing is known in other sources.
    pub(crate) keys: Vec<Key>,
    /// Whether what follows from its fields is among the keys.
    has_all_keys: bool,
    /// What references in the same file call it, such as the login of an author; they are looked
    /// for there before ids and names are.
    pub(crate) handles: Vec<String>,
    /// The same in other files, where the draft was made of several.
    pub(crate) foreign_handles: Vec<(Arc<str>, String)>,
    /// The text that is still to be read, where one is.
    pub(crate) unread: Option<Box<Unread>>,
    /// The files of the values that do not come from `path`, by JSON pointer.
    strays: Arc<BTreeMap<String, Arc<str>>>,
}

impl Draft {
    /// A draft without fields, whose id is still to be made.
    pub(crate) fn new(kind: Kind, path: &Arc<str>, format: Format, at: Place) -> Self {
        Self {
            kind,
            path: Arc::clone(path),
            format,
            root: Node::empty_map(at),
            id: String::new(),
            dated: None,
            at,
            keys: Vec::new(),
            has_all_keys: false,
            handles: Vec::new(),
            foreign_handles: Vec::new(),
            unread: None,
            strays: Arc::default(),
        }
    }

    pub(crate) fn members(&self) -> Option<&Members> {
        self.root.as_map()
    }

    /// The value of a field.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.members()?.get(name).map(|member| &member.node)
    }

    /// Gives a field its value.
    pub(crate) fn set(&mut self, name: impl Into<Name>, node: Node) {
        if let Value::Map(members) = &mut self.root.value {
            members.insert(name.into(), Member { at: node.at, node });
        }
    }

    /// Gives a field a text, unless the text is blank.
    pub(crate) fn set_text(&mut self, name: impl Into<Name>, at: Place, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.set(name, Node::text(at, text));
        }
    }

    /// Gives a field prose in a markup, `html`, `markdown` or `plain`, unless it is blank. HTML is
    /// sanitised later.
    pub(crate) fn set_prose(
        &mut self,
        name: impl Into<Name>,
        at: Place,
        text: impl Into<String>,
        markup: &str,
    ) {
        let text = text.into();
        if !text.trim().is_empty() {
            let parts = [("text", Node::text(at, text)), ("markup", Node::text(at, markup))];
            self.set(name, Node::map(at, parts));
        }
    }

    /// Adds a value to those of a field.
    pub(crate) fn push(&mut self, name: impl Into<Name>, node: Node) {
        let Value::Map(members) = &mut self.root.value else { return };
        let at = node.at;
        let empty = || Member { at, node: Node::list(at, []) };
        let member = members.entry(name.into()).or_insert_with(empty);
        if let Value::List(items) = &mut member.node.value {
            items.push(node);
        }
    }

    /// Keeps a value that the model has no field for in `extra`.
    pub(crate) fn keep(&mut self, name: impl Into<Name>, node: Node) {
        let Value::Map(members) = &mut self.root.value else { return };
        let at = node.at;
        let empty = || Member { at, node: Node::empty_map(at) };
        let extra = members.entry("extra".into()).or_insert_with(empty);
        if let Value::Map(extra) = &mut extra.node.value {
            extra.insert(name.into(), Member { at, node });
        }
    }

    /// Says by what the same thing is known elsewhere.
    pub(crate) fn known_by(&mut self, key: Option<Key>) {
        if let Some(key) = key.filter(|key| !self.keys.contains(key)) {
            self.keys.push(key);
        }
    }

    /// Makes the id of a text, if there is none yet and the text has a letter or a digit.
    pub(crate) fn call(&mut self, text: &str) {
        if self.id.is_empty() {
            self.id = slug(text).unwrap_or_default();
        }
    }

    /// Makes the id of the title, or else of what it is known by elsewhere, if there is none yet.
    pub(crate) fn call_somehow(&mut self) {
        if self.id.is_empty() {
            let key = || self.keys.iter().find_map(|key| slug(&key.name()));
            self.id = self.title().and_then(slug).or_else(key).unwrap_or_default();
        }
    }

    /// What people call the entry, where it says so.
    pub(crate) fn title(&self) -> Option<&str> {
        let title = self.kind.info().structure.fields[1].name;
        self.get(title)?.as_text()
    }

    /// The title and the aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.get("aliases").into_iter().flat_map(references::texts);
        self.title().into_iter().chain(aliases)
    }

    /// How references with a kind name it.
    pub(crate) fn reference(&self) -> String {
        format!("{}:{}", self.kind, self.id)
    }

    /// The day by which an entry of its kind is ordered, where it is known to the day.
    pub(crate) fn day(&self) -> Option<String> {
        let field = self.kind.info().structure.fields.iter().find(|field| field.order)?;
        let date = self.get(field.name).and_then(Node::as_text)?;
        let day = date.split(['T', ' ']).next()?;
        let digits = day.bytes().filter(u8::is_ascii_digit).count();
        (day.len() == 10 && digits == 8).then(|| day.to_owned())
    }

    /// Adds to what its format said it is known by elsewhere what follows from its fields, once.
    pub(crate) fn complete_keys(&mut self) {
        if std::mem::replace(&mut self.has_all_keys, true) {
            return;
        }
        let mut keys = std::mem::take(&mut self.keys);
        // Bodies and events share addresses: those of their homes and of their organisers.
        if matches!(self.kind, Kind::Article | Kind::PolicyAnnouncement) {
            keys.extend(self.get("url").and_then(Node::as_text).and_then(Key::permalink));
        }
        let numbers = self.get("register_ids").into_iter().flat_map(references::texts);
        keys.extend(numbers.filter_map(Key::of_register_id));
        for stated in 0..keys.len() {
            keys.extend(keys[stated].of_post_in_address());
        }
        self.keys = keys;
    }

    /// Its content as canonical JSON, which decides where nothing else does.
    pub(crate) fn canonical(&self) -> String {
        self.root.to_json().to_string()
    }

    /// From which files its values come.
    pub(crate) fn whence(&self) -> Whence {
        Whence::new(&self.path, &self.strays)
    }

    /// Remembers that the value at a pointer comes from another file.
    pub(crate) fn stray(&mut self, pointer: &str, path: &Arc<str>) {
        Arc::make_mut(&mut self.strays).insert(pointer.to_owned(), Arc::clone(path));
    }

    /// Takes the value at a pointer out.
    pub(crate) fn take(&mut self, pointer: &str) -> Option<Node> {
        let node = self.root.remove(pointer)?;
        if !self.strays.is_empty() {
            whence::close_gap(Arc::make_mut(&mut self.strays), pointer);
        }
        Some(node)
    }
}
