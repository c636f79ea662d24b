//! The reading of all that was opened, from the first file to the report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rochdale::issue::{Issue, Report};
use rochdale::model::Entry;

use crate::codes::{EMPTY_FILE, FOLDER_TOO_DEEP, TOO_MANY_FILES, UNKNOWN_FORMAT};
use crate::decode::decode;
use crate::draft::{Draft, identity, references, shape};
use crate::folder;
use crate::folder::choose::{self, Closed, Fate};
use crate::foreign::{self, Account, Options, Source};
use crate::format::Format;
use crate::item::{Content, Item, Standing};
use crate::limits::Limits;
use crate::merge::{self, Merging};
use crate::origin::{Origin, Origins};
use crate::place::Places;
use crate::profile::Profile;
use crate::reader::Reading;
use crate::recognise;
use crate::work::{self, Threads};

/// So many small files are read before the next are begun: a bound on memory.
const TOGETHER: usize = 128;

/// What has been read so far.
pub(crate) struct Session {
    limits: Limits,
    options: Options,
    threads: Threads,
    issues: Vec<Issue>,
    not_carried: BTreeMap<String, usize>,
    drafts: Vec<Draft>,
}

/// A file that is being read.
pub(crate) struct File<'a> {
    pub(crate) path: Arc<str>,
    /// Where the part of the path begins that the profile judges.
    pub(crate) top: usize,
    /// The name of the folder around all that was opened.
    pub(crate) around: Arc<str>,
    pub(crate) places: Places<'a>,
    pub(crate) format: Format,
    pub(crate) profile: &'a Profile,
    pub(crate) limits: Limits,
}

impl File<'_> {
    /// The part of the path that the profile judges.
    pub(crate) fn judged(&self) -> &str {
        &self.path[self.top..]
    }

    /// The folders that it stands in, the innermost first.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &str> {
        self.judged().rsplit('/').skip(1).chain([&*self.around])
    }
}

impl Session {
    pub(crate) fn new(limits: Limits, options: Options, threads: Threads) -> Self {
        Self {
            limits,
            options,
            threads,
            issues: Vec::new(),
            not_carried: BTreeMap::new(),
            drafts: Vec::new(),
        }
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    pub(crate) fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Counts something that is not carried.
    pub(crate) fn pass_over(&mut self, name: &str) {
        *self.not_carried.entry(name.to_owned()).or_default() += 1;
    }

    /// The files without those that were opened twice: as part of a folder and by themselves, or in
    /// folders of which one stands in the other.
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    pub(crate) fn once(&self, mut items: Vec<Item>) -> Vec<Item> {
        let folder = |item: &Item| match item.standing {
            Standing::Alone => None,
            Standing::Inside(folder) => Some(folder),
        };
        // A walk through one folder meets each file once.
        if items
            .windows(2)
            .all(|two| folder(&two[0]).is_some() && folder(&two[0]) == folder(&two[1]))
        {
            return items;
        }
        let content = self.content_folders(&items);
        let depth = self.limits.depth;
        // What is read where it stands comes first, for there its folders speak for it.
        let place = |item: &Item| {
            let judged = &item.path[item.top..];
            let closed = choose::closed_folder(judged, &item.profile, depth).is_some();
            let is_read = match item.standing {
                Standing::Alone => return (1, item.path.clone()),
                Standing::Inside(folder) => {
                    matches!(fate(item, !content.contains(&folder)), Fate::Read(_))
                }
            };
            (if is_read && !closed { 0 } else { 2 }, item.path.clone())
        };
        items.sort_by_cached_key(place);
        let mut seen = BTreeSet::new();
        items.retain(|item| match &item.content {
            Content::File(path) => seen.insert(path.clone()),
            _ => true,
        });
        items
    }

    /// The files to be read, in the order of their paths.
    pub(crate) fn choose(&mut self, mut items: Vec<Item>) -> Vec<Chosen> {
        items.sort_by(|one, other| {
            one.path.cmp(&other.path).then_with(|| one.content.order(&other.content))
        });
        let content = self.content_folders(&items);
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
            let abroad = match item.standing {
                Standing::Alone => true,
                Standing::Inside(folder) => !content.contains(&folder),
            };
            match fate(&item, abroad) {
                Fate::NotCarried(name) => self.pass_over(&name),
                Fate::Read(_) if chosen.len() == self.limits.files => {
                    let message = format!(
                        "expected at most {} files; the rest is skipped",
                        self.limits.files
                    );
                    self.issues.push(Issue::new(&TOO_MANY_FILES, message).with_path(item.path));
                    break;
                }
                Fate::Read(format) => chosen.push(Chosen { item, format, abroad }),
            }
        }
        chosen
    }

    /// The folders that hold content, and not only exports.
    pub(crate) fn content_folders(&self, items: &[Item]) -> BTreeSet<usize> {
        let folder = |item: &Item| {
            let Standing::Inside(folder) = item.standing else { return None };
            let judged = &item.path[item.top..];
            let closed = choose::closed_folder(judged, &item.profile, self.limits.depth);
            let is_content = choose::is_content(choose::last(judged), &item.profile);
            (closed.is_none() && is_content).then_some(folder)
        };
        items.iter().filter_map(folder).collect()
    }

    /// Says of a folder that it is not looked into, and why.
    pub(crate) fn close(&mut self, folder: &Closed, whole: &str) {
        match folder {
            Closed::Skipped(path) => self.pass_over(&format!("{}/", choose::last(path))),
            Closed::TooDeep(_) => {
                let message =
                    format!("expected at most {} folders in each other", self.limits.depth);
                self.issues.push(Issue::new(&FOLDER_TOO_DEEP, message).with_path(whole));
            }
        }
    }

    /// Reads files in their order, small ones side by side. Of each is told, once it is read and of a
    /// large one now and then before, its path, which it is and how many entries there are.
    pub(crate) fn read_all(
        &mut self,
        files: Vec<Chosen>,
        tell: &mut dyn FnMut(&str, usize, usize),
    ) {
        let mut files = files.into_iter().peekable();
        let mut number = 0;
        while let Some(file) = files.next() {
            if !file.item.content.is_small() {
                number += 1;
                self.read(file, &mut |path, entries| tell(path, number, entries));
                continue;
            }
            let mut together = vec![file];
            while together.len() < TOGETHER
                && let Some(next) = files.next_if(|next| next.item.content.is_small())
            {
                together.push(next);
            }
            let (limits, options) = (self.limits, self.options);
            let read = work::each(together, 1, self.threads, |file| {
                let path = file.item.path.clone();
                let mut own = Self::new(limits, options, Threads(1));
                own.read(file, &mut |_, _| {});
                (path, own)
            });
            for (path, own) in read {
                self.add(own);
                number += 1;
                tell(&path, number, self.drafts.len());
            }
        }
    }

    /// Adds what another has read.
    fn add(&mut self, other: Self) {
        self.drafts.extend(other.drafts);
        self.issues.extend(other.issues);
        for (name, times) in other.not_carried {
            *self.not_carried.entry(name).or_default() += times;
        }
    }

    /// Reads one file; tells its path and how many entries there are so far, at the end and now
    /// and then before.
    fn read(&mut self, chosen: Chosen, tell: &mut dyn FnMut(&str, usize)) {
        let path: Arc<str> = chosen.item.path.as_str().into();
        let first = self.issues.len();
        if let Err(issue) = self.file(&path, chosen, &mut |entries| tell(&path, entries)) {
            self.issues.push(*issue);
        }
        for issue in &mut self.issues[first..] {
            issue.path = Some(path.to_string());
        }
        tell(&path, self.drafts.len());
    }

    fn file(
        &mut self,
        path: &Arc<str>,
        mut chosen: Chosen,
        tell: &mut dyn FnMut(usize),
    ) -> Result<(), Box<Issue>> {
        let content = chosen.item.content.take();
        match chosen.foreign(path, &content)? {
            Some(format) => self.foreign(path, format, content, tell),
            None => self.own(path, &chosen, content.bytes(self.limits.file_bytes)?, tell)?,
        }
        Ok(())
    }

    /// Reads a file of a foreign format.
    fn foreign(
        &mut self,
        path: &Arc<str>,
        format: Format,
        content: Content,
        tell: &mut dyn FnMut(usize),
    ) {
        let mut source = Source::new(Arc::clone(path), format, content, self.limits, self.options);
        let Self { drafts, issues, not_carried, threads, .. } = self;
        foreign::read(&mut source, Account { drafts, issues, not_carried }, *threads, tell);
    }

    /// Reads a file of entries.
    fn own(
        &mut self,
        path: &Arc<str>,
        chosen: &Chosen,
        bytes: Vec<u8>,
        tell: &mut dyn FnMut(usize),
    ) -> Result<(), Box<Issue>> {
        let Chosen { item, format, abroad } = chosen;
        let name = choose::last(path);
        if format.is_none() && Format::from_start(&bytes).is_none() {
            if item.standing == Standing::Alone {
                let message = "expected a file that shows of which format it is";
                let help = "name its format";
                return Err(Issue::new(&UNKNOWN_FORMAT, message).with_help(help).into());
            }
            self.pass_over(name);
            return Ok(());
        }
        let (text, issue) = decode(bytes)?;
        self.issues.extend(issue);
        let format = item.named.or_else(|| Format::recognise(name, text.as_bytes()));
        let format = match format {
            Some(format) if !format.is_foreign() => format,
            Some(format) if *abroad || format != Format::Page => {
                self.foreign(path, format, Content::Bytes(text.into_bytes()), tell);
                return Ok(());
            }
            // HTML without front matter is a page of a site, not an entry.
            _ => {
                self.pass_over(&format!("*.{}", name.rsplit('.').next().unwrap_or(name)));
                return Ok(());
            }
        };
        if text.trim().is_empty() {
            return Err(Issue::new(&EMPTY_FILE, "the file has no text").into());
        }
        let file = File {
            path: Arc::clone(path),
            top: item.top,
            around: Arc::clone(&item.around),
            places: Places::new(&text),
            format,
            profile: &item.profile,
            limits: self.limits,
        };
        match format {
            Format::Markdown | Format::Html => {
                self.drafts.extend(folder::draft(&file, &mut self.issues));
            }
            _ => folder::drafts(&file, &mut self.drafts, &mut self.issues),
        }
        Ok(())
    }

    /// Settles what is one thing, ids and references, and makes the entries.
    pub(crate) fn finish(mut self, merging: &Merging) -> Reading {
        merge::settle(&mut self.drafts, merging, &mut self.issues);
        identity::settle(&mut self.drafts, &mut self.issues);
        references::settle(&mut self.drafts, &mut self.issues);
        // Sorted before they grow into entries, which are larger.
        self.drafts.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
        let shaped = work::each(self.drafts, 16, self.threads, |draft| {
            let origin = (draft.reference(), Origin::of(&draft));
            let mut issues = Vec::new();
            (origin, shape::entry(draft, &mut issues), issues)
        });
        let mut entries: Vec<Entry> = Vec::with_capacity(shaped.len());
        let issues = &mut self.issues;
        let origins = shaped.into_iter().map(|(origin, entry, found)| {
            entries.extend(entry);
            issues.extend(found);
            origin
        });
        let origins: Origins = origins.collect();
        let mut counts = BTreeMap::new();
        for entry in &entries {
            *counts.entry(entry.kind().name()).or_default() += 1;
        }
        self.issues.sort_by(|one, other| order(one).cmp(&order(other)));
        let report = Report { counts, issues: self.issues, not_carried: self.not_carried };
        Reading { entries, report, origins }
    }
}

/// A file that will be read.
pub(crate) struct Chosen {
    item: Item,
    /// The format that its name says, or the caller.
    format: Option<Format>,
    /// Whether foreign formats are looked for.
    abroad: bool,
}

impl Chosen {
    /// The foreign format in which it is to be read, if it is.
    fn foreign(&self, path: &str, content: &Content) -> Result<Option<Format>, Box<Issue>> {
        match (self.item.named, self.format) {
            (Some(format), _) => return Ok(Some(format).filter(|format| format.is_foreign())),
            (None, None) if !self.abroad => return Ok(None),
            (None, None | Some(Format::Json | Format::Html)) => {}
            (None, Some(_)) => return Ok(None),
        }
        let start = content.start(recognise::LENGTH)?;
        let name = choose::last(path);
        let alone = self.item.standing == Standing::Alone;
        let shown = Format::recognise(name, &start);
        // A name that is wrong misleads nobody who opened the file itself.
        let shown = shown.or_else(|| recognise::foreign(&start).filter(|_| alone));
        Ok(match (shown, name.rsplit_once('.').and_then(|(_, end)| Format::from_extension(end))) {
            (Some(Format::Page), _) if !self.abroad => None,
            (Some(format), _) => Some(format).filter(|format| format.is_foreign()),
            (None, Some(Format::Html)) if alone => Some(Format::Page),
            (None, Some(Format::TextArchive)) if alone => Some(Format::TextArchive),
            (None, _) => None,
        })
    }
}

/// What becomes of a file.
fn fate(item: &Item, abroad: bool) -> Fate {
    let name = choose::last(&item.path[item.top..]);
    let alone = item.standing == Standing::Alone;
    match item.named {
        Some(format) => choose::named(name, format, alone, &item.profile),
        // Whoever opens a file itself wants it read, whatever it is called.
        None if alone && choose::file(name, &item.profile, true) == choose::unknown(name) => {
            Fate::Read(None)
        }
        None => choose::file(name, &item.profile, abroad),
    }
}

/// The order of the sources; the rest only so that it is one order.
fn order(issue: &Issue) -> impl Ord + '_ {
    let Issue { path, line, column, code, message, entry, pointer, .. } = issue;
    (path, line, column, code.name, message, entry, pointer)
}
