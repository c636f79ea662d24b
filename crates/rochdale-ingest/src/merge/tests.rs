//! What must hold of merging, whatever the sources say.

use std::sync::Arc;

use proptest::prelude::*;
use rochdale::issue::Issue;
use rochdale::model::Kind;

use super::{Merging, settle};
use crate::draft::{Draft, Key};
use crate::format::Format;
use crate::place::Place;
use crate::tree::{Node, Value};

/// A draft of a file whose line is its number there.
fn draft(kind: Kind, format: Format, path: &str, line: u32) -> Draft {
    let at = Place { line, column: 1 };
    Draft::new(kind, &Arc::from(path), format, at)
}

fn article(format: Format, path: &str, title: &str, url: &str) -> Draft {
    let mut draft = draft(Kind::Article, format, path, 1);
    draft.set_text("title", draft.at, title);
    draft.set_text("url", draft.at, url);
    draft.call(title);
    draft
}

fn merged(mut drafts: Vec<Draft>, merging: &Merging) -> (Vec<Draft>, Vec<String>) {
    let mut issues: Vec<Issue> = Vec::new();
    settle(&mut drafts, merging, &mut issues);
    let mut issues: Vec<String> = issues.iter().map(ToString::to_string).collect();
    issues.sort();
    (drafts, issues)
}

fn texts(draft: &Draft, field: &str) -> String {
    draft.get(field).map(|node| node.to_json().to_string()).unwrap_or_default()
}

#[test]
fn one_permalink_is_one_article_and_the_preferred_source_has_its_word() {
    let mut feed =
        article(Format::Rss, "feed.xml", "Mutuals!", "http://www.a.example/x/?utm_source=f");
    feed.push("tags", Node::text(Place { line: 7, column: 2 }, "Pensions"));
    let mut export = article(Format::Wxr, "blog.xml", "Mutuals", "https://a.example/x");
    export.push("tags", Node::text(Place::TOP, "pensions"));
    export.push("tags", Node::text(Place::TOP, "mutuals"));
    let (drafts, issues) = merged(vec![feed.clone(), export.clone()], &Merging::default());
    let [one] = &drafts[..] else { panic!("{drafts:?}") };
    assert_eq!((one.id.as_str(), one.title()), ("mutuals", Some("Mutuals")));
    assert_eq!(texts(one, "tags"), r#"["pensions","mutuals"]"#);
    assert_eq!(texts(one, "sources"), r#"["blog.xml","feed.xml"]"#);
    assert_eq!(issues, [] as [&str; 0], "punctuation is no conflict");

    feed.set_text("title", Place { line: 9, column: 4 }, "Co-operatives");
    let (drafts, issues) = merged(vec![export.clone(), feed.clone()], &Merging::default());
    assert_eq!(drafts[0].title(), Some("Mutuals"));
    assert_eq!(
        issues,
        ["feed.xml:9:4: warning[sources-differ] sources differ on `title` of `article:mutuals`: \
          took `Mutuals` of blog.xml:1, left `Co-operatives`"]
    );
    for source in ["rss", "feed.xml"] {
        let merging = Merging::default().prefer(source);
        let (drafts, issues) = merged(vec![export.clone(), feed.clone()], &merging);
        assert_eq!(drafts[0].title(), Some("Co-operatives"));
        assert!(issues[0].starts_with("blog.xml:1:1: "), "{issues:?}");
        assert_eq!(drafts[0].whence().path("/tags/1").as_ref(), "blog.xml");
    }
}

#[test]
fn content_folders_keep_their_entries_and_ids_apart() {
    let own = |path: &str| article(Format::Markdown, path, path, "https://a.example/x");
    let feed = article(Format::Atom, "feed.xml", "Feed", "https://a.example/x");
    let (drafts, _) = merged(vec![own("one.md"), own("two.md"), feed], &Merging::default());
    let ids: Vec<_> = drafts.iter().map(|draft| draft.id.as_str()).collect();
    assert_eq!(ids, ["one.md", "two.md"]);
    let merging = Merging::default().prefer("atom");
    let feed = article(Format::Atom, "feed.xml", "Feed", "https://a.example/x");
    let (drafts, _) = merged(vec![own("one.md"), feed], &merging);
    assert_eq!((drafts[0].id.as_str(), drafts[0].title()), ("one.md", Some("Feed")));
}

#[test]
fn items_of_one_file_with_one_address_stay_apart_where_guids_do() {
    let item = |path: &str, line: u32, guid: &str| {
        let mut item =
            article(Format::Rss, path, &format!("Item {line}"), "https://a.example/news");
        item.at.line = line;
        item.known_by(Key::guid(&format!("tag:a.example,2011:{guid}")));
        item
    };
    let all = vec![
        item("a.xml", 1, "1"),
        item("a.xml", 2, "2"),
        item("b.xml", 2, "2"),
        item("b.xml", 1, "1"),
    ];
    let (drafts, issues) = merged(all, &Merging::default());
    assert_eq!(drafts.len(), 2, "{drafts:?}");
    assert_eq!(issues, [] as [&str; 0]);
}

#[test]
fn names_alone_merge_only_with_a_word_about_it() {
    let society = |format: Format, path: &str, name: &str, number: &str| {
        let mut society = draft(Kind::MutualEntity, format, path, 2);
        society.set_text("name", society.at, name);
        society.push("register_ids", Node::text(society.at, number));
        society.call(name);
        society
    };
    let register = society(Format::FcaRegister, "r.csv", "Moor Lane Limited", "GB-MPR-1R");
    let data = society(Format::CooperativesUk, "c.csv", "MOOR LANE LTD", "GB-COH-RS000001");
    let (drafts, issues) = merged(vec![register.clone(), data.clone()], &Merging::default());
    assert_eq!(drafts.len(), 1);
    assert_eq!(texts(&drafts[0], "aliases"), r#"["MOOR LANE LTD"]"#);
    assert!(issues[0].starts_with("c.csv:2:1: warning[sources-differ]"), "{issues:?}");
    assert_eq!(
        issues[1],
        "r.csv:2:1: note[merged-by-name] the mutual_entity `Moor Lane Limited` was taken for the same \
         as that in c.csv:2, by its name alone, score 0.75"
    );
    let strict = Merging::default().with_least_score(0.8);
    let (drafts, issues) = merged(vec![register.clone(), data], &strict);
    assert_eq!(drafts.len(), 2);
    assert!(issues[0].contains("note[perhaps-the-same]"), "{issues:?}");
    let other = society(Format::CooperativesUk, "c.csv", "Moor Lane Limited", "GB-MPR-2R");
    let (drafts, issues) = merged(vec![register, other], &Merging::default());
    assert_eq!((drafts.len(), issues.len()), (2, 0), "two numbers of one register are two bodies");
}

#[test]
fn a_number_in_a_register_tells_whatever_the_name() {
    let body = |format: Format, path: &str, name: &str, number: &str| {
        let mut body = draft(Kind::MutualEntity, format, path, 1);
        body.set_text("name", body.at, name);
        body.known_by(Key::register("GB-COH", number));
        body.call(name);
        body
    };
    let one = body(Format::FcaRegister, "r.csv", "Old Name", "RS004999");
    let two = body(Format::CooperativesUk, "c.csv", "New Name", "rs004999");
    let (drafts, issues) = merged(vec![two, one], &Merging::default());
    assert_eq!((drafts.len(), drafts[0].title()), (1, Some("Old Name")));
    assert!(issues[0].contains("left `New Name`"), "{issues:?}");
}

#[test]
fn what_only_the_bytes_decide_is_told_in_full() {
    let long = "word ".repeat(200);
    let one = article(Format::Rss, "a.xml", &format!("A {long}"), "https://a.example/x");
    let two = article(Format::Rss, "b.xml", &format!("B {long}"), "https://a.example/x");
    let (drafts, issues) = merged(vec![two, one], &Merging::default());
    assert!(drafts[0].title().unwrap().starts_with("A "));
    assert!(issues[0].contains(&format!("left `B {}`", long.trim())), "{issues:?}");
}

#[test]
fn many_of_one_thing_cost_no_more_than_their_number() {
    let item = |line: u32| {
        let mut item = article(Format::Rss, "feed.xml", &format!("Item {line}"), "");
        item.at.line = line;
        item.known_by(Key::guid("tag:a.example,2011:all-the-same"));
        for tag in 0..5 {
            item.push("tags", Node::text(item.at, format!("tag {line} {tag}")));
        }
        item
    };
    let (drafts, issues) = merged((1..20_000).map(item).collect(), &Merging::default());
    let Some(Value::List(tags)) = drafts[0].get("tags").map(|node| &node.value) else { panic!() };
    assert_eq!((drafts.len(), tags.len(), issues.len()), (1, 99_995, 19_998));
}

/// Drafts of a few files that share some of their keys.
fn any_draft() -> impl Strategy<Value = Draft> {
    let kind = prop::sample::select(vec![Kind::Article, Kind::Author, Kind::Event]);
    let format =
        prop::sample::select(vec![Format::Markdown, Format::Wxr, Format::Rss, Format::Page]);
    let words = prop::sample::select(vec!["Ann Lee", "ann lee", "Zoë", "Mutuals", "Mutuals today"]);
    let date = prop::sample::select(vec!["", "2011-05-20", "2011-05-20T10:00:00Z", "2011-06"]);
    let key = prop::sample::select(vec!["", "x", "y", "?p=1"]);
    (kind, format, words, date, key.clone(), key, 0..3_u8, 1..5_u32).prop_map(
        |(kind, format, words, date, address, guid, file, line)| {
            let mut draft = draft(kind, format, &format!("{}{file}", format.name()), line);
            let at = draft.at;
            draft.set_text(kind.info().structure.fields[1].name, at, words);
            draft.set_text("url", at, format!("https://a.example/{address}"));
            if !guid.is_empty() {
                draft.known_by(Key::guid(&format!("https://a.example/{guid}")));
            }
            let order = kind.info().structure.fields.iter().find(|field| field.order);
            if let Some(order) = order {
                draft.set_text(order.name, at, date);
            }
            draft.push("tags", Node::text(at, words));
            draft.call(words);
            draft
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_sources_changes_nothing(drafts in prop::collection::vec(any_draft(), 0..9), turn in 0..9_usize) {
        let shown = |(drafts, issues): (Vec<Draft>, Vec<String>)| {
            let shown = |draft: &Draft| format!("{} {} {}", draft.path, draft.id, draft.canonical());
            (drafts.iter().map(shown).collect::<std::collections::BTreeSet<_>>(), issues)
        };
        let first = shown(merged(drafts.clone(), &Merging::default()));
        let mut others = drafts;
        let turn = turn.min(others.len());
        others.rotate_left(turn);
        others.reverse();
        prop_assert_eq!(first, shown(merged(others, &Merging::default())));
    }

    #[test]
    fn no_draft_is_lost_without_a_source_and_no_own_one_at_all(drafts in prop::collection::vec(any_draft(), 0..9)) {
        let own = |drafts: &[Draft]| drafts.iter().filter(|draft| !draft.format.is_foreign()).count();
        let (before, paths) = (own(&drafts), drafts.iter().map(|draft| draft.path.to_string()));
        let paths: std::collections::BTreeSet<String> = paths.collect();
        let (after, _) = merged(drafts.clone(), &Merging::default().prefer("rss"));
        let kept: Vec<_> = after.iter().map(|draft| (draft.path.to_string(), texts(draft, "sources"))).collect();
        for path in paths {
            let named = kept.iter().any(|(own, sources)| *own == path || sources.contains(&path));
            prop_assert!(named, "{} is not in {:?}", path, kept);
        }
        prop_assert!(after.len() >= before, "content folders keep their entries apart");
    }
}
