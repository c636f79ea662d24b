//! The text of a file below its front matter.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The text without blank lines around it, its lines ended by `\n`.
pub(super) fn body(text: &str) -> String {
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    };
    let text = text.trim_end();
    // The indent of the first line may mean something.
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |end| end + 1);
    text[start..].to_owned()
}

/// The words of the first heading of the first level.
pub(super) fn heading(body: &str) -> Option<String> {
    let mut words: Option<String> = None;
    for event in Parser::new_ext(body, Options::empty()) {
        match (event, &mut words) {
            (Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), _) => {
                words = Some(String::new());
            }
            (Event::Text(text) | Event::Code(text), Some(words)) => words.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some(words)) => words.push(' '),
            (Event::End(TagEnd::Heading(_)), Some(words)) => {
                return Some(words.trim().to_owned()).filter(|words| !words.is_empty());
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_around_go_and_the_first_indent_stays() {
        assert_eq!(body("\r\n\r\n    code\r\n\r\n"), "    code");
        assert_eq!(body(" \n\n"), "");
    }

    #[test]
    fn the_first_heading_is_found_outside_code() {
        let text = "```\n# no\n```\n## Below\n# The *real* `one`\n";
        assert_eq!(heading(text).as_deref(), Some("The real one"));
        assert_eq!(heading("Set\next\n===\n").as_deref(), Some("Set ext"));
        assert_eq!(heading("text"), None);
    }
}
