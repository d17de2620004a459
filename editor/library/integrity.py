"""Checking a library's file before it is trusted, without changing a byte of it.

A connection opened for writing may merge the write-ahead log into the file when it closes. So a file is checked through
a read-only connection; only when it is found intact, and of a known schema, is it opened for writing.
"""

import os
import sqlite3
from pathlib import Path

from editor.errors import KnownError
from editor.library.db_errors import BACKUP_FOLDER, make_damaged_error, translate_sqlite_errors
from editor.library.tables import APPLICATION_ID, SCHEMA
from editor.sqlite.connections import connect_read_only

SQLITE_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 18
"""The magic and the size of a page."""
BUSY_TIMEOUT_MS = 5_000
"""How long one program waits for another's write to end."""


def check_integrity(path: Path) -> int:
    """Check that a file is an intact library.

    Every page is read, which takes as long as reading the file; nothing is changed.

    Args:
        path: The file; it exists.

    Returns:
        Its schema stamp, at most the one this program writes.

    Raises:
        KnownError: ``library.damaged`` (not a library, or broken anywhere), ``library.newer``, ``library.unwritable``,
            ``library.busy``, ``library.gone``.
    """
    if path.is_dir():
        raise make_damaged_error(path, "a folder")
    wal_file = path.with_name(f"{path.name}-wal")
    try:
        has_wal = wal_file.exists() and wal_file.stat().st_size > 0
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError as error:
        raise KnownError("library.gone", path=str(path)) from error
    except OSError as error:
        raise KnownError("library.unwritable", path=str(path), reason=error.strerror or str(error)) from error
    if not header.startswith(SQLITE_MAGIC):
        raise make_damaged_error(path, "empty" if not header else "file is not a database")
    if not has_wal and size % (int.from_bytes(header[16:18], "big") or 1):
        # SQLite would read the rest of the last page as zeros. (While there is a log, pages may be on their way.)
        raise make_damaged_error(path, "cut short")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        # SQLite needs to write its log beside the file even to read it.
        raise KnownError("library.unwritable", path=str(path), reason="read-only")
    with translate_sqlite_errors(path):
        connection = open_read_only(path)
        try:
            return _check_contents(path, connection)
        finally:
            connection.close()


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a connection to a library that cannot change the file, not even when it closes; errors are SQLite's own."""
    return connect_read_only(path, BUSY_TIMEOUT_MS / 1000)


def _check_contents(path: Path, connection: sqlite3.Connection) -> int:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise make_damaged_error(path, "not a library of Matinee")
    schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if schema > SCHEMA:
        raise make_newer_error(path, schema)
    # Every page is read: a page of zeros in the middle of a draft is found here and not on the day it is needed.
    check_result = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if check_result != "ok":
        # SQLite's first line only says which of its databases it means, and there is one.
        raise make_damaged_error(path, check_result.splitlines()[-1])
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise make_damaged_error(path, "a version or note belongs to no webinar")
    return schema


def make_newer_error(path: Path, schema: int) -> KnownError:
    """Return the error ``library.newer`` about a library that a newer program has written; it is not raised.

    Args:
        path: The library's file.
        schema: The file's schema stamp.
    """
    return KnownError(
        "library.newer", path=str(path), found=schema, known=SCHEMA, copies=str(path.parent / BACKUP_FOLDER)
    )
