"""The open library: its two engines, and what each transaction checks.

Transactions and their durability are those of `editor.sqlite`. In addition every writing transaction checks that the
file is still the one that was opened, and that no newer program has upgraded it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from editor.errors import KnownError
from editor.library.db_errors import to_known_error, translate_sqlite_errors
from editor.library.integrity import BUSY_TIMEOUT_MS, make_newer_error, open_read_only
from editor.library.tables import SCHEMA
from editor.sqlite.connections import UnsupportedDriveError, connect_writable
from editor.sqlite.engine import make_reading_engine, make_writing_engine

PAGE_BYTES = 16_384
"""Drafts are blobs of some kilobytes to two megabytes: large pages write them in fewer frames of the log."""
CHECKPOINT_PAGES = 4_000
"""How long the log grows before it is folded into the file: 64 MB, so that even of the edits of a webinar of 10,000
segments (2 MB each) no more than one in thirty waits for that."""


class LibraryDatabase:
    """The open file of one library; `write` and `read` give transactions, the driver's errors become `KnownError`s.

    One thread writes at a time; up to two transactions may read beside it, from any thread. `close` it at the end.

    Args:
        path: The library's file, which `check_integrity` found whole.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, which `check_integrity` found whole.

        Raises:
            KnownError: ``library.gone``, ``library.unwritable``, ``library.busy``, ``library.damaged``.
        """
        self.path = path
        _warm_up_allocator()
        self._writer = make_writing_engine(lambda: _connect_writable(path))
        self._reader = make_reading_engine(lambda: open_read_only(path), connections=2)
        try:
            with translate_database_errors(self.path), self._writer.connect():
                self._opened_stat = path.stat()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def write(self, *, upgrading: bool = False) -> Iterator[Connection]:
        """Begin a writing transaction: committed and on the disk at the end, rolled back if anything is raised.

        Args:
            upgrading: Whether the file may have another schema than this program's, because it is being upgraded.

        Raises:
            KnownError: ``library.newer`` if another program has upgraded the file meanwhile (not with `upgrading`),
                ``library.gone`` if the file is no longer the one that was opened, and the errors of `to_known_error`.
        """
        with translate_database_errors(self.path), self._writer.begin() as connection:
            schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if schema != SCHEMA and not upgrading:
                raise make_newer_error(self.path, schema)
            yield connection
            self._check_file_replaced()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Begin a reading transaction: all that is read within it is one snapshot.

        Raises:
            KnownError: The errors of `to_known_error`, e.g. ``library.damaged``.
        """
        with translate_database_errors(self.path), self._reader.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close the file. The last program to do so merges the log into it.

        A transaction begun afterwards would open it again.
        """
        self._reader.dispose()
        self._writer.dispose()

    def _check_file_replaced(self) -> None:
        # A file that was moved or deleted can still be written to through an open handle, and whatever is written
        # is lost with it; SQLite itself looks for that only when it uses no write-ahead log.
        try:
            current_stat = self.path.stat()
        except OSError as error:
            raise KnownError("library.gone", path=str(self.path)) from error
        if not os.path.samestat(current_stat, self._opened_stat):
            raise KnownError("library.gone", path=str(self.path))


@contextmanager
def translate_database_errors(path: Path) -> Iterator[None]:
    """Translate the driver's errors raised in a `with` block, also those wrapped by SQLAlchemy, into `KnownError`s.

    Errors that `to_known_error` does not know, and all others, pass unchanged.
    """
    try:
        with translate_sqlite_errors(path):
            yield
    except DBAPIError as error:
        known_error = to_known_error(path, error.orig)
        if known_error is None:
            raise
        raise known_error from error


def _warm_up_allocator() -> None:
    """Make the C library keep freed blocks of a draft's size.

    glibc gives each back to the system, and the next edit pays for having its pages mapped again: 3 of 7 ms at 10,000
    segments. It stops doing so for sizes of which it has seen a larger one freed. Other allocators take no notice.
    """
    bytes(24 * 2**20)


def _connect_writable(path: Path) -> sqlite3.Connection:
    try:
        with translate_sqlite_errors(path):
            return connect_writable(path, BUSY_TIMEOUT_MS / 1000, pragmas={"wal_autocheckpoint": CHECKPOINT_PAGES})
    except UnsupportedDriveError as error:
        reason = "this kind of drive cannot keep a write-ahead log"
        raise KnownError("library.unwritable", path=str(path), reason=reason) from error
