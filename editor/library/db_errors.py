"""Translation of SQLite's errors into the library's foreseen errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.errors import KnownError
from editor.sqlite.error_kinds import SqliteErrorKind, classify_error

BACKUP_FOLDER = "copies"
"""The folder beside the library's file in which the daily copies lie."""


def to_known_error(path: Path, error: BaseException | None) -> KnownError | None:
    """Return the foreseen error that a driver's error means for the library, or None where it is a bug.

    It is ``library.damaged``, ``library.full``, ``library.busy``, ``library.gone`` or ``library.unwritable``; not
    raised.

    Args:
        path: The library's file.
        error: What the driver raised.
    """
    match classify_error(error):
        case SqliteErrorKind.DAMAGED:
            return make_damaged_error(path, str(error))
        case SqliteErrorKind.FULL:
            return KnownError("library.full", path=str(path))
        case SqliteErrorKind.BUSY:
            return KnownError("library.busy", path=str(path))
        case SqliteErrorKind.DISK | SqliteErrorKind.UNWRITABLE:
            if not path.exists():
                return KnownError("library.gone", path=str(path))
            return KnownError("library.unwritable", path=str(path), reason=str(error))
        case None:
            return None


def make_damaged_error(path: Path, reason: str) -> KnownError:
    """Return the error ``library.damaged`` about a file that cannot be trusted, with the folder of its backups."""
    return KnownError("library.damaged", path=str(path), reason=reason, copies=str(path.parent / BACKUP_FOLDER))


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """Turn `sqlite3` errors raised in a `with` block into `KnownError`s (`to_known_error`); others pass unchanged."""
    try:
        yield
    except sqlite3.Error as error:
        known_error = to_known_error(path, error)
        if known_error is None:
            raise
        raise known_error from error
