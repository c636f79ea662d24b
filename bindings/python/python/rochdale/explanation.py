"""How a question was answered."""

from __future__ import annotations

from typing import Any, ClassVar

from .structure import Structure


class Condition(Structure):
    """A condition of a query, as it was looked up."""

    _absent: ClassVar[dict[str, Any]] = {"conditions": ()}
    _classes: ClassVar[dict[str, str]] = {"conditions": "Condition"}

    what: str
    """What is asked, such as `all of` or `words pension`."""
    cost: int
    """About how many entries it leads to; those that have to be read count a thousand times."""
    conditions: tuple[Condition, ...]
    """The conditions that it is made of."""


class ScorePart(Structure):
    """What a condition adds to the score of an entry."""

    _absent: ClassVar[dict[str, Any]] = {"parts": ()}
    _classes: ClassVar[dict[str, str]] = {"parts": "ScorePart"}

    what: str
    """What is asked."""
    score: float
    """How much it adds."""
    parts: tuple[ScorePart, ...]
    """What that is made of: the score is their sum."""


class Explanation(Structure):
    """How a question was answered."""

    _absent: ClassVar[dict[str, Any]] = {"scores": ()}
    _classes: ClassVar[dict[str, str]] = {"condition": "Condition", "scores": "ScorePart"}

    way: str
    """The way to the entries of the page."""
    condition: Condition
    """The conditions, in the order of the query."""
    scores: tuple[ScorePart, ...]
    """For each entry of the page how its score comes about; empty where no words are searched."""
