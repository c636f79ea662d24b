//! XML as feeds write it: a tree in which each element and text knows its place, its base and its language.

mod build;
mod encoding;
mod entity;
mod markup;
mod space;

use std::borrow::Cow;
use std::sync::Arc;

use url::Url;

pub(super) use build::build;
pub(super) use encoding::text;
pub(super) use space::Space;

use crate::place::{Place, Places};

/// An element and all in it.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) space: Space,
    /// The name without its prefix.
    pub(super) local: Box<str>,
    /// The name as written, for messages.
    pub(super) written: Box<str>,
    attributes: Vec<Attribute>,
    children: Vec<Child>,
    /// The address that relative ones inside start from, as `xml:base` says.
    pub(super) base: Option<Arc<Url>>,
    /// The language, as `xml:lang` says; empty where it says that there is none.
    pub(super) language: Option<Arc<str>>,
    /// Where it begins, in bytes.
    start: usize,
}

#[derive(Debug)]
struct Attribute {
    space: Space,
    local: Box<str>,
    value: Box<str>,
    start: usize,
}

#[derive(Debug)]
enum Child {
    Element(Element),
    Text(String, usize),
}

/// A text and the place where it stands.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) at: Place,
    pub(super) text: String,
}

impl Element {
    /// Whether it has this name.
    pub(super) fn is(&self, space: Space, local: &str) -> bool {
        self.space == space && &*self.local == local
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(..) => None,
        })
    }

    /// The first element of this name in it.
    pub(super) fn child(&self, space: Space, local: &str) -> Option<&Self> {
        self.elements().find(|element| element.is(space, local))
    }

    /// The value of an attribute without a prefix.
    pub(super) fn attribute(&self, local: &str) -> Option<&str> {
        self.attribute_in(Space::None, local)
    }

    /// The value of an attribute.
    pub(super) fn attribute_in(&self, space: Space, local: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|it| it.space == space && &*it.local == local);
        found.map(|attribute| &*attribute.value)
    }

    /// An attribute that is not blank, trimmed, with its place.
    pub(super) fn attribute_words(&self, local: &str, places: &Places<'_>) -> Option<Words> {
        let is = |it: &&Attribute| it.space == Space::None && &*it.local == local;
        let attribute = self.attributes.iter().find(is)?;
        let text = attribute.value.trim();
        let words = || Words { at: places.at(attribute.start), text: text.to_owned() };
        (!text.is_empty()).then(words)
    }

    /// All text in it, elements inside included.
    pub(super) fn all_text(&self) -> Cow<'_, str> {
        if let [Child::Text(text, _)] = &*self.children {
            return Cow::Borrowed(text);
        }
        let mut out = String::new();
        self.add_text(&mut out);
        out.into()
    }

    fn add_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Element(element) => element.add_text(out),
                Child::Text(text, _) => out.push_str(text),
            }
        }
    }

    /// Its text, trimmed, with its place; none where it is blank.
    pub(super) fn words(&self, places: &Places<'_>) -> Option<Words> {
        let text = self.all_text();
        let text = text.trim();
        (!text.is_empty()).then(|| Words { at: self.place(places), text: text.to_owned() })
    }

    /// Whether elements stand in it.
    pub(super) fn has_elements(&self) -> bool {
        self.elements().next().is_some()
    }

    /// Where its first text or element stands, or else where it begins.
    pub(super) fn place(&self, places: &Places<'_>) -> Place {
        let start = self.children.iter().find_map(|child| match child {
            Child::Element(element) => Some(element.start),
            Child::Text(text, start) => {
                // An escape is longer than what it stands for, but blanks before it seldom are.
                let blank = text.len() - text.trim_start().len();
                (blank < text.len()).then_some(start + blank)
            }
        });
        places.at(start.unwrap_or(self.start))
    }

    /// Where it begins.
    pub(super) fn at(&self, places: &Places<'_>) -> Place {
        places.at(self.start)
    }
}
