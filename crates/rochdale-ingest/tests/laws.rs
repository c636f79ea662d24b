//! What must hold for any bytes: no panic, no say for the order of files, the same every time.

use proptest::prelude::*;
use rochdale_ingest::{Limits, Reader, Reading};

type Files = Vec<(String, Vec<u8>)>;

fn read(files: Files) -> Reading {
    Reader::new().read_files(files).unwrap()
}

/// Pieces of front matter and of entries, so that what is made of them comes near to being right.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "---\n",
        "+++\n",
        ";;;\n",
        "...\n",
        "\n",
        "\r\n",
        "    ",
        "\t",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ": ",
        ", ",
        " = ",
        "\"",
        "'",
        "&a ",
        "*a",
        "<<: *a\n",
        "|\n  ",
        "# H\n",
        "title: A\n",
        "title = \"A\"\n",
        "\"title\": \"A\"",
        "kind: article\n",
        "kind: event\n",
        "\"kind\": \"author\"",
        "name: Ann Lee\n",
        "name: ann lee\n",
        "author: Ann Lee\n",
        "authors: [Ann Lee, Zoë]\n",
        "categories: [C, C++]\n",
        "date: 2011-05-20\n",
        "date: 31 May 2011 or so\n",
        "date = 2011-05-20\n",
        "draft: yes\n",
        "extra: {a: 1}\n",
        "[extra]\n",
        "[[article]]\n",
        "id: same\n",
        "slug: Ünlike this\n",
        "tags: a, b\n",
        "links: [x, {url: y}]\n",
        "body: {text: <b>, markup: html}\n",
        "é",
        "\u{feff}",
        "日",
        "\u{0}",
    ]);
    prop_oneof![9 => fixed.prop_map(str::to_owned), 1 => ".{0,6}"]
}

fn file() -> impl Strategy<Value = (String, Vec<u8>)> {
    let folder =
        prop::sample::select(vec!["", "a/", "b/", "posts/", "a/authors/", "_drafts/", "events/"]);
    let name = prop::sample::select(vec![
        "x.md",
        "index.md",
        "2011-05-20-x.md",
        "2011-05-21-x.md",
        "x.yaml",
        "x.toml",
        "x.json",
        "x.ndjson",
        "x.html",
        "x",
        "_config.yml",
        "ü.md",
    ]);
    let pieces =
        prop::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat().into_bytes());
    let bytes = prop_oneof![8 => pieces, 1 => prop::collection::vec(any::<u8>(), 0..60)];
    (folder, name, bytes).prop_map(|(folder, name, bytes)| (format!("{folder}{name}"), bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_changes_nothing(files in prop::collection::vec(file(), 0..6), turn in 0..6_usize) {
        let first = read(files.clone());
        let mut others = files;
        let turn = turn.min(others.len());
        others.rotate_left(turn);
        others.reverse();
        prop_assert_eq!(&first, &read(others));
    }

    #[test]
    fn entries_are_sound_and_places_inside(file in file()) {
        let text = String::from_utf8_lossy(&file.1).into_owned();
        let reading = read(vec![file]);
        for entry in &reading.entries {
            let again = rochdale::model::Entry::from_json(&entry.to_json().unwrap());
            prop_assert_eq!(again.as_ref(), Ok(entry));
        }
        let ids: std::collections::BTreeSet<_> = reading.entries.iter().map(|entry| entry.reference()).collect();
        prop_assert_eq!(ids.len(), reading.entries.len());
        for issue in &reading.report.issues {
            let Some(line) = issue.line else { continue };
            let lines = text.matches(['\n', '\r']).count() + 1;
            prop_assert!(line as usize <= lines, "{}", issue);
            prop_assert!(issue.column.unwrap_or(0) >= 1);
        }
    }
}

/// Inputs that would take hours, or all memory, if any step cost more than its share.
#[test]
fn hostile_files_cost_no_more_than_their_size() {
    let long = 200_000;
    let member = |n: usize| format!("k{n}: [{n}]\n");
    let cases = [
        ("a.md", format!("---\ntitle: x\n{}---\n", (0..long / 10).map(member).collect::<String>())),
        ("b.md", format!("---\ntitle: {}\n---\n", "x: ".repeat(long))),
        ("c.md", format!("+++\n{}\n+++\n", "a.".repeat(long))),
        ("d.md", format!("+++\n[{}a]\n+++\n", "a.".repeat(long))),
        ("e.html", format!("---\ntitle: x\n---\n{}", "<div>".repeat(long))),
        ("f.html", format!("---\ntitle: x\n---\n{}", "<b><p>".repeat(long / 10))),
        ("g.ndjson", "{\"kind\":\"category\",\"name\":\"a\"}\n".repeat(long / 10)),
        ("h.json", format!("[{}1]", "1,".repeat(long))),
        ("i.md", format!("{}\n", "[".repeat(long))),
        ("j.md", "> ".repeat(long / 10)),
        ("k.yaml", "? ".repeat(long)),
        ("l.yaml", "- ".repeat(long)),
        ("m.yaml", format!("&a {}", "&a ".repeat(long))),
        ("n.md", format!("Title: x\n{}", "    more\n".repeat(long))),
        ("o.md", format!("---\ntitle: x\nauthors: [{}]\n---\n", "a!, a?, a, ".repeat(long / 50))),
        ("p.yaml", "'".repeat(long)),
        ("q.yaml", format!("a: {}", "\"\\".repeat(long))),
        ("r.json", "{\"a\":".repeat(long)),
        ("s.md", format!("---\ntitle: x\nlinks: [{}]\n---\n", "{a: 1}, ".repeat(long / 50))),
    ];
    for (name, text) in cases {
        let start = std::time::Instant::now();
        let reading = read(vec![(name.to_owned(), text.into_bytes())]);
        println!("{name}: {:?}, {} issues", start.elapsed(), reading.report.issues.len());
    }
    let narrow = Limits::default().with_values(10);
    let files = vec![("a.json".to_owned(), b"[1,1,1,1,1,1,1,1,1,1,1,1]".to_vec())];
    let reading = Reader::new().with_limits(narrow).read_files(files).unwrap();
    assert_eq!(reading.report.issues[0].code.name, "too-complex");
}
