//! The bytes of an XML document to text, by its mark, by its declaration, or else as UTF-8.

use encoding_rs::{Encoding, UTF_8};
use rochdale::issue::Issue;

use crate::codes::{NOT_UTF8, UNKNOWN_ENCODING, WRONG_ENCODING};
use crate::decode::decode;

/// How many of the first bytes may hold the declaration.
const START: usize = 1024;

/// The text of a document, and what was noteworthy about its bytes.
///
/// A mark at the start says more than the declaration (XML 1.0, appendix F.2). A document that
/// declares another encoding is none the less UTF-8 if all of its bytes are and some could be
/// nothing else, for the declaration is what people forget to change.
///
/// Errors: the issue that says why the bytes are no text.
pub(in crate::feed) fn text(bytes: Vec<u8>) -> Result<(String, Option<Issue>), Box<Issue>> {
    let declared = declared(&bytes).filter(|_| Encoding::for_bom(&bytes).is_none());
    let Some(label) = declared else { return decode(bytes) };
    match Encoding::for_label(label.as_bytes()) {
        // A document that can be read so far has one byte a character at its start.
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => {
            let foreign = encoding.is_single_byte() && !bytes.is_ascii();
            if foreign && std::str::from_utf8(&bytes).is_ok() {
                let message = format!("declared as `{label}`, but every byte of it is UTF-8");
                let found = Issue::new(&WRONG_ENCODING, message).with_position(1, 1);
                return decode(bytes).map(|(text, _)| (text, Some(found)));
            }
            let (text, damaged) = encoding.decode_without_bom_handling(&bytes);
            let found = damaged.then(|| {
                let message = format!("expected bytes of `{label}`, as declared, got others");
                Issue::new(&NOT_UTF8, message)
                    .with_help("save the file as UTF-8")
                    .with_position(1, 1)
            });
            Ok((text.into_owned(), found))
        }
        Some(_) => decode(bytes),
        None => {
            let message = format!("unknown encoding `{label}`");
            let found = Issue::new(&UNKNOWN_ENCODING, message).with_position(1, 1);
            let found = found.with_help("save the file as UTF-8");
            decode(bytes).map(|(text, _)| (text, Some(found)))
        }
    }
}

/// The name of the encoding in the declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let start: String = bytes.iter().take(START).map(|byte| char::from(*byte)).collect();
    let declaration = start.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value[1..].split(quote).next()?.trim();
    (!label.is_empty() && label.len() < 40).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<&'static str>) {
        let (text, issue) = text(bytes.to_vec()).unwrap();
        (text.split_once("?>").unwrap().1.to_owned(), issue.map(|issue| issue.code.name))
    }

    #[test]
    fn the_declaration_counts_unless_the_bytes_say_otherwise() {
        let declared = |label: &str, rest: &[u8]| {
            let mut bytes = format!("<?xml version='1.0' encoding='{label}'?>").into_bytes();
            bytes.extend(rest);
            read(&bytes)
        };
        assert_eq!(declared("iso-8859-2", b"\xb1"), ("ą".into(), None));
        assert_eq!(declared("koi8-r", b"\xc1"), ("а".into(), None));
        assert_eq!(declared("utf-8", "é".as_bytes()), ("é".into(), None));
        assert_eq!(declared("iso-8859-1", "é".as_bytes()), ("é".into(), Some("wrong-encoding")));
        assert_eq!(declared("klingon", b"a"), ("a".into(), Some("unknown-encoding")));
        assert_eq!(declared("shift_jis", b"\x82\xa0"), ("あ".into(), None));
        assert_eq!(declared("shift_jis", b"\x82"), ("\u{fffd}".into(), Some("not-utf8")));
    }
}
