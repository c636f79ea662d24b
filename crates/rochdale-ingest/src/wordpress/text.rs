//! Small texts of WordPress as a reader sees them.

use percent_encoding::percent_decode_str;
use rochdale::model::Markup;
use rochdale::text::visible;

/// The words of HTML in one line.
pub(crate) fn line(html: &str) -> String {
    let seen = visible(html, Markup::Html);
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of HTML with its lines.
pub(crate) fn prose(html: &str) -> String {
    visible(html, Markup::Html).trim().to_owned()
}

/// A slug as it is read: WordPress writes letters that are not ASCII as `%d0%b0`.
pub(crate) fn slug_text(slug: &str) -> String {
    match percent_decode_str(slug).decode_utf8() {
        Ok(text) => text.into_owned(),
        Err(_) => slug.to_owned(),
    }
}

/// A link, where a text is an address and nothing else.
pub(super) fn lone_link(text: &str) -> Option<String> {
    is_address(text).then(|| link(text, text))
}

/// A link to an address.
pub(super) fn link(address: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(address), escape(words))
}

/// Whether a text is one address of the web.
pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '[' | ']'))
}

/// Text for HTML. `&amp;` stays as it is, for addresses are copied from HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace("&amp;", "&")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_texts_are_read() {
        assert_eq!(
            line("A <em>first</em>\n mutual &#8217;s &amp; more"),
            "A first mutual ’s & more"
        );
        assert_eq!(slug_text("caf%c3%a9"), "café");
        assert_eq!(slug_text("100%"), "100%");
        assert_eq!(slug_text("%ff"), "%ff");
        assert!(is_address("https://a.example/b?c=d&e"));
        assert!(!is_address("https://a.example and more") && !is_address("http://"));
    }
}
