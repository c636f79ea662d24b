//! The sorts of issue that reading finds, each with a stable name.

rochdale::__codes! {
    /// Every sort of issue that reading finds.
    INGEST_CODES;

    /// The bytes are not UTF-8 and were read as windows-1252; save the file as UTF-8.
    NOT_UTF8 = "not-utf8", Warning;
    /// The file is UTF-16 and was read as such; save it as UTF-8.
    UTF_16 = "utf-16", Note;
    /// The file holds bytes that no text has, and was skipped.
    BINARY_FILE = "binary-file", Error;
    /// The file is larger than the limit and was skipped.
    FILE_TOO_LARGE = "file-too-large", Error;
    /// There are more files than the limit; those after it were skipped.
    TOO_MANY_FILES = "too-many-files", Error;
    /// The folder lies deeper than the limit and was skipped.
    FOLDER_TOO_DEEP = "folder-too-deep", Error;
    /// The file or folder could not be read and was skipped.
    UNREADABLE = "unreadable", Error;
    /// The name of the file or folder is not UTF-8, and it was skipped.
    NAME_NOT_UTF8 = "name-not-utf8", Error;
    /// The symbolic link leads to a folder around it and was not followed.
    LINK_LOOP = "link-loop", Warning;
    /// The symbolic link leads out of what was opened and was not followed.
    LINK_OUTSIDE = "link-outside", Warning;
    /// The symbolic link leads nowhere.
    LINK_BROKEN = "link-broken", Warning;
    /// The file has no text.
    EMPTY_FILE = "empty-file", Warning;
    /// The front matter begins but never ends, so the file was skipped.
    FRONT_MATTER_NOT_CLOSED = "front-matter-not-closed", Error;
    /// The front matter is in a language that is not read, so the file was skipped.
    FRONT_MATTER_LANGUAGE = "front-matter-language", Error;
    /// The YAML, TOML or JSON cannot be read, so what it describes was skipped.
    SYNTAX = "syntax", Error;
    /// The data has more values, or unfolds to more, than the limit, and was skipped.
    TOO_COMPLEX = "too-complex", Error;
    /// A key stands twice in one map; the last one counts.
    REPEATED_KEY = "repeated-key", Warning;
    /// The value is no entry: not a map of fields.
    NOT_AN_ENTRY = "not-an-entry", Error;
    /// Nothing says of which kind the entry is, or there is no such kind; it was skipped.
    UNKNOWN_KIND = "unknown-kind", Error;
    /// The kind has no field of this name; its value is kept in `extra`.
    UNKNOWN_FIELD = "unknown-field", Error;
    /// The entry lacks a field that its kind must have, and was skipped.
    MISSING_FIELD = "missing-field", Error;
    /// The value does not suit its field and is kept in `extra`.
    BAD_FIELD = "bad-field", Error;
    /// The text is no date that can be read, and is kept in `extra`.
    BAD_DATE = "bad-date", Error;
    /// The words of a date leave something open, which was assumed.
    DATE_ASSUMED = "date-assumed", Note;
    /// The entry has more wrong fields than are tried, and was skipped.
    TOO_MANY_PROBLEMS = "too-many-problems", Error;
    /// The id has no letter and no digit, so none can be made of it.
    NO_ID = "no-id", Error;
    /// Two entries would have one id; each took its folder before it.
    ID_CLASH = "id-clash", Warning;
    /// Two entries of one kind have one id, and their folders do not tell them apart: they are numbered.
    ID_REPEATED = "id-repeated", Error;
    /// The entry states no title; it was taken from the first heading or the name of the file.
    TITLE_MADE = "title-made", Note;
    /// Two names give one id; the first in order of the alphabet has it, the other is numbered.
    NAME_CLASH = "name-clash", Note;
    /// The name belongs to several entries; the one with the first id was taken.
    AMBIGUOUS_NAME = "ambiguous-name", Warning;
    /// There are more entries in a file than the limit; those after it were skipped.
    TOO_MANY_ENTRIES = "too-many-entries", Error;
    /// Nothing shows of which format the file is, so it was skipped; name its format.
    UNKNOWN_FORMAT = "unknown-format", Error;
    /// The format is known but cannot be read.
    UNSUPPORTED_FORMAT = "unsupported-format", Error;
    /// The file names another encoding than UTF-8 and was read as such.
    ENCODING_READ = "encoding-read", Note;
    /// XML allows no control character but tab and line end; it was dropped.
    CONTROL_CHARACTER = "control-character", Warning;
    /// The file is not well-formed XML; what was meant could be told.
    XML_SYNTAX = "xml-syntax", Warning;
    /// An element has no end tag and was closed where the next thing begins.
    NOT_CLOSED = "not-closed", Warning;
    /// An end tag closes nothing and was passed over.
    UNMATCHED_END = "unmatched-end", Warning;
    /// A CDATA section holds another, which XML does not allow; it was read up to its element's end tag.
    BROKEN_CDATA = "broken-cdata", Warning;
    /// There are tags where text was expected; they were taken for part of the text.
    MARKUP_IN_VALUE = "markup-in-value", Note;
    /// The file ends before its elements do, so something is missing from it.
    CUT_SHORT = "cut-short", Error;
    /// The file is an archive of files; unpack it first.
    PACKED = "packed", Error;
    /// The file does not appear to be an export of WordPress.
    NOT_WXR = "not-wxr", Warning;
    /// An item does not say of which type it is; it was taken for a post.
    TYPE_ABSENT = "type-absent", Warning;
    /// The time is local to the site, and nothing says how far its clock is from UTC.
    LOCAL_TIME = "local-time", Note;
    /// The category names one above it that is not in the file, as in an export of a single category.
    PARENT_ABSENT = "parent-absent", Note;
    /// The image of the post is not in the file.
    IMAGE_ABSENT = "image-absent", Note;
    /// The source does not say who wrote it, for the site refused or lost the author.
    AUTHOR_ABSENT = "author-absent", Note;
    /// The site answered with an error where an object was asked for.
    SITE_REFUSED = "site-refused", Warning;
    /// The text holds zero bytes, which were taken out.
    ZERO_BYTES = "zero-bytes", Warning;
    /// The table lacks a column without which its rows say nothing, and was skipped.
    MISSING_COLUMN = "missing-column", Error;
    /// Two columns have one name; the first counts.
    COLUMN_REPEATED = "column-repeated", Warning;
    /// The row has more or fewer cells than the table has columns.
    ROW_LENGTH = "row-length", Warning;
    /// The quote of a cell is not closed, so the cell holds the rest of the file.
    QUOTE_NOT_CLOSED = "quote-not-closed", Error;
    /// The number or the organisation stands in a row further up; that row counts.
    NUMBER_REPEATED = "number-repeated", Warning;
    /// The text is no number of the register, so the entry has none.
    NUMBER_UNREADABLE = "number-unreadable", Warning;
    /// The full number is not what its parts give; the full number counts.
    NUMBER_DIFFERS = "number-differs", Warning;
    /// What a society is registered as is not what its suffix stands for; the former counts.
    FORM_DIFFERS = "form-differs", Warning;
    /// The status says otherwise than the dates; both are kept.
    STATUS_DIFFERS = "status-differs", Warning;
    /// The XML is not well-formed; what could be read of it was.
    NOT_WELL_FORMED = "not-well-formed", Error;
    /// The XML declares entities or elements of its own, which is refused.
    DOCTYPE = "doctype", Error;
    /// The prefix of a name is not declared; it was taken for what it usually means.
    UNDECLARED_PREFIX = "undeclared-prefix", Warning;
    /// The declared encoding is not known; the file was read as UTF-8.
    UNKNOWN_ENCODING = "unknown-encoding", Warning;
    /// The file is UTF-8 but declares another encoding; it was read as UTF-8.
    WRONG_ENCODING = "wrong-encoding", Warning;
    /// The file is not what its format says.
    NOT_THE_FORMAT = "not-the-format", Error;
    /// The feed or calendar has nothing in it that could be an entry.
    NO_ENTRIES = "no-entries", Warning;
    /// The piece has no title, no text and no address, so there is nothing to make an entry of.
    NO_TEXT = "no-text", Error;
    /// The address would run something instead of leading to a page, and was left out.
    UNSAFE_ADDRESS = "unsafe-address", Warning;
    /// What begins in a calendar does not end, or ends without having begun.
    UNBALANCED = "unbalanced", Error;
    /// The time zone is not known, so its times have no offset.
    UNKNOWN_ZONE = "unknown-zone", Warning;
    /// Two events have one identifier; the first is known by it.
    UID_REPEATED = "uid-repeated", Warning;
    /// The rule by which an event recurs cannot be read; only its first time is carried.
    BAD_RECURRENCE = "bad-recurrence", Error;
    /// The event recurs more often than the limit; only the first times are carried.
    RECURRENCE_CUT = "recurrence-cut", Note;
    /// The change of a recurring event holds from one time on; it is carried for that time alone.
    RECURRENCE_RANGE = "recurrence-range", Warning;
    /// The archive, or a file in it, is damaged and was skipped.
    ARCHIVE_DAMAGED = "archive-damaged", Error;
    /// The archive stands in another and was skipped; unpack the outer one first.
    ARCHIVE_NESTED = "archive-nested", Error;
    /// The file is packed in a way that is not read, or encrypted, and was skipped.
    ARCHIVE_UNSUPPORTED = "archive-unsupported", Error;
    /// The archive unpacks to more than the limits allow; the rest was skipped.
    UNPACKS_TOO_LARGE = "unpacks-too-large", Error;
    /// Sources differ on a value; the one of the preferred source stands, and both are told.
    SOURCES_DIFFER = "sources-differ", Warning;
    /// Entries of two sources were taken for one by their title or alias and their day.
    MERGED_BY_DATE = "merged-by-date", Note;
    /// Entries of two sources were taken for one by their name alone, with the score that is told.
    MERGED_BY_NAME = "merged-by-name", Note;
    /// Entries of two sources may be one, but their name alone does not tell; they stay two.
    PERHAPS_THE_SAME = "perhaps-the-same", Note;
    /// Two items of one file have one number, address or guid, yet differ; both are kept.
    KEY_SHARED = "key-shared", Note;
    /// The JSON-LD of a page is not strict JSON, and was read all the same.
    JSON_LD_REPAIRED = "json-ld-repaired", Warning;
    /// The page holds nothing that could be read as an entry.
    NOTHING_FOUND = "nothing-found", Warning;
    /// The archive has further pages, which were not among what was opened.
    ARCHIVE_GOES_ON = "archive-goes-on", Note;
    /// A line may be the title of a post; it was taken for a part of the text.
    TITLE_UNSURE = "title-unsure", Note;
    /// A link of a plain text has no address; it is kept in `extra`.
    LINK_WITHOUT_ADDRESS = "link-without-address", Note;
}
