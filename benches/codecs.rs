//! Measures how the texts of entries can be packed: size, time to pack, time to read one entry.
//!
//! `cargo bench --manifest-path benches/Cargo.toml --bench codecs [-- ARTICLES]`
//!
//! A snapshot is packed as the last row says. The others are what it was chosen from.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use rochdale::store::Texts;
use rochdale_benches::Outcome;
use rochdale_benches::corpus::Generator;
use rochdale_benches::engine::article;
use rochdale_benches::measure::percentile;
use rochdale_ingest::Reader;

const ARTICLES: u32 = 20_000;
const READ: usize = 20_000;

/// Packed texts, any of which can be read.
trait Packed {
    /// How many bytes they have, with all that reading needs.
    fn size(&self) -> usize;

    /// The text of this number.
    fn text(&self, number: usize) -> Outcome<String>;
}

type Pack = fn(&[String]) -> Outcome<Box<dyn Packed>>;

const CODECS: [(&str, Pack); 6] = [
    ("LZ4, blocks of 4 KiB", |texts| Ok(Box::new(Blocks::pack(texts, 4 << 10)))),
    ("LZ4, blocks of 16 KiB", |texts| Ok(Box::new(Blocks::pack(texts, 16 << 10)))),
    ("LZ4, blocks of 64 KiB", |texts| Ok(Box::new(Blocks::pack(texts, 64 << 10)))),
    ("LZ4 by entry, shared dictionary", |texts| Ok(Box::new(Shared::pack(texts)))),
    ("Zstandard by entry, trained (in C)", |texts| Ok(Box::new(Trained::pack(texts)?))),
    ("words of a dictionary", |texts| Ok(Box::new(Words::pack(texts)?))),
];

fn main() -> Outcome {
    let articles = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ARTICLES);
    measure("generated", &generated(articles)?)?;
    if let Some(data) = std::env::var_os("ROCHDALE_DATA") {
        for folder in ["articles/eips", "articles/18f-blog"] {
            let path = PathBuf::from(&data).join(folder);
            let reading = Reader::new().read_paths([&path])?;
            let texts = reading.entries.iter().map(|entry| Ok(entry.to_json()?.to_string()));
            measure(folder, &texts.collect::<rochdale::Result<Vec<_>>>()?)?;
        }
    }
    Ok(())
}

fn generated(articles: u32) -> Outcome<Vec<String>> {
    let generator = Generator::new();
    let text = |number| {
        let entry = rochdale::model::Entry::from(article(&generator.document(number))?);
        Ok(entry.to_json()?.to_string())
    };
    (0..articles).map(text).collect()
}

fn measure(corpus: &str, texts: &[String]) -> Outcome {
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("\n{corpus}: {} entries, {:.2} MB of canonical JSON", texts.len(), mega(bytes));
    println!(
        "{:<38}{:>9}{:>8}{:>9}{:>9}{:>21}",
        "", "MB", "share", "pack, s", "MB/s", "read one, µs (99th)"
    );
    for (name, pack) in CODECS {
        let start = Instant::now();
        let packed = pack(texts)?;
        let took = start.elapsed().as_secs_f64();
        for (number, text) in texts.iter().enumerate() {
            if packed.text(number)? != *text {
                return Err(format!("{name}: entry {number} comes back as something else").into());
            }
        }
        // A prime step, so that neighbours are not read one after the other.
        let mut times: Vec<f64> = (0..READ.max(texts.len()))
            .map(|turn| {
                let number = turn * 7_919 % texts.len();
                let start = Instant::now();
                let text = packed.text(black_box(number));
                let took = start.elapsed().as_secs_f64() * 1e6;
                black_box(text).map(|_| took)
            })
            .collect::<Outcome<_>>()?;
        println!(
            "{name:<38}{:>9.2}{:>8.3}{took:>9.3}{:>9.1}{:>13.2} ({:.1})",
            mega(packed.size()),
            mega(packed.size()) / mega(bytes),
            mega(bytes) / took,
            percentile(&mut times, 50),
            percentile(&mut times, 99)
        );
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// As a snapshot has them.
struct Words {
    size: usize,
    texts: Texts,
}

impl Words {
    fn pack(texts: &[String]) -> Outcome<Self> {
        let bytes = Texts::pack(texts)?;
        Ok(Self { size: bytes.len(), texts: Texts::open(bytes)? })
    }
}

impl Packed for Words {
    fn size(&self) -> usize {
        self.size
    }

    fn text(&self, number: usize) -> Outcome<String> {
        Ok(self.texts.text(number)?)
    }
}

/// Entries that follow each other, together in LZ4 blocks.
struct Blocks {
    blocks: Vec<Vec<u8>>,
    /// The block of each entry, and where in it the entry lies.
    places: Vec<(usize, usize, usize)>,
}

impl Blocks {
    fn pack(texts: &[String], size: usize) -> Self {
        let (mut blocks, mut places, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for text in texts {
            places.push((blocks.len(), open.len(), open.len() + text.len()));
            open.extend_from_slice(text.as_bytes());
            if open.len() >= size {
                blocks.push(lz4_flex::compress_prepend_size(&open));
                open.clear();
            }
        }
        blocks.push(lz4_flex::compress_prepend_size(&open));
        Self { blocks, places }
    }
}

impl Packed for Blocks {
    fn size(&self) -> usize {
        // Four bytes to find an entry, and eight to find a block.
        self.blocks.iter().map(|block| block.len() + 8).sum::<usize>() + self.places.len() * 4
    }

    fn text(&self, number: usize) -> Outcome<String> {
        let (block, start, end) = self.places[number];
        let bytes = lz4_flex::decompress_size_prepended(&self.blocks[block])?;
        Ok(String::from_utf8(bytes[start..end].to_vec())?)
    }
}

/// Each entry an LZ4 block of its own, behind a dictionary of 64 KiB that all of them share.
struct Shared {
    dictionary: Vec<u8>,
    entries: Vec<Vec<u8>>,
}

impl Shared {
    fn pack(texts: &[String]) -> Self {
        let mut dictionary = Vec::new();
        for text in texts.iter().step_by((texts.len() / 64).max(1)) {
            dictionary.extend_from_slice(&text.as_bytes()[..text.len().min(1 << 10)]);
        }
        dictionary.truncate(64 << 10);
        let pack = |text: &String| {
            lz4_flex::block::compress_prepend_size_with_dict(text.as_bytes(), &dictionary)
        };
        let entries = texts.iter().map(pack).collect();
        Self { dictionary, entries }
    }
}

impl Packed for Shared {
    fn size(&self) -> usize {
        self.dictionary.len() + self.entries.iter().map(|entry| entry.len() + 4).sum::<usize>()
    }

    fn text(&self, number: usize) -> Outcome<String> {
        let entry = &self.entries[number];
        let text = lz4_flex::block::decompress_size_prepended_with_dict(entry, &self.dictionary)?;
        Ok(String::from_utf8(text)?)
    }
}

/// Each entry a Zstandard frame, behind a trained dictionary; in C, so for comparison only.
struct Trained {
    dictionary: Vec<u8>,
    entries: Vec<(usize, Vec<u8>)>,
    prepared: zstd::dict::DecoderDictionary<'static>,
}

impl Trained {
    fn pack(texts: &[String]) -> Outcome<Self> {
        let sample: Vec<_> = texts.iter().step_by((texts.len() / 4_096).max(1)).collect();
        let dictionary = zstd::dict::from_samples(&sample, 110 << 10)?;
        let mut packer = zstd::bulk::Compressor::with_dictionary(3, &dictionary)?;
        let mut pack = |text: &String| Ok((text.len(), packer.compress(text.as_bytes())?));
        let entries = texts.iter().map(&mut pack).collect::<Outcome<_>>()?;
        let prepared = zstd::dict::DecoderDictionary::copy(&dictionary);
        Ok(Self { dictionary, entries, prepared })
    }
}

impl Packed for Trained {
    fn size(&self) -> usize {
        let entries = self.entries.iter().map(|(_, entry)| entry.len() + 4);
        self.dictionary.len() + entries.sum::<usize>()
    }

    fn text(&self, number: usize) -> Outcome<String> {
        let (length, entry) = &self.entries[number];
        let mut reader = zstd::bulk::Decompressor::with_prepared_dictionary(&self.prepared)?;
        Ok(String::from_utf8(reader.decompress(entry, *length)?)?)
    }
}
