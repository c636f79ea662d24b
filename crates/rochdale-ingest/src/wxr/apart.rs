//! Items of one export that share what should be theirs alone: they stay apart.

use std::collections::HashMap;

use crate::draft::{Draft, Key};
use crate::tree::{Node, Value};

/// By what the items so far are known.
#[derive(Debug, Default)]
pub(super) struct Apart {
    items: Vec<Item>,
    /// The item that had a key first.
    first: HashMap<Key, usize>,
}

/// What tells items of one file apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) number: String,
    pub(super) slug: String,
    pub(super) title: String,
}

impl Apart {
    /// Takes from a draft what another item of the file is known by already, and gives the first
    /// such key. Copied posts keep the guid, and sometimes the address, of what they were copied
    /// from.
    pub(super) fn keep(&mut self, draft: &mut Draft, item: Item) -> Option<Key> {
        let mut taken = None;
        let keys = std::mem::take(&mut draft.keys);
        let own = self.items.len();
        self.items.push(item);
        let item = &self.items[own];
        for key in keys {
            let other = Key::of_post_in_address(&key);
            let is_of_another =
                matches!(&other, Some(Key::Post(_, number)) if *number != item.number);
            let known = *self.first.entry(key.clone()).or_insert(own);
            let is_same = known == own || self.items[known] == *item;
            if !is_same || (is_of_another && matches!(key, Key::Guid(_))) {
                if matches!(key, Key::Permalink(_)) {
                    without_address(draft);
                }
                taken.get_or_insert(key);
            } else {
                draft.keys.push(key);
            }
        }
        taken
    }
}

/// Keeps the address, which is that of another, in `extra`.
fn without_address(draft: &mut Draft) {
    let Value::Map(members) = &mut draft.root.value else { return };
    if let Some(member) = members.remove("url") {
        let text = member.node.as_text().unwrap_or_default().to_owned();
        draft.keep("link", Node::text(member.node.at, text));
    }
}
