"""A headless content library."""

from ._rochdale import Library, version
from .date import Date
from .errors import InvalidError, QueryError, RochdaleError, SourceError
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
    "open",
    "version",
]
