"""Migrating a database in which webinars had no version column: the version is found by the document."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hosting.db.data_folder import DATABASE_FILE
from hosting.db.database import HostingDatabase


def test_the_migration_finds_the_version_of_existing_webinars(tmp_path: Path):
    HostingDatabase(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as connection:
        connection.execute("INSERT INTO account VALUES ('ada', 'ada@example.org', '', '', 'automated', 0)")
        for number, body in ((1, "one"), (2, "two"), (3, "one")):
            row = ("ada", f"v{number}", "talk", number, "[]", "", 0, body.encode())
            connection.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        for webinar, body in (("talk", b"one"), ("lost", b"nowhere")):
            row = ("ada", webinar, 3, "", "Talk", body, 0, False, 0, b"{}")
            connection.execute(
                "INSERT INTO webinar (account, id, rev, hash, title, body, updated_at, deleted, notes_rev, notes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        connection.execute("ALTER TABLE webinar DROP COLUMN version")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    HostingDatabase(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as connection:
        found = dict(connection.execute("SELECT id, version FROM webinar").fetchall())
    assert found == {"talk": "v3", "lost": ""}
