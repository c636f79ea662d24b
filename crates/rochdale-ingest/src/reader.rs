//! The reader: what is to be read, by which rules and within which limits.

use std::rc::Rc;

use rochdale::issue::{Issue, Report, Severity};
use rochdale::model::Entry;
use rochdale::{Error, Library, Opened, Result};

use crate::folder::{Content, Item, Session};
use crate::origin::Origins;
use crate::profile::Profile;

/// What reading gives: the entries by kind and id, and what was found on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The entries, ordered by kind, then by id.
    pub entries: Vec<Entry>,
    /// The problems, the counts and what was not carried.
    pub report: Report,
    pub(crate) origins: Origins,
}

impl Reading {
    /// Builds the library of the entries; what is wrong between them is told with file, line and
    /// column as well.
    ///
    /// # Example
    ///
    /// ```
    /// use rochdale_ingest::Reader;
    ///
    /// let event = b"title: Forum\nstarts: 2011-05-12\nends: 2011-05-01\n".to_vec();
    /// let opened = Reader::new().read_files([("events/forum.yaml".to_owned(), event)])?.into_library();
    /// let issue = opened.report.issues[0].to_string();
    /// assert!(issue.starts_with("events/forum.yaml:3:7: "), "{issue}");
    /// # Ok::<(), rochdale::Error>(())
    /// ```
    pub fn into_library(self) -> Opened {
        let mut opened = Library::with_report(self.entries, self.report);
        for issue in &mut opened.report.issues {
            self.origins.place(issue);
        }
        opened
    }
}

/// How much a reader takes in before it says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The size of a file in bytes; larger ones are skipped. 16 MiB unless set.
    pub file_bytes: usize,
    /// The number of files; those after it, in order of their paths, are skipped. A million unless set.
    pub files: usize,
    /// How deep folders may lie; deeper ones are skipped. 64 unless set.
    pub depth: usize,
    /// The number of values in a file, with YAML's aliases unfolded. A million unless set.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 16 << 20, files: 1_000_000, depth: 64, values: 1_000_000 }
    }
}

impl Limits {
    /// The same with another limit on the size of a file in bytes.
    #[must_use]
    pub fn with_file_bytes(self, file_bytes: usize) -> Self {
        Self { file_bytes, ..self }
    }

    /// The same with another limit on the number of files.
    #[must_use]
    pub fn with_files(self, files: usize) -> Self {
        Self { files, ..self }
    }

    /// The same with another limit on how deep folders may lie.
    #[must_use]
    pub fn with_depth(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// The same with another limit on the number of values in a file.
    #[must_use]
    pub fn with_values(self, values: usize) -> Self {
        Self { values, ..self }
    }
}

/// How far a reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The file that was just read, relative to what was opened.
    pub path: &'a str,
    /// How many files have been read.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// What is told of each file.
type Listener<'a> = Box<dyn FnMut(Progress<'_>) + 'a>;

/// Reads content folders.
///
/// # Example
///
/// ```
/// use rochdale_ingest::Reader;
///
/// let files = [("authors.yaml".to_owned(), b"- kind: author\n  name: Jane Doe\n  bron: 1970\n".to_vec())];
/// let report = Reader::new().read_files(files)?.report;
/// let issue = report.issues[0].to_string();
/// assert!(issue.starts_with("authors.yaml:3:3: error[unknown-field] unknown field `bron`"));
/// # Ok::<(), rochdale::Error>(())
/// ```
#[derive(Default)]
#[must_use]
pub struct Reader<'a> {
    pub(crate) profile: Option<Profile>,
    pub(crate) limits: Limits,
    strict: bool,
    progress: Option<Listener<'a>>,
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { profile, limits, strict, .. } = self;
        let mut shown = f.debug_struct("Reader");
        let shown = shown.field("profile", &profile.as_ref().map(Profile::name));
        shown.field("limits", limits).field("strict", strict).finish_non_exhaustive()
    }
}

impl<'a> Reader<'a> {
    /// A reader that finds out by itself which profile fits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads by this profile, whatever the folder looks like.
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profile: Some(profile), ..self }
    }

    /// Reads within these limits.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Calls this after each file.
    pub fn with_progress(self, progress: impl FnMut(Progress<'_>) + 'a) -> Self {
        Self { progress: Some(Box::new(progress)), ..self }
    }

    /// Makes any error in the data fail the whole.
    pub fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// Reads files that are in memory, each with its path in the folder, with `/`.
    ///
    /// # Errors
    ///
    /// Fails only if the reader is strict and an issue is an error.
    pub fn read_files(self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Reading> {
        let mut files: Vec<_> =
            files.into_iter().map(|(path, bytes)| (relative(&path), bytes)).collect();
        // Of two files with one path the order is not the caller's either.
        files.sort();
        let at_top = |sign: &str| {
            files.iter().find(|(path, _)| path == sign).map(|(_, bytes)| bytes.clone())
        };
        let profile = Rc::new(self.profile.clone().unwrap_or_else(|| Profile::fitting(at_top)));
        let item = |(path, bytes)| Item {
            path,
            top: 0,
            around: Rc::from(""),
            content: Content::Bytes(bytes),
            profile: Rc::clone(&profile),
        };
        let items = files.into_iter().map(item).collect();
        let session = Session::new(self.limits);
        self.read_items(session, items)
    }

    /// Reads what was found, in the order of the paths.
    pub(crate) fn read_items(mut self, mut session: Session, items: Vec<Item>) -> Result<Reading> {
        let chosen = session.choose(items);
        let total = chosen.len();
        for (done, (item, format)) in chosen.into_iter().enumerate() {
            let path = session.read(item, format);
            if let Some(report) = &mut self.progress {
                report(Progress { path: &path, done: done + 1, total });
            }
        }
        let reading = session.finish();
        match refusal(&reading.report).filter(|_| self.strict) {
            Some(message) => Err(Error::invalid(String::new(), message)),
            None => Ok(reading),
        }
    }
}

/// The first error of a report and the number of others.
fn refusal(report: &Report) -> Option<String> {
    let is_error = |issue: &&Issue| issue.severity == Severity::Error;
    let mut errors = report.issues.iter().filter(is_error);
    let first = errors.next()?;
    Some(match errors.count() {
        0 => first.to_string(),
        more => format!("{first} (and {more} more)"),
    })
}

/// A path without what would lead out of the folder: no root, no `.` and no `..`.
fn relative(path: &str) -> String {
    let steps = path.split('/').filter(|step| !matches!(*step, "" | "." | ".."));
    steps.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(relative("/a/./../b//c.md"), "a/b/c.md");
    }

    #[test]
    fn strict_tells_the_first_error() {
        let files = [("events/a.json".to_owned(), b"[1, 2]".to_vec())];
        let error = Reader::new().strict().read_files(files).unwrap_err().to_string();
        assert!(error.starts_with("events/a.json:1:2: error[not-an-entry]"), "{error}");
        assert!(error.ends_with("(and 1 more)"), "{error}");
    }
}
