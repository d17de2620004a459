"""The database that the migrations create has the tables that the modules declare."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from editor.errors import KnownError
from hosting.app.tables import METADATA
from hosting.db import migrate
from hosting.db.database import HostingDatabase
from tests.hosting import version_0_1


def read_schema(file: Path) -> dict[str, list[str]]:
    """Return every table and index with the parts of its SQL, sorted: the order of constraints does not matter."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {
        name: sorted(part.strip(" )") for part in " ".join(sql.split()).split(", "))
        for name, sql in rows
        if name != "alembic_version"
    }


def test_migrations_of_an_empty_database_create_the_declared_tables(tmp_path: Path):
    HostingDatabase(tmp_path / "hosting").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'tables.db'}")
    METADATA.create_all(engine)
    engine.dispose()
    assert read_schema(tmp_path / "hosting" / "hosting.db") == read_schema(tmp_path / "tables.db")


def test_opening_a_database_again_changes_nothing(tmp_path: Path):
    first = HostingDatabase(tmp_path)
    epoch = first.load_epoch()
    first.close()
    second = HostingDatabase(tmp_path)
    assert second.load_epoch() == epoch
    second.close()


def test_a_database_of_a_newer_hosting_is_not_opened(tmp_path: Path):
    HostingDatabase(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "hosting.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(KnownError) as error_info:
        HostingDatabase(tmp_path)
    assert error_info.value.code == "hosting.newer"


def test_a_damaged_database_is_reported(tmp_path: Path):
    (tmp_path / "hosting.db").write_text("no database at all " * 100)
    with pytest.raises(KnownError) as error_info:
        HostingDatabase(tmp_path)
    assert error_info.value.code == "hosting.damaged"
    (tmp_path / "file").write_text("")
    with pytest.raises(KnownError) as error_info:
        HostingDatabase(tmp_path / "file" / "hosting")
    assert error_info.value.code == "hosting.unwritable"


def test_foreign_keys_are_enforced_once_the_database_is_open(tmp_path: Path):
    database = HostingDatabase(tmp_path)
    with database.write() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    database.close()


def test_a_table_can_be_made_anew_by_a_migration_without_losing_rows_that_refer_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    version_0_1.restore_version_0_1(tmp_path)

    def upgrade(connection: Connection, _path: Path, *, is_locked: bool) -> None:
        connection.exec_driver_sql("CREATE TABLE copied AS SELECT * FROM session")
        connection.exec_driver_sql("DROP TABLE session")
        connection.exec_driver_sql("ALTER TABLE copied RENAME TO session")

    monkeypatch.setattr(migrate, "upgrade", upgrade)
    HostingDatabase(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "hosting.db")) as connection:
        assert connection.execute("SELECT count(*) FROM row").fetchone() == (60,)
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (8,)
