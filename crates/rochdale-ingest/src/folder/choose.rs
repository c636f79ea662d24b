//! Which files of a folder are read, judged by their names.

use crate::format::Format;
use crate::profile::Profile;

/// What becomes of a file.
#[derive(Debug, PartialEq)]
pub(crate) enum Fate {
    /// It is read in this format; where the name does not say which, the bytes do.
    Read(Option<Format>),
    /// It is counted under this name.
    NotCarried(String),
}

/// Judges a file by its name.
pub(crate) fn file(name: &str, profile: &Profile) -> Fate {
    if name.starts_with(['.', '_']) || skips(profile, name) {
        return Fate::NotCarried(name.to_owned());
    }
    match name.rsplit_once('.') {
        None => Fate::Read(None),
        Some((_, extension)) => match Format::from_extension(extension) {
            Some(format) => Fate::Read(Some(format)),
            None => Fate::NotCarried(format!("*.{}", extension.to_lowercase())),
        },
    }
}

/// A folder that is not looked into.
#[derive(Debug, PartialEq)]
pub(crate) enum Closed<'a> {
    /// It is not content.
    Skipped(&'a str),
    /// It lies deeper than the limit.
    TooDeep(&'a str),
}

impl<'a> Closed<'a> {
    pub(crate) fn path(&self) -> &'a str {
        match self {
            Self::Skipped(path) | Self::TooDeep(path) => path,
        }
    }
}

/// The outermost folder of a path that is not looked into.
pub(crate) fn closed_folder<'a>(
    path: &'a str,
    profile: &Profile,
    depth: usize,
) -> Option<Closed<'a>> {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    folders.zip(1..).find_map(|(folder, level)| closed(folder, profile, level >= depth))
}

/// Whether a folder is not looked into, all around it being open.
pub(crate) fn closed<'a>(
    path: &'a str,
    profile: &Profile,
    is_too_deep: bool,
) -> Option<Closed<'a>> {
    let name = last(path);
    match () {
        () if name.starts_with('.') || skips(profile, name) => Some(Closed::Skipped(path)),
        () if is_too_deep => Some(Closed::TooDeep(path)),
        () => None,
    }
}

/// The last step of a path.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn skips(profile: &Profile, name: &str) -> bool {
    let is = |other: &String| other.eq_ignore_ascii_case(name);
    profile.skip.iter().any(is) || profile.sections.iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_judged_by_name() {
        let profile = Profile::common();
        let carried = |name: &str| Fate::NotCarried(name.to_owned());
        for (name, fate) in [
            ("post.MD", Fate::Read(Some(Format::Markdown))),
            ("post", Fate::Read(None)),
            ("_index.md", carried("_index.md")),
            ("_SOURCE.txt", carried("_SOURCE.txt")),
            (".DS_Store", carried(".DS_Store")),
            ("readme.md", carried("readme.md")),
            ("logo.PNG", carried("*.png")),
        ] {
            assert_eq!(file(name, &profile), fate);
        }
        for (path, folder) in [
            ("a/node_modules/b/node_modules/c.md", Some(Closed::Skipped("a/node_modules"))),
            ("a/b/c/node_modules/d.md", Some(Closed::TooDeep("a/b/c"))),
            ("_posts/a/b.md", None),
        ] {
            assert_eq!(closed_folder(path, &profile, 3), folder);
        }
    }
}
