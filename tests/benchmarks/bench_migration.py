"""How long a hosting of version 0.1 with 1,000 sessions and a million rows of log takes to come up migrated.

The database is made by SQL from the golden one of that version: its fullest session, over and over, with its people,
messages, clicks and answers. The time includes the backup.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from hosting.db.data_folder import BACKUP_FOLDER, DATABASE_FILE
from hosting.db.database import HostingDatabase
from tests.hosting import version_0_1

pytestmark = pytest.mark.benchmark_table
SESSIONS = 1_000
ROWS = 1_000_000
MAX_S = 120


def multiply(connection: sqlite3.Connection) -> None:
    """Copy the fullest session until there are `SESSIONS` of it and `ROWS` rows of log."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    connection.execute(
        "CREATE TEMP TABLE number AS WITH RECURSIVE n(n) AS "
        f"(SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {SESSIONS}) SELECT n FROM n"
    )
    old = {"old": version_0_1.OVER}
    rows = connection.execute("SELECT count(*), max(seq) FROM row WHERE session = :old", old).fetchone()
    repeats = -(-ROWS // (SESSIONS * rows[0]))
    session_of = "printf('%032x', number.n)"
    person_of = "printf('%06x', number.n) || substr(copied.person, 7)"
    copy(connection, "session", {"id": session_of, "slug": "'s' || number.n"}, "copied.id = :old")
    copy(
        connection,
        "person",
        {
            "id": "printf('%06x', number.n) || substr(copied.id, 7)",
            "session": session_of,
            "token": "number.n || copied.token",
        },
        "copied.session = :old",
    )
    for table in ("message", "click", "answer"):
        copy(connection, table, {"session": session_of, "person": person_of}, "copied.session = :old")
    connection.execute(f"CREATE TEMP TABLE repeat AS SELECT n - 1 AS r FROM number WHERE n <= {repeats}")
    offset = f"repeat.r * {rows[1]}"
    copy(
        connection,
        "row",
        {"session": session_of, "seq": f"copied.seq + {offset}", "prev": f"copied.prev + {offset}"},
        "copied.session = :old",
        ", repeat",
    )
    connection.commit()


def copy(connection: sqlite3.Connection, table: str, changes: dict[str, str], condition: str, more: str = "") -> None:
    """Copy rows of a table once a number, with some columns changed.

    Args:
        connection: To the database.
        table: The table's name.
        changes: SQL of the values that differ, by column; `number.n` is the number, `copied` the copied row.
        condition: Which rows.
        more: More tables to join, with a comma before each.
    """
    columns = [name for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")')]
    values = ", ".join(changes.get(name, f'copied."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM number{more}, "{table}" AS copied WHERE {condition}',
        {"old": version_0_1.OVER},
    )


def test_a_large_hosting_of_version_0_1_comes_up_migrated(tmp_path: Path):
    version_0_1.restore_first_revision(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as connection:
        multiply(connection)
        sessions, rows = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("session", "row")
        )
    assert sessions >= SESSIONS
    assert rows >= ROWS
    megabytes = (tmp_path / DATABASE_FILE).stat().st_size / 1e6
    begun = time.monotonic()
    HostingDatabase(tmp_path).close()
    took_s = time.monotonic() - begun
    (backup,) = (tmp_path / BACKUP_FOLDER).iterdir()
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone()[0] == sessions
        assert connection.execute("SELECT count(*) FROM row").fetchone()[0] == rows
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    print(
        f"\n{sessions} sessions, {rows} rows, {megabytes:.0f} MB migrated from 0001 to {revision} in {took_s:.1f} s, "
        f"with the backup {backup.name}"
    )
    assert took_s <= MAX_S
