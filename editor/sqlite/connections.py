"""Connections to an SQLite file, with the pragmas that durability needs.

``synchronous`` is FULL and is read back: a commit is on the disk when it returns. A killed process cannot tell FULL
from less; only a power cut could. Python's driver is left in its autocommit mode, so that transactions are begun by us
alone (`editor.sqlite.engine`).
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

DURABLE_PRAGMAS: Mapping[str, int] = {"synchronous": 2, "foreign_keys": 1}
"""Pragmas of every writable connection and their values as SQLite reads them back; 2 is FULL."""


class UnsupportedDriveError(Exception):
    """The file lies on a drive, such as a network share, on which SQLite cannot keep a write-ahead log."""


def connect_writable(
    path: Path, busy_timeout_s: float, *, create: bool = False, pragmas: Mapping[str, int] | None = None
) -> sqlite3.Connection:
    """Open a connection that can write, with a write-ahead log and `DURABLE_PRAGMAS`; the caller closes it.

    Args:
        path: The file.
        busy_timeout_s: How long a statement waits for another program's lock, in seconds.
        create: Whether to make the file if there is none.
        pragmas: More pragmas to set.

    Raises:
        UnsupportedDriveError: The drive cannot keep a write-ahead log.
        sqlite3.Error: The file cannot be opened, or is no database.
    """
    connection = _connect(path, "rwc" if create else "rw", busy_timeout_s)
    try:
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise UnsupportedDriveError(path)
        for name, value in {**DURABLE_PRAGMAS, **(pragmas or {})}.items():
            connection.execute(f"PRAGMA {name} = {value}")
        for name, value in DURABLE_PRAGMAS.items():
            assert connection.execute(f"PRAGMA {name}").fetchone()[0] == value, name
    except BaseException:
        connection.close()
        raise
    return connection


def connect_read_only(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
    """Open a connection that cannot change the file, not even when it closes.

    Args:
        path: The file, which exists.
        busy_timeout_s: How long a statement waits for another program's lock, in seconds.

    Raises:
        sqlite3.Error: The file cannot be opened.
    """
    connection = _connect(path, "ro", busy_timeout_s)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path, mode: str, busy_timeout_s: float) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=busy_timeout_s,
    )
