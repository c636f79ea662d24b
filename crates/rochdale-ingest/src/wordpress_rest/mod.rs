//! Posts, terms and users as the REST interface of WordPress gives them, saved to a file.
//!
//! A file holds one object, a list of them, or pages of lists one after the other. What `_embed`
//! added is read as if it stood in the file.
//!
//! | in the file | becomes |
//! |---|---|
//! | a user, an embedded `author` | an author; the number joins posts to it |
//! | a term of the taxonomy `category` | a category; its parent by number |
//! | a post, a page or a post of a type that the site made | an article |
//! | one whose type says that it is an event, and whose values say when it starts | an event |
//! | `title`, `content`, `excerpt` | the title without its markup, which `extra.title_html` keeps; the body as HTML, sanitised; the summary |
//! | `date`, `date_gmt`; `modified`, `modified_gmt` | when it was published and updated, with the offset that follows |
//! | `status` | the status; `private` for a post that needs a password |
//! | `categories`, `tags`, embedded terms | categories, tags; other taxonomies in `extra.terms` |
//! | embedded terms of the taxonomy `author` | authors in their order (Co-Authors Plus) |
//! | `link`, `guid`, `id` | the address, and what merges it with other sources; `extra.post_id` |
//! | `featured_media` with its embedded image | `extra.image`, with its text for those who cannot see it |
//! | `format`, `sticky`, `parent`, `menu_order` | `extra.post_format`, `extra.sticky`, `extra.parent_post`, `extra.menu_order` |
//! | `yoast_head_json` | `extra.seo_title`, `extra.seo_description` |
//! | `meta`, `acf` | `extra`, by the names in them |
//! | numbers of authors, categories and tags that are not in the file | `extra.author_id`, `extra.category_ids`, `extra.tag_ids` |
//!
//! Not carried, and counted: other members, by name; media that are no post's image; comments;
//! pictures of users; types that WordPress keeps for itself. An author that the site refused to
//! give, `rest_user_invalid_id`, is unknown, and no failure.

mod objects;
mod posts;
mod values;

use crate::codes::{NOT_AN_ENTRY, SITE_REFUSED};
use crate::foreign::{Sink, Source};
use crate::place::Places;
use crate::tally::Tally;
use crate::tree::{Node, Value, issue, json};
use objects::Objects;

/// Reads a source.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(text) = source.text(sink) else { return };
    let places = Places::new(&text);
    let mut objects = Objects::default();
    let mut left = source.limits.values;
    for range in values::values(&text) {
        let parsed = json(&places, range.clone(), left);
        left = left.saturating_sub(values::count(&text[range]));
        for issue in parsed.issues {
            sink.issue(issue);
        }
        for root in parsed.roots {
            sort(root, &mut objects, sink, 0);
        }
    }
    let mut tally = Tally::default();
    posts::yield_all(objects, source, sink, &mut tally);
    sink.not_carried_all(tally);
}

/// Sorts the objects of a value by what they are.
fn sort(node: Node, objects: &mut Objects, sink: &mut Sink<'_>, depth: usize) {
    let at = node.at;
    match node.value {
        Value::List(items) if depth < 2 => {
            for item in items {
                sort(item, objects, sink, depth + 1);
            }
        }
        Value::Map(mut members) => {
            // Some plug-ins give their lists inside an object that counts them.
            let lists = ["events", "posts", "items"];
            let list = lists.iter().find(|name| {
                let is_list = |node: &Node| matches!(node.value, Value::List(_));
                members.get(**name).is_some_and(|member| is_list(&member.node))
            });
            if let Some(list) = list.filter(|_| !members.contains_key("id") && depth == 0)
                && let Some(member) = members.remove(*list)
            {
                return sort(member.node, objects, sink, depth + 1);
            }
            if let Some(refusal) = objects::refusal(&members) {
                let message = format!("the site refused to give this: {refusal}");
                return sink.issue(issue(&SITE_REFUSED, at, message));
            }
            if !objects.take(Node { at, value: Value::Map(members) }) {
                let message = "expected a post, a term or a user of WordPress";
                sink.issue(issue(&NOT_AN_ENTRY, at, message));
            }
        }
        _ => {
            let message = "expected an object or a list of objects";
            sink.issue(issue(&NOT_AN_ENTRY, at, message));
        }
    }
}
