//! The issue codes of the library.

crate::__codes! {
    /// Every issue code of the library.
    CODES;

    /// Two entries have one reference and are not the same; the one whose canonical JSON sorts first stands.
    DUPLICATE_ID = "duplicate-id", Error;
    /// An entry was given more than once in the same words; it stands once.
    REPEATED_ENTRY = "repeated-entry", Note;
    /// An entry does not have the shape of its kind and is left out.
    UNREADABLE_ENTRY = "unreadable-entry", Error;
    /// An object gives a member twice; the last stands.
    REPEATED_MEMBER = "repeated-member", Error;
}
