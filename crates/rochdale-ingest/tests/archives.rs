//! Zip and gzip: what is in them is read like a folder, and hostile ones cost nothing.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use rochdale::model::Entry;
use rochdale_ingest::{Input, Limits, Reader, Reading};

const POST: &[u8] = b"---\ntitle: Post\n---\nWords.\n";

fn zip(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let (mut entry, config) =
            archive.new_file(name).compression_method(method).start().unwrap();
        let descriptor = if method == CompressionMethod::STORE {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(content).unwrap();
            writer.finish().unwrap().1
        } else {
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
            writer.write_all(content).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

fn deflated(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(files, CompressionMethod::DEFLATE)
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn read(name: &str, bytes: Vec<u8>) -> Reading {
    read_within(name, bytes, Limits::default())
}

fn read_within(name: &str, bytes: Vec<u8>, limits: Limits) -> Reading {
    Reader::new().with_limits(limits).read_inputs([Input::bytes(name, bytes)]).unwrap()
}

fn issues(reading: &Reading) -> Vec<String> {
    reading.report.issues.iter().map(ToString::to_string).collect()
}

fn ids(reading: &Reading) -> Vec<String> {
    reading.entries.iter().map(|entry| entry.reference().to_string()).collect()
}

/// Changes bytes wherever they stand.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<_> =
        (0..=bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn a_zip_is_a_folder() {
    for method in [CompressionMethod::STORE, CompressionMethod::DEFLATE] {
        let files: [(&str, &[u8]); 5] = [
            ("__MACOSX/site/posts/._first.md", b"\0"),
            ("site/authors/ann.yaml", b"name: Ann Lee\nbron: 1970\n"),
            ("site/posts/first.md", POST),
            ("site/logo.png", b"\x89PNG"),
            ("site/../../posts/out.md", POST),
        ];
        let reading = read("blog.zip", zip(&files[..4], method));
        assert_eq!(ids(&reading), ["article:first", "author:ann"]);
        assert_eq!(
            issues(&reading),
            ["blog.zip/site/authors/ann.yaml:2:1: error[unknown-field] unknown field `bron` \
              (did you mean `bio`?)"]
        );
        assert_eq!(reading.report.not_carried.get("*.png"), Some(&1));
        assert_eq!(reading.report.not_carried.get("__MACOSX/"), Some(&1));
        let sources = reading.entries[0].to_json().unwrap().pointer("/sources/0/name").cloned();
        assert_eq!(sources.unwrap().as_str(), Some("blog.zip/site/posts/first.md"));

        let reading = read("blog.zip", zip(&files, method));
        assert_eq!(ids(&reading), ["article:first", "article:out", "author:ann"]);
        assert!(issues(&reading).iter().all(|issue| !issue.contains("..")));
    }
}

#[test]
fn gzip_is_the_file_in_it() {
    let reading = read("events.yaml.gz", gzip(b"kind: event\ntitle: Forum\nstrats: 2011\n"));
    assert_eq!(ids(&reading), ["event:events"]);
    let message =
        "events.yaml:3:1: error[unknown-field] unknown field `strats` (did you mean `starts`?)";
    assert_eq!(issues(&reading), [message]);
    let mut cut = gzip(&b"kind: event\ntitle: Forum\n".repeat(100));
    cut.truncate(cut.len() - 6);
    assert!(issues(&read("a.yaml.gz", cut))[0].starts_with("a.yaml: error[archive-damaged]"));
}

#[test]
fn in_a_content_folder_an_archive_is_an_asset() {
    let files = [
        ("posts/first.md".to_owned(), POST.to_vec()),
        ("old.zip".to_owned(), deflated(&[("posts/second.md", POST)])),
    ];
    let reading = Reader::new().read_files(files).unwrap();
    assert_eq!(ids(&reading), ["article:first"]);
    assert_eq!(reading.report.not_carried.get("*.zip"), Some(&1));
    let files = [("old.zip".to_owned(), deflated(&[("posts/second.md", POST)]))];
    assert_eq!(ids(&Reader::new().read_files(files).unwrap()), ["article:second"]);
}

#[test]
fn what_is_not_opened_is_said() {
    let inner = deflated(&[("posts/a.md", POST)]);
    let reading = read("outer.zip", deflated(&[("inner.zip", &inner), ("posts/b.md", POST)]));
    assert_eq!(ids(&reading), ["article:b"]);
    assert_eq!(
        issues(&reading),
        ["outer.zip/inner.zip: error[archive-nested] an archive inside an archive is not opened; \
          unpack the outer one first"]
    );
    let stored = zip(&[("posts/a.md", POST)], CompressionMethod::STORE);
    // In a record of the central directory flags are 8 bytes from its start, the method 10.
    let at = stored.windows(4).position(|part| part == b"PK\x01\x02").unwrap();
    let mut encrypted = stored.clone();
    encrypted[at + 8] |= 1;
    let found = issues(&read("a.zip", encrypted));
    assert!(found[0].starts_with("a.zip/posts/a.md: error[archive-unsupported]"), "{found:?}");
    let mut method = stored.clone();
    method[at + 10] = 14;
    let found = issues(&read("a.zip", method));
    assert!(found[0].contains("expected a member that is stored or deflated"), "{found:?}");
    let latin = patched(stored, b"posts/a.md", b"posts/\xe9.md");
    assert!(issues(&read("a.zip", latin))[0].contains("error[name-not-utf8]"));
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 8 << 20];
    let files: [(&str, &[u8]); 2] = [("posts/a.md", &zeros), ("posts/b.md", POST)];
    let bomb = deflated(&files);
    assert!(bomb.len() < 64 << 10);
    let found = read("bomb.zip", bomb.clone());
    assert_eq!(ids(&found), ["article:b"]);
    assert!(issues(&found)[0].starts_with("bomb.zip/posts/a.md: error[unpacks-too-large]"));
    let wide = Limits::default().with_ratio(1100).with_unpacked_bytes(1 << 20);
    let found = read_within("bomb.zip", bomb, wide);
    assert!(issues(&found)[0].contains("unpacks to more bytes than the limit"), "{found:?}");
    let found = issues(&read("a.md.gz", gzip(&zeros)));
    assert!(found[0].starts_with("a.md: error[unpacks-too-large]"), "{found:?}");

    let many: Vec<String> = (0..50).map(|number| format!("posts/{number:02}.md")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), POST)).collect();
    let few = Limits::default().with_files(3);
    let found = read_within("many.zip", deflated(&many), few);
    assert_eq!(found.entries.len(), 3);
    assert_eq!(
        issues(&found),
        ["many.zip: error[too-many-files] expected at most 3 files; the rest is skipped"]
    );
}

#[test]
fn members_that_share_bytes_are_refused() {
    let two = zip(&[("posts/a.md", POST), ("posts/b.md", POST)], CompressionMethod::STORE);
    let records: Vec<_> =
        (0..two.len() - 4).filter(|at| two[*at..].starts_with(b"PK\x01\x02")).collect();
    let mut shared = two;
    // Both records of the central directory lead to the first file.
    let first = shared[records[0] + 42..records[0] + 46].to_vec();
    shared[records[1] + 42..records[1] + 46].copy_from_slice(&first);
    let found = issues(&read("a.zip", shared));
    assert_eq!(found, ["a.zip: error[archive-damaged] members of the archive overlap"]);
}

#[test]
fn damage_is_told_and_the_rest_is_read() {
    let stored = zip(
        &[("posts/a.md", POST), ("posts/b.md", b"---\ntitle: B\n---\n")],
        CompressionMethod::STORE,
    );
    let found = read("a.zip", patched(stored.clone(), b"Words", b"Wards"));
    assert_eq!(ids(&found), ["article:b"]);
    assert!(issues(&found)[0].starts_with("a.zip/posts/a.md: error[archive-damaged]"));
    let found = issues(&read("a.zip", stored[..stored.len() - 30].to_vec()));
    assert!(
        found[0].starts_with("a.zip: error[archive-damaged] expected a zip archive: "),
        "{found:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_archives_give_the_same_each_time(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        is_stored in any::<bool>(),
    ) {
        let method = if is_stored { CompressionMethod::STORE } else { CompressionMethod::DEFLATE };
        let mut bytes = zip(&[("posts/a.md", POST), ("b.yaml", b"kind: author\nname: A\n")], method);
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let first = read("a.zip", bytes.clone());
        for entry in &first.entries {
            let again = Entry::from_json(&entry.to_json().unwrap());
            prop_assert_eq!(again.as_ref(), Ok(entry));
        }
        prop_assert_eq!(&first, &read("a.zip", bytes));
    }
}
