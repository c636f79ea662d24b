//! The formats that can be read, each of which knows its names and how to be recognised.

/// A format of files.
///
/// # Example
///
/// ```
/// use rochdale_ingest::Format;
///
/// assert_eq!(Format::recognise("posts/first.md", b"---\n"), Some(Format::Markdown));
/// assert_eq!(Format::from_media_type("application/yaml; charset=utf-8"), Some(Format::Yaml));
/// assert_eq!(Format::recognise("logo.png", b"\x89PNG"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One entry as Markdown, its fields in front matter.
    Markdown,
    /// One entry as HTML, its fields in front matter.
    Html,
    /// An entry, or a list of entries, as JSON.
    Json,
    /// Entries as JSON, one a line.
    Ndjson,
    /// An entry, or a list of entries, in each YAML document.
    Yaml,
    /// An entry, or tables of entries, as TOML.
    Toml,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] =
        &[Self::Markdown, Self::Html, Self::Json, Self::Ndjson, Self::Yaml, Self::Toml];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Yaml => "yaml",
            Self::Toml => "toml",
        }
    }

    /// The extensions of its files, without the dot, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["md", "markdown", "mdown", "mkd"],
            Self::Html => &["html", "htm"],
            Self::Json => &["json"],
            Self::Ndjson => &["ndjson", "jsonl"],
            Self::Yaml => &["yaml", "yml"],
            Self::Toml => &["toml"],
        }
    }

    /// Its media types, the registered one first.
    pub const fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["text/markdown", "text/x-markdown"],
            Self::Html => &["text/html"],
            Self::Json => &["application/json", "text/json"],
            Self::Ndjson => &["application/x-ndjson", "application/jsonl"],
            Self::Yaml => &["application/yaml", "application/x-yaml", "text/yaml"],
            Self::Toml => &["application/toml"],
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The format whose files have this extension, given without its dot.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(extension);
        Self::ALL.iter().copied().find(|format| format.extensions().iter().any(|e| is(e)))
    }

    /// The format of this media type; its parameters are ignored.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is = |known: &str| known.eq_ignore_ascii_case(essence);
        Self::ALL.iter().copied().find(|format| format.media_types().iter().any(|m| is(m)))
    }

    /// The format of a file, by the extension of its name and by its first bytes.
    ///
    /// HTML counts only where it begins with front matter. A name without an extension leaves it
    /// to the bytes.
    pub fn recognise(name: &str, start: &[u8]) -> Option<Self> {
        let file = name.rsplit('/').next().unwrap_or(name);
        match file.rsplit_once('.') {
            Some((_, extension)) => match Self::from_extension(extension)? {
                Self::Html => begins_with_fence(start).then_some(Self::Html),
                format => Some(format),
            },
            None => Self::from_start(start),
        }
    }

    /// The format that the first bytes of a file show, where they show one.
    pub fn from_start(start: &[u8]) -> Option<Self> {
        let start = without_mark(start);
        if begins_with_fence(start) {
            return Some(Self::Markdown);
        }
        match start.trim_ascii_start() {
            [b'{', rest @ ..] if matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')) => {
                Some(Self::Json)
            }
            [b'[', rest @ ..] if rest.trim_ascii_start().first() == Some(&b'{') => Some(Self::Json),
            _ => None,
        }
    }
}

/// Whether the first line opens front matter in YAML or TOML.
fn begins_with_fence(start: &[u8]) -> bool {
    let start = without_mark(start);
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    matches!(line.trim_ascii_end(), b"---" | b"+++")
}

fn without_mark(start: &[u8]) -> &[u8] {
    start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_by_all_that_it_is_known_by() {
        for format in Format::ALL.iter().copied() {
            assert_eq!(Format::from_name(format.name()), Some(format));
            for extension in format.extensions() {
                assert_eq!(Format::from_extension(extension), Some(format));
            }
            for media_type in format.media_types() {
                assert_eq!(Format::from_media_type(media_type), Some(format));
            }
        }
    }

    #[test]
    fn html_counts_only_with_front_matter() {
        assert_eq!(Format::recognise("a.html", b"<html>"), None);
        assert_eq!(Format::recognise("a.html", b"\xef\xbb\xbf---\r\nt"), Some(Format::Html));
        assert_eq!(Format::recognise("a.html", b"----\n"), None);
    }

    #[test]
    fn a_name_without_extension_leaves_it_to_the_bytes() {
        assert_eq!(Format::recognise("a/post", b"+++\n"), Some(Format::Markdown));
        assert_eq!(Format::recognise("a.b/post", b"[ {"), Some(Format::Json));
        assert_eq!(Format::recognise("LICENSE", b"Permission"), None);
    }
}
