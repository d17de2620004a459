"""A migration is backed up first, and ends with all of it or with nothing: after a failure, and after a kill."""

import logging
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from editor.errors import KnownError
from hosting.db.data_folder import BACKUP_FOLDER, DATABASE_FILE
from hosting.db.database import HostingDatabase
from tests.hosting import version_0_1

KILL_AT_STATEMENT = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from hosting.db.database import HostingDatabase
remaining = int(sys.argv[2])
def count(*_arguments):
    global remaining
    remaining -= 1
    if remaining < 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "before_cursor_execute", count)
event.listen(Engine, "commit", count)
HostingDatabase(Path(sys.argv[1])).close()
"""
KILL_IN_BACKUP = """
import os, signal, sys
from pathlib import Path
from editor import atomic_file
from hosting.db.database import HostingDatabase
atomic_file.replace_file = lambda *_arguments, **_options: os.kill(os.getpid(), signal.SIGKILL)
HostingDatabase(Path(sys.argv[1])).close()
"""


def dump(file: Path) -> list[str]:
    """Return all that is in a database as SQL."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


@pytest.fixture(scope="module")
def old_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    version_0_1.restore_first_revision(folder)
    return folder / DATABASE_FILE


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory, old_database: Path) -> tuple[list[str], int]:
    """Return what the old database is after a migration without trouble, and how many statements and commits it has."""
    folder = tmp_path_factory.mktemp("migrated")
    (folder / DATABASE_FILE).write_bytes(old_database.read_bytes())
    statements: list[str] = []
    with listening(lambda *_arguments: statements.append("")):
        HostingDatabase(folder).close()
    return dump(folder / DATABASE_FILE), len(statements)


@contextmanager
def listening(listener: Any) -> Iterator[None]:
    """Call a listener before each statement, and before each commit."""
    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, listener)
    yield
    for name in ("before_cursor_execute", "commit"):
        event.remove(Engine, name, listener)


def put_old_database(folder: Path, old_database: Path) -> Path:
    folder.mkdir()
    (folder / DATABASE_FILE).write_bytes(old_database.read_bytes())
    return folder / DATABASE_FILE


def test_a_backup_is_made_before_a_migration_and_named_in_the_log(
    tmp_path: Path, old_database: Path, caplog: pytest.LogCaptureFixture
):
    file = put_old_database(tmp_path / "data", old_database)
    with caplog.at_level(logging.INFO, "hosting.db.migrate"):
        HostingDatabase(file.parent).close()
    (backup,) = (file.parent / BACKUP_FOLDER).iterdir()
    assert dump(backup) == dump(old_database)
    (record,) = (record for record in caplog.records if record.name == "hosting.db.migrate")
    assert record.facts == {"revision": "0001", "backup": str(backup)}  # type: ignore[attr-defined]
    HostingDatabase(file.parent).close()
    assert list((file.parent / BACKUP_FOLDER).iterdir()) == [backup]


def test_a_new_database_needs_no_backup(tmp_path: Path):
    HostingDatabase(tmp_path).close()
    assert not (tmp_path / BACKUP_FOLDER).exists()


def test_without_a_backup_nothing_is_migrated(tmp_path: Path, old_database: Path):
    file = put_old_database(tmp_path / "data", old_database)
    (file.parent / BACKUP_FOLDER).write_text("in the way")
    with pytest.raises(KnownError) as error_info:
        HostingDatabase(file.parent)
    assert error_info.value.code == "backup.unwritable"
    assert dump(file) == dump(old_database)


def test_a_failure_at_any_statement_leaves_the_old_database(
    tmp_path: Path, old_database: Path, migrated: tuple[list[str], int], expected_logs: list[str]
):
    expected_logs.append("the migration failed")
    expected, count = migrated
    old = dump(old_database)
    for number in range(count):
        file = put_old_database(tmp_path / str(number), old_database)
        remaining = number

        def fail(*_arguments: Any) -> None:
            nonlocal remaining
            remaining -= 1
            if remaining == -1:
                raise RuntimeError("the power is cut")

        with listening(fail), pytest.raises((RuntimeError, KnownError)) as error_info:
            HostingDatabase(file.parent).close()
        if isinstance(error_info.value, KnownError):
            assert error_info.value.code == "hosting.not_migrated"
            assert error_info.value.facts["reason"] == "the power is cut"
            assert Path(str(error_info.value.facts["backup"])).exists()
        assert dump(file) == old, number
        HostingDatabase(file.parent).close()
        assert dump(file) == expected, number


def test_a_kill_at_any_moment_leaves_a_database_that_is_migrated_at_the_next_start(
    tmp_path: Path, old_database: Path, migrated: tuple[list[str], int]
):
    expected, count = migrated
    for number in sorted({0, count // 4, count // 2, 3 * count // 4, count - 2, count - 1}):
        file = put_old_database(tmp_path / str(number), old_database)
        code = run_script(KILL_AT_STATEMENT, str(file.parent), str(number))
        assert code == -signal.SIGKILL, number
        HostingDatabase(file.parent).close()
        assert dump(file) == expected, number


def test_a_kill_while_the_backup_is_made_leaves_no_half_of_one(
    tmp_path: Path, old_database: Path, migrated: tuple[list[str], int]
):
    file = put_old_database(tmp_path / "data", old_database)
    assert run_script(KILL_IN_BACKUP, str(file.parent)) == -signal.SIGKILL
    assert [path.suffix for path in (file.parent / BACKUP_FOLDER).iterdir()] == [".db"]
    HostingDatabase(file.parent).close()
    (backup,) = (file.parent / BACKUP_FOLDER).iterdir()
    assert (dump(backup), dump(file)) == (dump(old_database), migrated[0])


def run_script(script: str, *arguments: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], env=dict(os.environ), timeout=60, check=False
    ).returncode
