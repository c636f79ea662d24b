//! How much is taken in before it is too much.

/// How much a reader takes in before it says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The size of a file in bytes; larger ones are skipped. 16 MiB unless set.
    pub file_bytes: usize,
    /// The number of files; those after it, in order of their paths, are skipped. A million unless set.
    pub files: usize,
    /// How deep folders may lie; deeper ones are skipped. 64 unless set.
    pub depth: usize,
    /// The number of values in a file, with YAML's aliases unfolded. A million unless set.
    pub values: usize,
    /// The size in bytes of a file that is read piece by piece, as exports of WordPress are; larger
    /// ones are broken off. 8 GiB unless set.
    pub stream_bytes: u64,
    /// The number of entries in a file of a foreign format; those after it are skipped. Two million
    /// unless set.
    pub entries: usize,
    /// The number of times of a recurring event; those after it are skipped. 400 unless set.
    pub occurrences: usize,
    /// The number of bytes that an archive unpacks to, all its files together. 8 GiB unless set.
    pub unpacked_bytes: u64,
    /// How many bytes a file in an archive may unpack to for each byte that it is packed in; the
    /// first MiB is free. 250 unless set.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 16 << 20,
            files: 1_000_000,
            depth: 64,
            values: 1_000_000,
            stream_bytes: 8 << 30,
            entries: 2_000_000,
            occurrences: 400,
            unpacked_bytes: 8 << 30,
            ratio: 250,
        }
    }
}

impl Limits {
    /// The same with another limit on the size of a file in bytes.
    #[must_use]
    pub fn with_file_bytes(self, file_bytes: usize) -> Self {
        Self { file_bytes, ..self }
    }

    /// The same with another limit on the number of files.
    #[must_use]
    pub fn with_files(self, files: usize) -> Self {
        Self { files, ..self }
    }

    /// The same with another limit on how deep folders may lie.
    #[must_use]
    pub fn with_depth(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// The same with another limit on the number of values in a file.
    #[must_use]
    pub fn with_values(self, values: usize) -> Self {
        Self { values, ..self }
    }

    /// The same with another limit on the size of a file that is read piece by piece.
    #[must_use]
    pub fn with_stream_bytes(self, stream_bytes: u64) -> Self {
        Self { stream_bytes, ..self }
    }

    /// The same with another limit on the number of entries in a file of a foreign format.
    #[must_use]
    pub fn with_entries(self, entries: usize) -> Self {
        Self { entries, ..self }
    }

    /// The same with another limit on the number of times of a recurring event.
    #[must_use]
    pub fn with_occurrences(self, occurrences: usize) -> Self {
        Self { occurrences, ..self }
    }

    /// The same with another limit on the number of bytes that an archive unpacks to.
    #[must_use]
    pub fn with_unpacked_bytes(self, unpacked_bytes: u64) -> Self {
        Self { unpacked_bytes, ..self }
    }

    /// The same with another limit on how many bytes come of one packed byte.
    #[must_use]
    pub fn with_ratio(self, ratio: u64) -> Self {
        Self { ratio, ..self }
    }
}
