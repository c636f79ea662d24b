//! Several sources in one library: in any order, from disk and memory, beside a content folder.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rochdale::json::Json;
use rochdale::model::Entry;
use rochdale_ingest::{Input, Merging, Reader, Reading};

fn fixtures(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/ingest/merging")
        .join(case)
        .join("input")
}

/// The files of a case, in memory.
fn files(case: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(fixtures(case))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

fn read(inputs: Vec<Input>) -> Reading {
    Reader::new().read_inputs(inputs).unwrap()
}

fn canonical(reading: &Reading) -> String {
    let entries = reading.entries.iter().map(|entry| entry.to_json().unwrap());
    let report = Json::of(&reading.report).unwrap();
    format!("{}{report}", Json::Array(entries.collect()))
}

fn ids(reading: &Reading) -> Vec<String> {
    reading.entries.iter().map(|entry| entry.reference().to_string()).collect()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn a_content_folder_keeps_its_ids_and_its_word() {
    let content = folder(&[
        (
            "posts/mill.md",
            "---\ntitle: The mill is theirs\nauthor: June Lee\n\
             url: https://loomstreet.example/2012/03/05/weavers-vote\n---\nOur own words.\n",
        ),
        ("posts/seminar.md", "---\ntitle: Another seminar\n---\nWords.\n"),
    ]);
    let blog = fixtures("blog-feed-page").join("blog.xml");
    let forth = read(vec![Input::path(content.path()), Input::path(&blog)]);
    let back = read(vec![Input::path(&blog), Input::path(content.path())]);
    assert_eq!(canonical(&forth), canonical(&back));
    assert_eq!(
        ids(&forth),
        [
            "article:2012-04-02-seminar",
            "article:mill",
            "article:seminar",
            "author:june-lee",
            "category:mutuals"
        ],
        "{:?}",
        forth.report.issues
    );
    let mill = forth.entries.iter().find(|entry| entry.id() == "mill").unwrap();
    assert_eq!(mill.title(), "The mill is theirs");
    let json = mill.to_json().unwrap();
    assert_eq!(json.pointer("/authors").unwrap().to_string(), r#"["june-lee"]"#);
    let sources = json.pointer("/sources").unwrap().to_string();
    assert!(sources.contains("posts/mill.md") && sources.contains("blog.xml"), "{sources}");
    let told: Vec<_> = forth.report.issues.iter().map(ToString::to_string).collect();
    assert!(
        told.iter().any(|issue| issue.starts_with("blog.xml:")
            && issue.contains("[sources-differ]")
            && issue.contains("`title` of `article:mill`")),
        "{told:?}"
    );
    let preferred = Reader::new().with_merging(Merging::default().prefer("blog.xml"));
    let reading = preferred.read_inputs([Input::path(&blog), Input::path(content.path())]).unwrap();
    let mill = reading.entries.iter().find(|entry| entry.id() == "mill").unwrap();
    assert_eq!(mill.title(), "Weavers vote to own the mill");
}

#[test]
fn what_is_opened_twice_is_read_once() {
    let blog = fixtures("blog-feed-page").join("blog.xml");
    let once = read(vec![Input::path(&blog)]);
    let twice = read(vec![Input::path(&blog), Input::path(&blog)]);
    assert_eq!(canonical(&once), canonical(&twice));
    let content =
        folder(&[("posts/a.md", "---\ntitle: A\n---\n"), ("b.yaml", "kind: author\nname: B\n")]);
    let reading =
        read(vec![Input::path(content.path()), Input::path(content.path().join("posts"))]);
    assert_eq!(ids(&reading), ["article:a", "author:b"]);
    assert!(reading.report.issues.is_empty(), "{:?}", reading.report.issues);
}

#[test]
fn files_of_one_name_are_told_apart_by_their_folders() {
    let feed = |title: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>x</title><item><title>{title}</title>\
             <link>https://{title}.example/a</link><pubDate>soon</pubDate></item></channel></rss>"
        )
    };
    let folder = folder(&[("one/feed.xml", &feed("one")), ("two/feed.xml", &feed("two"))]);
    let paths = ["one/feed.xml", "two/feed.xml"].map(|path| Input::path(folder.path().join(path)));
    let reading = read(paths.to_vec());
    assert_eq!(ids(&reading), ["article:one", "article:two"]);
    let mut told: Vec<_> =
        reading.report.issues.iter().filter_map(|issue| issue.path.clone()).collect();
    told.dedup();
    assert_eq!(told, ["one/feed.xml", "two/feed.xml"]);
}

#[test]
fn personal_data_comes_only_when_it_is_asked_for() {
    let blog = || vec![Input::path(fixtures("blog-feed-page").join("blog.xml"))];
    assert!(!canonical(&read(blog())).contains("june@loomstreet.example"));
    let all = Reader::new().with_personal_data().read_inputs(blog()).unwrap();
    assert!(canonical(&all).contains("june@loomstreet.example"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_sources_changes_no_byte(
        order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
        count in 1..6_usize,
    ) {
        let mut all = files("blog-feed-page");
        all.extend(files("registers"));
        let chosen: Vec<usize> = order.into_iter().take(count).collect();
        let inputs = |chosen: &[usize]| -> Vec<Input> {
            chosen.iter().map(|index| Input::bytes(&*all[*index].0, all[*index].1.clone())).collect()
        };
        let first = read(inputs(&chosen));
        let mut sorted = chosen.clone();
        sorted.sort_unstable();
        prop_assert_eq!(canonical(&first), canonical(&read(inputs(&sorted))));
        for entry in &first.entries {
            let again = Entry::from_json(&entry.to_json().unwrap());
            prop_assert_eq!(again.as_ref(), Ok(entry));
        }
    }
}
