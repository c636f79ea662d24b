//! Feeds in RSS 0.9 to 2.0, Atom 0.3 and 1.0 and JSON Feed, with the extensions that say something of a piece.
//!
//! | what | becomes |
//! |---|---|
//! | `item`, `entry` | an article |
//! | `title`, else `dc:title`, `media:title`, `itunes:title`, else the first words | `title`, without its markup |
//! | `content:encoded`, `content`, `xhtml:body`, `content_html`, `content_text` | `body` |
//! | `description`, `summary`, `dc:description`, `media:description`, `itunes:summary` | `summary`; with markup and alone, `body` |
//! | `link`, an alternate `link` of Atom, a `guid` that is a permalink, `url` | `url`, and by its last step the id |
//! | `guid`, `id`, `rdf:about`, `dc:identifier` | what the piece is known by elsewhere; `extra.guid` where it is not its `url` |
//! | `pubDate`, `published`, `issued`, `dcterms:issued`, else `dc:date`, else `created`, `date_published` | `published` |
//! | `updated`, `modified`, `dcterms:modified`, `date_modified` | `updated` |
//! | `author`, `dc:creator`, `itunes:author`, else those of the feed | `authors`, and an author where an address is known |
//! | `category`, `itunes:category` | `categories`, by its label, else its term |
//! | `dc:subject`, `media:category`, `media:keywords`, `itunes:keywords`, `tags` | `tags` |
//! | `enclosure`, `media:content`, links that are related, `external_url`, `attachments` | `links` |
//! | `dc:language`, `xml:lang`, `language`, else that of the feed | `language` |
//! | the title, page and rights of the feed, `source`, `rights`, `cc:license` | `sources` |
//!
//! Not carried, and counted under the format and the name as written: descriptions and pictures of
//! the feed, contributors, comments, media beyond their addresses, schemes of categories, any other
//! extension. E-mail addresses are carried only where the reader was asked for personal data. What
//! only steers readers of feeds, such as `ttl`, is not counted.
//!
//! A relative address is made whole by `xml:base`, or else by the page of the feed. A document type
//! that declares anything is refused; one that only names RSS 0.91 is not. XML that is not well-formed
//! is read as far as it goes, and what was wrong is told.
//!
//! The maintained parser of feeds, `feed-rs`, tells no places and refuses Atom 0.3, which is why the
//! elements are read here.

mod dates;
mod item;
mod json_feed;
mod parts;
mod people;
mod prose;
mod vocabulary;
mod xml;

use crate::codes::{EMPTY_FILE, NOT_THE_FORMAT};
use crate::foreign::{Sink, Source};
use crate::format::Format;
use crate::place::{Place, Places};
use crate::tree::issue;
use item::Writer;

/// Reads a source.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    if source.format == Format::JsonFeed {
        let Some(text) = source.text(sink) else { return };
        let limit = source.limits.values;
        return json_feed::document(&Places::new(&text), limit, &mut Writer::new(source, sink));
    }
    let Some(bytes) = source.bytes(sink) else { return };
    let text = match xml::text(bytes) {
        Ok((text, found)) => {
            if let Some(found) = found {
                sink.issue(found);
            }
            text
        }
        Err(issue) => return sink.issue(*issue),
    };
    if text.trim().is_empty() {
        return sink.issue(issue(&EMPTY_FILE, Place::TOP, "the file has no text"));
    }
    let places = Places::new(&text);
    let mut issues = Vec::new();
    let root = xml::build(&places, source.limits.values, &mut issues);
    let is_silent = issues.is_empty();
    for issue in issues {
        sink.issue(issue);
    }
    match root {
        Some(root) => vocabulary::document(&root, &places, &mut Writer::new(source, sink)),
        None if is_silent => {
            sink.issue(issue(&NOT_THE_FORMAT, Place::TOP, "expected XML, got no element"));
        }
        None => {}
    }
}
