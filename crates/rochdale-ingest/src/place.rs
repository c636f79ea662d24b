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
        let mut marks = vec![(0, Place::TOP)];
        let mut place = Place::TOP;
        let mut due = STRIDE;
        for (offset, letter) in text.char_indices() {
            if offset >= due {
                marks.push((offset, place));
                due = offset + STRIDE;
            }
            place.pass(letter, &text.as_bytes()[offset..]);
        }
        Self { text, marks }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The place of a byte offset; that of the end for one beyond it.
    pub(crate) fn at(&self, offset: usize) -> Place {
        let next = self.marks.partition_point(|(mark, _)| *mark <= offset);
        let (mark, mut place) = self.marks[next - 1];
        let rest = &self.text[mark..];
        for (from, letter) in rest.char_indices().take_while(|(from, _)| mark + from < offset) {
            place.pass(letter, &rest.as_bytes()[from..]);
        }
        place
    }

    /// The places of byte offsets that ascend, each found from the one before.
    pub(crate) fn ascending(&self, offsets: &[usize]) -> Vec<Place> {
        let mut done = offsets.first().copied().unwrap_or(0);
        let mut place = self.at(done);
        let step = |offset: &usize| {
            let rest = &self.text[done..];
            for (from, letter) in rest.char_indices().take_while(|(from, _)| done + from < *offset)
            {
                place.pass(letter, &rest.as_bytes()[from..]);
            }
            done = done.max(*offset);
            place
        };
        offsets.iter().map(step).collect()
    }
}

impl Place {
    /// The place at the end of a text that begins here.
    pub(crate) fn after(mut self, text: &str) -> Self {
        for (from, letter) in text.char_indices() {
            self.pass(letter, &text.as_bytes()[from..]);
        }
        self
    }

    /// Moves over a letter, which begins `rest`.
    fn pass(&mut self, letter: char, rest: &[u8]) {
        if letter == '\n' || (letter == '\r' && rest.get(1) != Some(&b'\n')) {
            self.line = self.line.saturating_add(1);
            self.column = 1;
        } else {
            self.column = self.column.saturating_add(1);
        }
    }
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
