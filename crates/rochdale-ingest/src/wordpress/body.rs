//! The text of a post as it is stored: typed text, blocks and shortcodes, made into HTML.

use super::blocks::{self, Part};
use super::paragraphs::paragraphs;
use super::shortcodes::{self, Lost};
use super::text::prose;
use crate::draft::Body;

/// Reads the text of a post as it is stored; its teaser is what stands before `<!--more-->`.
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
