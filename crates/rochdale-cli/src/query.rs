//! The answer to a query as people read it.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::args::Query;
use crate::style::{HIT, QUIET, TITLE};

/// The query with the options of the command line, as one text.
///
/// Options are written behind the query as the directives that they are, so
/// that whatever is wrong with any of them can be pointed at.
pub(crate) fn text(words: &Query) -> String {
    let mut text = words.query.clone();
    for facet in &words.facets {
        let _ = write!(text, " facet:{facet}");
    }
    for key in &words.sort {
        let _ = write!(text, " sort:{key}");
    }
    if let Some(limit) = words.limit {
        let _ = write!(text, " limit:{limit}");
    }
    text
}
