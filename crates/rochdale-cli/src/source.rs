//! A snapshot in a file, as the core reads it.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use rochdale::store::{Bytes, NeedRange, Source, inside};

use crate::map::{Map, map};

/// The first bytes of every snapshot.
const MAGIC: &[u8; 8] = b"ROCHDALE";

/// A file that is mapped into memory, or read as a whole where that cannot be.
#[derive(Debug)]
pub(crate) enum FileSource {
    Mapped(Map),
    Read(Vec<u8>),
}

impl FileSource {
    /// Opens a file.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        match map(&file) {
            Ok(map) => Ok(Self::Mapped(map)),
            // A file system may have no maps, and a pipe never has one.
            Err(_) => Self::read_all(&mut file),
        }
    }

    fn read_all(file: &mut File) -> io::Result<Self> {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Self::Read(bytes))
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Read(bytes) => bytes,
        }
    }
}

impl Source for FileSource {
    fn size(&self) -> u64 {
        self.bytes().len() as u64
    }

    fn read(&self, range: Range<u64>) -> Result<Bytes<'_>, NeedRange> {
        inside(self.bytes(), range)
    }
}

/// Whether a path is a file that begins as a snapshot does.
pub(crate) fn is_snapshot(path: &Path) -> bool {
    let begins = || {
        let mut first = [0; MAGIC.len()];
        File::open(path)?.read_exact(&mut first)?;
        io::Result::Ok(first == *MAGIC)
    };
    // Whoever reads the path next says what is wrong with it.
    path.is_file() && begins().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_reads_the_same_mapped_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for bytes in [&b""[..], b"ROCHDALE and more"] {
            std::fs::write(&path, bytes).unwrap();
            let whole = FileSource::read_all(&mut File::open(&path).unwrap()).unwrap();
            for source in [FileSource::open(&path).unwrap(), whole] {
                assert_eq!(source.size(), bytes.len() as u64);
                assert_eq!(source.read(0..source.size()).as_deref(), Ok(bytes));
                assert!(source.read(0..source.size() + 1).is_err());
            }
            assert_eq!(is_snapshot(&path), !bytes.is_empty());
        }
        assert!(!is_snapshot(folder.path()) && !is_snapshot(&folder.path().join("missing")));
    }
}
