"""Files and folders as libraries."""

from os import PathLike

from ._rochdale import Library, read_paths


def open(*paths: str | PathLike[str], strict: bool = False) -> Library:
    """Reads files and folders as one library, finding out what each is, or opens one snapshot.

    What was wrong with them is in the report of the library; with `strict` any error in them is
    raised. Where several are opened, the report has the names of the folders before those of files.
    """
    return read_paths(list(paths), strict)
