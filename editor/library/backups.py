"""Daily backups of a library, and restoring one.

A backup is a whole library in one file, made in the folder `copies` while other programs go on reading and writing. It
is read back in full before it gets its name, so a library that has gone bad never displaces the good backups. Names
carry a count that grows with each backup, and the day for people; the order is that of the counts, so a clock that is
set back confuses nothing.
"""

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

import msgspec

from editor.atomic_file import move_without_replacing
from editor.errors import KnownError
from editor.library.db_errors import BACKUP_FOLDER, make_damaged_error, translate_sqlite_errors
from editor.library.integrity import check_integrity, open_read_only
from editor.library.tables import SCHEMA
from editor.private_files import PRIVATE_FOLDER_MODE, create_private_file, make_private_folder
from editor.schedule import serialization

LIBRARY_FILE = "library.db"
"""The library's file within its folder."""
_BACKUP_NAME = re.compile(r"library-(\d+)-(\d{4}-\d\d-\d\d)\.db")
_TEMPORARY_PREFIX = ".making-"
_LEFTOVER_AGE_S = 86_400
"""After this a half-made copy is what a killed program left."""


def list_backups(root: Path) -> tuple[Path, ...]:
    """Return the files of the backups in a library's folder, newest first; none where there is no such folder.

    Raises:
        OSError: The folder of the backups may not be listed.
    """
    folder = root / BACKUP_FOLDER
    numbered = [(int(name[1]), path) for path in _list_files(folder) if (name := _BACKUP_NAME.fullmatch(path.name))]
    return tuple(path for _, path in sorted(numbered, reverse=True))


def find_newest_intact_backup(root: Path) -> tuple[Path, date] | None:
    """Return the newest backup in a library's folder that can be read in full, and its day; None for none."""
    backup = next((path for path in list_backups(root) if _is_intact(path)), None)
    return None if backup is None else (backup, date.fromisoformat(_BACKUP_NAME.fullmatch(backup.name)[2]))  # type: ignore[index]


def make_backup(root: Path, day: date, *, keep: int, force: bool = False) -> Path | None:
    """Back the library up unless there is a backup of that day, and delete the oldest beyond `keep`.

    Args:
        root: The library's folder.
        day: Today, which becomes part of the name.
        keep: How many backups are kept, the new one included.
        force: Make one even if there is one of that day.

    Returns:
        The new backup, or None where the newest one is of that day.

    Raises:
        KnownError: ``library.damaged`` where the library cannot be read in full (no copy is made and none let go),
            ``library.full``, ``library.unwritable``, ``library.gone``.
    """
    existing = list_backups(root)
    if existing and not force and _BACKUP_NAME.fullmatch(existing[0].name)[2] == day.isoformat():  # type: ignore[index]
        return None
    source = root / LIBRARY_FILE
    folder = root / BACKUP_FOLDER
    with _translate_os_errors(folder):
        make_private_folder(folder)
    for work_folder in (root, folder):
        _remove_leftovers(work_folder)
    count = 1 + max((int(_BACKUP_NAME.fullmatch(path.name)[1]) for path in existing), default=0)  # type: ignore[index]
    temporary = make_temporary_path(folder)
    try:
        with _translate_os_errors(folder):
            temporary.unlink(missing_ok=True)
            create_private_file(temporary)
        with translate_sqlite_errors(source), closing(open_read_only(source)) as connection:
            connection.execute("PRAGMA query_only = OFF")  # or the copy could not be written; the file itself is ro
            # As an address, for the path itself may hold bytes that are no text.
            connection.execute("VACUUM INTO ?", (temporary.absolute().as_uri(),))
        _verify_backup(source, temporary)
        backup = folder / f"library-{count:05}-{day.isoformat()}.db"
        move_into_place(temporary, backup)
    finally:
        temporary.unlink(missing_ok=True)
    for old in list_backups(root)[keep:]:
        with _translate_os_errors(folder):
            old.unlink(missing_ok=True)
    return backup


def restore_backup(root: Path, backup: Path | None = None) -> tuple[Path, Path]:
    """Put a backup in the library's place. What was there is moved aside, never deleted.

    A program that still has the library open will find its file gone, and says so.

    Args:
        root: The library's folder.
        backup: Which backup; without one, the newest intact one.

    Returns:
        The backup that was put back, and the folder ``aside-N`` that now holds what was in its place.

    Raises:
        KnownError: ``library.no_copy`` where there is none that is whole; for a named one, what is wrong with it;
            ``library.unwritable``, ``library.full``.
        FileExistsError: Another program made a library there at the same moment.
    """
    if backup is None:
        newest = find_newest_intact_backup(root)
        if newest is None:
            raise KnownError("library.no_copy", path=str(root / BACKUP_FOLDER))
        backup = newest[0]
    else:
        check_integrity(backup)
    temporary = make_temporary_path(root)
    try:
        with _translate_os_errors(root):
            create_private_file(temporary)
            temporary.write_bytes(backup.read_bytes())
            aside_folder = _make_aside_folder(root)
            # The log must not outlive the file it belongs to: SQLite would fold it into the copy.
            for name in (LIBRARY_FILE, f"{LIBRARY_FILE}-wal", f"{LIBRARY_FILE}-shm"):
                with suppress(FileNotFoundError):
                    (root / name).rename(aside_folder / name)
        move_into_place(temporary, root / LIBRARY_FILE)
    finally:
        temporary.unlink(missing_ok=True)
    return backup, aside_folder


def make_temporary_path(folder: Path) -> Path:
    """Return the path in a folder, the same at each call, for a database that this process is making."""
    return folder / f"{_TEMPORARY_PREFIX}{os.getpid()}.db"


def move_into_place(finished: Path, target: Path) -> None:
    """Rename a finished file, and never over a file that exists; file and name are on the disk when this returns.

    Raises:
        KnownError: ``library.unwritable``, ``library.full``, ``library.gone``.
        FileExistsError: The target is there already.
    """
    with _translate_os_errors(target.parent):
        move_without_replacing(finished, target)


def _list_files(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _is_intact(path: Path) -> bool:
    try:
        check_integrity(path)
    except KnownError:
        return False
    return True


def _verify_backup(source: Path, backup: Path) -> None:
    """Read a backup in full: each page, and in a current schema each draft, and each version by its hash."""
    try:
        schema = check_integrity(backup)
    except KnownError as error:
        raise make_damaged_error(source, str(error.facts.get("reason", error.code))) from error
    if schema < SCHEMA:
        return
    with translate_sqlite_errors(backup), closing(open_read_only(backup)) as connection:
        for name, body in connection.execute("SELECT id, body FROM webinars"):
            try:
                msgspec.json.decode(body)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise make_damaged_error(source, f"draft {name}") from error
        for identity, parents, body in connection.execute("SELECT hash, parents, body FROM versions"):
            if serialization.hash_version(body, tuple(parents.split())) != identity:
                raise make_damaged_error(source, f"version {identity}")


def _remove_leftovers(folder: Path) -> None:
    """Remove unfinished files of killed programs; recent ones may belong to running programs and stay."""
    for path in _list_files(folder):
        if path.name.startswith(_TEMPORARY_PREFIX):
            with _translate_os_errors(folder), suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _LEFTOVER_AGE_S:
                    path.unlink()


def _make_aside_folder(root: Path) -> Path:
    count = 1
    while True:
        folder = root / f"aside-{count}"
        try:
            folder.mkdir(mode=PRIVATE_FOLDER_MODE)
        except FileExistsError:
            count += 1
        else:
            return folder


@contextmanager
def _translate_os_errors(folder: Path) -> Iterator[None]:
    """Translate errors of the file system raised within into `KnownError`s."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise make_os_error_known(folder, error) from error


def make_os_error_known(path: Path, error: OSError) -> KnownError:
    """Return the `KnownError` that an error of the file system means for the library at `path`; it is not raised.

    It is ``library.full``, ``library.gone`` (there is no such file or folder), else ``library.unwritable`` with
    `reason`.
    """
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return KnownError("library.full", path=str(path))
    if isinstance(error, FileNotFoundError):
        return KnownError("library.gone", path=str(path))
    return KnownError("library.unwritable", path=str(path), reason=error.strerror or str(error))
