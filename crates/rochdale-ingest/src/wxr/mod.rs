//! Exports of WordPress sites: WordPress eXtended RSS 1.0, 1.1 and 1.2.
//!
//! | in the export | becomes |
//! |---|---|
//! | `wp:author`, or `dc:creator` where it declares none | an author; the login joins posts to it |
//! | `wp:category`, and categories that only items name | a category; its parent by slug |
//! | an item of the type `post` or `page` | an article |
//! | an item of another type with `event` in its name, whose values say when it starts | an event |
//! | `title` | the title without its markup, which `extra.title_html` keeps |
//! | `content:encoded` | the body as HTML: paragraphs made, blocks and shortcodes replaced, sanitised |
//! | `excerpt:encoded`, else what stands before `<!--more-->` | the summary |
//! | `wp:post_date`, `wp:post_date_gmt`, `pubDate` | when it was published, with the offset that follows; of drafts, when it was updated |
//! | `wp:post_modified`, `wp:post_modified_gmt` | when it was updated |
//! | `wp:status` | the status; `private` for a post that needs a password |
//! | `category` of the domains `category`, `post_tag`, `author` | categories, tags, authors in their order |
//! | `category` of the domain `post_format`, of others | `extra.post_format`, `extra.terms` |
//! | `link`, `guid`, `wp:post_id` | the address, and what merges it with other sources; `extra.post_id` |
//! | `wp:is_sticky`, `wp:post_password` | `extra.sticky`, `extra.password_protected` |
//! | `wp:post_parent`, `wp:menu_order` | `extra.parent_post`, `extra.menu_order` |
//! | the attachment that `_thumbnail_id` names | `extra.image`, with its text for those who cannot see it |
//! | `_wp_old_slug`, `_yoast_wpseo_title`, `_yoast_wpseo_metadesc`, `enclosure` | `extra.old_slugs`, `extra.seo_title`, `extra.seo_description`, `extra.enclosures` |
//! | other values of posts whose names do not begin with `_` | `extra`, by their names; PHP's arrays as lists and maps |
//! | comments, e-mail addresses | `extra.comments`, `extra.email`, only if personal data is asked for |
//!
//! Not carried, and counted: comments, attachments that are no post's image, menus, revisions and
//! other types of item, values whose names begin with `_`, whether comments are open, terms of tags
//! that say more than a name. Never read: passwords, and objects of PHP.

mod apart;
mod export;
mod item;
mod part;
mod site;

pub use export::Export;
pub use part::{Author, Channel, Comment, Item, ItemTerm, Meta, Part, Term};

use std::io::{BufRead, Read};

use rochdale::issue::Issue;

use crate::codes::{EMPTY_FILE, PACKED};
use crate::foreign::{Sink, Source};
use crate::place::Place;
use site::Reading;

/// Reads a source.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let Some(mut bytes) = source.reader(sink) else { return };
    match bytes.fill_buf() {
        Ok(start) => {
            if let Some(issue) = unreadable(start) {
                return sink.issue(issue);
            }
        }
        Err(error) => return sink.broken_off(Place::TOP, &error),
    }
    parts(bytes, source, sink);
}

/// What is wrong with a file that begins so.
fn unreadable(start: &[u8]) -> Option<Issue> {
    let sort = match start {
        [] => return Some(Issue::new(&EMPTY_FILE, "the file has no text")),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => "a zip archive",
        [0x1f, 0x8b, ..] => "a gzip archive",
        _ => return None,
    };
    let message = format!("expected XML, got {sort}");
    Some(Issue::new(&PACKED, message).with_help("unpack it and read the file that is in it"))
}

/// Reads the parts one after the other.
fn parts(bytes: impl Read, source: &Source, sink: &mut Sink<'_>) {
    let mut export = Export::new(bytes);
    if source.options.personal_data {
        export = export.with_personal_data();
    }
    let mut reading = Reading::new(source);
    while let Some(part) = export.next() {
        let goes_on = match part {
            Part::Author(author) => reading.author(&author, &mut export, sink),
            Part::Term(term) => reading.term(&term, &mut export),
            Part::Item(item) => reading.item(*item, &mut export, sink),
        };
        tell(&mut export, sink);
        if !goes_on {
            break;
        }
    }
    reading.finish(&mut export, sink);
    tell(&mut export, sink);
    sink.not_carried_all(std::mem::take(&mut export.tally));
}

fn tell(export: &mut Export<impl Read>, sink: &mut Sink<'_>) {
    for issue in export.issues() {
        sink.issue(issue);
    }
}
