//! The characters of XML.

/// Whether a character may stand in XML 1.0 (<https://www.w3.org/TR/xml/#charsets>).
pub(crate) fn is_allowed(letter: char) -> bool {
    !matches!(letter, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

/// Whether it is plain that a text has only such characters, by its bytes, of which many are looked
/// at together.
pub(crate) fn are_allowed(text: &str) -> bool {
    let is_doubtful = |byte: u8| {
        // The last begins the two that XML leaves out, among others.
        (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xef
    };
    let mut pieces = text.as_bytes().chunks(64);
    pieces.all(|piece| !piece.iter().fold(false, |doubt, byte| doubt | is_doubtful(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plainly_allowed_is_allowed() {
        for letter in (0..=0x1_ffff).filter_map(char::from_u32) {
            let text = format!("{}{letter}", "a".repeat(64));
            assert!(is_allowed(letter) || !are_allowed(&text), "{letter:?}");
        }
        assert!(are_allowed("\ta é\r\n"));
    }
}
