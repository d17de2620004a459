"""Backups of a hosting that may be running, and restoring one.

A backup is one SQLite file: the database at a single moment (`VACUUM INTO`). Media files are named by their content and
never change, so any tool can copy their folder at any time. A restored database gets a new epoch: an editor that synced
with what is lost now notices it, and does not push over it.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from editor.atomic_file import replace_atomically
from editor.errors import KnownError
from editor.private_files import create_private_file, make_private_folder
from hosting.db.data_folder import BACKUP_FOLDER, DATABASE_FILE, RESTORE_PREFIX, lock_data_folder, require_database


def create_backup(folder: Path, file: Path) -> None:
    """Write a backup of the database, of one moment; the hosting may be running. Media files are not in it.

    An existing file is replaced once the new one is complete.

    Args:
        folder: The data folder.
        file: Where to write the backup.

    Raises:
        KnownError: ``hosting.no_database``, ``backup.unwritable`` with `reason`.
    """
    source = folder / DATABASE_FILE
    require_database(folder)
    try:
        with (
            replace_atomically(file) as temporary_file,
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection,
        ):
            create_private_file(temporary_file)
            connection.execute("VACUUM INTO ?", (str(temporary_file),))
    except (OSError, sqlite3.Error) as error:
        raise KnownError("backup.unwritable", path=str(file), reason=str(error)) from error


def create_migration_backup(folder: Path, revision: str, now: datetime) -> Path:
    """Write a backup into the data folder before a migration, and return its path; nothing ever deletes it.

    What an interrupted one has left is deleted.

    Args:
        folder: The data folder, which is locked.
        revision: The revision of the database, which becomes part of the name.
        now: The time, in UTC, which does too.

    Raises:
        KnownError: As `create_backup`.
    """
    backup_folder = folder / BACKUP_FOLDER
    file = backup_folder / f"before-migration-of-{revision}-{now:%Y%m%dT%H%M%SZ}.db"
    try:
        make_private_folder(backup_folder)
        for leftover in backup_folder.glob(".*.db*"):
            leftover.unlink()
    except OSError as error:
        raise KnownError("backup.unwritable", path=str(file), reason=str(error)) from error
    create_backup(folder, file)
    return file


def restore_backup(folder: Path, file: Path) -> Path | None:
    """Replace the database by a backup; return the folder with a copy of the previous one, if there was one.

    The previous database stays in its place until the restored one is complete on the disk; one rename replaces it.

    Args:
        folder: The data folder.
        file: The backup.

    Raises:
        KnownError: ``backup.unreadable``, ``backup.running`` (a hosting has the database open),
            ``hosting.unwritable``.
    """
    _require_intact(file)
    target = folder / DATABASE_FILE
    previous_folder: Path | None = None
    try:
        make_private_folder(folder)
        with _lock_closed(folder), replace_atomically(target) as temporary_file:
            create_private_file(temporary_file)
            shutil.copyfile(file, temporary_file)
            with closing(sqlite3.connect(temporary_file, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("UPDATE house SET epoch = ?", (uuid.uuid4().hex,))
            if target.exists():
                previous_folder = folder / f"{RESTORE_PREFIX}{uuid.uuid4().hex[:8]}"
                make_private_folder(previous_folder)
                create_private_file(previous_folder / DATABASE_FILE)
                shutil.copyfile(target, previous_folder / DATABASE_FILE)
    except (OSError, sqlite3.Error) as error:
        if previous_folder is not None:
            shutil.rmtree(previous_folder)
        raise KnownError("hosting.unwritable", path=str(folder), reason=str(error)) from error
    return previous_folder


@contextmanager
def _lock_closed(folder: Path) -> Iterator[None]:
    """Require that no hosting runs on a data folder, and let none start in a `with` block."""
    target = folder / DATABASE_FILE
    try:
        with lock_data_folder(folder):
            if target.exists():
                # Versions before 0.2 do not lock the folder.
                _require_closed(target)
            yield
    except KnownError as error:
        if error.code != "hosting.running":
            raise
        raise KnownError("backup.running", path=str(target)) from error


def _require_intact(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            is_intact = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            connection.execute("SELECT epoch FROM house").fetchone()
        if not is_intact:
            raise KnownError("backup.unreadable", path=str(file), reason="it is damaged")
    except (OSError, sqlite3.Error) as error:
        raise KnownError("backup.unreadable", path=str(file), reason=str(error)) from error


def _require_closed(target: Path) -> None:
    # A running hosting holds a lock through its write-ahead log, so that mode cannot be left while it runs.
    with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            connection.execute("COMMIT")
            if mode == "wal" and connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise KnownError("backup.running", path=str(target))
        except sqlite3.OperationalError as error:
            raise KnownError("backup.running", path=str(target)) from error
