//! The families of names in a WordPress export, whatever their prefixes and versions.

use quick_xml::name::{NamespaceResolver, Prefix, QName, ResolveResult};

/// To which vocabulary a name belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Names of RSS, with no prefix.
    Plain,
    /// WordPress's own, in any version of the format.
    Wordpress,
    /// The summary of a post.
    Excerpt,
    /// The text of a post.
    Content,
    /// Dublin Core.
    Dublin,
    /// Anything else.
    Other,
}

impl Family {
    /// The family of a name, and the name without its prefix.
    pub(super) fn of<'n>(namespaces: &NamespaceResolver, name: &'n str) -> (Self, &'n str) {
        let name = QName(name);
        let (resolved, local) = namespaces.resolve_element(name);
        let family = match resolved {
            ResolveResult::Bound(namespace) => match Self::of_namespace(namespace.into_inner()) {
                // RSS has no namespace; a default one in its place changes no meaning.
                Self::Other if name.prefix().is_none() => Self::Plain,
                family => family,
            },
            ResolveResult::Unbound => Self::Plain,
            ResolveResult::Unknown(prefix) => Self::of_prefix(&prefix),
        };
        (family, local.into_inner())
    }

    /// The prefix of a name, where it is not declared.
    pub(super) fn unknown_prefix<'n>(
        namespaces: &NamespaceResolver,
        name: &'n str,
    ) -> Option<&'n str> {
        let name = QName(name);
        match namespaces.resolve_element(name).0 {
            ResolveResult::Unknown(_) => name.prefix().map(Prefix::into_inner),
            _ => None,
        }
    }

    fn of_namespace(namespace: &str) -> Self {
        let bare = namespace.trim().trim_end_matches('/');
        let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
        match bare.unwrap_or_default() {
            "purl.org/rss/1.0/modules/content" => Self::Content,
            "purl.org/dc/elements/1.1" => Self::Dublin,
            bare => match bare.strip_prefix("wordpress.org/export/1.") {
                Some(version) if is_number(version) => Self::Wordpress,
                Some(version) if version.strip_suffix("/excerpt").is_some_and(is_number) => {
                    Self::Excerpt
                }
                _ => Self::Other,
            },
        }
    }

    fn of_prefix(prefix: &str) -> Self {
        match prefix {
            "wp" => Self::Wordpress,
            "excerpt" => Self::Excerpt,
            "content" => Self::Content,
            "dc" => Self::Dublin,
            _ => Self::Other,
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_version_and_scheme_is_known() {
        for (namespace, family) in [
            ("http://wordpress.org/export/1.0/", Family::Wordpress),
            ("https://wordpress.org/export/1.2", Family::Wordpress),
            ("http://wordpress.org/export/1.1/excerpt/", Family::Excerpt),
            ("https://purl.org/rss/1.0/modules/content/", Family::Content),
            ("http://purl.org/dc/elements/1.1/", Family::Dublin),
            ("http://wordpress.org/export/", Family::Other),
            ("http://wordpress.org/export/1./", Family::Other),
            ("http://example.com/wordpress.org/export/1.2/", Family::Other),
        ] {
            assert_eq!(Family::of_namespace(namespace), family, "{namespace}");
        }
    }
}
