"""Files on disk as the room of media handles them: names fit for people, failures as `Known`, whole or no files.

A path may hold any bytes but NUL; what is shown of it is `shown_name`. What is written is written aside and renamed,
so that a reader (or a second program) sees the old file, the new one or none, never a half.
"""

import errno
import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.errors import KnownError

_MISSING_FILE_ERRNOS = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.ENODEV, errno.ENXIO}


def display_name(path: Path) -> str:
    """A file's name for people: bytes that are no UTF-8 become �, line breaks and control characters a blank."""
    return to_one_line(os.fsencode(path.name).decode("utf-8", "replace")).strip()


def to_one_line(text: str) -> str:
    """A text without line breaks and control characters, which become blanks; what joins letters or says which way
    they are read (Arabic, Persian, joined emoji) stays.
    """
    return "".join(char if char.isprintable() or char in "\u200c\u200d\u200e\u200f" else " " for char in text)


@contextmanager
def translate_read_errors(path: Path) -> Iterator[None]:
    """Turn what the system says of a file that cannot be read into a `Known` failure.

    Raises:
        Known: media.gone, media.forbidden or media.read_failed.
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
    """What the system knows of a file that can be read as one.

    Raises:
        Known: media.gone, media.forbidden, media.read_failed; media.no_file for a folder, a pipe or a device, which
            might never end; media.empty.
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
    """Write a file so that it is there whole or not at all; with `durable`, on the disk before this returns.

    Raises:
        Known: media.unwritable, with the folder and the system's reason.
    """
    with replace_atomically(path) as temporary, temporary.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def replace_atomically(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; it becomes `path` at the end, or is removed if anything fails.

    Raises:
        Known: media.unwritable, with the folder and the system's reason.
    """
    temporary = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        folder = os.fsencode(path.parent).decode("utf-8", "replace")
        raise KnownError("media.unwritable", folder=folder, reason=error.strerror or str(error)) from error
