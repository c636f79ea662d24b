//! What the caller gives: paths, bytes and readers, each with what is known of it.

use crate::format::Format;

/// Something to be read: a file or folder on disk, or bytes.
///
/// # Example
///
/// ```
/// use rochdale_ingest::{Format, Input, Reader};
///
/// let calendar = Input::bytes("meetings", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec());
/// let reading = Reader::new().read_inputs([calendar.with_format(Format::ICalendar)])?;
/// assert!(reading.entries.is_empty());
/// # Ok::<(), rochdale::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Input {
    pub(crate) place: Place,
    pub(crate) format: Option<Format>,
}

/// Where an input is.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    Path(std::path::PathBuf),
    Bytes(String, Vec<u8>),
}

impl Input {
    /// A file or a folder on disk.
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    pub fn path(path: impl Into<std::path::PathBuf>) -> Self {
        Self { place: Place::Path(path.into()), format: None }
    }

    /// A file in memory, with the name that it goes by in issues and sources.
    pub fn bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { place: Place::Bytes(name.into(), bytes), format: None }
    }

    /// Says of which format it is, whatever it looks like; of a folder, the files that have an
    /// extension of the format.
    pub fn with_format(self, format: Format) -> Self {
        Self { format: Some(format), ..self }
    }
}
