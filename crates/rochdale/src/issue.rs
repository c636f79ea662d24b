//! What was wrong with data, and where.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something worth knowing; nothing is lost.
    Note,
    /// Something that is probably not meant.
    Warning,
    /// Something wrong: an entry, or a part of one, is not in the library.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A sort of issue, with a stable name.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable name, in `kebab-case`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it means and what to do, as one line.
    pub doc: &'static str,
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// Declares issue codes, and the list of them all.
#[macro_export]
#[doc(hidden)]
macro_rules! __codes {
    ($(#[doc = $all_doc:literal])* $all:ident; $($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)*) => {
        $($(#[doc = $doc])+
        pub static $name: $crate::issue::Code = $crate::issue::Code {
            name: $text,
            severity: $crate::issue::Severity::$severity,
            doc: concat!($($doc),+).trim_ascii(),
        };)*

        $(#[doc = $all_doc])*
        pub static $all: &[&$crate::issue::Code] = &[$(&$name),*];
    };
}

/// One thing that was wrong with data.
///
/// `Display` writes `path:line:column: severity[code] message`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issue {
    /// What sort of issue it is.
    pub code: &'static Code,
    /// How bad it is.
    pub severity: Severity,
    /// What was wrong, in one line.
    pub message: String,
    /// What to do about it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The file, relative to what was opened, with `/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column in the line, from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The entry, as `kind:id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The JSON pointer (RFC 6901) to the value inside the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

impl Issue {
    /// An issue without a place.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            help: None,
            path: None,
            line: None,
            column: None,
            entry: None,
            pointer: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, placed in an entry.
    #[must_use]
    pub fn with_entry(mut self, entry: impl Into<String>, pointer: impl Into<String>) -> Self {
        self.entry = Some(entry.into());
        self.pointer = Some(pointer.into()).filter(|pointer| !pointer.is_empty());
        self
    }

    /// The same, placed in a file.
    #[must_use]
    pub fn with_path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same, placed at a line and a column, both from 1.
    #[must_use]
    pub fn with_position(mut self, line: u32, column: u32) -> Self {
        (self.line, self.column) = (Some(line), Some(column));
        self
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{path}:")?;
            if let Some(line) = self.line {
                write!(f, "{line}:{}:", self.column.unwrap_or(1))?;
            }
            f.write_str(" ")?;
        } else if let Some(entry) = &self.entry {
            write!(f, "{entry}{}: ", self.pointer.as_deref().unwrap_or_default())?;
        }
        write!(f, "{}[{}] {}", self.severity, self.code.name, self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

/// What reading and building a library found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// How many entries of each kind there are.
    pub counts: BTreeMap<&'static str, usize>,
    /// What was wrong, in the order of the sources.
    pub issues: Vec<Issue>,
    /// What was read but not carried over, by name, and how often.
    pub not_carried: BTreeMap<String, usize>,
}

impl Report {
    /// Whether any issue is an error.
    pub fn has_errors(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }
}

/// Writes the issues, then what was not carried, then the counts, a line each.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for issue in &self.issues {
            writeln!(f, "{issue}")?;
        }
        for (name, count) in &self.not_carried {
            writeln!(f, "not carried: {name} ({count})")?;
        }
        let counts: Vec<_> = self.counts.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        writeln!(
            f,
            "entries: {}",
            if counts.is_empty() { "none".into() } else { counts.join(", ") }
        )
    }
}
