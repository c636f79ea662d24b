//! Names without what printers do to them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name in small letters without accents, its words parted by single spaces.
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::new();
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        // An apostrophe is part of a word, whichever of its shapes is printed.
        if matches!(letter, '\'' | '\u{2019}' | '\u{2bc}') {
            continue;
        }
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_does_not_change_a_name() {
        for (one, other) in [
            ("Julian Le Grand", "  JULIAN  le-grand "),
            ("Émile O’Brien", "Emile O'Brien"),
            ("ﬁrst", "First"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold("—"), "");
    }
}
