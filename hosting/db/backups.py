"""Backups of a hosting that may be running, and restoring one.

A backup is one SQLite file: the database at a single moment (`VACUUM INTO`). Media files are named by their content and
never change, so any tool can copy their folder at any time. A restored database gets a new epoch: an editor that synced
with what is lost now notices it, and does not push over it.
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
    """Write a backup of the database, of one moment; the hosting may be running. Media files are not in it.

    An existing file is replaced once the new one is complete.

    Args:
        folder: The data folder.
        file: Where to write the backup.

    Raises:
        KnownError: ``hosting.no_database``, ``backup.unwritable`` with `reason`.
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
