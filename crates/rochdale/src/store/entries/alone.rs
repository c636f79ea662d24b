//! A file of nothing but texts, for measures beside other codecs and for fuzzing.

use super::{Entries, EntriesWriter, Packer, sample};
use crate::Result;
use crate::store::{Source, Store, StoreWriter};

/// A file that holds the texts of entries and nothing else.
#[derive(Debug)]
pub struct Texts(Store);

impl Texts {
    /// Packs texts.
    ///
    /// # Errors
    ///
    /// Where they are too long.
    pub fn pack<T: AsRef<str>>(texts: &[T]) -> Result<Vec<u8>> {
        let sampled = sample(texts.len()).map(|number| Ok(texts[number].as_ref().to_owned()));
        let packer = Packer::new(texts.len(), sampled)?;
        let mut writer = EntriesWriter::default();
        for text in texts {
            writer.add(&packer.pack(text.as_ref()))?;
        }
        let mut store = StoreWriter::default();
        for (name, bytes) in writer.finish(packer) {
            store.section(name, 0, bytes);
        }
        Ok(store.finish())
    }

    /// Opens what [`pack`](Self::pack) made.
    ///
    /// # Errors
    ///
    /// Where the bytes are no such file.
    pub fn open(source: impl Source + 'static) -> Result<Self> {
        let texts = Self(Store::open(Box::new(source))?);
        Entries::open(&texts.0, 0)?;
        Ok(texts)
    }

    /// The text of this number.
    ///
    /// # Errors
    ///
    /// Where there is none, or it is damaged.
    pub fn text(&self, number: usize) -> Result<String> {
        Entries::open(&self.0, 0)?.json(number)
    }
}
