//! A timeline as people read it.

use std::io::{self, Write};

use rochdale::library::Timeline;

use crate::style::{QUIET, TITLE};

/// Writes a line for each fact: when, what, and which entry says so.
pub(crate) fn write(out: &mut impl Write, timeline: &Timeline) -> io::Result<()> {
    let width = |text: &str| text.chars().count();
    let dates: Vec<_> = timeline.facts.iter().map(|fact| fact.when.to_string()).collect();
    // One long date must not push every line to the right.
    let column = dates.iter().map(|date| width(date)).max().unwrap_or(0).min(24);
    for (fact, date) in timeline.facts.iter().zip(dates) {
        let (label, entry) = (&fact.label, &fact.reference);
        writeln!(out, "{TITLE}{date:column$}{TITLE:#}  {label} {QUIET}{entry}{QUIET:#}")?;
    }
    match timeline.undated {
        0 => Ok(()),
        1 => writeln!(out, "{QUIET}1 more fact has no date{QUIET:#}"),
        more => writeln!(out, "{QUIET}{more} more facts have no date{QUIET:#}"),
    }
}
