//! What feeds of every format say of a piece, and the drafts that it becomes.

use std::collections::BTreeSet;
use std::sync::Arc;

use rochdale::model::Kind;
use url::Url;

use super::dates;
use super::people::Byline;
use super::prose::Prose;
use super::xml::Words;
use crate::codes::{NO_TEXT, TITLE_MADE, UNSAFE_ADDRESS};
use crate::draft::{Draft, Key, html};
use crate::foreign::{Sink, Source};
use crate::place::Place;
use crate::tree::{Node, issue};

/// How many characters a title has at most that is made of the first words of a piece.
const TITLE: usize = 80;

/// The title of a piece that has no words.
const UNTITLED: &str = "untitled";

/// What a feed says of itself, which holds for each of its pieces that says nothing else.
#[derive(Debug, Default)]
pub(super) struct Channel {
    pub(super) origin: Origin,
    pub(super) authors: Vec<Byline>,
    pub(super) language: Option<Words>,
}

/// Where a piece comes from: a feed, by its own words.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    pub(super) name: Option<Words>,
    pub(super) url: Option<Words>,
    pub(super) licence: Option<Words>,
}

/// A piece of a feed.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) at: Place,
    pub(super) title: Option<Prose>,
    pub(super) summary: Option<Prose>,
    pub(super) content: Option<Prose>,
    pub(super) url: Option<Words>,
    pub(super) guid: Option<Words>,
    pub(super) published: Option<Words>,
    pub(super) updated: Option<Words>,
    pub(super) authors: Vec<Byline>,
    pub(super) categories: Vec<Words>,
    pub(super) tags: Vec<Words>,
    pub(super) links: Vec<Link>,
    pub(super) language: Option<Words>,
    pub(super) licence: Option<Words>,
    /// The feed that it was taken from, where that is another.
    pub(super) origin: Option<Origin>,
}

/// A link to another page or to a file.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) url: Words,
    pub(super) title: Option<Words>,
}

impl Item {
    pub(super) fn at(at: Place) -> Self {
        Self {
            at,
            title: None,
            summary: None,
            content: None,
            url: None,
            guid: None,
            published: None,
            updated: None,
            authors: Vec::new(),
            categories: Vec::new(),
            tags: Vec::new(),
            links: Vec::new(),
            language: None,
            licence: None,
            origin: None,
        }
    }

    /// Whether nothing is said of it.
    fn is_empty(&self) -> bool {
        let prose = [&self.title, &self.summary, &self.content].into_iter().any(Option::is_some);
        let dates =
            [&self.published, &self.updated, &self.licence].into_iter().any(Option::is_some);
        let lists = [&self.categories, &self.tags].into_iter().any(|all| !all.is_empty());
        !prose && !dates && !lists && self.authors.is_empty() && self.origin.is_none()
    }
}

/// Turns the pieces of a source into drafts.
pub(super) struct Writer<'a, 's> {
    pub(super) source: &'a Source,
    pub(super) sink: &'a mut Sink<'s>,
    /// The authors of whom there is a draft.
    seen: BTreeSet<String>,
}

impl<'a, 's> Writer<'a, 's> {
    pub(super) fn new(source: &'a Source, sink: &'a mut Sink<'s>) -> Self {
        Self { source, sink, seen: BTreeSet::new() }
    }

    /// Counts what is not carried, under the name of the format.
    pub(super) fn pass_over(&mut self, name: &str) {
        self.sink.not_carried(&format!("{}: {name}", self.source.format.name()));
    }

    /// Takes a piece; false where there is no room for more.
    pub(super) fn item(&mut self, mut item: Item, channel: &Channel) -> bool {
        let mut draft = self.source.draft(Kind::Article, item.at);
        if !self.title(&mut draft, &item) {
            return true;
        }
        set_prose(&mut draft, item.content.take(), item.summary.take());
        let item = &item;
        self.addresses(&mut draft, item, channel);
        for (name, words) in [("published", &item.published), ("updated", &item.updated)] {
            if let Some(words) = words {
                let date = dates::read(&words.text).map(|date| date.to_string());
                draft.set_text(name, words.at, date.unwrap_or_else(|| words.text.clone()));
            }
        }
        if let Some(language) = item.language.as_ref().or(channel.language.as_ref()) {
            draft.set_text("language", language.at, language.text.replace('_', "-"));
        }
        for (name, all) in [("categories", &item.categories), ("tags", &item.tags)] {
            for words in all {
                draft.push(name, Node::text(words.at, &*words.text));
            }
        }
        self.origins(&mut draft, item, channel);
        let personal = self.source.options.personal_data;
        let is_named =
            |it: &Byline| it.name.is_some() || it.url.is_some() || (personal && it.email.is_some());
        let own = item.authors.iter().any(is_named);
        let authors = if own { &item.authors } else { &channel.authors };
        let mut goes = true;
        for byline in authors {
            goes &= self.author(&mut draft, byline);
        }
        draft.call_somehow();
        // A title may have no letter of which an id could be made.
        draft.call(UNTITLED);
        goes && self.sink.draft(draft)
    }

    /// Sets the title, made of the first words or an address if there is none; false where there is
    /// nothing at all to be kept.
    fn title(&mut self, draft: &mut Draft, item: &Item) -> bool {
        let title = item.title.as_ref().map(|title| (title.at, title.line()));
        if let Some((at, line)) = title.filter(|(_, line)| !line.is_empty()) {
            draft.set_text("title", at, line);
            return true;
        }
        let prose = item.summary.as_ref().or(item.content.as_ref());
        let words = prose.map(|prose| (prose.at, beginning(&prose.line())));
        let link = item.links.first().map(|link| &link.url);
        let address = item.url.as_ref().or(item.guid.as_ref()).or(link);
        let made = words
            .filter(|(_, words)| !words.is_empty())
            .or_else(|| address.map(|words| (words.at, beginning(&words.text))));
        if made.is_none() && item.is_empty() {
            self.sink.issue(issue(&NO_TEXT, item.at, "expected a title or a text, got nothing"));
            return false;
        }
        let (at, words) = made.unwrap_or_else(|| (item.at, UNTITLED.to_owned()));
        let message = format!("no title is stated: took `{words}`");
        self.sink.issue(issue(&TITLE_MADE, at, message));
        draft.set_text("title", at, words);
        true
    }

    /// Sets the address and the links, and the keys by which other sources know the piece.
    fn addresses(&mut self, draft: &mut Draft, item: &Item, channel: &Channel) {
        let base = channel.origin.url.as_ref();
        if let Some(url) = item.url.as_ref().and_then(|url| self.address(url, base)) {
            draft.known_by(Key::permalink(&url.text));
            if let Some(step) = telling_step(&url.text) {
                draft.call(step);
            }
            draft.set_text("url", url.at, url.text);
        }
        if let Some(guid) = &item.guid {
            draft.known_by(Key::guid(&guid.text));
            let url = draft.get("url").and_then(Node::as_text);
            if url != Some(&guid.text) {
                draft.keep("guid", Node::text(guid.at, &*guid.text));
            }
        }
        for link in &item.links {
            let Some(url) = self.address(&link.url, base) else { continue };
            let title =
                link.title.iter().map(|title| ("title", Node::text(title.at, &*title.text)));
            let parts = [("url", Node::text(url.at, url.text))].into_iter().chain(title);
            draft.push("links", Node::map(url.at, parts));
        }
    }

    /// An address made whole; none where it would run something instead of leading somewhere.
    fn address(&mut self, words: &Words, base: Option<&Words>) -> Option<Words> {
        if html::is_unsafe(&words.text) {
            let message = format!("the address `{}` leads to no page", beginning(&words.text));
            self.sink.issue(issue(&UNSAFE_ADDRESS, words.at, message));
            return None;
        }
        let whole = html::absolute(&words.text, || Url::parse(&base?.text).ok());
        Some(Words { at: words.at, text: whole.unwrap_or_else(|| words.text.clone()) })
    }

    /// Sets the feeds as sources, the one that the piece was taken from first.
    fn origins(&mut self, draft: &mut Draft, item: &Item, channel: &Channel) {
        let mut origins: Vec<Origin> = item.origin.iter().cloned().collect();
        origins.push(channel.origin.clone());
        if let Some(licence) = &item.licence {
            origins[0].licence = Some(licence.clone());
        }
        for origin in origins {
            let Origin { name, url, licence } = origin;
            // What has terms and no name goes by the name of the file.
            let named = name.as_ref().or(url.as_ref());
            let own = || licence.as_ref().map(|words| (words.at, &*self.source.path));
            let Some((at, name)) = named.map(|words| (words.at, &*words.text)).or_else(own) else {
                continue;
            };
            let name = ("name", Node::text(at, name));
            let licence = licence.map(|words| ("licence", Node::text(words.at, words.text)));
            let url = url.and_then(|url| self.address(&url, None));
            let url = url.map(|url| ("url", Node::text(url.at, url.text)));
            draft.push("sources", Node::map(at, [Some(name), url, licence].into_iter().flatten()));
        }
    }

    /// Adds an author by name, with an entry where more than the name is known.
    fn author(&mut self, draft: &mut Draft, byline: &Byline) -> bool {
        let email = byline.email.as_ref();
        if email.is_some() && !self.source.options.personal_data {
            self.pass_over("e-mail address");
        }
        let email = email.filter(|_| self.source.options.personal_data);
        let Some(name) = byline.name.as_ref().or(byline.url.as_ref()).or(email) else {
            return true;
        };
        draft.push("authors", Node::text(name.at, &*name.text));
        let url = byline.url.as_ref().and_then(|url| self.address(url, None));
        if (url.is_none() && email.is_none()) || !self.seen.insert(name.text.to_lowercase()) {
            return true;
        }
        let mut author = self.source.draft(Kind::Author, byline.at().unwrap_or(name.at));
        author.set_text("name", name.at, &*name.text);
        if let Some(url) = url {
            author.set_text("url", url.at, url.text);
        }
        if let Some(email) = email {
            author.keep("email", Node::text(email.at, &*email.text));
        }
        self.sink.draft(author)
    }
}

/// Sets the body and the summary. A text with markup is the body even where a feed calls it a
/// description, for a summary has none, and nothing is to be lost.
fn set_prose(draft: &mut Draft, content: Option<Prose>, summary: Option<Prose>) {
    let (body, summary) = match (content, summary) {
        (None, Some(summary)) if summary.has_tags() => (Some(summary), None),
        both => both,
    };
    if let Some(body) = body {
        let markup = if body.is_html { "html" } else { "plain" };
        let rebased = body.base.as_deref().filter(|_| body.is_html);
        let rebased = rebased.and_then(|base| html::rebased(&body.text, base));
        draft.set_prose("body", body.at, rebased.unwrap_or(body.text), markup);
    }
    if let Some(summary) = summary {
        draft.set_text("summary", summary.at, summary.seen());
    }
}

/// An address of an element, made whole by the base around it.
pub(super) fn based(words: Words, base: Option<&Arc<Url>>) -> Words {
    let whole = html::absolute(&words.text, || base.map(AsRef::as_ref));
    Words { at: words.at, text: whole.unwrap_or(words.text) }
}

/// The last step of an address where it tells what the page is: not a number, not a file.
fn telling_step(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let path = rest.split(['?', '#']).next()?;
    let (_, steps) = path.trim_end_matches('/').split_once('/')?;
    let step = steps.rsplit('/').next()?;
    let words = step.split(['-', '_']).filter(|word| word.len() > 1).count();
    let plain = !rest.contains('?') && !step.contains(['.', '%', '@', ':']);
    (words > 1 && plain && step.contains(|c: char| c.is_ascii_alphabetic())).then_some(step)
}

/// The first words of a text.
fn beginning(line: &str) -> String {
    if line.chars().count() <= TITLE {
        return line.to_owned();
    }
    let mut out = String::new();
    for word in line.split(' ') {
        if out.chars().count() + word.chars().count() + 2 > TITLE {
            break;
        }
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word);
    }
    if out.is_empty() {
        out = line.chars().take(TITLE - 1).collect();
    }
    out + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_steps_that_tell_make_ids() {
        for (address, step) in [
            ("http://a.example/2011/04/30/first-mutual/", Some("first-mutual")),
            ("http://a.example/first-mutual?x=1", None),
            ("http://a.example/?p=123", None),
            ("http://a.example/2011-04", None),
            ("http://a.example/first-mutual.html", None),
            ("http://a.example", None),
            ("tag:a.example,2011:first-mutual", None),
        ] {
            assert_eq!(telling_step(address), step, "{address}");
        }
    }

    #[test]
    fn titles_are_cut_between_words() {
        assert_eq!(beginning("A few words"), "A few words");
        let made = beginning(&"seven letters ".repeat(20));
        assert!(made.chars().count() <= TITLE && made.ends_with("seven…"), "{made}");
        assert_eq!(beginning(&"é".repeat(200)).chars().count(), TITLE);
    }
}
