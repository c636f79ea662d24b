//! The text of a document to its tree; what is not well-formed is told, and read as far as it can be.

use std::collections::BTreeSet;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rochdale::issue::{Code, Issue};
use url::Url;

use super::entity::{resolve, unescape};
use super::{Attribute, Child, Element, Space};
use crate::codes::{CONTROL_CHARACTER, DOCTYPE, NOT_WELL_FORMED, TOO_COMPLEX, UNDECLARED_PREFIX};
use crate::place::Places;
use crate::tree::issue;
use crate::xml::{are_allowed, is_allowed};

/// Elements open at once.
const DEPTH: usize = 256;

/// So many mistakes are told; the rest follow from them more often than not.
const TOLD: usize = 16;

/// Reads a document. `None` where it has no element, or must not be read, which the issues tell.
///
/// A document type with declarations of its own is refused, for entities can unfold to any size and
/// reach into other files; a mere name or address of one, as RSS 0.91 demands, says nothing.
pub(in crate::feed) fn build(
    places: &Places<'_>,
    limit: usize,
    issues: &mut Vec<Issue>,
) -> Option<Element> {
    let mut builder = Builder {
        places,
        issues,
        limit,
        values: 0,
        told: 0,
        open: Vec::new(),
        prefixes: Vec::new(),
        root: None,
        assumed: BTreeSet::new(),
    };
    builder.run();
    builder.root
}

struct Builder<'a, 't> {
    places: &'a Places<'t>,
    issues: &'a mut Vec<Issue>,
    limit: usize,
    values: usize,
    told: usize,
    open: Vec<Open>,
    /// The prefixes declared so far, the innermost last.
    prefixes: Vec<(Box<str>, Space)>,
    root: Option<Element>,
    /// Prefixes that were never declared and have been told.
    assumed: BTreeSet<Box<str>>,
}

/// An element that has not ended.
struct Open {
    element: Element,
    /// How many prefixes were declared before it.
    outer: usize,
}

/// Whether reading goes on.
type Goes = bool;

impl Builder<'_, '_> {
    fn run(&mut self) {
        let text = self.places.text();
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
            let goes = match reader.read_event() {
                Ok(Event::Eof) => false,
                Ok(event) => self.event(event, start),
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(start);
                    self.tell(&NOT_WELL_FORMED, at, format!("expected XML: {error}"));
                    false
                }
            };
            if !goes {
                break;
            }
        }
        while let Some(open) = self.open.pop() {
            if self.root.is_none() && self.open.is_empty() && self.told == 0 {
                let message = format!("the element `{}` does not end", open.element.written);
                self.tell(&NOT_WELL_FORMED, open.element.start, message);
            }
            self.close(open);
        }
    }

    fn event(&mut self, event: Event<'_>, start: usize) -> Goes {
        match event {
            Event::Start(tag) => return self.start(&tag, start),
            Event::Empty(tag) => {
                let goes = self.start(&tag, start);
                if goes {
                    self.end(None, start);
                }
                return goes;
            }
            Event::End(tag) => self.end(Some(tag.name().as_ref().trim_end()), start),
            Event::Text(text) => self.text(&text, start),
            Event::CData(text) => self.text(&text, start + "<![CDATA[".len()),
            Event::GeneralRef(name) => {
                if let Some(resolved) = resolve(&name) {
                    self.add_text(&resolved, start);
                } else {
                    let message = format!("unknown reference `&{};`", &*name);
                    self.tell(&NOT_WELL_FORMED, start, message);
                    self.add_text(&format!("&{};", &*name), start);
                }
            }
            Event::DocType(text) => {
                let inner = text.split_once('[').map_or("", |(_, inner)| inner);
                if !inner.trim_end_matches([']', ' ', '\t', '\r', '\n']).trim().is_empty() {
                    let message = "expected no declarations in the document type";
                    let found = issue(&DOCTYPE, self.places.at(start), message);
                    self.issues.push(found.with_help("take out `<!DOCTYPE … [ … ]>`"));
                    (self.root, self.open) = (None, Vec::new());
                    return false;
                }
            }
            _ => {}
        }
        true
    }

    fn start(&mut self, tag: &BytesStart<'_>, start: usize) -> Goes {
        if self.root.is_some() && self.open.is_empty() {
            self.tell(&NOT_WELL_FORMED, start, "expected nothing after the first element".into());
            return false;
        }
        if self.open.len() == DEPTH {
            let message = format!("expected at most {DEPTH} elements in each other");
            self.issues.push(issue(&TOO_COMPLEX, self.places.at(start), message));
            return false;
        }
        let outer = self.prefixes.len();
        let raw = self.attributes(tag, start);
        self.values += 1 + raw.len();
        if self.values > self.limit {
            let message = format!("expected at most {} elements and attributes", self.limit);
            self.issues.push(issue(&TOO_COMPLEX, self.places.at(start), message));
            return false;
        }
        let name = tag.name();
        let (prefix, local) = parted(name.as_ref());
        let mut element = Element {
            space: self.space(prefix, start),
            local: local.into(),
            written: name.as_ref().into(),
            attributes: Vec::with_capacity(raw.len()),
            children: Vec::new(),
            base: self.open.last().and_then(|open| open.element.base.clone()),
            language: self.open.last().and_then(|open| open.element.language.clone()),
            start,
        };
        for (name, value, start) in raw {
            let (prefix, local) = parted(&name);
            let space = prefix.map_or(Space::None, |_| self.space(prefix, start));
            element.attributes.push(Attribute { space, local: local.into(), value, start });
        }
        inherit(&mut element);
        self.open.push(Open { element, outer });
        true
    }

    /// The attributes with their places; those that declare prefixes are taken out and noted.
    fn attributes(
        &mut self,
        tag: &BytesStart<'_>,
        start: usize,
    ) -> Vec<(Box<str>, Box<str>, usize)> {
        let mut raw = Vec::new();
        let whole: &str = tag;
        for attribute in tag.attributes().with_checks(false) {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    self.tell(&NOT_WELL_FORMED, start, format!("expected an attribute: {error}"));
                    break;
                }
            };
            let name = attribute.key.as_ref();
            let value = self.cleaned(&unescape(&attribute.value), start);
            if name == "xmlns" || name.starts_with("xmlns:") {
                let prefix = name.strip_prefix("xmlns:").unwrap_or_default();
                self.prefixes.push((prefix.into(), Space::of(&value)));
                continue;
            }
            // The value is a part of the tag, which begins after its `<`.
            let inside = (attribute.value.as_ptr() as usize).checked_sub(whole.as_ptr() as usize);
            let inside = inside.filter(|inside| *inside <= whole.len());
            let at = inside.map_or(start, |inside| start + 1 + inside);
            raw.push((name.into(), value.into(), at));
        }
        raw
    }

    /// The namespace of a prefix.
    fn space(&mut self, prefix: Option<&str>, start: usize) -> Space {
        let name = prefix.unwrap_or_default();
        let declared = self.prefixes.iter().rev().find(|(known, _)| **known == *name);
        match (declared, prefix) {
            (Some((_, space)), _) => *space,
            (None, None) => Space::None,
            (None, Some("xml")) => Space::Xml,
            (None, Some(prefix)) => {
                if self.assumed.insert(prefix.into()) {
                    let message = format!("the prefix `{prefix}` is not declared");
                    self.issues.push(issue(&UNDECLARED_PREFIX, self.places.at(start), message));
                }
                Space::usual(prefix).unwrap_or(Space::Other)
            }
        }
    }

    /// Ends the innermost element, or the innermost of this name and those inside it.
    fn end(&mut self, name: Option<&str>, start: usize) {
        let depth = match name {
            None => self.open.len().checked_sub(1),
            Some(name) => self.open.iter().rposition(|open| *open.element.written == *name),
        };
        let Some(depth) = depth else {
            let name = name.unwrap_or_default();
            return self.tell(&NOT_WELL_FORMED, start, format!("`</{name}>` ends no element"));
        };
        if let Some(inner) = self.open.get(depth + 1) {
            let (inner, name) = (inner.element.written.clone(), name.unwrap_or_default());
            let message = format!("expected `</{inner}>`, got `</{name}>`");
            self.tell(&NOT_WELL_FORMED, start, message);
        }
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { break };
            self.close(open);
        }
    }

    fn close(&mut self, open: Open) {
        self.prefixes.truncate(open.outer);
        match self.open.last_mut() {
            Some(parent) => parent.element.children.push(Child::Element(open.element)),
            None => self.root = Some(open.element),
        }
    }

    fn text(&mut self, text: &str, start: usize) {
        if !text.contains('\r') && are_allowed(text) {
            return self.add_text(text, start);
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = self.cleaned(&text, start);
        self.add_text(&text, start);
    }

    fn add_text(&mut self, text: &str, start: usize) {
        let Some(open) = self.open.last_mut() else { return };
        match open.element.children.last_mut() {
            Some(Child::Text(before, _)) => before.push_str(text),
            _ => open.element.children.push(Child::Text(text.to_owned(), start)),
        }
    }

    /// The text without characters that XML does not have.
    fn cleaned(&mut self, text: &str, start: usize) -> String {
        if are_allowed(text) {
            return text.to_owned();
        }
        let Some(first) = text.find(|letter| !is_allowed(letter)) else { return text.to_owned() };
        let letter = text[first..].chars().next().unwrap_or_default();
        let message =
            format!("the character U+{:04X} is none of XML's; taken out", u32::from(letter));
        let at = (start + first).min(self.places.text().len());
        self.tell(&CONTROL_CHARACTER, at, message);
        text.chars().filter(|letter| is_allowed(*letter)).collect()
    }

    fn tell(&mut self, code: &'static Code, start: usize, message: String) {
        self.told += 1;
        if self.told <= TOLD {
            self.issues.push(issue(code, self.places.at(start), message));
        }
    }
}

/// The prefix of a name and the rest.
fn parted(name: &str) -> (Option<&str>, &str) {
    name.split_once(':').map_or((None, name), |(prefix, local)| (Some(prefix), local))
}

/// Takes the base and the language of an element from its own attributes.
fn inherit(element: &mut Element) {
    if let Some(base) = element.attribute_in(Space::Xml, "base") {
        let base = base.trim();
        let absolute = match &element.base {
            Some(outer) => outer.join(base).ok(),
            None => Url::parse(base).ok(),
        };
        // One that is no address of a page would make every link in it useless.
        let usable = absolute.filter(|url| matches!(url.scheme(), "http" | "https"));
        if let Some(url) = usable {
            element.base = Some(Arc::new(url));
        }
    }
    if let Some(language) = element.attribute_in(Space::Xml, "lang") {
        element.language = Some(language.trim().into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Element>, Vec<String>) {
        let mut issues = Vec::new();
        let root = build(&Places::new(text), 100, &mut issues);
        (root, issues.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn prefixes_are_bound_where_they_stand() {
        let text = "<a:r xmlns:a='http://www.w3.org/2005/Atom'><a:x/><y xmlns='http://purl.org/rss/1.0/' \
                    xmlns:a='http://search.yahoo.com/mrss/'><a:z/></y><a:x/><dc:w/></a:r>";
        let (root, issues) = read(text);
        let root = root.unwrap();
        let spaces: Vec<_> = root.elements().map(|element| element.space).collect();
        assert_eq!(spaces, [Space::Atom, Space::None, Space::Atom, Space::DublinCore]);
        assert_eq!(root.elements().nth(1).unwrap().elements().next().unwrap().space, Space::Media);
        assert_eq!(issues.len(), 1);
        assert!(issues[0].contains("undeclared-prefix"), "{issues:?}");
    }

    #[test]
    fn texts_are_one_and_placed() {
        let text = "<r>\n <t> a&amp;<![CDATA[<b>]]>]]&gt;&eacute; & c</t></r>";
        let (root, issues) = read(text);
        let places = Places::new(text);
        let words = root.unwrap().child(Space::None, "t").unwrap().words(&places).unwrap();
        assert_eq!(words.text, "a&<b>]]>é & c");
        assert_eq!((words.at.line, words.at.column), (2, 6));
        assert_eq!(issues, Vec::<String>::new());
    }

    #[test]
    fn mistakes_are_told_and_mended() {
        for (text, inside, place) in [
            ("<r><a><b>x</a><c>y</c></r>", "xy", "1:11"),
            ("<r><a>x</a></z><c>y</c></r>", "xy", "1:12"),
            ("<r><a>x&nope;</a></r>", "x&nope;", "1:8"),
            ("<r><a>x\u{8}y</a></r>", "xy", "1:8"),
            ("<r><a>x</a>", "x", "1:1"),
            ("<r><a>x</a></r><r/>", "x", "1:16"),
            ("<r><a>x</a><b", "x", "1:12"),
        ] {
            let (root, issues) = read(text);
            assert_eq!(root.unwrap().all_text(), inside, "{text}");
            let places = Places::new(text);
            let mut found = Vec::new();
            build(&places, 100, &mut found);
            let at = format!("{}:{}", found[0].line.unwrap(), found[0].column.unwrap());
            assert_eq!((issues.len(), at.as_str()), (1, place), "{text}: {issues:?}");
        }
    }

    #[test]
    fn declarations_are_refused_and_limits_hold() {
        for text in ["<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>", "<!DOCTYPE r [%a;]><r/>"] {
            let (root, issues) = read(text);
            assert!(root.is_none() && issues[0].contains("doctype"), "{issues:?}");
        }
        for text in [
            "<!DOCTYPE rss PUBLIC '-//N//DTD//EN' 'http://a.example/x.dtd'><r/>",
            "<!DOCTYPE r [ ]><r/>",
        ] {
            assert!(read(text).0.is_some_and(|root| root.is(Space::None, "r")));
        }
        for text in ["<r>".repeat(300), format!("<r>{}</r>", "<a/>".repeat(200))] {
            let (root, issues) = read(&text);
            assert!(
                root.is_some() && issues.iter().any(|it| it.contains("too-complex")),
                "{issues:?}"
            );
        }
    }

    #[test]
    fn bases_build_on_each_other() {
        let text = "<r xml:base='http://a.example/x/'><a xml:base='y/' xml:lang='de'><b/></a>\
                    <c xml:base='javascript:1'/></r>";
        let root = read(text).0.unwrap();
        let a = root.child(Space::None, "a").unwrap();
        let b = a.child(Space::None, "b").unwrap();
        assert_eq!(b.base.as_ref().unwrap().as_str(), "http://a.example/x/y/");
        assert_eq!(b.language.as_deref(), Some("de"));
        assert_eq!(root.child(Space::None, "c").unwrap().base.as_ref().unwrap().path(), "/x/");
    }
}
