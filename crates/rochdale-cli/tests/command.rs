//! The command as its users run it.
#![expect(clippy::unwrap_used, reason = "a command that does not run fails the test")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rochdale::json::Json;

fn rochdale() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rochdale"));
    command.current_dir(examples()).env_remove("CLICOLOR_FORCE");
    command
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The exit status, standard output and standard error.
fn run(words: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = rochdale().args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn json(words: &[&str]) -> Json {
    let (code, out, _) = run(words);
    assert_eq!(code, 0, "{out}");
    assert_eq!(out.lines().count(), 1);
    Json::parse(out.trim_end()).unwrap()
}

fn at<'a>(json: &'a Json, pointer: &str) -> &'a Json {
    json.pointer(pointer).unwrap_or_else(|| panic!("no `{pointer}` in {json}"))
}

#[test]
fn check_accepts_the_sample() {
    let (code, out, err) = run(&["check", "content"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("8 article"), "{out}");
    assert_eq!(at(&json(&["check", "content", "--json"]), "/total").to_string(), "33");
}

#[test]
fn check_says_where_and_fails_on_errors_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let event = folder.path().join("events/briefing.yaml");
    std::fs::create_dir(event.parent().unwrap()).unwrap();
    std::fs::write(&event, "title: Briefing\nstarts: 2011-05-12\nends: 2011-05-02\n").unwrap();
    let (code, out, err) = run(&["check", path]);
    assert_eq!(code, 0, "a warning is no failure: {err}");
    assert!(err.contains("warning[ends-before-start]"), "{err}");
    assert!(out.contains("1 event") && !out.contains("warning"), "{out}");

    std::fs::write(&event, "title: Briefing\nstrats: 2011-05-12\n").unwrap();
    let (code, _, err) = run(&["check", path]);
    assert_eq!(code, 1);
    let message = "events/briefing.yaml:2:1: error[unknown-field] unknown field `strats` (did you mean `starts`?)\n";
    assert_eq!(err, message);
    let (code, ..) = run(&["query", path, "briefing"]);
    assert_eq!(code, 0, "what could be read answers");
}

#[test]
fn query_writes_titles_facets_and_what_was_found() {
    let words = ["query", "content", "body:\"chief executive\"", "--facet", "categories"];
    let (code, out, err) = run(&words);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0], "1 found");
    assert_eq!(lines[2], "A pension service is to be central government's first mutual");
    assert_eq!(lines[3], "  article:first-major-mutualisation  2011-21 (spring 2011)");
    assert!(out.contains("and whose chief executive is"), "{out}");
    assert!(out.contains("\ncategories\n  1  "), "{out}");
    assert!(!out.contains('\u{1b}'), "no colours outside of a terminal");
}

#[test]
fn query_as_json_is_one_object() {
    let words = ["--sort", "starts", "--limit", "2", "--facet", "starts(per:month)", "--json"];
    let answer = json(&[&["query", "content", "kind:event"], &words[..]].concat());
    assert_eq!(at(&answer, "/total").to_string(), "3");
    assert_eq!(at(&answer, "/entries").as_array().unwrap().len(), 2);
    assert_eq!(at(&answer, "/entries/0/venue/locality").as_str(), Some("Westminster"));
    assert_eq!(at(&answer, "/facets/starts/values/2/value").as_str(), Some("2011-07"));
    assert_eq!(at(&answer, "/report/counts/event").to_string(), "3");
    let bare = json(&["query", "content", "nowhere", "--json"]);
    assert_eq!(
        (at(&bare, "/total"), at(&bare, "/facets")),
        (&Json::Number(0.0), &Json::Object([].into()))
    );
}

#[test]
fn a_query_may_begin_with_a_hyphen() {
    let without = json(&["query", "content", "-outsourcing", "--json"]);
    let with = json(&["query", "content", "outsourcing", "--json"]);
    let total = |answer| match at(answer, "/total") {
        Json::Number(total) => *total,
        other => panic!("{other}"),
    };
    assert!(total(&with) > 1.0);
    assert_eq!((total(&with) + total(&without)).to_string(), "33");
    assert_eq!(run(&["query", "content", "--json"]).0, 2);
}

#[test]
fn a_wrong_query_is_pointed_at() {
    let (code, out, err) = run(&["query", "content", "kind:article auther:x"]);
    assert_eq!((code, out.as_str()), (1, ""));
    let expected = "error: unknown field `auther` (did you mean `author`?)\n  \
                    kind:article auther:x\n               ^\n";
    assert_eq!(err, expected);
    let (code, _, err) = run(&["query", "content", "a", "--sort", "-publshed"]);
    assert_eq!(code, 1);
    assert!(err.contains("`published`") && err.contains("  a sort:-publshed\n"), "{err}");
}

#[test]
fn a_warning_does_not_hide_the_answer() {
    let (code, out, err) = run(&["query", "content", "author:\"Toni Collins\""]);
    assert_eq!((code, out.as_str()), (0, "0 found\n"));
    assert!(err.contains("warning[") && err.to_lowercase().contains("tony"), "{err}");
}

#[test]
fn show_writes_an_entry_and_what_is_tied_to_it() {
    let (code, out, _) = run(&["show", "content", "newton-rigg"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("Newton Rigg\nmutual_entity:newton-rigg\n"), "{out}");
    assert!(out.contains("  - stage: abandoned\n    certainty: reported\n"), "{out}");
    assert!(out.contains("affected_by: Mutual Pathfinder Programme"), "{out}");
    let shown = json(&["show", "content", "mutual_entity:newton-rigg", "--json"]);
    assert_eq!(at(&shown, "/entries/0/id").as_str(), Some("newton-rigg"));
    assert_eq!(at(&shown, "/related/0/direction").as_str(), Some("forward"));
    for wrong in ["newton-ring", "mutual_entity:newton-ring"] {
        let (code, _, err) = run(&["show", "content", wrong]);
        assert_eq!(code, 1);
        assert!(err.contains("(did you mean `mutual_entity:newton-rigg`?)"), "{err}");
    }
}

#[test]
fn timeline_is_in_the_order_of_time() {
    let (code, out, _) = run(&["timeline", "content", "mycsp"]);
    assert_eq!(code, 0);
    let place = |text: &str| out.find(text).unwrap_or_else(|| panic!("no `{text}` in {out}"));
    assert!(place("2011-21 (spring 2011)") < place("spun out"));
    assert!(place("spun out") < place("Equiniti holds 51 %"));
    let facts = json(&["timeline", "content", "mycsp", "--json"]);
    let count = at(&facts, "/timeline/facts").as_array().unwrap().len();
    assert_eq!(at(&facts, "/total").to_string(), count.to_string());
}

#[test]
fn schemas_are_json() {
    for what in ["entry", "query"] {
        let (code, out, _) = run(&["schema", what]);
        assert_eq!(code, 0);
        assert!(at(&Json::parse(&out).unwrap(), "/$schema").as_str().is_some());
    }
}

#[test]
fn wrong_words_on_the_command_line_are_told_apart() {
    for words in [&["bogus"][..], &["query", "content"], &["check"], &["schema", "book"], &[]] {
        assert_eq!(run(words).0, 2, "{words:?}");
    }
    let (code, _, err) = run(&["check", "nowhere"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: cannot open `nowhere`: "), "{err}");
}

/// Runs with something on standard input.
fn run_with(words: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut command = rochdale();
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses its words does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

const FEED: &str = "<rss version=\"2.0\"><channel><title>Notes</title><item><title>A mill</title>\
                    <link>https://notes.example/mill</link></item></channel></rss>";

#[test]
fn standard_input_is_read_by_its_bytes_or_as_it_is_named() {
    let (code, out, err) = run_with(&["check", "-"], FEED.as_bytes());
    assert_eq!((code, out.contains("1 article")), (0, true), "{out}{err}");
    let entry = b"kind: author\nname: Ann Lee\n";
    let (code, _, err) = run_with(&["check", "-"], entry);
    assert_eq!(code, 1);
    assert!(
        err.starts_with("stdin: error[unknown-format]") && err.contains("name its format"),
        "{err}"
    );
    let (code, out, err) = run_with(&["query", "-", "*", "--as", "yaml"], entry);
    assert_eq!((code, out.lines().next()), (0, Some("1 found")), "{err}");
    let (code, _, err) = run_with(&["check", "-", "--as", "rs"], entry);
    assert_eq!(code, 2);
    assert!(err.contains("no format `rs` (did you mean `rss`?)"), "{err}");
}

#[test]
fn a_mix_of_sources_is_one_library() {
    let folder = tempfile::tempdir().unwrap();
    let feed = folder.path().join("saved");
    std::fs::write(&feed, FEED).unwrap();
    let feed = feed.to_str().unwrap();
    let answer = json(&["query", "content", "kind:article", "--with", feed, "--json"]);
    assert_eq!(at(&answer, "/total").to_string(), "9");
    let named = format!("{feed}=atom");
    let (code, out, err) = run(&["check", "content", feed, "--as", &named, "--prefer", "rss"]);
    assert_eq!((code, out.contains("9 article")), (0, true), "{out}{err}");
    let shown = json(&["show", "content", "article:a-mill", "--with", feed, "--json"]);
    assert_eq!(at(&shown, "/entries/0/sources/1/name").as_str(), Some("saved"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let words = ["query", "content", "*", "--json"];
    let mut child =
        rochdale().args(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), stderr.as_slice()), (Some(0), &b""[..]));
}

#[cfg(unix)]
#[test]
fn every_example_in_the_help_works() {
    let bin = Path::new(env!("CARGO_BIN_EXE_rochdale")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    // Where what is built does not stay.
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(examples().join("content"), folder.path().join("content")).unwrap();
    let mut tried = 0;
    for topic in ["", "check", "query", "show", "timeline", "build", "info", "verify", "schema"] {
        let help: Vec<_> = ["help", topic].into_iter().filter(|word| !word.is_empty()).collect();
        let (code, out, _) = run(&help);
        assert_eq!(code, 0);
        // Redirections and pipes are the shell's business.
        let lines = out.lines().filter(|line| line.starts_with("  rochdale "));
        // Exports and feeds are for those who have some.
        let own = |line: &&str| !line.contains(".xml");
        for line in lines.filter(own).filter(|line| !line.contains(" > ") && !line.contains(" | "))
        {
            let mut shell = Command::new("sh");
            let shell = shell.args(["-c", line]).env("PATH", &path).current_dir(folder.path());
            assert!(shell.output().unwrap().status.success(), "{line}");
            tried += 1;
        }
    }
    assert!(tried >= 16, "{tried}");
}

#[test]
fn parameters_are_given_beside_the_query() {
    let stored = ["query", "content", "kind:$kind starts:$from..$to", "--param", "kind=event"];
    let dated = ["--param", "from=2011-05", "--param", "to=2011-05", "--json"];
    let plain = json(&["query", "content", "kind:event starts:2011-05..2011-05", "--json"]);
    let bound = json(&[&stored[..], &dated].concat());
    assert_eq!(at(&bound, "/entries"), at(&plain, "/entries"));
    let (code, _, err) = run(&stored);
    assert_eq!(code, 1);
    assert!(err.contains("expected a value for the parameter `from`"), "{err}");
}

#[test]
fn a_word_that_is_misspelt_is_asked_about() {
    let (code, out, _) = run(&["query", "content", "mutualistion kind:article"]);
    assert_eq!(code, 0);
    assert!(out.contains("Did you mean mutualisation kind:article?"), "{out}");
    let (_, out, _) = run(&["query", "content", "mutualisation kind:article"]);
    assert!(!out.contains("Did you mean"), "{out}");
}

#[test]
fn entries_like_one_are_found_without_it() {
    let found =
        json(&["query", "content", "like:first-major-mutualisation kind:article", "--json"]);
    let entries = at(&found, "/entries").as_array().unwrap();
    assert!(!entries.is_empty());
    let ids = entries.iter().map(|entry| at(entry, "/id").as_str().unwrap());
    assert!(ids.into_iter().all(|id| id != "first-major-mutualisation"));
}
