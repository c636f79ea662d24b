"""The package as a whole."""

from importlib.metadata import version

import rochdale


def test_version() -> None:
    assert rochdale.version() == version("rochdale")
