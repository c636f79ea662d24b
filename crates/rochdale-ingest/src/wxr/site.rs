//! What is known of a site while its export is read: authors, categories, images.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use rochdale::model::{Kind, slug};

use super::apart::{self, Apart};
use super::export::Export;
use super::item::{self, Attachment};
use super::part::{Author, Item, Term};
use crate::codes::{IMAGE_ABSENT, KEY_SHARED, PARENT_ABSENT, REPEATED_KEY};
use crate::draft::{Draft, Key};
use crate::foreign::{Sink, Source};
use crate::place::Place;
use crate::tree::Node;
use crate::wordpress::{Site, line, slug_text};

/// An export as it is read.
pub(super) struct Reading<'s> {
    pub(super) source: &'s Source,
    pub(super) site: Site,
    /// The logins of the authors that are declared.
    logins: BTreeSet<String>,
    /// By what items and other categories call them.
    categories: BTreeMap<String, Category>,
    /// The names of the tags that are declared, and whether an item has them.
    tags: BTreeMap<String, bool>,
    attachments: BTreeMap<String, Attachment>,
    apart: Apart,
    /// Drafts whose image may still come.
    waiting: Vec<(Draft, String, Place)>,
}

/// A category.
struct Category {
    name: String,
    slug: String,
    parent: Option<(String, Place)>,
    description: Option<(String, Place)>,
    at: Place,
    is_declared: bool,
}

impl<'s> Reading<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self {
            source,
            site: Site::default(),
            logins: BTreeSet::new(),
            categories: BTreeMap::new(),
            tags: BTreeMap::new(),
            attachments: BTreeMap::new(),
            apart: Apart::default(),
            waiting: Vec::new(),
        }
    }

    /// Takes an author; false where there is no room for more entries.
    pub(super) fn author<R: Read>(
        &mut self,
        author: &Author,
        export: &mut Export<R>,
        sink: &mut Sink<'_>,
    ) -> bool {
        let login = author.login();
        if login.is_empty() {
            export.tally.add("author without a login");
            return true;
        }
        if !self.logins.insert(login.to_owned()) {
            let message = format!("the author `{login}` stands again; the first counts");
            export.tell(&REPEATED_KEY, author.at, &message, "");
            return true;
        }
        let field = |name: &str| author.fields.get(name).map_or(author.at, |field| field.at);
        let name = line(author.display_name());
        let name =
            if name.is_empty() || name == login { public_name(login) } else { public_name(&name) };
        let mut draft = self.source.draft(Kind::Author, author.at);
        draft.set_text("name", field("author_display_name"), name);
        draft.set_text(
            "given_name",
            field("author_first_name"),
            line(author.fields.text("author_first_name")),
        );
        draft.set_text(
            "family_name",
            field("author_last_name"),
            line(author.fields.text("author_last_name")),
        );
        draft.handles.push(login.to_owned());
        let email = author.fields.text("author_email");
        if self.source.options.personal_data {
            if !email.is_empty() {
                draft.keep("email", Node::text(field("author_email"), email));
            }
        } else if !email.is_empty() {
            export.tally.add("e-mail address of an author");
        }
        sink.draft(draft)
    }

    /// Takes a term; the categories become entries at the end.
    pub(super) fn term<R: Read>(&mut self, term: &Term, export: &mut Export<R>) -> bool {
        export.tally.add_times("value of a term", term.meta);
        match term.taxonomy() {
            "category" => self.category(term, export),
            "post_tag" => {
                self.tags.entry(line(term.name())).or_insert(false);
                let described = ["tag_description", "term_description"];
                if described.iter().any(|name| !term.fields.text(name).is_empty()) {
                    export.tally.add("description of a tag");
                }
            }
            other => export.tally.add(&format!("term of {other}")),
        }
        true
    }

    fn category<R: Read>(&mut self, term: &Term, export: &mut Export<R>) {
        let name = line(term.name());
        let slug = slug_text(if term.slug().is_empty() { &name } else { term.slug() });
        let Some(key) = key(&slug) else {
            export.tally.add("category without a name");
            return;
        };
        if self.categories.get(&key).is_some_and(|known| known.is_declared) {
            let message = format!("the category `{slug}` stands again; the first counts");
            return export.tell(&REPEATED_KEY, term.at, &message, "");
        }
        let stated = |names: [&str; 2]| {
            let found = names.iter().find_map(|name| term.fields.get(name));
            found.filter(|field| !field.text.trim().is_empty())
        };
        let parent = stated(["category_parent", "term_parent"]);
        let parent = parent.filter(|field| field.text.trim() != "0");
        let description = stated(["category_description", "term_description"]);
        let category = Category {
            name: if name.is_empty() { slug.clone() } else { name },
            slug,
            parent: parent.map(|field| (slug_text(field.text.trim()), field.at)),
            description: description.map(|field| (field.text.clone(), field.at)),
            at: term.at,
            is_declared: true,
        };
        self.categories.insert(key, category);
    }

    /// What an item calls a category, which is declared by that if by nothing else.
    pub(super) fn category_of_item(
        &mut self,
        stated: Option<&str>,
        name: &str,
        at: Place,
    ) -> String {
        let name = line(name);
        let slug = slug_text(stated.unwrap_or(&name));
        let Some(key) = key(&slug).or_else(|| key(&name)) else { return name };
        self.categories.entry(key.clone()).or_insert_with(|| Category {
            name: if name.is_empty() { slug.clone() } else { name },
            slug,
            parent: None,
            description: None,
            at,
            is_declared: false,
        });
        key
    }

    /// Remembers that an item has a tag.
    pub(super) fn tag_of_item(&mut self, name: &str) {
        if let Some(is_used) = self.tags.get_mut(&line(name)) {
            *is_used = true;
        }
    }

    /// How items refer to an author: by login if it is declared, else by a name.
    pub(super) fn author_of_item(&self, login: &str) -> String {
        if self.logins.contains(login) { login.to_owned() } else { public_name(login) }
    }

    /// Whether an author of this login is declared.
    pub(super) fn has_author(&self, login: &str) -> bool {
        self.logins.contains(login)
    }

    /// Takes an item; false where there is no room for more entries.
    pub(super) fn item<R: Read>(
        &mut self,
        item: Item,
        export: &mut Export<R>,
        sink: &mut Sink<'_>,
    ) -> bool {
        self.site(export);
        if item.fields.text("post_type") == "attachment" {
            if let Some((number, attachment)) = Attachment::of(&item) {
                self.attachments.insert(number, attachment);
            }
            export.tally.add("attachment");
            return true;
        }
        let image = item.meta.iter().find(|meta| meta.key() == "_thumbnail_id");
        let image = image.map(|meta| (meta.value().trim().to_owned(), meta.value.at));
        let own = apart::Item {
            number: item.fields.text("post_id").trim_start_matches('0').to_owned(),
            slug: item.fields.text("post_name").to_owned(),
            title: item.fields.text("title").to_owned(),
        };
        let Some(mut draft) = item::draft(item, self, export, sink) else { return true };
        if let Some(key) = self.apart.keep(&mut draft, own) {
            let what = match key {
                Key::Post(_, number) => format!("number `{number}`"),
                Key::Permalink(address) => format!("address `{address}`"),
                Key::Guid(guid) | Key::Register(guid) => format!("guid `{guid}`"),
            };
            let message = format!("the {what} is that of another item as well; both are kept");
            export.tell(&KEY_SHARED, draft.at, &message, "");
        }
        match image.filter(|(number, _)| !matches!(&**number, "" | "0" | "-1")) {
            Some((number, at)) => {
                self.waiting.push((draft, number, at));
                self.waiting.len() < self.source.limits.entries
            }
            None => sink.draft(draft),
        }
    }

    /// What the channel says of the site, which comes before its items.
    fn site<R: Read>(&mut self, export: &Export<R>) {
        if !self.site.address.is_empty() || !self.site.title.is_empty() {
            return;
        }
        let text = |name: &str| export.channel().text(name).unwrap_or_default();
        let address = if text("base_blog_url").is_empty() { "link" } else { "base_blog_url" };
        self.site = Site {
            title: line(text("title")),
            address: text(address).to_owned(),
            language: text("language").to_owned(),
        };
    }

    /// Yields what had to wait for the end.
    pub(super) fn finish<R: Read>(mut self, export: &mut Export<R>, sink: &mut Sink<'_>) {
        let unused = self.tags.values().filter(|is_used| !**is_used).count();
        export.tally.add_times("tag that no post has", unused);
        let mut used = BTreeSet::new();
        for (mut draft, number, at) in std::mem::take(&mut self.waiting) {
            if let Some(attachment) = self.attachments.get(&number) {
                draft.keep("image", attachment.node());
                used.insert(number);
            } else {
                let message = format!("the image `{number}` of the post is not in the file");
                export.tell(&IMAGE_ABSENT, at, &message, "export all content of the site");
                draft.keep("image_id", Node::text(at, number));
            }
            if !sink.draft(draft) {
                return;
            }
        }
        export.tally.remove("attachment", used.len());
        self.categories(export, sink);
    }

    fn categories<R: Read>(self, export: &mut Export<R>, sink: &mut Sink<'_>) {
        let known: BTreeSet<String> = self.categories.keys().cloned().collect();
        for (own, category) in self.categories {
            let mut draft = self.source.draft(Kind::Category, category.at);
            draft.call(&category.slug);
            draft.set_text("name", category.at, category.name);
            if let Some((text, at)) = category.description {
                draft.set_prose("description", at, text, "html");
            }
            if let Some((parent, at)) = category.parent {
                if let Some(parent) = key(&parent).filter(|parent| known.contains(parent)) {
                    draft.set_text("parent", at, parent);
                } else {
                    let message = format!(
                        "the category `{parent}` above `{}` is not in the file; kept in `extra.parent`",
                        category.slug
                    );
                    export.tell(&PARENT_ABSENT, at, &message, "export all content of the site");
                    draft.keep("parent", Node::text(at, parent));
                }
            }
            draft.handles.push(own);
            if !sink.draft(draft) {
                return;
            }
        }
    }
}

/// What a category is called within its file, however it is written.
fn key(slug: &str) -> Option<String> {
    self::slug(slug)
}

/// A name for all to see: of an e-mail address only what stands before `@`.
pub(super) fn public_name(name: &str) -> String {
    let is_address = |(_, host): &(&str, &str)| host.contains('.') && !name.contains(' ');
    match name.split_once('@').filter(is_address) {
        Some((person, _)) if !person.is_empty() => person.to_owned(),
        _ => name.to_owned(),
    }
}
