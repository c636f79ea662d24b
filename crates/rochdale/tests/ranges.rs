//! A snapshot of which only a part is here: a question says what it needs, and is asked again.

#[path = "support/random.rs"]
#[allow(dead_code, reason = "each test takes what it needs")]
mod random;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use random::{clause, library};
use rochdale::library::Library;
use rochdale::query::Query;
use rochdale::snapshot;
use rochdale::store::{Bytes, NeedRange, Source};

/// What was fetched, by where it starts and ends.
type Fetched = BTreeMap<(u64, u64), Arc<[u8]>>;

/// Bytes that have to be fetched: what was asked for once is here from then on.
struct Remote {
    all: Vec<u8>,
    here: Mutex<Fetched>,
}

impl Remote {
    fn fetch(&self, range: &Range<u64>) {
        let at = |place: u64| usize::try_from(place).expect("the bytes are in memory");
        let bytes = self.all.get(at(range.start)..at(range.end)).expect("a range of the file");
        self.here
            .lock()
            .expect("no thread panicked")
            .insert((range.start, range.end), bytes.into());
    }
}

impl Source for Remote {
    fn size(&self) -> u64 {
        self.all.len() as u64
    }

    fn read(&self, range: Range<u64>) -> Result<Bytes<'_>, NeedRange> {
        let here = self.here.lock().expect("no thread panicked");
        let bytes = here.get(&(range.start, range.end)).cloned();
        let length = bytes.as_ref().map_or(0, |bytes| bytes.len());
        bytes.and_then(|bytes| Bytes::shared(bytes, 0..length)).ok_or(NeedRange { range })
    }
}

/// Does something until nothing has to be fetched any more.
fn until_here<T>(remote: &Remote, mut work: impl FnMut() -> rochdale::Result<T>) -> (T, usize) {
    let mut fetched = 0;
    loop {
        match work() {
            Ok(done) => return (done, fetched),
            Err(error) => {
                let range = error.missing_range().unwrap_or_else(|| panic!("{error}"));
                remote.fetch(&range);
                fetched += 1;
                assert!(fetched < 10_000, "the same bytes are asked for again and again");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn an_answer_is_the_same_once_its_bytes_are_here(library in library(), clause in clause()) {
        let query = Query::new(clause);
        let Ok(expected) = library.ask(&query).and_then(|answer| answer.to_json()) else {
            return Ok(());
        };
        let all = snapshot::build(&library).expect("a snapshot");
        let remote = Arc::new(Remote { all, here: Mutex::default() });
        let (opened, fetched) = until_here(&remote, || Library::open(Arc::clone(&remote)));
        prop_assert!(fetched > 0);
        let (got, _) = until_here(&remote, || opened.ask(&query)?.to_json());
        prop_assert_eq!(got, expected);
    }
}
