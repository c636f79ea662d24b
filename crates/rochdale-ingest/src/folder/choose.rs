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

/// The outermost folder of a path that is not content.
pub(crate) fn skipped_folder<'a>(path: &'a str, profile: &Profile) -> Option<&'a str> {
    let ends = path.match_indices('/').map(|(end, _)| &path[..end]);
    ends.into_iter().find(|folder| is_skipped_folder(last(folder), profile))
}

/// Whether a folder of this name is not content.
pub(crate) fn is_skipped_folder(name: &str, profile: &Profile) -> bool {
    name.starts_with('.') || skips(profile, name)
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
        assert_eq!(
            skipped_folder("a/node_modules/b/node_modules/c.md", &profile),
            Some("a/node_modules")
        );
        assert_eq!(skipped_folder("_posts/c.md", &profile), None);
    }
}
