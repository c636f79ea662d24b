//! Random libraries and questions of them.

#[path = "dates.rs"]
pub(crate) mod dates;

use proptest::prelude::*;
use proptest::sample::select;
use rochdale::json::Json;
use rochdale::library::Library;
use rochdale::model::{
    Article, Author, Category, Entry, Event, Id, Mention, MutualEntity, Person, Prose, Reference,
    Speaker, Stake, Standing, Text,
};
use rochdale::query::Clause;

pub(crate) const WORDS: [&str; 8] =
    ["pension", "mutual", "stake", "joint", "venture", "staff", "council", "library"];
pub(crate) const NAMES: [&str; 4] = ["Ada Pike", "Ben Hollis", "Grace Lomas", "Owen Tarn"];

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
        prop_oneof![4 => Just(None), 1 => Just(Some("de")), 1 => Just(Some("cy"))],
    )
        .prop_map(
            |(
                number,
                title,
                body,
                published,
                (authors, categories, mention),
                tags,
                pages,
                language,
            )| {
                let mut article = Article::new(id("article", number), Prose(title));
                article.body = body.map(Text::plain);
                article.published = published;
                article.language = language.map(str::to_owned);
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

pub(crate) fn library() -> impl Strategy<Value = Library> {
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

/// Libraries of thousands of articles, many of them alike, so that scores tie and lists are long.
pub(crate) fn large_library() -> impl Strategy<Value = Library> {
    (library(), prop::collection::vec(article(), 40..80), 300_usize..5000).prop_map(
        |(library, models, count)| {
            let entries = library.entries().map(|entry| entry.expect("an entry that reads"));
            let mut entries: Vec<Entry> = entries.collect();
            entries.extend((0..count).filter_map(|number| {
                let Entry::Article(article) = &models[number * number % models.len()] else {
                    return None;
                };
                let mut article = article.clone();
                article.id = id("article", 100 + number);
                Some(article.into())
            }));
            Library::new(entries).library
        },
    )
}

/// Conditions on every sort of field, by every sort of operator.
pub(crate) fn clause() -> impl Strategy<Value = Clause> {
    let leaf = prop_oneof![
            select(WORDS.as_slice()).prop_map(str::to_owned),
            (select(WORDS.as_slice()), select(WORDS.as_slice()), 0..4)
                .prop_map(|(a, b, slop)| format!("\"{a} {b}\"~{slop}")),
            (select(WORDS.as_slice()), select(WORDS.as_slice()))
                .prop_map(|(a, b)| format!("title:\"{a} {b}\"")),
            select(WORDS.as_slice()).prop_map(|word| format!("{}*", &word[..3])),
            select(WORDS.as_slice()).prop_map(|word| format!("{}x~1", &word[..word.len() - 1])),
            (select(WORDS.as_slice()), 2_usize..5, 0..3).prop_map(|(word, length, slips)| {
                format!("{}x{}*~{slips}", &word[..length - 1], &word[length..])
            }),
            (select(WORDS.as_slice()), 2_usize..6, any::<bool>()).prop_map(|(word, length, title)| {
                format!("{}{}*~1", if title { "title:" } else { "" }, &word[..length])
            }),
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
