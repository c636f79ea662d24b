//! Building a library: order, identity, links and reading from JSON.

use rochdale::issue::Severity;
use rochdale::library::{Direction, Library};
use rochdale::model::{Article, Author, Entry, Id};

fn ids(library: &Library) -> Vec<String> {
    let entries = library.entries().map(|entry| entry.expect("it is in memory"));
    entries.map(|entry| entry.reference().to_string()).collect()
}

#[test]
fn a_library_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Library>();
}

#[test]
fn entries_run_by_kind_then_from_the_latest_and_undated_last() {
    let text = r#"[
        {"kind": "author", "id": "zoe", "name": "Zoe"},
        {"kind": "author", "id": "ann", "name": "Ann"},
        {"kind": "article", "id": "undated-b", "title": "B"},
        {"kind": "article", "id": "undated-a", "title": "A"},
        {"kind": "article", "id": "open", "title": "Open", "published": "../2011"},
        {"kind": "article", "id": "year", "title": "Year", "published": "2011"},
        {"kind": "article", "id": "month", "title": "Month", "published": "2011-01"},
        {"kind": "article", "id": "day", "title": "Day", "published": "2011-06-15"},
        {"kind": "article", "id": "doubted", "title": "Doubted", "published": "2011?"},
        {"kind": "mutual_entity", "id": "older", "name": "Older", "stages": [
            {"stage": "spun_out", "date": "2014"}, {"stage": "proposed", "date": "2010"}]},
        {"kind": "mutual_entity", "id": "younger", "name": "Younger", "stages": [
            {"stage": "proposed", "date": "2012"}]}
    ]"#;
    let opened = Library::from_json(text).unwrap();
    assert_eq!(
        ids(&opened.library),
        [
            "article:day",
            "article:doubted",
            "article:year",
            "article:month",
            "article:open",
            "article:undated-a",
            "article:undated-b",
            "author:ann",
            "author:zoe",
            "mutual_entity:younger",
            "mutual_entity:older",
        ]
    );
    let counts: Vec<_> = opened.report.counts.into_iter().collect();
    assert_eq!(counts, [("article", 7), ("author", 2), ("mutual_entity", 2)]);
    assert_eq!(opened.library.len(), 11);
    assert_eq!(opened.library.mutual_entities().count(), 2);
    assert_eq!(opened.library.events().count(), 0);
}

#[test]
fn an_entry_is_found_by_its_reference() {
    let author = Author::new(Id::new("ann").unwrap(), "Ann");
    let library = Library::new([author.clone().into()]).library;
    assert_eq!(library.get("author:ann").unwrap(), Some(Entry::Author(author.clone())));
    assert_eq!(library.by_id(&author.id).unwrap(), Some(author));
    assert_eq!(library.get("article:ann").unwrap(), None);
    let error = library.get("auther:ann").unwrap_err();
    assert_eq!(error.to_string(), "unknown kind `auther` (did you mean `author`?)");
    let error = library.related("author:anne").unwrap_err();
    assert_eq!(error.to_string(), "no entry `author:anne` (did you mean `author:ann`?)");
}

#[test]
fn of_two_entries_with_one_id_one_stands_and_the_other_is_reported_in_full() {
    let make = |title: &str| Entry::from(Article::new(Id::new("a").unwrap(), title));
    for titles in [["One", "Two", "One"], ["Two", "One", "One"]] {
        let opened = Library::new(titles.map(make));
        assert_eq!(opened.library.articles().next().unwrap().unwrap().title.as_str(), "One");
        let lines: Vec<_> = opened.report.issues.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "article:a: note[repeated-entry] the entry was given more than once, in the same \
                 words",
                "article:a: error[duplicate-id] another entry has the same id; left out: \
                 {\"id\":\"a\",\"kind\":\"article\",\"title\":\"Two\"}; give one of them another \
                 id, or merge them",
            ]
        );
    }
}

#[test]
fn relations_are_known_from_both_sides() {
    let text = r#"[
        {"kind": "author", "id": "ann", "name": "Ann"},
        {"kind": "article", "id": "b", "title": "B", "published": "2012", "authors": ["ann"],
         "mentions": [{"entry": "event:e"}, {"entry": "event:e"}]},
        {"kind": "article", "id": "a", "title": "A", "published": "2011", "authors": ["ann"]},
        {"kind": "event", "id": "e", "title": "E", "speakers": [
            {"person": {"name": "Ann", "author": "ann"}, "standing": "invited"}]}
    ]"#;
    let library = Library::from_json(text).unwrap().library;
    let related = |reference: &str| -> Vec<_> {
        let related = library.related(reference).unwrap();
        let line = |one: rochdale::library::Related| {
            (one.direction == Direction::Forward, one.relation, one.reference.to_string())
        };
        related.into_iter().map(line).collect()
    };
    let own = |forward, relation: &str, to: &str| (forward, relation.to_owned(), to.to_owned());
    assert_eq!(
        related("event:e"),
        [own(true, "speakers.person", "author:ann"), own(false, "mentioned_by", "article:b")]
    );
    assert_eq!(
        related("author:ann"),
        [
            own(false, "appearances", "event:e"),
            own(false, "articles", "article:b"),
            own(false, "articles", "article:a"),
        ]
    );
    assert_eq!(library.referrers("author:ann").unwrap(), library.related("author:ann").unwrap());
}

#[test]
fn an_entry_that_does_not_read_is_an_issue_and_the_rest_stands() {
    let text = "[\n {\"kind\": \"author\", \"id\": \"ann\", \"nam\": \"Ann\"},\n {\"kind\": \
                \"author\", \"id\": \"bob\", \"name\": \"B\", \"name\": \"Bob\"}, 7\n]";
    let opened = Library::from_json(text).unwrap();
    assert_eq!(ids(&opened.library), ["author:bob"]);
    let issues: Vec<_> = opened
        .report
        .issues
        .iter()
        .map(|issue| {
            let place = (issue.line.unwrap(), issue.column.unwrap());
            (issue.code.name, place, issue.entry.as_deref(), issue.pointer.as_deref())
        })
        .collect();
    assert_eq!(
        issues,
        [
            ("unreadable-entry", (2, 34), Some("author:ann"), Some("/nam")),
            ("repeated-member", (3, 34), Some("author:bob"), Some("/name")),
            ("unreadable-entry", (3, 63), None, None),
        ]
    );
    assert!(opened.report.issues.iter().all(|issue| issue.severity == Severity::Error));
}

#[test]
fn entries_stand_one_a_line_too() {
    let text = "{\"kind\": \"author\", \"id\": \"ann\", \"name\": \"Ann\"}\n\n{\"kind\": \
                \"author\", oops}\n{\"kind\": \"author\", \"id\": \"bob\", \"name\": \"Bob\"}\n";
    let opened = Library::from_json(text).unwrap();
    assert_eq!(ids(&opened.library), ["author:ann", "author:bob"]);
    let issue = &opened.report.issues[0];
    assert_eq!((issue.line, issue.column), (Some(3), Some(20)));
    let one = Library::from_json("{\"kind\": \"author\", \"id\": \"ann\", \"name\": \"Ann\"}");
    assert_eq!(one.unwrap().library.len(), 1);
    for text in ["", "[{\"kind\"", "{\n\"kind\":"] {
        assert!(Library::from_json(text).is_err(), "{text}");
    }
}

#[test]
fn what_has_no_words_stands_beside_nothing() {
    let text = r#"{"kind": "article", "id": "a", "title": "A joint venture"}"#;
    let library = Library::from_json(text).expect("an article").library;
    let scores = |query: &str| -> Vec<Option<f64>> {
        library.find(query).expect("an answer").scores().collect()
    };
    let alone = scores(r#"joint OR "++""#);
    assert_eq!(scores(r#"joint OR "++" proximity:1"#), alone);
    assert!(scores("joint OR venture proximity:1") > scores("joint OR venture"));
    assert_eq!(alone.len(), 1);
}
