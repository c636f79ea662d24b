//! Cuts English text into words, numbers and marks.

use super::super::error::{DateError, Problem};

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// As it stands in the text.
    pub(super) text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, in lower case.
    Word(String),
    /// Digits, with what is written right behind them.
    Number { value: u32, digits: usize, ending: Ending },
    /// `/`, `:`, a `.` between digits, or `-` for any dash.
    Mark(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    None,
    /// `20th`
    Ordinal,
    /// `1990s`
    Plural,
}

/// All tokens of the text, without spaces, commas and the full stops of abbreviations.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, DateError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (kind, length) = if first.is_ascii_digit() {
            number(rest, at)?
        } else if first.is_alphabetic() {
            let length = run(rest, char::is_alphabetic);
            (Some(Kind::Word(rest[..length].to_lowercase())), length)
        } else {
            (mark(first, &text[..at], rest, at)?, first.len_utf8())
        };
        let text = rest[..length].to_owned();
        tokens.extend(kind.map(|kind| Token { kind, at, text }));
        at += length;
    }
    Ok(tokens)
}

fn number(rest: &str, at: usize) -> Result<(Option<Kind>, usize), DateError> {
    let digits = run(rest, |c| c.is_ascii_digit());
    let letters = run(&rest[digits..], char::is_alphabetic);
    let (ending, length) = match rest[digits..digits + letters].to_lowercase().as_str() {
        "st" | "nd" | "rd" | "th" => (Ending::Ordinal, digits + letters),
        "s" => (Ending::Plural, digits + letters),
        _ => (Ending::None, digits),
    };
    let value = rest[..digits].parse().map_err(|_| unexpected(&rest[..digits], at))?;
    Ok((Some(Kind::Number { value, digits, ending }), length))
}

fn mark(mark: char, before: &str, rest: &str, at: usize) -> Result<Option<Kind>, DateError> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match mark {
        '/' | ':' => Ok(Some(Kind::Mark(mark))),
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Ok(Some(Kind::Mark('-'))),
        '.' if is_digit(before.chars().last()) && is_digit(rest.chars().nth(1)) => {
            Ok(Some(Kind::Mark('.')))
        }
        '.' | ',' => Ok(None),
        _ if mark.is_whitespace() => Ok(None),
        _ => Err(unexpected(&rest[..mark.len_utf8()], at)),
    }
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn unexpected(got: &str, at: usize) -> DateError {
    DateError::new(Problem::Expected { expected: "a date in words", got: got.to_owned() }, at)
}
