//! The text of a post as it is stored: typed text, blocks and shortcodes, made into HTML.

use super::blocks::{self, Part};
use super::paragraphs::paragraphs;
use super::shortcodes::{self, Lost};
use super::text::prose;
use crate::draft::Draft;
use crate::place::Place;
use crate::xml::Field;

/// The text of a post.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// HTML that is not sanitised yet.
    pub(super) html: String,
    /// The words before the mark `<!--more-->`, where it has one.
    pub(super) teaser: Option<String>,
    /// What was left out, by name.
    pub(super) lost: Lost,
}

/// The stored text of a post whose draft is made already: reading it takes long, and can be done
/// beside the reading of other posts.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(super) text: Field,
    /// The field of the draft that it becomes.
    pub(super) field: &'static str,
    /// Where the post stands.
    pub(super) post: Place,
}

impl Stored {
    /// Gives the draft its text, and a summary if it has none; gives back what was left out.
    pub(crate) fn fill(self, draft: &mut Draft) -> Lost {
        let Body { html, teaser, lost } = body(&self.text.text);
        draft.set_prose(self.field, self.text.at, html, "html");
        if let Some(teaser) = teaser.filter(|_| draft.get("summary").is_none()) {
            draft.set_text("summary", self.post, teaser);
        }
        lost
    }
}

/// Reads the text of a post as it is stored.
pub(super) fn body(stored: &str) -> Body {
    let mut lost = Lost::new();
    // HTML has no CDATA; its marks would hide what is between them.
    let stored = &*stored.replace("<![CDATA[", "&lt;![CDATA[");
    let Some((before, after)) = cut(stored) else {
        return Body { html: html(&pages(stored), &mut lost), teaser: None, lost };
    };
    let teaser = prose(&html(&pages(before), &mut Lost::new()));
    // Where blocks go on after the mark, both halves need each other's delimiters.
    let whole = pages(&format!("{before}\n\n{after}"));
    let teaser = Some(teaser).filter(|teaser| !teaser.is_empty());
    Body { html: html(&whole, &mut lost), teaser, lost }
}

/// The text before and after the first `<!--more-->`, which may say what its link says.
fn cut(stored: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let start = from + stored[from..].find("<!--")?;
        let inside = &stored[start + 4..];
        let end = inside.find("-->")?;
        let after = inside[..end].trim_start().strip_prefix("more");
        if after.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
            return Some((&stored[..start], &inside[end + 3..]));
        }
        from = start + 4 + end + 3;
    }
}

/// The text without the marks of its pages.
fn pages(stored: &str) -> String {
    stored.replace("<!--nextpage-->", "\n\n").replace("<!--noteaser-->", "")
}

fn html(stored: &str, lost: &mut Lost) -> String {
    if !blocks::has_blocks(stored) {
        return paragraphs(&shortcodes::replace(stored, lost));
    }
    let mut out = String::new();
    for part in blocks::parts(stored, lost) {
        match part {
            Part::Typed(text) => {
                let typed = paragraphs(&shortcodes::replace(text, lost));
                if !typed.is_empty() {
                    out.push_str(&typed);
                    out.push('\n');
                }
            }
            Part::Html(text) => {
                let html = shortcodes::replace(text.trim_matches('\n'), lost);
                out.push_str(&html);
                out.push_str(if html.is_empty() { "" } else { "\n" });
            }
            Part::Made(html) => out.push_str(&html),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_cuts_a_teaser() {
        let body = body("First <em>words</em>.\n\n<!--more Read on-->\n\nThe rest.");
        assert_eq!(body.teaser.as_deref(), Some("First words."));
        assert_eq!(body.html, "<p>First <em>words</em>.</p>\n<p>The rest.</p>");
        assert_eq!(super::body("<!--moreover-->a").teaser, None);
        assert_eq!(super::body("<!--more-->a").teaser, None);
    }

    #[test]
    fn blocks_keep_their_html() {
        let stored = "<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n\n\
                      <!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n\n\
                      <!-- wp:quote --><blockquote><p>Three</p></blockquote><!-- /wp:quote -->";
        let body = body(stored);
        assert_eq!(body.teaser.as_deref(), Some("One two"));
        assert!(
            body.html.contains("<p>One\ntwo</p>") && body.html.contains("Three"),
            "{}",
            body.html
        );
        assert!(!body.html.contains("wp:") && !body.html.contains("<br>"), "{}", body.html);
    }
}
