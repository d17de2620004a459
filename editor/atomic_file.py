"""Writing files whole: aside, to the disk, then renamed over the target.

A reader, a second program or a power cut sees the old file or the new one, never half of one. On POSIX a rename is
durable only once its folder is on the disk too, so the folder is synced after it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from editor.private_files import PRIVATE_FILE_MODE, create_private_file

LONGEST_SUFFIX = 16
"""Characters; a longer one is no file type, and might make the temporary name too long for the file system."""


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file, or replace it, so that it is there whole or not at all; only this user may read it.

    Args:
        path: The file; its folder exists.
        data: All of its bytes.
        durable: Whether file and name are on the disk when this returns. False for a cache, whose loss in a power cut
            does no harm: nothing waits for the disk then.

    Raises:
        OSError: It cannot be written; what was there is unchanged.
    """
    with replace_atomically(path, durable=durable) as temporary:
        create_private_file(temporary)
        temporary.write_bytes(data)


@contextmanager
def replace_atomically(path: Path, *, durable: bool = True, private: bool = True) -> Iterator[Path]:
    """Provide a temporary path beside `path` in a `with` block, whose file replaces `path` when the block ends.

    If the block raises, the temporary file is removed. Its name has the suffix of `path` and is short, because that of
    `path` may be the longest possible.

    Args:
        path: The file to replace; its folder exists.
        durable: Whether the file and its name are to be on the disk at the end.
        private: Whether only this user may read it; False for what the user exports, which keeps the user's mask.

    Raises:
        OSError: It cannot be written or renamed; what was there is unchanged.
    """
    suffix = path.suffix if len(path.suffix) <= LONGEST_SUFFIX else ""
    temporary = path.with_name(f".{os.urandom(16).hex()}{suffix}")
    try:
        yield temporary
        replace_file(temporary, path, durable=durable, private=private)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(finished: Path, target: Path, *, durable: bool = True, private: bool = True) -> None:
    """Rename a finished file over a target, which need not exist; its bytes need not be on the disk yet.

    Args:
        finished: The file.
        target: Its new path, on the same file system.
        durable: Whether the file and its name are to be on the disk at the end.
        private: Whether only this user may read it.

    Raises:
        OSError: It cannot be written or renamed; the target is unchanged.
    """
    if private:
        finished.chmod(PRIVATE_FILE_MODE)
    if durable:
        sync_file(finished)
    finished.replace(target)
    if durable:
        sync_folder(target.parent)


def move_without_replacing(finished: Path, target: Path) -> None:
    """Rename a finished file, and never over a file that exists; file and name are on the disk when this returns.

    Args:
        finished: The file, whose bytes need not be on the disk yet.
        target: Its new path, on the same file system.

    Raises:
        FileExistsError: The target exists; `finished` stays.
        OSError: It cannot be renamed.
    """
    sync_file(finished)
    try:
        os.link(finished, target)
    except FileExistsError:
        raise
    except OSError:  # a drive without hard links, such as a memory stick
        if target.exists():
            raise FileExistsError(target) from None
        finished.rename(target)
    finished.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk.

    Raises:
        OSError: The file cannot be opened for writing, or the disk is full or failing.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can; errors are ignored (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
