//! Items that become entries, and attachments, which become their images.

use std::io::Read;

use super::export::Export;
use super::part::{Comment, Item, Meta};
use super::site::{Reading, public_name};
use crate::codes::{LOCAL_TIME, TYPE_ABSENT};
use crate::draft::Draft;
use crate::foreign::Sink;
use crate::place::Place;
use crate::tree::Node;
use crate::wordpress::{
    Date, Post, is_event, line, looks_serialised, moment, prose, speaks_of_event, unserialise,
};
use crate::xml::Field;

/// An attachment: an image or another file.
pub(super) struct Attachment {
    address: String,
    words: String,
    caption: String,
    at: Place,
}

impl Attachment {
    /// The number and the rest of an item that is an attachment.
    pub(super) fn of(item: &Item) -> Option<(String, Self)> {
        let number = item.fields.text("post_id");
        let address = item.fields.get("attachment_url").or_else(|| item.fields.get("guid"))?;
        let alt = item.meta.iter().find(|meta| meta.key() == "_wp_attachment_image_alt");
        let attachment = Self {
            address: address.text.trim().to_owned(),
            words: alt.map(|meta| line(meta.value())).unwrap_or_default(),
            caption: prose(item.fields.text("excerpt")),
            at: address.at,
        };
        (!number.is_empty() && !attachment.address.is_empty())
            .then(|| (number.to_owned(), attachment))
    }

    pub(super) fn node(&self) -> Node {
        let parts = [("url", &self.address), ("alt", &self.words), ("caption", &self.caption)];
        let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
        Node::map(self.at, parts.map(|(name, text)| (name, Node::text(self.at, text.as_str()))))
    }
}

/// The draft of an item, if items of its type become entries.
pub(super) fn draft<R: Read>(
    mut item: Item,
    reading: &mut Reading<'_>,
    export: &mut Export<R>,
    sink: &mut Sink<'_>,
) -> Option<Draft> {
    let mut post = Post::new(item.at);
    post.sort = sort(&item, export);
    values(&mut item, &mut post, export);
    let is_known = matches!(&*post.sort, "post" | "page");
    if !is_known && !is_event(&post.sort, &post.kept) {
        export.tally.add(&post.sort);
        return None;
    }
    for name in ["comment_status", "ping_status"] {
        export.tally.add_times(name, usize::from(!item.fields.text(name).is_empty()));
    }
    comments(&item, &mut post, reading.source.options.personal_data, export);
    texts(&mut item, &mut post);
    dates(&item, &mut post, export);
    terms(&mut item, &mut post, reading, export);
    Some(post.draft(&reading.site, reading.source, sink, &mut export.tally))
}

/// The type of an item; one without is taken for a post.
fn sort<R: Read>(item: &Item, export: &mut Export<R>) -> String {
    let sort = item.fields.text("post_type");
    if sort.is_empty() {
        let message = "expected `wp:post_type`, got none; taken for a post";
        export.tell(&TYPE_ABSENT, item.at, message, "");
        return "post".to_owned();
    }
    sort.to_owned()
}

fn texts(item: &mut Item, post: &mut Post) {
    let fields = &mut item.fields;
    fields.text("post_id").clone_into(&mut post.number);
    post.slug = fields.take("post_name");
    // Old exports hold entities twice over; `line` reads the second layer.
    post.title = fields.take("title");
    post.excerpt = fields.take("excerpt");
    post.link = fields.take("link");
    post.guid = fields.take("guid");
    post.status = fields.take("status");
    post.is_protected = item.is_protected;
    post.stored = fields.take("content");
    for (name, kept) in [("post_parent", "parent_post"), ("menu_order", "menu_order")] {
        if let Some(field) = fields.take(name).filter(|field| field.text.trim() != "0") {
            post.keep_number(kept, field.at, &field.text);
        }
    }
    if let Some(field) = fields.get("is_sticky").filter(|field| field.text.trim() == "1") {
        post.keep_flag("sticky", field.at);
    }
}

fn dates<R: Read>(item: &Item, post: &mut Post, export: &mut Export<R>) {
    let text = |name: &str| item.fields.text(name);
    let place = |names: [&str; 2]| {
        names.iter().find_map(|name| item.fields.get(name)).map_or(item.at, |field| field.at)
    };
    let written = moment(text("post_date"), text("post_date_gmt"), text("pubDate"));
    let at = place(["post_date", "pubDate"]);
    post.date = written.map(|moment| Date { moment, at });
    let changed = moment(text("post_modified"), text("post_modified_gmt"), "");
    let at = place(["post_modified", "post_modified_gmt"]);
    post.modified = changed.map(|moment| Date { moment, at });
    if let Some((at, message)) = post.unknown_zone() {
        export.tell(&LOCAL_TIME, at, &message, "");
    }
}

fn terms<R: Read>(
    item: &mut Item,
    post: &mut Post,
    reading: &mut Reading<'_>,
    export: &mut Export<R>,
) {
    let mut coauthors = Vec::new();
    let all = std::mem::take(&mut item.terms);
    for term in all {
        let name = term.name;
        let slug = term.slug.as_deref().map(str::trim).filter(|slug| !slug.is_empty());
        match term.domain.as_deref().map(str::trim) {
            Some("category") => {
                let key = reading.category_of_item(slug, &name.text, name.at);
                post.categories.push(Field { text: key, at: name.at });
            }
            Some("post_tag" | "tag") => {
                reading.tag_of_item(&name.text);
                post.tags.push(name);
            }
            Some("author") => coauthors.push(coauthor(slug, &name, reading)),
            Some("post_format") => {
                let format = slug.unwrap_or(name.text.trim());
                post.keep(
                    "post_format",
                    name.at,
                    format.strip_prefix("post-format-").unwrap_or(format),
                );
            }
            Some(domain) if !domain.is_empty() => {
                post.terms.entry(domain.to_owned()).or_default().push(name);
            }
            // Old exports state each term a second time without its taxonomy.
            _ => export.tally.add("category without a domain"),
        }
    }
    if coauthors.is_empty()
        && let Some(creator) = item.fields.get("creator")
        && !creator.text.trim().is_empty()
    {
        let text = reading.author_of_item(creator.text.trim());
        coauthors.push(Field { text, at: creator.at });
    }
    post.authors = coauthors;
}

/// One of several authors, as the plug-in Co-Authors Plus states them.
fn coauthor(slug: Option<&str>, name: &Field, reading: &Reading<'_>) -> Field {
    let login = slug.map(|slug| slug.strip_prefix("cap-").unwrap_or(slug));
    let login = login.filter(|login| reading.has_author(login));
    let shown = line(&name.text);
    let text = match login {
        Some(login) => login.to_owned(),
        None if shown.is_empty() => public_name(slug.unwrap_or_default()),
        None => reading.author_of_item(&shown),
    };
    Field { text, at: name.at }
}

/// What other programs attached to the item.
fn values<R: Read>(item: &mut Item, post: &mut Post, export: &mut Export<R>) {
    let of_event = post.sort.to_ascii_lowercase().contains("event");
    let (mut slugs, mut enclosures) = (Vec::new(), Vec::new());
    for meta in std::mem::take(&mut item.meta) {
        let Meta { key, value } = meta;
        let name = key.text.trim();
        match name {
            _ if value.text.trim().is_empty() => {}
            "_wp_old_slug" => slugs.push(Node::text(value.at, value.text.trim())),
            "_yoast_wpseo_title" => post.keep("seo_title", value.at, &value.text),
            "_yoast_wpseo_metadesc" => post.keep("seo_description", value.at, &value.text),
            "enclosure" => enclosures.push(enclosure(&value)),
            // The image is fetched from the attachment that it names.
            "_thumbnail_id" => {}
            _ if name.starts_with('_') && !(of_event && speaks_of_event(name)) => {
                export.tally.add(&format!("value {name}"));
            }
            "" => export.tally.add("value without a name"),
            _ => match kept(&value) {
                Some(node) => add(post, name, node),
                None => export.tally.add("serialised object"),
            },
        }
    }
    for (name, nodes) in [("old_slugs", slugs), ("enclosures", enclosures)] {
        if !nodes.is_empty() {
            post.kept.push((name.to_owned(), Node::list(item.at, nodes)));
        }
    }
}

/// Adds a value; of several with one name a list is made.
fn add(post: &mut Post, name: &str, node: Node) {
    match post.kept.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => known.push(node),
        None => post.kept.push((name.to_owned(), node)),
    }
}

/// A value as `extra` keeps it; none for serialised objects and what only looks serialised.
fn kept(value: &Field) -> Option<Node> {
    if looks_serialised(&value.text) {
        return unserialise(&value.text).map(|json| Node::from_json(value.at, json));
    }
    Some(Node::text(value.at, value.text.trim()))
}

/// The address, length and media type that an enclosure states, a line each.
fn enclosure(value: &Field) -> Node {
    let names = ["url", "length", "type"];
    let parts = names.into_iter().zip(value.text.lines().map(str::trim));
    let parts = parts.filter(|(_, text)| !text.is_empty());
    Node::map(value.at, parts.map(|(name, text)| (name, Node::text(value.at, text))))
}

/// Comments are counted, or kept if personal data was asked for.
fn comments<R: Read>(item: &Item, post: &mut Post, personal_data: bool, export: &mut Export<R>) {
    let Item { comments, .. } = item;
    if !personal_data {
        return export.tally.add_times("comment", comments.len());
    }
    if !comments.is_empty() {
        let nodes = comments.iter().map(comment);
        post.kept.push(("comments".to_owned(), Node::list(item.at, nodes)));
    }
}

fn comment(comment: &Comment) -> Node {
    let text = |name: &str| comment.fields.text(name);
    let date = moment(text("comment_date"), text("comment_date_gmt"), "");
    let parts = [
        ("id", text("comment_id").to_owned()),
        ("parent", text("comment_parent").to_owned()),
        ("author", line(text("comment_author"))),
        ("email", text("comment_author_email").to_owned()),
        ("url", text("comment_author_url").to_owned()),
        ("ip", text("comment_author_IP").to_owned()),
        ("date", date.map(|moment| moment.edtf).unwrap_or_default()),
        ("approved", text("comment_approved").to_owned()),
        ("type", text("comment_type").to_owned()),
        ("text", prose(text("comment_content"))),
    ];
    let is_stated =
        |(name, text): &(&str, String)| !(text.is_empty() || (*name == "parent" && text == "0"));
    let parts = parts.into_iter().filter(is_stated);
    Node::map(comment.at, parts.map(|(name, text)| (name, Node::text(comment.at, text))))
}
