//! The drafts of the objects of a file.

use std::collections::{BTreeMap, BTreeSet};

use rochdale::model::Kind;

use super::objects::{Objects, flat, number, numbers, refusal, scalar, shown};
use crate::codes::{AUTHOR_ABSENT, LOCAL_TIME};
use crate::foreign::{Sink, Source};
use crate::place::Place;
use crate::tally::Tally;
use crate::tree::{Members, Node, Value, issue};
use crate::wordpress::{Date, Post, Site, is_event, line, moment, prose, slug_text};
use crate::xml::Field;

/// Members of a post that are read, or that only say where more can be had.
const READ: &[&str] = &[
    "id",
    "date",
    "date_gmt",
    "guid",
    "modified",
    "modified_gmt",
    "slug",
    "status",
    "type",
    "link",
    "title",
    "content",
    "excerpt",
    "author",
    "featured_media",
    "sticky",
    "format",
    "parent",
    "menu_order",
    "categories",
    "tags",
    "meta",
    "acf",
    "yoast_head_json",
    "_links",
    "_embedded",
];

/// Members that say how a site treats a post, not what it says.
const SETTINGS: &[&str] = &["comment_status", "ping_status", "template"];

/// Types that WordPress keeps for itself.
const OWN_TYPES: &[&str] = &[
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
];

/// Yields all objects, those that others refer to first.
pub(super) fn yield_all(
    mut objects: Objects,
    source: &Source,
    sink: &mut Sink<'_>,
    tally: &mut Tally,
) {
    let posts = std::mem::take(&mut objects.posts);
    let mut reading = Reading { objects, source, images: BTreeSet::new(), tally };
    let goes_on = reading.users(sink) && reading.terms(sink);
    for post in posts.into_iter().take_while(|_| goes_on) {
        if !reading.post(&post, sink) {
            break;
        }
    }
    let Reading { objects, images, tally, .. } = reading;
    tally.add_times("media", objects.media.len() - images.len());
    tally.add_times("comment", objects.comments);
}

struct Reading<'s> {
    objects: Objects,
    source: &'s Source,
    /// The media that posts have as their image.
    images: BTreeSet<String>,
    tally: &'s mut Tally,
}

impl Reading<'_> {
    fn users(&mut self, sink: &mut Sink<'_>) -> bool {
        for (number, node) in &self.objects.users {
            let Some(members) = node.as_map() else { continue };
            let mut draft = self.source.draft(Kind::Author, node.at);
            let set = |draft: &mut crate::draft::Draft, field: &'static str, name: &str| {
                if let Some(value) = shown(members, name) {
                    draft.set_text(field, value.at, line(&value.text));
                }
            };
            set(&mut draft, "name", "name");
            set(&mut draft, "url", "link");
            if let Some(slug) = scalar(members, "slug").filter(|_| draft.get("name").is_none()) {
                draft.set_text("name", slug.at, slug_text(&slug.text));
            }
            if let Some(bio) = shown(members, "description") {
                draft.set_text("bio", bio.at, prose(&bio.text));
            }
            if let Some(page) = shown(members, "url") {
                draft.push("links", Node::map(page.at, [("url", Node::text(page.at, page.text))]));
            }
            if let Some(email) = scalar(members, "email") {
                if self.source.options.personal_data {
                    draft.keep("email", Node::text(email.at, email.text));
                } else {
                    self.tally.add("e-mail address of an author");
                }
            }
            let others = ["avatar_urls", "meta", "acf", "roles", "capabilities", "yoast_head"];
            for name in others.iter().filter(|name| filled(members, name)) {
                self.tally.add(name);
            }
            draft.handles.push(number.clone());
            if !sink.draft(draft) {
                return false;
            }
        }
        true
    }

    /// Categories become entries; other terms only name what posts have.
    fn terms(&mut self, sink: &mut Sink<'_>) -> bool {
        for ((taxonomy, number), node) in &self.objects.terms {
            let Some(members) = node.as_map().filter(|_| taxonomy == "category") else { continue };
            let mut draft = self.source.draft(Kind::Category, node.at);
            if let Some(slug) = scalar(members, "slug") {
                draft.call(&slug_text(&slug.text));
            }
            if let Some(name) = shown(members, "name") {
                draft.set_text("name", name.at, line(&name.text));
            }
            if let Some(text) = shown(members, "description") {
                draft.set_prose("description", text.at, text.text, "html");
            }
            if let Some(link) = shown(members, "link") {
                draft.set_text("url", link.at, link.text);
            }
            if let Some(parent) = super::objects::number(members, "parent") {
                let key = (taxonomy.clone(), parent.text.clone());
                if self.objects.terms.contains_key(&key) {
                    draft.set_text("parent", parent.at, parent.text);
                } else {
                    draft.keep("parent_id", Node::text(parent.at, parent.text));
                }
            }
            draft.handles.push(number.clone());
            if !sink.draft(draft) {
                return false;
            }
        }
        true
    }

    /// Yields a post; false where there is no room for more entries.
    fn post(&mut self, node: &Node, sink: &mut Sink<'_>) -> bool {
        let Some(members) = node.as_map() else { return true };
        let mut post = Post::new(node.at);
        post.sort = sort(members);
        if OWN_TYPES.contains(&&*post.sort) || post.sort.starts_with("wp_") {
            self.tally.add(&post.sort);
            return true;
        }
        values(members, &mut post);
        self.others(members, &mut post);
        texts(members, &mut post);
        dates(members, &mut post);
        if let Some((at, message)) = post.unknown_zone() {
            sink.issue(issue(&LOCAL_TIME, at, message));
        }
        self.authors(members, &mut post, sink);
        self.terms_of(members, &mut post);
        self.image(members, &mut post);
        let site = site(members);
        let draft = post.draft(&site, self.source, sink, self.tally);
        sink.draft(draft)
    }

    /// Members that plug-ins added: those of events are kept, the others are counted.
    fn others(&mut self, members: &Members, post: &mut Post) {
        let of_event = post.sort.to_ascii_lowercase().contains("event");
        for (name, member) in members.iter().filter(|(name, _)| !READ.contains(&&***name)) {
            let is_text = matches!(&**name, "description" | "url" | "image" | "rest_url");
            // Numbers of terms say nothing without the terms, which are embedded.
            let is_numbers = matches!(&member.node.value, Value::List(items) if items.iter().all(|item| item.as_text().is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()))));
            let is_read = of_event && is_text;
            let is_setting = SETTINGS.contains(&&**name) || name.starts_with('_');
            if !filled(members, name) || is_read {
                continue;
            }
            if of_event && !is_numbers && !is_setting {
                post.kept.push((name.to_string(), member.node.clone()));
            } else {
                self.tally.add(name);
            }
        }
    }

    fn authors(&mut self, members: &Members, post: &mut Post, sink: &mut Sink<'_>) {
        let coauthors = embedded(members, "wp:term").into_iter().filter(|term| {
            scalar(term, "taxonomy").is_some_and(|taxonomy| taxonomy.text == "author")
        });
        post.authors = coauthors
            .filter_map(|term| shown(term, "name"))
            .map(|field| Field { text: line(&field.text), ..field })
            .collect();
        if !post.authors.is_empty() {
            return;
        }
        let refused = embedded(members, "author").into_iter().find_map(refusal);
        let Some(author) = number(members, "author") else {
            // Plug-ins for events give the author as text.
            return;
        };
        if self.objects.users.contains_key(&author.text) {
            let others = embedded(members, "author").into_iter();
            let others = others
                .filter_map(|user| number(user, "id"))
                .filter(|user| user.text != author.text);
            let others: Vec<_> = others.collect();
            post.authors.push(author);
            post.authors.extend(others);
            return;
        }
        let message = match refused {
            Some(refusal) => {
                format!("the site did not give the author `{}`: {refusal}", author.text)
            }
            None => format!("the author `{}` is not in the file", author.text),
        };
        let help = "save the posts with `_embed`, or the users with them";
        sink.issue(issue(&AUTHOR_ABSENT, author.at, message).with_help(help));
        post.keep_number("author_id", author.at, &author.text);
    }

    fn terms_of(&mut self, members: &Members, post: &mut Post) {
        let name = |taxonomy: &str, number: &str| {
            let term = self.objects.terms.get(&(taxonomy.to_owned(), number.to_owned()))?;
            shown(term.as_map()?, "name").map(|field| field.text)
        };
        let of_event = is_event(&post.sort, &post.kept);
        let mut absent: BTreeMap<&str, Vec<Field>> = BTreeMap::new();
        for number in numbers(members, "categories") {
            match name("category", &number.text) {
                Some(name) => {
                    let text = if of_event { name } else { number.text };
                    post.categories.push(Field { text, at: number.at });
                }
                None => absent.entry("category_ids").or_default().push(number),
            }
        }
        for number in numbers(members, "tags") {
            match name("post_tag", &number.text) {
                Some(text) => post.tags.push(Field { text, at: number.at }),
                None => absent.entry("tag_ids").or_default().push(number),
            }
        }
        for (kept, numbers) in absent {
            let at = numbers[0].at;
            let nodes = numbers.into_iter().map(|number| Node::text(number.at, number.text));
            post.kept.push((kept.to_owned(), Node::list(at, nodes)));
        }
        for term in embedded(members, "wp:term") {
            let (Some(taxonomy), Some(name)) = (scalar(term, "taxonomy"), shown(term, "name"))
            else {
                continue;
            };
            if !matches!(&*taxonomy.text, "category" | "post_tag" | "author" | "post_format") {
                post.terms.entry(taxonomy.text).or_default().push(name);
            }
        }
    }

    fn image(&mut self, members: &Members, post: &mut Post) {
        let Some(number) = number(members, "featured_media") else { return };
        let media = self.objects.media.get(&number.text).and_then(Node::as_map);
        let Some(media) = media else {
            return post.keep_number("image_id", number.at, &number.text);
        };
        let parts = [
            ("url", shown(media, "source_url")),
            ("alt", shown(media, "alt_text")),
            ("caption", shown(media, "caption")),
        ];
        let parts = parts.into_iter().filter_map(|(name, field)| {
            let field = field?;
            let text = if name == "caption" { prose(&field.text) } else { line(&field.text) };
            (!text.is_empty()).then(|| (name, Node::text(field.at, text)))
        });
        post.kept.push(("image".to_owned(), Node::map(number.at, parts)));
        self.images.insert(number.text);
    }
}

/// The type of a post; the lists of plug-ins for events state none.
fn sort(members: &Members) -> String {
    match scalar(members, "type") {
        Some(sort) => sort.text,
        None if members.contains_key("start_date") => "event".to_owned(),
        None => "post".to_owned(),
    }
}

/// What `meta` and `acf` hold, by the names in them.
fn values(members: &Members, post: &mut Post) {
    for name in ["meta", "acf"] {
        let inside = members.get(name).and_then(|member| member.node.as_map());
        for (name, member) in inside.into_iter().flatten() {
            let is_empty = match &member.node.value {
                Value::Scalar(text, _) => text.trim().is_empty() || text == "false",
                Value::List(items) => items.is_empty(),
                Value::Map(members) => members.is_empty(),
            };
            if !is_empty && !post.kept.iter().any(|(known, _)| known == name) {
                post.kept.push((name.to_string(), member.node.clone()));
            }
        }
    }
    let seo = members.get("yoast_head_json").and_then(|member| member.node.as_map());
    for (kept, name) in [("seo_title", "title"), ("seo_description", "description")] {
        if let Some(field) = seo.and_then(|seo| shown(seo, name)) {
            post.keep(kept, field.at, &line(&field.text));
        }
    }
}

fn texts(members: &Members, post: &mut Post) {
    post.number = number(members, "id").map(|field| field.text).unwrap_or_default();
    post.slug = shown(members, "slug");
    post.title = shown(members, "title");
    post.excerpt = shown(members, "excerpt");
    post.link = shown(members, "link").or_else(|| shown(members, "url"));
    post.guid = shown(members, "guid");
    post.status = shown(members, "status");
    let inside = members.get("content").and_then(|member| member.node.as_map());
    post.is_protected = inside.is_some_and(|content| is_true(content, "protected"));
    if let Some(field) = shown(members, "content").or_else(|| shown(members, "description")) {
        post.body = Some(field);
    } else if let Some(field) = inside.and_then(|content| scalar(content, "raw")) {
        // Editors are given the text as it was typed.
        post.stored = Some(field);
    }
    if is_true(members, "sticky")
        && let Some(member) = members.get("sticky")
    {
        post.keep_flag("sticky", member.node.at);
    }
    if let Some(format) = scalar(members, "format").filter(|format| format.text != "standard") {
        post.keep("post_format", format.at, &format.text);
    }
    for (name, kept) in [("parent", "parent_post"), ("menu_order", "menu_order")] {
        if let Some(field) = number(members, name) {
            post.keep_number(kept, field.at, &field.text);
        }
    }
}

fn dates(members: &Members, post: &mut Post) {
    let date = |local: &str, utc: &str, at: Place| {
        let text = |name: &str| scalar(members, name).map(|field| field.text).unwrap_or_default();
        let at =
            scalar(members, local).or_else(|| scalar(members, utc)).map_or(at, |field| field.at);
        moment(&text(local), &text(utc), "").map(|moment| Date { moment, at })
    };
    post.date = date("date", "date_gmt", post.at);
    post.modified = date("modified", "modified_gmt", post.at);
}

/// The site of a post, by the address under which it was asked for.
fn site(members: &Members) -> Site {
    let links = members.get("_links").and_then(|member| member.node.as_map());
    let own = links.and_then(|links| links.get("self")).map(|member| flat(&member.node));
    let own = own.and_then(|links| scalar(links.first()?.as_map()?, "href"));
    let address =
        own.and_then(|link| link.text.split_once("/wp-json").map(|(site, _)| site.to_owned()));
    let origin = || {
        let link = scalar(members, "link")?.text;
        let path = link.find("://").map(|scheme| scheme + 3)?;
        let end = link[path..].find('/').map_or(link.len(), |end| path + end);
        Some(link[..end].to_owned())
    };
    Site { address: address.or_else(origin).unwrap_or_default(), ..Site::default() }
}

/// The objects that a post embeds under a name.
fn embedded<'m>(members: &'m Members, name: &str) -> Vec<&'m Members> {
    let inside = members.get("_embedded").and_then(|member| member.node.as_map());
    let list = inside.and_then(|inside| inside.get(name)).map(|member| flat(&member.node));
    list.unwrap_or_default().into_iter().filter_map(Node::as_map).collect()
}

fn is_true(members: &Members, name: &str) -> bool {
    members.get(name).and_then(|member| member.node.as_bool()) == Some(true)
}

/// Whether a member says anything.
fn filled(members: &Members, name: &str) -> bool {
    members.get(name).is_some_and(|member| match &member.node.value {
        Value::Scalar(text, _) => !text.is_empty() && text != "false",
        Value::List(items) => !items.is_empty(),
        Value::Map(members) => !members.is_empty(),
    })
}
