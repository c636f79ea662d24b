//! A file to be read, in memory or on disk.

use std::cmp::Ordering;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

use rochdale::issue::Issue;

use crate::archive::Packed;
use crate::codes::FILE_TOO_LARGE;
use crate::foreign::Refused;
use crate::format::Format;
use crate::profile::Profile;

/// A file to be read.
pub(crate) struct Item {
    /// Its path relative to what was opened, with `/`.
    pub(crate) path: String,
    /// Where the part of the path begins that the profile judges.
    pub(crate) top: usize,
    /// The name of the folder that was opened, or that the opened file stands in; it can name a
    /// kind as a folder inside can.
    pub(crate) around: Arc<str>,
    pub(crate) content: Content,
    pub(crate) profile: Arc<Profile>,
    pub(crate) standing: Standing,
    /// The format that the caller named.
    pub(crate) named: Option<Format>,
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It was opened by itself.
    Alone,
    /// It stands in the folder or the archive of this number among what was opened.
    Inside(usize),
}

impl Standing {
    pub(crate) fn number(self) -> usize {
        match self {
            Self::Alone => 0,
            Self::Inside(number) => number,
        }
    }
}

/// Where the bytes of a file are.
pub(crate) enum Content {
    Bytes(Vec<u8>),
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    File(std::path::PathBuf),
    Packed(Packed),
}

/// So many bytes are few.
const SMALL: usize = 256 << 10;

impl Content {
    /// The order of two files of one path, which is not that in which they were given.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one.cmp(other),
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            (Self::File(one), Self::File(other)) => one.cmp(other),
            (Self::Packed(one), Self::Packed(other)) => one.start().cmp(&other.start()),
            _ => self.sort().cmp(&other.sort()),
        }
    }

    fn sort(&self) -> u8 {
        match self {
            Self::Bytes(_) => 0,
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            Self::File(_) => 1,
            Self::Packed(_) => 2,
        }
    }

    /// Whether reading it takes so little that others should be read beside it. Members of an
    /// archive share what may be unpacked, so that each has to wait for those before it.
    pub(crate) fn is_small(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.len() <= SMALL,
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            Self::File(path) => path.metadata().is_ok_and(|file| file.len() <= SMALL as u64),
            Self::Packed(_) => false,
        }
    }

    /// The content, leaving none behind.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Bytes(Vec::new()))
    }

    /// The bytes, if they are not more than the limit.
    ///
    /// Errors: the issue that says why there are none.
    pub(crate) fn bytes(self, limit: usize) -> Result<Vec<u8>, Box<Issue>> {
        let bytes = match self {
            Self::Bytes(bytes) => bytes,
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            Self::File(path) => crate::walk::read(&path, limit)?,
            Self::Packed(packed) => up_to(packed.reader(), limit.saturating_add(1))?,
        };
        if bytes.len() > limit { Err(too_large(limit as u64)) } else { Ok(bytes) }
    }

    /// At most so many of the first bytes.
    ///
    /// Errors: the issue that says why there are none.
    pub(crate) fn start(&self, length: usize) -> Result<Vec<u8>, Box<Issue>> {
        match self {
            Self::Bytes(bytes) => Ok(bytes[..bytes.len().min(length)].to_vec()),
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            Self::File(path) => {
                let mut bytes = crate::walk::read(path, length)?;
                bytes.truncate(length);
                Ok(bytes)
            }
            Self::Packed(packed) => up_to(packed.clone().reader(), length),
        }
    }

    /// The bytes one after the other; reading more than the limit is an error that holds the issue.
    ///
    /// Errors: the issue that says why there are none.
    pub(crate) fn reader(self, limit: u64) -> Result<Box<dyn BufRead>, Box<Issue>> {
        let reader: Box<dyn Read> = match self {
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            Self::File(path) => Box::new(crate::walk::open(&path)?),
            Self::Packed(packed) => packed.reader(),
        };
        Ok(Box::new(BufReader::with_capacity(64 << 10, Bounded { reader, limit, left: limit })))
    }
}

/// At most so many bytes of a reader.
fn up_to(reader: impl Read, length: usize) -> Result<Vec<u8>, Box<Issue>> {
    let mut bytes = Vec::new();
    match reader.take(length as u64).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Refused::issue(&error)),
    }
}

fn too_large(limit: u64) -> Box<Issue> {
    Issue::new(&FILE_TOO_LARGE, format!("expected at most {limit} bytes")).into()
}

/// A reader that refuses to give more bytes than its limit.
struct Bounded<R> {
    reader: R,
    limit: u64,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(Refused(too_large(self.limit)))),
        }
        Ok(count)
    }
}
