//! Zip and gzip: what an archive holds, opened member by member and never unpacked as a whole.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rawzip::{
    CompressionMethod, Crc32, RECOMMENDED_BUFFER_SIZE, RangeReader, ReaderAt, ZipFileHeaderRecord,
    ZipLocator,
};
use rochdale::issue::{Code, Issue};

use crate::codes::{
    ARCHIVE_DAMAGED, ARCHIVE_NESTED, ARCHIVE_UNSUPPORTED, NAME_NOT_UTF8, TOO_MANY_FILES,
    UNPACKS_TOO_LARGE,
};
use crate::foreign::Refused;
use crate::limits::Limits;

/// A sort of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Zip,
    Gzip,
}

impl Sort {
    /// The sort that the first bytes of a file show.
    pub(crate) fn of_start(start: &[u8]) -> Option<Self> {
        match start {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            _ => None,
        }
    }

    /// The sort that a name says.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "zip" => Some(Self::Zip),
            "gz" => Some(Self::Gzip),
            _ => None,
        }
    }
}

/// Bytes that can be read at any place.
pub(crate) type Bytes = Arc<dyn ReaderAt + Send + Sync>;

/// An archive.
#[derive(Clone)]
pub(crate) struct Archive {
    bytes: Bytes,
    length: u64,
    /// How many bytes may still be unpacked, from all members together. For the same ones to be
    /// refused each time, they are to be read one after the other.
    room: Arc<AtomicU64>,
    limits: Limits,
}

/// A part of an archive that unpacks to a file.
#[derive(Clone)]
pub(crate) struct Packed {
    archive: Archive,
    range: Range<u64>,
    how: How,
}

#[derive(Clone, Copy)]
enum How {
    Stored(Promise),
    Deflated(Promise),
    Gzip,
}

/// What an archive says of a member.
#[derive(Clone, Copy)]
struct Promise {
    size: u64,
    checksum: u32,
}

/// Why a member is not read, with its name.
type Refusal = (String, Box<Issue>);

/// What an archive holds.
#[derive(Default)]
pub(crate) struct Listing {
    /// The files by their names inside.
    pub(crate) members: Vec<(String, Packed)>,
    /// What was wrong, each with the name inside where it is about one.
    pub(crate) issues: Vec<(Option<String>, Issue)>,
    /// How many symbolic links there are.
    pub(crate) links: usize,
}

impl Archive {
    pub(crate) fn new(bytes: Bytes, length: u64, limits: Limits) -> Self {
        Self { bytes, length, room: Arc::new(AtomicU64::new(limits.unpacked_bytes)), limits }
    }

    /// The file that a gzip archive is.
    pub(crate) fn gzip(self) -> Packed {
        Packed { range: 0..self.length, how: How::Gzip, archive: self }
    }

    /// What a zip archive holds.
    ///
    /// Errors: the issue that says why it cannot be opened.
    pub(crate) fn list(self) -> Result<Listing, Box<Issue>> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let locator = ZipLocator::new();
        let zip = locator
            .locate_in_reader(Arc::clone(&self.bytes), &mut buffer, self.length)
            .map_err(|(_, error)| damaged(&error))?;
        let expected = zip.entries_hint();
        let mut listing = Listing::default();
        let mut entries = zip.entries(&mut buffer);
        let mut seen = 0;
        while let Some(record) = entries.next_entry().map_err(|error| damaged(&error))? {
            seen += 1;
            if seen > expected {
                return Err(issue(&ARCHIVE_DAMAGED, "more members than the archive says").into());
            }
            if listing.members.len() == self.limits.files {
                let message =
                    format!("expected at most {} files; the rest is skipped", self.limits.files);
                listing.issues.push((None, issue(&TOO_MANY_FILES, message)));
                break;
            }
            match self.member(&zip, &record, &mut listing) {
                Ok(member) => listing.members.extend(member),
                Err((name, issue)) => listing.issues.push((Some(name), *issue)),
            }
        }
        apart(&listing.members)?;
        Ok(listing)
    }

    /// The file that a record of a zip archive describes, if it is one.
    fn member(
        &self,
        zip: &rawzip::ZipArchive<Bytes>,
        record: &ZipFileHeaderRecord<'_>,
        listing: &mut Listing,
    ) -> Result<Option<(String, Packed)>, Refusal> {
        if record.is_dir() {
            return Ok(None);
        }
        let raw = record.file_path();
        let lossy = String::from_utf8_lossy(raw.as_bytes()).into_owned();
        let refuse = |code, message: &str| (lossy.clone(), Box::new(issue(code, message)));
        if record.mode().is_symlink() {
            listing.links += 1;
            return Ok(None);
        }
        let Ok(name) = raw.try_normalize().map(|path| path.as_ref().to_owned()) else {
            return Err(refuse(&NAME_NOT_UTF8, "expected a name in UTF-8"));
        };
        if name.is_empty() {
            return Err(refuse(&ARCHIVE_DAMAGED, "the member has no name"));
        }
        if record.flags().is_encrypted() {
            return Err(refuse(&ARCHIVE_UNSUPPORTED, "the member is encrypted; unpack it first"));
        }
        if Sort::of_name(&name).is_some() {
            let message = "an archive inside an archive is not opened; unpack the outer one first";
            return Err(refuse(&ARCHIVE_NESTED, message));
        }
        let promise = Promise { size: record.uncompressed_size_hint(), checksum: record.crc32() };
        let how = match record.compression_method() {
            CompressionMethod::STORE => How::Stored(promise),
            CompressionMethod::DEFLATE => How::Deflated(promise),
            other => {
                let message = format!(
                    "expected a member that is stored or deflated, got {other}; unpack it first"
                );
                return Err(refuse(&ARCHIVE_UNSUPPORTED, &message));
            }
        };
        let entry =
            zip.get_entry(record.wayfinder()).map_err(|error| (lossy.clone(), damaged(&error)))?;
        let (start, end) = entry.compressed_data_range();
        if end > self.length {
            return Err(refuse(&ARCHIVE_DAMAGED, "the member ends beyond the archive"));
        }
        Ok(Some((name, Packed { archive: self.clone(), range: start..end, how })))
    }
}

impl Packed {
    /// Where it begins in its archive.
    pub(crate) fn start(&self) -> u64 {
        self.range.start
    }

    /// The unpacked bytes one after the other. What is wrong with them is an error that holds the
    /// issue.
    pub(crate) fn reader(self) -> Box<dyn Read> {
        let packed = RangeReader::new(Arc::clone(&self.archive.bytes), self.range.clone());
        let (reader, promise): (Box<dyn Read>, _) = match self.how {
            How::Stored(promise) => (Box::new(packed), Some(promise)),
            How::Deflated(promise) => (Box::new(DeflateDecoder::new(packed)), Some(promise)),
            How::Gzip => (Box::new(MultiGzDecoder::new(packed)), None),
        };
        let length = self.range.end.saturating_sub(self.range.start);
        let most = length.saturating_mul(self.archive.limits.ratio).max(FREE);
        Box::new(Unpacked {
            reader,
            promise,
            most,
            size: 0,
            checksum: Crc32::new(),
            room: self.archive.room,
        })
    }
}

/// So much may come of any member, however small it is packed.
const FREE: u64 = 1 << 20;

/// Unpacked bytes, counted and checked.
struct Unpacked {
    reader: Box<dyn Read>,
    promise: Option<Promise>,
    most: u64,
    size: u64,
    checksum: Crc32,
    room: Arc<AtomicU64>,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self
            .reader
            .read(buffer)
            .map_err(|error| refused(&ARCHIVE_DAMAGED, format!("cannot be unpacked: {error}")))?;
        self.checksum.update(&buffer[..count]);
        self.size += count as u64;
        let promised = self.promise.map_or(u64::MAX, |promise| promise.size);
        if self.size > promised {
            let message = format!("expected {promised} bytes, as the archive says, got more");
            return Err(refused(&ARCHIVE_DAMAGED, message));
        }
        if self.size > self.most {
            let message =
                format!("expected at most {} bytes of a member packed so small", self.most);
            return Err(refused(&UNPACKS_TOO_LARGE, message));
        }
        let without = |room: u64| room.checked_sub(count as u64);
        if self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, without).is_err() {
            let message = "the archive unpacks to more bytes than the limit";
            return Err(refused(&UNPACKS_TOO_LARGE, message));
        }
        if count == 0
            && !buffer.is_empty()
            && let Some(promise) = self.promise
            && (promise.size, promise.checksum) != (self.size, self.checksum.checksum())
        {
            let message = "the bytes are not those that the archive says: size or checksum differ";
            return Err(refused(&ARCHIVE_DAMAGED, message));
        }
        Ok(count)
    }
}

/// Refuses members that share bytes, by which a small archive unpacks to a huge one.
fn apart(members: &[(String, Packed)]) -> Result<(), Box<Issue>> {
    let mut ranges: Vec<_> =
        members.iter().map(|(_, packed)| (packed.range.start, packed.range.end)).collect();
    ranges.sort_unstable();
    if ranges.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(issue(&ARCHIVE_DAMAGED, "members of the archive overlap").into());
    }
    Ok(())
}

fn issue(code: &'static Code, message: impl Into<String>) -> Issue {
    Issue::new(code, message)
}

fn damaged(error: &rawzip::Error) -> Box<Issue> {
    issue(&ARCHIVE_DAMAGED, format!("expected a zip archive: {error}")).into()
}

fn refused(code: &'static Code, message: impl Into<String>) -> io::Error {
    io::Error::other(Refused(issue(code, message).into()))
}
