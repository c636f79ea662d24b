//! A snapshot has the same bytes whenever it is built, and on any number of threads.
#![allow(dead_code, reason = "other tests ask random questions of random libraries")]

#[path = "support/random.rs"]
mod random;

use rochdale::Library;
use rochdale::snapshot;

/// Categories in categories that no article names: what is above them is found in no set order.
#[test]
fn the_same_entries_give_the_same_bytes_each_time() {
    let category = |id: String, above: String| {
        format!(r#"{{"kind": "category", "id": "{id}", "name": "{id}", "parent": "{above}"}}"#)
    };
    let inner = (0..8).map(|n| category(format!("in-{n}"), format!("out-{}", 7 - n)));
    let outer = (0..8).map(|n| category(format!("out-{n}"), "all".to_owned()));
    let article = |n| {
        let categories = format!(r#"["in-{n}", "in-{}", "in-{}"]"#, (n + 3) % 8, (n + 5) % 8);
        format!(r#"{{"kind": "article", "id": "{n}", "title": "T", "categories": {categories}}}"#)
    };
    let entries: Vec<String> = inner.chain(outer).chain((0..8).map(article)).collect();
    let build = || {
        let library = Library::from_json(&format!("[{}]", entries.join(","))).expect("entries");
        snapshot::build(&library.library).expect("a snapshot")
    };
    let first = build();
    for _ in 0..20 {
        assert!(build() == first);
    }
}

#[cfg(feature = "parallel")]
mod threads {
    use proptest::prelude::*;

    use super::{Library, random, snapshot};

    fn on(threads: usize, library: &Library) -> Vec<u8> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| snapshot::build(library)).expect("a snapshot")
    }

    proptest! {
        #![proptest_config(
            ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) }
        )]

        #[test]
        fn threads_change_no_byte(library in random::large_library()) {
            let alone = on(1, &library);
            prop_assert!(on(2, &library) == alone);
            prop_assert!(on(7, &library) == alone);
        }
    }
}
