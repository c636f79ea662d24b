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
    /// A reference leads to no entry of the library.
    DANGLING_REFERENCE = "dangling-reference", Warning;
    /// An entry mentions or rests on itself.
    SELF_REFERENCE = "self-reference", Note;
    /// Entries follow each other in a circle: categories as parents, mutual entities as predecessors.
    CYCLE = "cycle", Warning;
    /// A title or name has no letter and no digit.
    EMPTY_TITLE = "empty-title", Warning;
    /// Something ends before it starts, however its dates are understood.
    ENDS_BEFORE_START = "ends-before-start", Warning;
    /// An announcement was expected after the day on which it was made.
    EXPECTED_AFTER_ANNOUNCED = "expected-after-announced", Note;
    /// A percentage of a whole is below 0 or above 100.
    PERCENT_OUT_OF_RANGE = "percent-out-of-range", Warning;
    /// The stakes in a mutual entity definitely add up to more than the whole on some day.
    STAKES_OVER_WHOLE = "stakes-over-whole", Warning;
    /// A latitude beyond 90 degrees or a longitude beyond 180.
    COORDINATE_OUT_OF_RANGE = "coordinate-out-of-range", Warning;
    /// An address is neither a URL nor a path relative to one.
    BAD_URL = "bad-url", Warning;
    /// A language is not written as a tag of BCP 47.
    BAD_LANGUAGE = "bad-language", Warning;
    /// A mention does not lie inside the body of its article.
    MENTION_OUTSIDE_BODY = "mention-outside-body", Warning;
    /// The words of a mention are not those at its place in the body.
    MENTION_WORDS_DIFFER = "mention-words-differ", Warning;
    /// One person is listed as a speaker at one event with different standings.
    STANDINGS_DIFFER = "standings-differ", Warning;
}
