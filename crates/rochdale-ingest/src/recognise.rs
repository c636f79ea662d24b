//! What the first bytes of a file show of its format.

use encoding_rs::UTF_8;

use crate::format::Format;

/// How many of the first bytes are looked at.
pub(crate) const LENGTH: usize = 16 << 10;

/// Whether the file is a zip or gzip archive.
pub(crate) fn is_packed(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"\x1f\x8b")
}

/// The foreign format that the first bytes of a file show, where they show one.
pub(crate) fn foreign(start: &[u8]) -> Option<Format> {
    let start = &start[..start.len().min(LENGTH)];
    // What is cut in the middle of a character is still recognised.
    let (text, ..) = UTF_8.decode(start);
    let text = text.trim_start();
    match text.as_bytes().first()? {
        b'<' => markup(text),
        b'{' | b'[' => json(text),
        _ => lines(text),
    }
}

/// XML by its root, HTML by what publishing systems put into it.
fn markup(text: &str) -> Option<Format> {
    let root = root(text)?;
    let local = root.rsplit(':').next().unwrap_or(root);
    match local.to_ascii_lowercase().as_str() {
        "rss" if text.contains("wordpress.org/export/") => Some(Format::Wxr),
        "rss" | "rdf" => Some(Format::Rss),
        "feed" => Some(Format::Atom),
        "html" | "head" | "body" => is_known_page(text).then_some(Format::Page),
        _ => None,
    }
}

/// The name of the first element.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let end = match rest.as_bytes().first()? {
            b'?' => "?>",
            b'!' if rest.starts_with("!--") => "-->",
            b'!' => {
                rest = after_doctype(rest)?;
                continue;
            }
            _ => break,
        };
        rest = rest.split_once(end)?.1;
    }
    let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/'));
    Some(&rest[..end?])
}

/// What follows a DOCTYPE, whose declarations stand in brackets.
fn after_doctype(text: &str) -> Option<&str> {
    let end = text.find('>')?;
    let declarations =
        text[..end].find('[').and_then(|open| text[open..].find(']').map(|at| open + at));
    let from = declarations.unwrap_or(0);
    Some(text[from..].split_once('>')?.1)
}

/// Whether a page says what it is: by microformats, by Open Graph, or by its generator.
fn is_known_page(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let signs = [
        "application/ld+json",
        "hentry",
        "h-entry",
        "h-event",
        "itemtype",
        "og:type",
        "saved from url",
        "vevent",
        "wordpress",
        "wp-content",
    ];
    signs.iter().any(|sign| text.contains(sign))
}

/// JSON by the names in its first object. An object that states its kind is an entry of ours.
fn json(text: &str) -> Option<Format> {
    let keys = first_keys(text);
    let has = |names: &[&str]| names.iter().all(|name| keys.iter().any(|key| key == name));
    match () {
        () if has(&["kind"]) => None,
        () if text.contains("jsonfeed.org/version/") && has(&["version"]) => Some(Format::JsonFeed),
        () if has(&["base_path", "content_id"])
            || has(&["schema_name", "document_type"])
            || has(&["details", "links"])
            || has(&["results"]) && text.contains("\"es_score\"") =>
        {
            Some(Format::GovUk)
        }
        () if has(&["id", "date_gmt"])
            || has(&["id", "taxonomy", "slug"])
            || has(&["id", "avatar_urls"]) =>
        {
            Some(Format::WordpressRest)
        }
        () => None,
    }
}

/// The names of the members of the first object, as far as the text goes.
fn first_keys(text: &str) -> Vec<String> {
    let (mut keys, mut depth, mut object) = (Vec::new(), 0_usize, None);
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', '}', ']', '"']) {
        let sign = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match sign {
            b'{' | b'[' => {
                depth += 1;
                if sign == b'{' && object.is_none() {
                    object = Some(depth);
                }
            }
            b'}' | b']' if Some(depth) == object => break,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {
                let Some(end) = end_of_string(rest) else { break };
                let (inside, after) = rest.split_at(end);
                rest = &after[1..];
                if Some(depth) == object && rest.trim_start().starts_with(':') {
                    keys.push(inside.to_owned());
                }
            }
        }
    }
    keys
}

fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let is_end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_end
    })
}

/// Calendars, tables and plain text by their first line.
fn lines(text: &str) -> Option<Format> {
    let first = text.lines().next()?.to_lowercase();
    let columns: Vec<&str> =
        first.split([',', ';', '\t']).map(|column| column.trim().trim_matches('"')).collect();
    let has = |name: &str| columns.contains(&name);
    match () {
        () if first.starts_with("begin:vcalendar") => Some(Format::ICalendar),
        () if has("society number") || has("societynumber") => Some(Format::FcaRegister),
        () if has("cuk organisation id") => Some(Format::CooperativesUk),
        () if is_archive_heading(&first) => Some(Format::TextArchive),
        () => None,
    }
}

/// The headings of archive pages in the themes that come with WordPress.
fn is_archive_heading(line: &str) -> bool {
    let heads = ["category", "tag", "author", "daily", "monthly", "yearly"];
    let named = |head: &str| {
        line.strip_prefix(head).is_some_and(|rest| rest.trim_start().starts_with("archives:"))
    };
    heads.iter().any(|head| named(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_shows_itself() {
        let wxr = "\u{feff}\n<?xml version='1.0'?><!-- > --><rss xmlns:wp=\"http://wordpress.org/export/1.2/\">";
        for (start, format) in [
            (wxr, Some(Format::Wxr)),
            ("<rss version=\"2.0\"><channel>", Some(Format::Rss)),
            ("<rdf:RDF xmlns:rdf=\"x\">", Some(Format::Rss)),
            ("<atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\">", Some(Format::Atom)),
            ("<!DOCTYPE html><html><body class=\"hentry\">", Some(Format::Page)),
            ("<!DOCTYPE html><html><body>", None),
            ("<!DOCTYPE a [<!ENTITY b '>'>]><rss version=\"2.0\">", Some(Format::Rss)),
            ("<urlset>", None),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\"", Some(Format::JsonFeed)),
            ("{\"base_path\": \"/a\", \"content_id\": \"b\"}", Some(Format::GovUk)),
            ("{\"document_type\": \"speech\", \"schema_name\": \"speech\"}", Some(Format::GovUk)),
            ("{\"results\": [{\"es_score\": null}]}", Some(Format::GovUk)),
            ("[{\"id\": 1, \"date\": \"\", \"date_gmt\": \"\"}]", Some(Format::WordpressRest)),
            ("{\"kind\": \"article\", \"id\": \"a\", \"date_gmt\": 1}", None),
            ("{\"extra\": {\"id\": 1, \"date_gmt\": 1}}", None),
            ("begin:vcalendar\r\n", Some(Format::ICalendar)),
            ("\"Society Number\",Society Name", Some(Format::FcaRegister)),
            ("CUK Organisation ID,Registered Number", Some(Format::CooperativesUk)),
            ("Category Archives: mutuals\n", Some(Format::TextArchive)),
            ("Archives of a category", None),
            ("", None),
        ] {
            assert_eq!(foreign(start.as_bytes()), format, "{start}");
        }
    }
}
