//! A post of WordPress, wherever it was read, and the article or event that it becomes.

use std::collections::{BTreeMap, BTreeSet};

use rochdale::model::Kind;

use super::body::body;
use super::event;
use super::moment::Moment;
use super::shortcodes::Lost;
use super::text::{line, prose, slug_text};
use crate::codes::TITLE_MADE;
use crate::draft::{Body, Draft, Key, Unread, html};
use crate::foreign::{Sink, Source};
use crate::place::Place;
use crate::tally::Tally;
use crate::tree::{Node, Style, Value, issue};
use crate::xml::Field;

/// How many words of a text stand in for a title.
const TITLE_WORDS: usize = 8;

/// A date of a post and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Date {
    pub(crate) moment: Moment,
    pub(crate) at: Place,
}

/// The site that posts belong to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    pub(crate) title: String,
    pub(crate) address: String,
    pub(crate) language: String,
}

/// A post.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) at: Place,
    /// Its number on the site.
    pub(crate) number: String,
    /// `post`, `page` or a type that the site has made.
    pub(crate) sort: String,
    pub(crate) slug: Option<Field>,
    /// HTML.
    pub(crate) title: Option<Field>,
    /// HTML that is not sanitised.
    pub(crate) body: Option<Field>,
    /// The text as it is stored, of which the body is to be made where there is none yet.
    pub(crate) stored: Option<Field>,
    /// The words before the mark `<!--more-->`.
    teaser: Option<String>,
    /// HTML.
    pub(crate) excerpt: Option<Field>,
    pub(crate) link: Option<Field>,
    pub(crate) guid: Option<Field>,
    /// When it was written or published.
    pub(crate) date: Option<Date>,
    pub(crate) modified: Option<Date>,
    pub(crate) status: Option<Field>,
    /// Names or logins.
    pub(crate) authors: Vec<Field>,
    /// Slugs or names.
    pub(crate) categories: Vec<Field>,
    pub(crate) tags: Vec<Field>,
    /// Names of terms in other taxonomies.
    pub(crate) terms: BTreeMap<String, Vec<Field>>,
    pub(crate) language: Option<Field>,
    pub(crate) is_protected: bool,
    /// What goes to `extra`.
    pub(crate) kept: Vec<(String, Node)>,
    /// What was left out of the text.
    lost: Lost,
}

impl Post {
    pub(crate) fn new(at: Place) -> Self {
        Self {
            at,
            number: String::new(),
            sort: String::new(),
            slug: None,
            title: None,
            body: None,
            stored: None,
            teaser: None,
            excerpt: None,
            link: None,
            guid: None,
            date: None,
            modified: None,
            status: None,
            authors: Vec::new(),
            categories: Vec::new(),
            tags: Vec::new(),
            terms: BTreeMap::new(),
            language: None,
            is_protected: false,
            kept: Vec::new(),
            lost: Lost::new(),
        }
    }

    /// Keeps a text in `extra`, unless it is blank.
    pub(crate) fn keep(&mut self, name: &str, at: Place, text: &str) {
        if !text.trim().is_empty() {
            self.kept.push((name.to_owned(), Node::text(at, text.trim())));
        }
    }

    /// Keeps a number in `extra`.
    pub(crate) fn keep_number(&mut self, name: &str, at: Place, text: &str) {
        let value = Value::Scalar(text.trim().to_owned(), Style::Plain);
        self.kept.push((name.to_owned(), Node { at, value }));
    }

    /// Keeps in `extra` that something is so.
    pub(crate) fn keep_flag(&mut self, name: &str, at: Place) {
        self.kept.push((
            name.to_owned(),
            Node { at, value: Value::Scalar("true".to_owned(), Style::Bool) },
        ));
    }

    /// The first of its dates whose zone is not known, and what to say of it.
    pub(crate) fn unknown_zone(&self) -> Option<(Place, String)> {
        let unknown = |date: &&Date| !date.moment.has_zone;
        let date = self.date.iter().chain(&self.modified).find(unknown)?;
        let edtf = &date.moment.edtf;
        let message = format!("`{edtf}` is the local time of the site, whose zone is not stated");
        Some((date.at, message))
    }

    /// The draft of the article, or of the event that the values kept of it show.
    pub(crate) fn draft(
        mut self,
        site: &Site,
        source: &Source,
        sink: &mut Sink<'_>,
        tally: &mut Tally,
    ) -> Draft {
        let is_event = event::is_event(&self.sort, &self.kept);
        let mut draft = source.draft(if is_event { Kind::Event } else { Kind::Article }, self.at);
        self.name(&mut draft, sink);
        for (name, times) in std::mem::take(&mut self.lost) {
            tally.add_times(&name, times);
        }
        self.identity(&mut draft, site);
        self.text(&mut draft, is_event);
        if is_event {
            event::fill(&mut draft, &mut self.kept);
            self.event(&mut draft);
        } else {
            self.article(&mut draft, site);
        }
        let mut seen = BTreeSet::new();
        for tag in std::mem::take(&mut self.tags) {
            let name = line(&tag.text);
            // Exports of old versions state each tag twice.
            if seen.insert(name.clone()) {
                draft.push("tags", Node::text(tag.at, name));
            }
        }
        self.rest(&mut draft);
        draft
    }

    /// The id and the title.
    fn name(&mut self, draft: &mut Draft, sink: &mut Sink<'_>) {
        if let Some(slug) = &self.slug {
            draft.call(&slug_text(slug.text.trim()));
            draft.at = slug.at;
        }
        if let Some(title) = &self.title {
            let words = line(&title.text);
            draft.set_text("title", title.at, words.as_str());
            // What a title says with its markup cannot be made again from the words.
            let is_marked_up = title.text.contains('<') && words != title.text.trim();
            if is_marked_up
                && !words.is_empty()
                && let Some(html) = html::sanitised(title.text.trim())
            {
                draft.keep("title_html", Node::text(title.at, html));
            }
        }
        if draft.title().is_some() {
            return;
        }
        self.read_stored();
        let body = self.body.as_ref().map(|body| prose(&body.text)).unwrap_or_default();
        let words: Vec<&str> = body.split_whitespace().take(TITLE_WORDS + 1).collect();
        let title = match words.len() {
            0 if !draft.id.is_empty() => draft.id.clone(),
            0 => format!("{} {}", self.sort, self.number).trim().to_owned(),
            n if n > TITLE_WORDS => format!("{} …", words[..TITLE_WORDS].join(" ")),
            _ => words.join(" "),
        };
        let message = format!("no title; made `{title}` of what it says");
        sink.issue(issue(&TITLE_MADE, self.at, message));
        draft.set_text("title", self.at, title);
    }

    /// Makes the body of the text as it is stored.
    fn read_stored(&mut self) {
        if let Some(Field { text, at }) = self.stored.take() {
            let Body { html, teaser, lost } = body(&text);
            self.body = Some(Field { text: html, at });
            (self.teaser, self.lost) = (teaser, lost);
        }
    }

    fn identity(&self, draft: &mut Draft, site: &Site) {
        if let Some(link) = &self.link {
            draft.set_text("url", link.at, link.text.trim());
            draft.known_by(Key::permalink(link.text.trim()));
        }
        if let Some(guid) = &self.guid {
            draft.known_by(Key::guid(&guid.text));
        }
        draft.known_by(Key::post(&site.address, &self.number));
        if draft.id.is_empty() && self.title.is_none() && !self.number.is_empty() {
            draft.call(&format!("{} {}", self.sort, self.number));
        }
    }

    fn text(&mut self, draft: &mut Draft, is_event: bool) {
        let field = if is_event { "description" } else { "body" };
        if let Some(body) = self.body.take() {
            draft.set_prose(field, body.at, body.text, "html");
        }
        let excerpt = self.excerpt.as_ref().map(|field| (field.at, prose(&field.text)));
        let excerpt = excerpt.filter(|(_, text)| !text.is_empty());
        let teaser = || self.teaser.take().map(|text| (self.at, text));
        if let Some((at, text)) = excerpt.or_else(teaser) {
            draft.set_text("summary", at, text);
        }
        if let Some(Field { text, at }) = self.stored.take() {
            draft.unread = Some(Box::new(Unread { field, text, at, read: body }));
        }
    }

    fn article(&mut self, draft: &mut Draft, site: &Site) {
        match &self.language {
            Some(language) => draft.set_text("language", language.at, language.text.trim()),
            None => draft.set_text("language", self.at, site.language.as_str()),
        }
        let is_out = self
            .status
            .as_ref()
            .is_none_or(|status| !matches!(status.text.trim(), "draft" | "pending" | "auto-draft"));
        // A draft was never published; its date says when it was last touched.
        let written = self.date.take();
        let (published, touched) = if is_out { (written, None) } else { (None, written) };
        for (field, date) in
            [("published", published), ("updated", self.modified.take().or(touched))]
        {
            if let Some(Date { moment, at }) = date {
                draft.set_text(field, at, moment.edtf);
            }
        }
        if let Some(status) = &self.status {
            let is_hidden = self.is_protected && status.text.trim() == "publish";
            let status_name = if is_hidden { "private" } else { self::status(status.text.trim()) };
            draft.set_text("status", status.at, status_name);
        }
        for author in std::mem::take(&mut self.authors) {
            draft.push("authors", Node::text(author.at, author.text));
        }
        for category in std::mem::take(&mut self.categories) {
            draft.push("categories", Node::text(category.at, category.text));
        }
        if !site.title.is_empty() {
            let mut parts = vec![("name", Node::text(self.at, site.title.as_str()))];
            if !site.address.is_empty() {
                parts.push(("url", Node::text(self.at, site.address.as_str())));
            }
            draft.push("sources", Node::map(self.at, parts));
        }
    }

    fn event(&mut self, draft: &mut Draft) {
        if let Some(status) = self.status.take().filter(|status| status.text.trim() != "publish") {
            draft.keep("post_status", Node::text(status.at, status.text.trim()));
        }
        for (name, date) in [("published", self.date.take()), ("updated", self.modified.take())] {
            if let Some(Date { moment, at }) = date {
                draft.keep(name, Node::text(at, moment.edtf));
            }
        }
        let authors = std::mem::take(&mut self.authors);
        if !authors.is_empty() {
            let names = authors.into_iter().map(|author| Node::text(author.at, author.text));
            draft.keep("authors", Node::list(self.at, names));
        }
        for topic in std::mem::take(&mut self.categories) {
            draft.push("topics", Node::text(topic.at, line(&topic.text)));
        }
        let of_events = |name: &str| name.contains("event") && name.contains("cat");
        let names: Vec<String> =
            self.terms.keys().filter(|name| of_events(name)).cloned().collect();
        for topic in names.iter().filter_map(|name| self.terms.remove(name)).flatten() {
            draft.push("topics", Node::text(topic.at, line(&topic.text)));
        }
    }

    /// What has no field.
    fn rest(self, draft: &mut Draft) {
        if self.is_protected {
            let value = Value::Scalar("true".to_owned(), Style::Bool);
            draft.keep("password_protected", Node { at: self.at, value });
        }
        if !matches!(&*self.sort, "" | "post") {
            draft.keep("post_type", Node::text(self.at, self.sort.as_str()));
        }
        if !self.number.is_empty() {
            let value = Value::Scalar(self.number, Style::Plain);
            draft.keep("post_id", Node { at: self.at, value });
        }
        if !self.terms.is_empty() {
            let names = |fields: Vec<Field>| {
                let all = fields.into_iter().map(|field| Node::text(field.at, line(&field.text)));
                Node::list(self.at, all)
            };
            let all = self.terms.into_iter().map(|(name, fields)| (name, names(fields)));
            draft.keep("terms", Node::map(self.at, all));
        }
        for (name, node) in self.kept {
            draft.keep(name, node);
        }
    }
}

/// The status of an article that WordPress calls so.
fn status(wordpress: &str) -> &str {
    match wordpress {
        "publish" => "published",
        "future" => "scheduled",
        "trash" => "trashed",
        "auto-draft" => "draft",
        other => other,
    }
}
