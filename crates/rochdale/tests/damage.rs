//! Damaged snapshots: each gives an error or the right answer, and none a panic.
//!
//! `ROCHDALE_DAMAGE=10000 cargo test --release -p rochdale --test damage` tries as many places as
//! that; by default there are fewer.

#[path = "support/damage.rs"]
mod support;

use rochdale::{ErrorKind, Library};
use support::{Random, Snapshot, answers, places, questions, seal};

/// What was read of a file, or why it could not be.
type Read = Result<String, rochdale::Error>;

/// Holds what a damaged file gives to what the whole one gave.
fn hold(expected: &[Read], got: &[Read], place: &str) {
    for (expected, got) in expected.iter().zip(got) {
        match (expected, got) {
            (_, Err(error)) if error.kind() == ErrorKind::Damaged => {}
            (Ok(expected), Ok(got)) => assert!(expected == got, "{place}: another answer: {got}"),
            (Err(expected), Err(got)) => {
                assert_eq!(expected.to_string(), got.to_string(), "{place}");
            }
            (Ok(_), Err(error)) => panic!("{place}: {error}"),
            (Err(error), Ok(got)) => panic!("{place}: expected {error}, got {got}"),
        }
    }
}

/// The kinds of error with which a file is refused.
fn refuse(error: &rochdale::Error, place: &str) {
    let known = [ErrorKind::Damaged, ErrorKind::Invalid, ErrorKind::Unsupported];
    assert!(known.contains(&error.kind()), "{place}: {error}");
}

#[test]
fn a_flipped_bit_or_a_cut_is_an_error_or_changes_nothing() {
    let (whole, questions) = (Snapshot::sample(), questions());
    let library = Library::open(whole.bytes.clone()).expect("the whole file opens");
    let expected = answers(&library, &questions);
    assert!(expected.iter().filter(|answer| answer.is_ok()).count() > 200);
    let mut random = Random::new(1844);
    let (mut refused, mut damaged) = (0, 0);
    for _ in 0..places(120) {
        let mut bytes = whole.bytes.clone();
        let at = random.below(bytes.len());
        let place = if random.below(8) == 0 {
            bytes.truncate(at);
            format!("cut at {at}")
        } else {
            bytes[at] ^= 1 << random.below(8);
            format!("a bit flipped at {at}")
        };
        match Library::open(bytes) {
            Ok(library) => {
                let got = answers(&library, &questions);
                hold(&expected, &got, &place);
                damaged += usize::from(got.iter().any(Result::is_err));
            }
            Err(error) => {
                refuse(&error, &place);
                refused += 1;
            }
        }
    }
    // Both happen, or the places are not spread over the file.
    assert!(refused > 0 && damaged > 0, "{refused} refused, {damaged} damaged");
}

/// Where the checksums are true, what cannot be must still be noticed, or do no harm.
#[test]
fn damage_with_true_checksums_does_no_harm() {
    let (whole, questions) = (Snapshot::sample(), questions());
    let mut random = Random::new(1862);
    let (mut refused, mut answered) = (0, 0);
    for _ in 0..places(80) {
        let (bytes, place) = whole.damaged_and_sealed(&mut random);
        // Shown where the test fails, and with `--nocapture` also where it ends or hangs.
        println!("{place}");
        match Library::open(bytes.clone()) {
            Ok(library) => {
                answered += answers(&library, &questions).iter().filter(|it| it.is_ok()).count();
            }
            Err(error) => {
                refuse(&error, &place);
                refused += 1;
            }
        }
        if let Err(error) = rochdale::snapshot::verify(bytes) {
            refuse(&error, &place);
        }
    }
    assert!(refused > 0 && answered > 0, "{refused} refused, {answered} answers");
}

#[test]
fn the_layout_is_as_it_is_described() {
    let whole = Snapshot::sample();
    assert!(whole.sections.len() > 8, "{:?}", whole.sections);
    let mut sealed = whole.bytes.clone();
    seal(&mut sealed);
    assert!(sealed == whole.bytes, "sealing a whole file changes nothing");
    rochdale::snapshot::verify(sealed).expect("the whole file is whole");
}
