//! Which files of a folder are read, judged by their names.
//!
//! A folder with Markdown, YAML, TOML or NDJSON in it is a content folder: what else it holds is
//! part of a site, and foreign formats are left alone but for JSON that shows one. A folder without
//! any is a folder of exports, and in it, as for a file that was opened by itself, the bytes decide.

use crate::format::Format;
use crate::item::Item;
use crate::profile::Profile;

/// What becomes of a file.
#[derive(Debug, PartialEq)]
pub(crate) enum Fate {
    /// It is read in this format; where the name does not say which, the bytes do.
    Read(Option<Format>),
    /// It is counted under this name.
    NotCarried(String),
}

/// Judges a file by its name; `abroad` where foreign formats are looked for.
pub(crate) fn file(name: &str, profile: &Profile, abroad: bool) -> Fate {
    if name.starts_with(['.', '_']) || skips(profile, name) {
        return Fate::NotCarried(name.to_owned());
    }
    let Some((_, extension)) = name.rsplit_once('.') else { return Fate::Read(None) };
    match Format::from_extension(extension) {
        Some(format) if !format.is_foreign() => Fate::Read(Some(format)),
        _ if abroad && Format::ALL.iter().any(|format| format.has_extension(extension)) => {
            Fate::Read(None)
        }
        _ => unknown(name),
    }
}

/// Whether a file is not looked at, by its name or that of a folder around it, whatever it holds.
pub(crate) fn is_hidden(item: &Item) -> bool {
    let name = last(&item.path);
    name.starts_with(['.', '_']) || skips(&item.profile, name)
}

/// The fate of a file with an extension that no format has.
pub(crate) fn unknown(name: &str) -> Fate {
    let extension = name.rsplit_once('.').map_or(name, |(_, extension)| extension);
    Fate::NotCarried(format!("*.{}", extension.to_lowercase()))
}

/// Judges a file whose format the caller named; `alone` where it was opened by itself.
pub(crate) fn named(name: &str, format: Format, alone: bool, profile: &Profile) -> Fate {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    match file(name, profile, true) {
        _ if alone => Fate::Read(Some(format)),
        Fate::Read(_) if extension.is_none_or(|extension| format.has_extension(extension)) => {
            Fate::Read(Some(format))
        }
        Fate::Read(_) => unknown(name),
        fate @ Fate::NotCarried(_) => fate,
    }
}

/// Whether a file of this name makes a folder one of content.
pub(crate) fn is_content(name: &str, profile: &Profile) -> bool {
    let sorts = [Format::Markdown, Format::Yaml, Format::Toml, Format::Ndjson];
    matches!(file(name, profile, false), Fate::Read(Some(format)) if sorts.contains(&format))
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
            assert_eq!(file(name, &profile, false), fate);
        }
        assert_eq!(file("feed.xml", &profile, false), carried("*.xml"));
        assert_eq!(file("feed.xml", &profile, true), Fate::Read(None));
        assert_eq!(file("logo.png", &profile, true), carried("*.png"));
        let rss = |name: &str, alone: bool| named(name, Format::Rss, alone, &profile);
        assert_eq!(rss("feed.XML", false), Fate::Read(Some(Format::Rss)));
        assert_eq!(rss("page.html", false), carried("*.html"));
        assert_eq!(rss("page.html", true), Fate::Read(Some(Format::Rss)));
        for (path, folder) in [
            ("a/node_modules/b/node_modules/c.md", Some(Closed::Skipped("a/node_modules"))),
            ("a/b/c/node_modules/d.md", Some(Closed::TooDeep("a/b/c"))),
            ("_posts/a/b.md", None),
        ] {
            assert_eq!(closed_folder(path, &profile, 3), folder);
        }
    }
}
