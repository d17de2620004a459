"""The kinds of errors that SQLite reports and a program can foresee."""

import sqlite3
from enum import Enum

_PRIMARY_CODE_MASK = 0xFF
"""SQLite's extended result codes carry the primary one in their low byte (https://sqlite.org/rescode.html)."""


class SqliteErrorKind(Enum):
    """What an error of SQLite means for the file: it is damaged, the disk is full, it is locked, and so on."""

    DAMAGED = "damaged"
    """The file is no database, or a broken one."""
    FULL = "full"
    """The disk is full."""
    BUSY = "busy"
    """Another connection holds a lock for too long."""
    DISK = "disk"
    """Reading or writing failed: the disk is failing or gone."""
    UNWRITABLE = "unwritable"
    """The file cannot be opened or may not be written."""


_KIND_BY_CODE = {
    sqlite3.SQLITE_CORRUPT: SqliteErrorKind.DAMAGED,
    sqlite3.SQLITE_NOTADB: SqliteErrorKind.DAMAGED,
    sqlite3.SQLITE_FORMAT: SqliteErrorKind.DAMAGED,
    sqlite3.SQLITE_FULL: SqliteErrorKind.FULL,
    sqlite3.SQLITE_BUSY: SqliteErrorKind.BUSY,
    sqlite3.SQLITE_LOCKED: SqliteErrorKind.BUSY,
    sqlite3.SQLITE_PROTOCOL: SqliteErrorKind.BUSY,
    sqlite3.SQLITE_IOERR: SqliteErrorKind.DISK,
    sqlite3.SQLITE_READONLY: SqliteErrorKind.UNWRITABLE,
    sqlite3.SQLITE_PERM: SqliteErrorKind.UNWRITABLE,
    sqlite3.SQLITE_AUTH: SqliteErrorKind.UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: SqliteErrorKind.UNWRITABLE,
}


def classify_error(error: BaseException | None) -> SqliteErrorKind | None:
    """Return the kind of a driver's error; None where it is a bug, or no error of SQLite at all."""
    if not isinstance(error, sqlite3.Error):
        return None
    return _KIND_BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE_MASK)


def get_error_name(error: BaseException | None) -> str:
    """Return SQLite's name of a driver's error, such as ``SQLITE_IOERR_WRITE``; empty where it has none."""
    return str(getattr(error, "sqlite_errorname", ""))
