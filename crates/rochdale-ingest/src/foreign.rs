//! The frame of foreign formats: what each is given, and where what it finds goes.
//!
//! A foreign format is one that holds other people's things in other people's shape: an export, a
//! feed, a register. It is a function `read(source, sink)` that yields a [`Draft`] for each thing
//! it finds, an issue for each problem, and a name for what it does not carry. Ids, references and
//! what several sources say of one thing are settled afterwards, for all of them together.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::sync::Arc;

use rochdale::issue::Issue;
use rochdale::model::Kind;

use crate::codes::{EMPTY_FILE, NO_ID, TOO_MANY_ENTRIES, UNREADABLE};
use crate::decode::decode;
use crate::draft::{Draft, coerce};
use crate::format::Format;
use crate::item::Content;
use crate::limits::Limits;
use crate::place::Place;
use crate::tally::Tally;
use crate::tree::{Value, issue};
use crate::work::{self, Aside, Threads};
use crate::{
    cooperatives_uk, fca_register, feed, govuk, icalendar, page, text_archive, wordpress_rest, wxr,
};

/// Reads a source with what its format needs.
fn of_format(source: &mut Source, sink: &mut Sink<'_>) {
    match source.format {
        Format::Wxr => wxr::read(source, sink),
        Format::WordpressRest => wordpress_rest::read(source, sink),
        Format::Rss | Format::Atom | Format::JsonFeed => feed::read(source, sink),
        Format::Page => page::read(source, sink),
        Format::TextArchive => text_archive::read(source, sink),
        Format::ICalendar => icalendar::read(source, sink),
        Format::FcaRegister => fca_register::read(source, sink),
        Format::CooperativesUk => cooperatives_uk::read(source, sink),
        Format::GovUk => govuk::read(source, sink),
        Format::Markdown
        | Format::Html
        | Format::Json
        | Format::Ndjson
        | Format::Yaml
        | Format::Toml => {}
    }
}

/// What the caller wants of every format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Whether e-mail addresses, addresses of machines and comments are carried.
    pub(crate) personal_data: bool,
}

/// A file of a foreign format.
pub(crate) struct Source {
    /// Its path relative to what was opened, with `/`.
    pub(crate) path: Arc<str>,
    pub(crate) format: Format,
    pub(crate) limits: Limits,
    pub(crate) options: Options,
    content: Content,
}

impl Source {
    pub(crate) fn new(
        path: Arc<str>,
        format: Format,
        content: Content,
        limits: Limits,
        options: Options,
    ) -> Self {
        Self { path, format, limits, options, content }
    }

    /// The text, decoded; `None` where there is none, which the sink has been told.
    ///
    /// The place of each value in it comes from [`Places`](crate::place::Places).
    pub(crate) fn text(&mut self, sink: &mut Sink<'_>) -> Option<String> {
        let decoded = self.content.take().bytes(self.limits.file_bytes).and_then(decode);
        match decoded {
            Ok((text, issue)) => {
                sink.issues.extend(issue);
                if !text.trim().is_empty() {
                    return Some(text);
                }
                sink.issue(Issue::new(&EMPTY_FILE, "the file has no text"));
            }
            Err(issue) => sink.issue(*issue),
        }
        None
    }

    /// The bytes; `None` where there are none, which the sink has been told.
    pub(crate) fn bytes(&mut self, sink: &mut Sink<'_>) -> Option<Vec<u8>> {
        match self.content.take().bytes(self.limits.file_bytes) {
            Ok(bytes) => Some(bytes),
            Err(issue) => {
                sink.issue(*issue);
                None
            }
        }
    }

    /// The bytes one after the other, for formats whose files are larger than memory; `None` where
    /// they cannot be read, which the sink has been told.
    ///
    /// An error in the midst of reading, as of more bytes than `limits.stream_bytes`, is told with
    /// [`Sink::broken_off`].
    pub(crate) fn reader(&mut self, sink: &mut Sink<'_>) -> Option<Box<dyn BufRead>> {
        match self.content.take().reader(self.limits.stream_bytes) {
            Ok(reader) => Some(reader),
            Err(issue) => {
                sink.issue(*issue);
                None
            }
        }
    }

    /// A draft without fields; its values stand from `at` on.
    pub(crate) fn draft(&self, kind: Kind, at: Place) -> Draft {
        Draft::new(kind, &self.path, self.format, at)
    }
}

/// Where what a format finds goes.
pub(crate) struct Sink<'a> {
    /// What completes drafts beside the work of finding them.
    complete: Aside<'a, Vec<Draft>>,
    /// Drafts that were found and are still to be completed.
    found: Vec<Draft>,
    /// How many drafts there are, with those of other files.
    count: usize,
    issues: &'a mut Vec<Issue>,
    not_carried: &'a mut BTreeMap<String, usize>,
    /// How many drafts may still come.
    room: usize,
    /// What is told now and then of how many drafts there are.
    progress: &'a mut dyn FnMut(usize),
    tally: Tally,
}

/// After so many drafts progress is told.
const STRIDE: usize = 1000;

/// So many drafts are completed together.
const BATCH: usize = 16;

/// What all formats of a session add to.
pub(crate) struct Account<'a> {
    pub(crate) drafts: &'a mut Vec<Draft>,
    pub(crate) issues: &'a mut Vec<Issue>,
    pub(crate) not_carried: &'a mut BTreeMap<String, usize>,
}

/// Reads a source, and tells now and then how many drafts there are.
pub(crate) fn read(
    source: &mut Source,
    account: Account<'_>,
    threads: Threads,
    progress: &mut dyn FnMut(usize),
) {
    let Account { drafts, issues, not_carried } = account;
    let (count, room) = (drafts.len(), source.limits.entries);
    let mut tally = Tally::default();
    let all = work::aside(threads, completed, |complete| {
        let mut sink = Sink {
            complete,
            found: Vec::new(),
            count,
            issues: &mut *issues,
            not_carried: &mut *not_carried,
            room,
            progress: &mut *progress,
            tally: Tally::default(),
        };
        of_format(source, &mut sink);
        tally = sink.tally;
        sink.complete.give_last(sink.found);
    });
    for Completed { drafts: completed, issues: found, lost } in all {
        drafts.extend(completed);
        issues.extend(found);
        for (name, times) in lost {
            tally.add_times(&name, times);
        }
    }
    for (name, times) in tally.named(source.format.name()) {
        count_times(not_carried, name, times);
    }
}

fn count_times(counts: &mut BTreeMap<String, usize>, name: String, times: usize) {
    if times > 0 {
        *counts.entry(name).or_default() += times;
    }
}

/// Drafts whose fields are decided, and what was wrong with them.
#[derive(Default)]
struct Completed {
    drafts: Vec<Draft>,
    issues: Vec<Issue>,
    /// What was left out of texts, by name.
    lost: Vec<(String, usize)>,
}

/// Decides the fields of drafts, and makes the ids that were not made yet.
fn completed(found: Vec<Draft>) -> Completed {
    let mut completed = Completed::default();
    for draft in found {
        completed.draft(draft);
    }
    completed
}

impl Completed {
    /// Completes a draft. What a scalar means is decided by its field: dates are read as people
    /// write them, HTML is sanitised, one value for a list is a list of one.
    ///
    /// An id that was not made yet is made of the title, or else of what it is known by. A draft
    /// without one is left out.
    fn draft(&mut self, mut draft: Draft) {
        if let Some(unread) = draft.unread.take() {
            self.lost.extend(unread.fill(&mut draft));
        }
        let structure = draft.kind.info().structure;
        if let Value::Map(members) = &mut draft.root.value {
            coerce::members(members, structure, &mut self.issues);
        }
        draft.call_somehow();
        if draft.id.is_empty() {
            let title = structure.fields[1].name;
            let message = format!("expected a `{title}` to make an id of");
            return self.issues.push(issue(&NO_ID, draft.at, message));
        }
        draft.complete_keys();
        if draft.dated.is_none() {
            draft.dated = draft.day().map(|day| format!("{day}-{}", draft.id));
        }
        self.drafts.push(draft);
    }
}

impl Sink<'_> {
    /// Takes a draft whose fields are set, to be completed.
    ///
    /// Gives false where the limit on entries is reached, so that reading should end.
    pub(crate) fn draft(&mut self, draft: Draft) -> bool {
        if self.room == 0 {
            let message = "more entries than the limit; the rest is skipped";
            self.issue(issue(&TOO_MANY_ENTRIES, draft.at, message));
            return false;
        }
        self.room -= 1;
        self.count += 1;
        self.found.push(draft);
        if self.found.len() == BATCH {
            let found = std::mem::take(&mut self.found);
            self.complete.give(found);
        }
        if self.count.is_multiple_of(STRIDE) {
            (self.progress)(self.count);
        }
        true
    }

    /// Takes an issue; its path is filled in later.
    pub(crate) fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Counts something that was found and is not carried over, under a name such as
    /// `wxr: comments`.
    pub(crate) fn not_carried(&mut self, name: &str) {
        self.not_carried_times(name, 1);
    }

    /// Counts several of them at once.
    pub(crate) fn not_carried_times(&mut self, name: &str, times: usize) {
        count_times(self.not_carried, name.to_owned(), times);
    }

    /// Counts what a format counted by itself, with what is left out of its texts later.
    pub(crate) fn not_carried_all(&mut self, tally: Tally) {
        self.tally = tally;
    }

    /// Says that reading broke off at a place, and why.
    pub(crate) fn broken_off(&mut self, at: Place, error: &io::Error) {
        self.issue(Refused::issue(error).with_position(at.line, at.column));
    }
}

/// An issue on its way through `Read`.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) Box<Issue>);

impl Refused {
    /// The issue that an error holds, or one that tells the error without the words of the system,
    /// which differ from one to the next.
    pub(crate) fn issue(error: &io::Error) -> Box<Issue> {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(Self(issue)) => issue.clone(),
            None => Issue::new(&UNREADABLE, format!("cannot be read: {}", error.kind())).into(),
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Refused {}
