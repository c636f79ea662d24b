"""
A headless content library.
"""

from _typeshed import SupportsGetItem
from collections.abc import Mapping
from datetime import date
from os import PathLike
from rochdale.explanation import Explanation
from rochdale.results import Answer, KnownParty, MutualView, Related, Report, SnapshotInfo, Timeline
from rochdale.types import Entry
from typing import Any, SupportsIndex, final

__all__ = ["Library", "date_parts", "error_codes", "read_paths", "version"]

@final
class Library:
    """
    An immutable collection of entries: typed, linked, checked, and safe to share between threads.
    """
    def __copy__(self, /) -> Library: ...
    def __deepcopy__(self, /, _memo: Any) -> Library:
        """
        What cannot change is its own copy, however deep.
        """
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def as_of(self, /, reference: str, date: str) -> MutualView:
        """
        A mutual entity as it was on a day, or at a less exact time: its names, stages and stakes.
        """
    def counts(self, /) -> dict[str, int]:
        """
        How many entries there are of each kind that has any.
        """
    def explain(self, /, query: str | Mapping[str, Any], **options: "object") -> Explanation:
        """
        How a query is answered: the way, the conditions with what they cost, and the parts of the
        scores; it is asked as `find` is.
        """
    def find(self, /, query: str | Mapping[str, Any], **options: "object") -> Answer:
        """
        Finds entries by a query, in text or in its JSON form; options such as `limit` come on top,
        and among them `params`, the values of its parameters.
        """
    @staticmethod
    def from_files(files: dict[str, str | SupportsGetItem[int, SupportsIndex]]) -> Library:
        """
        Reads files that are in memory, each by its path in a folder, as `open` reads them.
        """
    @staticmethod
    def from_json(text: str) -> Library:
        """
        Reads a library from JSON: an array of entries, one entry, or one entry a line.

        An entry that does not read is an issue of the report; the rest stands.
        """
    def get(self, /, reference: str) -> Entry | None:
        """
        The entry of a reference such as `article:first-major-mutualisation`, if there is one.
        """
    @staticmethod
    def info(snapshot: bytes | bytearray | str | PathLike[str]) -> SnapshotInfo:
        """
        What a snapshot says of itself: its version, its size, its sections and what it holds.
        """
    @staticmethod
    def open(snapshot: bytes | bytearray | str | PathLike[str]) -> Library:
        """
        Opens a snapshot, from its bytes or from its file: nothing is read that no question touches.

        The file must not be changed in place while the library is used; `save` never does that.
        """
    def organisations(self, /) -> list[KnownParty]:
        """
        Every organisation that the library knows, by name, each with where it appears.
        """
    def parameters(self, /, query: str | Mapping[str, Any]) -> dict[str, list[str]]:
        """
        Checks a query with parameters such as `$from`, and says which types of value each takes;
        `find` takes the values as `params`.
        """
    def people(self, /) -> list[KnownParty]:
        """
        Every person that the library knows, by name, each with where it appears.
        """
    @staticmethod
    def rebuild(snapshot: bytes | bytearray | str | PathLike[str]) -> Library:
        """
        Builds the library of a snapshot anew from its entries, also where it cannot be opened because
        its words were read by another version of the text analysis.
        """
    def related(self, /, reference: str) -> list[Related]:
        """
        The entries that an entry refers to, and those that refer to it.
        """
    def report(self, /) -> Report:
        """
        What reading found: issues, what was not carried over, and counts.
        """
    def save(self, /, path: str | PathLike[str]) -> None:
        """
        Writes the library to a file as a snapshot; at any moment either all of the old file stands
        there or all of the new one.
        """
    def timeline(self, /, reference: str) -> Timeline:
        """
        Every dated fact about an entry, across kinds, in the order of time.
        """
    def to_json(self, /) -> str:
        """
        Every entry as JSON, in an array; `from_json` reads it.
        """
    def to_snapshot(self, /) -> bytes:
        """
        The library as a snapshot: bytes that `open` takes. The same entries give the same bytes.
        """
    @staticmethod
    def verify(snapshot: bytes | bytearray | str | PathLike[str]) -> None:
        """
        Checks all of a snapshot; raises where something is damaged, and says in which section.
        """
    def with_scoring(self, /, **scoring: "object") -> Library:
        """
        The same entries, ranked by other parameters, which a snapshot of it keeps: any of `k1`, `b` and
        `weights`, which says for fields by their paths how often a word in them counts.
        """

def date_parts(text: str) -> tuple[str, str, str, date | None, date | None, date | None]:
    """
    The EDTF, the words, the precision, the first and last day, and the day that is meant.
    """

def error_codes() -> list[str]:
    """
    The name of every sort of error.
    """

def read_paths(paths: SupportsGetItem[int, str | PathLike[str]], strict: bool) -> Library:
    """
    Reads files and folders as one library, or opens the snapshot that is the only path.
    """

def version() -> str:
    """
    The version of the library.
    """
