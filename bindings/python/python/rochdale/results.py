"""What a library answers, read from the JSON that the core writes."""

from __future__ import annotations

import json
from html import escape
from typing import Any, ClassVar, Literal

from .date import Date
from .explanation import Explanation
from .structure import Structure
from .types import KINDS, Entry, Stage, Stake

Certainty = Literal["possible", "definite"]
"""How certainly something held at a time."""


class Issue(Structure):
    """One thing that was wrong with data."""

    _absent: ClassVar[dict[str, Any]] = {
        "help": None,
        "path": None,
        "line": None,
        "column": None,
        "entry": None,
        "pointer": None,
    }

    code: str
    """What sort of issue it is."""
    severity: Literal["note", "warning", "error"]
    """How bad it is."""
    message: str
    """What was wrong, in one line."""
    help: str | None
    """What to do about it, where that is known."""
    path: str | None
    """The file, relative to what was opened."""
    line: int | None
    """The line in the file, from 1."""
    column: int | None
    """The column in the line, from 1, in characters."""
    entry: str | None
    """The entry, as `kind:id`."""
    pointer: str | None
    """The JSON pointer to the value inside the entry."""


class Report(Structure):
    """What reading and building a library found."""

    _classes: ClassVar[dict[str, str]] = {"issues": "Issue"}

    counts: dict[str, int]
    """How many entries of each kind there are."""
    issues: tuple[Issue, ...]
    """What was wrong, in the order of the sources."""
    not_carried: dict[str, int]
    """What was read but not carried over, by name, and how often."""


class Part(Structure):
    """A part of a text, which was asked for or stands beside what was."""

    text: str
    """The text."""
    hit: bool
    """Whether it was asked for."""


class Highlight(Structure):
    """A piece of a text with the words that were asked for."""

    _classes: ClassVar[dict[str, str]] = {"parts": "Part"}

    field: str
    """The path of the field."""
    parts: tuple[Part, ...]
    """The parts, which together are the piece."""


class Summary(Structure):
    """The values of a field, summed up."""

    _absent: ClassVar[dict[str, Any]] = {
        "least": None,
        "greatest": None,
        "sum": None,
        "mean": None,
    }

    count: int
    """How many there are."""
    least: str | float | None
    """The least of them."""
    greatest: str | float | None
    """The greatest of them."""
    sum: float | None
    """Their sum, of numbers."""
    mean: float | None
    """Their mean, of numbers."""


class FacetValue(Structure):
    """A value of a facet."""

    _absent: ClassVar[dict[str, Any]] = {"label": None, "of": None}
    _classes: ClassVar[dict[str, str]] = {"of": "Summary"}

    value: str
    """The value; of a reference the id, of a period its name."""
    label: str | None
    """The title or name of the entry that the value refers to."""
    count: int
    """How many entries have it."""
    of: Summary | None
    """The values of another field in these entries."""


class FacetCounts(Structure):
    """How many entries have which value of a field."""

    _absent: ClassVar[dict[str, Any]] = {"imprecise": None}
    _classes: ClassVar[dict[str, str]] = {"values": "FacetValue"}

    values: tuple[FacetValue, ...]
    """The most frequent values; dates by period in order of time."""
    missing: int
    """How many entries have no value."""
    other: int
    """How many values, counted per entry, are not among those given."""
    imprecise: int | None
    """How many dates are too imprecise for the period; none where none is asked for."""


class Suggestion(Structure):
    """A word of a query that a library does not hold."""

    word: str
    """The word as it stands in the query."""
    at: int | str
    """Where it stands: the byte in the text of the query, or the pointer to the value."""
    near: tuple[str, ...]
    """The nearest words that the library holds, the best first."""


class Suggestions(Structure):
    """Words of a query that a library does not hold, and what may have been meant."""

    _classes: ClassVar[dict[str, str]] = {"words": "Suggestion"}

    words: tuple[Suggestion, ...]
    """The words to which others are near, in the order of the query."""
    query: str
    """The text of the query with the nearest word in place of each, from its first page on."""


class Answer(Structure):
    """What a library answers to a query."""

    _absent: ClassVar[dict[str, Any]] = {
        "total": None,
        "total_is": None,
        "scores": (),
        "highlights": (),
        "facets": {},
        "warnings": (),
        "suggestions": None,
        "cursor": None,
    }
    _classes: ClassVar[dict[str, str]] = {
        "entries": "to_entry",
        "highlights": "Highlight",
        "facets": "to_facets",
        "warnings": "Issue",
        "suggestions": "Suggestions",
    }

    total: int | None
    """How many entries meet the query, on this page or not, where that was asked."""
    total_is: str | None
    """`at_least` where the total is the number up to which was counted."""
    entries: tuple[Entry, ...]
    """The entries of the page, in order."""
    scores: tuple[float | None, ...]
    """How well each entry of the page fits, where words were searched."""
    highlights: tuple[tuple[Highlight, ...], ...]
    """The words that were asked for in each entry of the page, the best text first."""
    facets: dict[str, FacetCounts]
    """The facets, by name."""
    warnings: tuple[Issue, ...]
    """What may not have been meant."""
    suggestions: Suggestions | None
    """What may have been meant by words that no entry has, where something is near."""
    cursor: str | None
    """Where the next page begins, where there is one."""

    def __repr__(self) -> str:
        return f"<rochdale.Answer: {len(self.entries)} of {self._of()} entries>"

    def _of(self) -> str:
        """The total, as a reader may take it."""
        if self.total is None:
            return "uncounted"
        return f"at least {self.total}" if self.total_is else str(self.total)

    def _repr_html_(self) -> str:
        """The first entries as a table, for notebooks."""
        rows = "".join(
            f"<tr><td>{escape(entry.kind)}</td><td>{escape(_title(entry))}</td></tr>"
            for entry in self.entries[:20]
        )
        shown = min(20, len(self.entries))
        return f"<p>{shown} of {self._of()} entries</p><table>{rows}</table>"


class Related(Structure):
    """An entry that another one refers to, or that refers to it."""

    reference: str
    """The other entry."""
    title: str
    """Its title or name."""
    relation: str
    """What the relation is called from here: `authors`, or `articles` the other way."""
    direction: Literal["forward", "backward"]
    """Which of the two refers to the other."""
    field: str
    """The field that holds the reference."""


class Fact(Structure):
    """Something that happened, and when."""

    _absent: ClassVar[dict[str, Any]] = {"relations": ()}
    _classes: ClassVar[dict[str, str]] = {"when": "Date"}

    when: Date
    """When it happened, as exactly as the source says."""
    reference: str
    """The entry that states it."""
    title: str
    """The title or name of that entry."""
    field: str
    """The field that holds the date."""
    pointer: str
    """The JSON pointer to the date inside the entry."""
    label: str
    """What happened, in a line."""
    relations: tuple[str, ...]
    """How the entry relates to the one asked about; empty where it is that entry."""


class Timeline(Structure):
    """Dated facts in the order of time."""

    _classes: ClassVar[dict[str, str]] = {"facts": "Fact"}

    facts: tuple[Fact, ...]
    """The facts: by date, then by the entry that states them, then by field."""
    undated: int
    """How many more facts there are that no source dates."""


class Appearance(Structure):
    """Where a person or an organisation appears."""

    _absent: ClassVar[dict[str, Any]] = {"role": None, "standing": None, "date": None}
    _classes: ClassVar[dict[str, str]] = {"date": "Date"}

    reference: str
    """The entry."""
    title: str
    """The title or name of the entry."""
    field: str
    """The field, as in `speakers.person`."""
    role: str | None
    """The role there, as printed."""
    standing: str | None
    """The standing there, of a speaker."""
    date: Date | None
    """The date beside it, or else the date of an entry that has one."""
    pointer: str
    """The JSON pointer inside the entry."""
    by_name: bool
    """Whether only the name says who it is."""


class KnownParty(Structure):
    """A person or an organisation, gathered from wherever the library names it."""

    _absent: ClassVar[dict[str, Any]] = {"honorifics": (), "entry": None}
    _classes: ClassVar[dict[str, str]] = {"appearances": "Appearance"}

    name: str
    """What to call it: the name of its entry, or else the name printed most often."""
    names: tuple[str, ...]
    """Every name as printed, in the order of the alphabet."""
    honorifics: tuple[str, ...]
    """Every honorific as printed."""
    entry: str | None
    """The author or mutual entity that it is."""
    by_name: bool
    """Whether something was put together because of a name alone: two of one name may be two."""
    appearances: tuple[Appearance, ...]
    """Where it appears, in entry order."""


class HeldName(Structure):
    """A name that was in use at a time."""

    value: str
    """The name."""
    certainty: Certainty
    """Whether it definitely was."""


class HeldStage(Structure):
    """A step that was the last one taken at a time."""

    _classes: ClassVar[dict[str, str]] = {"value": "Stage"}

    value: Stage
    """The step."""
    certainty: Certainty
    """Whether it definitely was."""


class HeldStake(Structure):
    """A stake that was held at a time."""

    _classes: ClassVar[dict[str, str]] = {"value": "Stake"}

    value: Stake
    """The stake."""
    certainty: Certainty
    """Whether it definitely was."""


class MutualView(Structure):
    """A mutual entity as it was at a time."""

    _classes: ClassVar[dict[str, str]] = {
        "date": "Date",
        "names": "HeldName",
        "stages": "HeldStage",
        "stakes": "HeldStake",
    }

    reference: str
    """The mutual entity."""
    date: Date
    """The time asked for."""
    names: tuple[HeldName, ...]
    """The names in use."""
    stages: tuple[HeldStage, ...]
    """The last step taken by then, or several where the dates leave it open."""
    stakes: tuple[HeldStake, ...]
    """The stakes held."""
    undated_stages: int
    """How many steps have no date and so appear in no view."""


class Analyser(Structure):
    """A text analysis by which words are read."""

    name: str
    """Its name."""
    version: int
    """Its version; each reads some texts otherwise."""


class Scoring(Structure):
    """The parameters of the order by relevance."""

    k1: float
    """How slowly more of a word counts less and less."""
    b: float
    """How much length counts against an entry, from 0 to 1."""
    weights: dict[str, int]
    """How often each word of a field counts in a search of whole entries, by the path of the field."""


class Section(Structure):
    """A named run of bytes in a snapshot."""

    name: str
    """What it holds."""
    segment: int
    """The segment that it belongs to."""
    offset: int
    """Where it begins in the file."""
    length: int
    """How many bytes it has."""


class SnapshotInfo(Structure):
    """What a snapshot says of itself."""

    _classes: ClassVar[dict[str, str]] = {
        "analyser": "Analyser",
        "scoring": "Scoring",
        "sections": "Section",
    }

    version: int
    """The version of its layout."""
    bytes: int
    """How many bytes it has."""
    counts: dict[str, int]
    """How many entries there are of each kind that has any."""
    analyser: Analyser
    """The text analysis that its words were read by."""
    scoring: Scoring
    """The parameters of the order by relevance."""
    sections: tuple[Section, ...]
    """Its sections, in the order of the file."""


def to_entry(data: dict[str, Any]) -> Entry:
    """An entry as its own class."""
    return KINDS[data["kind"]](data)


def to_facets(data: dict[str, Any]) -> dict[str, FacetCounts]:
    """The facets of an answer, by name."""
    return {name: FacetCounts(counts) for name, counts in data.items()}


def _title(entry: Entry) -> str:
    return str(entry.to_dict().get("title") or entry.to_dict().get("name") or entry.id)


def read_answer(text: str) -> Answer:
    return Answer(json.loads(text))


def read_entry(text: str) -> Entry:
    return to_entry(json.loads(text))


def read_report(text: str) -> Report:
    return Report(json.loads(text))


def read_related(text: str) -> list[Related]:
    return [Related(item) for item in json.loads(text)]


def read_parties(text: str) -> list[KnownParty]:
    return [KnownParty(item) for item in json.loads(text)]


def read_timeline(text: str) -> Timeline:
    return Timeline(json.loads(text))


def read_explanation(text: str) -> Explanation:
    return Explanation(json.loads(text))


def read_mutual_view(text: str) -> MutualView:
    return MutualView(json.loads(text))


def read_snapshot_info(text: str) -> SnapshotInfo:
    return SnapshotInfo(json.loads(text))
