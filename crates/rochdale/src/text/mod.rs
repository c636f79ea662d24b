//! Text analysis: the words of a text, folded and stemmed, the same for searching and highlighting.

mod language;
mod visible;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

pub use language::Language;
pub use visible::visible;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as written, folded.
    pub written: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// The words of a text, by the word boundaries of Unicode (UAX #29).
///
/// # Example
///
/// ```
/// use rochdale::text::words;
///
/// let words: Vec<_> = words("Café 1.5 – the people’s").map(|word| word.written).collect();
/// assert_eq!(words, ["cafe", "1.5", "the", "people's"]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    text.unicode_word_indices().map(|(start, word)| Word {
        written: fold(word),
        start,
        end: start + word.len(),
    })
}

/// A text without case, accents and typographic quotes, for comparison.
///
/// # Example
///
/// ```
/// assert_eq!(rochdale::text::fold("ÉCOLE’s"), "ecole's");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = text.nfd().filter(|letter| !is_combining_mark(*letter));
    let straight =
        plain.map(|letter| if matches!(letter, '’' | '‘' | 'ʼ') { '\'' } else { letter });
    straight.flat_map(char::to_lowercase).nfc().collect()
}

/// Visits the words of a text, each with its position.
pub(crate) fn each_word(text: &str, visit: &mut dyn FnMut(&str, u32)) {
    for (position, word) in (0..).zip(words(text)) {
        visit(&word.written, position);
    }
}
