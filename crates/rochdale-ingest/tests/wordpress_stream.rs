//! An export of any length is read in memory that does not grow with it.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::io::{BufReader, Read};

use rochdale_ingest::wxr::{Export, Part};

const START: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Endless</title><wp:wxr_version>1.2</wp:wxr_version>
"#;

/// An export that is written as it is read.
struct Endless {
    piece: Vec<u8>,
    taken: usize,
    number: usize,
    items: usize,
}

impl Endless {
    fn new(items: usize) -> Self {
        Self { piece: START.as_bytes().to_vec(), taken: 0, number: 0, items }
    }

    fn item(number: usize) -> String {
        let words = format!("Post {number} says a little and then some more. ").repeat(100);
        format!(
            "<item><title>Post {number}</title><wp:post_id>{number}</wp:post_id>\
             <wp:post_type>post</wp:post_type><wp:status>publish</wp:status>\
             <content:encoded><![CDATA[{words}]]></content:encoded>\
             <wp:comment><wp:comment_content>{words}</wp:comment_content></wp:comment></item>\n"
        )
    }
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.taken == self.piece.len() {
            self.number += 1;
            self.piece = match self.number {
                number if number <= self.items => Self::item(number).into_bytes(),
                number if number == self.items + 1 => b"</channel></rss>".to_vec(),
                _ => return Ok(0),
            };
            self.taken = 0;
        }
        let rest = &self.piece[self.taken..];
        let length = rest.len().min(into.len());
        into[..length].copy_from_slice(&rest[..length]);
        self.taken += length;
        Ok(length)
    }
}

/// Reads so many items, dropping each, and gives the bytes there were and the most memory that was
/// ever used, in KiB, where the system tells it.
fn stream(items: usize) -> (usize, Option<u64>) {
    let mut export = Export::new(BufReader::new(Endless::new(items)));
    let mut bytes = 0;
    let mut count = 0;
    for part in export.by_ref() {
        let Part::Item(item) = part else { panic!("only items were written") };
        count += 1;
        assert_eq!(item.text("post_id"), Some(&*count.to_string()));
        bytes += Endless::item(count).len();
    }
    assert_eq!(count, items);
    assert!(export.issues().is_empty());
    (bytes, most_memory())
}

fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn memory_does_not_grow_with_the_export() {
    let (few, before) = stream(500);
    let (many, after) = stream(6_000);
    assert!(many > 50 << 20 && few < 6 << 20, "{few} and {many} bytes");
    match (before, after) {
        (Some(before), Some(after)) => {
            println!("{few} bytes: {before} KiB at most; {many} bytes: {after} KiB at most");
            assert!(after < before + 4096, "{before} KiB grew to {after} KiB");
        }
        _ => println!("skipped: the system does not tell how much memory was used"),
    }
}
