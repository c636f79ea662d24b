//! Saved pages and archives of other people, read as they are and counted against what is known of them.
//!
//! The pages are not in the repository; `ROCHDALE_DATA` says where they are.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

#[path = "corpus/mod.rs"]
mod corpus;

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Data, Pack, data};
use rochdale::json::Json;
use rochdale::model::{Article, Entry, Event};
use rochdale_ingest::{Format, Input, Reader, Reading};

fn read(data: &Data, path: &str, format: Format) -> Reading {
    let name = path.rsplit('/').next().unwrap();
    let input = Input::bytes(name, data.bytes(path)).with_format(format);
    Reader::new().read_inputs([input]).unwrap()
}

/// Tells a pack whether something is as it should be.
fn fact<T: PartialEq + std::fmt::Debug>(pack: &mut Pack, name: &str, got: &T, wanted: &T) {
    let wrong = format!("expected {wanted:?}, got {got:?}");
    pack.case(name, if got == wanted { String::new() } else { wrong });
}

/// Text with single blanks.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn articles(reading: &Reading) -> Vec<&Article> {
    fn article(entry: &Entry) -> Option<&Article> {
        if let Entry::Article(article) = entry { Some(article) } else { None }
    }
    reading.entries.iter().filter_map(article).collect()
}

fn events(reading: &Reading) -> Vec<&Event> {
    fn event(entry: &Entry) -> Option<&Event> {
        if let Entry::Event(event) = entry { Some(event) } else { None }
    }
    reading.entries.iter().filter_map(event).collect()
}

#[test]
fn the_seed_page_reads() {
    let Some(data) = data() else { return };
    let bytes = data.bytes("seed/category-archive-mutualisation.txt");
    let reading = Reader::new().read_inputs([Input::bytes("archive.txt", bytes)]).unwrap();
    let articles = articles(&reading);
    assert_eq!(articles.len(), 5);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for article in &articles {
        let author = article.authors.first().map_or("none", |author| author.as_str());
        *counts.entry(author.to_owned()).or_default() += 1;
        assert_eq!(article.categories.len(), 1);
        assert!(article.body.as_ref().is_some_and(|body| body.text.len() > 500));
    }
    let wanted = [("david-bicknell", 3), ("none", 1), ("tony-collins", 1)];
    assert_eq!(counts, wanted.map(|(name, count)| (name.to_owned(), count)).into());
    let named = |kind: &str| {
        let names = reading.entries.iter().filter(|entry| entry.kind().name() == kind);
        names.map(|entry| entry.title().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(named("author"), ["David Bicknell", "Tony Collins"]);
    assert_eq!(named("category"), ["mutualisation"]);
    let links = articles.iter().find_map(|article| article.extra.get("links")).unwrap();
    assert_eq!(links.as_array().unwrap().len(), 2);
    let codes: Vec<_> = reading.report.issues.iter().map(|issue| issue.code.name).collect();
    assert_eq!(codes, ["link-without-address"]);
    println!("seed: 5 articles, 2 authors, 1 without byline, 2 links");
}

/// What Mozilla's Readability finds on its own test pages.
#[test]
fn pages_read_as_reading_views_show_them() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("html/readability", READABILITY);
    let sources = data.files("html/readability").into_iter();
    for source in sources.filter(|path| path.ends_with("/source.html")) {
        let folder = source.rsplit_once('/').unwrap().0;
        let page = folder.rsplit('/').next().unwrap();
        let meta = data.json(&format!("{folder}/expected-metadata.json"));
        let text =
            |name: &str| meta.pointer(&format!("/{name}")).and_then(Json::as_str).map(squeezed);
        let reading = read(&data, &source, Format::Page);
        let articles = articles(&reading);
        if meta.pointer("/readerable") == Some(&Json::Bool(false)) && articles.is_empty() {
            let codes: Vec<_> = reading.report.issues.iter().map(|issue| issue.code.name).collect();
            fact(&mut pack, &format!("{page} none"), &codes, &vec!["nothing-found"]);
            continue;
        }
        fact(&mut pack, &format!("{page} count"), &articles.len(), &1);
        let Some(article) = articles.first() else { continue };
        let title = text("title").filter(|title| !title.is_empty());
        if title.is_some() {
            fact(
                &mut pack,
                &format!("{page} title"),
                &Some(squeezed(article.title.as_str())),
                &title,
            );
        }
        let names: Vec<_> = article
            .authors
            .iter()
            .map(|id| {
                let author = reading
                    .entries
                    .iter()
                    .find(|entry| entry.id() == id.as_str() && entry.kind().name() == "author");
                author.unwrap().title().to_owned()
            })
            .collect();
        let byline = text("byline").unwrap_or_default();
        let found = names.iter().all(|name| byline.contains(name.as_str()));
        fact(
            &mut pack,
            &format!("{page} byline"),
            &(found, names.is_empty()),
            &(true, byline.is_empty()),
        );
        if let Some(published) = text("publishedTime") {
            let got = article.published.as_ref().map(|date| date.text().to_owned());
            fact(&mut pack, &format!("{page} published"), &got, &Some(published));
        }
        if let Some(language) = text("lang") {
            fact(
                &mut pack,
                &format!("{page} language"),
                &article.language.clone(),
                &Some(language),
            );
        }
        if let Some(excerpt) = text("excerpt").filter(|excerpt| !excerpt.is_empty()) {
            let got = article.summary.as_ref().map(|summary| squeezed(summary.as_str()));
            fact(&mut pack, &format!("{page} excerpt"), &got, &Some(excerpt));
        }
        let wanted = words(&data.text(&format!("{folder}/expected.html")));
        let got = article.body.as_ref().map(|body| words(&body.text)).unwrap_or_default();
        fact(&mut pack, &format!("{page} body"), &(alike(&got, &wanted) >= 95), &true);
    }
    pack.close(280);
}

/// The words of HTML, and how often each is there.
fn words(html: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let text: String = html
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    for word in text.replace("&nbsp;", " ").replace("&amp;", "&").split_whitespace() {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// How many of the words of two texts are in both, in percent.
fn alike(one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> usize {
    let all: usize = one.values().chain(other.values()).sum();
    let both: usize = one.iter().map(|(word, n)| other.get(word).map_or(0, |m| *n.min(m))).sum();
    (200 * both).checked_div(all).unwrap_or(100)
}

const READABILITY: &[(&str, &str)] = &[
    ("ehow-1 title", "microdata states the headline, without the name of the site"),
    ("firefox-nightly-blog body", "hAtom: the expectation has the comments in the text"),
    ("firefox-nightly-blog title", "hAtom: `.entry-title` has no name of the site"),
    (
        "herald-sun-1 byline",
        "the name expected is nowhere in the page; `article:author` has another",
    ),
    ("mercurial body", "the expectation lacks blocks of code that are part of the text"),
    ("simplyfound-1 byline", "the page shows who wrote it"),
    ("tumblr byline", "JSON-LD states the author"),
    ("v8-blog title", "microdata states the headline"),
];

/// What extruct finds in its own test pages of the types that Rochdale has a kind for.
#[test]
fn marked_up_pages_read_as_extruct_reads_them() {
    let Some(data) = data() else { return };
    let mut pack = Pack::new("jsonld/extruct", EXTRUCT);
    let facts = data.json("facts/jsonld.json");
    for known in facts.as_array().unwrap() {
        let path = known.pointer("/html").and_then(Json::as_str).unwrap();
        let folder = path.rsplit_once('/').unwrap().0;
        let page = path.trim_start_matches("jsonld/extruct/samples/");
        let reading = read(&data, path, Format::Page);
        let events = events(&reading);
        let count = |types: &[&str]| count(known, types);
        if events.len() + count(EVENTS) > 0 {
            fact(&mut pack, &format!("{page} events"), &events.len(), &count(EVENTS));
        }
        if count(ARTICLES) > 0 {
            fact(
                &mut pack,
                &format!("{page} articles"),
                &articles(&reading).len(),
                &count(ARTICLES),
            );
        }
        for name in COUNTED {
            let counted = reading.report.not_carried.get(&format!("page: schema.org {name}"));
            let (counted, wanted) = (counted.copied().unwrap_or(0), count(&[name]));
            if counted + wanted > 0 {
                fact(&mut pack, &format!("{page} {name}"), &counted, &wanted);
            }
        }
        let mut seen = BTreeSet::new();
        for expected in known.pointer("/expected").and_then(Json::as_array).unwrap() {
            let expected = data.json(&format!("{folder}/{}", expected.as_str().unwrap()));
            things(&expected, &mut |thing, kind| {
                let values = if EVENTS.contains(&kind) {
                    event_of(thing)
                } else if ARTICLES.contains(&kind) {
                    article_of(thing)
                } else {
                    return;
                };
                if seen.insert(format!("{values:?}")) {
                    compare(&mut pack, page, &reading, &values);
                }
            });
        }
    }
    pack.close(550);
}

/// How many things of some types a page has.
fn count(known: &Json, types: &[&str]) -> usize {
    let tables = ["/jsonld_types", "/microdata_types"].into_iter();
    let counts = tables.flat_map(|table| known.pointer(table).and_then(Json::as_object).unwrap());
    let counted = counts.filter(|(name, _)| types.contains(&name.as_str()));
    counted.map(|(_, count)| count.to_string().parse::<usize>().unwrap()).sum()
}

const EVENTS: &[&str] = &["Event", "Festival", "MusicEvent", "TheaterEvent"];
const ARTICLES: &[&str] = &["BlogPosting", "NewsArticle"];

/// Types that are counted wherever they stand.
const COUNTED: &[&str] = &[
    "AggregateRating",
    "AllocateAction",
    "Book",
    "CreativeWork",
    "Duration",
    "ExercisePlan",
    "InteractionCounter",
    "Invoice",
    "ItemList",
    "JoinAction",
    "ListItem",
    "LocalBusiness",
    "MusicRecording",
    "Order",
    "PriceSpecification",
    "Product",
    "Rating",
    "Restaurant",
    "Review",
    "SearchAction",
    "UserComments",
    "VideoObject",
    "WebSite",
];

/// Visits the typed things in what extruct gives.
fn things(json: &Json, visit: &mut dyn FnMut(&Json, &str)) {
    match json {
        Json::Array(items) => {
            for item in items {
                things(item, visit);
            }
        }
        Json::Object(members) => {
            let kind = members.get("@type").or(members.get("type"));
            let kind =
                kind.and_then(|kind| kind.as_array().map_or(Some(kind), |kinds| kinds.first()));
            if let Some(kind) = kind.and_then(Json::as_str) {
                visit(json, kind.rsplit('/').next().unwrap());
            }
            for member in members.values() {
                things(member, visit);
            }
        }
        _ => {}
    }
}

/// A property of a thing that extruct found: its first text, or the name of its first thing.
fn property(thing: &Json, name: &str) -> Option<String> {
    let value =
        thing.pointer(&format!("/properties/{name}")).or(thing.pointer(&format!("/{name}")))?;
    let value = value.as_array().map_or(Some(value), |values| values.first())?;
    let text = match value {
        Json::String(text) => squeezed(text),
        Json::Number(_) => value.to_string(),
        _ => property(value, "name")?,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn inner<'a>(thing: &'a Json, name: &str) -> Option<&'a Json> {
    let value =
        thing.pointer(&format!("/properties/{name}")).or(thing.pointer(&format!("/{name}")))?;
    value.as_array().map_or(Some(value), |values| values.first())
}

type Values = Vec<(&'static str, Option<String>)>;

fn event_of(thing: &Json) -> Values {
    let place = inner(thing, "location");
    let address = place.and_then(|place| inner(place, "address"));
    let geo = place.and_then(|place| inner(place, "geo"));
    let number = |name: &str| {
        let text = property(geo?, name)?;
        text.parse::<f64>().ok().map(|number| number.to_string())
    };
    vec![
        ("event", property(thing, "name")),
        ("starts", property(thing, "startDate")),
        (
            "venue",
            place
                .and_then(|place| place.as_str().map(squeezed).or_else(|| property(place, "name"))),
        ),
        ("locality", address.and_then(|address| property(address, "addressLocality"))),
        ("country", address.and_then(|address| property(address, "addressCountry"))),
        ("latitude", number("latitude")),
        ("longitude", number("longitude")),
    ]
}

fn article_of(thing: &Json) -> Values {
    vec![
        ("article", property(thing, "headline").or_else(|| property(thing, "name"))),
        ("published", property(thing, "datePublished")),
        ("author", property(thing, "author")),
    ]
}

/// What an entry says in the same words.
fn said(entry: &Entry, reading: &Reading) -> Values {
    match entry {
        Entry::Event(event) => {
            let venue = event.venue.as_ref();
            vec![
                ("event", Some(event.title.to_string())),
                ("starts", event.starts.as_ref().map(|date| date.text().to_owned())),
                ("venue", venue.and_then(|venue| venue.name.as_ref()).map(ToString::to_string)),
                (
                    "locality",
                    venue.and_then(|venue| venue.locality.as_ref()).map(ToString::to_string),
                ),
                ("country", venue.and_then(|venue| venue.country.clone())),
                (
                    "latitude",
                    venue.and_then(|venue| venue.latitude).map(|number| number.to_string()),
                ),
                (
                    "longitude",
                    venue.and_then(|venue| venue.longitude).map(|number| number.to_string()),
                ),
            ]
        }
        Entry::Article(article) => {
            let author = article.authors.first().and_then(|id| {
                let mut authors =
                    reading.entries.iter().filter(|entry| entry.kind().name() == "author");
                authors.find(|entry| entry.id() == id.as_str())
            });
            vec![
                ("article", Some(article.title.to_string())),
                ("published", article.published.as_ref().map(|date| date.text().to_owned())),
                ("author", author.map(|author| author.title().to_owned())),
            ]
        }
        _ => Vec::new(),
    }
}

/// Compares a thing with the entry of its title, and of its date where there are several.
fn compare(pack: &mut Pack, page: &str, reading: &Reading, wanted: &Values) {
    let all = reading.entries.iter().map(|entry| said(entry, reading));
    let same: Vec<Values> = all.filter(|values| values.first() == wanted.first()).collect();
    let got = same.iter().find(|values| values.get(1) == wanted.get(1)).or(same.first());
    let name = |field: &str| format!("{page} {} {field}", wanted[0].1.as_deref().unwrap_or("?"));
    fact(pack, &name(wanted[0].0), &got.is_some(), &true);
    let Some(got) = got else { return };
    for ((field, wanted), (_, got)) in wanted.iter().zip(got).skip(1) {
        if wanted.is_some() {
            fact(pack, &name(field), got, wanted);
        }
    }
}

const EXTRUCT: &[(&str, &str)] = &[
    (
        "misc/null_ld_mock.html AggregateRating",
        "the page has microdata, which the expectation leaves out",
    ),
    (
        "misc/null_ld_mock.html LocalBusiness",
        "the page has microdata, which the expectation leaves out",
    ),
    ("misc/null_ld_mock.html Review", "the page has microdata, which the expectation leaves out"),
];
