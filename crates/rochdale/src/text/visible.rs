//! The text that a reader sees of marked-up text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use crate::model::Markup;

/// The text that a reader sees; marks, tags and comments are left out, and
/// blocks are parted by line ends.
///
/// # Example
///
/// ```
/// use rochdale::{model::Markup, text::visible};
///
/// assert_eq!(visible("# Hello\n\n*dear* [world](https://example.org)", Markup::Markdown), "Hello\ndear world");
/// assert_eq!(visible("<p>a &amp; b</p><script>x</script><p>c", Markup::Html), "a & b\nc");
/// ```
pub fn visible(text: &str, markup: Markup) -> Cow<'_, str> {
    match markup {
        Markup::Plain => text.into(),
        Markup::Markdown => markdown(text).into(),
        Markup::Html => {
            let mut out = String::with_capacity(text.len() / 2);
            html(text, &mut out, &mut None);
            out.truncate(out.trim_end().len());
            out.into()
        }
    }
}

fn markdown(text: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::with_capacity(text.len());
    let mut hidden = None;
    // A tag can stand on several lines, each of which is an event.
    let mut block = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) if hidden.is_none() => out.push_str(&text),
            Event::Html(text) => block.push_str(&text),
            Event::InlineHtml(text) => html(&text, &mut out, &mut hidden),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => space(&mut out, ' '),
            Event::End(TagEnd::HtmlBlock) => {
                html(&block, &mut out, &mut hidden);
                block.clear();
                space(&mut out, '\n');
            }
            Event::HardBreak
            | Event::Rule
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::FootnoteDefinition,
            ) => space(&mut out, '\n'),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Elements whose content nobody reads.
const HIDDEN: [&str; 4] = ["script", "style", "template", "noscript"];

/// Elements that stand in a line of text.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "u", "wbr",
];

/// Adds the text between the tags; `hidden` is the element whose end is awaited.
fn html(text: &str, out: &mut String, hidden: &mut Option<&'static str>) {
    let mut rest = text;
    let mut are_quotes_closed = true;
    loop {
        if let Some(element) = *hidden {
            let Some(after) = after_end(rest, element) else { return };
            *hidden = None;
            space(out, '\n');
            rest = after;
        }
        let Some((before, tag)) = rest.split_once('<') else { return words(rest, out) };
        words(before, out);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name = tag.trim_start_matches('/');
        if !tag.starts_with(['!', '?', '/']) && !name.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            // A `<` that opens no tag is text.
            out.push('<');
            rest = tag;
            continue;
        }
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let is_name = |other: &&str| name.eq_ignore_ascii_case(other);
        if !tag.starts_with('/') {
            *hidden = HIDDEN.into_iter().find(|element| is_name(element));
        }
        if hidden.is_none() && !INLINE.iter().any(is_name) {
            space(out, '\n');
        }
        let end = if are_quotes_closed { tag_end(tag) } else { None };
        // Where quotes lead nowhere once, they are not followed to the end again.
        are_quotes_closed = end.is_some();
        let end = end.or_else(|| tag.find('>').map(|at| at + 1));
        rest = end.map_or("", |end| &tag[end..]);
    }
}

/// What follows the end tag of an element, whose content is not read as markup.
fn after_end<'t>(text: &'t str, element: &str) -> Option<&'t str> {
    text.match_indices("</").map(|(at, mark)| &text[at + mark.len()..]).find_map(|tag| {
        let name = tag.as_bytes().get(..element.len())?;
        let ends = !tag.as_bytes().get(element.len()).is_some_and(u8::is_ascii_alphanumeric);
        let is_it = ends && name.eq_ignore_ascii_case(element.as_bytes());
        is_it.then(|| tag.split_once('>').map_or("", |(_, after)| after))
    })
}

/// Where a tag ends: after the first `>` outside of quoted values.
fn tag_end(tag: &str) -> Option<usize> {
    let (mut quote, mut last) = (None, b' ');
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    None
}

/// Adds text with its entities decoded and its white space folded.
fn words(text: &str, out: &mut String) {
    let decoded = if text.contains('&') { htmlize::unescape(text) } else { text.into() };
    let mut rest = &*decoded;
    while let Some(at) = rest.find(char::is_whitespace) {
        out.push_str(&rest[..at]);
        space(out, ' ');
        rest = rest[at..].trim_start();
    }
    out.push_str(rest);
}

/// Adds a space or a line end, unless one is there.
fn space(out: &mut String, space: char) {
    match out.chars().next_back() {
        Some(' ') if space == '\n' => {
            out.pop();
            out.push('\n');
        }
        None | Some(' ' | '\n') => {}
        Some(_) => out.push(space),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn readers_see_no_markup() {
        for (text, seen) in [
            ("a **b** `c`\nd", "a b c d"),
            ("- one\n- two\n\n> three", "one\ntwo\nthree"),
            ("| a | b |\n|---|---|\n| c | d |", "a b\nc d"),
            ("![alt](x.png) <b>bold</b> &amp; <!-- no -->", "alt bold &"),
            ("<div>\n<script>\nlet x = 1;\n</script>\n</div>\n\nafter", "after"),
            ("1 < 2", "1 < 2"),
        ] {
            assert_eq!(visible(text, Markup::Markdown), seen, "{text}");
        }
        for (text, seen) in [
            ("<p>1 < 2<br/>x<SCRIPT>a</b>c</script>d", "1 < 2\nx\nd"),
            ("<script>if (a<b) {}</script>text", "text"),
            ("I <3 this &lt;b&gt;", "I <3 this <b>"),
            ("<a title=\"a > b\" href='c>d'>e</a>f", "ef"),
            ("<a b=\"c>d", "d"),
            ("a&nbsp;b\n\n c", "a b c"),
            ("a<style>b</stylé>c</STYLE >d", "a\nd"),
        ] {
            assert_eq!(visible(text, Markup::Html), seen, "{text}");
        }
        assert_eq!(visible("<div\n title=\"x\">\na\n</div>", Markup::Markdown), "a");
    }

    #[test]
    fn hostile_markup_takes_no_longer_than_its_length() {
        for part in [
            "<",
            "<a b='",
            "<a b=\">",
            "<a b='> '",
            "<!--",
            "</script",
            "<script>",
            "[",
            "*_",
            "&",
            "> ",
            "`<",
        ] {
            let text = part.repeat(100_000);
            for markup in [Markup::Markdown, Markup::Html] {
                assert!(visible(&text, markup).len() <= 6 * text.len());
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[<>!/a-c&;\\-# *`\\[\\]()\n|é]{0,60}") {
            for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
                let _ = visible(&text, markup);
            }
        }
    }
}
