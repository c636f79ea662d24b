//! Texts come back byte for byte, and damaged ones are errors.

use proptest::prelude::*;

use super::*;
use crate::store::StoreWriter;

type Sections = Vec<(&'static str, Vec<u8>)>;

fn pack(texts: &[String]) -> Sections {
    let sampled = sample(texts.len()).map(|number| Ok(texts[number].clone()));
    let packer = Packer::new(texts.len(), sampled).unwrap();
    let mut writer = EntriesWriter::default();
    for text in texts {
        writer.add(&packer.pack(text)).unwrap();
    }
    writer.finish(packer)
}

fn store(sections: &Sections) -> Store {
    let mut writer = StoreWriter::default();
    for (name, bytes) in sections {
        writer.section(*name, 0, bytes.clone());
    }
    Store::open(Box::new(writer.finish())).unwrap()
}

fn read(store: &Store) -> Result<Vec<String>> {
    let entries = Entries::open(store, 0)?;
    (0..entries.len()).map(|number| entries.json(number)).collect()
}

/// Texts that repeat themselves, so that there is a dictionary, and any others.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "the", "The", "THE", "mutual", "Mutual", "de", "été", "Été", "2011", "iPhone", "協同",
            "組", "😀", "x",
        ]).prop_map(str::to_owned),
        1 => "[a-zA-Z0-9àß]{1,9}",
        1 => "[a-z]{60,70}|[a-z]{250,530}",
        1 => any::<String>(),
    ];
    let sign = prop_oneof![
        6 => Just(" ".to_owned()),
        4 => prop::sample::select(vec![
            "", ". ", ", ", "  ", "\\n\\n", "\\", "\\u001f", "\\\"", "\",\"title\":\"", "\":\"",
            "\"id\":\"", "{\"", "—", "£", "\t", "\u{0}", "\u{a0}",
        ]).prop_map(str::to_owned),
        1 => "[ -/:-@]{1,90}",
    ];
    let text = prop::collection::vec((word, sign), 0..12)
        .prop_map(|tokens| tokens.into_iter().map(|(word, sign)| word + &sign).collect());
    prop::collection::vec(text, 0..80)
}

proptest! {
    #[test]
    fn texts_come_back(texts in texts()) {
        let store = store(&pack(&texts));
        prop_assert_eq!(read(&store).unwrap(), texts);
    }

    #[test]
    fn damage_with_true_checksums_is_an_error_or_a_text(
        texts in texts(), damage in prop::collection::vec(any::<(u8, u32, u8)>(), 1..5),
        cut in any::<Option<(u8, u32)>>(),
    ) {
        let mut sections = pack(&texts);
        for (section, place, byte) in damage {
            let bytes = &mut sections[usize::from(section) % 3].1;
            if !bytes.is_empty() {
                let place = place as usize % bytes.len();
                bytes[place] = byte;
            }
        }
        if let Some((section, place)) = cut {
            let bytes = &mut sections[usize::from(section) % 3].1;
            bytes.truncate(place as usize % (bytes.len() + 1));
        }
        let store = store(&sections);
        let Ok(entries) = Entries::open(&store, 0) else { return Ok(()) };
        for number in 0..entries.len() {
            if let Err(error) = entries.json(number) {
                prop_assert_eq!(error.kind(), crate::ErrorKind::Damaged);
            }
        }
    }
}

/// Maps have an order of their own at every run; it must not be seen.
#[test]
fn the_same_texts_give_the_same_bytes() {
    let word = |number: usize| format!("{}{}", ["un", "re", "Co", ""][number % 4], number % 997);
    let text = |number: usize| (0..90).map(|at| word(number * at) + ", ").collect::<String>();
    let texts: Vec<String> = (0..200).map(text).collect();
    let sections = pack(&texts);
    assert_eq!(sections, pack(&texts));
    assert_eq!(read(&store(&sections)).unwrap(), texts);
}

#[test]
fn words_that_the_dictionary_lacks_are_spelt_in_runs() {
    let words = |number: usize| format!("mutualisation{number:03} ");
    let texts: Vec<String> = (0..200).map(words).collect();
    let sections = pack(&texts);
    let length: usize = sections.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(length < 200 * 9 + 2_000, "{length}");
    assert_eq!(read(&store(&sections)).unwrap(), texts);
}

#[test]
fn frequent_words_take_one_byte_each() {
    let texts =
        vec!["The mutual of the members, by the members. The mutual is theirs.".to_owned(); 99];
    let sections = pack(&texts);
    let length = sections.iter().find(|(name, _)| *name == TEXTS).unwrap().1.len();
    assert_eq!(length / 99, 17, "a length, twelve words, three signs and the first capital");
}

#[test]
fn what_an_entry_claims_is_bounded_by_its_bytes() {
    let mut sections = pack(&["mutual".to_owned()]);
    let texts = &mut sections.iter_mut().find(|(name, _)| *name == TEXTS).unwrap().1;
    let length = texts.len();
    // So many bytes that setting them aside would end the program.
    texts.clear();
    let mut writer = Writer::default();
    writer.varint(u64::MAX >> 2);
    texts.extend_from_slice(&writer.bytes);
    let ends = &mut sections.iter_mut().find(|(name, _)| *name == ENDS).unwrap().1;
    assert_eq!(ends[8..12], u32::try_from(length).unwrap().to_le_bytes());
    ends[8..12].copy_from_slice(&9_u32.to_le_bytes());
    let error = read(&store(&sections)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the snapshot is damaged in `texts`: its parts contradict each other"
    );
}

#[test]
fn the_sample_is_spread_over_all_entries() {
    assert_eq!(sample(0).count(), 0);
    assert_eq!(sample(3).collect::<Vec<_>>(), [0, 1, 2]);
    let numbers: Vec<_> = sample(1_000_000).collect();
    assert!(numbers.len() <= SAMPLE && numbers.last().is_some_and(|last| *last > 999_000));
}

#[test]
fn an_entry_that_is_not_there_is_an_error() {
    let store = store(&pack(&[]));
    let entries = Entries::open(&store, 0).unwrap();
    assert_eq!(entries.len(), 0);
    assert!(entries.json(0).is_err());
}
