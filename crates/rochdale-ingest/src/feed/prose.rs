//! Texts of feeds, plain or HTML, and how each way to write one is read.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rochdale::model::Markup;
use rochdale::text::visible;
use url::Url;

use super::xml::{Element, Space};
use crate::draft::html;
use crate::place::{Place, Places};

/// A text and how it is marked up.
#[derive(Clone, Debug)]
pub(super) struct Prose {
    pub(super) at: Place,
    pub(super) text: String,
    pub(super) is_html: bool,
    pub(super) base: Option<Arc<Url>>,
    pub(super) language: Option<Arc<str>>,
}

/// What a text is where nothing says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unless {
    Html,
    Plain,
    /// HTML if it looks like it: RSS never said what a title is.
    Guess,
}

impl Prose {
    /// The text of an element; none where it is blank or no text.
    ///
    /// Atom says in `type` what it is, Atom 0.3 also in `mode` how it is wrapped.
    pub(super) fn read(element: &Element, unless: Unless, places: &Places<'_>) -> Option<Self> {
        let attribute = |name| element.attribute(name).unwrap_or_default().trim().to_lowercase();
        let (kind, mode) = (attribute("type"), attribute("mode"));
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let (text, is_html) = if element.has_elements() {
            // Where text is HTML itself, elements beside it are a mistake, and mean what they are.
            let escapes = !matches!(kind, "html" | "text/html");
            let wrapped = element.space == Space::Atom && matches!(kind, "xhtml" | "html");
            let inner = if wrapped { element.unwrapped() } else { element };
            (inner.inner_html(escapes), true)
        } else if mode == "base64" || is_binary(kind) {
            let bytes: Vec<u8> =
                element.all_text().bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            let text = String::from_utf8(STANDARD.decode(bytes).ok()?).ok()?;
            let is_html = kind != "text/plain" || looks_like_html(&text);
            (text, is_html)
        } else {
            let text = element.all_text();
            let is_html = match kind {
                "" => match unless {
                    Unless::Html => true,
                    Unless::Plain => false,
                    Unless::Guess => looks_like_html(&text),
                },
                "html" | "xhtml" => true,
                _ => kind.contains("html") || kind.ends_with("xml"),
            };
            (text.into_owned(), is_html)
        };
        let at = element.place(places);
        let prose = Self {
            at,
            text: trimmed(text),
            is_html,
            base: element.base.clone(),
            language: element.language.clone(),
        };
        (!prose.text.is_empty()).then_some(prose)
    }

    /// The text as a reader sees it, in one line.
    pub(super) fn line(&self) -> String {
        self.seen().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text as a reader sees it.
    pub(super) fn seen(&self) -> String {
        if !self.is_html {
            return self.text.clone();
        }
        let sanitised = html::sanitised(&self.text);
        visible(sanitised.as_deref().unwrap_or(&self.text), Markup::Html).trim().to_owned()
    }

    /// Whether it says more than its words: whether a tag stands in it.
    pub(super) fn has_tags(&self) -> bool {
        let mut rest = self.text.as_str();
        while let Some((_, after)) = rest.split_once('<') {
            let tag = after.strip_prefix('/').unwrap_or(after);
            if self.is_html && tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
                return true;
            }
            rest = after;
        }
        false
    }
}

fn trimmed(text: String) -> String {
    let whole = text.trim();
    if whole.len() == text.len() { text } else { whole.to_owned() }
}

/// Whether a media type is of neither text nor XML, whose bytes Atom wraps in Base64 (RFC 4287,
/// section 4.1.3.3).
fn is_binary(kind: &str) -> bool {
    kind.contains('/')
        && !kind.starts_with("text/")
        && !kind.ends_with("xml")
        && !kind.ends_with("html")
}

/// Whether a text has the end of an element or a reference, and no element that HTML does not have.
fn looks_like_html(text: &str) -> bool {
    const NAMES: [&str; 62] = [
        "a",
        "abbr",
        "acronym",
        "address",
        "article",
        "aside",
        "b",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "td",
        "th",
        "tr",
        "tt",
        "u",
        "ul",
    ];
    let (mut ends, mut rest) = (false, text);
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let is_end = after.starts_with('/');
        let tag = after.strip_prefix('/').unwrap_or(after);
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        if end == 0 {
            continue;
        }
        if !NAMES.contains(&&*tag[..end].to_ascii_lowercase()) {
            return false;
        }
        ends |= is_end;
    }
    ends || htmlize::unescape(text) != text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_known_by_its_ends_and_references() {
        for (text, is_html) in [
            ("A <b>bold</b> step", true),
            ("Fish &amp; chips", true),
            ("The <blink> tag</blink>", false),
            ("1 < 2 and 3 > 2", false),
            ("AT&T", false),
        ] {
            assert_eq!(looks_like_html(text), is_html, "{text}");
        }
    }
}
