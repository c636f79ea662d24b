"""A headless content library."""

from ._rochdale import version

__all__ = ["version"]
