//! The formats that can be read, each of which knows its names and how to be recognised.

use crate::recognise;

/// A format of files.
///
/// The first six hold entries of Rochdale itself, as people write them into a content folder. The
/// others are foreign: exports, feeds and registers that hold other people's things in their own
/// shape.
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
    /// An export of a WordPress site, WordPress eXtended RSS.
    Wxr,
    /// Posts, terms or users as the REST interface of WordPress gives them.
    WordpressRest,
    /// A feed in RSS of any version.
    Rss,
    /// A feed in Atom.
    Atom,
    /// A feed in JSON Feed.
    JsonFeed,
    /// A saved page of a site: one article, or an archive of several.
    Page,
    /// The plain text of an archive page.
    TextArchive,
    /// A calendar.
    ICalendar,
    /// The extract of the Mutuals Public Register of the Financial Conduct Authority.
    FcaRegister,
    /// The open data of Co-operatives UK.
    CooperativesUk,
    /// Content as the Content API of GOV.UK gives it.
    GovUk,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[
        Self::Markdown,
        Self::Html,
        Self::Json,
        Self::Ndjson,
        Self::Yaml,
        Self::Toml,
        Self::Wxr,
        Self::WordpressRest,
        Self::Rss,
        Self::Atom,
        Self::JsonFeed,
        Self::Page,
        Self::TextArchive,
        Self::ICalendar,
        Self::FcaRegister,
        Self::CooperativesUk,
        Self::GovUk,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Yaml => "yaml",
            Self::Toml => "toml",
            Self::Wxr => "wxr",
            Self::WordpressRest => "wordpress-rest",
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::JsonFeed => "json-feed",
            Self::Page => "page",
            Self::TextArchive => "text-archive",
            Self::ICalendar => "icalendar",
            Self::FcaRegister => "fca-register",
            Self::CooperativesUk => "cooperatives-uk",
            Self::GovUk => "gov-uk",
        }
    }

    /// The extensions of its files, without the dot, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["md", "markdown", "mdown", "mkd"],
            Self::Html => &["html", "htm"],
            Self::Json | Self::WordpressRest | Self::JsonFeed => &["json"],
            Self::GovUk => &["json", "ndjson", "jsonl"],
            Self::Ndjson => &["ndjson", "jsonl"],
            Self::Yaml => &["yaml", "yml"],
            Self::Toml => &["toml"],
            Self::Wxr => &["xml", "wxr"],
            Self::Rss => &["rss", "xml", "rdf"],
            Self::Atom => &["atom", "xml"],
            Self::Page => &["html", "htm", "xhtml"],
            Self::TextArchive => &["txt", "text"],
            Self::ICalendar => &["ics", "ical"],
            Self::FcaRegister | Self::CooperativesUk => &["csv"],
        }
    }

    /// Its media types, the registered one first.
    pub const fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["text/markdown", "text/x-markdown"],
            Self::Html => &["text/html"],
            Self::Json | Self::WordpressRest | Self::GovUk => &["application/json", "text/json"],
            Self::Ndjson => &["application/x-ndjson", "application/jsonl"],
            Self::Yaml => &["application/yaml", "application/x-yaml", "text/yaml"],
            Self::Toml => &["application/toml"],
            Self::Wxr => &["application/xml", "text/xml"],
            Self::Rss => &["application/rss+xml", "application/rdf+xml"],
            Self::Atom => &["application/atom+xml"],
            Self::JsonFeed => &["application/feed+json"],
            Self::Page => &["text/html", "application/xhtml+xml"],
            Self::TextArchive => &["text/plain"],
            Self::ICalendar => &["text/calendar"],
            Self::FcaRegister | Self::CooperativesUk => &["text/csv"],
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Whether its files hold other people's things in their own shape, and not entries.
    pub const fn is_foreign(self) -> bool {
        !matches!(
            self,
            Self::Markdown | Self::Html | Self::Json | Self::Ndjson | Self::Yaml | Self::Toml
        )
    }

    /// The format whose files have this extension, given without its dot. Several share `json` and
    /// `html`, of which the one of entries is given, and `xml` and `csv`, for which none is.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(extension);
        Self::only(|format| format.extensions().iter().any(|known| is(known)))
    }

    /// The format of this media type; its parameters are ignored. Where several share one, it is
    /// the one of entries, or none.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is = |known: &str| known.eq_ignore_ascii_case(essence);
        Self::only(|format| format.media_types().iter().any(|known| is(known)))
    }

    /// The one format that has it: of entries, or else the only one.
    fn only(has: impl Fn(Self) -> bool) -> Option<Self> {
        let mut all = Self::ALL.iter().copied().filter(|format| has(*format));
        let first = all.next()?;
        (!first.is_foreign() || all.next().is_none()).then_some(first)
    }

    /// The format of a file, by the extension of its name and by its first bytes.
    ///
    /// JSON is foreign where its first object shows it. HTML is an entry where it begins with front
    /// matter, and a saved page where it shows what it is. Extensions that several foreign formats
    /// share, and a name without an extension, leave it to the bytes.
    pub fn recognise(name: &str, start: &[u8]) -> Option<Self> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let Some((_, extension)) = file.rsplit_once('.') else { return Self::from_start(start) };
        match Self::from_extension(extension) {
            Some(entries @ (Self::Json | Self::Ndjson)) => recognise::foreign(start)
                .filter(|format| format.has_extension(extension))
                .or(Some(entries)),
            Some(Self::Html) if begins_with_fence(start) => Some(Self::Html),
            Some(format) if !format.is_foreign() && format != Self::Html => Some(format),
            // Browsers save exports as archives that keep the name of the file inside.
            _ if recognise::is_packed(start) && Self::Wxr.has_extension(extension) => {
                Some(Self::Wxr)
            }
            _ => recognise::foreign(start).filter(|format| format.has_extension(extension)),
        }
    }

    /// Whether files of the format have this extension.
    pub(crate) fn has_extension(self, extension: &str) -> bool {
        self.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension))
    }

    /// The format that the first bytes of a file show, where they show one.
    pub fn from_start(start: &[u8]) -> Option<Self> {
        let start = without_mark(start);
        if begins_with_fence(start) {
            return Some(Self::Markdown);
        }
        if let Some(format) = recognise::foreign(start) {
            return Some(format);
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
            // Of what several share, the format of entries is found, or none.
            let found = |other: Option<Format>| {
                other.map_or(format.is_foreign(), |o| o == format || !o.is_foreign())
            };
            for extension in format.extensions() {
                assert!(found(Format::from_extension(extension)), "{extension}");
            }
            for media_type in format.media_types() {
                assert!(found(Format::from_media_type(media_type)), "{media_type}");
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
