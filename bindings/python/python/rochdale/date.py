"""Dates that say what their source said."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from ._rochdale import date_parts


class Date(str):
    """A date as its source said it: a string of EDTF that knows what it may mean.

    `2011-07` is a month, `2011-22` a summer, `2011~` about 2011. Dates sort as strings do; sort
    by `earliest` where they differ in form.
    """

    @cached_property
    def _parts(self) -> tuple[str, str, str, date | None, date | None, date | None]:
        return date_parts(str(self))

    @property
    def edtf(self) -> str:
        """The date in EDTF."""
        return self._parts[0]

    @property
    def text(self) -> str:
        """What the source said: its own words, or the EDTF where it said that."""
        return self._parts[1]

    @property
    def precision(self) -> str:
        """How exact the date is, such as `day` or `season`."""
        return self._parts[2]

    @property
    def earliest(self) -> date | None:
        """The first day that it may mean; none where that is open, unknown or no year of Python's."""
        return self._parts[3]

    @property
    def latest(self) -> date | None:
        """The last day that it may mean; none where that is open, unknown or no year of Python's."""
        return self._parts[4]

    @property
    def exact(self) -> date | None:
        """The day, where the source names one and does not doubt it."""
        return self._parts[5]
