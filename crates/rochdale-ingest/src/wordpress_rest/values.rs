//! Values of JSON one after the other in one file.

use std::ops::Range;

/// Where each value of the file stands. What is no value is given as well, for its reader to refuse.
pub(super) fn values(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut start, mut depth) = (Vec::new(), None, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for (offset, byte) in text.bytes().enumerate() {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            // Between pages a comma or the mark of a file joined to another says nothing.
            b',' if start.is_none() && !found.is_empty() => continue,
            b'"' => in_string = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let from = *start.get_or_insert(offset);
        if depth == 0 && matches!(byte, b']' | b'}') {
            found.push(from..offset + 1);
            start = None;
        }
    }
    found.extend(start.map(|from| from..text.len()));
    found
}

/// How many values there are in a text, at most.
pub(super) fn count(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_apart() {
        let parts = |text| values(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(parts("[1]\n[{\"a\": \"]\\\"}\"}] ,{}"), ["[1]", "[{\"a\": \"]\\\"}\"}]", "{}"]);
        assert_eq!(parts("[1"), ["[1"]);
        assert_eq!(parts("no [1]"), ["no [1]"]);
        assert_eq!(parts("]]"), ["]", "]"]);
        assert!(parts(" \n").is_empty());
    }
}
