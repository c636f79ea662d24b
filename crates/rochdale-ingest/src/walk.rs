//! Folders on disk: which files there are, and what could not be opened.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// A file or a folder that was opened.
pub(crate) struct Root {
    /// Which of the inputs it is.
    number: usize,
    /// As the caller wrote it.
    written: PathBuf,
    /// Without links and steps back.
    path: PathBuf,
    /// What its files are called by, in front of their paths.
    name: String,
}

/// The files and folders among the inputs. Of several, folders are named by their last step, and by
/// more of their paths where that is not enough to tell them apart; so are files that share a name.
pub(crate) fn roots(inputs: &[Input]) -> Result<Vec<Root>> {
    let mut roots = Vec::new();
    for (number, input) in inputs.iter().enumerate() {
        let crate::input::Place::Path(written) = &input.place else { continue };
        let path = fs::canonicalize(written).map_err(|error| cannot_open(written, error))?;
        roots.push(Root { number, written: written.clone(), path, name: String::new() });
    }
    let mut lengths = vec![1; roots.len()];
    while let Some(same) = clash(&roots, &lengths) {
        for index in same {
            lengths[index] += 1;
        }
    }
    let among = inputs.len() > 1;
    for (root, length) in roots.iter_mut().zip(lengths) {
        let name = last_steps(&root.path, length);
        root.name = match (root.path.is_dir(), among && !name.is_empty()) {
            (true, true) => name + "/",
            (true, false) => String::new(),
            (false, _) => name,
        };
    }
    Ok(roots)
}

/// How many steps of a path may tell it apart from another.
const STEPS: usize = 16;

/// The different paths that have one name, of those that can still be told apart.
fn clash(roots: &[Root], lengths: &[usize]) -> Option<Vec<usize>> {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (root, length)) in roots.iter().zip(lengths).enumerate() {
        names.entry(last_steps(&root.path, *length)).or_default().push(index);
    }
    names.into_values().find(|group| {
        group.iter().any(|index| roots[*index].path != roots[group[0]].path)
            && lengths[group[0]] < STEPS
    })
}

/// So many of the last steps of a path, with `/`.
fn last_steps(path: &Path, length: usize) -> String {
    let steps = path.components().filter_map(|step| match step {
        std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    let steps: Vec<String> = steps.collect();
    steps[steps.len().saturating_sub(length)..].join("/")
}

impl Root {
    /// Looks through it.
    pub(crate) fn walk(
        self,
        reader: &Reader<'_>,
        named: Option<Format>,
        session: &mut Session,
        items: &mut Vec<Item>,
    ) -> Result<()> {
        let Self { number, written, path: root, name } = self;
        let sign = |name: &str| read(&root.join(name), reader.limits.file_bytes).ok();
        let profile = reader.profile.clone().unwrap_or_else(|| Profile::fitting(sign));
        let is_folder = root.is_dir();
        let folder = if is_folder { Some(&*root) } else { root.parent() };
        let around = folder.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let mut walk = Walk {
            root: &root,
            // The profile judges a file by its name alone.
            top: if is_folder { name.len() } else { name.rfind('/').map_or(0, |end| end + 1) },
            around: Arc::from(around),
            depth: reader.limits.depth,
            profile: Arc::new(profile),
            standing: if is_folder { Standing::Inside(number) } else { Standing::Alone },
            named,
            session,
            items,
        };
        walk.open(name).map_err(|error| cannot_open(&written, error))
    }
}

fn cannot_open(path: &Path, error: std::io::Error) -> Error {
    Error::source(format!("cannot open `{}`", path.display()), error)
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
    around: Arc<str>,
    depth: usize,
    profile: Arc<Profile>,
    standing: Standing,
    named: Option<Format>,
    session: &'a mut Session,
    items: &'a mut Vec<Item>,
}

impl Walk<'_> {
    fn open(&mut self, name: String) -> std::io::Result<()> {
        let root = self.root;
        if root.is_dir() {
            return self.folder(root, &name, 1);
        }
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
        let profile = Arc::clone(&self.profile);
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
        let profile = Arc::clone(&self.profile);
        self.items.push(Item {
            path: inside,
            top: self.top,
            around: Arc::clone(&self.around),
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
