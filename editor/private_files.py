"""Files and folders that only the user who runs the program may read, whatever the user's mask.

The library and the hosting hold accounts, secrets and what attendees wrote. SQLite gives the write-ahead log and its
index the permissions of the database, so the database is made here before SQLite opens it. What a user exports on
purpose is written elsewhere, and keeps the user's mask. On Windows, permissions come from the user's profile folder.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700
_OTHERS_MASK = 0o077


def make_private_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, so that only this user may enter; an existing one stays.

    Raises:
        OSError: It cannot be made, or a file has its name.
    """
    if path.is_dir():
        return
    if path.parent != path:
        make_private_folder(path.parent)
    path.mkdir(mode=PRIVATE_FOLDER_MODE, exist_ok=True)


def create_private_file(path: Path) -> None:
    """Create an empty file that only this user may read; an existing one stays as it is.

    Raises:
        OSError: It cannot be created.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE_MODE))


def tighten_permissions(paths: Iterable[Path]) -> None:
    """Take all permissions of others away from files, and from folders with all that is in them.

    Earlier versions made them with the user's mask. Symbolic links are not followed, and what belongs to another user
    stays as it is.
    """
    if os.name == "nt":
        return
    for path in paths:
        _tighten(path)
        if path.is_dir() and not path.is_symlink():
            for folder, names, file_names in os.walk(path):
                for name in (*names, *file_names):
                    _tighten(Path(folder, name))


def tighten_data_folder(folder: Path, database: Path, contents: Iterable[Path]) -> None:
    """Take all permissions of others away from a data folder of an earlier version, and from what it holds.

    The contents are walked only while others may enter the folder or read its database.

    Args:
        folder: The data folder, in which files of the user may be, too.
        database: The database in it, which exists.
        contents: The program's own files and folders in it.
    """
    if is_private(folder) and is_private(database):
        return
    tighten_permissions([database])
    if is_private(database):  # else the drive has no permissions, as a memory stick
        # The folder comes last: if this is interrupted, the next start begins again.
        tighten_permissions(contents)
        _tighten(folder)


def is_private(path: Path) -> bool:
    """Return whether others have no permission on a file or folder; True where there is none."""
    try:
        return os.name == "nt" or not path.lstat().st_mode & _OTHERS_MASK
    except OSError:
        return True


def _tighten(path: Path) -> None:
    with suppress(OSError):  # gone meanwhile, or of another user
        mode = path.lstat().st_mode
        if mode & _OTHERS_MASK and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS_MASK)
