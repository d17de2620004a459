"""Durability of SQLite connections, and the kinds of their errors."""

import sqlite3
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import text

from editor.sqlite import connections
from editor.sqlite.connections import UnsupportedDriveError, connect_read_only, connect_writable
from editor.sqlite.engine import make_reading_engine, make_writing_engine
from editor.sqlite.error_kinds import SqliteErrorKind, classify_error, get_error_name


@pytest.fixture
def path(tmp_path):
    """Make a database with one table and return its file."""
    path = tmp_path / "of a test.db"
    with closing(connect_writable(path, 1, create=True)) as connection:
        connection.execute("CREATE TABLE seats (free INTEGER)")
    return path


def read_pragma(connection, name):
    """Return the value of a pragma as SQLite has it."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_commit_is_on_the_disk_when_it_returns(path):
    with closing(connect_writable(path, 1, pragmas={"wal_autocheckpoint": 77})) as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "wal_autocheckpoint")
        assert [read_pragma(connection, name) for name in names] == ["wal", 2, 1, 1_000, 77]


def test_a_pragma_that_does_not_hold_keeps_the_file_from_being_opened(path, monkeypatch):
    monkeypatch.setattr(connections, "DURABLE_PRAGMAS", {"synchronous": 99})
    with pytest.raises(AssertionError, match="synchronous"):
        connect_writable(path, 1)


def test_a_drive_without_a_shared_log_is_refused():
    with pytest.raises(UnsupportedDriveError):
        connect_writable(_MemoryPath(), 1)


class _MemoryPath:
    """A path whose database is in memory, where SQLite keeps no write-ahead log."""

    def absolute(self):
        return self

    def as_uri(self):
        return "file::memory:"


def test_no_file_is_made_unless_asked_for(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as error_info:
        connect_writable(tmp_path / "missing.db", 1)
    assert classify_error(error_info.value) is SqliteErrorKind.UNWRITABLE


def test_a_reader_cannot_write(path):
    with closing(connect_read_only(path, 1)) as connection, pytest.raises(sqlite3.OperationalError) as error_info:
        connection.execute("INSERT INTO seats VALUES (1)")
    assert classify_error(error_info.value) is SqliteErrorKind.UNWRITABLE


def test_a_writing_transaction_holds_the_lock_before_it_reads(path):
    engine = make_writing_engine(partial(connect_writable, path, 1))
    with closing(connect_writable(path, 0)) as other, engine.begin() as connection:
        connection.execute(text("SELECT free FROM seats"))
        with pytest.raises(sqlite3.OperationalError) as error_info:
            other.execute("BEGIN IMMEDIATE")
        assert classify_error(error_info.value) is SqliteErrorKind.BUSY
        assert get_error_name(error_info.value) == "SQLITE_BUSY"
    engine.dispose()


def test_a_reading_transaction_sees_one_snapshot(path):
    engine = make_reading_engine(partial(connect_read_only, path, 1), connections=1)
    with closing(connect_writable(path, 1)) as writer, engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM seats")).scalar_one() == 0
        writer.execute("INSERT INTO seats VALUES (1)")
        assert connection.execute(text("SELECT count(*) FROM seats")).scalar_one() == 0
    engine.dispose()


def test_what_is_no_database_is_damaged(path):
    path.write_bytes(b"no database" * 1_000)
    with pytest.raises(sqlite3.DatabaseError) as error_info:
        connect_writable(path, 1)
    assert classify_error(error_info.value) is SqliteErrorKind.DAMAGED


def test_bugs_have_no_kind():
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.OperationalError) as error_info:
        connection.execute("SELECT 1 FROM missing")
    assert classify_error(error_info.value) is None
    assert classify_error(ValueError()) is None
    assert classify_error(None) is None
