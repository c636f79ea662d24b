//! Entries by what they are called.
pub(super) const SECTION: &str = "names";
