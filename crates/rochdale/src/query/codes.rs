//! The issue codes of queries.

crate::__codes! {
    /// The codes of the warnings that an answer can carry.
    CODES;
    /// A value that the library does not hold: the test answers nothing. Check its spelling.
    UNKNOWN_VALUE = "unknown-value", Warning;
    /// A facet by period would have too many empty periods, so they are left out. Ask for a longer period.
    FACET_GAPS = "facet-gaps", Warning;
}
