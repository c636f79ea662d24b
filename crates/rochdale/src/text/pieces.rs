//! The pieces of a text, which are its runs of letters and digits, and the words that they make.

use unicode_segmentation::UnicodeSegmentation;

use super::fold::push_folded;
use super::scripts::{is_sign, is_spaceless};

/// A run of letters and digits.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    /// Its letters, folded.
    pub(super) written: String,
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// The sign that ties it to the piece before it in the same word.
    pub(super) sign: char,
}

/// What takes the words of a text, in their order.
pub(super) trait Words {
    /// Takes a word of one piece.
    fn plain(&mut self, written: &str, start: usize, end: usize);

    /// Takes a word of two to [`PIECES`] pieces.
    fn word(&mut self, pieces: &[Piece]);

    /// Takes a character of a script without spaces; `follows` another one directly, or not.
    fn character(&mut self, character: &Piece, follows: bool);
}

/// A word of more pieces is read as so many words.
pub(super) const PIECES: usize = 3;

/// Ties are looked at among so many pieces, which bounds what hostile chains cost.
const CHAIN: usize = 64;

/// Whether a syllable is no word by itself: `co operative` is read as `co-operative`.
fn is_prefix(written: &str) -> bool {
    matches!(
        written,
        "anti"
            | "co"
            | "inter"
            | "intra"
            | "macro"
            | "micro"
            | "multi"
            | "neo"
            | "non"
            | "pre"
            | "pseudo"
            | "quasi"
            | "semi"
            | "sub"
            | "trans"
            | "ultra"
    )
}

/// Reads a text.
pub(super) fn read(text: &str, words: &mut impl Words) {
    let mut reader = Reader { text, words, pieces: Vec::new(), count: 0, character: None };
    reader.read();
    reader.flush();
}

struct Reader<'t, W> {
    text: &'t str,
    words: &'t mut W,
    /// The pieces of the word at hand, and after them old ones whose memory serves again.
    pieces: Vec<Piece>,
    count: usize,
    /// Where the last character of a script without spaces ended.
    character: Option<usize>,
}

/// How a piece stands to the one before it.
enum Tie {
    Apart,
    Same,
    Sign(char),
}

impl<W: Words> Reader<'_, W> {
    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                at = self.ascii_word(at);
            } else if byte.is_ascii() {
                at += 1;
            } else if is_print(&bytes[at..]) {
                at += 3;
            } else {
                at = self.beyond_ascii(at);
            }
        }
    }

    /// Reads a run of letters and digits of ASCII, and on where it goes beyond; gives where it ends.
    fn ascii_word(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut end, mut capitals) = (start, false);
        while let Some(byte) = bytes.get(end).filter(|byte| byte.is_ascii_alphanumeric()) {
            capitals |= byte.is_ascii_uppercase();
            end += 1;
        }
        if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) && !is_print(&bytes[end..]) {
            return self.beyond_ascii(start);
        }
        let is_tied = |piece: &Piece| start <= piece.end + 3;
        let tied = self.count.checked_sub(1).is_some_and(|last| is_tied(&self.pieces[last]));
        // Nearly every word stands alone in small letters, and is handed on as it stands.
        if tied || capitals || self.may_be_tied(start, end) {
            self.piece(start, end);
        } else {
            self.flush();
            self.words.plain(&self.text[start..end], start, end);
        }
        end
    }

    /// Whether what follows a piece can be tied to it.
    fn may_be_tied(&self, start: usize, end: usize) -> bool {
        match self.text.as_bytes()[end..] {
            [] => false,
            [b' ' | b'\n', ..] => is_prefix(&self.text[start..end]),
            [b'-' | b'\'' | b'.' | b',' | b':' | b'_', next, ..] => {
                next.is_ascii_alphanumeric() || !next.is_ascii()
            }
            [byte, ..] => !byte.is_ascii(),
        }
    }

    /// Reads on to the next space by the word boundaries of Unicode; gives where it is.
    fn beyond_ascii(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let length = rest.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(rest.len());
        for (offset, word) in rest[..length].unicode_word_indices() {
            self.unicode_word(start + offset, word);
        }
        start + length
    }

    /// Reads a word of Unicode, which has letters, signs between them, and characters of scripts
    /// without spaces.
    fn unicode_word(&mut self, start: usize, word: &str) {
        let (mut from, mut at) = (0, 0);
        while let Some(letter) = word[at..].chars().next() {
            let mut next = at + letter.len_utf8();
            if is_spaceless(letter) {
                next = at + word[at..].graphemes(true).next().map_or(1, str::len);
                self.piece(start + from, start + at);
                self.spaceless(start + at, start + next);
                from = next;
            } else if is_sign(letter) {
                self.piece(start + from, start + at);
                from = next;
            }
            at = next;
        }
        self.piece(start + from, start + at);
    }

    fn spaceless(&mut self, start: usize, end: usize) {
        self.flush();
        let follows = self.character == Some(start);
        self.push(start, end, '\0');
        if std::mem::take(&mut self.count) == 1 {
            self.words.character(&self.pieces[0], follows);
            self.character = Some(end);
        }
    }

    fn piece(&mut self, start: usize, end: usize) {
        if start == end {
            return;
        }
        match self.tie(start) {
            Tie::Apart => {
                self.flush();
                self.push(start, end, '\0');
            }
            Tie::Same => self.append(start, end),
            Tie::Sign('\'') if self.is_ending(start, end) => {}
            Tie::Sign(sign) => {
                if self.count == CHAIN {
                    self.flush();
                }
                self.push(start, end, sign);
            }
        }
    }

    fn push(&mut self, start: usize, end: usize, sign: char) {
        if self.count == self.pieces.len() {
            self.pieces.push(Piece::default());
        }
        let piece = &mut self.pieces[self.count];
        piece.written.clear();
        push_folded(&self.text[start..end], &mut piece.written);
        (piece.start, piece.end, piece.sign) = (start, end, sign);
        // What has nothing but marks is no word.
        self.count += usize::from(!piece.written.is_empty());
    }

    fn append(&mut self, start: usize, end: usize) {
        let piece = &mut self.pieces[self.count - 1];
        push_folded(&self.text[start..end], &mut piece.written);
        piece.end = end;
    }

    /// How what begins at `start` is tied to the last piece.
    fn tie(&self, start: usize) -> Tie {
        let Some(last) = self.count.checked_sub(1).map(|last| &self.pieces[last]) else {
            return Tie::Apart;
        };
        let gap = &self.text[last.end..start];
        match gap.len() {
            0 => Tie::Same,
            // A sign has three bytes at most.
            4.. => Tie::Apart,
            1 if matches!(gap, " " | "\n") => {
                let is_digit = self.text.as_bytes()[start].is_ascii_digit();
                let tied = self.count == 1 && is_prefix(&last.written) && !is_digit;
                if tied { Tie::Sign(' ') } else { Tie::Apart }
            }
            _ => self.tie_by_sign(&last.written, gap, start),
        }
    }

    fn tie_by_sign(&self, last: &str, gap: &str, start: usize) -> Tie {
        let mut signs = gap.chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else { return Tie::Apart };
        let digit = |letter: char| letter.is_ascii_digit();
        let digits = (last.ends_with(digit), self.text[start..].starts_with(digit));
        match sign {
            '-' | '‐' | '‑' => Tie::Sign('-'),
            '\'' | '’' | '‘' | 'ʼ' | '＇' => Tie::Sign('\''),
            '.' | '．' if digits.0 == digits.1 => Tie::Sign('.'),
            ',' if digits == (true, true) => Tie::Sign(','),
            ':' | '：' if digits == (false, false) => Tie::Sign(':'),
            '_' | '＿' | '·' | '‧' | '״' | '׳' => Tie::Sign(sign),
            _ => Tie::Apart,
        }
    }

    /// Takes the ending of a possessive or of a verb that is drawn together into the last piece:
    /// `people's` is `people`, `don't` is `dont`.
    fn is_ending(&mut self, start: usize, end: usize) -> bool {
        let ending = &self.text[start..end];
        let is = |other: &&str| ending.eq_ignore_ascii_case(other);
        let piece = &mut self.pieces[self.count - 1];
        if is(&"t") && piece.written.ends_with('n') {
            piece.written.push('t');
        } else if !["s", "ll", "re", "ve", "d", "m"].iter().any(is) {
            return false;
        }
        piece.end = end;
        true
    }

    /// Hands the word at hand on.
    fn flush(&mut self) {
        match std::mem::take(&mut self.count) {
            0 => {}
            1 => {
                let Piece { written, start, end, .. } = &self.pieces[0];
                self.words.plain(written, *start, *end);
            }
            count => {
                let pieces = settle(&self.pieces[..count]);
                for word in pieces.chunk_by(|_, next| next.sign != ',') {
                    self.hand_on(word);
                }
            }
        }
    }

    fn hand_on(&mut self, mut word: &[Piece]) {
        let long = word.len() > PIECES;
        while let [first, rest @ ..] = word {
            let count = match rest {
                _ if !long => word.len(),
                [_, ..] if is_prefix(&first.written) => 2,
                _ => 1,
            };
            match &word[..count] {
                [piece] => self.words.plain(&piece.written, piece.start, piece.end),
                pieces => self.words.word(pieces),
            }
            word = &word[count..];
        }
    }
}

/// Whether a sign of English print begins here: dashes, quotes, dots (U+2010 to U+2027).
fn is_print(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, 0x90..=0xa7, ..])
}

/// Pieces with numbers and abbreviations in one: `1,000.5` is `1000.5`, `U.K.` is `uk`.
fn settle(pieces: &[Piece]) -> Vec<Piece> {
    let is_initial =
        |piece: &Piece| piece.written.chars().count() == 1 && !is_digits(&piece.written);
    let dotted = pieces[1..].iter().all(|piece| piece.sign == '.');
    if dotted && pieces.iter().all(is_initial) {
        let mut whole = pieces[0].clone();
        for piece in &pieces[1..] {
            join(&mut whole, piece, None);
        }
        return vec![whole];
    }
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let mut piece = pieces[at].clone();
        let thousands = thousands(&pieces[at..]);
        for part in &pieces[at + 1..=at + thousands] {
            join(&mut piece, part, None);
        }
        at += thousands;
        if is_decimal(pieces, at) {
            at += 1;
            join(&mut piece, &pieces[at], Some('.'));
        }
        out.push(piece);
        at += 1;
    }
    out
}

/// How many groups of three digits follow the first piece, by commas.
fn thousands(pieces: &[Piece]) -> usize {
    let [first, rest @ ..] = pieces else { return 0 };
    if first.sign == ',' || first.written.len() > 3 || !is_digits(&first.written) {
        return 0;
    }
    let tied = rest.iter().take_while(|piece| piece.sign == ',').count();
    let grouped = |piece: &Piece| piece.written.len() == 3 && is_digits(&piece.written);
    if rest[..tied].iter().all(grouped) { tied } else { 0 }
}

/// Whether the one dot after the piece at `at` is that of a decimal fraction; `5.4.2011` has none.
fn is_decimal(pieces: &[Piece], at: usize) -> bool {
    let dotted = |at: usize| {
        let digit = |letter: char| letter.is_ascii_digit();
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let tied = pieces.get(at).filter(|piece| piece.sign == '.');
        tied.zip(before).is_some_and(|(piece, before)| {
            piece.written.starts_with(digit) && before.written.ends_with(digit)
        })
    };
    dotted(at + 1) && !dotted(at) && !dotted(at + 2)
}

fn is_digits(written: &str) -> bool {
    written.bytes().all(|byte| byte.is_ascii_digit())
}

fn join(piece: &mut Piece, other: &Piece, sign: Option<char>) {
    piece.written.extend(sign);
    piece.written.push_str(&other.written);
    piece.end = other.end;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words as they are handed on.
    #[derive(Debug, Default, PartialEq)]
    struct List(Vec<(String, usize, usize, bool)>);

    impl Words for List {
        fn plain(&mut self, written: &str, start: usize, end: usize) {
            self.0.push((written.to_owned(), start, end, false));
        }

        fn word(&mut self, pieces: &[Piece]) {
            assert!((2..=PIECES).contains(&pieces.len()));
            for (number, piece) in pieces.iter().enumerate() {
                self.0.push((piece.written.clone(), piece.start, piece.end, number > 0));
            }
        }

        fn character(&mut self, character: &Piece, follows: bool) {
            self.0.push((character.written.clone(), character.start, character.end, follows));
        }
    }

    /// The words by the boundaries of Unicode alone.
    fn read_by_boundaries(text: &str) -> List {
        let mut list = List::default();
        let (pieces, count, character) = (Vec::new(), 0, None);
        let mut reader = Reader { text, words: &mut list, pieces, count, character };
        let mut at = 0;
        while at < text.len() {
            at = if text.as_bytes()[at].is_ascii_whitespace() {
                at + 1
            } else {
                reader.beyond_ascii(at)
            };
        }
        reader.flush();
        list
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_short_way_through_ascii_ends_at_the_same_words(
            text in "([a-cs]{1,3}|[0-9]{1,3}|co|non|[-'.,:;_ /@&\"\n]){0,24}",
        ) {
            let mut list = List::default();
            read(&text, &mut list);
            prop_assert_eq!(list, read_by_boundaries(&text));
        }

        #[test]
        fn signs_of_print_end_at_the_same_words(
            text in "([a-c]{1,3}|[0-9]{1,2}|é|[-'’‘“”–…‐‑ ]){0,24}",
        ) {
            let mut list = List::default();
            read(&text, &mut list);
            prop_assert_eq!(list, read_by_boundaries(&text));
        }
    }

    #[test]
    fn hostile_chains_are_read_in_pieces() {
        for text in ["a-".repeat(100_000), "1,".repeat(100_000), "a".repeat(1_000_000)] {
            let mut list = List::default();
            read(&text, &mut list);
            assert!(!list.0.is_empty());
        }
        let marks = format!("ก{}", "\u{e48}".repeat(200_000));
        let mut list = List::default();
        read(&marks, &mut list);
        assert_eq!(list.0.len(), 1);
    }
}
