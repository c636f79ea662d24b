//! The extract of the Mutuals Public Register of the Financial Conduct Authority.

use rochdale::issue::Issue;

use crate::codes::UNSUPPORTED_FORMAT;
use crate::foreign::{Sink, Source};

/// Reads a source.
pub(crate) fn read(source: &mut Source, sink: &mut Sink<'_>) {
    let message = format!("the format `{}` cannot be read", source.format.name());
    sink.issue(Issue::new(&UNSUPPORTED_FORMAT, message));
}
