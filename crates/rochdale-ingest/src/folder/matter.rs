//! Where the front matter of a file ends and its text begins.

use std::ops::Range;

use rochdale::issue::Issue;

use crate::codes::{FRONT_MATTER_LANGUAGE, FRONT_MATTER_NOT_CLOSED};
use crate::place::{Place, Places};
use crate::tree::{self, Parsed, issue};

/// The parts of a file.
pub(crate) struct Matter {
    pub(crate) syntax: Option<Syntax>,
    pub(crate) range: Range<usize>,
    /// Where the text after the front matter begins.
    pub(crate) body: usize,
}

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Yaml,
    Toml,
    Json,
    /// The members of a JSON object without its braces.
    JsonMembers,
    /// Lines `Key: value`.
    Lines,
}

impl Matter {
    /// The values of the front matter, if there is any.
    pub(crate) fn parse(&self, places: &Places, limit: usize) -> Parsed {
        let range = self.range.clone();
        match self.syntax {
            Some(Syntax::Yaml) => tree::yaml(places, range, limit),
            Some(Syntax::Toml) => tree::toml(places, range, limit),
            Some(Syntax::Json) => tree::json(places, range, limit),
            Some(Syntax::JsonMembers) => tree::json_members(places, range, limit),
            Some(Syntax::Lines) => tree::metadata(places, range),
            None => Parsed::default(),
        }
    }
}

/// Tells the front matter from the text.
///
/// Errors: the issue that the front matter does not end.
pub(crate) fn split(text: &str) -> Result<Matter, Box<Issue>> {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    match first.trim_end() {
        "---" => return fenced(text, first.len(), &["---", "..."], Syntax::Yaml),
        "---yaml" | "---yml" | "--- yaml" => {
            return fenced(text, first.len(), &["---"], Syntax::Yaml);
        }
        "---toml" | "--- toml" => return fenced(text, first.len(), &["---"], Syntax::Toml),
        "---json" | "--- json" => return fenced(text, first.len(), &["---"], Syntax::Json),
        "+++" => return fenced(text, first.len(), &["+++"], Syntax::Toml),
        ";;;" | ";;;json" | ";;; json" => {
            return fenced(text, first.len(), &[";;;"], Syntax::JsonMembers);
        }
        other => other_language(other, text)?,
    }
    if let Some(inside) = text.strip_prefix('{')
        && inside.trim_start().starts_with(['"', '}'])
    {
        return object(text);
    }
    Ok(lines(text))
}

/// Refuses front matter in a language that is not read, `---coffee`.
fn other_language(first: &str, text: &str) -> Result<(), Box<Issue>> {
    let Some(name) = first.strip_prefix("---").map(str::trim_start) else { return Ok(()) };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_name || !text.lines().skip(1).any(|line| line.trim_end() == "---") {
        return Ok(());
    }
    let message = format!("expected front matter in YAML, TOML or JSON, got `{name}`");
    Err(issue(&FRONT_MATTER_LANGUAGE, Place::TOP, message).into())
}

/// Front matter between a first line and a closing one.
fn fenced(
    text: &str,
    start: usize,
    closing: &[&str],
    syntax: Syntax,
) -> Result<Matter, Box<Issue>> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        if closing.contains(&line.trim_end()) {
            let braced = text[start..at].trim_start().starts_with('{');
            let syntax =
                if syntax == Syntax::JsonMembers && braced { Syntax::Json } else { syntax };
            return Ok(Matter { syntax: Some(syntax), range: start..at, body: end });
        }
        at = end;
    }
    let second = text[start..].lines().next().unwrap_or_default();
    if second.trim().is_empty() && syntax == Syntax::Yaml {
        // A line of hyphens above a blank one is a break in the text.
        return Ok(Matter { syntax: None, range: 0..0, body: 0 });
    }
    let fence = closing[0];
    let message = format!("expected a line `{fence}` that ends the front matter");
    Err(issue(&FRONT_MATTER_NOT_CLOSED, Place::TOP, message).into())
}

/// A JSON object before the text.
fn object(text: &str) -> Result<Matter, Box<Issue>> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let end = at + 1;
            return Ok(Matter { syntax: Some(Syntax::Json), range: 0..end, body: end });
        }
    }
    let message = "expected a `}` that ends the front matter";
    Err(issue(&FRONT_MATTER_NOT_CLOSED, Place::TOP, message).into())
}

/// Lines `Key: value` up to a blank line, where one of them states the title.
///
/// Without that rule, text that begins with `Note: …` would lose its first words.
fn lines(text: &str) -> Matter {
    let (mut end, mut titled) = (0, false);
    for line in text.split_inclusive('\n') {
        match tree::metadata_entry(line) {
            Some((name, _)) => titled |= name.eq_ignore_ascii_case("title"),
            None if end > 0 && tree::metadata_goes_on(line) && !line.trim().is_empty() => {}
            None => break,
        }
        end += line.len();
    }
    if titled {
        Matter { syntax: Some(Syntax::Lines), range: 0..end, body: end }
    } else {
        Matter { syntax: None, range: 0..0, body: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_told_from_text() {
        for (text, syntax, inside, body) in [
            ("---\r\na: 1\r\n---\r\nb", Some(Syntax::Yaml), "a: 1\r\n", "b"),
            ("---\n---\n", Some(Syntax::Yaml), "", ""),
            ("---\na: 1\n...\nb", Some(Syntax::Yaml), "a: 1\n", "b"),
            ("--- yaml\na: 1\n---\nb", Some(Syntax::Yaml), "a: 1\n", "b"),
            ("+++\na = 1\n+++", Some(Syntax::Toml), "a = 1\n", ""),
            (";;;\n{\"a\": 1}\n;;;\nb", Some(Syntax::Json), "{\"a\": 1}\n", "b"),
            ("--- words", None, "", "--- words"),
            (";;; json\n{}\n;;;\nb", Some(Syntax::Json), "{}\n", "b"),
            (";;;\n\"a\": 1\n;;;\nb", Some(Syntax::JsonMembers), "\"a\": 1\n", "b"),
            ("{\"a\": \"}\\\"\"}\nb", Some(Syntax::Json), "{\"a\": \"}\\\"\"}", "\nb"),
            ("{% raw %}", None, "", "{% raw %}"),
            ("---\n\ntext", None, "", "---\n\ntext"),
            ("----\na: 1\n----\n", None, "", "----\na: 1\n----\n"),
            ("Title: x\nTags: y\n\nb", Some(Syntax::Lines), "Title: x\nTags: y\n", "\nb"),
            ("Note: x\n\nb", None, "", "Note: x\n\nb"),
        ] {
            let matter = split(text).unwrap();
            let parts = (&text[matter.range.clone()], &text[matter.body..]);
            assert_eq!((matter.syntax, parts), (syntax, (inside, body)), "{text}");
        }
        assert_eq!(
            split("---coffee\na = 1\n---\n").err().unwrap().code.name,
            "front-matter-language"
        );
        for text in ["---\na: 1\n", "+++\n", "{\"a\": 1\n", ";;;\n"] {
            assert_eq!(split(text).err().unwrap().code.name, "front-matter-not-closed", "{text}");
        }
    }
}
