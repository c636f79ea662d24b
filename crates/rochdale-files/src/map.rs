//! Files in memory without reading them: the one place that needs `unsafe`.

use std::fs::File;
use std::io;

/// The bytes of a file.
pub(crate) type Map = memmap2::Mmap;

/// Maps a file.
///
/// Bytes that are mapped change when the file is changed in place, and touching those behind its new
/// end stops the program (`SIGBUS`). Nothing here does that to a snapshot: `write` puts another file in
/// its place, and what was mapped stays as it was. Whoever overwrites or cuts one by other means
/// while it is open must expect it.
#[expect(
    unsafe_code,
    reason = "mapping is sound while nobody changes the file in place, which the documents forbid; \
              the core checks each block against its checksum and each number as it reads it"
)]
pub(crate) fn map(file: &File) -> io::Result<Map> {
    // SAFETY: the map is only read, as bytes, of which every value is valid. What is left is a file
    // that somebody changes in place, of which the documentation warns.
    unsafe { Map::map(file) }
}
