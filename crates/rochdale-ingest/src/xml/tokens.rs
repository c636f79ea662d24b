//! The elements of an XML file as they open and close, each closed in the end, whatever the file
//! does.

use std::io::{self, Read};
use std::sync::Arc;

use quick_xml::events::BytesStart;
use quick_xml::name::NamespaceResolver;

use super::family::Family;
use super::flaws::Flaws;
use super::steps::{PIECE, Step, Steps, end_name};
use super::value::{Content, Field, Part};
use crate::codes::{
    CUT_SHORT, NOT_CLOSED, TOO_COMPLEX, UNDECLARED_PREFIX, UNMATCHED_END, XML_SYNTAX,
};
use crate::place::Place;

/// How many elements may be open at once.
const DEPTH: usize = 64;

/// How many tags may be open in a text that should have none.
const INNER_DEPTH: usize = 256;

/// How many attributes of an element are looked at.
const ATTRIBUTES: usize = 64;

/// An element begins or ends.
#[derive(Debug)]
pub(crate) enum Token {
    Open(Element),
    Close,
}

/// An element.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) family: Family,
    /// The name without its prefix.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) at: Place,
}

impl Element {
    /// The value of an attribute, by its name without a prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn is(&self, family: Family, name: &str) -> bool {
        self.family == family && self.name == name
    }
}

/// The tokens of an XML file.
pub(crate) struct Xml<R: Read> {
    steps: Steps<R>,
    /// What was read too far.
    pending: Option<(Step, Place)>,
    /// The names of the open elements as they are written.
    open: Vec<Open>,
    namespaces: NamespaceResolver,
    /// How many elements are still to be closed before reading goes on.
    closing: usize,
    pub(crate) flaws: Flaws,
    unknown_prefixes: Vec<String>,
    /// How many texts stood where only elements are expected.
    pub(crate) stray_texts: usize,
    ended: bool,
}

#[derive(Debug)]
struct Open {
    name: String,
    is_item: bool,
    at: Place,
}

impl<R: Read> Xml<R> {
    pub(crate) fn new(source: R) -> Self {
        Self {
            steps: Steps::new(source),
            pending: None,
            open: Vec::new(),
            namespaces: NamespaceResolver::default(),
            closing: 0,
            flaws: Flaws::default(),
            unknown_prefixes: Vec::new(),
            stray_texts: 0,
            ended: false,
        }
    }

    /// Where reading is.
    pub(crate) fn place(&self) -> Place {
        self.steps.place()
    }

    /// Why the source could not be read to its end.
    pub(crate) fn failure(&self) -> Option<Arc<io::Error>> {
        self.steps.failure.clone()
    }

    /// Whether reading stopped before the end of the file.
    pub(crate) fn is_broken(&self) -> bool {
        self.ended || self.steps.is_broken
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next token; `None` at the end, when every element is closed.
    pub(crate) fn next(&mut self) -> Option<Token> {
        loop {
            if self.closing > 0 {
                self.closing -= 1;
                self.close();
                return Some(Token::Close);
            }
            let Some((step, at)) = self.step() else {
                if self.open.is_empty() {
                    return None;
                }
                self.cut_short();
                continue;
            };
            match step {
                Step::Start(tag, is_empty) => {
                    if let Some(token) = self.start(tag, is_empty, at) {
                        return Some(token);
                    }
                }
                Step::End(tag) => self.end(end_name(&tag), at),
                Step::Text(text) | Step::CData(text) => {
                    self.stray_texts += usize::from(!text.trim().is_empty());
                }
                Step::Reference(_) => self.stray_texts += 1,
                Step::Aside(_) => {}
            }
        }
    }

    /// Passes over the element that was just opened, to its end.
    pub(crate) fn skip(&mut self) {
        let outside = self.open.len().saturating_sub(1);
        let stray_texts = self.stray_texts;
        while self.open.len() > outside {
            if self.next().is_none() {
                break;
            }
        }
        self.stray_texts = stray_texts;
    }

    /// The text of the element that was just opened, to its end.
    pub(crate) fn field(&mut self, element: &Element) -> Field {
        let mut content = Content::default();
        let mut inner: Vec<String> = Vec::new();
        while self.closing == 0 {
            let Some((step, at)) = self.step() else {
                self.cut_short();
                break;
            };
            if let Some((step, at)) = self.part(step, at, &mut content, &mut inner) {
                self.pending = Some((step, at));
            }
        }
        self.closing -= 1;
        self.close();
        content.into_field(element.at, &mut self.flaws)
    }

    /// Takes a piece for a part of a text; gives it back if the text ended before it.
    fn part(
        &mut self,
        step: Step,
        at: Place,
        content: &mut Content,
        inner: &mut Vec<String>,
    ) -> Option<(Step, Place)> {
        let part = match step {
            Step::Text(text) => Part::Text(text),
            Step::CData(text) => Part::CData(text),
            Step::Reference(name) => Part::Reference(name, at),
            Step::Aside(text) => Part::Aside(text),
            Step::Start(tag, is_empty) => {
                if self.begins_sibling(&tag) {
                    self.not_closed(1, at);
                    return Some((Step::Start(tag, is_empty), at));
                }
                if !is_empty && inner.len() < INNER_DEPTH {
                    inner.push(tag.name().0.to_owned());
                }
                let slash = if is_empty { "/" } else { "" };
                Part::Markup(format!("<{}{slash}>", &*tag))
            }
            Step::End(tag) => {
                let name = end_name(&tag);
                let own = self.open.last().is_some_and(|open| open.name == name);
                match inner.iter().rposition(|open| open == name) {
                    Some(opened) => inner.truncate(opened),
                    None if own => {
                        self.closing = 1;
                        return None;
                    }
                    None if self.open.iter().any(|open| open.name == name) => {
                        self.not_closed(1, at);
                        return Some((Step::End(tag), at));
                    }
                    None => {}
                }
                Part::Markup(format!("</{tag}>"))
            }
        };
        if !content.push(part, at, PIECE) {
            let message =
                format!("expected at most {PIECE} bytes in one text; the rest of it was dropped");
            self.flaws.tell(&TOO_COMPLEX, at, &message, "");
        }
        None
    }

    fn step(&mut self) -> Option<(Step, Place)> {
        if self.ended {
            return None;
        }
        self.pending.take().or_else(|| self.steps.next(&mut self.flaws))
    }

    /// Opens an element, unless others must be closed before it.
    fn start(&mut self, tag: BytesStart<'static>, is_empty: bool, at: Place) -> Option<Token> {
        if self.open.len() == DEPTH {
            let message =
                format!("expected at most {DEPTH} elements in each other; the rest was not read");
            self.flaws.tell(&TOO_COMPLEX, at, &message, "");
            self.ended = true;
            return None;
        }
        let is_item = tag.name().0 == "item";
        if is_item && let Some(outer) = self.open.iter().position(|open| open.is_item) {
            self.not_closed(self.open.len() - outer, at);
            self.pending = Some((Step::Start(tag, is_empty), at));
            return None;
        }
        if let Err(error) = self.namespaces.push(&tag) {
            self.flaws.tell(&XML_SYNTAX, at, &error.to_string(), "");
        }
        let name = tag.name();
        let (family, local) = self.family(name.0, at);
        let local = local.to_owned();
        self.open.push(Open { name: name.0.to_owned(), is_item, at });
        self.closing = usize::from(is_empty);
        Some(Token::Open(Element {
            family,
            name: local,
            attributes: self.attributes(&tag, at),
            at,
        }))
    }

    fn attributes(&mut self, tag: &BytesStart<'_>, at: Place) -> Vec<(String, String)> {
        let mut attributes = Vec::new();
        for attribute in tag.html_attributes().with_checks(false).take(ATTRIBUTES) {
            match attribute {
                Ok(attribute) if attribute.key.as_namespace_binding().is_some() => {}
                Ok(attribute) => {
                    let name = attribute.key.local_name().into_inner().to_owned();
                    let value = htmlize::unescape_attribute(&*attribute.value).into_owned();
                    attributes.push((name, value));
                }
                Err(error) => {
                    self.flaws.tell(
                        &XML_SYNTAX,
                        at,
                        &format!("expected an attribute: {error}"),
                        "",
                    );
                    break;
                }
            }
        }
        attributes
    }

    /// Closes the elements up to the one of this name.
    fn end(&mut self, name: &str, at: Place) {
        let Some(opened) = self.open.iter().rposition(|open| open.name == name) else {
            let message = format!("the end tag of `{name}` has no start tag; passed over");
            return self.flaws.tell(&UNMATCHED_END, at, &message, "");
        };
        let closes = self.open.len() - opened;
        if closes > 1 {
            self.not_closed(closes - 1, at);
        }
        self.closing = closes;
    }

    /// Says that the innermost elements lack their end tags, and has them closed.
    fn not_closed(&mut self, count: usize, at: Place) {
        for open in self.open.iter().rev().take(count) {
            let message = format!(
                "the element `{}` that begins at line {} has no end tag; closed here",
                open.name, open.at.line
            );
            self.flaws.tell(&NOT_CLOSED, at, &message, "");
        }
        self.closing = count;
    }

    /// Has everything closed at the end of a file that ends too early.
    fn cut_short(&mut self) {
        let at = self.place();
        if !self.ended
            && !self.steps.is_broken
            && let Some(open) = self.open.last()
        {
            let message = format!(
                "the file ends inside the element `{}` that begins at line {}",
                open.name, open.at.line
            );
            self.flaws.tell(&CUT_SHORT, at, &message, "export it again");
        }
        self.ended = true;
        self.closing = self.open.len();
    }

    fn close(&mut self) {
        self.open.pop();
        self.namespaces.pop();
    }

    /// Whether a tag inside a text can only be the next element, the text lacking its end tag.
    fn begins_sibling(&self, tag: &BytesStart<'_>) -> bool {
        let name = tag.name().0;
        let (family, local) = Family::of(&self.namespaces, name);
        match family {
            Family::Wordpress | Family::Content | Family::Excerpt | Family::Dublin => true,
            Family::Plain => matches!(local, "item" | "channel"),
            Family::Other => false,
        }
    }

    /// The family of an element's name and the name without its prefix; prefixes that the file
    /// does not declare are told once each.
    fn family<'n>(&mut self, name: &'n str, at: Place) -> (Family, &'n str) {
        if let Some(prefix) = Family::unknown_prefix(&self.namespaces, name)
            && self.unknown_prefixes.len() < ATTRIBUTES
            && !self.unknown_prefixes.iter().any(|known| known == prefix)
        {
            self.unknown_prefixes.push(prefix.to_owned());
            let message =
                format!("the prefix `{prefix}` is not declared; taken for what it usually means");
            self.flaws.tell(&UNDECLARED_PREFIX, at, &message, "declare it with `xmlns`");
        }
        Family::of(&self.namespaces, name)
    }
}
