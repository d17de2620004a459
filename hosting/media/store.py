"""Files on the disk: parts that grow, and whole ones named by their SHA-256.

A part is a file whose length is the upload's offset, so there is nothing that could disagree with it after a crash.
A whole file appears under its hash by one rename, after its content was read back and agreed with that name.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.errors import Known
from hosting.db import full

CHUNK = 1024 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What the system says of a disk that takes no more, by a quota or a limit too, or that fails."""


class Store:
    """The files below one folder. All calls block."""

    def __init__(self, folder: Path) -> None:
        self._files = folder / "files"
        self._parts = folder / "parts"
        for place in (self._files, self._parts):
            place.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where a whole file is, if it is there."""
        return self._files / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether a whole file is there."""
        return self.path(sha256).exists()

    def head(self, sha256: str) -> bytes:
        """A whole file's first bytes, which tell what it is."""
        with self.path(sha256).open("rb") as file:
            return file.read(16)

    def offset(self, upload: str) -> int:
        """How much of an upload is on the disk.

        Raises:
            Known: ``upload.unknown``.
        """
        try:
            return self._part(upload).stat().st_size
        except FileNotFoundError as error:
            raise Known("upload.unknown") from error

    def require(self, upload: str, size: int, reserve: int) -> None:
        """See to it that an upload has room and leaves some: a database that cannot grow would end every session.

        Raises:
            Known: ``hosting.full`` with `free` and `wanted`.
        """
        part = self._part(upload)
        wanted = size - (part.stat().st_size if part.exists() else 0)
        if shutil.disk_usage(self._parts).free < wanted + reserve:
            raise full(self._parts, "an upload has no room", wanted=wanted)

    def begin(self, upload: str) -> None:
        """Make an empty part, unless there is one.

        Raises:
            Known: ``hosting.full``.
        """
        with _written(self._parts), self._part(upload).open("ab") as part:
            os.fsync(part.fileno())

    def append(self, upload: str, at: int, most: int, checksum: bytes | None) -> "Appending":
        """Begin to add bytes at the end of a part, which may have `most` in all.

        Raises:
            Known: ``upload.unknown``, ``upload.offset`` (`offset`: where it really is).
        """
        there = self.offset(upload)
        if there != at:
            raise Known("upload.offset", offset=there)
        return Appending(self._part(upload), there, most, checksum)

    def finish(self, upload: str, sha256: str) -> None:
        """Make a whole part visible under its hash; a part with other content is thrown away.

        Raises:
            Known: ``upload.wrong_hash``; ``hosting.full``, and the part stays.
        """
        part, target = self._part(upload), self.path(sha256)
        if not part.exists() and target.exists():
            return
        digest = hashlib.sha256()
        with part.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != sha256:
            part.unlink()
            raise Known("upload.wrong_hash", sha256=sha256)
        with _written(self._files):
            target.parent.mkdir(exist_ok=True)
            part.replace(target)
            _keep_name(target.parent)

    def forget(self, upload: str) -> None:
        """Throw a part away."""
        self._part(upload).unlink(missing_ok=True)

    def _part(self, upload: str) -> Path:
        return self._parts / upload


class Appending:
    """Bytes on their way to the end of a part.

    What had arrived when the sender broke off stays, unless the sender named a checksum: then it is all or none. What
    is more than the upload has, or does not agree with its checksum, is taken back. All calls block.
    """

    def __init__(self, path: Path, at: int, most: int, checksum: bytes | None) -> None:
        # Unbuffered: what `write` took is the kernel's, whatever becomes of this process.
        self._file = path.open("r+b", buffering=0)
        self._folder = path.parent
        self._file.seek(at)
        self._began = self._at = at
        self._most = most
        self._checksum = checksum
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Add bytes.

        Raises:
            Known: ``upload.too_long``; ``hosting.full``, and what was taken before stays.
        """
        if self._at + len(data) > self._most:
            self._at = self._began
            raise Known("upload.too_long")
        if self._checksum is not None:
            self._digest.update(data)
        view = memoryview(data)
        try:
            while view:
                written = self._file.write(view) or 0
                self._at += written
                view = view[written:]
        except OSError as error:
            kept = self._at if self._checksum is None else self._began
            raise _foreseen(error, self._folder, offset=kept) from error

    def close(self, *, whole: bool) -> int:
        """To the disk; gives the offset from which the upload goes on. `whole`: the sender came to its end.

        Raises:
            Known: ``upload.checksum``, ``hosting.full``.
        """
        agrees = self._checksum is None or (whole and self._digest.digest() == self._checksum)
        if not agrees:
            self._at = self._began
        with self._file, _written(self._folder):
            self._file.truncate(self._at)
            try:
                os.fsync(self._file.fileno())
            except OSError:
                # Which of it reached the disk is not known, and asking again would not tell: none of it counts.
                self._file.truncate(self._began)
                raise
        if whole and not agrees:
            raise Known("upload.checksum")
        return self._at


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Writing below a folder, where a disk that is full is told as such."""
    try:
        yield
    except OSError as error:
        raise _foreseen(error, folder) from error


def _foreseen(error: OSError, folder: Path, **facts: object) -> Exception:
    """That the disk is full where it is, else the failure itself."""
    return full(folder, error.strerror or str(error), **facts) if error.errno in FULL else error


def _keep_name(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
