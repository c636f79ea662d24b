//! Bytes to text: UTF-8, UTF-16 with its mark, and windows-1252 as the last resort.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use rochdale::issue::{Code, Issue};

use crate::codes::{BINARY_FILE, NOT_UTF8, UTF_16};
use crate::place::Places;

/// The text of a file, and what was noteworthy about its bytes.
///
/// Errors: the issue that says why the bytes are no text.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<(String, Option<Issue>), Box<Issue>> {
    match Encoding::for_bom(&bytes) {
        Some((encoding, length)) if encoding != UTF_8 => utf_16(encoding, &bytes[length..]),
        Some((_, length)) => utf_8(bytes, length),
        None => utf_8(bytes, 0),
    }
}

fn utf_16(
    encoding: &'static Encoding,
    bytes: &[u8],
) -> Result<(String, Option<Issue>), Box<Issue>> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged || text.contains('\0') {
        let message = format!("expected {} after its mark, got other bytes", encoding.name());
        return Err(Issue::new(&BINARY_FILE, message).into());
    }
    Ok((text.into_owned(), Some(advice(&UTF_16, format!("read as {}", encoding.name())))))
}

fn utf_8(bytes: Vec<u8>, bom: usize) -> Result<(String, Option<Issue>), Box<Issue>> {
    // Looking for whether there is one is much quicker than for where it is.
    if bytes.contains(&0) {
        let offset = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
        let message = format!("expected text, got a zero at byte {offset}");
        return Err(Issue::new(&BINARY_FILE, message).into());
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..bom);
            Ok((text, None))
        }
        Err(error) => windows_1252(&error.as_bytes()[bom..]),
    }
}

fn windows_1252(bytes: &[u8]) -> Result<(String, Option<Issue>), Box<Issue>> {
    let control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c');
    if let Some(offset) = bytes.iter().position(|byte| control(*byte)) {
        let message = format!("expected text, got a control character at byte {offset}");
        return Err(Issue::new(&BINARY_FILE, message).into());
    }
    let start = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let valid = String::from_utf8_lossy(&bytes[..start]);
    let place = Places::new(&valid).at(start);
    let byte = bytes.get(start).copied().unwrap_or_default();
    let message = format!("expected UTF-8, got the byte `{byte:02x}`; read as windows-1252");
    let issue = advice(&NOT_UTF8, message).with_position(place.line, place.column);
    Ok((text.into_owned(), Some(issue)))
}

fn advice(code: &'static Code, message: String) -> Issue {
    Issue::new(code, message).with_help("save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_read() {
        let little = b"\xff\xfea\0\xe9\0".to_vec();
        let big = b"\xfe\xff\0a\0\xe9".to_vec();
        for bytes in [b"a\xc3\xa9".to_vec(), b"\xef\xbb\xbfa\xc3\xa9".to_vec(), little, big] {
            assert_eq!(decode(bytes).unwrap().0, "aé");
        }
        let (text, issue) = decode(b"a\nb\x93\xe9".to_vec()).unwrap();
        assert_eq!(text, "a\nb“é");
        let issue = issue.unwrap();
        assert_eq!((issue.code.name, issue.line, issue.column), ("not-utf8", Some(2), Some(2)));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"PNG\0\x1a"[..], b"\xff\xfea", b"\x89\x01\xff"] {
            assert_eq!(decode(bytes.to_vec()).unwrap_err().code.name, "binary-file");
        }
    }
}
