//! The reader: what is to be read, by which rules and within which limits.

use std::sync::Arc;

use rochdale::issue::{Issue, Report, Severity};
use rochdale::model::Entry;
use rochdale::{Error, Library, Opened, Result};

use crate::foreign::Options;
use crate::format::Format;
use crate::input::{Input, Place};
use crate::item::{Content, Item, Standing};
use crate::limits::Limits;
use crate::merge::Merging;
use crate::origin::Origins;
use crate::profile::Profile;
use crate::session::Session;
use crate::unpack;
use crate::work::Threads;

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

/// How far a reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The file that is read or was just read, relative to what was opened.
    pub path: &'a str,
    /// How many files have been read, with this one.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// How many entries were found so far; at the end of a file those of which no id could be made
    /// are no longer among them.
    pub entries: usize,
}

/// What is told of each file.
type Listener<'a> = Box<dyn FnMut(Progress<'_>) + 'a>;

/// Reads content folders, exports, feeds, registers, calendars and saved pages.
///
/// In a folder with Markdown, YAML, TOML or NDJSON in it, only files of entries are read, and JSON
/// that shows a foreign format. In any other folder, and where a file is opened by itself, the first
/// bytes of a file decide; [`Input::with_format`] overrules them.
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
    options: Options,
    merging: Merging,
    strict: bool,
    threads: Threads,
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

    /// Carries e-mail addresses, addresses of machines and comments as well, which are left out
    /// unless asked for.
    pub fn with_personal_data(self) -> Self {
        Self { options: Options { personal_data: true }, ..self }
    }

    /// Merges what several sources say of one thing by these preferences.
    pub fn with_merging(self, merging: Merging) -> Self {
        Self { merging, ..self }
    }

    /// Calls this after each file, and now and then within a file of many entries.
    pub fn with_progress(self, progress: impl FnMut(Progress<'_>) + 'a) -> Self {
        Self { progress: Some(Box::new(progress)), ..self }
    }

    /// Reads with at most so many threads; with as many as there are processors unless set. Without
    /// the feature `parallel` there is one.
    pub fn with_threads(self, threads: usize) -> Self {
        Self { threads: Threads(threads.max(1)), ..self }
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
        let mut items = Vec::new();
        self.files(files.into_iter().collect(), Standing::Inside(0), None, &mut items);
        let session = Session::new(self.limits, self.options, self.threads);
        self.read_items(session, items)
    }

    /// Reads several inputs as one library, each in its format. If there are more than one, the
    /// names of files in folders begin with the name of the folder that was opened.
    ///
    /// # Errors
    ///
    /// Fails if a path itself cannot be read, or if the reader is strict and an issue is an error.
    pub fn read_inputs(self, inputs: impl IntoIterator<Item = Input>) -> Result<Reading> {
        let inputs: Vec<Input> = inputs.into_iter().collect();
        #[cfg_attr(all(target_arch = "wasm32", target_os = "unknown"), expect(unused_mut))]
        let mut session = Session::new(self.limits, self.options, self.threads);
        let mut items = Vec::new();
        #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
        let mut roots = crate::walk::roots(&inputs)?.into_iter();
        for Input { place, format } in inputs {
            match place {
                Place::Bytes(name, bytes) => {
                    self.files(vec![(name, bytes)], Standing::Alone, format, &mut items);
                }
                #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
                Place::Path(_) => {
                    if let Some(root) = roots.next() {
                        root.walk(&self, format, &mut session, &mut items)?;
                    }
                }
            }
        }
        self.read_items(session, items)
    }

    /// Adds files in memory that were opened together.
    fn files(
        &self,
        files: Vec<(String, Vec<u8>)>,
        standing: Standing,
        named: Option<Format>,
        items: &mut Vec<Item>,
    ) {
        let mut files: Vec<_> =
            files.into_iter().map(|(path, bytes)| (relative(&path), bytes)).collect();
        // Of two files with one path the order is not the caller's either.
        files.sort();
        let at_top = |sign: &str| {
            files.iter().find(|(path, _)| path == sign).map(|(_, bytes)| bytes.clone())
        };
        let profile = Arc::new(self.profile.clone().unwrap_or_else(|| Profile::fitting(at_top)));
        items.extend(files.into_iter().map(|(path, bytes)| Item {
            path,
            top: 0,
            around: Arc::from(""),
            content: Content::Bytes(bytes),
            profile: Arc::clone(&profile),
            standing,
            named,
        }));
    }

    /// Reads what was found, in the order of the paths.
    fn read_items(mut self, mut session: Session, items: Vec<Item>) -> Result<Reading> {
        #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
        let items = session.once(items);
        let items = unpack::archives(&mut session, items, self.profile.as_ref());
        let chosen = session.choose(items);
        let total = chosen.len();
        session.read_all(chosen, &mut |path, done, entries| {
            if let Some(report) = &mut self.progress {
                report(Progress { path, done, total, entries });
            }
        });
        let reading = session.finish(&self.merging);
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
    fn what_is_read_does_not_depend_on_the_threads() {
        use std::fmt::Write;

        let mut feed = String::from("<rss version='2.0'><channel><title>Notes</title>");
        for number in 0..500 {
            let title =
                if number % 7 == 0 { String::new() } else { format!("Note {}", number / 3) };
            let text = format!("&lt;p onclick='x'&gt;On {number}&lt;/p&gt;");
            write!(
                feed,
                "<item><title>{title}</title><description>{text}</description><category>{}</category></item>",
                number % 5
            )
            .unwrap();
        }
        let one = vec![("feed.rss".to_owned(), (feed + "</channel></rss>").into_bytes())];
        let post = |number: usize| {
            let post = format!("---\ntitle: Note {}\nauthor: A\ndate: soon\n---\nText", number / 3);
            (format!("posts/{number}.md"), post.into_bytes())
        };
        let many: Vec<_> = (0..500).map(post).collect();
        for files in [one, many] {
            let alone = Reader::new().with_threads(1).read_files(files.clone()).unwrap();
            assert!(alone.entries.len() > 500 && !alone.report.issues.is_empty());
            let mut told = Vec::new();
            let reader = Reader::new().with_threads(4).with_progress(|at| told.push(at.done));
            assert_eq!(reader.read_files(files.clone()).unwrap(), alone);
            assert_eq!(told, (1..=files.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn strict_tells_the_first_error() {
        let files = [("events/a.json".to_owned(), b"[1, 2]".to_vec())];
        let error = Reader::new().strict().read_files(files).unwrap_err().to_string();
        assert!(error.starts_with("events/a.json:1:2: error[not-an-entry]"), "{error}");
        assert!(error.ends_with("(and 1 more)"), "{error}");
    }
}
