"""Backups of a running hosting, and going back to one.

A backup is one SQLite file, taken of a single moment while the hosting runs (`VACUUM INTO`). Media are named by their
content and never change, so the folder beside it can be copied by any tool at any time. A restored database gets a
new epoch: editors that synced with what was lost notice, and do not push blindly.
"""

import os
import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from editor.errors import Known
from hosting.db import FILE


def make(folder: Path, file: Path) -> None:
    """Write a backup; an older one of that name is replaced once the new one is whole.

    Raises:
        Known: ``hosting.no_database``, ``backup.unwritable``.
    """
    source = folder / FILE
    if not source.exists():
        raise Known("hosting.no_database", path=str(folder))
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(aside),))
        aside.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise Known("backup.unwritable", path=str(file), reason=str(error)) from error
    finally:
        aside.unlink(missing_ok=True)


def restore(folder: Path, file: Path) -> Path | None:
    """Put a backup in place; gives where what stood there was moved to, if anything stood there.

    The database that stood there stays in its place until the other one is whole on the disk and takes it in one step.

    Raises:
        Known: ``backup.unreadable``, ``backup.running`` (the hosting has the database open), ``hosting.unwritable``.
    """
    _examine(file)
    target = folder / FILE
    made = target.with_name(f".{FILE}.{os.getpid()}")
    aside: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if target.exists():
            _refuse_if_open(target)
        shutil.copyfile(file, made)
        with closing(sqlite3.connect(made, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("UPDATE house SET epoch = ?", (uuid.uuid4().hex,))
        if target.exists():
            aside = folder / f"before-restore-{uuid.uuid4().hex[:8]}"
            aside.mkdir()
            shutil.copyfile(target, aside / FILE)
        _keep(made)
        made.replace(target)
        _keep(folder)
    except (OSError, sqlite3.Error) as error:
        if aside is not None:
            shutil.rmtree(aside)
        raise Known("hosting.unwritable", path=str(folder), reason=str(error)) from error
    finally:
        made.unlink(missing_ok=True)
    return aside


def _keep(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _examine(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            connection.execute("SELECT epoch FROM house").fetchone()
        if not sound:
            raise Known("backup.unreadable", path=str(file), reason="it is damaged")
    except (OSError, sqlite3.Error) as error:
        raise Known("backup.unreadable", path=str(file), reason=str(error)) from error


def _refuse_if_open(target: Path) -> None:
    # A running hosting holds a read lock through its write-ahead log: leaving that mode needs to be alone.
    with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            connection.execute("COMMIT")
            if mode == "wal" and connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise Known("backup.running", path=str(target))
        except sqlite3.OperationalError as error:
            raise Known("backup.running", path=str(target)) from error
