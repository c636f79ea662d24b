//! The way to a field: `published`, `speakers.person.name`, `extra.pages`.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Place, Result};

/// The names of fields from the outside in, at least one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<String>);

impl Path {
    /// A path of one name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(vec![name.into()])
    }

    /// The path to a field inside the one at this path.
    #[must_use]
    pub fn then(mut self, name: impl Into<String>) -> Self {
        self.0.push(name.into());
        self
    }

    /// The names, from the outside in.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Reads a path at the start of `text`; gives how many bytes it takes.
    pub(super) fn read(text: &str) -> Option<(Self, usize)> {
        let mut names = Vec::new();
        let mut at = 0;
        loop {
            let rest = &text[at..];
            let (name, length) = if rest.starts_with('"') { unquote(rest)? } else { bare(rest)? };
            names.push(name);
            at += length;
            if !text[at..].starts_with('.') {
                return Some((Self(names), at));
            }
            at += 1;
        }
    }
}

/// A name as it stands: letters, digits, `_` and, inside, `-`.
fn bare(text: &str) -> Option<(String, usize)> {
    let end = text.find(|letter| !is_bare(letter)).unwrap_or(text.len());
    let name = &text[..end];
    (!name.is_empty() && !name.starts_with('-')).then(|| (name.to_owned(), end))
}

fn is_bare(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-')
}

/// Words that mean something else at the start of a clause.
const RESERVED: &[&str] = &[
    "missing",
    "like",
    "sort",
    "limit",
    "offset",
    "cursor",
    "proximity",
    "fields",
    "facet",
    "AND",
    "OR",
    "NOT",
];

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, name) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(".")?;
            }
            let plain = bare(name).is_some_and(|(_, length)| length == name.len());
            let reserved = position == 0 && RESERVED.contains(&name.as_str());
            if plain && !reserved {
                f.write_str(name)?;
            } else {
                f.write_str(&quote(name))?;
            }
        }
        Ok(())
    }
}

impl FromStr for Path {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match Self::read(text) {
            Some((path, length)) if length == text.len() => Ok(path),
            read => {
                let at = read.map_or(0, |(_, length)| length);
                Err(Error::query(
                    Place::Offset(at),
                    format!("expected the name of a field, got `{text}`"),
                ))
            }
        }
    }
}

impl From<&str> for Path {
    /// The path that `text` writes; text that writes none is one name.
    fn from(text: &str) -> Self {
        text.parse().unwrap_or_else(|_| Self::new(text))
    }
}

/// Text in quotes; inside, only `\"` and `\\` are escapes.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// How many bytes of a value, in quotes or not, write the first `length` bytes of what it says.
pub(super) fn unquoted(text: &str, length: usize) -> usize {
    let Some(inside) = text.strip_prefix('"') else { return length };
    let (mut written, mut said) = (1, 0);
    let mut letters = inside.chars().peekable();
    while let Some(letter) = letters.next_if(|_| said < length) {
        written += letter.len_utf8();
        said += letter.len_utf8();
        // What is escaped says as much as its escape would.
        if letter == '\\' && letters.next_if(|next| matches!(next, '"' | '\\')).is_some() {
            written += 1;
        }
    }
    written
}

/// The text of the quotes that `text` starts with, and how many bytes they take.
pub(super) fn unquote(text: &str) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((out, at + 1)),
            '\\' => match letters.clone().next() {
                Some((_, escaped @ ('"' | '\\'))) => {
                    out.push(escaped);
                    letters.next();
                }
                _ => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    None
}
