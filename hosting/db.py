"""The hosting's database: one engine that writes, one that reads, on SQLite in the data folder.

As in the editor's library every writing transaction begins with ``BEGIN IMMEDIATE`` and is on the disk when it
returns (write-ahead log, ``synchronous=FULL``, read back): with the driver's own transactions two buyers of the last
seat both read that it is free. There is one writing connection; whoever wants to write waits for it, in a thread.
"""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, QueuePool, String, Table, create_engine, event, select
from sqlalchemy.exc import DatabaseError, OperationalError

from editor.errors import Known

METADATA = MetaData()
"""Each noun's `tables` adds its own."""

HOUSE = Table("house", METADATA, Column("epoch", String, primary_key=True))
"""One row. The epoch is another after a backup was restored: whoever synced before must not push blindly."""

FILE = "hosting.db"
BUSY_S = 10
_FULL = 2


class Database:
    """The open database. `write` and `read` give transactions; both block, so call them from a thread."""

    def __init__(self, folder: Path) -> None:
        """Open the database in a folder and bring its tables up to date; an empty folder gets a new one.

        Raises:
            Known: ``hosting.damaged``, ``hosting.newer``, ``hosting.unwritable``, each with `path`.
        """
        self.path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Known("hosting.unwritable", path=str(folder), reason=error.strerror or str(error)) from error
        self._writer = _engine(self.path, "BEGIN IMMEDIATE", connections=1)
        self._reader = _engine(self.path, "BEGIN", connections=8)
        try:
            self._prepare()
        except BaseException as error:
            self.close()
            if isinstance(error, DatabaseError):
                raise _unopened(self.path, error) from error
            raise

    def _prepare(self) -> None:
        from hosting.migrate import upgrade

        upgrade(self)
        with self.write() as connection:
            if connection.execute(select(HOUSE.c.epoch)).first() is None:
                connection.execute(HOUSE.insert().values(epoch=uuid.uuid4().hex))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A writing transaction: committed and on the disk at the end, rolled back whole if anything is raised.

        Raises:
            Known: ``hosting.busy``, ``hosting.full``.
        """
        try:
            with self._writer.begin() as connection:
                yield connection
        except OperationalError as error:
            raise _told(error) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: everything read within is of one moment."""
        with self._reader.begin() as connection:
            yield connection

    def epoch(self) -> str:
        """The epoch this database is of."""
        with self.read() as connection:
            return str(connection.execute(select(HOUSE.c.epoch)).scalar_one())

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        self._writer.dispose()


def _told(error: OperationalError) -> Exception:
    """A failure of the driver as a `Known` where it is one that we foresaw, else itself."""
    name = getattr(error.orig, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Known("hosting.busy")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return Known("hosting.full")
    return error


def _unopened(path: Path, error: DatabaseError) -> Exception:
    """Why a database could not be opened."""
    name = getattr(error.orig, "sqlite_errorname", "")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return Known("hosting.damaged", path=str(path), reason=str(error.orig))
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return Known("hosting.unwritable", path=str(path), reason=str(error.orig))
    return error


def _engine(path: Path, begin: str, *, connections: int) -> Engine:
    connect: Callable[[], sqlite3.Connection] = lambda: _connect(path)  # noqa: E731 - SQLAlchemy wants a callable
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=connections, max_overflow=0, pool_timeout=BUSY_S
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_S)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == _FULL
    except BaseException:
        connection.close()
        raise
    return connection
