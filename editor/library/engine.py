"""The two engines on the library's file: one that writes, one that reads.

Python's driver would begin transactions by itself, late, and as readers that may become writers; two programs then
trip over each other half-way. So the driver is left in its autocommit mode and every transaction of the writing
engine begins with ``BEGIN IMMEDIATE``: whoever writes has the lock before it reads what it will change. Reads go
through an engine of their own that cannot write and never waits for a writer (write-ahead log).

``synchronous`` is FULL and read back: a commit is on the disk when it returns. A killed process cannot tell FULL from
less, only a power cut could.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from editor.errors import KnownError
from editor.library.db_errors import to_known_error, translate_sqlite_errors
from editor.library.integrity import BUSY_TIMEOUT_MS, connect_read_only, make_newer_error
from editor.library.tables import SCHEMA

PAGE_BYTES = 16_384
"""Drafts are blobs of some kilobytes to two megabytes: large pages write them in fewer frames of the log."""
CHECKPOINT_PAGES = 4_000
"""How long the log grows before it is folded into the file: 64 MB, so that even of the edits of a webinar of 10,000
segments (2 MB each) no more than one in thirty waits for that."""
_SYNCHRONOUS_FULL = 2


class LibraryDatabase:
    """One library's file, opened. `write` and `read` give transactions; errors of the driver come out as `Known`."""

    def __init__(self, path: Path) -> None:
        """Open the file, which `examine` found whole.

        Raises:
            Known: ``library.gone``, ``library.unwritable``, ``library.busy``, ``library.damaged``.
        """
        self.path = path
        _warm_up_allocator()
        self._writer = _make_engine(lambda: _connect_writable(path), "BEGIN IMMEDIATE", connections=1)
        self._reader = _make_engine(lambda: connect_read_only(path), "BEGIN", connections=2)
        try:
            with translate_database_errors(self.path), self._writer.connect():
                self._opened_stat = path.stat()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def write(self, *, upgrading: bool = False) -> Iterator[Connection]:
        """A writing transaction: committed and on the disk at the end, rolled back whole if anything is raised.

        Raises:
            Known: ``library.newer`` where another program has upgraded the file meanwhile, ``library.gone`` where
                the file is no longer the one that was opened, and what `fault` tells.
        """
        with translate_database_errors(self.path), self._writer.begin() as connection:
            schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if schema != SCHEMA and not upgrading:
                raise make_newer_error(self.path, schema)
            yield connection
            self._check_file_replaced()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: everything read within is of one moment."""
        with translate_database_errors(self.path), self._reader.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file. The last to do so folds the log into it."""
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
    """As `told`, for the driver's errors that come wrapped by SQLAlchemy, too."""
    try:
        with translate_sqlite_errors(path):
            yield
    except DBAPIError as error:
        known_error = to_known_error(path, error.orig) if isinstance(error.orig, sqlite3.Error) else None
        if known_error is None:
            raise
        raise known_error from error


def _warm_up_allocator() -> None:
    """Have the C library keep blocks of a draft's size once they are freed.

    glibc gives each back to the system, and the next edit pays for having its pages mapped again: 3 of 7 ms at 10,000
    segments. It stops doing so for sizes of which it has seen a larger one freed. Other allocators take no notice.
    """
    bytes(24 * 2**20)


def _make_engine(connect: Callable[[], sqlite3.Connection], begin_statement: str, *, connections: int) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=connections, max_overflow=0)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin_statement))
    return engine


def _connect_writable(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,  # the driver's autocommit mode: transactions are begun by us alone
        check_same_thread=False,
        timeout=BUSY_TIMEOUT_MS / 1000,
    )
    try:
        with translate_sqlite_errors(path):
            if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
                raise KnownError("library.unwritable", path=str(path), reason="this kind of drive cannot share a log")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == _SYNCHRONOUS_FULL
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    except BaseException:
        connection.close()
        raise
    return connection
