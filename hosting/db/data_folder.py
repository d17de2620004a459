"""The data folder of a hosting: who runs on it, whether its database is there, and that only one user may read it.

A hosting holds a lock on a file of the folder for as long as it runs. The system ends the lock with the process,
however that ends, so a killed hosting never keeps the next one from starting; the file itself stays.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from editor.errors import KnownError
from editor.private_files import create_private_file, make_private_folder, tighten_data_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

DATABASE_FILE = "hosting.db"
MEDIA_FOLDER = "media"
BACKUP_FOLDER = "backups"
"""The folder of the backups that are made before migrations."""
RESTORE_PREFIX = "before-restore-"
"""How the names of the folders begin that keep a database which a restore has replaced."""
LOCK_FILE = "hosting.lock"
_HOLDER_BYTES = 64
_WINDOWS_LOCK_OFFSET = 4096
"""Windows refuses to read what is locked, so the lock lies beyond the text."""


class DataFolderLock:
    """Exclusive use of a data folder, from `acquire` until `release` or the end of the process."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def acquire(cls, folder: Path) -> "DataFolderLock":
        """Lock a data folder, which exists, and write into its lock file which process does and since when.

        Raises:
            KnownError: ``hosting.running`` with the `pid` of the process that has locked it, and `since` (ISO 8601,
                UTC). ``hosting.unwritable``: the lock file cannot be written.
        """
        path = folder / LOCK_FILE
        try:
            create_private_file(path)
            file = path.open("r+b", buffering=0)
        except OSError as error:
            raise KnownError("hosting.unwritable", path=str(path), reason=error.strerror or str(error)) from error
        if not _try_lock(file):
            with file:
                pid, _, since = file.read(_HOLDER_BYTES).decode("ascii", "replace").strip().partition(" ")
            raise KnownError("hosting.running", path=str(folder), pid=pid, since=since)
        holder = f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}"
        with suppress(OSError):  # a full disk: the lock holds all the same
            # One write of a fixed length, so that a reader never sees half of it.
            file.write(holder.encode().ljust(_HOLDER_BYTES - 1) + b"\n")
        return cls(file)

    def release(self) -> None:
        """End the lock; calling it again does nothing."""
        self._file.close()


@contextmanager
def lock_data_folder(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder in a `with` block; raises as `DataFolderLock.acquire`."""
    lock = DataFolderLock.acquire(folder)
    try:
        yield
    finally:
        lock.release()


def has_database(folder: Path) -> bool:
    """Return whether a folder has a hosting's database: a file with tables, or one that cannot be read."""
    path = folder / DATABASE_FILE
    try:
        if path.stat().st_size == 0:
            return False
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
    except OSError:
        return False
    except sqlite3.Error:
        return True  # damaged or locked; opening it says what is wrong


def require_database(folder: Path) -> None:
    """Require that a folder has a hosting's database.

    Raises:
        KnownError: ``hosting.no_database``.
    """
    if not has_database(folder):
        raise KnownError("hosting.no_database", path=str(folder))


def prepare_data_folder(folder: Path) -> None:
    """Make a data folder and its database file if needed, and take away what permissions others have on them.

    Raises:
        KnownError: ``hosting.emptied``: the database is missing or empty although media or backups are beside it.
            ``hosting.unwritable``.
    """
    path = folder / DATABASE_FILE
    try:
        make_private_folder(folder)
        if not has_database(folder) and _has_remains(folder):
            # A new database would look as if everything were lost, and let the next visitor become its owner.
            raise KnownError("hosting.emptied", path=str(path))
        create_private_file(path)
    except OSError as error:
        raise KnownError("hosting.unwritable", path=str(folder), reason=error.strerror or str(error)) from error
    tighten_data_folder(folder, path, _list_own_files(folder))


def _has_remains(folder: Path) -> bool:
    log_file = folder / f"{DATABASE_FILE}-wal"
    if log_file.exists() and log_file.stat().st_size > 0:
        return True
    kept_folders = (folder / MEDIA_FOLDER, folder / BACKUP_FOLDER, *folder.glob(f"{RESTORE_PREFIX}*"))
    return any(path.is_file() for kept in kept_folders for path in kept.rglob("*"))


def _list_own_files(folder: Path) -> Iterator[Path]:
    """Yield what a hosting makes in its data folder, in which other files may be, too."""
    yield from (folder / MEDIA_FOLDER, folder / BACKUP_FOLDER)
    for pattern in (f"{RESTORE_PREFIX}*", "hosting.log*", f"{DATABASE_FILE}*", LOCK_FILE):
        yield from folder.glob(pattern)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(_WINDOWS_LOCK_OFFSET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        return False
    return True
