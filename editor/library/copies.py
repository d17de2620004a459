"""The daily copies of a library, and putting one back.

A copy is a whole library in one file, made beside the library in `copies/` while others go on reading and writing. It
is read back in full before it gets its name, so a library that has gone bad never pushes out the good copies. Names
carry a count that goes up with each copy, and the day for people; which is older is told by the count, so a clock that
is set back confuses nothing.
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

from editor.errors import Known
from editor.library.examine import examine, read_only
from editor.library.faults import COPIES, damaged, told
from editor.library.tables import SCHEMA
from editor.schedule import wire

FILE = "library.db"
"""The library's file within its folder."""
_NAME = re.compile(r"library-(\d+)-(\d{4}-\d\d-\d\d)\.db")
_MAKING = ".making-"
_LEFT_OVER_S = 86_400
"""After this a half-made copy is what a killed program left."""


def copies(root: Path) -> tuple[Path, ...]:
    """The copies of the library in `root`, newest first."""
    folder = root / COPIES
    found = [(int(name[1]), path) for path in _listed(folder) if (name := _NAME.fullmatch(path.name))]
    return tuple(path for _, path in sorted(found, reverse=True))


def newest_whole(root: Path) -> tuple[Path, date] | None:
    """The newest copy that can be read in full, and its day; None where there is none."""
    copy = next((path for path in copies(root) if _whole(path)), None)
    return None if copy is None else (copy, date.fromisoformat(_NAME.fullmatch(copy.name)[2]))  # type: ignore[index]


def make_copy(root: Path, day: date, *, keep: int, always: bool = False) -> Path | None:
    """Copy the library unless there is a copy of that day, and let go of the oldest above `keep`.

    Args:
        root: The library's folder.
        day: The day it is, for people.
        keep: How many copies are kept.
        always: Make one even if there is one of that day.

    Returns:
        The copy, or None where the day has one.

    Raises:
        Known: ``library.damaged`` where the library cannot be read in full (no copy is made and none let go),
            ``library.full``, ``library.unwritable``, ``library.gone``.
    """
    before = copies(root)
    if before and not always and _NAME.fullmatch(before[0].name)[2] == day.isoformat():  # type: ignore[index]
        return None
    source = root / FILE
    folder = root / COPIES
    with _writing(folder):
        folder.mkdir(exist_ok=True)
    for place_of_work in (root, folder):
        _sweep(place_of_work)
    count = 1 + max((int(_NAME.fullmatch(path.name)[1]) for path in before), default=0)  # type: ignore[index]
    making = made_aside(folder)
    try:
        making.unlink(missing_ok=True)
        with told(source), closing(read_only(source)) as connection:
            connection.execute("PRAGMA query_only = OFF")  # or the copy could not be written; the file itself is ro
            # As an address, for the path itself may hold bytes that are no text.
            connection.execute("VACUUM INTO ?", (making.absolute().as_uri(),))
        _read_back(source, making)
        made = folder / f"library-{count:05}-{day.isoformat()}.db"
        place(making, made)
    finally:
        making.unlink(missing_ok=True)
    for old in copies(root)[keep:]:
        with _writing(folder):
            old.unlink(missing_ok=True)
    return made


def restore_copy(root: Path, copy: Path | None = None) -> tuple[Path, Path]:
    """Put a copy in the library's place. What was there is moved aside, never deleted.

    No program must have the library open that is to go on with it: one that has will find its file gone, and says so.

    Args:
        root: The library's folder.
        copy: Which copy; without one, the newest that is whole.

    Returns:
        The copy that was put back, and the folder that now holds what was in its place.

    Raises:
        Known: ``library.no_copy`` where there is none that is whole; for a named one, what is wrong with it;
            ``library.unwritable``, ``library.full``.
    """
    if copy is None:
        newest = newest_whole(root)
        if newest is None:
            raise Known("library.no_copy", path=str(root / COPIES))
        copy = newest[0]
    else:
        examine(copy)
    making = made_aside(root)
    try:
        with _writing(root):
            making.write_bytes(copy.read_bytes())
            aside = _aside(root)
            # The log must not outlive the file it belongs to: SQLite would fold it into the copy.
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                with suppress(FileNotFoundError):
                    (root / name).rename(aside / name)
        place(making, root / FILE)
    finally:
        making.unlink(missing_ok=True)
    return copy, aside


def made_aside(folder: Path) -> Path:
    """Where this process makes a file that will get its name in this folder when it is whole."""
    return folder / f"{_MAKING}{os.getpid()}.db"


def place(made: Path, target: Path) -> None:
    """Give a finished file its name, at once and durably, and never over a file that is there.

    Raises:
        Known: ``library.unwritable``, ``library.full``.
        FileExistsError: the target is there already.
    """
    with _writing(target.parent):
        with made.open("rb+") as file:
            os.fsync(file.fileno())
        try:
            os.link(made, target)
        except FileExistsError:
            raise
        except OSError:  # a drive without hard links, such as a memory stick
            if target.exists():
                raise FileExistsError(target) from None
            made.rename(target)
        made.unlink(missing_ok=True)
        flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can (not on Windows, which needs no help)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _listed(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _whole(path: Path) -> bool:
    try:
        examine(path)
    except Known:
        return False
    return True


def _read_back(source: Path, copy: Path) -> None:
    """Read a copy in full: each page, and where the tables are today's, each draft, and each version by its hash."""
    try:
        stamp = examine(copy)
    except Known as error:
        raise damaged(source, str(error.facts.get("reason", error.code))) from error
    if stamp < SCHEMA:
        return
    with told(copy), closing(read_only(copy)) as connection:
        for name, body in connection.execute("SELECT id, body FROM webinars"):
            try:
                msgspec.json.decode(body)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise damaged(source, f"draft {name}") from error
        for identity, parents, body in connection.execute("SELECT hash, parents, body FROM versions"):
            if wire.identity(body, tuple(parents.split())) != identity:
                raise damaged(source, f"version {identity}")


def _sweep(folder: Path) -> None:
    """Remove what killed programs left half-made, and leave what others are at."""
    for path in _listed(folder):
        if path.name.startswith(_MAKING):
            with _writing(folder), suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _LEFT_OVER_S:
                    path.unlink()


def _aside(root: Path) -> Path:
    count = 1
    while True:
        folder = root / f"aside-{count}"
        try:
            folder.mkdir()
        except FileExistsError:
            count += 1
        else:
            return folder


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Tell what the file system refuses."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise refusal(folder, error) from error


def refusal(path: Path, error: OSError) -> Known:
    """What an error of the file system means for the library."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Known("library.full", path=str(path))
    if isinstance(error, FileNotFoundError):
        return Known("library.gone", path=str(path))
    return Known("library.unwritable", path=str(path), reason=error.strerror or str(error))
