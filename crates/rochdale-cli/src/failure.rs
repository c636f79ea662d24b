//! Why a command could not do what it was asked.

use std::error::Error as _;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use rochdale::Place;

use crate::style::{BAD, HINT};

/// What ends a command early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The query in this text is wrong.
    Query(String, rochdale::Error),
    /// Anything else that the core or a reader refused.
    Refused(rochdale::Error),
    /// The output could not be written.
    Output(io::Error),
}

pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// Says what went wrong on standard error, and gives the exit status.
    pub(crate) fn report(self) -> ExitCode {
        let (text, code) = match self {
            // A reader such as `head` has seen enough: that is no failure.
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => {
                return ExitCode::SUCCESS;
            }
            Self::Output(error) => (headline(&format!("cannot write the answer: {error}")), 1),
            Self::Refused(error) if error.kind() == rochdale::ErrorKind::Source => {
                let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
                (headline(&format!("{error}{cause}")), 2)
            }
            Self::Refused(error) => (headline(&error.to_string()), 1),
            Self::Query(text, error) => match error.place() {
                Some(Place::Offset(at)) => (headline(error.message()) + &pointed(&text, *at), 1),
                _ => (headline(&error.to_string()), 1),
            },
        };
        // Nobody is left to tell where standard error is closed as well.
        let _ = anstream::stderr().write_all(text.as_bytes());
        ExitCode::from(code)
    }
}

impl From<rochdale::Error> for Failure {
    fn from(error: rochdale::Error) -> Self {
        Self::Refused(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn headline(message: &str) -> String {
    format!("{BAD}error:{BAD:#} {message}\n")
}

/// The line of the query that is wrong, and a caret under the place.
fn pointed(query: &str, at: usize) -> String {
    let offset = (0..=at).rev().find(|at| query.is_char_boundary(*at)).unwrap_or(0);
    let start = query[..offset].rfind('\n').map_or(0, |end| end + 1);
    let line: String = query[start..].lines().next().unwrap_or_default().replace('\t', " ");
    let column = query[start..offset].chars().count();
    let mut out = String::new();
    let _ = writeln!(out, "  {line}\n  {:column$}{HINT}^{HINT:#}", "");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caret(query: &str, offset: usize) -> String {
        anstream::adapter::strip_str(&pointed(query, offset)).to_string()
    }

    #[test]
    fn the_caret_stands_under_the_letter_that_is_wrong() {
        assert_eq!(caret("a auther:x", 2), "  a auther:x\n    ^\n");
        assert_eq!(caret("é\té auther:x", 6), "  é é auther:x\n      ^\n");
        assert_eq!(caret("a\nb auther:x", 4), "  b auther:x\n    ^\n");
        assert_eq!(caret("\"open", 5), "  \"open\n       ^\n");
        assert_eq!(caret("short", 99), "  short\n       ^\n");
    }
}
