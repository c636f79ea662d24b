//! Keys are found, walked past and survive damage.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::store::{Store, StoreWriter};

fn stored(bytes: Vec<u8>) -> Store {
    let mut writer = StoreWriter::default();
    writer.section("words", 0, bytes);
    Store::open(Box::new(writer.finish())).unwrap()
}

fn dictionary(keys: &BTreeMap<Vec<u8>, Vec<u8>>) -> Store {
    let mut writer = DictionaryWriter::default();
    for (key, payload) in keys {
        writer.push(key, payload);
    }
    stored(writer.finish())
}

fn keys() -> impl Strategy<Value = BTreeMap<Vec<u8>, Vec<u8>>> {
    let key = "[a-c]{0,4}([a-z]{0,3})?".prop_map(String::into_bytes);
    prop::collection::btree_map(key, prop::collection::vec(any::<u8>(), 0..40), 0..400)
}

proptest! {
    #[test]
    fn what_was_put_in_is_found(keys in keys(), asked in "[a-d]{0,4}") {
        let store = dictionary(&keys);
        let words = Dictionary::open(store.section("words", 0).unwrap()).unwrap();
        prop_assert_eq!(words.len() as usize, keys.len());
        for (ordinal, (key, payload)) in (0..).zip(&keys) {
            let found = words.get(key).unwrap();
            prop_assert_eq!(found, Some(Found { ordinal, payload: payload.clone() }));
            prop_assert_eq!(words.at(ordinal).unwrap(), (key.clone(), payload.clone()));
        }
        let asked = asked.into_bytes();
        let known = keys.get(&asked).cloned();
        prop_assert_eq!(words.get(&asked).unwrap().map(|found| found.payload), known);
        let before = keys.range(..asked.clone()).count();
        prop_assert_eq!(words.rank(&asked).unwrap() as usize, before);
    }

    #[test]
    fn walks_pass_over_what_they_are_told(keys in keys(), from in "[a-c]{0,2}", depth in 1_usize..4) {
        let store = dictionary(&keys);
        let words = Dictionary::open(store.section("words", 0).unwrap()).unwrap();
        let from = from.into_bytes();
        let mut seen = Vec::new();
        words.walk(&from, &mut |item| {
            seen.push(item.key.to_vec());
            Ok(Step::Past(depth))
        }).unwrap();
        let mut expected: Vec<Vec<u8>> = Vec::new();
        for key in keys.range(from..).map(|(key, _)| key) {
            let front = |key: &[u8]| key[..depth.min(key.len())].to_vec();
            if expected.last().is_none_or(|last| !key.starts_with(&front(last))) {
                expected.push(key.clone());
            }
        }
        prop_assert_eq!(seen, expected);
    }

    #[test]
    fn damage_never_panics(keys in keys(), place in any::<prop::sample::Index>(), value in any::<u8>(), asked in "[a-c]{0,4}") {
        let mut writer = DictionaryWriter::default();
        for (key, payload) in &keys {
            writer.push(key, payload);
        }
        let mut bytes = writer.finish();
        let place = place.index(bytes.len());
        bytes[place] = value;
        let store = stored(bytes);
        let Ok(words) = Dictionary::open(store.section("words", 0).unwrap()) else { return Ok(()) };
        let _ = words.get(asked.as_bytes());
        let _ = words.at(3);
        let mut steps = 0;
        let _ = words.walk(&[], &mut |_| {
            steps += 1;
            Ok(if steps > 100_000 { Step::Stop } else { Step::Next })
        });
    }
}
