//! Phrases, their ways and their windows.

use proptest::prelude::*;

use super::*;

/// The positions of each asked word in a text.
fn rows(text: &[usize]) -> Vec<Vec<u32>> {
    let at = |word: usize| (0..).zip(text).filter(move |(_, other)| **other == word);
    (0..4).map(|word| at(word).map(|(position, _)| position).collect()).collect()
}

/// The windows by trying each.
fn tried(text: &[usize], asked: &[usize], width: usize) -> Vec<u32> {
    let fits = |start: usize| {
        let window = &text[start..text.len().min(start + width)];
        let times = |list: &[usize], word| list.iter().filter(|other| **other == word).count();
        asked.contains(&text[start])
            && asked.iter().all(|word| times(window, *word) >= times(asked, *word))
    };
    (0..).zip(0..text.len()).filter(|(_, start)| fits(*start)).map(|(at, _)| at).collect()
}

fn phrase(op: Operator, value: &str) -> Phrase {
    let test = Test::new(None, op, vec![value.to_owned().into()]);
    Phrase::new(&test, value, &[Language::ENGLISH].into())
}

fn finds(value: &str, text: &str) -> bool {
    phrase(Operator::Is, value).is_in(text, Language::ENGLISH)
}

#[test]
fn what_belongs_together_is_found_however_it_is_parted() {
    for forms in [
        ["cooperative", "co-operative", "co operative", "Co‑operatives"],
        ["nonprofit", "non-profit", "non profit", "NON-PROFIT"],
        ["dont", "don't", "don’t", "DON'T"],
        ["O'Brien", "OBrien", "o’brien", "O-Brien"],
        ["people's", "people", "people’s", "PEOPLES"],
        ["UK", "U.K.", "U.K", "uk"],
        ["1,000", "1000", "1,000", "1000"],
        ["Straße", "strasse", "STRASSE", "straße"],
    ] {
        for (asked, text) in forms.iter().flat_map(|one| forms.map(|other| (*one, other))) {
            assert!(finds(asked, text), "{asked} in {text}");
            let (asked, text) = (format!("the {asked} bank"), format!("at the {text} bank."));
            assert!(finds(&asked, &text), "{asked} in {text}");
        }
    }
    for (asked, text) in [
        ("spin out", "spin-out"),
        ("spin-out", "spin out"),
        ("spin-out", "spinout"),
        ("spin out", "spinouts"),
        ("spinout", "spin-out"),
        ("not for profit", "not-for-profit"),
        ("for-profit", "not-for-profit"),
        ("state of the art", "state-of-the-art"),
        ("example.org", "https://www.example.org/a"),
        ("2011", "2011-04-05"),
        ("économie", "l’économie"),
        ("京都", "東京都"),
        ("東", "東京"),
        ("ห้อง", "เปิดห้องสมุด"),
    ] {
        assert!(finds(asked, text), "{asked} in {text}");
    }
    for (asked, text) in [
        ("京東", "東京"),
        ("510", "5 10"),
        ("5 10", "510"),
        ("the bank", "the co-operative bank"),
        ("therapist", "the rapist"),
    ] {
        assert!(!finds(asked, text), "{asked} in {text}");
    }
}

#[test]
fn slips_are_counted_in_letters() {
    let test = Test { slack: 1, ..Test::new(None, Operator::Typo, vec![]) };
    let typo = |value: &str| Phrase::new(&test, value, &[Language::ENGLISH].into());
    assert!(typo("библиотекаа").is_in("библиотека", Language::ENGLISH));
    assert!(typo("co-opertive").is_in("a cooperative", Language::ENGLISH));
    assert!(!typo("банк").is_in("библиотека", Language::ENGLISH));
}

proptest! {
    #[test]
    fn every_text_has_itself(
        text in "([a-z]{1,4}|[0-9]{1,3}|co|non|[-'’.,:_ ]|[東京のカ]|[한국]|[กา่]|\\PC){0,24}",
    ) {
        for op in [Operator::Is, Operator::Prefix, Operator::Near] {
            let phrase = phrase(op, &text);
            let is_empty = Wording::new(&text).steps.is_empty();
            prop_assert!(is_empty || phrase.is_in(&text, Language::ENGLISH), "{:?}", op);
        }
    }

    #[test]
    fn words_meet_their_hyphened_forms(one in "[a-z]{3,7}", other in "[a-z]{3,7}") {
        let forms = [format!("{one}{other}"), format!("{one}-{other}"), format!("{one} {other}")];
        for (number, asked) in forms.iter().enumerate() {
            // One word does not find two that only stand side by side.
            for text in &forms[..if number == 0 { 2 } else { 3 }] {
                let text = format!("the {text} bank");
                prop_assert!(finds(asked, &text), "{} in {}", asked, text);
                prop_assert!(finds(&format!("the {asked} bank"), &text), "{} in {}", asked, text);
            }
        }
    }

    #[test]
    fn windows_are_those_that_trying_finds(
        text in prop::collection::vec(0_usize..4, 0..20),
        asked in prop::collection::vec(0_usize..4, 1..4),
        slop in 0_usize..6,
    ) {
        let shape = Shape::Near { readings: vec![asked.clone()], slop };
        prop_assert_eq!(shape.starts(&rows(&text)), tried(&text, &asked, slop + asked.len()));
    }

    #[test]
    fn phrases_are_windows_of_their_own_order(
        text in prop::collection::vec(0_usize..3, 0..20),
        asked in prop::collection::vec(0_usize..3, 1..4),
    ) {
        let step = |(from, word): (usize, &usize)| Step { from, to: from + 1, word: *word };
        let steps = asked.iter().enumerate().map(step).collect();
        let shape = Shape::InOrder { steps, end: asked.len() };
        let starts: Vec<u32> = (0..).zip(text.windows(asked.len()))
            .filter(|(_, part)| *part == asked).map(|(start, _)| start).collect();
        prop_assert_eq!(shape.starts(&rows(&text)), starts.clone());
        let mut hits = BTreeSet::new();
        shape.hits(&rows(&text), &mut |_, position| { hits.insert(position); });
        let length = u32::try_from(asked.len()).unwrap();
        let all: BTreeSet<u32> = starts.iter().flat_map(|start| *start..start + length).collect();
        prop_assert_eq!(hits, all);
    }
}
