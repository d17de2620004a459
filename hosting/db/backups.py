"""Backups of a running hosting, and going back to one.

A backup is one SQLite file, taken of a single moment while the hosting runs (`VACUUM INTO`). Media are named by their
content and never change, so the folder beside it can be copied by any tool at any time. A restored database gets a
new epoch: editors that synced with what was lost notice, and do not push blindly.
"""

import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from editor.atomic_file import replace_atomically
from editor.errors import KnownError
from hosting.db.database import DATABASE_FILE


def create_backup(folder: Path, file: Path) -> None:
    """Write a backup; an older one of that name is replaced once the new one is whole.

    Raises:
        KnownError: ``hosting.no_database``, ``backup.unwritable``.
    """
    source = folder / DATABASE_FILE
    if not source.exists():
        raise KnownError("hosting.no_database", path=str(folder))
    try:
        with (
            replace_atomically(file) as temporary_file,
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection,
        ):
            connection.execute("VACUUM INTO ?", (str(temporary_file),))
    except (OSError, sqlite3.Error) as error:
        raise KnownError("backup.unwritable", path=str(file), reason=str(error)) from error


def restore_backup(folder: Path, file: Path) -> Path | None:
    """Put a backup in place; gives where what stood there was moved to, if anything stood there.

    The database that stood there stays in its place until the other one is whole on the disk and takes it in one step.

    Raises:
        KnownError: ``backup.unreadable``, ``backup.running`` (the hosting has the database open), ``hosting.unwritable``.
    """
    _require_intact(file)
    target = folder / DATABASE_FILE
    previous_folder: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if target.exists():
            _require_closed(target)
        with replace_atomically(target) as temporary_file:
            shutil.copyfile(file, temporary_file)
            with closing(sqlite3.connect(temporary_file, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("UPDATE house SET epoch = ?", (uuid.uuid4().hex,))
            if target.exists():
                previous_folder = folder / f"before-restore-{uuid.uuid4().hex[:8]}"
                previous_folder.mkdir()
                shutil.copyfile(target, previous_folder / DATABASE_FILE)
    except (OSError, sqlite3.Error) as error:
        if previous_folder is not None:
            shutil.rmtree(previous_folder)
        raise KnownError("hosting.unwritable", path=str(folder), reason=str(error)) from error
    return previous_folder


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
    # A running hosting holds a read lock through its write-ahead log: leaving that mode needs to be alone.
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
