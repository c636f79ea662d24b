//! The things of a page as drafts of entries.

use std::collections::BTreeSet;

use rochdale::model::Kind;
use url::Url;

use super::body::body;
use super::byline;
use super::fields::{address, named, number, set, yes};
use super::mapping::{ARTICLE, EVENT, MUTUAL, PERSON};
use super::posts::NUMBER;
use super::source::Page;
use super::thing::{is_a, said, text, values};
use super::vocabulary::event_type;
use crate::draft::{Draft, Key};
use crate::foreign::Source;
use crate::tree::{Node, Value};

/// Letters of a name, at most.
const NAME: usize = 80;

/// An article, and its authors of whom the page says more than the name.
pub(super) fn article(page: &Page, source: &Source, thing: &Node) -> Vec<Draft> {
    let mut draft = source.draft(Kind::Article, thing.at);
    set(page, &mut draft, thing, ARTICLE.rows);
    let body = body(page, &draft);
    let authors = authors(page, source, &mut draft, (thing, body.names));
    origin(page, &mut draft, thing);
    for link in body.links {
        draft.push("links", link);
    }
    let url = draft.get("url").and_then(Node::as_text).map(str::to_owned);
    if let Some(url) = url {
        draft.known_by(Key::permalink(&url));
        if let Some((_, number)) = text(thing, NUMBER) {
            draft.known_by(page.site(&url).and_then(|site| Key::post(&site, number)));
        }
        if let Some(step) = last_step(&url) {
            draft.call(&step);
        }
    }
    std::iter::once(draft).chain(authors).collect()
}

/// The last step of an address, where it is a name and not a number or a file.
fn last_step(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let step = url.path_segments()?.rfind(|step| !step.is_empty())?.to_owned();
    let named =
        step.contains('-') && step.contains(char::is_alphabetic) && !step.contains(['.', '%']);
    (named && url.query().is_none()).then_some(step)
}

fn authors(
    page: &Page,
    source: &Source,
    draft: &mut Draft,
    (thing, written): (&Node, Vec<Node>),
) -> Vec<Draft> {
    let mut people = Vec::new();
    let mut account = Vec::new();
    let property = if values(thing, "author").is_empty() { "creator" } else { "author" };
    for value in values(thing, property) {
        let Some((at, name)) = said(value) else { continue };
        let mut names = byline::names_in(name);
        names.retain(|name| {
            let is_name = name.chars().count() <= NAME;
            if !is_name {
                page.pass_over("byline of many words");
            }
            is_name
        });
        if let [name] = &names[..]
            && value.as_map().is_some()
        {
            people.push(person(page, source, value, name));
        }
        account.extend(names.into_iter().map(|name| Node::text(at, name)));
    }
    // The words of a text are surer than the account with which it was put there.
    let (names, other) = if written.is_empty() { (account, written) } else { (written, account) };
    let is_named = |node: &Node| names.iter().any(|name| folded(name) == folded(node));
    for node in other.into_iter().filter(|node| !is_named(node)) {
        people.retain(|person: &Draft| person.title() != node.as_text());
        draft.keep("posted_by", node);
    }
    let mut seen = BTreeSet::new();
    for name in names {
        if seen.insert(folded(&name)) {
            draft.push("authors", name);
        }
    }
    people
}

fn folded(node: &Node) -> String {
    node.as_text().unwrap_or_default().to_lowercase()
}

/// A person, or a body that writes, under the name by which a page calls it.
fn person(page: &Page, source: &Source, thing: &Node, name: &str) -> Draft {
    let mut draft = source.draft(Kind::Author, thing.at);
    draft.set_text("name", thing.at, name);
    set(page, &mut draft, thing, PERSON.rows);
    let role = text(thing, "jobTitle").map(|(at, text)| ("role", Node::text(at, text)));
    let bodies = values(thing, "worksFor").iter().chain(values(thing, "affiliation"));
    let bodies: Vec<Node> = bodies.filter_map(|body| named(page, body)).collect();
    let mut known = BTreeSet::new();
    for body in bodies {
        if known.insert(body.find("/name").and_then(|(name, _)| name.as_text()).map(str::to_owned))
        {
            let at = body.at;
            let parts = [("organisation", body)].into_iter().chain(role.clone());
            draft.push("affiliations", Node::map(at, parts));
        }
    }
    if let (true, Some((_, role))) = (known.is_empty(), role) {
        draft.keep("role", role);
    }
    draft
}

/// A person who stands alone on a page.
pub(super) fn author(page: &Page, source: &Source, thing: &Node) -> Option<Draft> {
    let (_, name) = text(thing, "name")?;
    Some(person(page, source, thing, name))
}

/// Who published an article, as its source.
fn origin(page: &Page, draft: &mut Draft, thing: &Node) {
    let Some(mut node) = values(thing, "publisher").iter().find_map(|body| named(page, body))
    else {
        return;
    };
    let licence = values(thing, "license").iter().find_map(|value| address(value).or(said(value)));
    if let (Value::Map(members), Some((at, text))) = (&mut node.value, licence) {
        let licence = crate::tree::Member { at, node: Node::text(at, text) };
        members.insert("licence".into(), licence);
    }
    draft.push("sources", node);
}

/// An event.
pub(super) fn event(page: &Page, source: &Source, thing: &Node) -> Draft {
    let mut draft = source.draft(Kind::Event, thing.at);
    set(page, &mut draft, thing, EVENT.rows);
    if let Some(sort) = event_type(thing) {
        draft.set_text("event_type", thing.at, sort);
    }
    speakers(page, &mut draft, thing);
    for value in values(thing, "location") {
        venue(page, &mut draft, value);
    }
    for organiser in values(thing, "organizer").iter().filter_map(|body| named(page, body)) {
        draft.push("organisers", organiser);
    }
    for offer in values(thing, "offers") {
        let Some((at, href)) = address(offer).filter(|_| draft.get("tickets").is_none()) else {
            page.pass_over("schema.org Offer");
            continue;
        };
        draft.set("tickets", Node::map(at, [("url", Node::text(at, page.absolute(href)))]));
    }
    standing(&mut draft, thing);
    if let Some((_, url)) = values(thing, "url").iter().find_map(address) {
        draft.known_by(Key::permalink(&page.absolute(url)));
    }
    draft
}

fn speakers(page: &Page, draft: &mut Draft, thing: &Node) {
    let properties = ["performer", "performers", "actor"];
    let mut names = Vec::new();
    for value in properties.iter().flat_map(|property| values(thing, property)) {
        let Some(person) = named(page, value) else { continue };
        let at = value.at;
        names.extend(person.find("/name").map(|(name, _)| name.clone()));
        if !is_a(value, &["Person"]) {
            continue;
        }
        let role = text(value, "jobTitle").map(|(at, text)| ("role", Node::text(at, text)));
        let bodies = ["worksFor", "affiliation"];
        let body =
            bodies.iter().flat_map(|name| values(value, name)).find_map(|body| named(page, body));
        let parts = [("person", person), ("standing", Node::text(at, "confirmed"))];
        let parts = parts.into_iter().chain(role).chain(body.map(|body| ("affiliation", body)));
        draft.push("speakers", Node::map(at, parts));
        names.pop();
    }
    if draft.get("title").is_none() && !names.is_empty() {
        let all: Vec<&str> = names.iter().filter_map(Node::as_text).collect();
        draft.set_text("title", thing.at, all.join(", "));
    }
    if !names.is_empty() {
        draft.keep("performers", Node::list(thing.at, names));
    }
}

fn venue(page: &Page, draft: &mut Draft, place: &Node) {
    if is_a(place, &["VirtualLocation"]) {
        draft.set("online", yes(place.at));
        return;
    }
    if draft.get("venue").is_some() {
        return page.pass_over("schema.org location");
    }
    let node = self::place(page, place);
    if node.as_map().is_some_and(|members| !members.is_empty()) {
        draft.set("venue", node);
    }
}

/// A place, as the model writes it.
fn place(page: &Page, place: &Node) -> Node {
    let mut parts: Vec<(&str, Node)> = Vec::new();
    let has_type = place.as_map().is_some();
    let name = if has_type { text(place, "name") } else { said(place) };
    let written =
        values(place, "address").iter().find_map(|address| Some((address.at, address.as_text()?)));
    if let Some((at, text)) = name.or(written) {
        parts.push(("name", Node::text(at, text)));
    } else if written.is_some() {
        page.pass_over("schema.org address");
    }
    let own = is_a(place, &["PostalAddress"]).then_some(place);
    for address in values(place, "address").iter().chain(own) {
        for (property, field) in [("addressLocality", "locality"), ("addressCountry", "country")] {
            if let Some((at, text)) = text(address, property) {
                parts.push((field, Node::text(at, text)));
            }
        }
        for property in ["streetAddress", "postalCode", "addressRegion", "postOfficeBoxNumber"] {
            for _ in values(address, property) {
                page.pass_over(format!("schema.org {property}"));
            }
        }
    }
    let points = values(place, "geo").iter().chain(std::iter::once(place));
    for point in points {
        for field in ["latitude", "longitude"] {
            if let Some(node) = values(point, field).iter().find_map(number) {
                parts.push((field, node));
            }
        }
    }
    Node::map(place.at, parts)
}

/// Whether an event takes place as announced, and whether people can be elsewhere.
fn standing(draft: &mut Draft, thing: &Node) {
    if let Some((at, status)) = text(thing, "eventStatus") {
        let status = match super::thing::term(status) {
            "EventScheduled" => "scheduled",
            "EventCancelled" => "cancelled",
            "EventPostponed" => "postponed",
            "EventRescheduled" => "moved",
            "EventMovedOnline" => {
                draft.set("online", yes(at));
                "moved"
            }
            other => other,
        };
        draft.set_text("status", at, status);
    }
    if let Some((at, mode)) = text(thing, "eventAttendanceMode")
        && matches!(
            super::thing::term(mode),
            "OnlineEventAttendanceMode" | "MixedEventAttendanceMode"
        )
    {
        draft.set("online", yes(at));
    }
}

/// A mutual entity.
pub(super) fn mutual(page: &Page, source: &Source, thing: &Node) -> Draft {
    let mut draft = source.draft(Kind::MutualEntity, thing.at);
    set(page, &mut draft, thing, MUTUAL.rows);
    for identifier in values(thing, "identifier") {
        let list = text(identifier, "propertyID").map(|(_, list)| list);
        let number = text(identifier, "value").map(|(_, number)| number);
        match list.zip(number).filter(|(list, _)| list.starts_with("GB-")) {
            Some((list, number)) => {
                draft.push("register_ids", Node::text(identifier.at, format!("{list}-{number}")));
                draft.known_by(Key::register(list, number));
            }
            None => page.pass_over("schema.org identifier"),
        }
    }
    if let Some(parent) =
        values(thing, "parentOrganization").iter().find_map(|body| named(page, body))
    {
        draft.set("parent_body", parent);
    }
    for area in values(thing, "areaServed") {
        if let Some((at, name)) = said(area) {
            draft.push("places", Node::map(at, [("name", Node::text(at, name))]));
        }
    }
    for count in values(thing, "numberOfEmployees") {
        let value = number(count).or_else(|| values(count, "value").iter().find_map(number));
        match value {
            Some(value) => {
                let unit = ("unit", Node::text(count.at, "people"));
                draft.push("staff", Node::map(count.at, [("value", value), unit]));
            }
            None => page.pass_over("schema.org numberOfEmployees"),
        }
    }
    draft
}
