//! Letters without case, accents and the print's choice of signs.

use unicode_normalization::UnicodeNormalization;

/// A text without case, accents, typographic quotes and widths, for comparison.
///
/// The alphabet stays what it is: the vowel signs of Indic scripts and the short i of Cyrillic are
/// letters, not accents.
///
/// # Example
///
/// ```
/// use rochdale::text::fold;
///
/// assert_eq!(fold("ÉCOLE’s"), "ecole's");
/// assert_eq!(fold("Łódź, Ｓｔｒａßｅ"), "lodz, strasse");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    push_folded(text, &mut folded);
    folded
}

/// Adds a text, folded.
pub(super) fn push_folded(text: &str, out: &mut String) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        out[from..].make_ascii_lowercase();
        return;
    }
    let mut last = '\0';
    let plain = text.nfkd().filter(|letter| {
        // The short i is a letter of its own; the breve elsewhere is an accent.
        let kept = !is_accent(*letter) || (*letter == '\u{306}' && matches!(last, 'и' | 'И'));
        if kept {
            last = *letter;
        }
        kept
    });
    for letter in plain.map(case_folded).nfc() {
        match spelt(letter) {
            Some(spelling) => out.push_str(spelling),
            None => out.push(letter),
        }
    }
}

fn case_folded(letter: char) -> char {
    let folded = unicode_case_mapping::case_folded(letter);
    folded.and_then(|folded| char::from_u32(folded.get())).unwrap_or(letter)
}

/// Whether a mark is left out: accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic,
/// and signs that nobody sees. The marks of other scripts make the word.
fn is_accent(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c2}'
            | '\u{5c4}'..='\u{5c5}'
            | '\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
            // The soft hyphen, joiners, marks of direction, variation selectors.
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// How a letter that is no accented one is spelt on plain keyboards, and which sign stands for its
/// typographic kin.
fn spelt(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ð' | 'đ' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŧ' => "t",
        '’' | '‘' | '‛' | 'ʼ' | '′' => "'",
        '‐' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn print_and_accents_make_no_difference() {
        for (text, folded) in [
            ("Café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("naïve ÑANDÚ Ångström", "naive nandu angstrom"),
            ("Øresund Æbler œuvre", "oresund aebler oeuvre"),
            ("ΛΌΓΟΣ λόγος", "λογοσ λογοσ"),
            ("Новый ёж", "новый еж"),
            ("\u{fb01}nance H\u{2082}O", "finance h2o"),
            ("ｶﾞｲﾄﾞ ガイド", "ガイド ガイド"),
            ("한국 \u{1112}\u{1161}\u{11ab}", "한국 한"),
            ("மாணவர்கள்", "மாணவர்கள்"),
            ("ภาษาไทย", "ภาษาไทย"),
            ("كِتَابٌ", "كتاب"),
            ("co\u{ad}operative", "cooperative"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn every_letter_is_folded_once() {
        for letter in '\0'..=char::MAX {
            let once = fold(letter.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{letter:?} {:x}", u32::from(letter));
        }
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "(\\PC|[a-zÀ-ÿ\u{300}-\u{310}ийŻı가-긱\u{1100}-\u{1103}\u{1161}-\u{1164}\u{11a8}’-]){0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), once);
        }
    }
}
