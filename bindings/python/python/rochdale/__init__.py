"""A headless content library."""

from ._rochdale import Library, version
from .date import Date
from .errors import (
    DamagedError,
    InvalidError,
    QueryError,
    RochdaleError,
    SourceError,
    UnsupportedError,
)
from .files import open
from .results import Answer
from .types import (
    Article,
    Author,
    Category,
    Entry,
    Event,
    Kind,
    MutualEntity,
    PolicyAnnouncement,
)

__all__ = [
    "Answer",
    "Article",
    "Author",
    "Category",
    "DamagedError",
    "Date",
    "Entry",
    "Event",
    "InvalidError",
    "Kind",
    "Library",
    "MutualEntity",
    "PolicyAnnouncement",
    "QueryError",
    "RochdaleError",
    "SourceError",
    "UnsupportedError",
    "open",
    "version",
]
