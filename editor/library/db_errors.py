"""What SQLite complains of, told as a `Known`: which file, and what happened to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.errors import KnownError

BACKUP_FOLDER = "copies"
"""The folder beside the library's file in which the daily copies lie."""

_PRIMARY_CODE_MASK = 0xFF
"""SQLite's extended codes carry the primary one in their low byte."""


def to_known_error(path: Path, error: sqlite3.Error) -> KnownError | None:
    """Tell a database error as a foreseen failure, or None where it is a bug of ours.

    Args:
        path: The library's file.
        error: What the driver raised.
    """
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE_MASK
    reason = str(error)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}:
        return make_damaged_error(path, reason)
    if code == sqlite3.SQLITE_FULL:
        return KnownError("library.full", path=str(path))
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}:
        return KnownError("library.busy", path=str(path))
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN} and not path.exists():
        return KnownError("library.gone", path=str(path))
    if code in {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    }:
        return KnownError("library.unwritable", path=str(path), reason=reason)
    return None


def make_damaged_error(path: Path, reason: str) -> KnownError:
    """The refusal of a file that cannot be trusted, with the folder its copies are in."""
    return KnownError("library.damaged", path=str(path), reason=reason, copies=str(path.parent / BACKUP_FOLDER))


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """Turn the driver's errors within into `Known`s; what is none passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        known_error = to_known_error(path, error)
        if known_error is None:
            raise
        raise known_error from error
