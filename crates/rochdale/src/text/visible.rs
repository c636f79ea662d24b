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
            let mut out = String::new();
            html(text, &mut out, &mut None);
            out.trim_end().to_owned().into()
        }
    }
}

fn markdown(text: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::new();
    let mut hidden = None;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) if hidden.is_none() => out.push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => html(&text, &mut out, &mut hidden),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => space(&mut out, ' '),
            Event::HardBreak
            | Event::Rule
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::HtmlBlock
                | TagEnd::FootnoteDefinition,
            ) => space(&mut out, '\n'),
            _ => {}
        }
    }
    out.trim_end().to_owned()
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
    while !rest.is_empty() {
        let (before, tag) = rest.split_once('<').unwrap_or((rest, ""));
        if hidden.is_none() {
            words(before, out);
        }
        if before.len() == rest.len() {
            return;
        }
        if hidden.is_none()
            && let Some(comment) = tag.strip_prefix("!--")
        {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name = tag.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if name.is_empty() && !tag.starts_with(['!', '?', '/']) {
            // A `<` that opens no tag is text.
            if hidden.is_none() {
                out.push('<');
            }
            rest = tag;
            continue;
        }
        let name = name.to_ascii_lowercase();
        if tag.starts_with('/') {
            if hidden.is_some_and(|awaited| awaited == name) {
                *hidden = None;
            }
        } else if hidden.is_none() {
            *hidden = HIDDEN.into_iter().find(|element| *element == name);
        }
        if hidden.is_none() && !INLINE.contains(&name.as_str()) {
            space(out, '\n');
        }
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
}

/// Adds text with its entities decoded and its white space folded.
fn words(text: &str, out: &mut String) {
    for letter in htmlize::unescape(text).chars() {
        if letter.is_whitespace() {
            space(out, ' ');
        } else {
            out.push(letter);
        }
    }
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
        assert_eq!(visible("<p>1 < 2<br/>x<SCRIPT>a</b>c</script>d", Markup::Html), "1 < 2\nx\nd");
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
