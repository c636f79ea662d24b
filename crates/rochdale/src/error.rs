//! The one error type of this crate.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// The result of an operation that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, coarsely; stable across languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A query is wrong: its text, its JSON form, a name or a value in it.
    Query,
    /// Data does not have the shape of what it should be.
    Invalid,
    /// A file or folder could not be read.
    Source,
    /// A snapshot is damaged.
    Damaged,
    /// A snapshot is of a version, or was made by a text analysis, that is not known here.
    Unsupported,
    /// Bytes of a snapshot have to be fetched first.
    NeedRange,
}

impl ErrorKind {
    /// Every kind, in order.
    pub const ALL: &'static [Self] = &[
        Self::Query,
        Self::Invalid,
        Self::Source,
        Self::Damaged,
        Self::Unsupported,
        Self::NeedRange,
    ];

    /// The stable name that the bindings and the fixtures use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Invalid => "invalid",
            Self::Source => "source",
            Self::Damaged => "damaged",
            Self::Unsupported => "unsupported",
            Self::NeedRange => "need-range",
        }
    }
}

/// Where in what was given something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Place {
    /// A byte offset in a text.
    Offset(usize),
    /// A JSON pointer (RFC 6901) in a value.
    Pointer(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset(offset) => write!(f, "at byte {offset}"),
            Self::Pointer(pointer) => write!(f, "at `{pointer}`"),
        }
    }
}

/// An error from this crate: its message is one line and complete.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Repr>);

#[derive(Debug, thiserror::Error)]
enum Repr {
    #[error("{message} {place}")]
    Placed { kind: ErrorKind, message: String, place: Place },
    #[error("{message}")]
    Plain { kind: ErrorKind, message: String },
    #[error("{message}")]
    Io { message: String, source: std::io::Error },
    #[error("the bytes {} to {} of the snapshot have to be fetched first", range.start, range.end)]
    NeedRange { range: Range<u64> },
}

impl Error {
    /// A query that is wrong at `place`.
    pub fn query(place: Place, message: impl Into<String>) -> Self {
        Self(Box::new(Repr::Placed { kind: ErrorKind::Query, message: message.into(), place }))
    }

    /// Data whose value at the JSON pointer `pointer` is wrong.
    pub fn invalid(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        let (kind, message, pointer) = (ErrorKind::Invalid, message.into(), pointer.into());
        Self(Box::new(if pointer.is_empty() {
            Repr::Plain { kind, message }
        } else {
            Repr::Placed { kind, message, place: Place::Pointer(pointer) }
        }))
    }

    /// Something that could not be read.
    pub fn source(message: impl Into<String>, source: std::io::Error) -> Self {
        Self(Box::new(Repr::Io { message: message.into(), source }))
    }

    /// A snapshot that is damaged in this section.
    pub(crate) fn damaged(section: &str, message: impl fmt::Display) -> Self {
        let message = format!("the snapshot is damaged in `{section}`: {message}");
        Self(Box::new(Repr::Plain { kind: ErrorKind::Damaged, message }))
    }

    /// A snapshot that cannot be read here, and the cure.
    pub(crate) fn unsupported(message: impl Into<String>) -> Self {
        Self(Box::new(Repr::Plain { kind: ErrorKind::Unsupported, message: message.into() }))
    }

    /// Bytes of a snapshot that have to be fetched first.
    pub(crate) fn need_range(range: Range<u64>) -> Self {
        Self(Box::new(Repr::NeedRange { range }))
    }

    /// The bytes of a snapshot that have to be fetched before what failed can be tried again.
    pub fn missing_range(&self) -> Option<Range<u64>> {
        if let Repr::NeedRange { range } = &*self.0 { Some(range.clone()) } else { None }
    }

    /// What went wrong, coarsely.
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            Repr::Placed { kind, .. } | Repr::Plain { kind, .. } => *kind,
            Repr::Io { .. } => ErrorKind::Source,
            Repr::NeedRange { .. } => ErrorKind::NeedRange,
        }
    }

    /// Where in what was given it is.
    pub fn place(&self) -> Option<&Place> {
        if let Repr::Placed { place, .. } = &*self.0 { Some(place) } else { None }
    }

    /// The message without the place.
    pub fn message(&self) -> &str {
        match &*self.0 {
            Repr::Placed { message, .. }
            | Repr::Plain { message, .. }
            | Repr::Io { message, .. } => message,
            Repr::NeedRange { .. } => "bytes of the snapshot have to be fetched first",
        }
    }
}

impl From<crate::json::ShapeError> for Error {
    fn from(error: crate::json::ShapeError) -> Self {
        Self::invalid(error.pointer(), error.to_string())
    }
}

impl From<crate::json::ReadError> for Error {
    fn from(error: crate::json::ReadError) -> Self {
        let (message, place) = (error.to_string(), Place::Offset(error.offset()));
        Self(Box::new(Repr::Placed { kind: ErrorKind::Invalid, message, place }))
    }
}
