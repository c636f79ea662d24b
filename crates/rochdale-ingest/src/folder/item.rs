//! A file to be read, in memory or on disk.

use std::rc::Rc;

use rochdale::issue::Issue;

use crate::codes::FILE_TOO_LARGE;
use crate::profile::Profile;

/// A file to be read.
pub(crate) struct Item {
    /// Its path relative to what was opened, with `/`.
    pub(crate) path: String,
    /// Where the part of the path begins that the profile judges.
    pub(crate) top: usize,
    /// The name of the folder that was opened, or that the opened file stands in; it can name a
    /// kind as a folder inside can.
    pub(crate) around: Rc<str>,
    pub(crate) content: Content,
    pub(crate) profile: Rc<Profile>,
}

/// Where the bytes of a file are.
pub(crate) enum Content {
    Bytes(Vec<u8>),
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    File(std::path::PathBuf),
}

impl Content {
    /// The bytes, if they are not more than the limit.
    ///
    /// Errors: the issue that says why there are none.
    pub(crate) fn bytes(self, limit: usize) -> Result<Vec<u8>, Box<Issue>> {
        let bytes = match self {
            Self::Bytes(bytes) => bytes,
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            Self::File(path) => super::walk::read(&path, limit)?,
        };
        if bytes.len() > limit {
            let message = format!("expected at most {limit} bytes");
            return Err(Issue::new(&FILE_TOO_LARGE, message).into());
        }
        Ok(bytes)
    }
}
