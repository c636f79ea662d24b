//! What only a disk can hold: bytes in other encodings, links, odd names, pipes and large files.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use rochdale::model::{Article, Entry};
use rochdale_ingest::{Limits, Reader, Reading};

const POST: &str = "---\ntitle: Post\n---\n";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn issues(reading: &Reading) -> Vec<String> {
    reading.report.issues.iter().map(ToString::to_string).collect()
}

fn article(reading: &Reading, id: &str) -> Article {
    let entry = reading.entries.iter().find(|entry| entry.id() == id);
    entry.cloned().map(Article::try_from).unwrap().unwrap()
}

#[test]
fn bytes_are_read_in_each_encoding() {
    let text = "---\r\ntitle: Café\r\nauhtor: x\r\ndate: soon\r\n---\r\n\r\nOne\r\ntwo\r\n";
    let wide = |mark: char, bytes: fn(u16) -> [u8; 2]| {
        format!("{mark}{text}").encode_utf16().flat_map(bytes).collect::<Vec<_>>()
    };
    let (little, big) = (wide('\u{feff}', u16::to_le_bytes), wide('\u{feff}', u16::to_be_bytes));
    let marked = format!("\u{feff}{text}");
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    let folder = folder(&[
        ("plain.md", text.as_bytes()),
        ("marked.md", marked.as_bytes()),
        ("little.md", &little),
        ("big.md", &big),
        ("latin.md", &latin),
        ("image.md", b"\x89PNG\r\n\x1a\n\0\0"),
        ("half.md", b"\xff\xfea"),
    ]);
    let reading = Reader::new().read_path(folder.path()).unwrap();
    for id in ["plain", "marked", "little", "big", "latin"] {
        let article = article(&reading, id);
        assert_eq!(article.title.as_str(), "Café");
        assert_eq!(article.body.unwrap().text, "One\ntwo");
    }
    let bad_date = "4:7: error[bad-date] expected a date, got `soon`";
    assert_eq!(
        issues(&reading),
        [
            "big.md: note[utf-16] read as UTF-16BE; save the file as UTF-8",
            &format!("big.md:{bad_date}"),
            "half.md: error[binary-file] expected UTF-16LE after its mark, got other bytes",
            "image.md: error[binary-file] expected text, got a zero at byte 8",
            "latin.md:2:11: warning[not-utf8] expected UTF-8, got the byte `e9`; read as \
             windows-1252; save the file as UTF-8",
            &format!("latin.md:{bad_date}"),
            "little.md: note[utf-16] read as UTF-16LE; save the file as UTF-8",
            &format!("little.md:{bad_date}"),
            &format!("marked.md:{bad_date}"),
            &format!("plain.md:{bad_date}"),
        ]
    );
}

#[test]
fn links_are_judged_and_never_followed() {
    let outside = folder(&[("secret.md", POST.as_bytes())]);
    let folder = folder(&[("a/post.md", POST.as_bytes())]);
    let at = |name: &str| folder.path().join(name);
    symlink(folder.path().join("a"), at("a/loop")).unwrap();
    symlink("self", at("self")).unwrap();
    symlink(at("nowhere"), at("broken.md")).unwrap();
    symlink(outside.path(), at("out")).unwrap();
    symlink(at("a/post.md"), at("again.md")).unwrap();
    let reading = Reader::new().read_path(folder.path()).unwrap();
    assert_eq!(reading.entries.len(), 1);
    assert_eq!(reading.report.not_carried.get("symbolic links"), Some(&1));
    assert_eq!(
        issues(&reading),
        [
            "a/loop: warning[link-loop] the link leads to a folder that it stands in",
            "broken.md: warning[link-broken] the link leads nowhere",
            "out: warning[link-outside] the link leads out of what was opened",
            "self: warning[link-broken] the link leads nowhere",
        ]
    );
}

#[test]
fn odd_names_pipes_and_large_files_are_told() {
    let folder = folder(&[("post.md", POST.as_bytes())]);
    let odd = folder.path().join(OsStr::from_bytes(b"caf\xe9.md"));
    fs::write(odd, POST).unwrap();
    // A sparse file: its size is that of fifty megabytes, what it takes on disk is nothing.
    let large = fs::File::create(folder.path().join("large.md")).unwrap();
    large.set_len(50 << 20).unwrap();
    let pipe = folder.path().join("pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reading = Reader::new().read_path(folder.path()).unwrap();
    assert_eq!(reading.entries.len(), 1);
    assert_eq!(
        issues(&reading),
        [
            "caf\u{fffd}.md: error[name-not-utf8] expected a name in UTF-8",
            "large.md: error[file-too-large] expected at most 16777216 bytes",
            "pipe.md: error[unreadable] expected a file or a folder, got something else",
        ]
    );
    let large = Limits::default().with_file_bytes(64 << 20);
    let reading = Reader::new().with_limits(large).read_path(folder.path()).unwrap();
    assert!(issues(&reading)[1].starts_with("large.md: error[binary-file]"));
}

#[test]
fn one_file_and_several_folders_are_read() {
    let one = folder(&[("posts/a.md", POST.as_bytes())]);
    let two = folder(&[("b.md", POST.as_bytes()), ("c.md", POST.as_bytes())]);
    let reading = Reader::new().read_path(&one.path().join("posts/a.md")).unwrap();
    assert_eq!(article(&reading, "a").sources[0].name.as_str(), "a.md");
    let posts = one.path().join("posts");
    let forth = Reader::new().read_paths([posts.as_path(), two.path()]).unwrap();
    let back = Reader::new().read_paths([two.path(), posts.as_path()]).unwrap();
    assert_eq!(forth, back);
    assert_eq!(article(&forth, "a").sources[0].name.as_str(), "posts/a.md");
    assert_eq!(forth.entries.len(), 3);
    let missing = Reader::new().read_path(Path::new("no/such/folder")).unwrap_err();
    assert_eq!(missing.kind(), rochdale::ErrorKind::Source);
}

#[test]
fn progress_tells_each_file_once() {
    let folder = folder(&[("b.md", POST.as_bytes()), ("a/c.md", POST.as_bytes()), ("d.png", b"")]);
    let mut seen = Vec::new();
    let reader = Reader::new().with_progress(|progress| {
        seen.push((progress.path.to_owned(), progress.done, progress.total));
    });
    let reading = reader.read_path(folder.path()).unwrap();
    assert_eq!(seen, [("a/c.md".to_owned(), 1, 2), ("b.md".to_owned(), 2, 2)]);
    let titles: Vec<_> = reading.entries.iter().map(Entry::title).collect();
    assert_eq!(titles, ["Post", "Post"]);
}

#[test]
fn the_folder_that_is_opened_can_name_the_kind() {
    let folder = folder(&[("authors/jane.yaml", b"name: Jane Doe\n")]);
    for path in [folder.path().join("authors"), folder.path().join("authors/jane.yaml")] {
        let reading = Reader::new().read_path(&path).unwrap();
        assert_eq!(issues(&reading), [""; 0]);
        assert_eq!(reading.entries[0].reference().to_string(), "author:jane");
    }
}
