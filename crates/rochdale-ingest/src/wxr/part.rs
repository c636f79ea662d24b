//! The parts of an export as they stand in it: authors, terms and items.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::place::Place;
use crate::xml::Field;

/// A part of an export.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Part {
    /// An author that the export declares.
    Author(Author),
    /// A category, a tag or a term of another taxonomy that it declares.
    Term(Term),
    /// A post, a page or anything else that WordPress keeps like one.
    Item(Box<Item>),
}

/// Values by the name of their element, without its prefix.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(BTreeMap<&'static str, Field>);

impl Fields {
    /// Takes a value; false if there is one of that name already, which stays.
    pub(super) fn insert(&mut self, name: &'static str, field: Field) -> bool {
        match self.0.entry(name) {
            Entry::Vacant(place) => drop(place.insert(field)),
            Entry::Occupied(_) => return false,
        }
        true
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Field> {
        self.0.get(name)
    }

    /// Takes a value out that is not blank.
    pub(super) fn take(&mut self, name: &str) -> Option<Field> {
        self.0.remove(name).filter(|field| !field.text.trim().is_empty())
    }

    /// The text without blanks around it; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |field| field.text.trim())
    }
}

/// What an export says of the whole site.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    pub(crate) fields: Fields,
}

impl Channel {
    /// The text of an element of the channel, such as `title`, `link`, `language`, `wxr_version` or
    /// `base_blog_url`, without blanks around it.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|field| field.text.trim())
    }
}

/// An author that an export declares.
#[derive(Clone, Debug)]
pub struct Author {
    pub(crate) fields: Fields,
    pub(crate) at: Place,
}

impl Author {
    /// The name by which items refer to the author.
    pub fn login(&self) -> &str {
        self.fields.text("author_login")
    }

    /// The name as readers see it.
    pub fn display_name(&self) -> &str {
        self.fields.text("author_display_name")
    }
}

/// A category, a tag or another term.
#[derive(Clone, Debug)]
pub struct Term {
    /// `category`, `tag` or `term`.
    pub(crate) element: &'static str,
    pub(crate) fields: Fields,
    pub(crate) meta: usize,
    pub(crate) at: Place,
}

impl Term {
    /// The element that declares it: `category`, `tag` or `term`.
    pub fn element(&self) -> &str {
        self.element
    }

    /// To which taxonomy it belongs.
    pub fn taxonomy(&self) -> &str {
        match self.element {
            "category" => "category",
            "tag" => "post_tag",
            _ => self.fields.text("term_taxonomy"),
        }
    }

    /// The name by which items and other terms refer to it.
    pub fn slug(&self) -> &str {
        self.either(["category_nicename", "tag_slug", "term_slug"])
    }

    /// The name as readers see it, with its entities.
    pub fn name(&self) -> &str {
        self.either(["cat_name", "tag_name", "term_name"])
    }

    /// The slug of the term above it; empty if there is none.
    pub fn parent(&self) -> &str {
        self.either(["category_parent", "term_parent", "term_parent"])
    }

    /// How many values of other programs are attached to it.
    pub fn meta_count(&self) -> usize {
        self.meta
    }

    fn either(&self, [category, tag, term]: [&str; 3]) -> &str {
        match self.element {
            "category" => self.fields.text(category),
            "tag" => self.fields.text(tag),
            _ => self.fields.text(term),
        }
    }
}

/// A post, a page or anything else that WordPress keeps like one.
#[derive(Clone, Debug)]
pub struct Item {
    pub(crate) fields: Fields,
    pub(crate) terms: Vec<ItemTerm>,
    pub(crate) meta: Vec<Meta>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) is_protected: bool,
    pub(crate) at: Place,
}

impl Item {
    pub(super) fn new(at: Place) -> Self {
        Self {
            fields: Fields::default(),
            terms: Vec::new(),
            meta: Vec::new(),
            comments: Vec::new(),
            is_protected: false,
            at,
        }
    }

    /// The text of an element as it stands, such as `title`, `link`, `creator`, `content`,
    /// `excerpt`, `post_id`, `post_type` or `status`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|field| &*field.text)
    }

    /// What its `category` elements say: terms of every taxonomy.
    pub fn terms(&self) -> &[ItemTerm] {
        &self.terms
    }

    /// The values that WordPress and other programs attached to it.
    pub fn meta(&self) -> &[Meta] {
        &self.meta
    }

    /// Its comments.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Whether readers need a password.
    pub fn is_protected(&self) -> bool {
        self.is_protected
    }
}

/// A term that an item has.
#[derive(Clone, Debug)]
pub struct ItemTerm {
    pub(crate) domain: Option<String>,
    pub(crate) slug: Option<String>,
    pub(crate) name: Field,
}

impl ItemTerm {
    /// The taxonomy, where it is stated.
    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }

    /// The slug, where it is stated.
    pub fn slug(&self) -> Option<&str> {
        self.slug.as_deref()
    }

    /// The name as readers see it, with its entities.
    pub fn name(&self) -> &str {
        &self.name.text
    }
}

/// A value that a program attached to an item.
#[derive(Clone, Debug)]
pub struct Meta {
    pub(crate) key: Field,
    pub(crate) value: Field,
}

impl Meta {
    /// Its name.
    pub fn key(&self) -> &str {
        self.key.text.trim()
    }

    /// The value as it stands.
    pub fn value(&self) -> &str {
        &self.value.text
    }
}

/// A comment. Who wrote it and what is there only if personal data was asked for.
#[derive(Clone, Debug)]
pub struct Comment {
    pub(crate) fields: Fields,
    pub(crate) meta: usize,
    pub(crate) at: Place,
}

impl Comment {
    /// The text of an element, such as `comment_type`, `comment_approved` or `comment_parent`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|field| field.text.trim())
    }

    /// How many values of other programs are attached to it.
    pub fn meta_count(&self) -> usize {
        self.meta
    }
}
