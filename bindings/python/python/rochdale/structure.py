"""Values with named fields, read-only."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, ClassVar


class Structure:
    """A value with named fields, read-only: `value.title` or `value["title"]`.

    A field that the source left out is `None`, an empty tuple or false; iterating and `to_dict`
    give those that are there. A field called by a word of Python's has an underscore: `from_`.
    """

    _absent: ClassVar[dict[str, Any]] = {}
    _classes: ClassVar[dict[str, str]] = {}
    _data: dict[str, Any]
    _shown: dict[str, tuple[Any, ...]]

    def __init__(self, data: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_data", dict(data))
        object.__setattr__(self, "_shown", {})

    def to_dict(self) -> dict[str, Any]:
        """The fields that are there, as a plain dictionary that is the caller's own."""
        return deepcopy(self._data)

    def __getitem__(self, name: str) -> Any:
        if name not in self._data:
            return deepcopy(self._absent[name])
        if name in self._shown:
            return self._shown[name]
        value = self._show(name, self._data[name])
        if isinstance(value, tuple):  # Long lists are read once; all else is cheap to read again.
            self._shown[name] = value
        return value

    if not TYPE_CHECKING:  # Otherwise every attribute would seem to exist.

        def __getattr__(self, name: str) -> Any:
            try:
                if name.startswith("_"):  # `_data` itself, before it is there.
                    raise KeyError
                return self[name.removesuffix("_")]
            except KeyError:
                kind = type(self).__name__
                raise AttributeError(f"`{kind}` has no field `{name}`") from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"`{type(self).__name__}` is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"`{type(self).__name__}` is read-only")

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._data, *self._absent})

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._data == getattr(other, "_data", None)

    def __hash__(self) -> int:
        return hash((type(self), repr(sorted(self._data.items()))))

    def __repr__(self) -> str:
        shown = [name for name in self._data if name not in self._absent and name != "kind"]
        fields = ", ".join(f"{name}={self[name]!r}" for name in shown)
        return f"{type(self).__name__}({fields})"

    def __reduce__(self) -> tuple[type[Structure], tuple[dict[str, Any]]]:
        return type(self), (self._data,)

    def _show(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return tuple(self._show(name, item) for item in value)
        if name in self._classes:
            return getattr(sys.modules[type(self).__module__], self._classes[name])(value)
        return deepcopy(value) if isinstance(value, dict) else value
