"""File helpers for media: display names, errors as `KnownError`, atomic writes.

A path may hold any bytes but NUL; `display_name` is what the screen shows. Files are written under a temporary name and
renamed, so a reader sees the old file, the new one or none, never an incomplete one.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor import atomic_file
from editor.errors import KnownError
from editor.private_files import make_private_folder

_MISSING_FILE_ERRNOS = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.ENODEV, errno.ENXIO}


def display_name(path: Path) -> str:
    """Return a file's name for the screen: invalid UTF-8 becomes �, line breaks and control characters spaces."""
    return to_one_line(os.fsencode(path.name).decode("utf-8", "replace")).strip()


def to_one_line(text: str) -> str:
    """Return a text with line breaks and all other unprintable characters replaced by spaces.

    Joiners and direction marks (Arabic, Persian, joined emoji) are kept.
    """
    return "".join(char if char.isprintable() or char in "\u200c\u200d\u200e\u200f" else " " for char in text)


@contextmanager
def translate_read_errors(path: Path) -> Iterator[None]:
    """Turn an `OSError` that is raised in a `with` block, of reading a file, into a `KnownError` with the file's name.

    Raises:
        KnownError: ``media.gone``, ``media.forbidden`` or ``media.read_failed``.
    """
    try:
        yield
    except PermissionError as error:
        raise KnownError("media.forbidden", name=display_name(path)) from error
    except OSError as error:
        if error.errno in _MISSING_FILE_ERRNOS:
            raise KnownError("media.gone", name=display_name(path)) from error
        raise KnownError("media.read_failed", name=display_name(path), reason=error.strerror or str(error)) from error


def require_regular_file(path: Path) -> os.stat_result:
    """Return the `stat` of a regular, non-empty file.

    Raises:
        KnownError: ``media.gone``, ``media.forbidden``, ``media.read_failed``; ``media.no_file`` for a folder, a pipe
            or a device, which might never end; ``media.empty``.
    """
    with translate_read_errors(path):
        try:
            info = path.stat()
        except ValueError as error:  # a NUL in the path
            raise KnownError("media.gone", name=display_name(path)) from error
    if not stat.S_ISREG(info.st_mode):
        raise KnownError("media.no_file", name=display_name(path))
    if info.st_size == 0:
        raise KnownError("media.empty", name=display_name(path))
    return info


def write_atomically(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write a file, or replace it, so that it is there whole or not at all; its folder is made if needed.

    Args:
        path: The file.
        data: All of its bytes.
        durable: Whether file and name are to be on the disk when this returns.

    Raises:
        KnownError: ``media.unwritable`` with the folder and the system's reason.
    """
    with _translate_write_errors(path):
        make_private_folder(path.parent)
        atomic_file.write_atomically(path, data, durable=durable)


@contextmanager
def replace_atomically(path: Path) -> Iterator[Path]:
    """Provide a temporary path beside `path` in a `with` block, whose file replaces `path` when the block ends.

    If the block raises, the temporary file is removed. The folder is made if needed. Nothing waits for the disk.

    Raises:
        KnownError: ``media.unwritable`` with the folder and the system's reason.
    """
    with _translate_write_errors(path):
        make_private_folder(path.parent)
        with atomic_file.replace_atomically(path, durable=False) as temporary:
            yield temporary


@contextmanager
def _translate_write_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        folder = os.fsencode(path.parent).decode("utf-8", "replace")
        raise KnownError("media.unwritable", folder=folder, reason=error.strerror or str(error)) from error
