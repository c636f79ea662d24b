//! Any bytes as a snapshot: they are refused, or opened and asked, and nothing panics.
//!
//! The checksums are made true first, so that what lies behind them is reached. Run with
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run snapshot --fuzz-dir fuzz -- -max_len=65536` in `tests`; a snapshot from
//! `rochdale build` in `fuzz/corpus/snapshot` is a good start.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rochdale::Library;
use twox_hash::XxHash3_64;

/// One question for each part of the index.
const QUESTIONS: [&str; 12] = [
    "*",
    "mutual pension",
    "\"joint venture\" -outsourcing",
    "pens* mutualistion~1",
    "title:mutual^2 facet:tags facet:published(per:month)",
    "published:2011 sort:-published",
    "category:within(public-services)",
    "speakers:(person:\"Grace Lomas\")",
    "mentions:(kind:mutual_entity)",
    "mutul*~2",
    "mutul facet:categories",
    "like:article:libraries-spin-out",
];

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = bytes.to_vec();
    let _ = seal(&mut bytes);
    let Ok(library) = Library::open(bytes) else { return };
    for question in QUESTIONS {
        if let Ok(answer) = library.find(question) {
            let _ = answer.to_json();
        }
    }
    library.entries().take(64).for_each(drop);
    let _ = library.people();
});

/// Makes the checksums true where the head leads to them.
fn seal(bytes: &mut [u8]) -> Option<()> {
    const BLOCK: usize = 64 << 10;
    let number = |bytes: &[u8], at: usize| {
        let number = u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?);
        usize::try_from(number).ok()
    };
    let length = u64::try_from(bytes.len()).ok()?;
    bytes.get_mut(16..24)?.copy_from_slice(&length.to_le_bytes());
    let (start, sums) = (number(bytes, 24)?, number(bytes, 32)?);
    let of = |bytes: &[u8]| -> Vec<u8> {
        bytes.chunks(BLOCK).flat_map(|block| XxHash3_64::oneshot(block).to_le_bytes()).collect()
    };
    let blocks = of(bytes.get(start..sums)?);
    bytes.get_mut(sums..sums.checked_add(blocks.len())?)?.copy_from_slice(&blocks);
    let runs = of(&blocks);
    bytes.get_mut(start.checked_sub(runs.len())?..start)?.copy_from_slice(&runs);
    let table = XxHash3_64::oneshot(bytes.get(48..start)?);
    bytes.get_mut(40..48)?.copy_from_slice(&table.to_le_bytes());
    Some(())
}
