//! What a library is read from: paths, and bytes that Python holds.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use rochdale::store::{Bytes, NeedRange, Source, inside};
use rochdale_files::FileSource;

/// A snapshot: its bytes, or the path of its file.
#[derive(FromPyObject)]
pub(crate) enum Snapshot {
    Bytes(PyBackedBytes),
    Path(PathBuf),
}

impl Snapshot {
    /// Where its bytes come from; a file is mapped into memory.
    pub(crate) fn source(self) -> rochdale::Result<Arc<dyn Source>> {
        Ok(match self {
            Self::Bytes(bytes) => Arc::new(Held(bytes)),
            Self::Path(path) => Arc::new(FileSource::open(&path)?),
        })
    }
}

/// Bytes of Python's: those that cannot change are not copied.
struct Held(PyBackedBytes);

impl Source for Held {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read(&self, range: Range<u64>) -> Result<Bytes<'_>, NeedRange> {
        inside(&self.0, range)
    }
}
