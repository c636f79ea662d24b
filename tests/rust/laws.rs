//! Laws that every query of every library keeps.

#[path = "../../crates/rochdale/tests/support/dates.rs"]
mod dates;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use rochdale::json::Json;
use rochdale::library::Library;
use rochdale::model::{
    Article, Author, Category, Entry, Event, Id, Mention, MutualEntity, Person, Prose, Reference,
    Speaker, Stake, Standing, Text,
};
use rochdale::query::{Clause, Facet, Query};

const WORDS: [&str; 8] =
    ["pension", "mutual", "stake", "joint", "venture", "staff", "council", "library"];
const NAMES: [&str; 4] = ["Ada Pike", "Ben Hollis", "Grace Lomas", "Owen Tarn"];

fn id<T>(prefix: &str, number: usize) -> Id<T> {
    Id::new(&format!("{prefix}-{number}")).expect("a slug")
}

fn prose() -> impl Strategy<Value = String> {
    prop::collection::vec(select(WORDS.as_slice()), 1..7).prop_map(|words| words.join(" "))
}

/// Half of the dates are imprecise, open, sets or missing.
fn date() -> impl Strategy<Value = Option<rochdale::date::Date>> {
    prop_oneof![4 => dates::date().prop_map(Some), 1 => Just(None)]
}

fn article() -> impl Strategy<Value = Entry> {
    let tags = prop::collection::vec(select(WORDS.as_slice()), 0..3);
    let links = (
        prop::collection::vec(0_usize..4, 0..3),
        prop::collection::vec(0_usize..6, 0..3),
        prop::option::of(0_usize..4),
    );
    (
        0_usize..60,
        prose(),
        prop::option::of(prose()),
        date(),
        links,
        tags,
        prop::option::of(0_u32..20),
    )
        .prop_map(
            |(number, title, body, published, (authors, categories, mention), tags, pages)| {
                let mut article = Article::new(id("article", number), Prose(title));
                article.body = body.map(Text::plain);
                article.published = published;
                article.authors = authors.into_iter().map(|n| id("author", n)).collect();
                article.categories = categories.into_iter().map(|n| id("category", n)).collect();
                let reference = |n| {
                    format!("mutual_entity:mutual-{n}").parse::<Reference>().expect("a reference")
                };
                article.mentions =
                    mention.into_iter().map(|n| Mention::new(reference(n))).collect();
                article.tags = tags.into_iter().map(str::to_owned).collect();
                article
                    .extra
                    .extend(pages.map(|pages| ("pages".to_owned(), Json::Number(pages.into()))));
                article.into()
            },
        )
}

fn event() -> impl Strategy<Value = Entry> {
    let standing = select(&[Standing::Confirmed, Standing::Invited, Standing::HopedFor][..]);
    let speakers = prop::collection::vec((select(NAMES.as_slice()), standing, any::<bool>()), 0..4);
    (0_usize..20, prose(), date(), speakers).prop_map(|(number, title, starts, speakers)| {
        let mut event = Event::new(id("event", number), Prose(title));
        event.starts = starts;
        let speaker = |(name, standing, keynote)| Speaker {
            keynote,
            ..Speaker::new(Person::new(name), standing)
        };
        event.speakers = speakers.into_iter().map(speaker).collect();
        event.into()
    })
}

fn mutual() -> impl Strategy<Value = Entry> {
    let stakes = prop::collection::vec((select(NAMES.as_slice()), 0_u32..60, date()), 0..3);
    (0_usize..4, prose(), stakes).prop_map(|(number, name, stakes)| {
        let mut mutual = MutualEntity::new(id("mutual", number), Prose(name));
        let stake = |(holder, percent, from)| Stake {
            percent: Some(f64::from(percent)),
            from,
            ..Stake::new(rochdale::model::Organisation::new(holder))
        };
        mutual.stakes = stakes.into_iter().map(stake).collect();
        mutual.into()
    })
}

fn library() -> impl Strategy<Value = Library> {
    let entries =
        prop::collection::vec(prop_oneof![3 => article(), 1 => event(), 1 => mutual()], 0..60);
    (entries, prop::collection::vec(prop::option::of(0_usize..6), 6)).prop_map(
        |(mut entries, parents)| {
            entries.extend((0..4).map(|n| Author::new(id("author", n), NAMES[n]).into()));
            for (number, parent) in parents.into_iter().enumerate() {
                let mut category =
                    Category::new(id("category", number), format!("{} {number}", WORDS[number]));
                // Parents come first, so there is no circle.
                category.parent =
                    parent.filter(|parent| *parent < number).map(|n| id("category", n));
                entries.push(category.into());
            }
            Library::new(entries).library
        },
    )
}

/// Conditions on every sort of field, by every sort of operator.
fn clause() -> impl Strategy<Value = Clause> {
    let leaf = prop_oneof![
            select(WORDS.as_slice()).prop_map(str::to_owned),
            (select(WORDS.as_slice()), select(WORDS.as_slice()), 0..4)
                .prop_map(|(a, b, slop)| format!("\"{a} {b}\"~{slop}")),
            (select(WORDS.as_slice()), select(WORDS.as_slice()))
                .prop_map(|(a, b)| format!("title:\"{a} {b}\"")),
            select(WORDS.as_slice()).prop_map(|word| format!("{}*", &word[..3])),
            select(WORDS.as_slice()).prop_map(|word| format!("{}x~1", &word[..word.len() - 1])),
            select(WORDS.as_slice()).prop_map(|word| format!("tags:{word}")),
            (0..4).prop_map(|n| format!("author:author-{n}")),
            (0..6).prop_map(|n| format!("category:within(category-{n})")),
            select(&["article", "event", "mutual_entity", "category"][..])
                .prop_map(|kind| format!("kind:{kind}")),
            (dates::edtf(), select(&["<", "<=", ">", ">=", ""][..]), any::<bool>()).prop_map(
                |(date, sign, definite)| {
                    let test = format!("{sign}\"{date}\"");
                    if definite {
                        format!("published:definite({test})")
                    } else {
                        format!("published:{test}")
                    }
                }
            ),
            (0..20, 0..20).prop_map(|(from, more)| format!("extra.pages:{from}..{}", from + more)),
            select(
                &[
                    "missing:published",
                    "missing:extra.pages",
                    "missing:speakers",
                    "missing:articles"
                ][..]
            )
            .prop_map(str::to_owned),
            select(NAMES.as_slice())
                .prop_map(|name| format!("speakers:(person:\"{name}\" standing:invited)")),
            select(NAMES.as_slice()).prop_map(|name| format!("person:\"{name}\"")),
            (0..60).prop_map(|percent| format!("stakes:(percent:>{percent})")),
            (0..4).prop_map(|n| format!("articles:(author:author-{n})")),
            select(WORDS.as_slice()).prop_map(|word| format!("mentions:(name:{word})")),
        ];
    let leaf = leaf
        .prop_map(|text| text.parse::<Clause>().unwrap_or_else(|error| panic!("{text}: {error}")));
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a & b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a | b),
            inner.prop_map(|clause| !clause),
        ]
    })
}

/// What a clause finds; nothing where the library holds no such field of `extra`.
fn found(library: &Library, clause: &Clause) -> Option<BTreeSet<String>> {
    match library.ask(&Query::new(clause.clone())) {
        Ok(answer) => Some(answer.references().collect()),
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
        let whole: Vec<_> = whole.references().collect();
        let mut pages = Vec::new();
        let mut next = query.clone().limit(size);
        loop {
            let answer = library.ask(&next).expect("a page of a right query");
            prop_assert_eq!(answer.total(), whole.len());
            let by_offset = library.ask(&query.clone().limit(size).offset(pages.len())).expect("a page by number");
            prop_assert!(answer.references().eq(by_offset.references()));
            pages.extend(answer.references());
            match answer.cursor() {
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
