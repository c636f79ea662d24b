//! Values as PHP's `serialize` writes them, which is how WordPress stores lists
//! (<https://www.php.net/manual/en/function.serialize.php>).

use rochdale::json::{Json, Map};

/// How deep arrays may lie in each other.
const DEPTH: usize = 32;

/// The value of a serialised array or scalar; `None` for anything else, and for objects, which are
/// never made.
pub(crate) fn unserialise(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text.trim().as_bytes() };
    let value = reader.value(0)?;
    reader.rest.is_empty().then_some(value)
}

/// Whether a text looks serialised, be it sound or not.
pub(crate) fn looks_serialised(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    match bytes {
        [b'N', b';'] => true,
        [sort, b':', digit, ..] => {
            let is_end = matches!(bytes.last(), Some(b';' | b'}'));
            let starts = digit.is_ascii_digit() || (*sort != b'a' && matches!(digit, b'-' | b'+'));
            is_end && starts && matches!(sort, b'a' | b'b' | b'd' | b'i' | b's' | b'O' | b'C')
        }
        _ => false,
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Json> {
        let (sort, rest) = self.rest.split_first()?;
        self.rest = rest;
        match sort {
            b'N' => self.expect(b";").map(|()| Json::Null),
            b'b' => match self.scalar()? {
                "0" => Some(Json::Bool(false)),
                "1" => Some(Json::Bool(true)),
                _ => None,
            },
            b'i' | b'd' => self.scalar().map(number),
            b's' => {
                let text = self.text()?;
                self.expect(b";")?;
                Some(Json::String(text.to_owned()))
            }
            b'a' if depth < DEPTH => self.array(depth),
            _ => None,
        }
    }

    fn array(&mut self, depth: usize) -> Option<Json> {
        self.expect(b":")?;
        let count: usize = self.until(b':')?.parse().ok()?;
        self.expect(b"{")?;
        let mut items: Vec<(Json, Json)> = Vec::new();
        for _ in 0..count {
            let key = self.value(DEPTH)?;
            items.push((key, self.value(depth + 1)?));
        }
        self.expect(b"}")?;
        let is_list = items.iter().enumerate().all(|(n, (key, _))| {
            matches!(key, Json::Number(number) if Some(*number) == u32::try_from(n).ok().map(f64::from))
        });
        if is_list {
            return Some(Json::Array(items.into_iter().map(|(_, value)| value).collect()));
        }
        let name = |key: Json| match key {
            Json::String(name) => name,
            key => key.to_string(),
        };
        Some(Json::Object(
            items.into_iter().map(|(key, value)| (name(key), value)).collect::<Map>(),
        ))
    }

    /// `:5;` without its marks.
    fn scalar(&mut self) -> Option<&'a str> {
        self.expect(b":")?;
        self.until(b';')
    }

    /// `:3:"foo"`, whose length is in bytes. Files that were converted to another encoding have
    /// other lengths; their text ends at the next quote that can end it.
    fn text(&mut self) -> Option<&'a str> {
        self.expect(b":")?;
        let length: usize = self.until(b':')?.parse().ok()?;
        self.expect(b"\"")?;
        let fits =
            self.rest.get(length) == Some(&b'"') && matches!(self.rest.get(length + 1), Some(b';'));
        let length =
            if fits { length } else { self.rest.windows(2).position(|pair| pair == b"\";")? };
        let (text, rest) = self.rest.split_at(length);
        self.rest = &rest[1..];
        std::str::from_utf8(text).ok()
    }

    fn until(&mut self, end: u8) -> Option<&'a str> {
        let length = self.rest.iter().take(64).position(|byte| *byte == end)?;
        let (text, rest) = self.rest.split_at(length);
        self.rest = &rest[1..];
        std::str::from_utf8(text).ok()
    }

    fn expect(&mut self, mark: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(mark)?;
        Some(())
    }
}

fn number(text: &str) -> Json {
    Json::parse(text)
        .ok()
        .filter(|json| matches!(json, Json::Number(_)))
        .unwrap_or_else(|| Json::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn arrays_and_scalars_are_read() {
        for (text, json) in [
            ("a:1:{s:3:\"foo\";s:3:\"bar\";}", r#"{"foo":"bar"}"#),
            ("a:2:{i:0;s:3:\"é!\";i:1;i:-2;}", r#"["é!",-2]"#),
            ("a:1:{i:7;a:0:{}}", r#"{"7":[]}"#),
            ("s:2:\"é\";", "\"é\""),
            ("s:9:\"wrong\";", "\"wrong\""),
            ("b:1;", "true"),
            ("N;", "null"),
            ("d:0.5;", "0.5"),
        ] {
            assert_eq!(unserialise(text).map(|json| json.to_string()).as_deref(), Some(json));
            assert!(looks_serialised(text), "{text}");
        }
        for text in
            ["O:8:\"stdClass\":0:{}", "a:1:{i:0;O:1:\"A\":0:{}}", "a:9:{}", "s:1", "i:1;x", ""]
        {
            assert_eq!(unserialise(text), None, "{text}");
        }
        assert!(looks_serialised("O:8:\"stdClass\":0:{}") && !looks_serialised("a: list; of"));
    }

    #[test]
    fn deep_arrays_end() {
        assert_eq!(unserialise(&"a:1:{i:0;".repeat(100_000)), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "[aisbdNO:;{}\"0-9é]{0,60}") {
            let _ = unserialise(&text);
        }
    }
}
