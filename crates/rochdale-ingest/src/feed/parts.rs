//! The parts of a piece, each by the vocabulary that it is of.

use super::item::{Item, Link, Origin};
use super::people::Byline;
use super::prose::{Prose, Unless};
use super::vocabulary::{Found, Reading, prefer, prefer_last};
use super::xml::{Element, Space, Words};

/// Where an address of a relation begins that the registry of links names shortly.
const RELATIONS: &str = "http://www.iana.org/assignments/relation/";

impl Reading<'_, '_> {
    /// Takes a part that RSS or Atom has itself.
    pub(super) fn own_part(
        &self,
        element: &Element,
        local: &str,
        item: &mut Item,
        found: &mut Found,
    ) -> bool {
        match local {
            "title" => prefer(&mut found.title, 0, self.prose(element, Unless::Guess)),
            "link" => return self.link_part(element, item, found),
            "id" => prefer(&mut found.guid, 0, self.address(element)),
            "guid" => {
                prefer(&mut found.guid, 0, self.words(element));
                let words = self.address(element);
                let states = element.attribute("isPermaLink").map(str::trim);
                if states.is_none_or(|states| !states.eq_ignore_ascii_case("false")) {
                    let page = |words: &Words| words.text.contains("://") || states.is_some();
                    prefer(&mut found.url, 2, words.filter(page));
                }
            }
            "description" | "summary" | "abstract" => {
                let prose = self.prose(element, Unless::Html);
                if found.summary.as_ref().is_some_and(|(rank, _)| *rank == 0) {
                    prefer(&mut found.content, 3, prose);
                } else {
                    prefer(&mut found.summary, 0, prose);
                }
            }
            "content" => return self.content(element, item, found),
            "body" | "fullitem" | "encoded" => self.body(element, found, 1),
            "pubdate" | "published" => {
                prefer_last(&mut found.published, 0, self.words(element));
            }
            "issued" => prefer_last(&mut found.published, 1, self.words(element)),
            "created" => prefer_last(&mut found.published, 4, self.words(element)),
            "updated" | "modified" | "lastbuilddate" => {
                prefer_last(&mut found.updated, 0, self.words(element));
            }
            "author" | "managingeditor" => item.authors.extend(self.byline(element)),
            "category" => item.categories.extend(self.category(element)),
            "enclosure" => {
                let url = self.address_in(element, "url");
                item.links.extend(url.map(|url| Link { url, title: None }));
            }
            "rights" | "copyright" => prefer(&mut found.licence, 1, self.line(element)),
            "language" => prefer(&mut found.language, 0, self.words(element)),
            "source" => item.origin = item.origin.take().or_else(|| self.source(element)),
            _ => return false,
        }
        true
    }

    /// Takes a part of the Dublin Core.
    pub(super) fn dublin_core(
        &self,
        element: &Element,
        local: &str,
        item: &mut Item,
        found: &mut Found,
    ) -> bool {
        match local {
            "title" => prefer(&mut found.title, 1, self.prose(element, Unless::Guess)),
            "creator" | "author" => item.authors.extend(self.byline(element)),
            "subject" => item.tags.extend(self.line(element)),
            "description" => prefer(&mut found.summary, 1, self.prose(element, Unless::Html)),
            "date" => prefer(&mut found.published, 3, self.words(element)),
            "language" => prefer(&mut found.language, 0, self.words(element)),
            "rights" => prefer(&mut found.licence, 1, self.line(element)),
            "identifier" => prefer(&mut found.guid, 2, self.words(element)),
            _ => return false,
        }
        true
    }

    /// Takes a part of Media RSS.
    pub(super) fn media(
        &self,
        element: &Element,
        local: &str,
        item: &mut Item,
        found: &mut Found,
    ) -> bool {
        match local {
            "title" => prefer(&mut found.title, 2, self.prose(element, Unless::Guess)),
            "description" | "text" => {
                prefer(&mut found.summary, 2, self.prose(element, Unless::Guess));
            }
            "keywords" => item.tags.extend(self.listed(element)),
            "category" => item.tags.extend(self.category(element)),
            "content" | "group" => {
                let url = self.address_in(element, "url");
                let title = element.child(Space::Media, "title").and_then(|it| self.line(it));
                item.links.extend(url.map(|url| Link { url, title }));
                for inside in element.elements().filter(|it| it.space == Space::Media) {
                    self.media(inside, &inside.local.to_lowercase(), item, found);
                }
            }
            _ => return false,
        }
        true
    }

    /// Takes a part of what podcasts have.
    pub(super) fn itunes(
        &self,
        element: &Element,
        local: &str,
        item: &mut Item,
        found: &mut Found,
    ) -> bool {
        match local {
            "title" => prefer(&mut found.title, 3, self.prose(element, Unless::Guess)),
            "summary" => prefer(&mut found.summary, 3, self.prose(element, Unless::Guess)),
            "subtitle" => prefer(&mut found.summary, 4, self.prose(element, Unless::Guess)),
            // Of the author whom RSS itself names, it says the name again.
            "author" if item.authors.iter().all(|byline| byline.name.is_none()) => {
                item.authors.extend(self.byline(element));
            }
            "author" => {}
            "keywords" => item.tags.extend(self.listed(element)),
            "category" => {
                item.categories.extend(self.category(element));
                for inside in element.elements().filter(|it| it.is(Space::Itunes, "category")) {
                    item.categories.extend(self.category(inside));
                }
            }
            _ => return false,
        }
        true
    }

    fn prose(&self, element: &Element, unless: Unless) -> Option<Prose> {
        let is_atom = matches!(element.space, Space::Atom | Space::Atom03);
        let unless = if is_atom { Unless::Plain } else { unless };
        Prose::read(element, unless, self.places)
    }

    /// Takes the whole text of a piece.
    pub(super) fn body(&self, element: &Element, found: &mut Found, rank: u8) {
        prefer(&mut found.content, rank, self.prose(element, Unless::Html));
    }

    /// The content of Atom, which may lie elsewhere (RFC 4287, section 4.1.3.2).
    fn content(&self, element: &Element, item: &mut Item, found: &mut Found) -> bool {
        if let Some(url) = self.address_in(element, "src") {
            item.links.push(Link { url, title: None });
            return true;
        }
        let prose = self.prose(element, Unless::Html);
        let is_read = prose.is_some() || self.words(element).is_none();
        prefer(&mut found.content, 0, prose);
        is_read
    }

    fn link_part(&self, element: &Element, item: &mut Item, found: &mut Found) -> bool {
        let Some(url) = self.link(element) else { return true };
        match &*relation(element) {
            "alternate" => prefer(&mut found.url, u8::from(!is_page(element)), Some(url)),
            "enclosure" | "related" | "via" => {
                let title = element.attribute_words("title", self.places);
                item.links.push(Link { url, title });
            }
            "license" => prefer(&mut found.licence, 0, Some(url)),
            // A piece is seldom known by its own feed alone, but that is better than by nothing.
            "self" => prefer(&mut found.url, 3, Some(url)),
            _ => return false,
        }
        true
    }

    /// The address of a link, in an attribute or as a text.
    pub(super) fn link(&self, element: &Element) -> Option<Words> {
        self.address_in(element, "href").or_else(|| self.address(element))
    }

    /// An address in `rdf:resource`, or as a text.
    pub(super) fn resource(&self, element: &Element) -> Option<Words> {
        let resource = element.attribute_in(Space::Rdf, "resource").or(element.attribute("href"));
        match resource.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(Words { at: element.at(self.places), text: text.to_owned() }),
            None => self.words(element),
        }
    }

    fn category(&self, element: &Element) -> Option<Words> {
        let attribute = |name| element.attribute_words(name, self.places);
        let stated = ["label", "term", "text"].into_iter().find_map(attribute);
        stated.or_else(|| self.line(element))
    }

    /// The words of a list with commas.
    fn listed(&self, element: &Element) -> Vec<Words> {
        let Some(words) = self.words(element) else { return Vec::new() };
        let each = words.text.split(',').map(str::trim).filter(|word| !word.is_empty());
        each.map(|word| Words { at: words.at, text: word.to_owned() }).collect()
    }

    /// Who an element names: in parts, as Atom does, or in one text.
    pub(super) fn byline(&self, element: &Element) -> Option<Byline> {
        let part = |names: &[&str]| {
            let inside = element.elements().find(|it| names.iter().any(|name| self.is(it, name)));
            inside.and_then(|inside| self.words(inside))
        };
        let byline = if element.has_elements() {
            let url = element
                .elements()
                .find(|it| ["uri", "url", "homepage"].iter().any(|name| self.is(it, name)))
                .and_then(|inside| self.address(inside));
            Byline { name: part(&["name"]), url, email: part(&["email"]) }
        } else {
            Byline::read(&self.words(element)?)
        };
        byline.at().is_some().then_some(byline)
    }

    /// The feed that a piece was taken from.
    fn source(&self, element: &Element) -> Option<Origin> {
        let mut origin = Origin { url: self.address_in(element, "url"), ..Origin::default() };
        if !element.has_elements() {
            origin.name = self.line(element);
            return (origin.name.is_some() || origin.url.is_some()).then_some(origin);
        }
        let mut url = None;
        for inside in element.elements() {
            match &*inside.local.to_lowercase() {
                "title" => origin.name = origin.name.or_else(|| self.line(inside)),
                "rights" => origin.licence = origin.licence.or_else(|| self.line(inside)),
                "link" if relation(inside) == "alternate" => {
                    prefer(&mut url, u8::from(!is_page(inside)), self.link(inside));
                }
                "link" if relation(inside) == "self" => prefer(&mut url, 2, self.link(inside)),
                _ => {}
            }
        }
        origin.url = origin.url.or(url.map(|(_, url)| url));
        let says = [&origin.name, &origin.url, &origin.licence].into_iter().any(Option::is_some);
        says.then_some(origin)
    }
}

/// What a link is for, in short.
pub(super) fn relation(element: &Element) -> String {
    let relation = element.attribute("rel").map(str::trim).unwrap_or_default().to_lowercase();
    let relation = relation.strip_prefix(RELATIONS).unwrap_or(&relation);
    if relation.is_empty() { "alternate".to_owned() } else { relation.to_owned() }
}

/// Whether a link leads to a page that people read.
pub(super) fn is_page(element: &Element) -> bool {
    let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    kind.is_empty() || kind.contains("html")
}
