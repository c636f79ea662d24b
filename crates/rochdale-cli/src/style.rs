//! How things look in a terminal; `anstream` takes it away elsewhere and under `NO_COLOR`.

use anstyle::{AnsiColor, Style};
use rochdale::issue::Severity;

/// Titles.
pub(crate) const TITLE: Style = Style::new().bold();
/// Things beside the point: ids, dates, rules.
pub(crate) const QUIET: Style = Style::new().dimmed();
/// Words that were found.
pub(crate) const HIT: Style = AnsiColor::Yellow.on_default().bold();
/// Errors.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Warnings.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default().bold();
/// Notes, and the caret under a query.
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// The style of a severity.
pub(crate) fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => WARN,
        Severity::Note => HINT,
    }
}
