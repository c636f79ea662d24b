//! The shapes of addresses and language tags.

/// What is wrong and what to do about it.
type Wrong = Option<(&'static str, &'static str)>;

/// Letters that no URL and no relative reference holds (RFC 3986, appendix A; RFC 3987 allows
/// letters beyond ASCII).
const FORBIDDEN: &[char] = &['<', '>', '"', '{', '}', '|', '\\', '^', '`'];

/// Schemes whose addresses are not places but contents or commands.
const ACTIVE: [&str; 3] = ["javascript", "vbscript", "data"];

/// What keeps a text from being a URL, or a path relative to one.
pub(super) fn wrong_url(url: &str) -> Wrong {
    if url.is_empty() {
        return Some(("expected an address", "leave the field out where none is known"));
    }
    if url.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Some(("expected an address without spaces", "write a space as `%20`"));
    }
    if url.contains(FORBIDDEN) {
        return Some((
            "expected an address without `<>\"{}|\\^` and backticks",
            "write such letters as `%` and two hexadecimal digits",
        ));
    }
    let escapes = url.split('%').skip(1);
    let is_escape =
        |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !escapes.into_iter().all(is_escape) {
        return Some(("expected two hexadecimal digits after `%`", "write `%` itself as `%25`"));
    }
    wrong_scheme(url)
}

fn wrong_scheme(url: &str) -> Wrong {
    let (scheme, rest) = url.split_once(':')?;
    if scheme.contains(['/', '?', '#']) {
        return None;
    }
    let starts = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    if !starts || !scheme.bytes().all(letters) {
        return Some((
            "expected a scheme such as `https` before the colon",
            "begin a relative path that has a colon with `./`",
        ));
    }
    let scheme = scheme.to_ascii_lowercase();
    if ACTIVE.contains(&scheme.as_str()) {
        return Some(("expected the address of a page", "name the page by `https` instead"));
    }
    let host = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next());
    if matches!(scheme.as_str(), "http" | "https") && matches!(host, None | Some(None | Some(""))) {
        return Some(("expected `//` and a host after the scheme", "write `https://example.org/`"));
    }
    None
}

/// What keeps a text from having the shape of a language tag (RFC 5646, section 2.1).
pub(super) fn wrong_language(tag: &str) -> Wrong {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_private = matches!(first, "x" | "X" | "i" | "I") && tag.len() > 2;
    let is_language =
        (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let right = (is_private || is_language) && parts.all(is_part);
    (!right).then_some(("expected a language tag", "write it as `en`, `en-GB` or `cy`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for right in [
            "https://example.org/2011/05/20/a-b/?p=1#c",
            "HTTP://example.org",
            "/about",
            "a/b:c",
            "?p=1",
            "#top",
            "//example.org/a",
            "mailto:office@example.org",
            "urn:isbn:9780101814522",
            "https://example.org/caf\u{e9}%20a",
        ] {
            assert_eq!(wrong_url(right), None, "{right}");
        }
        for wrong in [
            "",
            "not a url",
            "https:/example.org",
            "https://",
            "http:///a",
            "1https://example.org",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "https://example.org/%zz",
            "https://example.org/%\u{e9}",
            "https://example.org/%2",
            "https://example.org/<b>",
        ] {
            assert!(wrong_url(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn language_tags_are_told_from_names() {
        for right in ["en", "en-GB", "zh-Hant-TW", "cy", "x-private", "de-CH-1996"] {
            assert_eq!(wrong_language(right), None, "{right}");
        }
        for wrong in ["", "e", "en_GB", "en-", "english language", "en-waytoolong", "x-", "e1"] {
            assert!(wrong_language(wrong).is_some(), "{wrong}");
        }
    }
}
