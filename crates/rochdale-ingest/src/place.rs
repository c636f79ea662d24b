//! Lines and columns of byte offsets.

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Place {
    /// The top of a file.
    pub(crate) const TOP: Self = Self { line: 1, column: 1 };
}

/// A text that knows the place of each offset in it.
///
/// Every so many bytes the place is noted, so that finding one costs the same in a file of one
/// endless line as in any other.
pub(crate) struct Places<'a> {
    text: &'a str,
    marks: Vec<(usize, Place)>,
}

const STRIDE: usize = 512;

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        marks.push((0, Place::TOP));
        let (mut done, mut place) = (0, Place::TOP);
        while text.len() - done > STRIDE {
            let next = boundary(text, done + STRIDE);
            place = place.moved(text.as_bytes(), done, next);
            marks.push((next, place));
            done = next;
        }
        Self { text, marks }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The place of a byte offset; that of the end for one beyond it.
    pub(crate) fn at(&self, offset: usize) -> Place {
        let next = self.marks.partition_point(|(mark, _)| *mark <= offset);
        let (mark, place) = self.marks[next - 1];
        // An offset inside a character is after it.
        place.moved(self.text.as_bytes(), mark, boundary(self.text, offset))
    }

    /// The places of byte offsets that ascend, each found from the one before.
    pub(crate) fn ascending(&self, offsets: &[usize]) -> Vec<Place> {
        let mut done = boundary(self.text, offsets.first().copied().unwrap_or(0));
        let mut place = self.at(done);
        let step = |offset: &usize| {
            let next = boundary(self.text, *offset).max(done);
            place = place.moved(self.text.as_bytes(), done, next);
            done = next;
            place
        };
        offsets.iter().map(step).collect()
    }
}

impl Place {
    /// The place at the end of a text that begins here.
    pub(crate) fn after(self, text: &str) -> Self {
        self.moved(text.as_bytes(), 0, text.len())
    }

    /// The place after bytes without a carriage return, which need not end with a character.
    pub(crate) fn after_bytes(self, bytes: &[u8]) -> Self {
        self.moved(bytes, 0, bytes.len())
    }

    /// The place at one offset of a text, where this is that at another before it.
    fn moved(self, bytes: &[u8], from: usize, to: usize) -> Self {
        let ends = |at: usize| match bytes[at] {
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            byte => byte == b'\n',
        };
        let count = |byte: u8| count(&bytes[from..to], |other| other == byte);
        // Counting is quick where it is worth to begin and nothing depends on the byte after.
        let (lines, start) = if to - from > SHORT && count(b'\r') == 0 {
            let start = bytes[from..to].iter().rposition(|byte| *byte == b'\n');
            (count(b'\n'), start.map_or(from, |at| from + at + 1))
        } else {
            let last = |(lines, _): (usize, usize), at: usize| (lines + 1, at + 1);
            (from..to).filter(|at| ends(*at)).fold((0, from), last)
        };
        let letters = self::count(&bytes[start..to], |byte| byte & 0xc0 != 0x80);
        let add = |to: u32, more: usize| to.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        let column = if lines == 0 { self.column } else { 1 };
        Self { line: add(self.line, lines), column: add(column, letters) }
    }
}

/// Bytes that are sooner looked at one by one.
const SHORT: usize = 64;

/// How many bytes are such; in pieces whose count fits a byte, so that many are counted together.
pub(crate) fn count(bytes: &[u8], such: impl Fn(u8) -> bool) -> usize {
    let piece = |piece: &[u8]| piece.iter().map(|byte| u8::from(such(*byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(piece(bytes))).sum()
}

/// The offset, or the next one where a character begins; the end for one beyond it.
fn boundary(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_in_three_ways() {
        let places = Places::new("é\r\nab\rc\nd");
        let at = |offset| (places.at(offset).line, places.at(offset).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 2));
        assert_eq!(at(4), (2, 1));
        assert_eq!(at(7), (3, 1));
        assert_eq!(at(9), (4, 1));
        assert_eq!(at(99), (4, 2));
    }

    #[test]
    fn marks_agree_with_counting() {
        let text = "añ\n".repeat(5000) + &"é".repeat(5000);
        let places = Places::new(&text);
        for (offset, _) in text.char_indices().step_by(97) {
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let place = places.at(offset);
            assert_eq!((place.line as usize, place.column as usize), (line, column));
        }
        let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(89).collect();
        let one_by_one: Vec<_> = offsets.iter().map(|offset| places.at(*offset)).collect();
        assert_eq!(places.ascending(&offsets), one_by_one);
    }
}
