//! What the characters of scripts are to words.

/// Whether a script is written without spaces between words, or is searched as if it were: Chinese,
/// Japanese, Korean, Thai, Lao, Khmer and Burmese. Their digits and punctuation are left out.
pub(super) fn is_spaceless(letter: char) -> bool {
    matches!(
        letter,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}'
            | '\u{e81}'..='\u{ece}' | '\u{edc}'..='\u{edf}'
            | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{108f}' | '\u{109a}'..='\u{109d}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17d3}' | '\u{17d7}' | '\u{17dc}'..='\u{17dd}'
            | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}'
            | '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
            | '\u{3105}'..='\u{312f}' | '\u{3131}'..='\u{318e}' | '\u{31a0}'..='\u{31bf}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97f}' | '\u{a9e0}'..='\u{a9ef}' | '\u{aa60}'..='\u{aa7f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ffdc}'
            | '\u{1aff0}'..='\u{1b16f}'
            | '\u{20000}'..='\u{3fffd}'
    )
}

/// Whether a character parts the pieces of a word of Unicode: those of the word-break classes
/// `MidLetter`, `MidNum`, `MidNumLet`, `ExtendNumLet` and the quotes (UAX #29, table 3), and the
/// apostrophe that counts as a letter.
pub(super) fn is_sign(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '"'
            | ','
            | '.'
            | ':'
            | ';'
            | '_'
            | '·'
            | 'ʼ'
            | '\u{387}'
            | '՟'
            | '״'
            | '׳'
            | '‘'
            | '’'
            | '․'
            | '‧'
            | '\u{37e}'
            | '։'
            | '،'
            | '؍'
            | '٫'
            | '٬'
            | '߸'
            | '⁄'
            | '︐'
            | '︓'
            | '︔'
            | '﹐'
            | '﹔'
            | '﹕'
            | '﹒'
            | '＇'
            | '，'
            | '．'
            | '：'
            | '；'
            | '‿'
            | '⁀'
            | '⁔'
            | '︳'
            | '︴'
            | '﹍'
            | '﹎'
            | '﹏'
            | '＿'
            | '\u{202f}'
    )
}
