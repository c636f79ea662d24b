//! A snapshot has the same bytes on any number of threads.
#![cfg(feature = "parallel")]
#![allow(dead_code, reason = "other tests ask random questions of random libraries")]

#[path = "support/random.rs"]
mod random;

use proptest::prelude::*;
use rochdale::Library;
use rochdale::snapshot;

fn on(threads: usize, library: &Library) -> Vec<u8> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| snapshot::build(library)).expect("a snapshot")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn threads_change_no_byte(library in random::large_library()) {
        let alone = on(1, &library);
        prop_assert!(on(2, &library) == alone);
        prop_assert!(on(7, &library) == alone);
    }
}
