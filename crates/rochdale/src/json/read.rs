//! A strict reader of JSON text that knows where each value stands.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Json, Map, number};

/// Deeper values are refused, so that no document exhausts the stack.
const DEPTH: usize = 128;

/// Where the parts of a value stand in its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spans {
    /// The byte offset of the value.
    pub value: usize,
    /// The byte offset of its name, where it is a member of an object.
    pub name: Option<usize>,
    /// The places of the items of an array or the members of an object, with their names.
    pub parts: Vec<(String, Spans)>,
    /// The members that a later one of the same name replaced, with their offsets.
    pub replaced: Vec<(String, usize)>,
}

impl Spans {
    /// The place of the value at a JSON pointer (RFC 6901), or of the nearest value around it.
    pub fn pointer(&self, pointer: &str) -> &Self {
        let mut place = self;
        for step in pointer.split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            match place.parts.iter().find(|(part, _)| *part == name) {
                Some((_, inner)) => place = inner,
                None => return place,
            }
        }
        place
    }
}

/// JSON text that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    message: String,
    offset: usize,
}

impl ReadError {
    /// Where in the text, in bytes.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

/// How many bytes stand before a quote, a backslash or a control character; all three are ASCII.
fn plain(bytes: &[u8]) -> Option<usize> {
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\') || *byte < b' ';
    // Sixteen at once: most of a text is plain.
    let far = bytes
        .as_chunks::<16>()
        .0
        .iter()
        .take_while(|chunk| !chunk.iter().fold(false, |found, byte| found | ends(byte)));
    let start = far.count() * 16;
    bytes[start..].iter().position(ends).map(|stop| start + stop)
}

/// Reads one value and nothing after it; where its parts stand is only noted where that is asked for.
pub(super) fn read(text: &str, placed: bool) -> Result<(Json, Spans), ReadError> {
    let mut reader = Reader { text, at: 0, placed };
    reader.space();
    let out = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.error("expected the end of the text"));
    }
    Ok(out)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Whether places are noted.
    placed: bool,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<(Json, Spans), ReadError> {
        if depth > DEPTH {
            return Err(self.error("expected at most 128 levels of arrays and objects"));
        }
        let mut spans = Spans { value: self.at, ..Spans::default() };
        let json = match self.peek() {
            Some(b'{') => self.object(depth, &mut spans)?,
            Some(b'[') => self.array(depth, &mut spans)?,
            Some(b'"') => Json::String(self.string()?),
            Some(b't') => self.word("true", Json::Bool(true))?,
            Some(b'f') => self.word("false", Json::Bool(false))?,
            Some(b'n') => self.word("null", Json::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return Err(self.error("expected a value")),
        };
        Ok((json, spans))
    }

    fn object(&mut self, depth: usize, spans: &mut Spans) -> Result<Json, ReadError> {
        let mut map = Map::new();
        // Where each name stands among the parts, so that repeats cost no search.
        let mut places = BTreeMap::new();
        self.at += 1;
        self.space();
        if self.take(b'}') {
            return Ok(Json::Object(map));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.error("expected a name in quotes"));
            }
            let name = self.string()?;
            self.space();
            if !self.take(b':') {
                return Err(self.error("expected `:` after a name"));
            }
            self.space();
            let (value, mut inner) = self.value(depth + 1)?;
            if self.placed {
                inner.name = Some(start);
                match places.entry(name.clone()) {
                    Entry::Vacant(place) => {
                        place.insert(spans.parts.len());
                        spans.parts.push((name.clone(), inner));
                    }
                    Entry::Occupied(place) => {
                        let old = std::mem::replace(&mut spans.parts[*place.get()].1, inner);
                        spans.replaced.push((name.clone(), old.name.unwrap_or(old.value)));
                    }
                }
            }
            map.insert(name, value);
            self.space();
            if self.take(b'}') {
                return Ok(Json::Object(map));
            }
            if !self.take(b',') {
                return Err(self.error("expected `,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth: usize, spans: &mut Spans) -> Result<Json, ReadError> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.take(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            self.space();
            let (item, inner) = self.value(depth + 1)?;
            if self.placed {
                spans.parts.push((items.len().to_string(), inner));
            }
            items.push(item);
            self.space();
            if self.take(b']') {
                return Ok(Json::Array(items));
            }
            if !self.take(b',') {
                return Err(self.error("expected `,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, ReadError> {
        let mut out = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(stop) = plain(rest.as_bytes()) else {
                self.at = self.text.len();
                return Err(self.error("expected a closing quote"));
            };
            out.push_str(&rest[..stop]);
            self.at += stop;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.error("expected control characters to be escaped")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ReadError> {
        let start = self.at;
        self.at += 2;
        let letter = match self.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            _ => {
                self.at = start;
                return Err(self.error("expected one of `\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u`"));
            }
        };
        Ok(letter)
    }

    /// The letter of `\uXXXX`, or of two of them that are a surrogate pair.
    fn unicode(&mut self, start: usize) -> Result<char, ReadError> {
        let unit = |reader: &mut Self| {
            let digits = reader.text.as_bytes().get(reader.at..reader.at + 4)?;
            let text = std::str::from_utf8(digits).ok()?;
            let plain = text.bytes().all(|digit| digit.is_ascii_hexdigit());
            reader.at += 4;
            u16::from_str_radix(text, 16).ok().filter(|_| plain)
        };
        let high = unit(self);
        let low = match high {
            Some(0xD800..=0xDBFF) if self.text[self.at..].starts_with("\\u") => {
                self.at += 2;
                unit(self)
            }
            _ => None,
        };
        let letter = high.and_then(|high| {
            char::decode_utf16([Some(high), low].into_iter().flatten()).next()?.ok()
        });
        letter.ok_or_else(|| {
            self.at = start;
            self.error("expected four hexadecimal digits of a character")
        })
    }

    fn number(&mut self) -> Result<Json, ReadError> {
        let start = self.at;
        self.take(b'-');
        let leading = self.peek();
        if self.digits() == 0
            || (leading == Some(b'0')
                && self.at - start > 1 + usize::from(self.text.as_bytes()[start] == b'-'))
        {
            self.at = start;
            return Err(self.error("expected a number without leading zeros"));
        }
        if self.take(b'.') && self.digits() == 0 {
            return Err(self.error("expected a digit after the decimal point"));
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            if self.digits() == 0 {
                return Err(self.error("expected a digit in the exponent"));
            }
        }
        Ok(number::read(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> usize {
        let count =
            self.text.as_bytes()[self.at..].iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, ReadError> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.error("expected a value"));
        }
        self.at += word.len();
        Ok(json)
    }

    fn space(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let taken = self.peek() == Some(byte);
        self.at += usize::from(taken);
        taken
    }

    fn error(&self, message: &str) -> ReadError {
        ReadError { message: message.to_owned(), offset: self.at }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wrong_text_says_where() {
        for (text, offset) in [
            ("", 0),
            ("[1,]", 3),
            ("{\"a\" 1}", 5),
            ("01", 0),
            ("\"\\x\"", 1),
            ("\"\\ud800\"", 1),
            ("[1] 2", 4),
            ("\"a", 2),
            ("1.", 2),
            ("nul", 0),
            ("\"\\u12é4\"", 1),
        ] {
            assert_eq!(read(text, true).unwrap_err().offset(), offset, "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep, false).is_err());
    }

    #[test]
    fn places_are_those_of_the_text() {
        let (_, spans) =
            read("{ \"a\": [10, {\"b\": 1}], \"a\": [0, {\"b/c\": 2}] }", true).unwrap();
        assert_eq!(spans.pointer("/a/1/b~1c").value, 40);
        assert_eq!(spans.pointer("/a/1/b~1c").name, Some(33));
        assert_eq!(spans.replaced, [("a".to_owned(), 2)]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]{}\":,0-9a-f\\\\u.eE+ -é]{0,40}") {
            if let Ok(json) = Json::parse(&text) {
                prop_assert_eq!(Json::parse(&json.to_string()).unwrap(), json);
            }
        }
    }
}
