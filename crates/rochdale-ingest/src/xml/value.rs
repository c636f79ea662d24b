//! The text of an element: entities and CDATA resolved, what is broken mended.

use crate::codes::{BROKEN_CDATA, MARKUP_IN_VALUE, XML_SYNTAX};
use crate::place::Place;

use super::{Flaws, is_allowed};

/// The text of an element, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) text: String,
    pub(crate) at: Place,
}

/// A part of the content of an element, as it stands in the file.
#[derive(Debug)]
pub(super) enum Part {
    Text(String),
    CData(String),
    /// A reference, without `&` and `;`.
    Reference(String, Place),
    /// A tag.
    Markup(String),
    /// A comment or an instruction, which is no text unless the tags around it are.
    Aside(String),
}

impl Part {
    fn size(&self) -> usize {
        let (Self::Text(text)
        | Self::CData(text)
        | Self::Reference(text, _)
        | Self::Markup(text)
        | Self::Aside(text)) = self;
        text.len() + size_of::<Self>()
    }
}

/// The content of an element as it is read.
#[derive(Debug, Default)]
pub(super) struct Content {
    parts: Vec<Part>,
    /// Where the first part begins.
    at: Option<Place>,
    size: usize,
}

impl Content {
    /// Adds a part; false for the first one that goes beyond the limit, as for none after it.
    pub(super) fn push(&mut self, part: Part, at: Place, limit: usize) -> bool {
        self.at.get_or_insert(at);
        let was_full = self.size > limit;
        self.size = self.size.saturating_add(part.size());
        let is_full = self.size > limit;
        if !is_full {
            self.parts.push(part);
        }
        was_full || !is_full
    }

    /// The text. `at` is where the element begins, for one without content.
    pub(super) fn into_field(self, at: Place, flaws: &mut Flaws) -> Field {
        let start = self.at.unwrap_or(at);
        if self.is_nested() {
            let message = "the CDATA holds another, which XML does not allow; read to the end tag";
            flaws.tell(&BROKEN_CDATA, start, message, "");
            return Field { text: lines(self.between_outer_marks()), at: start };
        }
        let has_markup = self.parts.iter().any(|part| matches!(part, Part::Markup(_)));
        if has_markup {
            let message = "expected text, got tags; they were taken for part of the text";
            flaws.tell(&MARKUP_IN_VALUE, start, message, "put the text in CDATA");
        }
        let mut text = String::new();
        for part in self.parts {
            match part {
                Part::Aside(_) if !has_markup => {}
                Part::Text(part) | Part::CData(part) | Part::Markup(part) if text.is_empty() => {
                    text = part;
                }
                Part::Text(part) | Part::CData(part) | Part::Markup(part) | Part::Aside(part) => {
                    text.push_str(&part);
                }
                Part::Reference(name, at) => reference(&name, at, &mut text, flaws),
            }
        }
        Field { text: lines(text), at: start }
    }

    /// Whether CDATA was closed by a mark that belongs to its text.
    fn is_nested(&self) -> bool {
        let closes = |part: &Part| match part {
            Part::Text(text) | Part::Aside(text) => text.contains("]]>"),
            _ => false,
        };
        let first = self.parts.iter().position(|part| matches!(part, Part::CData(_)));
        first.is_some_and(|first| self.parts[first..].iter().any(closes))
    }

    /// All that stands between the first opening and the last closing mark.
    fn between_outer_marks(self) -> String {
        let mut source = String::new();
        for part in self.parts {
            match part {
                Part::Text(part) | Part::Markup(part) | Part::Aside(part) => source.push_str(&part),
                Part::CData(part) => source.extend(["<![CDATA[", &part, "]]>"]),
                Part::Reference(name, _) => source.extend(["&", &name, ";"]),
            }
        }
        let start = source.find("<![CDATA[").map_or(0, |start| start + 9);
        let end = source.rfind("]]>").unwrap_or(source.len());
        source[start..end.max(start)].to_owned()
    }
}

/// Writes what a reference stands for.
fn reference(name: &str, at: Place, text: &mut String, flaws: &mut Flaws) {
    let plain = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    if let Some(letter) = plain.or_else(|| numbered(name).filter(|letter| is_allowed(*letter))) {
        return text.push(letter);
    }
    if name.starts_with('#') {
        let message = format!("the reference `&{name};` names no character; dropped");
        return flaws.tell(&XML_SYNTAX, at, &message, "");
    }
    let written = format!("&{name};");
    let known = htmlize::unescape(written.as_str());
    let message = if known == written {
        format!("expected a reference, got `{written}`; taken as it stands")
    } else {
        format!("`{written}` is a reference of HTML, not of XML; read all the same")
    };
    flaws.tell(&XML_SYNTAX, at, &message, "write `&` as `&amp;`");
    text.push_str(&known);
}

/// The character of `#8217` or `#x2019`.
fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

/// Lines that end as XML says that they do (<https://www.w3.org/TR/xml/#sec-line-ends>).
fn lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
