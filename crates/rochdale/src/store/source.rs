//! Where the bytes of a snapshot come from.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// Bytes that are read by their place: a `Vec`, a memory map, an `ArrayBuffer`, or a file behind
/// HTTP ranges of which a part is here.
///
/// # Example
///
/// ```
/// use rochdale::store::Source;
///
/// let bytes = b"Rochdale".to_vec();
/// assert_eq!(bytes.size(), 8);
/// assert_eq!(bytes.read(0..4).as_deref(), Ok(&b"Roch"[..]));
/// assert_eq!(bytes.read(4..9).unwrap_err().range, 4..9);
/// ```
pub trait Source: Send + Sync {
    /// How many bytes there are.
    fn size(&self) -> u64;

    /// The bytes of a range.
    ///
    /// # Errors
    ///
    /// Where they are not here yet: the caller fetches them and asks again.
    fn read(&self, range: Range<u64>) -> Result<Bytes<'_>, NeedRange>;
}

/// Bytes that have to be fetched first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedRange {
    /// Where they are.
    pub range: Range<u64>,
}

/// Bytes that were read, borrowed from their source or shared with it.
#[derive(Clone, Debug)]
pub struct Bytes<'a>(Repr<'a>);

#[derive(Clone, Debug)]
enum Repr<'a> {
    Borrowed(&'a [u8]),
    Shared(Arc<[u8]>, Range<usize>),
}

impl Bytes<'_> {
    /// Part of bytes that are shared; nothing where the range is not inside them.
    pub fn shared(bytes: Arc<[u8]>, range: Range<usize>) -> Option<Self> {
        bytes.get(range.clone())?;
        Some(Self(Repr::Shared(bytes, range)))
    }

    /// Bytes put together from several ranges.
    pub fn owned(bytes: Vec<u8>) -> Self {
        let length = bytes.len();
        Self(Repr::Shared(bytes.into(), 0..length))
    }

    /// A part of them; what lies outside is left out.
    #[must_use]
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let end = range.end.min(self.len());
        let range = range.start.min(end)..end;
        Self(match &self.0 {
            Repr::Borrowed(bytes) => Repr::Borrowed(&bytes[range]),
            Repr::Shared(bytes, within) => {
                let start = within.start;
                Repr::Shared(Arc::clone(bytes), start + range.start..start + range.end)
            }
        })
    }
}

impl<'a> From<&'a [u8]> for Bytes<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self(Repr::Borrowed(bytes))
    }
}

impl Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Repr::Borrowed(bytes) => bytes,
            Repr::Shared(bytes, range) => &bytes[range.clone()],
        }
    }
}

impl PartialEq for Bytes<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Source for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, range: Range<u64>) -> Result<Bytes<'_>, NeedRange> {
        inside(self, range)
    }
}

/// The part of bytes in memory that a range names.
///
/// # Errors
///
/// Where the range leads out of them.
pub fn inside(bytes: &[u8], range: Range<u64>) -> Result<Bytes<'_>, NeedRange> {
    let bounds = (usize::try_from(range.start), usize::try_from(range.end));
    let part = if let (Ok(start), Ok(end)) = bounds { bytes.get(start..end) } else { None };
    part.map(Bytes::from).ok_or(NeedRange { range })
}

impl<S: Source + ?Sized> Source for Arc<S> {
    fn size(&self) -> u64 {
        (**self).size()
    }

    fn read(&self, range: Range<u64>) -> Result<Bytes<'_>, NeedRange> {
        (**self).read(range)
    }
}
