"""The SQLite database of a hosting: one engine that writes, one that reads.

Transactions and their durability are those of `editor.sqlite`. There is one writing connection; a request that wants to
write waits for it, in a thread.
"""

import logging
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from editor.errors import KnownError
from editor.schedule.model import SECOND
from editor.sqlite.connections import UnsupportedDriveError, connect_writable
from editor.sqlite.engine import make_reading_engine, make_writing_engine
from editor.sqlite.error_kinds import SqliteErrorKind, classify_error, get_error_name
from hosting.db.data_folder import DATABASE_FILE, DataFolderLock, prepare_data_folder

METADATA = MetaData()
"""The `tables` of each module register theirs here."""

INSTANCE = Table("house", METADATA, Column("epoch", String, primary_key=True))
"""Has one row. The epoch changes when a backup is restored, so that editors which synced before notice it."""

logger = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 10 * SECOND
"""How long a transaction waits for its turn by default."""
READERS = 8
"""How many transactions can read at the same time."""


class HostingDatabase:
    """Open SQLite database of a hosting. `write` and `read` begin transactions; both block: use worker threads.

    Making one opens the file, or creates it, and migrates it to this program's tables. Any number of threads may use
    it. Call `close` at the end.

    Args:
        folder: The data folder; created if needed.
        busy_ms: How long a transaction waits for its turn before it raises ``hosting.busy``, in milliseconds.
    """

    def __init__(self, folder: Path, busy_ms: int = BUSY_TIMEOUT_MS, *, exclusive: bool = False) -> None:
        """Open the database in a folder and migrate it; create it if the folder has none.

        Args:
            folder: The data folder.
            busy_ms: How long a transaction waits for its turn before it raises ``hosting.busy``, in milliseconds.
            exclusive: Whether to lock the folder until `close`, as the hosting that runs on it does. A command opens
                it beside that one, and only a migration needs the lock.

        Raises:
            KnownError: ``hosting.damaged``, ``hosting.newer``, ``hosting.unwritable``, ``hosting.emptied``, each with
                `path`; ``hosting.running``: another process has locked the folder; and what `write` raises.
        """
        self.path = folder / DATABASE_FILE
        self._lock: DataFolderLock | None = None
        prepare_data_folder(folder)
        if exclusive:
            self._lock = DataFolderLock.acquire(folder)
        self.busy_timeout_s = busy_ms / SECOND
        timeout_s = self.busy_timeout_s
        connect = partial(connect_writable, self.path, timeout_s, create=True)
        self._writer = make_writing_engine(connect, pool_timeout_s=timeout_s)
        self._reader = make_reading_engine(connect, connections=READERS, pool_timeout_s=timeout_s)
        try:
            self._initialize()
        except BaseException as error:
            self.close()
            if isinstance(error, DatabaseError | sqlite3.DatabaseError):
                raise _translate_open_error(self.path, error) from error
            if isinstance(error, UnsupportedDriveError):
                reason = "this kind of drive cannot keep a write-ahead log"
                raise KnownError("hosting.unwritable", path=str(self.path), reason=reason) from error
            raise

    def _initialize(self) -> None:
        from hosting.db.migrate import upgrade

        # A migration may make a table anew and drop the old one, which would delete all rows that refer to it.
        self._set_foreign_keys(enforced=False)
        with self.write() as connection:
            upgrade(connection, self.path, is_locked=self._lock is not None)
            if connection.execute(select(INSTANCE.c.epoch)).first() is None:
                connection.execute(INSTANCE.insert().values(epoch=uuid.uuid4().hex))
        self._set_foreign_keys(enforced=True)

    def _set_foreign_keys(self, *, enforced: bool) -> None:
        """Set whether the writing connection enforces foreign keys; SQLite ignores this within a transaction."""
        connection = self._writer.raw_connection()
        try:
            connection.cursor().execute(f"PRAGMA foreign_keys = {int(enforced)}")
        finally:
            connection.close()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Begin a writing transaction: committed and on the disk at its end, rolled back if anything is raised.

        Raises:
            KnownError: ``hosting.busy`` (another transaction, maybe of another program, holds the database),
                ``hosting.full`` with `free` (the disk is full or failing).
        """
        with self._begin(self._writer) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Begin a reading transaction: all that is read within it is of one moment. `READERS` can run at a time.

        Raises:
            KnownError: ``hosting.busy``, ``hosting.full``, as of `write`.
        """
        with self._begin(self._reader) as connection:
            yield connection

    @contextmanager
    def _begin(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except NoConnection as error:
            raise KnownError("hosting.busy") from error
        except OperationalError as error:
            raise self._translate_error(error) from error

    def _translate_error(self, error: OperationalError) -> Exception:
        """Return an error of the driver as a `KnownError` if there is one for it, else the error itself."""
        match classify_error(error.orig):
            case SqliteErrorKind.BUSY:
                return KnownError("hosting.busy")
            case SqliteErrorKind.FULL | SqliteErrorKind.DISK:
                return make_disk_full_error(self.path.parent, get_error_name(error.orig))
            case _:
                return error

    def load_epoch(self) -> str:
        """Return the epoch of the database: a random id that changes when a backup is restored.

        Raises:
            KnownError: What `read` raises.
        """
        with self.read() as connection:
            return str(connection.execute(select(INSTANCE.c.epoch)).scalar_one())

    def close(self) -> None:
        """Close all connections that are not in use; end transactions before."""
        self._reader.dispose()
        self._writer.dispose()
        if self._lock is not None:
            self._lock.release()


def make_disk_full_error(folder: Path, reason: str, **facts: object) -> KnownError:
    """Log that a disk is full or failing, and return the error ``hosting.full`` for the caller to raise.

    Args:
        folder: A folder on that disk, whose free bytes become the fact `free` (0 where they are unknown).
        reason: What failed; for the log.
        facts: More facts of the error.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # a failing disk may not even tell its free space
        free = 0
    logger.error("disk full or failing", extra={"facts": {"folder": str(folder), "free": free, "reason": reason}})
    return KnownError("hosting.full", free=free, **facts)


def _translate_open_error(path: Path, error: DatabaseError | sqlite3.DatabaseError) -> Exception:
    """Return why a database could not be opened, or the error itself where it was not foreseen."""
    cause = error.orig if isinstance(error, DatabaseError) else error
    match classify_error(cause):
        case SqliteErrorKind.DAMAGED:
            return KnownError("hosting.damaged", path=str(path), reason=str(cause))
        case SqliteErrorKind.UNWRITABLE:
            return KnownError("hosting.unwritable", path=str(path), reason=str(cause))
        case _:
            return error
