//! Timelines, people, organisations and views of a day.

use rochdale::date::{Certainty, Date};
use rochdale::library::{Held, Library};

const NORTHMOOR: &str = r#"[
    {"kind": "author", "id": "ann", "name": "Ann Example", "affiliations": [
        {"organisation": "Northmoor Gazette", "role": "reporter", "from": "2009"}]},
    {"kind": "article", "id": "launch", "title": "A launch", "published": "2012-05-02",
     "authors": ["ann"],
     "quotes": [{"text": "We are proud.", "speaker": {"name": "Bob Chair", "honorific": "Sir"},
                 "role": "chair", "said": "2012-05-01"}],
     "mentions": [{"entry": "mutual_entity:northmoor"}]},
    {"kind": "article", "id": "undated", "title": "No date", "authors": ["ann"],
     "mentions": [{"entry": "mutual_entity:northmoor"}]},
    {"kind": "event", "id": "briefing", "title": "Briefing", "starts": "2011-22 (summer 2011)",
     "speakers": [{"person": "bob chair", "role": "guest", "standing": "hoped_for"},
                  {"person": {"name": "Ann Example", "author": "ann"}, "standing": "confirmed"}]},
    {"kind": "mutual_entity", "id": "holding", "name": "Holding", "stakes": [
        {"holder": {"name": "Northmoor", "mutual_entity": "northmoor"}, "percent": 10,
         "from": "2015"}]},
    {"kind": "mutual_entity", "id": "northmoor", "name": "Northmoor Libraries",
     "aliases": [{"name": "Northmoor Library Service", "until": "2012-04-29"}],
     "stages": [
        {"stage": "spun_out", "date": "2012-04-30", "note": "It went live."},
        {"stage": "pathfinder", "date": "2010~"},
        {"stage": "exploring"},
        {"stage": "ownership_changed", "date": "2014-10"}],
     "stakes": [
        {"holder": "Partner", "percent": 40, "from": "2012-04-30"},
        {"holder": "Government", "percent": 35, "from": "2012-04-30"},
        {"holder": "Staff trust", "percent": 25, "from": "2012-04-30"},
        {"holder": "Partner", "percent": 51, "from": "2014-10"},
        {"holder": "Government", "percent": 24, "from": "2014-10", "until": "2016"}],
     "sources": [{"name": "Register", "published": "2020"}]},
    {"kind": "policy_announcement", "id": "rights", "title": "Rights", "announced": "2010-11-17",
     "affects": ["northmoor"],
     "announced_by": [{"person": {"name": "Bob Chair", "honorific": "Mr"}, "role": "minister"}]}
]"#;

fn library() -> Library {
    let opened = Library::from_json(NORTHMOOR).expect("the text is JSON");
    assert_eq!(opened.report.issues, []);
    opened.library
}

fn date(text: &str) -> Date {
    Date::parse(text).expect("the text is EDTF")
}

#[test]
fn a_timeline_has_every_dated_fact_in_order() {
    let timeline = library().timeline("mutual_entity:northmoor").unwrap();
    let lines: Vec<_> = timeline
        .facts
        .iter()
        .map(|fact| format!("{} {} {} {}", fact.when, fact.reference, fact.field, fact.label))
        .collect();
    assert_eq!(
        lines,
        [
            "2010~ mutual_entity:northmoor stages.date pathfinder",
            "2010-11-17 policy_announcement:rights announced policy announcement announced: Rights",
            "2012-04-29 mutual_entity:northmoor aliases.until no longer called Northmoor Library \
             Service",
            "2012-04-30 mutual_entity:northmoor stages.date spun out: It went live.",
            "2012-04-30 mutual_entity:northmoor stakes.from Partner holds 40 %",
            "2012-04-30 mutual_entity:northmoor stakes.from Government holds 35 %",
            "2012-04-30 mutual_entity:northmoor stakes.from Staff trust holds 25 %",
            "2012-05-02 article:launch published article published: A launch",
            "2014-10 mutual_entity:northmoor stages.date ownership changed",
            "2014-10 mutual_entity:northmoor stakes.from Partner holds 51 %",
            "2014-10 mutual_entity:northmoor stakes.from Government holds 24 %",
            "2015 mutual_entity:holding stakes.from Holding: Northmoor holds 10 %",
            "2016 mutual_entity:northmoor stakes.until Government no longer holds 24 %",
        ]
    );
    // The step `exploring` and the article without a date.
    assert_eq!(timeline.undated, 2);
    assert_eq!(timeline.facts[0].pointer, "/stages/1/date");
    assert_eq!(timeline.facts[7].relations, ["mentioned_by"]);
}

#[test]
fn a_timeline_keeps_the_words_of_its_sources_and_crosses_as_json() {
    let timeline = library().timeline("author:ann").unwrap();
    let facts = rochdale::json::Json::of(&timeline).unwrap();
    assert_eq!(
        facts.pointer("/facts/1").unwrap().to_string(),
        r#"{"field":"starts","label":"event starts: Briefing","pointer":"/starts","reference":"event:briefing","relations":["appearances"],"title":"Briefing","when":"2011-22 (summer 2011)"}"#
    );
    assert_eq!(timeline.facts[0].label, "joins Northmoor Gazette as reporter");
    assert_eq!(timeline.facts.len(), 3);
}

#[test]
fn people_are_gathered_by_author_or_by_name_and_say_which() {
    let people = library().people().unwrap();
    let names: Vec<_> =
        people.iter().map(|person| (person.name.as_str(), person.by_name)).collect();
    assert_eq!(names, [("Ann Example", false), ("Bob Chair", true)]);
    let places = |number: usize| -> Vec<_> {
        let line = |one: &rochdale::library::Appearance| {
            let parts =
                [one.role.clone(), one.standing.clone(), one.date.as_ref().map(Date::to_string)];
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            format!("{}{} {}", one.reference, one.pointer, parts.join(", "))
        };
        people[number].appearances.iter().map(line).collect()
    };
    assert_eq!(
        places(0),
        [
            "article:launch/authors/0 2012-05-02",
            "article:undated/authors/0 ",
            "author:ann/affiliations/0 reporter, 2009",
            "event:briefing/speakers/1/person confirmed, 2011-22 (summer 2011)",
        ]
    );
    assert_eq!(
        places(1),
        [
            "article:launch/quotes/0/speaker chair, 2012-05-01",
            "event:briefing/speakers/0/person guest, hoped_for, 2011-22 (summer 2011)",
            "policy_announcement:rights/announced_by/0/person minister, 2010-11-17",
        ]
    );
    assert_eq!(people[1].names, ["Bob Chair", "bob chair"]);
    assert_eq!(people[1].honorifics, ["Mr", "Sir"]);
}

#[test]
fn a_name_that_two_authors_share_joins_neither() {
    let text = r#"[
        {"kind": "author", "id": "one", "name": "Ann Example"},
        {"kind": "author", "id": "two", "name": "Ann Example"},
        {"kind": "event", "id": "e", "title": "E", "speakers": [
            {"person": "Ann Example", "standing": "invited"}]}
    ]"#;
    let people = Library::from_json(text).unwrap().library.people().unwrap();
    let counts: Vec<_> =
        people.iter().map(|one| (one.entry.is_some(), one.appearances.len())).collect();
    assert_eq!(counts, [(false, 1), (true, 0), (true, 0)]);
    assert!(people.iter().all(|person| !person.by_name));
}

#[test]
fn organisations_are_gathered_too() {
    let known = library().organisations().unwrap();
    let names: Vec<_> =
        known.iter().map(|one| (one.name.as_str(), one.appearances.len(), one.by_name)).collect();
    assert_eq!(
        names,
        [
            ("Government", 2, true),
            ("Holding", 0, false),
            ("Northmoor Gazette", 1, false),
            ("Northmoor Libraries", 4, false),
            ("Partner", 2, true),
            ("Staff trust", 1, false),
        ]
    );
    assert_eq!(known[3].names, ["Northmoor", "Northmoor Libraries", "Northmoor Library Service"]);
}

#[test]
fn a_view_shows_what_held_and_how_surely() {
    let library = library();
    let view = |day: &str| library.as_of("mutual_entity:northmoor", &date(day)).unwrap();
    let sure = |certainty| if certainty == Certainty::Definite { "" } else { "?" };
    let stakes = |day: &str| -> Vec<String> {
        let line = |one: &Held<rochdale::model::Stake>| {
            let stake = &one.value;
            format!("{} {}{}", stake.holder.name, stake.percent.unwrap(), sure(one.certainty))
        };
        view(day).stakes.iter().map(line).collect()
    };
    assert_eq!(stakes("2012-04-29"), [""; 0]);
    assert_eq!(stakes("2012-04-30"), ["Partner 40", "Government 35", "Staff trust 25"]);
    assert_eq!(stakes("2013"), ["Partner 40", "Government 35", "Staff trust 25"]);
    assert_eq!(
        stakes("2014-10-15"),
        ["Partner 40?", "Government 35?", "Staff trust 25", "Partner 51?", "Government 24?"]
    );
    assert_eq!(stakes("2014-11"), ["Staff trust 25", "Partner 51", "Government 24"]);
    assert_eq!(stakes("2016-05"), ["Staff trust 25", "Partner 51", "Government 24?"]);
    assert_eq!(stakes("2017"), ["Staff trust 25", "Partner 51"]);

    let steps = |day: &str| -> Vec<String> {
        let line = |one: &Held<rochdale::model::Stage>| {
            format!("{}{}", one.value.stage, sure(one.certainty))
        };
        view(day).stages.iter().map(line).collect()
    };
    assert_eq!(steps("2009"), [""; 0]);
    assert_eq!(steps("2010-06"), ["pathfinder?"]);
    assert_eq!(steps("2011"), ["pathfinder?"]);
    assert_eq!(steps("2012-04"), ["spun_out?", "pathfinder?"]);
    assert_eq!(steps("2012-04-30"), ["spun_out"]);
    assert_eq!(steps("2014-10-15"), ["spun_out?", "ownership_changed?"]);
    assert_eq!(steps("2015"), ["ownership_changed"]);
    assert_eq!(view("2015").undated_stages, 1);

    let names = |day: &str| -> Vec<String> {
        let line = |one: &Held<String>| format!("{}{}", one.value, sure(one.certainty));
        view(day).names.iter().map(line).collect()
    };
    assert_eq!(names("2011"), ["Northmoor Libraries?", "Northmoor Library Service?"]);
    assert_eq!(names("2013"), ["Northmoor Libraries"]);
}

#[test]
fn of_two_steps_on_one_day_the_later_in_the_entry_counts() {
    let text = r#"{"kind": "mutual_entity", "id": "m", "name": "M", "stages": [
        {"stage": "deregistered", "date": "2015-01-02"},
        {"stage": "dissolved", "date": "2015-01-02"}]}"#;
    let library = Library::from_json(text).unwrap().library;
    let view = library.as_of("mutual_entity:m", &date("2016")).unwrap();
    assert_eq!(view.stages.len(), 1);
    assert_eq!(view.stages[0].value.stage.as_str(), "dissolved");
    assert_eq!(view.stages[0].certainty, Certainty::Definite);
}

#[test]
fn only_a_mutual_entity_has_a_view() {
    let error = library().as_of("author:ann", &date("2012")).unwrap_err();
    assert_eq!(error.to_string(), "expected a mutual entity, got `author:ann`");
}
