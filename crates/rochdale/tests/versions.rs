//! Snapshots of other versions are refused, and say how to get one of this version.

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "support/damage.rs"]
mod damage;

use rochdale::snapshot;
use rochdale::{Error, ErrorKind, Library};

fn refused(error: &Error) -> String {
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    error.to_string()
}

#[test]
fn a_layout_that_is_not_known_is_refused() {
    let mut bytes = damage::Snapshot::sample().bytes;
    bytes[8] = 99;
    let expected =
        "expected a snapshot of version 1, got version 99; build it again from its sources";
    assert_eq!(refused(&Library::open(bytes.clone()).unwrap_err()), expected);
    assert_eq!(refused(&snapshot::info(bytes.clone()).unwrap_err()), expected);
    assert_eq!(refused(&snapshot::verify(bytes).unwrap_err()), expected);
}

#[test]
fn a_text_analysis_that_is_not_known_is_refused_and_the_entries_can_be_built_again() {
    let whole = damage::Snapshot::sample().bytes;
    let named = br#""analyser":{"name":"words","version":"#;
    let at = whole.windows(named.len()).position(|bytes| bytes == named).unwrap() + named.len();
    let mut other = whole.clone();
    other[at] = b'9';
    damage::seal(&mut other);
    assert_eq!(
        refused(&Library::open(other.clone()).unwrap_err()),
        "expected words as the text analysis `words 1` reads them, got `words 9`; build the snapshot \
         again from its own entries or from its sources"
    );
    assert_eq!(snapshot::info(other.clone()).unwrap().analyser.version, 9);
    let library = Library::new(snapshot::entries(other).unwrap()).library;
    assert!(snapshot::build(&library).unwrap() == whole);
}
