//! The blocks of the editor: comments around pieces of HTML
//! (<https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/>).

use rochdale::json::Json;

use super::shortcodes::Lost;
use super::text::{is_address, link};

/// A part of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Typed text, whose paragraphs are blank lines.
    Typed(&'a str),
    /// The HTML of a block.
    Html(&'a str),
    /// HTML made of a block that has none of its own.
    Made(String),
}

/// Blocks that hold typed text.
const TYPED: [&str; 2] = ["freeform", "shortcode"];

/// Blocks that say where a post is cut, not what it says.
const CUTS: [&str; 2] = ["more", "nextpage"];

/// Whether a post was written in blocks.
pub(super) fn has_blocks(text: &str) -> bool {
    text.contains("<!-- wp:")
}

/// The parts of a post that was written in blocks.
pub(super) fn parts<'a>(text: &'a str, lost: &mut Lost) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some((before, delimiter, after)) = next(rest) {
        parts.push(part(before, &open));
        match delimiter {
            Delimiter::Open(name) if open.len() < 256 => open.push(name),
            Delimiter::Open(_) => {}
            Delimiter::Close(name) => {
                if let Some(opened) = open.iter().rposition(|inner| *inner == name) {
                    open.truncate(opened);
                }
            }
            Delimiter::Single(name, attributes) => {
                let made = Json::parse(attributes).ok();
                let made = made.as_ref().and_then(|json| json.pointer("/url")?.as_str());
                match made.filter(|address| is_address(address)) {
                    Some(address) => {
                        parts.push(Part::Made(format!("<p>{}</p>\n", link(address, address))));
                    }
                    None if CUTS.contains(&name) => {}
                    None => *lost.entry(format!("block {name}")).or_default() += 1,
                }
            }
        }
        rest = after;
    }
    parts.push(part(rest, &open));
    parts
}

fn part<'a>(text: &'a str, open: &[&str]) -> Part<'a> {
    match open.last() {
        None => Part::Typed(text),
        Some(name) if TYPED.contains(name) => Part::Typed(text),
        Some(_) => Part::Html(text),
    }
}

enum Delimiter<'a> {
    Open(&'a str),
    Close(&'a str),
    /// A block without HTML, and its attributes.
    Single(&'a str, &'a str),
}

/// The next delimiter with the text before and after it.
fn next(text: &str) -> Option<(&str, Delimiter<'_>, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("<!--")?;
        let inside = &text[start + 4..];
        let end = inside.find("-->")?;
        if let Some(delimiter) = delimiter(&inside[..end]) {
            return Some((&text[..start], delimiter, &inside[end + 3..]));
        }
        from = start + 4 + end + 3;
    }
}

fn delimiter(comment: &str) -> Option<Delimiter<'_>> {
    let comment = comment.trim();
    if let Some(name) = comment.strip_prefix("/wp:") {
        return Some(Delimiter::Close(name.trim()));
    }
    let comment = comment.strip_prefix("wp:")?;
    let (name, attributes) = comment.split_once(char::is_whitespace).unwrap_or((comment, ""));
    Some(match attributes.strip_suffix('/') {
        Some(attributes) => Delimiter::Single(name, attributes.trim()),
        None => match name.strip_suffix('/') {
            Some(name) => Delimiter::Single(name, ""),
            None => Delimiter::Open(name),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_told_from_typed_text() {
        let text = "a<!-- wp:paragraph {\"align\":\"left\"} --><p>b</p><!-- /wp:paragraph -->\
                    <!-- wp:latest-posts /--><!-- wp:embed {\"url\":\"https://a.example\"} /-->\
                    <!-- note --><!-- wp:freeform -->c<!-- /wp:freeform -->";
        let mut lost = Lost::new();
        let parts = parts(text, &mut lost);
        let full: Vec<_> = parts
            .into_iter()
            .filter(|part| !matches!(part, Part::Typed("") | Part::Html("")))
            .collect();
        let made = "<p><a href=\"https://a.example\">https://a.example</a></p>\n".to_owned();
        let wanted = [
            Part::Typed("a"),
            Part::Html("<p>b</p>"),
            Part::Made(made),
            Part::Typed("<!-- note -->"),
            Part::Typed("c"),
        ];
        assert_eq!(full, wanted);
        assert_eq!(lost.keys().collect::<Vec<_>>(), ["block latest-posts"]);
    }
}
