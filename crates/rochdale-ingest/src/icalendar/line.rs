//! Content lines: folded lines put together again, as bytes, then parted into name, parameters and value.

use encoding_rs::WINDOWS_1252;

use crate::place::Place;

/// A content line (RFC 5545, section 3.1).
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The name in capitals.
    pub(super) name: String,
    pub(super) parameters: Vec<(String, Vec<String>)>,
    /// The value as written, its escapes included.
    pub(super) value: String,
    /// Where the line begins.
    pub(super) at: Place,
    /// Where the value begins.
    pub(super) value_at: Place,
}

impl Line {
    /// The first value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.and_then(|(_, values)| values.first()).map(String::as_str)
    }

    /// Reads a line; none where it has no name or no value.
    pub(super) fn read(raw: &Raw) -> Option<Self> {
        let text = raw.text.as_str();
        let end = text.find([';', ':'])?;
        let name = text[..end].trim().to_ascii_uppercase();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        // A group before the name, as vCard has them.
        let name = name.rsplit('.').next().unwrap_or(&name).to_owned();
        let (parameters, start) = parameters(text, end)?;
        let value = text[start..].to_owned();
        let (at, value_at) = (raw.place(0), raw.place(start));
        Some(Self { name, parameters, value, at, value_at })
    }
}

/// Parameters by name, each with its values.
type Parameters = Vec<(String, Vec<String>)>;

/// The parameters from a semicolon or colon on, and where the value begins.
fn parameters(text: &str, mut at: usize) -> Option<(Parameters, usize)> {
    let mut found = Parameters::new();
    while text[at..].starts_with(';') {
        let rest = &text[at + 1..];
        let equals = rest.find(['=', ';', ':'])?;
        let name = rest[..equals].trim().to_ascii_uppercase();
        at += 1 + equals;
        let mut values = Vec::new();
        // A name without a value is none, and does no harm.
        while text[at..].starts_with(if values.is_empty() { '=' } else { ',' }) {
            let (value, end) = parameter_value(text, at + 1);
            values.push(value);
            at = end;
        }
        // What stands between a closing quote and the next separator is lost by its writer.
        at += text[at..].find([';', ':'])?;
        if !name.is_empty() {
            found.push((name, values));
        }
    }
    text[at..].starts_with(':').then_some((found, at + 1))
}

/// A value with or without quotes, and where it ends.
fn parameter_value(text: &str, start: usize) -> (String, usize) {
    let rest = &text[start..];
    let blank = rest.len() - rest.trim_start().len();
    if let Some(quoted) = rest[blank..].strip_prefix('"') {
        let end = quoted.find('"').unwrap_or(quoted.len());
        let after = start + blank + 1 + end + usize::from(end < quoted.len());
        return (unescape(&quoted[..end]), after);
    }
    let end = rest.find([';', ':', ',']).unwrap_or(rest.len());
    (unescape(rest[..end].trim()), start + end)
}

/// A parameter's value with its escapes resolved (RFC 6868).
fn unescape(value: &str) -> String {
    value.replace("^n", "\n").replace("^'", "\"").replace("^^", "^")
}

/// A line put together from its folds.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) text: String,
    /// Where in the text each line of the file begins: the offset, its number, and the letters
    /// before it that are no part of the text.
    folds: Vec<(usize, u32, u32)>,
    /// Whether its bytes are UTF-8.
    pub(super) is_utf8: bool,
}

impl Raw {
    /// The place in the file of an offset in the text.
    pub(super) fn place(&self, offset: usize) -> Place {
        let last = self.folds.partition_point(|(start, ..)| *start <= offset).saturating_sub(1);
        let Some((start, line, before)) = self.folds.get(last).copied() else { return Place::TOP };
        let letters = self.text.get(start..offset).map_or(0, |text| text.chars().count());
        let column = u32::try_from(letters).unwrap_or(u32::MAX).saturating_add(before + 1);
        Place { line, column }
    }
}

/// The content lines of a file; a fold may part the bytes of one character.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = Raw> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut physical = Physical { rest: bytes, number: 0 }.peekable();
    std::iter::from_fn(move || {
        let (number, first) = physical.find(|(_, line)| !line.trim_ascii().is_empty())?;
        let mut joined = first.to_vec();
        let mut starts = vec![(0, number, 0)];
        while let Some((number, rest)) =
            physical.next_if(|(_, line)| matches!(line, [b' ' | b'\t', ..]))
        {
            starts.push((joined.len(), number, 1));
            joined.extend_from_slice(&rest[1..]);
        }
        Some(raw(joined, starts))
    })
}

fn raw(joined: Vec<u8>, starts: Vec<(usize, u32, u32)>) -> Raw {
    let (text, is_utf8) = match String::from_utf8(joined) {
        Ok(text) => (text, true),
        Err(error) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            (text.into_owned(), false)
        }
    };
    // A fold inside a character begins, for what is said of places, before it.
    let whole =
        |offset: usize| (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let folds = starts.into_iter().map(|(at, line, before)| (whole(at).unwrap_or(0), line, before));
    let folds = folds.collect();
    Raw { text, folds, is_utf8 }
}

/// The lines of a file with their numbers, ended by LF, CRLF or CR.
struct Physical<'a> {
    rest: &'a [u8],
    number: u32,
}

impl<'a> Iterator for Physical<'a> {
    type Item = (u32, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let end = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = end.unwrap_or(self.rest.len());
        let line = &self.rest[..end];
        let after = &self.rest[end..];
        self.rest = after.strip_prefix(b"\r\n").or(after.get(1..)).unwrap_or_default();
        Some((self.number, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Line> {
        Line::read(&lines(text.as_bytes()).next().unwrap())
    }

    #[test]
    fn folds_are_undone_even_inside_a_character() {
        let all: Vec<Raw> = lines(b"\xef\xbb\xbfA:1\r\n 2\n\t3\r\r\nB:\xc3\r\n \xa9x\n").collect();
        assert_eq!(all.iter().map(|raw| raw.text.as_str()).collect::<Vec<_>>(), ["A:123", "B:éx"]);
        let place = |raw: &Raw, offset| (raw.place(offset).line, raw.place(offset).column);
        assert_eq!(
            [place(&all[0], 2), place(&all[0], 3), place(&all[0], 4)],
            [(1, 3), (2, 2), (3, 2)]
        );
        assert_eq!(place(&all[1], 4), (6, 3));
        assert!(!lines(b"A:\xe9").next().unwrap().is_utf8);
    }

    #[test]
    fn parameters_are_read_with_their_quotes() {
        let line = read("dtstart;TZID=\"a:b;c\";X=1,\"2,3\",^'4:v:w").unwrap();
        assert_eq!((line.name.as_str(), line.value.as_str()), ("DTSTART", "v:w"));
        assert_eq!(line.parameter("TZID"), Some("a:b;c"));
        assert_eq!(line.parameters[1].1, ["1", "2,3", "\"4"]);
        assert_eq!(line.value_at.column, 36);
        let line = read("A ; B = c ;D: e").unwrap();
        assert_eq!((line.parameter("B"), line.value.as_str()), (Some("c"), " e"));
    }

    #[test]
    fn what_is_no_line_is_none() {
        for text in ["X", ":v", "A B:v", "A;B=\"c:v", "A;B=c", "é:v", "A;"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
