"""Backups of a running hosting, and going back to one.

A backup is one SQLite file, taken of a single moment while the hosting runs (`VACUUM INTO`). Media are named by their
content and never change, so the folder beside it can be copied by any tool at any time. A restored database gets a
new epoch: editors that synced with what was lost notice, and do not push blindly.
"""

import os
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

    Raises:
        Known: ``backup.unreadable``, ``backup.running`` (the hosting has the database open).
    """
    whole = _examined(file)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / FILE
    aside: Path | None = None
    if target.exists():
        _refuse_if_open(target)
        aside = folder / f"before-restore-{uuid.uuid4().hex[:8]}"
        aside.mkdir()
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            if (folder / name).exists():
                (folder / name).rename(aside / name)
    made = target.with_name(f".{FILE}.{os.getpid()}")
    made.write_bytes(whole)
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("UPDATE house SET epoch = ?", (uuid.uuid4().hex,))
    made.replace(target)
    return aside


def _examined(file: Path) -> bytes:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            connection.execute("SELECT epoch FROM house").fetchone()
        if not sound:
            raise Known("backup.unreadable", path=str(file), reason="it is damaged")
        return file.read_bytes()
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
