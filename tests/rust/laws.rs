//! Laws that every query of every library keeps.

#[path = "../../crates/rochdale/tests/support/random.rs"]
#[allow(dead_code, reason = "each test takes what it needs")]
mod random;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use random::{NAMES, clause, dates, library};
use rochdale::library::{Answer, Library};
use rochdale::model::Standing;
use rochdale::query::{Clause, Facet, Query};

fn references(answer: &Answer<'_>) -> Vec<String> {
    answer.references().map(|reference| reference.expect("a reference")).collect()
}

/// What a clause finds; nothing where the library holds no such field of `extra`.
fn found(library: &Library, clause: &Clause) -> Option<BTreeSet<String>> {
    match library.ask(&Query::new(clause.clone())) {
        Ok(answer) => Some(references(&answer).into_iter().collect()),
        Err(error) => {
            assert!(error.to_string().contains("extra.pages"), "{clause}: {error}");
            None
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn groups_are_sets(library in library(), a in clause(), b in clause()) {
        let (Some(in_a), Some(in_b)) = (found(&library, &a), found(&library, &b)) else { return Ok(()) };
        let all = found(&library, &Clause::default()).expect("everything is found");
        let ask = |clause: Clause| found(&library, &clause).expect("its parts were found");
        prop_assert_eq!(ask(!a.clone()), &all - &in_a);
        prop_assert_eq!(ask(a.clone() & b.clone()), &in_a & &in_b);
        prop_assert_eq!(ask(a | b), &in_a | &in_b);
    }

    #[test]
    fn every_face_answers_the_same(library in library(), clause in clause(), keys in prop::collection::vec(
        select(&["title", "-published", "-extra.pages", "authors", "-relevance", "kind", "-id"][..]), 0..3)) {
        let query = keys.iter().fold(Query::new(clause), |query, key| query.sort(key));
        let Ok(answer) = library.ask(&query) else { return Ok(()) };
        let built = answer.to_json().expect("an answer has JSON");
        let text = library.find(&query.to_string()).expect("the text form is the same query");
        prop_assert_eq!(&text.to_json().expect("an answer has JSON"), &built);
        let again = Query::from_json(&query.to_json()).expect("the JSON form reads back");
        prop_assert_eq!(&library.ask(&again).expect("it is the same query").to_json().expect("an answer has JSON"), &built);
    }

    #[test]
    fn pages_are_parts_of_one_order(library in library(), clause in clause(), size in 1_usize..7,
        key in select(&["title", "-published", "tags", "-speakers.keynote"][..])) {
        let query = Query::new(clause).sort(key);
        let Ok(whole) = library.ask(&query) else { return Ok(()) };
        let whole = references(&whole);
        let mut pages = Vec::new();
        let mut next = query.clone().limit(size);
        loop {
            let answer = library.ask(&next).expect("a page of a right query");
            prop_assert_eq!(answer.total(), whole.len());
            let by_offset = library.ask(&query.clone().limit(size).offset(pages.len())).expect("a page by number");
            prop_assert_eq!(references(&answer), references(&by_offset));
            pages.extend(references(&answer));
            match answer.cursor().expect("a cursor") {
                Some(cursor) => next = query.clone().limit(size).cursor(cursor),
                None => break,
            }
        }
        prop_assert_eq!(pages, whole);
    }

    #[test]
    fn facets_count_what_their_values_find(library in library(), clause in clause(),
        name in select(&["tags", "authors", "kind", "speakers.standing"][..])) {
        let query = Query::new(clause.clone()).facet(Facet::new(name).limit(100).keep_own_filter());
        let Ok(answer) = library.ask(&query) else { return Ok(()) };
        for value in &answer.facets()[name].values {
            let narrowed = clause.clone() & rochdale::query::field(name).is(&value.value);
            prop_assert_eq!(found(&library, &narrowed).map(|found| found.len()), Some(value.count), "{}", value.value);
        }
    }

    #[test]
    fn what_is_definite_is_possible(library in library(), date in dates::edtf(), sign in select(&["<", "<=", ">", ">=", ""][..])) {
        let ask = |text: String| found(&library, &text.parse().expect("a condition")).expect("the field is known");
        let possible = ask(format!("published:{sign}\"{date}\""));
        let definite = ask(format!("published:definite({sign}\"{date}\")"));
        prop_assert!(definite.is_subset(&possible));
    }

    #[test]
    fn one_element_meets_all_of_a_group(library in library(), name in select(NAMES.as_slice())) {
        let ask = |text: String| found(&library, &text.parse().expect("a condition")).expect("the field is known");
        let group = ask(format!("speakers:(person:\"{name}\" standing:confirmed keynote:true)"));
        let expected: BTreeSet<_> = library
            .events()
            .map(|event| event.expect("an event in memory"))
            .filter(|event| event.speakers.iter().any(|speaker| {
                speaker.person.name.as_str() == name && speaker.standing == Standing::Confirmed && speaker.keynote
            }))
            .map(|event| event.id.to_reference().to_string())
            .collect();
        prop_assert_eq!(group, expected);
    }
}
