//! Snapshots as the users of the command build and read them.
#![expect(clippy::unwrap_used, reason = "a command that does not run fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn rochdale(words: &[&str]) -> Command {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rochdale"));
    command.args(words).current_dir(examples).env_remove("CLICOLOR_FORCE");
    command
}

/// The exit status, standard output and standard error.
fn run(words: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = rochdale(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// The sample library as a snapshot.
fn sample() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.rochdale");
    let (code, out, err) = run(&["build", "content", "-o", file.to_str().unwrap()]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("library.rochdale: 33 entries, "), "{out}");
    (folder, file)
}

/// What else than the snapshot lies in its folder.
fn others(folder: &TempDir) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    paths.filter(|path| !path.ends_with("library.rochdale")).collect()
}

#[test]
fn a_snapshot_answers_as_its_folder_does() {
    let (_folder, file) = sample();
    let file = file.to_str().unwrap();
    let facets = ["--facet", "authors", "--facet", "published(per:year)", "--json"];
    for words in [
        &["check"][..],
        &["check", "--json"],
        &["query", "pension*"],
        &[&["query", "category:mutualisation"][..], &facets].concat(),
        &["query", "speakers:(person:\"Julian Le Grand\")", "--sort", "starts"],
        &["query", "*", "--limit", "40", "--json"],
        &["show", "mutual_entity:mycsp"],
        &["show", "first-major-mutualisation", "--json"],
        &["timeline", "mutual_entity:mycsp"],
        &["query", "auther:x"],
        &["show", "mutual_entity:mycps"],
    ] {
        let with = |path| run(&[&words[..1], &[path], &words[1..]].concat());
        assert_eq!(with(file), with("content"), "{words:?}");
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let ((_one, one), (_other, other)) = (sample(), sample());
    assert!(fs::read(one).unwrap() == fs::read(other).unwrap());
}

#[test]
fn a_snapshot_can_be_built_again_from_itself() {
    let (folder, file) = sample();
    let again = folder.path().join("again.rochdale");
    let (code, _, err) = run(&["build", file.to_str().unwrap(), "-o", again.to_str().unwrap()]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(fs::read(file).unwrap() == fs::read(again).unwrap());
}

#[test]
fn info_lists_what_verify_reads() {
    let (_folder, file) = sample();
    let name = file.to_str().unwrap();
    let (code, out, _) = run(&["info", name]);
    assert_eq!(code, 0);
    for part in ["version 1, ", "8  article", "texts.tokens"] {
        assert!(out.contains(part), "{out}");
    }
    let (code, out, _) = run(&["info", name, "--json"]);
    assert!(code == 0 && out.contains(r#""name":"texts""#), "{out}");
    let (code, out, _) = run(&["verify", name]);
    assert!(code == 0 && out.ends_with(": all is well\n"), "{out}");
}

#[test]
fn damage_is_found_and_its_section_named() {
    let (_folder, file) = sample();
    let name = file.to_str().unwrap();
    let whole = fs::read(&file).unwrap();
    let text = whole.windows(8).position(|bytes| bytes == b"texts\0\0\0").unwrap();
    let offset = u64::from_le_bytes(whole[text + 16..text + 24].try_into().unwrap());
    let mut damaged = whole.clone();
    damaged[usize::try_from(offset).unwrap() + 9] ^= 1;
    fs::write(&file, &damaged).unwrap();
    let (code, out, err) = run(&["verify", name]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.starts_with("error: the snapshot is damaged in `"), "{err}");

    fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    for command in ["verify", "info", "check"] {
        let (code, _, err) = run(&[command, name]);
        assert!(code == 1 && err.ends_with("; it was cut\n"), "{err}");
    }
}

#[test]
fn what_is_no_snapshot_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    fs::write(&file, "some notes that are longer than the head of a snapshot has bytes").unwrap();
    let (code, _, err) = run(&["verify", file.to_str().unwrap()]);
    assert_eq!(
        (code, err.as_str()),
        (1, "error: expected a snapshot of a library, got other bytes\n")
    );
    let (code, _, err) = run(&["info", "nowhere"]);
    assert!(code == 2 && err.starts_with("error: cannot open `nowhere`: "), "{err}");
    let (_other, snapshot) = sample();
    let (code, _, err) = run(&["check", "content", snapshot.to_str().unwrap()]);
    assert!(code == 1 && err.starts_with("error: expected sources, got the snapshot "), "{err}");
}

#[test]
fn what_cannot_be_built_leaves_the_old_file() {
    let (folder, file) = sample();
    let (name, old) = (file.to_str().unwrap(), fs::read(&file).unwrap());
    let bad = folder.path().join("bad");
    fs::create_dir_all(bad.join("events")).unwrap();
    fs::write(bad.join("events/briefing.yaml"), "title: Briefing\nstrats: 2011\n").unwrap();
    let (code, out, err) = run(&["build", bad.to_str().unwrap(), "-o", name, "--strict"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("error[unknown-field]"), "{err}");
    assert!(fs::read(&file).unwrap() == old);
    let output = bad.to_str().unwrap();
    let (code, _, err) = run(&["build", "content", "-o", output]);
    assert!(code == 2 && err.starts_with("error: cannot write `"), "{err}");
}

/// The system ends a program that writes more than it may: in the middle of the file.
#[cfg(unix)]
#[test]
fn a_build_that_is_killed_while_it_writes_leaves_the_old_file() {
    let (folder, file) = sample();
    fs::write(&file, "the old file").unwrap();
    let script = "ulimit -c 0; ulimit -f 8; exec \"$0\" build content -o \"$1\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_rochdale"), file.to_str().unwrap()]);
    shell.current_dir(rochdale(&[]).get_current_dir().unwrap());
    let status = shell.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(!status.success());
    assert_eq!(fs::read(&file).unwrap(), b"the old file");
    // It was writing: what it had written is there, under another name.
    assert!(others(&folder).iter().all(|path| path.metadata().unwrap().len() > 0));
    assert_eq!(others(&folder).len(), 1);
}

/// At whatever moment the program ends, one of the two files stands there whole.
#[test]
fn a_build_that_is_killed_at_any_moment_leaves_one_whole_file() {
    let (folder, file) = sample();
    let new = fs::read(&file).unwrap();
    let name = file.to_str().unwrap();
    for turns in 0..24 {
        fs::write(&file, "the old file").unwrap();
        let mut child =
            rochdale(&["build", "content", "-o", name]).stdout(Stdio::null()).spawn().unwrap();
        // Killed as soon as the unfinished file is seen, and then ever later.
        while others(&folder).is_empty() && child.try_wait().unwrap().is_none() {}
        for _ in 0..turns {
            others(&folder);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let stands = fs::read(&file).unwrap();
        assert!(stands == b"the old file" || stands == new, "{} bytes", stands.len());
        for other in others(&folder) {
            fs::remove_file(other).unwrap();
        }
    }
}

#[test]
fn a_snapshot_keeps_the_scoring_that_it_is_built_with() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.rochdale");
    let file = file.to_str().unwrap();
    let build = |scoring| run(&["build", "content", "-o", file, "--scoring", scoring]);
    assert_eq!(build(r#"{"k1": 0.9, "weights": {"title": 2}}"#).0, 0);
    let (_, out, _) = run(&["info", file]);
    assert!(out.contains("scored with k1 0.9 and b 0.75\nwords of `title` count 2 times"), "{out}");
    let (code, _, err) = build(r#"{"weights": {"titel": 2}}"#);
    assert_eq!(code, 1);
    assert!(err.contains("did you mean `title`?"), "{err}");
    assert!(build("{").2.contains("expected"));
}
