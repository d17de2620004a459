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

from editor.errors import Known

_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.ENODEV, errno.ENXIO}


def shown_name(path: Path) -> str:
    """A file's name for people: bytes that are no UTF-8 become �, line breaks and control characters a blank."""
    return one_line(os.fsencode(path.name).decode("utf-8", "replace")).strip()


def one_line(text: str) -> str:
    """A text without line breaks and control characters, which become blanks; what joins letters or says which way
    they are read (Arabic, Persian, joined emoji) stays.
    """
    return "".join(char if char.isprintable() or char in "\u200c\u200d\u200e\u200f" else " " for char in text)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system says of a file that cannot be read into a `Known` failure.

    Raises:
        Known: media.gone, media.forbidden or media.read_failed.
    """
    try:
        yield
    except PermissionError as error:
        raise Known("media.forbidden", name=shown_name(path)) from error
    except OSError as error:
        if error.errno in _NOT_THERE:
            raise Known("media.gone", name=shown_name(path)) from error
        raise Known("media.read_failed", name=shown_name(path), reason=error.strerror or str(error)) from error


def regular(path: Path) -> os.stat_result:
    """What the system knows of a file that can be read as one.

    Raises:
        Known: media.gone, media.forbidden, media.read_failed; media.no_file for a folder, a pipe or a device, which
            might never end; media.empty.
    """
    with reading(path):
        try:
            found = path.stat()
        except ValueError as error:  # a NUL in the path
            raise Known("media.gone", name=shown_name(path)) from error
    if not stat.S_ISREG(found.st_mode):
        raise Known("media.no_file", name=shown_name(path))
    if found.st_size == 0:
        raise Known("media.empty", name=shown_name(path))
    return found


def write_whole(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write a file so that it is there whole or not at all; with `durable`, on the disk before this returns.

    Raises:
        Known: media.unwritable, with the folder and the system's reason.
    """
    with made_aside(path) as aside, aside.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def made_aside(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; it becomes `path` at the end, or is removed if anything fails.

    Raises:
        Known: media.unwritable, with the folder and the system's reason.
    """
    aside = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield aside
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        folder = os.fsencode(path.parent).decode("utf-8", "replace")
        raise Known("media.unwritable", folder=folder, reason=error.strerror or str(error)) from error
