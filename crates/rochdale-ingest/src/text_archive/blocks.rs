//! Paragraphs of a text, and the gaps between them.

/// Lines without a blank one between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block<'a> {
    /// The lines, without blanks around them.
    pub(super) text: &'a str,
    /// Where they begin.
    pub(super) offset: usize,
    /// How many blank lines are above them.
    pub(super) gap: usize,
}

/// The paragraphs of a text. A line that holds nothing but blanks of any sort is blank.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut start, mut gap): (Option<usize>, usize) = (None, 0);
    let mut end = 0;
    let mut offset = 0;
    let mut close = |start: &mut Option<usize>, end: usize, gap: &mut usize| {
        if let Some(from) = start.take() {
            let part = &text[from..end];
            let inner = part.trim();
            let offset = from + (part.len() - part.trim_start().len());
            blocks.push(Block { text: inner, offset, gap: std::mem::take(gap) });
        }
    };
    for line in text.split_inclusive(['\n', '\r']) {
        let is_blank = line.trim().is_empty();
        // The second letter of a line's end in two letters is no line.
        let is_half = line == "\n" && text[..offset].ends_with('\r');
        if is_blank && !is_half {
            close(&mut start, end, &mut gap);
            gap += 1;
        } else if !is_blank {
            start = start.or(Some(offset));
        }
        offset += line.len();
        end = offset;
    }
    close(&mut start, end, &mut gap);
    blocks
}

impl<'a> Block<'a> {
    /// The block's only line.
    pub(super) fn line(&self) -> Option<&'a str> {
        (!self.text.contains(['\n', '\r'])).then_some(self.text)
    }

    /// The first line as a block, and the others.
    pub(super) fn split(&self) -> (Self, Option<Self>) {
        let Some(end) = self.text.find(['\n', '\r']) else { return (*self, None) };
        let (first, rest) = self.text.split_at(end);
        let start = end + (rest.len() - rest.trim_start().len());
        let rest = Self { text: &self.text[start..], offset: self.offset + start, gap: 0 };
        (Self { text: first.trim_end(), ..*self }, Some(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_of_any_sort_part_blocks() {
        let text = "\u{feff}a\r\n b \r\n\r\n \u{a0}\t\r\n\u{a0}c\n\nd";
        let found: Vec<_> =
            blocks(text.trim_start_matches('\u{feff}')).iter().map(|b| (b.text, b.gap)).collect();
        assert_eq!(found, [("a\r\n b", 0), ("c", 2), ("d", 1)]);
        let first = blocks("x\n\u{a0}ab\ncd")[0];
        assert_eq!(first.offset, 0);
        let (line, rest) = first.split();
        assert_eq!((line.text, rest.unwrap().text, rest.unwrap().offset), ("x", "ab\ncd", 4));
        assert_eq!(blocks(" \n\n"), []);
    }
}
