//! The objects of a file by what they are, and those that others embed.

use std::collections::BTreeMap;

use crate::tree::{Members, Node, Value};
use crate::xml::Field;

/// The objects of a file.
#[derive(Debug, Default)]
pub(super) struct Objects {
    pub(super) posts: Vec<Node>,
    /// Users by their numbers.
    pub(super) users: BTreeMap<String, Node>,
    /// Terms by taxonomy and number.
    pub(super) terms: BTreeMap<(String, String), Node>,
    /// Media by their numbers.
    pub(super) media: BTreeMap<String, Node>,
    pub(super) comments: usize,
}

impl Objects {
    /// Takes an object; false if it is none of WordPress's.
    pub(super) fn take(&mut self, node: Node) -> bool {
        let Some(members) = node.as_map() else { return false };
        let has = |name: &str| members.contains_key(name);
        let number = scalar(members, "id").map(|field| field.text);
        match number {
            _ if has("author_name") && has("post") => self.comments += 1,
            Some(number) if has("source_url") || has("media_details") => {
                self.media.entry(number).or_insert(node);
            }
            Some(number) if has("taxonomy") && has("name") => {
                let taxonomy = scalar(members, "taxonomy").map(|field| field.text);
                self.terms.entry((taxonomy.unwrap_or_default(), number)).or_insert(node);
            }
            Some(number) if has("avatar_urls") || (has("name") && has("slug") && !has("title")) => {
                self.users.entry(number).or_insert(node);
            }
            _ if has("title") || has("content") => {
                self.embedded(members);
                self.posts.push(node);
            }
            _ => return false,
        }
        true
    }

    /// Takes what a post embeds.
    fn embedded(&mut self, members: &Members) {
        let embedded = members.get("_embedded").and_then(|member| member.node.as_map());
        for (name, member) in embedded.into_iter().flatten() {
            if !matches!(&**name, "author" | "wp:featuredmedia" | "wp:term") {
                continue;
            }
            for node in flat(&member.node) {
                if node.as_map().is_some_and(|members| refusal(members).is_none()) {
                    self.take_embedded(node);
                }
            }
        }
    }

    fn take_embedded(&mut self, node: &Node) {
        let is_post = |members: &Members| members.contains_key("content");
        if node.as_map().is_some_and(|members| !is_post(members)) {
            self.take(node.clone());
        }
    }
}

/// The objects of a list, or of lists in it.
pub(super) fn flat(node: &Node) -> Vec<&Node> {
    let Value::List(items) = &node.value else { return Vec::new() };
    let inner = |item| match item {
        &Node { value: Value::List(ref items), .. } => items.as_slice(),
        item => std::slice::from_ref(item),
    };
    items.iter().flat_map(inner).collect()
}

/// What the site said in place of an object.
pub(super) fn refusal(members: &Members) -> Option<String> {
    let code = scalar(members, "code")?;
    let message = scalar(members, "message")?;
    (!members.contains_key("id")).then(|| format!("`{}` {}", code.text, message.text))
}

/// A member that is a text or a number.
pub(super) fn scalar(members: &Members, name: &str) -> Option<Field> {
    let node = &members.get(name)?.node;
    Some(Field { text: node.as_text()?.to_owned(), at: node.at })
}

/// A member that is a text, or an object that holds it as it is shown or as it was typed.
pub(super) fn shown(members: &Members, name: &str) -> Option<Field> {
    let field = scalar(members, name).or_else(|| {
        let inside = members.get(name)?.node.as_map()?;
        scalar(inside, "rendered")
    });
    field.filter(|field| !field.text.trim().is_empty())
}

/// A member that is a number other than 0.
pub(super) fn number(members: &Members, name: &str) -> Option<Field> {
    scalar(members, name).filter(|field| {
        field.text != "0"
            && !field.text.is_empty()
            && field.text.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A member that is a list of numbers.
pub(super) fn numbers(members: &Members, name: &str) -> Vec<Field> {
    let list = members.get(name).map(|member| &member.node.value);
    let Some(Value::List(items)) = list else { return Vec::new() };
    let number = |item: &Node| Some(Field { text: item.as_text()?.to_owned(), at: item.at });
    items.iter().filter_map(number).collect()
}
