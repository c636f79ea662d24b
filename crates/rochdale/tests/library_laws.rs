//! Laws: the order in which entries are given changes nothing, and no entry is lost.

use proptest::prelude::*;
use rochdale::json::Json;
use rochdale::library::{Direction, Library, Opened};
use rochdale::model::Entry;

/// Small ids, so that entries often share one or refer to each other.
fn id() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "c", "d"])
}

fn date() -> impl Strategy<Value = &'static str> {
    let dates =
        vec!["2011", "2011-06", "2011-06-15", "2011?", "../2011", "2011/", "2012-22", "2013"];
    prop::sample::select(dates)
}

fn standing() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["confirmed", "invited", "hoped_for", "withdrawn"])
}

fn entry() -> impl Strategy<Value = Entry> {
    let event = (id(), id(), date(), date(), id(), standing(), id(), standing()).prop_map(
        |(id, title, starts, ends, one, first, two, second)| {
            format!(
                r#"{{"kind":"event","id":"{id}","title":"{title}","starts":"{starts}",
                "ends":"{ends}","url":"/{title}","speakers":[
                {{"person":"{one}","standing":"{first}"}},
                {{"person":{{"name":"{two}","author":"{two}"}},"standing":"{second}"}}]}}"#
            )
        },
    );
    let mutual = (id(), id(), date(), 0..80, date(), 0..80).prop_map(
        |(id, other, from, some, then, more)| {
            format!(
                r#"{{"kind":"mutual_entity","id":"{id}","name":"{id}","successors":["{other}"],
                "stages":[{{"stage":"proposed","date":"{then}"}}],"stakes":[
                {{"holder":"{other}","percent":{some},"from":"{from}"}},
                {{"holder":"{id}","percent":{more},"from":"{then}"}}]}}"#
            )
        },
    );
    let category = (id(), id()).prop_map(|(id, parent)| {
        format!(r#"{{"kind":"category","id":"{id}","name":"{id}","parent":"{parent}"}}"#)
    });
    let article =
        (id(), id(), id(), prop::option::of(date())).prop_map(|(id, author, other, published)| {
            let published = published.map(|date| format!(r#","published":"{date}""#));
            format!(
                r#"{{"kind":"article","id":"{id}","title":"{other}","authors":["{author}"],
                "mentions":[{{"entry":"article:{other}"}}]{}}}"#,
                published.unwrap_or_default()
            )
        });
    let author = id().prop_map(|id| format!(r#"{{"kind":"author","id":"{id}","name":"{id}"}}"#));
    prop_oneof![event, mutual, category, article, author]
        .prop_map(|text| text.parse().expect("the text is that of an entry"))
}

/// All that a library says of itself.
fn whole(opened: &Opened) -> rochdale::Result<String> {
    let Opened { library, report } = opened;
    let mut text = Json::of(report)?.to_string();
    for entry in library.entries() {
        let entry = entry?;
        let reference = entry.reference().to_string();
        text += &entry.to_json()?.to_string();
        text += &Json::of(&library.related(&reference)?)?.to_string();
        text += &Json::of(&library.timeline(&reference)?)?.to_string();
    }
    text += &Json::of(&library.people()?)?.to_string();
    text += &Json::of(&library.organisations()?)?.to_string();
    Ok(text)
}

proptest! {
    #[test]
    fn any_order_gives_the_same_library(
        (entries, shuffled) in prop::collection::vec(entry(), 0..24)
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle()))
    ) {
        let (one, other) = (Library::new(entries), Library::new(shuffled));
        prop_assert_eq!(whole(&one).unwrap(), whole(&other).unwrap());
    }

    #[test]
    fn every_entry_stands_or_is_reported(entries in prop::collection::vec(entry(), 0..24)) {
        let Opened { library, report } = Library::new(entries.clone());
        let texts: Vec<_> =
            library.entries().map(|entry| entry.unwrap().to_json().unwrap().to_string()).collect();
        for entry in entries {
            let text = entry.to_json().unwrap().to_string();
            let reported = report.issues.iter().any(|issue| issue.message.contains(&text));
            prop_assert!(texts.contains(&text) || reported, "{} is lost", text);
            let found = library.get(&entry.reference().to_string()).unwrap();
            prop_assert_eq!(found.map(|entry| entry.reference()), Some(entry.reference()));
        }
    }

    #[test]
    fn a_relation_has_two_ends(entries in prop::collection::vec(entry(), 0..24)) {
        let library = Library::new(entries).library;
        let mut ends = [Vec::new(), Vec::new()];
        for entry in library.entries() {
            let own = entry.unwrap().reference();
            for one in library.related(&own.to_string()).unwrap() {
                match one.direction {
                    Direction::Forward => {
                        ends[0].push((own.clone(), one.field, one.reference));
                    }
                    Direction::Backward => ends[1].push((one.reference, one.field, own.clone())),
                }
            }
        }
        let [mut forward, mut backward] = ends;
        forward.sort();
        backward.sort();
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}\":,a-z0-9 \n]{0,60}") {
        let _ = Library::from_json(&text);
    }
}
