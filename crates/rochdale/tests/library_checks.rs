//! What a library finds wrong: each check with the issue it gives, and a near miss that is right.

use rochdale::library::{Library, code};

/// The issues of a library, a line each.
fn issues(text: &str) -> Vec<String> {
    let opened = Library::from_json(text).expect("the text is JSON");
    opened.report.issues.iter().map(ToString::to_string).collect()
}

/// The issues as code and place.
fn places(text: &str) -> Vec<(&'static str, String)> {
    let opened = Library::from_json(text).expect("the text is JSON");
    let place = |issue: &rochdale::issue::Issue| {
        let entry = issue.entry.clone().unwrap_or_default();
        (issue.code.name, entry + issue.pointer.as_deref().unwrap_or_default())
    };
    opened.report.issues.iter().map(place).collect()
}

#[test]
fn codes_have_names_of_their_own_and_say_what_they_mean() {
    let mut names: Vec<_> = code::CODES.iter().map(|code| code.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), code::CODES.len());
    assert!(code::CODES.iter().all(|code| code.doc.ends_with('.')));
}

#[test]
fn a_reference_that_leads_nowhere_names_what_is_near() {
    let text = r#"[
        {"kind": "author", "id": "ann-example", "name": "Ann"},
        {"kind": "category", "id": "health", "name": "Health"},
        {"kind": "article", "id": "a", "title": "A", "authors": ["ann-exmaple", "stranger"],
         "quotes": [{"text": "Yes.", "evidence": [{"entry": "event:health"}]}]}
    ]"#;
    assert_eq!(
        issues(text),
        [
            "article:a/authors/0: warning[dangling-reference] no entry `author:ann-exmaple`; did \
             you mean `author:ann-example`?",
            "article:a/authors/1: warning[dangling-reference] no entry `author:stranger`",
            "article:a/quotes/0/evidence/0/entry: warning[dangling-reference] no entry \
             `event:health`; did you mean `category:health`?",
        ]
    );
}

#[test]
fn categories_in_a_circle_are_reported_once() {
    let text = r#"[
        {"kind": "category", "id": "c", "name": "C", "parent": "a"},
        {"kind": "category", "id": "a", "name": "A", "parent": "b"},
        {"kind": "category", "id": "b", "name": "B", "parent": "c"},
        {"kind": "category", "id": "outside", "name": "Outside", "parent": "a"},
        {"kind": "category", "id": "own", "name": "Own", "parent": "own"}
    ]"#;
    assert_eq!(
        issues(text),
        [
            "category:own/parent: warning[cycle] the entry is in its own `parent`; remove the \
             reference",
            "category:a/parent: warning[cycle] each is the parent of the one before: `a`, `b`, \
             `c`, `a`; remove the reference that is wrong",
        ]
    );
}

#[test]
fn predecessors_and_successors_form_one_line() {
    let right = r#"[
        {"kind": "mutual_entity", "id": "a", "name": "A", "successors": ["b"]},
        {"kind": "mutual_entity", "id": "b", "name": "B", "predecessors": ["a"]}
    ]"#;
    assert_eq!(issues(right), [""; 0]);
    let wrong = r#"[
        {"kind": "mutual_entity", "id": "a", "name": "A", "successors": ["b"]},
        {"kind": "mutual_entity", "id": "b", "name": "B", "successors": ["a"]}
    ]"#;
    assert_eq!(
        issues(wrong),
        [
            "mutual_entity:a/successors/0: warning[cycle] each is the predecessor of the one before: \
          `a`, `b`, `a`; remove the reference that is wrong"
        ]
    );
}

#[test]
fn a_long_chain_and_many_circles_do_not_exhaust_anything() {
    let category = |id: usize, parent: usize| {
        format!(r#"{{"kind":"category","id":"c{id}","name":"C{id}","parent":"c{parent}"}}"#)
    };
    let chain: Vec<_> = (0..20_000).map(|id| category(id, (id + 1) % 20_000)).collect();
    let found = issues(&format!("[{}]", chain.join(",")));
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("`c10`, `c11`, 19988 more, `c0`;"), "{}", found[0]);
}

#[test]
fn what_ends_before_it_starts_is_reported_only_if_it_definitely_does() {
    let text = r#"[
        {"kind": "author", "id": "ann", "name": "Ann", "affiliations": [
            {"organisation": "Northmoor", "from": "2012", "until": "2011-12-31"},
            {"organisation": "Northmoor", "from": "2012-06", "until": "2012"}]},
        {"kind": "event", "id": "e", "title": "E", "starts": "2011-06-15", "ends": "2011-06-14"},
        {"kind": "event", "id": "f", "title": "F", "starts": "2011-06-15", "ends": "2011-06"},
        {"kind": "event", "id": "g", "title": "G", "starts": "2011-06-15?", "ends": "2011-06-14"},
        {"kind": "mutual_entity", "id": "m", "name": "M",
         "aliases": [{"name": "N", "from": "2012", "until": "2010"}],
         "officers": [{"person": "Ann", "from": "2012", "until": "2010"}],
         "stakes": [{"holder": "Staff", "from": "2012", "until": "2010"}]}
    ]"#;
    assert_eq!(
        places(text),
        [
            ("ends-before-start", "author:ann/affiliations/0/until".to_owned()),
            ("ends-before-start", "event:e/ends".to_owned()),
            ("ends-before-start", "mutual_entity:m/aliases/0/until".to_owned()),
            ("ends-before-start", "mutual_entity:m/officers/0/until".to_owned()),
            ("ends-before-start", "mutual_entity:m/stakes/0/until".to_owned()),
        ]
    );
    assert_eq!(
        issues(text)[1],
        "event:e/ends: warning[ends-before-start] `ends` is `2011-06-14`, which is before \
         `starts`, `2011-06-15`; compare both with the source"
    );
}

#[test]
fn stakes_may_not_exceed_the_whole_on_any_day() {
    let entity = |stakes: &str| {
        format!(r#"{{"kind": "mutual_entity", "id": "m", "name": "M", "stakes": [{stakes}]}}"#)
    };
    let first = r#"{"holder": "Partner", "percent": 40, "from": "2012-04-30"},
        {"holder": "Government", "percent": 35, "from": "2012-04-30"},
        {"holder": "Staff trust", "percent": 25, "from": "2012-04-30"}"#;
    // Each holder's next stake replaces the one before.
    let second = r#"{"holder": "PARTNER", "percent": 51, "from": "2014-10"},
        {"holder": "Government", "percent": 24, "from": "2014-10"}"#;
    assert_eq!(issues(&entity(&format!("{first},{second}"))), [""; 0]);

    let bought = r#"{"holder": "Buyer", "percent": 0.5, "from": "2013"}"#;
    assert_eq!(
        issues(&entity(&format!("{first},{bought}"))),
        ["mutual_entity:m/stakes: warning[stakes-over-whole] on 2013-12-31 the stakes add up to \
          100.5 %: Partner 40 %, Government 35 %, Staff trust 25 %, Buyer 0.5 %; say until when \
          each was held, or mark those that sources disagree on as disputed"]
    );
    for right in [
        // Nobody is sure of it.
        r#"{"holder": "Buyer", "percent": 40, "from": "2013?"}"#,
        r#"{"holder": "Buyer", "percent": 40, "from": "2013", "certainty": "disputed"}"#,
        r#"{"holder": "Buyer", "percent": 40}"#,
        r#"{"holder": "Buyer", "from": "2013"}"#,
    ] {
        assert_eq!(issues(&entity(&format!("{first},{right}"))), [""; 0], "{right}");
    }
    // A stake that ends on the day on which another begins is not counted twice.
    let handed = r#"{"holder": "A", "percent": 100, "from": "2012", "until": "2014-01-01"},
        {"holder": "B", "percent": 100, "from": "2014-01-01"}"#;
    assert_eq!(issues(&entity(handed)), [""; 0]);
}

#[test]
fn numbers_stay_within_their_ranges() {
    let text = r#"[
        {"kind": "event", "id": "e", "title": "E",
         "venue": {"latitude": 90.5, "longitude": -180}},
        {"kind": "mutual_entity", "id": "m", "name": "M", "places": [{"longitude": 181}],
         "stakes": [{"holder": "A", "percent": -1}, {"holder": "B", "percent": 100}]}
    ]"#;
    assert_eq!(
        issues(text),
        [
            "event:e/venue/latitude: warning[coordinate-out-of-range] expected a latitude from \
             -90 to 90, got 90.5; compare it with the source",
            "mutual_entity:m/places/0/longitude: warning[coordinate-out-of-range] expected a \
             longitude from -180 to 180, got 181; compare it with the source",
            "mutual_entity:m/stakes/0/percent: warning[percent-out-of-range] expected a percent \
             from 0 to 100, got -1; compare it with the source",
        ]
    );
}

#[test]
fn mentions_lie_in_the_body_and_have_its_words() {
    let text = r#"{"kind": "article", "id": "a", "title": "A",
        "body": {"text": "Caf\u00e9s by Northmoor"},
        "mentions": [
            {"entry": "mutual_entity:n", "words": "Northmoor", "start": 9, "end": 18},
            {"entry": "mutual_entity:n", "words": "Northmoor", "start": 10, "end": 18},
            {"entry": "mutual_entity:n", "start": 9, "end": 19},
            {"entry": "mutual_entity:n", "start": 9, "end": 8},
            {"entry": "mutual_entity:n", "start": 9},
            {"entry": "article:a"}
        ]}"#;
    let found: Vec<_> =
        issues(text).into_iter().filter(|line| !line.contains("dangling")).collect();
    assert_eq!(
        found,
        [
            "article:a/mentions/5/entry: note[self-reference] the entry refers to itself in \
             `mentions.entry`; a reference to another is expected",
            "article:a/mentions/1/words: warning[mention-words-differ] expected `Northmoor` at 10 \
             to 18 of the body, got `orthmoor`; correct the words or their place",
            "article:a/mentions/2: warning[mention-outside-body] the mention spans 9 to 19, and \
             the body has 18 characters; count Unicode characters of the body as written, from \
             0; `end` is exclusive",
            "article:a/mentions/3: warning[mention-outside-body] the mention spans 9 to 8, and \
             the body has 18 characters; count Unicode characters of the body as written, from \
             0; `end` is exclusive",
            "article:a/mentions/4: warning[mention-outside-body] the mention has only one of \
             `start` and `end`; give both, or neither",
        ]
    );
}

#[test]
fn titles_addresses_and_languages_have_their_shapes() {
    let text = r#"[
        {"kind": "article", "id": "a", "title": " \u2014 ", "language": "english language",
         "url": "not an address", "links": [{"url": "javascript:alert(1)"}]},
        {"kind": "author", "id": "b", "name": "B", "url": "/authors/b", "sources": [
            {"name": "S", "url": "https://"}]}
    ]"#;
    assert_eq!(
        issues(text),
        [
            "article:a/title: warning[empty-title] the title has no letter and no digit; say what \
             a reader would call it",
            "article:a/language: warning[bad-language] expected a language tag, got `english \
             language`; write it as `en`, `en-GB` or `cy`",
            "article:a/links/0/url: warning[bad-url] expected the address of a page, got \
             `javascript:alert(1)`; name the page by `https` instead",
            "article:a/url: warning[bad-url] expected an address without spaces, got `not an \
             address`; write a space as `%20`",
            "author:b/sources/0/url: warning[bad-url] expected `//` and a host after the scheme, \
             got `https://`; write `https://example.org/`",
        ]
    );
}

#[test]
fn an_announcement_made_before_it_was_expected_is_noted() {
    let text = |expected: &str| {
        format!(
            r#"{{"kind": "policy_announcement", "id": "p", "title": "P",
                "announced": "2011-01-10", "expected": "{expected}"}}"#
        )
    };
    assert_eq!(
        places(&text("2011-02")),
        [("expected-after-announced", "policy_announcement:p/expected".to_owned())]
    );
    for right in ["2011", "2010-12", "2011-02?"] {
        assert_eq!(issues(&text(right)), [""; 0], "{right}");
    }
}

#[test]
fn a_speaker_has_one_standing_in_an_entry() {
    let text = r#"{"kind": "event", "id": "e", "title": "E", "speakers": [
        {"person": "Ann Example", "standing": "hoped_for"},
        {"person": "Bob", "standing": "confirmed"},
        {"person": "ANN  EXAMPLE", "standing": "confirmed"},
        {"person": "Bob", "standing": "confirmed"},
        {"person": {"name": "Cat", "author": "cat-one"}, "standing": "confirmed"},
        {"person": {"name": "Cat", "author": "cat-two"}, "standing": "invited"}]}"#;
    let found: Vec<_> =
        issues(text).into_iter().filter(|line| !line.contains("dangling")).collect();
    assert_eq!(
        found,
        ["event:e/speakers/2/standing: warning[standings-differ] `ANN  EXAMPLE` is listed as \
          `confirmed` here and as `hoped_for` at `/speakers/0`; keep the standing of the later \
          source"]
    );
}

#[test]
fn entries_for_one_event_agree_on_its_speakers() {
    let text = |starts: &str, title: &str| {
        format!(
            r#"[
            {{"kind": "article", "id": "early", "title": "Early", "published": "2011-04-11"}},
            {{"kind": "article", "id": "late", "title": "Late", "published": "2011-05-20"}},
            {{"kind": "event", "id": "a", "title": "Mutuals Briefing", "starts": "2011-06-15",
              "speakers": [{{"person": "Ann Example", "standing": "confirmed",
                             "evidence": [{{"entry": "article:late"}}]}}]}},
            {{"kind": "event", "id": "b", "title": "{title}", "starts": "{starts}",
              "speakers": [{{"person": "Ann Example", "standing": "hoped_for",
                             "evidence": [{{"entry": "article:early"}}]}}]}}
        ]"#
        )
    };
    assert_eq!(
        issues(&text("2011-06", "Mutuals briefing")),
        ["event:b/speakers/0/standing: warning[standings-differ] `Ann Example` is listed as \
          `hoped_for` here and as `confirmed` in `event:a`; the later source, of `2011-05-20`, \
          says `confirmed`"]
    );
    assert_eq!(issues(&text("2011-07", "Mutuals briefing")), [""; 0]);
    assert_eq!(issues(&text("2011-06", "Another briefing")), [""; 0]);
}
