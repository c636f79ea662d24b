//! Folders on disk: which files there are, and what could not be opened.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rochdale::issue::{Code, Issue};
use rochdale::{Error, Result};

use crate::codes::{LINK_BROKEN, LINK_LOOP, LINK_OUTSIDE, NAME_NOT_UTF8, UNREADABLE};
use crate::folder::choose;
use crate::format::Format;
use crate::input::Input;
use crate::item::{Content, Item, Standing};
use crate::profile::Profile;
use crate::reader::{Reader, Reading};
use crate::session::Session;

impl Reader<'_> {
    /// Reads a file or a folder. Symbolic links in a folder are not followed: what they lead to is
    /// read at its own place, or lies outside.
    ///
    /// # Errors
    ///
    /// Fails if the path itself cannot be read, or if the reader is strict and an issue is an
    /// error.
    pub fn read_path(self, path: &Path) -> Result<Reading> {
        self.read_paths([path])
    }

    /// Reads several files and folders as one library. If there are more than one, the names of
    /// their files begin with the name of the folder that was opened.
    ///
    /// # Errors
    ///
    /// As [`read_path`](Self::read_path).
    pub fn read_paths<P: AsRef<Path>>(self, paths: impl IntoIterator<Item = P>) -> Result<Reading> {
        self.read_inputs(paths.into_iter().map(|path| Input::path(path.as_ref())))
    }
}

/// Looks through a file or a folder that was opened: the one of this number, and not the only one
/// where it is `among` others.
pub(crate) fn walk(
    reader: &Reader<'_>,
    (number, among): (usize, bool),
    path: &Path,
    named: Option<Format>,
    session: &mut Session,
    items: &mut Vec<Item>,
) -> Result<()> {
    let fail = |error| Error::source(format!("cannot open `{}`", path.display()), error);
    let root = fs::canonicalize(path).map_err(fail)?;
    let sign = |name: &str| read(&root.join(name), reader.limits.file_bytes).ok();
    let profile = reader.profile.clone().unwrap_or_else(|| Profile::fitting(sign));
    let is_folder = root.is_dir();
    let folder = if is_folder { Some(&*root) } else { root.parent() };
    let around = folder.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let name = root.file_name().map(|name| format!("{}/", name.to_string_lossy()));
    let name = name.filter(|_| among && is_folder).unwrap_or_default();
    let mut walk = Walk {
        root: &root,
        top: name.len(),
        around: Rc::from(around),
        depth: reader.limits.depth,
        profile: Rc::new(profile),
        standing: if is_folder { Standing::Inside(number) } else { Standing::Alone },
        named,
        session,
        items,
    };
    walk.open(&name).map_err(fail)
}

/// A file on disk, opened.
pub(crate) fn open(path: &Path) -> std::result::Result<File, Box<Issue>> {
    let refuse = |error: std::io::Error| Box::new(unreadable(&error));
    // Opening a pipe would wait for whoever writes into it.
    if !fs::metadata(path).map_err(refuse)?.is_file() {
        let message = "expected a file or a folder, got something else";
        return Err(Issue::new(&UNREADABLE, message).into());
    }
    File::open(path).map_err(refuse)
}

/// A file on disk, opened, and its length.
pub(crate) fn open_sized(path: &Path) -> std::result::Result<(File, u64), Box<Issue>> {
    let file = open(path)?;
    let length = file.metadata().map_err(|error| Box::new(unreadable(&error)))?.len();
    Ok((file, length))
}

/// The bytes of a file on disk, up to one more than the limit.
pub(crate) fn read(path: &Path, limit: usize) -> std::result::Result<Vec<u8>, Box<Issue>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read = open(path)?.take(most).read_to_end(&mut bytes);
    read.map_err(|error| Box::new(unreadable(&error)))?;
    Ok(bytes)
}

/// An issue without the words of the system, which differ from one to the next.
fn unreadable(error: &std::io::Error) -> Issue {
    Issue::new(&UNREADABLE, format!("cannot be read: {}", error.kind()))
}

struct Walk<'a> {
    root: &'a Path,
    top: usize,
    around: Rc<str>,
    depth: usize,
    profile: Rc<Profile>,
    standing: Standing,
    named: Option<Format>,
    session: &'a mut Session,
    items: &'a mut Vec<Item>,
}

impl Walk<'_> {
    fn open(&mut self, name: &str) -> std::io::Result<()> {
        let root = self.root;
        if root.is_dir() {
            return self.folder(root, name, 1);
        }
        let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.file(root.to_owned(), name);
        Ok(())
    }

    /// Looks through a folder whose path is `inside`, with `/` at its end.
    fn folder(&mut self, folder: &Path, inside: &str, depth: usize) -> std::io::Result<()> {
        let mut names = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<std::io::Result<Vec<_>>>()?;
        names.sort();
        for name in names {
            let Some(text) = name.to_str() else {
                let message = "expected a name in UTF-8";
                self.note(&NAME_NOT_UTF8, &format!("{inside}{}", name.to_string_lossy()), message);
                continue;
            };
            self.entry(folder.join(&name), format!("{inside}{text}"), depth);
        }
        Ok(())
    }

    fn entry(&mut self, path: PathBuf, inside: String, depth: usize) {
        let profile = Rc::clone(&self.profile);
        let kind = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => return self.session.issue(unreadable(&error).with_path(inside)),
        };
        if kind.is_symlink() {
            self.link(&path, &inside);
        } else if !kind.is_dir() {
            self.file(path, inside);
        } else if let Some(folder) = choose::closed(&inside, &profile, depth >= self.depth) {
            self.session.close(&folder, &inside);
        } else if let Err(error) = self.folder(&path, &format!("{inside}/"), depth + 1) {
            self.session.issue(unreadable(&error).with_path(inside));
        }
    }

    fn file(&mut self, path: PathBuf, inside: String) {
        let profile = Rc::clone(&self.profile);
        self.items.push(Item {
            path: inside,
            top: self.top,
            around: Rc::clone(&self.around),
            content: Content::File(path),
            profile,
            standing: self.standing,
            named: self.named,
        });
    }

    /// Judges a symbolic link, without following it.
    fn link(&mut self, path: &Path, inside: &str) {
        match fs::canonicalize(path) {
            Err(_) => self.note(&LINK_BROKEN, inside, "the link leads nowhere"),
            Ok(target) if !target.starts_with(self.root) => {
                self.note(&LINK_OUTSIDE, inside, "the link leads out of what was opened");
            }
            Ok(target) if path.starts_with(&target) => {
                self.note(&LINK_LOOP, inside, "the link leads to a folder that it stands in");
            }
            Ok(_) => self.session.pass_over("symbolic links"),
        }
    }

    fn note(&mut self, code: &'static Code, path: &str, message: &str) {
        self.session.issue(Issue::new(code, message).with_path(path));
    }
}
