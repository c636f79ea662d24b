//! The namespaces that feeds use, known by their addresses and never by their prefixes.

/// A namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::feed) enum Space {
    /// None, or that of a version of RSS.
    None,
    /// Any that is not known.
    Other,
    Atom,
    /// Atom 0.3, from before it was a standard.
    Atom03,
    Content,
    CreativeCommons,
    DublinCore,
    DublinCoreTerms,
    Itunes,
    Media,
    Rdf,
    Xhtml,
    /// `xml:base` and `xml:lang`.
    Xml,
}

/// Addresses without their scheme and a slash or number sign at their end, in lower case.
const KNOWN: [(&str, Space); 26] = [
    ("www.w3.org/2005/atom", Space::Atom),
    ("purl.org/atom/ns", Space::Atom03),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("backend.userland.com/creativecommonsrssmodule", Space::CreativeCommons),
    ("cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", Space::CreativeCommons),
    ("web.resource.org/cc", Space::CreativeCommons),
    ("creativecommons.org/ns", Space::CreativeCommons),
    ("purl.org/dc/elements/1.1", Space::DublinCore),
    ("purl.org/dc/elements/1.0", Space::DublinCore),
    ("purl.org/metadata/dublin_core", Space::DublinCore),
    ("purl.org/dc/terms", Space::DublinCoreTerms),
    ("www.itunes.com/dtds/podcast-1.0.dtd", Space::Itunes),
    ("example.com/dtds/podcast-1.0.dtd", Space::Itunes),
    ("search.yahoo.com/mrss", Space::Media),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", Space::Rdf),
    ("www.w3.org/1999/xhtml", Space::Xhtml),
    ("www.w3.org/xml/1998/namespace", Space::Xml),
    ("purl.org/rss/1.0", Space::None),
    ("purl.org/net/rss1.1", Space::None),
    ("my.netscape.com/rdf/simple/0.9", Space::None),
    ("channel.netscape.com/rdf/simple/0.9", Space::None),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", Space::None),
    ("backend.userland.com/rss", Space::None),
    ("backend.userland.com/rss2", Space::None),
    ("blogs.law.harvard.edu/tech/rss", Space::None),
    ("backend.userland.com/rss191", Space::None),
];

/// What prefixes stand for where a document forgets to declare them.
const USUAL: [(&str, Space); 12] = [
    ("atom", Space::Atom),
    ("cc", Space::CreativeCommons),
    ("content", Space::Content),
    ("creativecommons", Space::CreativeCommons),
    ("dc", Space::DublinCore),
    ("dcterms", Space::DublinCoreTerms),
    ("itunes", Space::Itunes),
    ("media", Space::Media),
    ("rdf", Space::Rdf),
    ("rss", Space::None),
    ("xhtml", Space::Xhtml),
    ("xml", Space::Xml),
];

impl Space {
    /// The namespace of an address.
    pub(super) fn of(address: &str) -> Self {
        let form = address.trim().to_ascii_lowercase();
        let form = form.strip_prefix("https://").or(form.strip_prefix("http://")).unwrap_or(&form);
        let form = form.trim_end_matches(['/', '#']);
        if form.is_empty() {
            return Self::None;
        }
        let found = KNOWN.iter().find(|(known, _)| *known == form);
        found.map_or(Self::Other, |(_, space)| *space)
    }

    /// The namespace that a prefix usually stands for.
    pub(super) fn usual(prefix: &str) -> Option<Self> {
        let found = USUAL.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
        found.map(|(_, space)| *space)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_in_their_forms() {
        for (address, space) in [
            ("http://www.w3.org/2005/Atom", Space::Atom),
            ("https://www.w3.org/2005/Atom", Space::Atom),
            ("http://purl.org/atom/ns#", Space::Atom03),
            ("http://search.yahoo.com/mrss", Space::Media),
            ("http://search.yahoo.com/mrss/", Space::Media),
            ("", Space::None),
            ("http://example.org/of-its-own", Space::Other),
        ] {
            assert_eq!(Space::of(address), space, "{address}");
        }
    }
}
