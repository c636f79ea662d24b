//! The pieces of an XML file one after the other, owned, with what is no XML mended on the way.

use std::io::{self, Read};
use std::sync::Arc;

use quick_xml::errors::SyntaxError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

use super::flaws::Flaws;
use super::input::Input;
use crate::codes::{CUT_SHORT, DOCTYPE, TOO_COMPLEX, XML_SYNTAX};
use crate::place::Place;

/// How many bytes a tag, a text or a comment may have.
pub(super) const PIECE: usize = 16 << 20;

/// How many bytes may be read a second time, because they were taken for a tag.
const MENDING: usize = 64 << 20;

/// A piece of an XML file.
#[derive(Debug)]
pub(super) enum Step {
    /// A start tag without its brackets; `true` where it is its own end.
    Start(BytesStart<'static>, bool),
    /// An end tag without its brackets.
    End(String),
    Text(String),
    CData(String),
    /// A reference without `&` and `;`.
    Reference(String),
    /// A comment or an instruction as it stands.
    Aside(String),
}

/// The pieces of an XML file.
pub(super) struct Steps<R: Read> {
    reader: Reader<Input<R>>,
    buffer: Vec<u8>,
    mending: usize,
    ended: bool,
    /// Whether reading stopped before the end of the file.
    pub(super) is_broken: bool,
    /// Why the source could not be read to its end.
    pub(super) failure: Option<Arc<io::Error>>,
}

/// What came of one event.
enum Outcome {
    Step(Step),
    /// Nothing that anybody needs.
    Nothing,
    End,
    Refused,
    /// A start tag that is none, from its `<` on.
    NoTag(String),
    Failed(Error),
}

impl<R: Read> Steps<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            reader: reader(Input::new(source)),
            buffer: Vec::new(),
            mending: MENDING,
            ended: false,
            is_broken: false,
            failure: None,
        }
    }

    /// Where the next piece begins.
    pub(super) fn place(&self) -> Place {
        self.reader.get_ref().place()
    }

    /// The next piece and where it begins; `None` at the end.
    pub(super) fn next(&mut self, flaws: &mut Flaws) -> Option<(Step, Place)> {
        while !self.ended {
            let at = self.place();
            self.reader.get_mut().allow(PIECE);
            self.buffer.clear();
            let outcome = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => outcome(event),
                Err(error) => Outcome::Failed(error),
            };
            let found = self.reader.get_mut().flaws();
            if !found.is_empty() {
                flaws.bytes(found);
            }
            match outcome {
                Outcome::Step(step) => return Some((step, at)),
                Outcome::Nothing => {}
                Outcome::End => self.ended = true,
                Outcome::Refused => {
                    self.stop();
                    let message =
                        "a DOCTYPE can make a small file endless, so the rest was not read";
                    flaws.tell(&DOCTYPE, at, message, "remove the DOCTYPE");
                }
                Outcome::NoTag(source) => return Some((self.no_tag(&source, at, flaws), at)),
                Outcome::Failed(error) => {
                    if let Some(step) = self.failed(error, at, flaws) {
                        return Some((step, at));
                    }
                }
            }
        }
        None
    }

    /// A `<` that begins no tag is text, and so is what follows up to the next `<`.
    fn no_tag(&mut self, source: &str, at: Place, flaws: &mut Flaws) -> Step {
        flaws.tell(
            &XML_SYNTAX,
            at,
            "expected a tag after `<`; taken as text",
            "write `<` as `&lt;`",
        );
        let next = source[1..].find('<').map(|next| next + 1);
        let next = next.filter(|next| source.len() - next <= self.mending);
        let Some(next) = next else { return Step::Text(source.to_owned()) };
        let (text, rest) = source.split_at(next);
        self.mending -= rest.len();
        self.reader.get_mut().put_back(rest.as_bytes(), at.after(text));
        Step::Text(text.to_owned())
    }

    /// What can be saved after an error.
    fn failed(&mut self, error: Error, at: Place, flaws: &mut Flaws) -> Option<Step> {
        match error {
            Error::Io(error) if error.kind() == io::ErrorKind::QuotaExceeded => {
                self.stop();
                let message =
                    format!("expected at most {PIECE} bytes in one text; the rest was not read");
                flaws.tell(&TOO_COMPLEX, at, &message, "");
                None
            }
            Error::Io(error) => {
                self.stop();
                self.failure = Some(error);
                None
            }
            Error::Syntax(error) => {
                let read = String::from_utf8_lossy(&self.buffer).into_owned();
                self.begin_again();
                match error {
                    SyntaxError::UnclosedCData => {
                        flaws.tell(&CUT_SHORT, at, "the file ends inside CDATA", "export it again");
                        Some(Step::CData(read.get(9..).unwrap_or_default().to_owned()))
                    }
                    SyntaxError::InvalidBangMarkup => {
                        flaws.tell(&XML_SYNTAX, at, "expected a comment or CDATA after `<!`", "");
                        Some(Step::Text(read))
                    }
                    _ => {
                        let message = format!("the file ends inside a tag or a comment: {error}");
                        flaws.tell(&CUT_SHORT, at, &message, "export it again");
                        None
                    }
                }
            }
            error => {
                flaws.tell(&XML_SYNTAX, at, &error.to_string(), "");
                None
            }
        }
    }

    fn stop(&mut self) {
        (self.ended, self.is_broken) = (true, true);
    }

    /// Goes on after an error at which the parser stops.
    fn begin_again(&mut self) {
        let old = std::mem::replace(&mut self.reader, reader(Input::empty()));
        self.reader = reader(old.into_inner());
    }
}

fn reader<R: Read>(input: Input<R>) -> Reader<Input<R>> {
    let mut reader = Reader::from_reader(input);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

fn outcome(event: Event<'_>) -> Outcome {
    Outcome::Step(match event {
        Event::Start(tag) if !is_tag(&tag) => return Outcome::NoTag(format!("<{}>", &*tag)),
        Event::Empty(tag) if !is_tag(&tag) => return Outcome::NoTag(format!("<{}/>", &*tag)),
        Event::Start(tag) => Step::Start(tag.into_owned(), false),
        Event::Empty(tag) => Step::Start(tag.into_owned(), true),
        Event::End(tag) => Step::End((*tag).to_owned()),
        Event::Text(text) => Step::Text(text.into_inner().into_owned()),
        Event::CData(text) => Step::CData(text.into_inner().into_owned()),
        Event::GeneralRef(name) => Step::Reference(name.into_inner().into_owned()),
        Event::Comment(text) => Step::Aside(format!("<!--{}-->", &*text)),
        Event::PI(text) => Step::Aside(format!("<?{}?>", &*text)),
        Event::Decl(_) => return Outcome::Nothing,
        Event::DocType(_) => return Outcome::Refused,
        Event::Eof => return Outcome::End,
    })
}

/// Whether what stands in brackets is a tag: it begins with a letter and holds no `<`.
fn is_tag(tag: &str) -> bool {
    let starts = |letter: char| letter.is_alphabetic() || matches!(letter, '_' | ':');
    tag.starts_with(starts) && !tag.contains('<')
}

/// The name in an end tag.
pub(super) fn end_name(tag: &str) -> &str {
    tag.split_whitespace().next().unwrap_or_default()
}
