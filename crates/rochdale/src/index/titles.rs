//! What entries are called, by number.
pub(super) const SECTION: &str = "titles";
