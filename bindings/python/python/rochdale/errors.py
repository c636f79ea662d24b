"""What can go wrong."""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "DamagedError",
    "InvalidError",
    "NeedRangeError",
    "QueryError",
    "RochdaleError",
    "SourceError",
    "UnsupportedError",
]


class RochdaleError(Exception):
    """The base of every error of this package; its text is one line and complete."""

    code: ClassVar[str] = "error"
    """The name of the sort of error, the same in every language."""

    offset: int | None
    """Where in the text that was given it is, in bytes of UTF-8."""

    pointer: str | None
    """Where in the value that was given it is, as a JSON pointer."""

    def __init__(
        self, message: str, offset: int | None = None, pointer: str | None = None
    ) -> None:
        super().__init__(message)
        self.offset = offset
        self.pointer = pointer


class QueryError(RochdaleError, ValueError):
    """A query is wrong: its text, its JSON form, a name or a value in it."""

    code = "query"


class InvalidError(RochdaleError, ValueError):
    """Data does not have the shape of what it should be."""

    code = "invalid"


class SourceError(RochdaleError):
    """A file or folder could not be read."""

    code = "source"


class DamagedError(RochdaleError):
    """A snapshot is damaged."""

    code = "damaged"


class UnsupportedError(RochdaleError):
    """A snapshot is of a version, or was made by a text analysis, that is not known here."""

    code = "unsupported"


class NeedRangeError(RochdaleError):
    """Bytes of a snapshot have to be fetched first."""

    code = "need-range"
