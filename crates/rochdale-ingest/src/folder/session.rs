//! The reading of a folder from its first file to its report.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rochdale::issue::{Issue, Report};
use rochdale::model::Entry;

use super::choose::{self, Closed, Fate};
use super::draft::Draft;
use super::{Item, identity, markdown, references, shape, whole};
use crate::codes::{EMPTY_FILE, FOLDER_TOO_DEEP, TOO_MANY_FILES};
use crate::decode::decode;
use crate::format::Format;
use crate::origin::Origins;
use crate::place::Places;
use crate::profile::Profile;
use crate::reader::{Limits, Reading};

/// What has been read so far.
pub(crate) struct Session {
    limits: Limits,
    issues: Vec<Issue>,
    not_carried: BTreeMap<String, usize>,
    drafts: Vec<Draft>,
}

/// A file that is being read.
pub(super) struct File<'a> {
    pub(super) path: Rc<str>,
    /// Where the part of the path begins that the profile judges.
    pub(super) top: usize,
    /// The name of the folder around all that was opened.
    pub(super) around: Rc<str>,
    pub(super) places: Places<'a>,
    pub(super) format: Format,
    pub(super) profile: &'a Profile,
    pub(super) limits: Limits,
}

impl File<'_> {
    /// The part of the path that the profile judges.
    pub(super) fn judged(&self) -> &str {
        &self.path[self.top..]
    }

    /// The folders that it stands in, the innermost first.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.judged().rsplit('/').skip(1).chain([&*self.around])
    }
}

impl Session {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, issues: Vec::new(), not_carried: BTreeMap::new(), drafts: Vec::new() }
    }

    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    pub(crate) fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Counts something that is not carried.
    pub(crate) fn pass_over(&mut self, name: &str) {
        *self.not_carried.entry(name.to_owned()).or_default() += 1;
    }

    /// The files to be read, in the order of their paths, each with its format if the name says it.
    pub(crate) fn choose(&mut self, mut items: Vec<Item>) -> Vec<(Item, Option<Format>)> {
        items.sort_by(|one, other| one.path.cmp(&other.path));
        let (mut chosen, mut skipped) = (Vec::new(), BTreeSet::new());
        for item in items {
            let judged = &item.path[item.top..];
            if let Some(folder) = choose::closed_folder(judged, &item.profile, self.limits.depth) {
                let whole = &item.path[..item.top + folder.path().len()];
                if skipped.insert(whole.to_owned()) {
                    self.close(&folder, whole);
                }
                continue;
            }
            match choose::file(choose::last(judged), &item.profile) {
                Fate::NotCarried(name) => self.pass_over(&name),
                Fate::Read(_) if chosen.len() == self.limits.files => {
                    let message = format!(
                        "expected at most {} files; the rest is skipped",
                        self.limits.files
                    );
                    self.issues.push(Issue::new(&TOO_MANY_FILES, message).with_path(item.path));
                    break;
                }
                Fate::Read(format) => chosen.push((item, format)),
            }
        }
        chosen
    }

    /// Says of a folder that it is not looked into, and why.
    pub(super) fn close(&mut self, folder: &Closed, whole: &str) {
        match folder {
            Closed::Skipped(path) => self.pass_over(&format!("{}/", choose::last(path))),
            Closed::TooDeep(_) => {
                let message =
                    format!("expected at most {} folders in each other", self.limits.depth);
                self.issues.push(Issue::new(&FOLDER_TOO_DEEP, message).with_path(whole));
            }
        }
    }

    /// Reads one file, and gives its path back.
    pub(crate) fn read(&mut self, item: Item, format: Option<Format>) -> Rc<str> {
        let Item { path, top, around, content, profile } = item;
        let path: Rc<str> = path.into();
        let first = self.issues.len();
        match content.bytes(self.limits.file_bytes) {
            Ok(bytes) => self.bytes(&path, (top, around), bytes, format, &profile),
            Err(issue) => self.issues.push(*issue),
        }
        for issue in &mut self.issues[first..] {
            issue.path = Some(path.to_string());
        }
        path
    }

    fn bytes(
        &mut self,
        path: &Rc<str>,
        (top, around): (usize, Rc<str>),
        bytes: Vec<u8>,
        format: Option<Format>,
        profile: &Profile,
    ) {
        let name = choose::last(path);
        if format.is_none() && Format::from_start(&bytes).is_none() {
            return self.pass_over(name);
        }
        let text = match decode(bytes) {
            Ok((text, issue)) => {
                self.issues.extend(issue);
                text
            }
            Err(issue) => return self.issues.push(*issue),
        };
        // HTML without front matter is a page of a site, not an entry.
        let Some(format) = Format::recognise(name, text.as_bytes()) else {
            return self.pass_over(&format!("*.{}", name.rsplit('.').next().unwrap_or(name)));
        };
        if text.trim().is_empty() {
            return self.issues.push(Issue::new(&EMPTY_FILE, "the file has no text"));
        }
        let places = Places::new(&text);
        let path = Rc::clone(path);
        let file = File { path, top, around, places, format, profile, limits: self.limits };
        match format {
            Format::Markdown | Format::Html => {
                self.drafts.extend(markdown::draft(&file, &mut self.issues));
            }
            Format::Json | Format::Ndjson | Format::Yaml | Format::Toml => {
                whole::drafts(&file, &mut self.drafts, &mut self.issues);
            }
        }
    }

    /// Settles ids and references, and makes the entries.
    pub(crate) fn finish(mut self) -> Reading {
        identity::settle(&mut self.drafts, &mut self.issues);
        references::settle(&mut self.drafts, &mut self.issues);
        let mut entries: Vec<Entry> = Vec::with_capacity(self.drafts.len());
        let mut origins = Origins::default();
        for draft in self.drafts {
            origins.insert(format!("{}:{}", draft.kind, draft.id), &draft.path, &draft.root);
            entries.extend(shape::entry(draft, &mut self.issues));
        }
        entries.sort_by(|one, other| (one.kind(), one.id()).cmp(&(other.kind(), other.id())));
        let mut counts = BTreeMap::new();
        for entry in &entries {
            *counts.entry(entry.kind().name()).or_default() += 1;
        }
        self.issues.sort_by(|one, other| order(one).cmp(&order(other)));
        let report = Report { counts, issues: self.issues, not_carried: self.not_carried };
        Reading { entries, report, origins }
    }
}

/// The order of the sources; the rest only so that it is one order.
fn order(issue: &Issue) -> impl Ord + '_ {
    (&issue.path, issue.line, issue.column, issue.code.name, &issue.message)
}
