//! JSON to nodes.

use std::ops::Range;

use rochdale::issue::Issue;
use rochdale::json::{Json, Spans};

use super::{Member, Members, Node, Parsed, Style, Value, issue};
use crate::codes::{REPEATED_KEY, SYNTAX, TOO_COMPLEX};
use crate::place::{Place, Places};

/// Reads one JSON value in `range`.
pub(crate) fn json(places: &Places, range: Range<usize>, limit: usize) -> Parsed {
    let text = &places.text()[range.clone()];
    json_text(places, text, range.start, limit)
}

/// Reads a JSON value in each line of `range` that is not blank.
pub(crate) fn ndjson(places: &Places, range: Range<usize>, limit: usize) -> Parsed {
    let mut all = Parsed::default();
    let mut start = range.start;
    for line in places.text()[range].split_inclusive('\n') {
        if !line.trim().is_empty() {
            let parsed = json_text(places, line, start, limit);
            all.roots.extend(parsed.roots);
            all.issues.extend(parsed.issues);
        }
        start += line.len();
    }
    all
}

/// Reads members of an object that lack its braces.
pub(crate) fn json_members(places: &Places, range: Range<usize>, limit: usize) -> Parsed {
    let text = format!("{{{}}}", &places.text()[range.clone()]);
    // The brace before the text stands where the fence ends.
    json_text(places, &text, range.start.saturating_sub(1), limit)
}

/// Reads one JSON value in a text whose letters stand from `base` on.
pub(crate) fn json_text(places: &Places, text: &str, base: usize, limit: usize) -> Parsed {
    let place = |offset: usize| places.at(base + offset);
    let values = text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count();
    if values > limit {
        let message = format!("expected at most {limit} values");
        return Parsed::none(issue(&TOO_COMPLEX, place(0), message));
    }
    match Json::parse_with_spans(text) {
        Ok((json, spans)) => {
            let mut source = Source { place: &place, text, issues: Vec::new() };
            let node = source.node(json, spans);
            Parsed::one(node, source.issues)
        }
        Err(error) => {
            Parsed::none(issue(&SYNTAX, place(error.offset()), format!("expected JSON: {error}")))
        }
    }
}

struct Source<'a> {
    place: &'a dyn Fn(usize) -> Place,
    text: &'a str,
    issues: Vec<Issue>,
}

impl Source<'_> {
    fn node(&mut self, json: Json, spans: Spans) -> Node {
        let at = (self.place)(spans.value);
        let value = match json {
            Json::Null => Value::Scalar(String::new(), Style::Null),
            Json::Bool(flag) => Value::Scalar(flag.to_string(), Style::Bool),
            // A number that would be rounded comes as text; it is a number all the same.
            Json::Number(_) => Value::Scalar(self.number(spans.value), Style::Number),
            Json::String(text) if self.text.as_bytes().get(spans.value) == Some(&b'"') => {
                Value::Scalar(text, Style::Text)
            }
            Json::String(text) => Value::Scalar(text, Style::Number),
            Json::Array(items) => Value::List(
                items
                    .into_iter()
                    .zip(spans.parts)
                    .map(|(item, (_, at))| self.node(item, at))
                    .collect(),
            ),
            Json::Object(map) => Value::Map(self.members(map, spans)),
        };
        Node { at, value }
    }

    fn members(&mut self, mut map: rochdale::json::Map, spans: Spans) -> Members {
        for (name, offset) in spans.replaced {
            let message = format!("the key `{name}` stands again below; the last counts");
            self.issues.push(issue(&REPEATED_KEY, (self.place)(offset), message));
        }
        let mut members = Members::new();
        for (name, spans) in spans.parts {
            let at = (self.place)(spans.name.unwrap_or(spans.value));
            let value = map.remove(&name).unwrap_or_default();
            members.insert(super::name(name), Member { at, node: self.node(value, spans) });
        }
        members
    }

    fn number(&self, start: usize) -> String {
        let part = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.text.as_bytes()[start..].iter().take_while(|byte| part(byte)).count();
        self.text[start..start + length].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_text_and_names_their_place() {
        let text = "{\"a\": [1.50, 12345678901234567890],\n \"b\": null, \"a\": 2}";
        let places = Places::new(text);
        let parsed = json(&places, 0..text.len(), 100);
        let root = &parsed.roots[0];
        assert_eq!(root.find("/a").unwrap().0.as_text(), Some("2"));
        assert_eq!(root.find("/b").unwrap().1, Place { line: 2, column: 2 });
        assert_eq!(
            parsed.issues[0].to_string(),
            "warning[repeated-key] the key `a` stands again below; the last counts"
        );
        let parsed = json(&places, 6..34, 100);
        assert_eq!(parsed.roots[0].find("/0").unwrap().0.as_text(), Some("1.50"));
        assert_eq!(parsed.roots[0].find("/1").unwrap().0.as_text(), Some("12345678901234567890"));
    }

    #[test]
    fn each_line_is_read_for_itself() {
        let text = "{\"a\":1}\n\n{\"a\":}\n{\"a\":3}\n";
        let parsed = ndjson(&Places::new(text), 0..text.len(), 100);
        assert_eq!(parsed.roots.len(), 2);
        assert_eq!((parsed.issues[0].line, parsed.issues[0].column), (Some(3), Some(6)));
    }

    #[test]
    fn members_without_braces_are_placed() {
        let text = ";;;\n\"a\": 1,\n\"b\": x\n;;;\n";
        let parsed = json_members(&Places::new(text), 4..19, 100);
        assert_eq!((parsed.issues[0].line, parsed.issues[0].column), (Some(3), Some(6)));
    }
}
