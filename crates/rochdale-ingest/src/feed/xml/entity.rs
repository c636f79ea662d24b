//! References to characters, by number or by name.

use std::borrow::Cow;

use crate::xml::is_allowed;

/// The characters that a reference without its `&` and `;` stands for; none where it is unknown.
///
/// The names are those of HTML: feeds use them though XML only knows five of them.
pub(super) fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let own = match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    };
    if !own.is_empty() {
        return Some(Cow::Borrowed(own));
    }
    if let Some(number) = name.strip_prefix('#') {
        return by_number(number).map(|letter| String::from(letter).into());
    }
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain {
        return None;
    }
    let written = format!("&{name};");
    let resolved = htmlize::unescape(written.as_str());
    // Names without their semicolon are of HTML alone, so that `&copyx;` is none.
    (!resolved.ends_with(';') || name == "semi").then(|| resolved.into_owned().into())
}

fn by_number(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let code = u32::from_str_radix(digits, radix).ok()?;
    // What people mean by numbers that are no characters is what windows-1252 has there, as
    // browsers know: https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
    if (0x80..0xa0).contains(&code) {
        let written = format!("&#{code};");
        return htmlize::unescape(written.as_str()).chars().next();
    }
    char::from_u32(code).filter(|letter| is_allowed(*letter))
}

/// The text of an attribute with its references resolved; unknown ones stay as they are.
pub(super) fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(40).position(|byte| byte == b';');
        if let Some((resolved, end)) = end.and_then(|end| Some((resolve(&after[..end])?, end))) {
            out.push_str(&resolved);
            rest = &after[end + 1..];
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (name, text) in [
            ("amp", Some("&")),
            ("apos", Some("'")),
            ("eacute", Some("é")),
            ("semi", Some(";")),
            ("#233", Some("é")),
            ("#xE9", Some("é")),
            ("#146", Some("’")),
            ("#0", None),
            ("#8", None),
            ("#x110000", None),
            ("copyx", None),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(resolve(name).as_deref(), text, "{name}");
        }
        assert_eq!(unescape("?a=1&amp;b=2&c=3&nothing;"), "?a=1&b=2&c=3&nothing;");
        assert_eq!(unescape("é&日本語日本語日本語日本語;"), "é&日本語日本語日本語日本語;");
    }
}
