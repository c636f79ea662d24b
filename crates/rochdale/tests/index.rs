//! The index answers as the plain scan does: the same entries in the same order with the same scores
//! to the last bit, the same totals, facets, warnings and errors.

#[path = "support/agree.rs"]
mod agree;
#[path = "support/random.rs"]
#[allow(dead_code, reason = "each test takes what it needs")]
mod random;

use std::cell::RefCell;
use std::collections::BTreeMap;

use agree::{Ways, agree};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use random::{WORDS, clause, large_library, library};
use rochdale::library::{Explanation, Library};
use rochdale::query::{Clause, Facet, Period, Query, Scoring, Totals, field, like, text};
use rochdale::snapshot;

fn facet() -> impl Strategy<Value = Facet> {
    let path = select(
        &[
            "tags",
            "authors",
            "categories",
            "kind",
            "speakers.standing",
            "extra.pages",
            "title",
            "published",
            "person",
            "stakes.percent",
        ][..],
    );
    let of = prop::option::of(select(&["extra.pages", "published", "stakes.percent"][..]));
    let per = prop::option::of(select(Period::ALL));
    (path, 0_usize..6, any::<bool>(), of, per).prop_map(|(path, limit, keep, of, per)| {
        let mut facet = Facet::new(path);
        facet.limit = limit;
        facet.keep_own_filter = keep;
        facet.of = of.map(Into::into);
        facet.per = per.filter(|_| path == "published");
        facet
    })
}

fn query() -> impl Strategy<Value = Query> {
    let keys = select(
        &[
            "title",
            "-published",
            "-extra.pages",
            "authors",
            "-relevance",
            "kind",
            "-id",
            "tags",
            "-speakers.keynote",
            "published",
            "categories",
        ][..],
    );
    let totals = prop_oneof![
        2 => Just(Totals::Exact),
        1 => Just(Totals::None),
        1 => (0_usize..8).prop_map(Totals::AtLeast),
    ];
    let page = (prop::option::of(0_usize..12), 0_usize..4, totals);
    let keys = prop_oneof![1 => Just(Vec::new()), 1 => prop::collection::vec(keys, 0..3)];
    let filtered = (words(), clause()).prop_map(|(words, clause)| Clause::all([words, clause]));
    let clause = prop_oneof![
        8 => clause(), 4 => words(), 2 => filtered, 2 => misspelt(), 2 => alike(),
    ];
    let proximity = prop_oneof![4 => Just(0.0), 1 => select(&[0.25, 1.0, 3.5][..])];
    (clause, keys, page, prop::option::weighted(0.3, facet()), proximity).prop_map(
        |(clause, keys, (limit, offset, total), facet, proximity)| {
            let mut query = keys.iter().fold(Query::new(clause), |query, key| query.sort(key));
            query.total = total;
            query.limit = limit;
            query.offset = offset;
            query.proximity = proximity;
            facet.into_iter().fold(query, Query::facet)
        },
    )
}

/// Words alone, any or all of which an entry has.
fn words() -> impl Strategy<Value = Clause> {
    let word = select(WORDS.as_slice()).prop_map(text);
    (prop::collection::vec(word, 1..4), any::<bool>())
        .prop_map(|(words, any)| if any { Clause::any(words) } else { Clause::all(words) })
}

/// Words with slips of the finger among others.
fn misspelt() -> impl Strategy<Value = Clause> {
    let word = (select(WORDS.as_slice()), any::<proptest::sample::Index>(), 0_u8..4);
    let word = word.prop_map(|(word, at, slip)| {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at.index(letters.len() - 1);
        match slip {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, 'e'),
            2 => letters[at] = 'x',
            _ => letters.swap(at, at + 1),
        }
        letters.into_iter().collect::<String>()
    });
    let word = prop_oneof![2 => word, 1 => select(WORDS.as_slice()).prop_map(str::to_owned)];
    let value = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    (value, any::<bool>(), 0_usize..4).prop_map(|(value, titled, rest)| {
        let clause = if titled { field("title").is(value) } else { text(value) };
        if rest == 0 { Clause::any([clause, text("library")]) } else { clause }
    })
}

/// Entries like others.
fn alike() -> impl Strategy<Value = Clause> {
    let name = (select(&["article", "event", "author", "category"][..]), 0_usize..6);
    let like = name.prop_map(|(kind, number)| like(format!("{kind}:{kind}-{number}")));
    (like, prop::option::of(clause()), any::<bool>()).prop_map(|(like, other, both)| match other {
        Some(other) if both => like & other,
        Some(other) => like.boost(0.5) | other,
        None => like,
    })
}

/// Holds the pages of a query, each behind the cursor of the one before, to the whole answer.
fn pages(library: &Library, query: &Query) -> Result<(), TestCaseError> {
    let references = |query: &Query| -> Option<(Vec<String>, Option<String>)> {
        let answer = library.ask(query).ok()?;
        let all = answer.references().collect::<Result<_, _>>().expect("references");
        Some((all, answer.cursor().expect("a cursor")))
    };
    let whole = Query { limit: None, offset: 0, ..query.clone() };
    let Some((whole, _)) = references(&whole) else { return Ok(()) };
    let mut page =
        Query { limit: Some(query.limit.unwrap_or(3).max(1)), offset: 0, ..query.clone() };
    let mut all = Vec::new();
    while let Some((found, cursor)) = references(&page) {
        all.extend(found);
        if cursor.is_none() || all.len() > whole.len() {
            break;
        }
        page.cursor = cursor;
    }
    prop_assert_eq!(all, whole, "{}", query);
    Ok(())
}

/// Mostly the parameters that libraries have unless they are told otherwise.
fn scoring() -> impl Strategy<Value = Scoring> {
    let other = (0.0..3.0, 0.0..=1.0, 1_u8..9, 1_u8..3, 0_u8..3);
    let other = other.prop_map(|(k1, b, title, body, tags)| {
        let weights = [("title", title), ("body", body), ("tags", tags)];
        weights
            .into_iter()
            .fold(Scoring { k1, b, ..Scoring::default() }, |scoring, (path, weight)| {
                scoring.with_weight(path, weight)
            })
    });
    prop_oneof![3 => Just(Scoring::default()), 1 => other]
}

/// Holds the index to the scan on random libraries and queries; says how often each way was taken.
fn hold(cases: u32, libraries: impl Strategy<Value = Library>) -> Ways {
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    });
    let ways = RefCell::new(Ways::new());
    let cases = (libraries, scoring(), prop::collection::vec(query(), 1..5));
    let held = runner.run(&cases, |(library, scoring, queries)| {
        let library = library.with_scoring(scoring).expect("a sound scoring");
        let snapshot = snapshot::build(&library).expect("a snapshot");
        let opened = Library::open(snapshot).expect("a snapshot that opens");
        for query in queries {
            agree(&library, &query, &mut ways.borrow_mut())?;
            agree(&opened, &query, &mut ways.borrow_mut())?;
            if opened.len() < 100 {
                pages(&opened, &query)?;
            }
        }
        prop_assert_eq!(&opened, &library);
        Ok(())
    });
    if let Err(error) = held {
        panic!("{error}");
    }
    let ways = ways.into_inner();
    println!("ways taken: {ways:?}");
    ways
}

#[test]
fn the_index_answers_as_the_scan() {
    let ways = hold(1000, library());
    for way in Explanation::WAYS {
        assert!(ways.contains_key(way), "no case took the way `{way}`");
    }
}

#[test]
fn the_index_answers_as_the_scan_of_thousands() {
    hold(48, large_library());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Additions answer as a snapshot that is built again does.
    #[test]
    fn additions_answer_as_one_that_is_built_again(
        base in library(),
        additions in prop::collection::vec(library(), 1..3),
        queries in prop::collection::vec(query(), 1..5),
        (k1, weight) in (0.5..2.0, 1_u8..9),
    ) {
        let scoring = Scoring { k1, ..Scoring::default() }.with_weight("title", weight);
        let base = base.with_scoring(scoring.clone()).expect("a sound scoring");
        let mut bytes = snapshot::build(&base).expect("a snapshot");
        for more in &additions {
            bytes = snapshot::add(bytes, more).expect("a snapshot with additions");
        }
        snapshot::verify(bytes.clone()).expect("a sound snapshot");
        let counts = snapshot::info(bytes.clone()).expect("an info").counts;
        let entries = snapshot::entries(bytes.clone()).expect("entries");
        let again = Library::new(entries).library;
        let again = again.with_scoring(scoring).expect("a sound scoring");
        let again = Library::open(snapshot::build(&again).expect("a snapshot"));
        let (again, opened) = (again.expect("a library"), Library::open(bytes).expect("a library"));
        prop_assert_eq!(&again, &opened);
        let known = opened.counts().into_iter().map(|(kind, count)| (kind.to_owned(), count));
        prop_assert_eq!(counts, known.collect::<BTreeMap<_, _>>());
        prop_assert!(again.to_snapshot().expect("bytes") == opened.to_snapshot().expect("bytes"));
        for query in queries {
            match (again.ask(&query), opened.ask(&query)) {
                (Ok(again), Ok(opened)) => {
                    prop_assert_eq!(again.to_json().expect("JSON"), opened.to_json().expect("JSON"));
                }
                (again, opened) => {
                    prop_assert_eq!(again.err().map(|e| e.to_string()), opened.err().map(|e| e.to_string()));
                }
            }
        }
    }
}
