//! Texts as tokens: words, and what stands between them.
//!
//! Only the writer cuts texts. What a reader must know is in [`Kind`] alone, so that the rules of
//! cutting can be bettered without another layout.

/// The longest token that the dictionary holds.
pub(super) const LONGEST: usize = 63;

/// What the dictionary says of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// It stands between words.
    Between = 0,
    /// It is a word: between it and a word before it is one space, which is not written.
    Word = 1,
    /// It stands between words, and the word behind it begins with a capital.
    Capital = 2,
}

impl Kind {
    pub(super) const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Between),
            1 => Some(Self::Word),
            2 => Some(Self::Capital),
            _ => None,
        }
    }
}

/// How a byte begins a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Sign,
    /// Scripts without spaces, where every character is a token, and pictures.
    Alone,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Sign; 256];
    let (mut byte, mut place) = (0_u8, 0);
    while place < classes.len() {
        classes[place] = match byte {
            // The last from `À` to the Indic scripts and Latin with several marks: 0xC2 begins the
            // signs of Latin-1, 0xE2 dashes and quotation marks.
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0xc3..=0xe1 => Class::Letter,
            0xe3..=0xff => Class::Alone,
            _ => Class::Sign,
        };
        byte = byte.wrapping_add(1);
        place += 1;
    }
    classes
};

fn class(bytes: &[u8], at: usize) -> Option<Class> {
    bytes.get(at).map(|byte| CLASSES[usize::from(*byte)])
}

/// How many bytes a character has, from its first.
fn width(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// Whether a word begins there.
pub(super) fn is_word(bytes: &[u8], at: usize) -> bool {
    class(bytes, at) == Some(Class::Letter)
}

/// Where the token ends that begins at `at`, which is before the end.
pub(super) fn end(bytes: &[u8], at: usize) -> usize {
    let end = match CLASSES[usize::from(bytes[at])] {
        Class::Letter => word_end(bytes, at),
        Class::Alone => at + width(bytes[at]),
        Class::Sign => signs_end(bytes, at),
    };
    end.min(bytes.len())
}

fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(first) = bytes.get(at) {
        if CLASSES[usize::from(*first)] != Class::Letter {
            break;
        }
        at += width(*first);
    }
    at
}

/// The end of signs; the name of a JSON member belongs to the signs around it.
fn signs_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        while class(bytes, at) == Some(Class::Sign) {
            at += sign_width(bytes, at);
        }
        match name_end(bytes, at) {
            Some(end) if end - start <= LONGEST => at = end,
            _ => return at,
        }
    }
}

/// The width of a sign; an escape of JSON is one.
fn sign_width(bytes: &[u8], at: usize) -> usize {
    match (bytes[at], bytes.get(at + 1)) {
        (b'\\', Some(b'u')) => 6,
        (b'\\', _) => 2,
        (first, _) => width(first),
    }
}

/// Where the name of a member ends that begins at `at`, with its quotation mark and colon.
fn name_end(bytes: &[u8], at: usize) -> Option<usize> {
    let before = bytes.get(at.checked_sub(2)?..at)?;
    if before[1] != b'"' || before[0] == b'\\' {
        return None;
    }
    let rest = bytes.get(at..)?;
    let is_letter = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
    let length = rest.iter().take(LONGEST).take_while(|byte| is_letter(byte)).count();
    (length > 0 && rest[length..].starts_with(b"\":")).then_some(at + length + 2)
}

/// The word without its capital, where only its first letter is one.
pub(super) fn without_capital(word: &[u8]) -> Option<Box<[u8]>> {
    let second = word.get(1).is_some_and(u8::is_ascii_uppercase);
    if second || !word.first().is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let mut plain: Box<[u8]> = word.into();
    plain[0].make_ascii_lowercase();
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let (mut at, mut out) = (0, Vec::new());
        while at < text.len() {
            let end = end(text.as_bytes(), at);
            out.push(&text[at..end]);
            at = end;
        }
        out
    }

    #[test]
    fn texts_are_cut_between_words_and_signs() {
        assert_eq!(tokens("Who owns it?"), ["Who", " ", "owns", " ", "it", "?"]);
        assert_eq!(tokens("l’été à £5"), ["l", "’", "été", " ", "à", " £", "5"]);
        assert_eq!(tokens("協同組合 ok"), ["協", "同", "組", "合", " ", "ok"]);
        assert_eq!(tokens("one\\n\\n\\u001fTwo"), ["one", "\\n\\n\\u001f", "Two"]);
        assert_eq!(tokens("a\\"), ["a", "\\"]);
    }

    #[test]
    fn names_of_members_belong_to_the_signs() {
        assert_eq!(
            tokens(r#"{"id":"a","tags":["b"]}"#),
            [r#"{"id":""#, "a", r#"","tags":[""#, "b", r#""]}"#]
        );
        assert_eq!(tokens(r#"say \"name\": x"#), ["say", r#" \""#, "name", r#"\": "#, "x"]);
    }
}
