//! Bylines: the names in “By Jane Doe and John Roe”.

use super::dom::squeezed;

/// Letters of a byline, at most.
const LENGTH: usize = 120;

/// Words that a name may have in small letters.
const PARTICLES: [&str; 22] = [
    "al", "ap", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "la", "le", "ten", "van", "von", "y", "zu",
];

/// Words before the names.
const OPENINGS: [&str; 8] =
    ["posted by ", "written by ", "published by ", "words by ", "text by ", "by: ", "by ", "von "];

/// Words after the names of those who wrote.
const EDITED: [&str; 3] = [" Edited by ", " edited by ", " Photographs by "];

/// The names in a line that is a byline and nothing else.
pub(crate) fn names(line: &str) -> Option<Vec<String>> {
    let line = squeezed(line);
    let rest = after_opening(&line).filter(|_| line.chars().count() <= LENGTH)?;
    let rest = until_date(rest);
    let mut names = Vec::new();
    for part in parts(rest) {
        if is_name(part) {
            names.push(part.to_owned());
        } else if names.is_empty() {
            return None;
        }
    }
    (!names.is_empty() && !rest.ends_with([':', '?', '!'])).then_some(names)
}

/// The names in what a page gives as its byline, with or without “By”; the whole where it has none.
pub(crate) fn names_in(text: &str) -> Vec<String> {
    let text = squeezed(text);
    let text =
        text.trim_matches(|letter: char| matches!(letter, '|' | '•' | '·' | '–' | '—' | ' '));
    let (text, _) = text.split_once(" (http").unwrap_or((text, ""));
    let opened = after_opening(text);
    let opened = opened.map(|rest| {
        EDITED
            .iter()
            .fold(rest, |rest, sign| rest.split_once(sign).map_or(rest, |(before, _)| before))
    });
    let rest = until_date(opened.unwrap_or(text));
    let rest = rest.split([' ', '|', '•', '·']).collect::<Vec<_>>().join(" ");
    let parts = parts(&rest);
    let split = opened.is_some() || parts.len() > 1 && parts.iter().all(|part| words(part) > 1);
    if split && parts.iter().all(|part| is_name(part)) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    let rest = rest.trim();
    if rest.is_empty() { Vec::new() } else { vec![rest.to_owned()] }
}

fn after_opening(line: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|opening| {
        let start = line.get(..opening.len())?;
        start.eq_ignore_ascii_case(opening).then(|| line[opening.len()..].trim())
    })
}

/// A byline without the date after it.
fn until_date(text: &str) -> &str {
    let month = |word: &str| {
        let word: String = word.chars().filter(|letter| letter.is_alphabetic()).collect();
        MONTHS.iter().any(|month| {
            word.len() >= 3
                && month.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(&word))
        })
    };
    let day = |word: &str| {
        let word = word.trim_end_matches([',', '.']);
        DAYS.iter().any(|day| day.eq_ignore_ascii_case(word))
    };
    let mut end = text.len();
    let mut before: Option<(usize, &str)> = None;
    for (start, word) in words_at(text) {
        let digits = word.starts_with(|letter: char| letter.is_ascii_digit());
        if digits {
            end = match before {
                Some((at, word)) if month(word) || word.eq_ignore_ascii_case("on") => at,
                _ => start,
            };
            break;
        }
        if day(word) && before.is_some() {
            end = start;
            break;
        }
        before = Some((start, word));
    }
    let text = text[..end].trim_end_matches(|letter: char| " ,-–—|•·/".contains(letter));
    text.strip_suffix(" on").unwrap_or(text)
}

const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The words of a text with single blanks, each with where it begins.
fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    text.split(' ').map(move |word| {
        let start = next;
        next += word.len() + 1;
        (start, word)
    })
}

/// What commas, “and” and “&” set apart.
fn parts(text: &str) -> Vec<&str> {
    let commas = text.split([',', ';']);
    let and = commas.flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
    let trimmed = and.map(|part| part.trim().trim_start_matches("and ").trim_end_matches('.'));
    trimmed.filter(|part| !part.is_empty()).collect()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether words look like the name of somebody: a few of them, each with a capital.
fn is_name(text: &str) -> bool {
    let count = words(text);
    let named = |word: &str| {
        let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
        let first = letters.next();
        let capital = first.is_some_and(|letter| !letter.is_lowercase());
        let second = letters.next().is_some_and(char::is_uppercase);
        capital || (second && word.contains(['\'', '’'])) || word.starts_with("d'")
    };
    (1..=5).contains(&count)
        && !text.chars().any(|letter| letter.is_ascii_digit() || "!?:/@()[]".contains(letter))
        && text.split_whitespace().all(|word| named(word) || PARTICLES.contains(&word))
        && text.split_whitespace().any(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_told_from_sentences() {
        for (line, wanted) in [
            ("By Jane Doe", &["Jane Doe"][..]),
            ("by Jane Doe and John Roe", &["Jane Doe", "John Roe"]),
            (
                "By Ann de la Tour, B. C. Low & Zoë O'Hara",
                &["Ann de la Tour", "B. C. Low", "Zoë O'Hara"],
            ),
            ("By Jane Doe, who chairs the board", &["Jane Doe"]),
            ("Posted by Jane Doe on 12 May 2011", &["Jane Doe"]),
            ("By Jane Doe, May 12, 2011", &["Jane Doe"]),
            ("By Reuters", &["Reuters"]),
            ("By the end of May it was over.", &[]),
            ("By law, staff may ask", &[]),
            ("By 2012", &[]),
            ("Bystanders", &[]),
            ("Jane Doe", &[]),
        ] {
            assert_eq!(names(line).unwrap_or_default(), wanted, "{line}");
        }
    }

    #[test]
    fn what_a_page_calls_its_byline_is_believed() {
        for (text, wanted) in [
            ("Jane Doe", &["Jane Doe"][..]),
            (" By  Jane Doe ", &["Jane Doe"]),
            ("Jane Doe, John Roe", &["Jane Doe", "John Roe"]),
            ("Doe, Jane", &["Doe, Jane"]),
            ("the editors", &["the editors"]),
            ("by the editors", &["the editors"]),
            ("By Jane Doe\n   March 25, 2015", &["Jane Doe"]),
            ("Jane Doe Monday, 3 May", &["Jane Doe"]),
            ("Written by Jane Doe Edited by John Roe", &["Jane Doe"]),
            ("Jane Doe (https://example.org/jane)", &["Jane Doe"]),
            ("", &[]),
        ] {
            assert_eq!(names_in(text), wanted, "{text}");
        }
    }
}
