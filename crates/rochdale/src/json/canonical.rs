//! The canonical form of RFC 8785: one value, one text.

use std::fmt::Write;

use super::Json;

/// The canonical text of a value.
pub(super) fn write(json: &Json) -> String {
    let mut out = String::new();
    value(json, &mut out);
    out
}

fn value(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Json::Number(number) => out.push_str(&decimal(*number)),
        Json::String(text) => string(text, out),
        Json::Array(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                value(item, out);
            }
            out.push(']');
        }
        Json::Object(map) => {
            // Section 3.2.3: names are ordered by their UTF-16 code units.
            let mut members: Vec<_> = map.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (position, (name, member)) in members.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                string(name, out);
                out.push(':');
                value(member, out);
            }
            out.push('}');
        }
    }
}

/// Section 3.2.2.3: numbers as ECMAScript writes them; what it cannot, as `JSON.stringify` does.
fn decimal(number: f64) -> String {
    if number.is_finite() {
        ryu_js::Buffer::new().format_finite(number).to_owned()
    } else {
        "null".to_owned()
    }
}

/// Section 3.2.2.2: only what must be escaped is.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => {
                write!(out, "\\u{:04x}", u32::from(control)).expect("a string takes all text");
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8785, section 3.2.2.
    #[test]
    fn the_example_of_the_specification() {
        let text = r#"{
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#;
        let json = Json::parse(text).unwrap();
        // The first number has more digits than an `f64` holds, so its text is kept.
        assert_eq!(
            write(&json),
            "{\"literals\":[null,true,false],\"numbers\":[\"333333333.33333329\",1e+30,4.5,0.002,1e-27],\
             \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
    }

    #[test]
    fn names_are_ordered_by_utf16() {
        let json = Json::parse("{\"\u{ff61}\": 1, \"\u{1f600}\": 2}").unwrap();
        assert_eq!(write(&json), "{\"\u{1f600}\":2,\"\u{ff61}\":1}");
    }
}
