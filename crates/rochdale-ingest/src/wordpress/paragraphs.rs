//! Paragraphs of what people typed into a box: blank lines part them, line ends break lines.
//!
//! WordPress stores what was typed and makes paragraphs when a page is shown
//! (<https://developer.wordpress.org/reference/functions/wpautop/>).

use super::tags::{Piece, pieces};

/// Elements that stand between paragraphs, never in one.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text is kept to the letter.
const VERBATIM: [&str; 5] = ["pre", "script", "style", "textarea", "svg"];

/// Elements in which a line can break but no paragraph begins.
const LINES_ONLY: [&str; 10] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend", "dt"];

/// Elements that hold other blocks and no text of their own.
const STRUCTURE: [&str; 10] =
    ["table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "colgroup", "menu"];

/// Elements that are never open.
const EMPTY: [&str; 2] = ["hr", "col"];

/// The text as HTML with paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    let mut writer = Writer::default();
    for piece in pieces(text) {
        writer.piece(piece);
    }
    writer.flush();
    writer.out.trim_end().to_owned()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Text and tags inside it that are not written yet.
    run: String,
    open: Vec<String>,
}

impl Writer {
    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.run.push_str(text),
            // A comment is no reason for a new paragraph.
            Piece::Comment(_) => {}
            Piece::Tag { source, name, is_end } => {
                let name = name.to_ascii_lowercase();
                if self.verbatim().is_some_and(|open| !is_end || open != name) || !is_block(&name) {
                    self.run.push_str(source);
                } else {
                    self.block(source, name, is_end);
                }
            }
        }
    }

    fn verbatim(&self) -> Option<&str> {
        self.open.last().map(String::as_str).filter(|open| VERBATIM.contains(open))
    }

    fn block(&mut self, source: &str, name: String, is_end: bool) {
        self.flush();
        self.out.push_str(source);
        if is_end {
            if let Some(opened) = self.open.iter().rposition(|open| *open == name) {
                self.open.truncate(opened);
            }
            self.out.push('\n');
        } else if !EMPTY.contains(&&*name) && !source.ends_with("/>") && self.open.len() < 256 {
            self.open.push(name);
        }
    }

    /// Writes the text that was gathered, in the way of the element around it.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let around = self.open.last().map_or("", String::as_str);
        if VERBATIM.contains(&around) {
            self.out.push_str(&run);
            return;
        }
        if run.trim().is_empty() {
            return;
        }
        let parts: Vec<&str> = split(&run);
        let is_top = around.is_empty() || matches!(around, "blockquote" | "article" | "section");
        let in_paragraphs = is_top || (parts.len() > 1 && !LINES_ONLY.contains(&around));
        if STRUCTURE.contains(&around) || !in_paragraphs {
            let lines: Vec<String> = parts.into_iter().map(lines).collect();
            self.out.push_str(&lines.join("<br><br>\n"));
            return;
        }
        for part in parts {
            self.out.push_str("<p>");
            self.out.push_str(&lines(part));
            self.out.push_str("</p>\n");
        }
    }
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || VERBATIM.contains(&name)
}

/// The parts of a text between blank lines.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut offset) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() && line.ends_with('\n') && offset > start {
            parts.push(&text[start..offset]);
            start = offset + line.len();
        }
        offset += line.len();
    }
    parts.push(&text[start.min(text.len())..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// A part with its line ends as breaks; an address that stands alone is a link.
fn lines(part: &str) -> String {
    let part = part.trim();
    if let Some(link) = super::text::lone_link(part) {
        return link;
    }
    let mut out = String::with_capacity(part.len() + 16);
    for line in part.split('\n').map(str::trim_end) {
        if !out.is_empty() {
            out.push_str(if ends_in_break(&out) { "\n" } else { "<br>\n" });
        }
        out.push_str(line);
    }
    out
}

fn ends_in_break(text: &str) -> bool {
    let start = text.rfind('<').unwrap_or(text.len());
    matches!(text[start..].to_ascii_lowercase().as_str(), "<br>" | "<br/>" | "<br />")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs() {
        for (text, html) in [
            ("One\n\nTwo\nlines", "<p>One</p>\n<p>Two<br>\nlines</p>"),
            ("\n\n  a  \n \n\nb\n", "<p>a</p>\n<p>b</p>"),
            ("a<br />\nb", "<p>a<br />\nb</p>"),
            ("<p>a</p>\n\nb", "<p>a</p>\n<p>b</p>"),
            (
                "a\n<ul>\n<li>b</li>\n<li>c\n\nd</li>\n</ul>\ne",
                "<p>a</p>\n<ul><li>b</li>\n<li><p>c</p>\n<p>d</p>\n</li>\n</ul>\n<p>e</p>",
            ),
            ("<blockquote>a</blockquote>", "<blockquote><p>a</p>\n</blockquote>"),
            ("<pre>a\n\n  <b>b</b>\n</pre>c", "<pre>a\n\n  <b>b</b>\n</pre>\n<p>c</p>"),
            ("<h2>a\nb</h2>c", "<h2>a<br>\nb</h2>\n<p>c</p>"),
            ("a<!-- note -->b", "<p>ab</p>"),
            (
                "https://example.org/a",
                "<p><a href=\"https://example.org/a\">https://example.org/a</a></p>",
            ),
            ("", ""),
        ] {
            assert_eq!(paragraphs(text), html, "{text}");
        }
    }
}
