//! Saved pages: a post, an archive of several, or any page that reads like an article.
//!
//! All that a page says is brought into the words of schema.org first, then into fields.
//!
//! | in the page | becomes |
//! |---|---|
//! | `.hentry`, `.h-entry`, `.wp-block-post`, `.post.post-1` | an article |
//! | `.entry-title`, `.p-name`; `a[rel=bookmark]`, `.u-url` | its title; its address |
//! | `.entry-date`, `.published`, `.dt-published`; `.updated`, `.dt-updated` | when it was published and changed |
//! | `.author .fn`, `.p-author`; `By NAME` at the top of the text | its authors; the text is believed first, and another name goes to `extra.posted_by` |
//! | `.entry-content`, `.e-content`; `.entry-summary`, `.p-summary` | its body; its summary, as is a text that ends in `.more-link` |
//! | `a[rel~=category]`, `.cat-links a`; `a[rel~=tag]`, `.p-category` | its categories; its tags |
//! | `.status-private` | its status |
//! | links in the body | its links |
//! | `Category Archives: NAME` above the posts | a category, and that of each post |
//! | JSON-LD and microdata, `Article` and types below it | an article, by `mapping` |
//! | `Person`, `Organization` as its author | an author |
//! | `publisher`, `license` | a source of it |
//! | `Event` and types below it, `.h-event`, `.vevent` | an event, by `mapping` |
//! | its `performer`: a `Person`; anything else | a confirmed speaker; `extra.performers` |
//! | its `location`, `organizer`, `offers` | its venue or `online`, its organisers, its tickets |
//! | a `Person`, `.h-card`, `.vcard` that stands alone | an author |
//! | a `Cooperative` or a body with a `GB-MPR` number | a mutual entity |
//! | Open Graph, Dublin Core and `meta` names | what an only article still lacks |
//! | a page without any of these that reads like an article | an article |
//! | `html[lang]`, `link[rel=canonical]` | the language of articles, the address of an only one |
//!
//! Where a page says one thing in several ways, JSON-LD is believed first, then microdata, then
//! classes, then `meta`, then what the page reads like; a body with markup comes before one without.
//!
//! Not carried, but counted: other types and properties of schema.org, organisations that nothing
//! shows to be mutual, further places and offers of an event, comments, images in `meta`. A relative
//! address becomes a whole one where the page says what its own is.

mod archive;
mod body;
mod byline;
mod cards;
mod dom;
mod drafts;
mod fields;
mod json_ld;
mod mapping;
mod marks;
mod meta;
mod microdata;
mod parse;
mod posts;
mod readable;
mod sort;
mod source;
mod thing;
mod vocabulary;

use std::collections::BTreeMap;

use rochdale::issue::Issue;
use rochdale::model::{Kind, slug};

pub(crate) use archive::{Sort, heading};
pub(crate) use body::link;
pub(crate) use byline::names;
pub(crate) use dom::squeezed;

use archive::Archive;
use fields::address;
use sort::{Found, Signs, fill, merged};
use source::Page;
use thing::{Thing, text};

use crate::codes::{ARCHIVE_GOES_ON, NOTHING_FOUND, TITLE_MADE, TOO_COMPLEX};
use crate::draft::{Draft, Key};
use crate::foreign::{Sink, Source};
use crate::place::Places;
use crate::tree::{Member, Node, Value, issue};

/// Words of a text that become a title where there is none.
const TITLE_WORDS: usize = 10;

/// Reads a page.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(text) = source.text(sink) else { return };
    let places = Places::new(&text);
    let page = match Page::new(&places, source.limits.values) {
        Ok(page) => page,
        Err(found) => {
            return sink.issue(issue(&TOO_COMPLEX, places.at(found.offset), found.message));
        }
    };
    let mut drafts = drafts(&page, source);
    once(&mut drafts);
    if drafts.is_empty() {
        let message =
            "expected an article, an event or a person, got none that is marked up or reads so";
        page.issue(Issue::new(&NOTHING_FOUND, message));
    }
    let (account, issues) = page.into_findings();
    for (name, times) in account {
        sink.not_carried_times(&format!("page: {name}"), times);
    }
    for issue in issues {
        sink.issue(issue);
    }
    for draft in drafts {
        if !sink.draft(draft) {
            return;
        }
    }
}

/// All that a page gives.
fn drafts(page: &Page, source: &Source) -> Vec<Draft> {
    let mut found = Found::new(page.values);
    let readers = [json_ld::things, microdata::things, posts::things, cards::things];
    for (number, reader) in readers.into_iter().enumerate() {
        found.sort(page, reader(page), number);
    }
    count_comments(page);
    let archive = archive::archive(page);
    let mut articles = merged(found.articles, true, article_signs);
    let events = merged(found.events, false, event_signs);
    if archive.is_none() && articles.len() < 2 {
        articles = only(page, articles.pop(), !events.is_empty()).into_iter().collect();
    }
    let mut drafts = Vec::new();
    if let Some(archive) = &archive {
        common(archive, &mut articles);
        if let Archive::Category(heading) = archive {
            drafts.push(category(page, source, heading));
        }
        note_next(page);
    }
    for mut article in articles {
        complete(page, &mut article);
        drafts.extend(drafts::article(page, source, &article));
    }
    drafts.extend(events.iter().map(|event| drafts::event(page, source, event)));
    drafts.extend(found.people.iter().filter_map(|person| drafts::author(page, source, person)));
    drafts.extend(found.mutuals.iter().map(|mutual| drafts::mutual(page, source, mutual)));
    drafts
}

/// The one article of a page, with what its head says and what it reads like.
fn only(page: &Page, article: Option<Node>, has_events: bool) -> Option<Node> {
    let (meta, is_article) = meta::thing(page);
    if article.is_none() && has_events && !is_article {
        return None;
    }
    let has_body = |article: &Node| article.find("/articleBody/0/markup").is_some();
    let reading =
        if article.as_ref().is_some_and(has_body) { None } else { readable::reading(page) };
    let is_probable = reading.as_ref().is_some_and(|reading| reading.is_probable);
    let stated = article.is_some();
    let mut article = match article {
        Some(article) => article,
        None if is_article || is_probable => {
            Thing::new(page.top(), ["Article".to_owned()]).into_node()
        }
        None => return None,
    };
    match reading.map(|reading| reading.thing) {
        // Where nothing else is stated, the order of belief is that of reading views.
        Some(reading) if !stated => {
            fill(&mut article, reading);
            fill(&mut article, meta.into_node());
        }
        reading => {
            fill(&mut article, meta.into_node());
            if let Some(reading) = reading.filter(|_| is_probable) {
                fill(&mut article, reading);
            }
        }
    }
    if text(&article, "headline").or_else(|| text(&article, "name")).is_none()
        && let Some((at, title)) = page.title()
    {
        thing::add(&mut article, "headline", Node::text(at, title));
    }
    if let (Value::Map(members), Some(url)) = (&mut article.value, &page.url) {
        let at = page.top();
        let own = || Member { at, node: Node::text(at, &**url) };
        members.entry("url".into()).or_insert_with(own);
    }
    Some(article)
}

/// Gives the posts of an archive what its heading says of all of them.
fn common(archive: &Archive, articles: &mut [Node]) {
    let (property, heading) = match archive {
        Archive::Category(heading) => ("articleSection", heading),
        Archive::Tag(heading) => ("keywords", heading),
        Archive::Other => return,
    };
    for article in articles {
        let folded = heading.name.to_lowercase();
        let has = thing::values(article, property)
            .iter()
            .any(|value| value.as_text().is_some_and(|text| text.to_lowercase() == folded));
        if !has {
            thing::add(article, property, Node::text(heading.at, &*heading.name));
        }
    }
}

fn category(page: &Page, source: &Source, heading: &archive::Heading) -> Draft {
    let mut draft = source.draft(Kind::Category, heading.at);
    draft.set_text("name", heading.at, &*heading.name);
    if let Some((at, html)) = &heading.description {
        draft.set_prose("description", *at, html, "html");
    }
    if let Some(url) = &page.url {
        draft.set_text("url", page.top(), &**url);
        draft.known_by(Key::permalink(url));
    }
    draft
}

/// Says that the archive has more pages.
fn note_next(page: &Page) {
    let dom = &page.dom;
    let next = dom.below(0).find(|node| {
        let leads =
            dom.has_rel(*node, "next") || dom.words(*node, "class").any(|word| word == "next");
        let older =
            || dom.ancestors(*node).take(2).any(|around| dom.has_class(around, "nav-previous"));
        dom.filled(*node, "href").is_some() && (leads || older())
    });
    if let Some(node) = next {
        let url = page.absolute(dom.filled(node, "href").unwrap_or_default());
        let found =
            issue(&ARCHIVE_GOES_ON, page.place(node), format!("the archive goes on at `{url}`"));
        page.issue(found.with_help("save that page too"));
    }
}

/// Gives an article the language of the page, and a title where it has none.
fn complete(page: &Page, article: &mut Node) {
    if let Some((at, language)) = page.language().filter(|_| text(article, "inLanguage").is_none())
    {
        thing::add(article, "inLanguage", Node::text(at, language));
    }
    if text(article, "headline").or_else(|| text(article, "name")).is_some() {
        return;
    }
    let body = thing::values(article, "articleBody").first().and_then(|body| {
        let html = body.find("/text").map_or(body.as_text(), |(text, _)| text.as_text())?;
        let words = fields::plain(html);
        let start: Vec<&str> = words.split(' ').take(TITLE_WORDS).collect();
        Some(start.join(" "))
    });
    let summary = || text(article, "description").map(|(_, text)| text.to_owned());
    let made = body.filter(|words| !words.is_empty()).or_else(summary);
    if let Some(title) = made {
        page.issue(issue(&TITLE_MADE, article.at, format!("no title is stated; took `{title}`")));
        thing::add(article, "headline", Node::text(article.at, title));
    }
}

/// Counts the comments below a post.
fn count_comments(page: &Page) {
    let dom = &page.dom;
    let comments = dom.below(0).filter(|node| {
        dom.has_class(*node, "comment") && matches!(dom.name(*node), "li" | "article" | "div")
    });
    for _ in comments {
        page.pass_over("comments");
    }
}

/// By what an article is known.
fn article_signs(node: &Node) -> Signs {
    let title = text(node, "headline").or_else(|| text(node, "name"));
    let title = title.map(|(_, title)| fields::plain(title).to_lowercase());
    let url = thing::values(node, "url").iter().find_map(address);
    Signs { address: url.and_then(|(_, url)| Key::permalink(url)), title }
}

/// By what an event is known: several of one page may have one address.
fn event_signs(node: &Node) -> Signs {
    let said = |property| Some(fields::plain(text(node, property)?.1).to_lowercase());
    let starts = said("startDate").unwrap_or_default();
    Signs { address: None, title: said("name").map(|name| format!("{name} {starts}")) }
}

/// Leaves each author of a page once, tells events of one name apart, and leaves a key to a draft
/// only where it has it alone.
fn once(drafts: &mut Vec<Draft>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut left: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        let name = draft.title().filter(|_| draft.kind == Kind::Author).map(str::to_lowercase);
        if let Some(known) = name.as_ref().and_then(|name| seen.get(name)) {
            complete_author(&mut left[*known], draft);
            continue;
        }
        name.map(|name| seen.insert(name, left.len()));
        left.push(draft);
    }
    *drafts = left;
    part_events(drafts);
    let mut keys: BTreeMap<(Kind, Key), usize> = BTreeMap::new();
    for draft in drafts.iter() {
        for key in &draft.keys {
            *keys.entry((draft.kind, key.clone())).or_default() += 1;
        }
    }
    for draft in drafts {
        let kind = draft.kind;
        draft.keys.retain(|key| keys[&(kind, key.clone())] == 1);
    }
}

/// Adds what a page says of an author in another place.
fn complete_author(known: &mut Draft, other: Draft) {
    let Value::Map(members) = other.root.value else { return };
    for (name, member) in members {
        if known.get(&name).is_none() {
            known.set(name, member.node);
        }
    }
}

/// Gives events of one name ids with their days.
fn part_events(drafts: &mut [Draft]) {
    let name = |draft: &Draft| draft.title().filter(|_| draft.kind == Kind::Event).and_then(slug);
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for name in drafts.iter().filter_map(name) {
        *names.entry(name).or_default() += 1;
    }
    for draft in drafts {
        let starts = draft.get("starts").and_then(Node::as_text);
        let date = starts.and_then(|starts| Some(crate::dates::read(starts).ok()?.0));
        let day = date.as_ref().and_then(|date| date.edtf().get(..10));
        if let (Some(name), Some(day)) = (name(draft).filter(|name| names[name] > 1), day) {
            let id = format!("{day}-{name}");
            draft.call(&id);
        }
    }
}
