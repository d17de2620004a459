"""SQLAlchemy engines on an SQLite file: one that writes, one that reads.

Python's driver would begin transactions by itself, late, and as readers that may become writers; two programs then
deadlock half-way, and two buyers of the last seat both read that it is free. So every transaction of the writing engine
begins with ``BEGIN IMMEDIATE``: it has the lock before it reads what it will change. There is one writing connection.
Reads go through an engine of their own, which never waits for a writer (write-ahead log).
"""

import sqlite3
from collections.abc import Callable

from sqlalchemy import Engine, QueuePool, create_engine, event

DEFAULT_POOL_TIMEOUT_S = 30.0
"""How long a transaction waits for a free connection, in seconds, if nothing else is asked for."""


def make_writing_engine(
    connect: Callable[[], sqlite3.Connection], *, pool_timeout_s: float = DEFAULT_POOL_TIMEOUT_S
) -> Engine:
    """Make an engine of one connection whose transactions hold the write lock from their beginning.

    Args:
        connect: Opens the connection.
        pool_timeout_s: How long a transaction waits for the connection, in seconds.
    """
    return _make_engine(connect, "BEGIN IMMEDIATE", 1, pool_timeout_s)


def make_reading_engine(
    connect: Callable[[], sqlite3.Connection], *, connections: int, pool_timeout_s: float = DEFAULT_POOL_TIMEOUT_S
) -> Engine:
    """Make an engine whose transactions each read one snapshot of the file.

    Args:
        connect: Opens a connection.
        connections: How many there are at most.
        pool_timeout_s: How long a transaction waits for one of them, in seconds.
    """
    return _make_engine(connect, "BEGIN", connections, pool_timeout_s)


def _make_engine(
    connect: Callable[[], sqlite3.Connection], begin_statement: str, connections: int, pool_timeout_s: float
) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=pool_timeout_s,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin_statement))
    return engine
