//! Bylines: names and addresses as feeds run them together.

use super::xml::Words;
use crate::place::Place;

/// Who wrote a piece, as a feed says it.
#[derive(Clone, Debug, Default)]
pub(super) struct Byline {
    pub(super) name: Option<Words>,
    pub(super) url: Option<Words>,
    pub(super) email: Option<Words>,
}

impl Byline {
    /// Reads `Ann Lee`, `ann@a.example`, `ann@a.example (Ann Lee)`, `Ann Lee (ann@a.example)` or
    /// `Ann Lee <ann@a.example>`.
    pub(super) fn read(words: &Words) -> Self {
        let at = words.at;
        let part = |text: &str| {
            let text = text.trim().trim_matches('"').trim();
            (!text.is_empty()).then(|| Words { at, text: text.to_owned() })
        };
        let Some((before, inside)) = halves(&words.text) else {
            let text = words.text.strip_prefix("mailto:").unwrap_or(&words.text);
            return if is_email(text) {
                Self { email: part(text), ..Self::default() }
            } else {
                Self { name: part(text), ..Self::default() }
            };
        };
        if is_email(inside) {
            Self { name: part(before), email: part(inside), url: None }
        } else if is_email(before) {
            Self { name: part(inside), email: part(before), url: None }
        } else {
            // A name with a nickname or an office in brackets.
            Self { name: part(&words.text), ..Self::default() }
        }
    }

    pub(super) fn at(&self) -> Option<Place> {
        self.name.as_ref().or(self.url.as_ref()).or(self.email.as_ref()).map(|words| words.at)
    }
}

/// What stands before the brackets at the end, and in them.
fn halves(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let opening = match text.chars().next_back()? {
        ')' => '(',
        '>' => '<',
        _ => return None,
    };
    let (before, inside) = text[..text.len() - 1].split_once(opening)?;
    let inside = inside.trim();
    Some((before.trim(), inside.strip_prefix("mailto:").unwrap_or(inside)))
}

/// Whether a text is the address of a mailbox.
fn is_email(text: &str) -> bool {
    let parts = text.trim().split_once('@');
    parts.is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !text.trim().contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        for (text, name, email) in [
            ("Ann Lee", Some("Ann Lee"), None),
            ("ann@a.example", None, Some("ann@a.example")),
            ("ann@a.example (Ann Lee)", Some("Ann Lee"), Some("ann@a.example")),
            ("Ann Lee (ann@a.example)", Some("Ann Lee"), Some("ann@a.example")),
            ("\"Ann Lee\" <ann@a.example>", Some("Ann Lee"), Some("ann@a.example")),
            ("Ann Lee (editor)", Some("Ann Lee (editor)"), None),
            ("mailto:ann@a.example", None, Some("ann@a.example")),
            (")", Some(")"), None),
        ] {
            let read = Byline::read(&Words { at: Place::TOP, text: text.into() });
            let got = |words: &Option<Words>| words.as_ref().map(|words| words.text.clone());
            assert_eq!((got(&read.name).as_deref(), got(&read.email).as_deref()), (name, email));
        }
    }
}
