"""
A headless content library.
"""

from datetime import date

__all__ = ["date_parts", "error_codes", "version"]

def date_parts(text: str) -> tuple[str, str, str, date | None, date | None, date | None]:
    """
    The EDTF, the words, the precision, the first and last day, and the day that is meant.
    """

def error_codes() -> list[str]:
    """
    The name of every sort of error.
    """

def version() -> str:
    """
    The version of the library.
    """
