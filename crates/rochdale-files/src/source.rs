//! A snapshot in a file, as the core reads it.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use rochdale::store::{Bytes, MAGIC, NeedRange, Source, inside};
use rochdale::{Error, Result};

use crate::map::{Map, map};

/// The bytes of a file, mapped into memory, or read as a whole where that cannot be.
///
/// A file that is open must not be changed in place, which could stop the program; [`write`] does not
/// do so, it puts another file in its place.
///
/// [`write`]: crate::write()
#[derive(Debug)]
pub struct FileSource(Held);

#[derive(Debug)]
enum Held {
    Mapped(Map),
    Read(Vec<u8>),
}

impl FileSource {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened or read.
    pub fn open(path: &Path) -> Result<Self> {
        let held = File::open(path).and_then(|mut file| match map(&file) {
            Ok(map) => Ok(Held::Mapped(map)),
            // A file system may have no maps, and a pipe never has one.
            Err(_) => read_all(&mut file),
        });
        let cannot = |error| Error::source(format!("cannot open `{}`", path.display()), error);
        held.map(Self).map_err(cannot)
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Held::Mapped(map) => map,
            Held::Read(bytes) => bytes,
        }
    }
}

fn read_all(file: &mut File) -> io::Result<Held> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Held::Read(bytes))
}

impl Source for FileSource {
    fn size(&self) -> u64 {
        self.bytes().len() as u64
    }

    fn read(&self, range: Range<u64>) -> std::result::Result<Bytes<'_>, NeedRange> {
        inside(self.bytes(), range)
    }
}

/// Whether a path is a file that begins as a snapshot does.
pub fn is_snapshot(path: &Path) -> bool {
    let begins = || {
        let mut first = [0; MAGIC.len()];
        File::open(path)?.read_exact(&mut first)?;
        io::Result::Ok(first == MAGIC)
    };
    // Whoever reads the path next says what is wrong with it.
    path.is_file() && begins().unwrap_or(false)
}

/// The snapshot that is opened, where these paths are one; nothing where none of them is.
///
/// # Errors
///
/// Where a snapshot is among others: it is a library already, and is not read together with sources.
pub fn only_snapshot(paths: &[impl AsRef<Path>]) -> Result<Option<&Path>> {
    let mut paths = paths.iter().map(AsRef::as_ref);
    let alone = paths.len() == 1;
    let Some(snapshot) = paths.find(|path| is_snapshot(path)) else { return Ok(None) };
    if alone {
        return Ok(Some(snapshot));
    }
    let message = format!(
        "expected sources, got the snapshot `{}` among them; build it from its sources and these",
        snapshot.display()
    );
    Err(Error::invalid("", message))
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
            let whole = read_all(&mut File::open(&path).unwrap()).unwrap();
            for source in [FileSource::open(&path).unwrap(), FileSource(whole)] {
                assert_eq!(source.size(), bytes.len() as u64);
                assert_eq!(source.read(0..source.size()).as_deref(), Ok(bytes));
                assert!(source.read(0..source.size() + 1).is_err());
            }
            assert_eq!(is_snapshot(&path), !bytes.is_empty());
        }
        assert!(!is_snapshot(folder.path()) && !is_snapshot(&folder.path().join("missing")));
        assert!(FileSource::open(&folder.path().join("missing")).is_err());
    }

    #[test]
    fn a_snapshot_is_opened_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("file"), folder.path().join("other"));
        std::fs::write(&path, "ROCHDALE").unwrap();
        std::fs::write(&other, "other").unwrap();
        assert_eq!(only_snapshot(&[&path]).unwrap(), Some(path.as_path()));
        assert_eq!(only_snapshot(&[&other]).unwrap(), None);
        let error = only_snapshot(&[&other, &path]).unwrap_err().to_string();
        assert!(error.starts_with("expected sources, got the snapshot `"), "{error}");
    }
}
