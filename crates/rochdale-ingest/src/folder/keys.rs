//! The keys of front matter and what the profile makes of them.

use std::collections::BTreeMap;

use rochdale::field::{Field, FieldType, Structure, singular};
use rochdale::model::Kind;

use crate::place::Place;
use crate::profile::{Profile, has, normal};
use crate::tree::{Member, Members, Name, Node, Value};

/// The keys that have not been taken yet.
pub(super) struct Keys<'a> {
    kind: Kind,
    profile: &'a Profile,
    /// Whether they stand in metadata lines.
    in_lines: bool,
    left: Members,
    /// The keys as written by their normal form.
    names: BTreeMap<String, Name>,
    kept: Members,
}

impl<'a> Keys<'a> {
    pub(super) fn new(kind: Kind, profile: &'a Profile, members: Members, in_lines: bool) -> Self {
        let mut names = BTreeMap::new();
        for key in members.keys() {
            let form = normal(key);
            // Of `Title` and `title` the second is the plain one.
            if *key == form || !names.contains_key(&form) {
                names.insert(form, key.clone());
            }
        }
        Self { kind, profile, in_lines, left: members, names, kept: Members::new() }
    }

    /// The fields of a kind, each from the first of its keys that has a value. The id and `extra`
    /// are not among them.
    pub(super) fn fields(&mut self, structure: &Structure) -> Members {
        let mut fields = Members::new();
        for field in &structure.fields[1..] {
            if matches!(field.ty, FieldType::Extra) {
                continue;
            }
            if let Some((key, mut member)) = self.take(field.name) {
                self.split(&key, &mut member.node, field);
                self.name_maps(&key, &mut member, field);
                fields.insert(field.name.into(), member);
            }
        }
        fields
    }

    /// Takes the first key with a value that the profile maps to a field, or the field's own name.
    pub(super) fn take(&mut self, field: &str) -> Option<(Name, Member)> {
        let singular = singular(field);
        let own = [field, &*singular].map(str::to_owned);
        let keys = self.profile.fields.get(field).map_or(&own[..], Vec::as_slice);
        let foreign = |key: &&String| *key == field || !has(self.kind, key);
        let keys: Vec<_> = keys.iter().filter(foreign).collect();
        keys.into_iter().find_map(|key| self.take_key(key))
    }

    /// Takes a key, or the member of a map where the key has a dot.
    fn take_key(&mut self, key: &str) -> Option<(Name, Member)> {
        let (outer, inner) = key.split_once('.').map_or((key, None), |(o, i)| (o, Some(i)));
        let name = self.names.get(outer)?;
        let valued =
            |member: &Member| !member.node.is_null() && !is_switch(self.profile, key, member);
        match inner {
            None if valued(self.left.get(name)?) => Some((name.clone(), self.left.remove(name)?)),
            None => None,
            Some(inner) => {
                let Value::Map(members) = &mut self.left.get_mut(name)?.node.value else {
                    return None;
                };
                let member = members.remove(inner)?;
                if members.is_empty() {
                    self.left.remove(name);
                }
                Some((inner.to_owned().into(), member))
            }
        }
    }

    /// Takes the keys whose yes or no says whether the entry is a draft; one yes is enough.
    pub(super) fn take_draft(&mut self) -> Option<(bool, Place)> {
        let mut said: Option<(bool, Place)> = None;
        for (key, draft_if) in &self.profile.draft_keys {
            let Some(name) = self.names.get(key) else { continue };
            let Some(is) = self.left.get(name).and_then(|member| member.node.as_bool()) else {
                continue;
            };
            let Some(member) = self.left.remove(name) else { continue };
            let draft = is == *draft_if;
            if said.is_none_or(|(earlier, _)| draft && !earlier) {
                said = Some((draft, member.node.at));
            }
        }
        said
    }

    /// Keeps a member for `extra`.
    pub(super) fn keep(&mut self, key: Name, member: Member) {
        self.kept.insert(key, member);
    }

    /// What was not taken: a map `extra` of the front matter, and the other keys beside it. Keys
    /// without a value are not kept.
    pub(super) fn into_extra(mut self) -> Members {
        let own = self.names.get("extra").and_then(|name| self.left.remove(name));
        let mut extra = self.left;
        extra.retain(|_, member| !member.node.is_null());
        extra.extend(self.kept);
        match own {
            Some(Member { node: Node { value: Value::Map(members), .. }, .. }) => {
                for (key, member) in members {
                    let free =
                        if extra.contains_key(&key) { format!("extra/{key}").into() } else { key };
                    extra.insert(free, member);
                }
            }
            Some(other) if !other.node.is_null() => drop(extra.insert("extra".into(), other)),
            _ => {}
        }
        extra
    }

    /// Splits a text that holds several values.
    fn split(&self, key: &str, node: &mut Node, field: &Field) {
        let key = normal(key);
        let in_lines = self.profile.split_in_lines.get(&key).filter(|_| self.in_lines);
        let Some(signs) = in_lines.or_else(|| self.profile.split.get(&key)) else { return };
        let Some(text) = node.as_text().filter(|_| field.many) else { return };
        let Some(sign) = signs.chars().find(|sign| text.contains(*sign)) else { return };
        let parts = text.split(sign).map(str::trim).filter(|part| !part.is_empty());
        node.value = Value::List(parts.map(|part| Node::text(node.at, part)).collect());
    }

    /// Takes the name out of maps that stand where names are expected, `author: {name: …}`, and
    /// keeps the maps.
    fn name_maps(&mut self, key: &str, member: &mut Member, field: &Field) {
        if !matches!(field.ty, FieldType::Reference(Some(_))) {
            return;
        }
        let whole = member.clone();
        let named = match &mut member.node.value {
            Value::List(items) => items.iter_mut().map(name_map).filter(|named| *named).count() > 0,
            _ => name_map(&mut member.node),
        };
        if named {
            self.keep(key.to_owned().into(), whole);
        }
    }
}

/// Makes the name of a map out of the map, if it has one.
fn name_map(node: &mut Node) -> bool {
    let Value::Map(members) = &node.value else { return false };
    let name = ["id", "name", "title"].iter().find_map(|key| members.get(*key));
    let Some(text) = name.and_then(|member| member.node.as_text()) else { return false };
    node.value = Node::text(node.at, text).value;
    true
}

/// Whether a key's value is the yes or no of a draft: `published: false` is no date.
fn is_switch(profile: &Profile, key: &str, member: &Member) -> bool {
    profile.draft_keys.contains_key(key) && member.node.as_bool().is_some()
}
