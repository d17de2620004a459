"""The hosting's database: one engine that writes, one that reads, on SQLite in the data folder.

Transactions and their durability are those of `editor.sqlite`. There is one writing connection; a request that wants
to write waits for it, in a thread.
"""

import logging
import shutil
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

METADATA = MetaData()
"""Each noun's `tables` adds its own."""

INSTANCE = Table("house", METADATA, Column("epoch", String, primary_key=True))
"""One row. The epoch is another after a backup was restored: whoever synced before must not push blindly."""

logger = logging.getLogger(__name__)

DATABASE_FILE = "hosting.db"
BUSY_TIMEOUT_MS = 10 * SECOND
"""How long a transaction waits for its turn, if nothing else is said."""
READERS = 8
"""How many transactions may read at the same time."""


class HostingDatabase:
    """The open database. `write` and `read` give transactions; both block, so call them from a thread."""

    def __init__(self, folder: Path, busy_ms: int = BUSY_TIMEOUT_MS) -> None:
        """Open the database in a folder and bring its tables up to date; an empty folder gets a new one.

        `busy_ms` is how long a transaction waits for its turn, before it is told to come again.

        Raises:
            KnownError: ``hosting.damaged``, ``hosting.newer``, ``hosting.unwritable``, each with `path`, and as `write`.
        """
        self.path = folder / DATABASE_FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnownError("hosting.unwritable", path=str(folder), reason=error.strerror or str(error)) from error
        self.busy_timeout_s = busy_ms / SECOND
        timeout_s = self.busy_timeout_s
        connect = partial(connect_writable, self.path, timeout_s, create=True)
        self._writer = make_writing_engine(connect, pool_timeout_s=timeout_s)
        self._reader = make_reading_engine(connect, connections=READERS, pool_timeout_s=timeout_s)
        try:
            self._initialize()
        except BaseException as error:
            self.close()
            if isinstance(error, DatabaseError):
                raise _translate_open_error(self.path, error) from error
            if isinstance(error, UnsupportedDriveError):
                reason = "this kind of drive cannot keep a write-ahead log"
                raise KnownError("hosting.unwritable", path=str(self.path), reason=reason) from error
            raise

    def _initialize(self) -> None:
        from hosting.db.migrate import upgrade

        with self.write() as connection:
            upgrade(connection, self.path)
            if connection.execute(select(INSTANCE.c.epoch)).first() is None:
                connection.execute(INSTANCE.insert().values(epoch=uuid.uuid4().hex))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A writing transaction: committed and on the disk at the end, rolled back whole if anything is raised.

        Raises:
            KnownError: ``hosting.busy``: somebody else, maybe another program, holds the database. ``hosting.full``, with
                `free`: the disk takes no more.
        """
        with self._begin(self._writer) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: everything read within is of one moment.

        Raises:
            KnownError: as `write`.
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
        """A failure of the driver as a `Known` where it is one that we foresaw, else itself."""
        match classify_error(error.orig):
            case SqliteErrorKind.BUSY:
                return KnownError("hosting.busy")
            case SqliteErrorKind.FULL | SqliteErrorKind.DISK:
                return disk_full_error(self.path.parent, get_error_name(error.orig))
            case _:
                return error

    def load_epoch(self) -> str:
        """The epoch this database is of."""
        with self.read() as connection:
            return str(connection.execute(select(INSTANCE.c.epoch)).scalar_one())

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        self._writer.dispose()


def disk_full_error(folder: Path, reason: str, **facts: object) -> KnownError:
    """That a disk takes no more, for who asked and for the log of whoever runs this."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # a disk that does not even say that
        free = 0
    logger.error("disk full or failing", extra={"facts": {"folder": str(folder), "free": free, "reason": reason}})
    return KnownError("hosting.full", free=free, **facts)


def _translate_open_error(path: Path, error: DatabaseError) -> Exception:
    """Return why a database could not be opened, or the error itself where it was not foreseen."""
    match classify_error(error.orig):
        case SqliteErrorKind.DAMAGED:
            return KnownError("hosting.damaged", path=str(path), reason=str(error.orig))
        case SqliteErrorKind.UNWRITABLE:
            return KnownError("hosting.unwritable", path=str(path), reason=str(error.orig))
        case _:
            return error
