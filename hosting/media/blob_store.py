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

from editor.atomic_file import sync_folder
from editor.errors import KnownError
from hosting.db.database import disk_full_error

CHUNK_BYTES = 1024 * 1024
DISK_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What the system says of a disk that takes no more, by a quota or a limit too, or that fails."""


class BlobStore:
    """The files below one folder. All calls block."""

    def __init__(self, folder: Path) -> None:
        self._files_folder = folder / "files"
        self._parts_folder = folder / "parts"
        for subfolder in (self._files_folder, self._parts_folder):
            subfolder.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where a whole file is, if it is there."""
        return self._files_folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether a whole file is there."""
        return self.path(sha256).exists()

    def read_head(self, sha256: str) -> bytes:
        """A whole file's first bytes, which tell what it is."""
        with self.path(sha256).open("rb") as file:
            return file.read(16)

    def read_offset(self, upload: str) -> int:
        """How much of an upload is on the disk.

        Raises:
            KnownError: ``upload.unknown``.
        """
        try:
            return self._part_path(upload).stat().st_size
        except FileNotFoundError as error:
            raise KnownError("upload.unknown") from error

    def require_space(self, upload: str, size: int, reserve: int) -> None:
        """See to it that an upload has room and leaves some: a database that cannot grow would end every session.

        Raises:
            KnownError: ``hosting.full`` with `free` and `wanted`.
        """
        part = self._part_path(upload)
        missing_bytes = size - (part.stat().st_size if part.exists() else 0)
        if shutil.disk_usage(self._parts_folder).free < missing_bytes + reserve:
            raise disk_full_error(self._parts_folder, "an upload has no room", wanted=missing_bytes)

    def create_part(self, upload: str) -> None:
        """Make an empty part, unless there is one.

        Raises:
            KnownError: ``hosting.full``.
        """
        with _translate_disk_errors(self._parts_folder), self._part_path(upload).open("ab") as part:
            os.fsync(part.fileno())

    def open_part(self, upload: str, expected_offset: int, max_size: int, checksum: bytes | None) -> "PartWriter":
        """Begin to add bytes at the end of a part, which may have `most` in all.

        Raises:
            KnownError: ``upload.unknown``, ``upload.offset`` (`offset`: where it really is).
        """
        offset = self.read_offset(upload)
        if offset != expected_offset:
            raise KnownError("upload.offset", offset=offset)
        return PartWriter(self._part_path(upload), offset, max_size, checksum)

    def finish_part(self, upload: str, sha256: str) -> None:
        """Make a whole part visible under its hash; a part with other content is thrown away.

        Raises:
            KnownError: ``upload.wrong_hash``; ``hosting.full``, and the part stays.
        """
        part, target = self._part_path(upload), self.path(sha256)
        if not part.exists() and target.exists():
            return
        digest = hashlib.sha256()
        with part.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
        if digest.hexdigest() != sha256:
            part.unlink()
            raise KnownError("upload.wrong_hash", sha256=sha256)
        with _translate_disk_errors(self._files_folder):
            target.parent.mkdir(exist_ok=True)
            part.replace(target)
            sync_folder(target.parent)

    def delete_part(self, upload: str) -> None:
        """Throw a part away."""
        self._part_path(upload).unlink(missing_ok=True)

    def _part_path(self, upload: str) -> Path:
        return self._parts_folder / upload


class PartWriter:
    """Bytes on their way to the end of a part.

    What had arrived when the sender broke off stays, unless the sender named a checksum: then it is all or none. What
    is more than the upload has, or does not agree with its checksum, is taken back. All calls block.
    """

    def __init__(self, path: Path, offset: int, max_size: int, checksum: bytes | None) -> None:
        # Unbuffered: what `write` took is the kernel's, whatever becomes of this process.
        self._file = path.open("r+b", buffering=0)
        self._folder = path.parent
        self._file.seek(offset)
        self._start_offset = self._offset = offset
        self._max_size = max_size
        self._checksum = checksum
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Add bytes.

        Raises:
            KnownError: ``upload.too_long``; ``hosting.full``, and what was taken before stays.
        """
        if self._offset + len(data) > self._max_size:
            self._offset = self._start_offset
            raise KnownError("upload.too_long")
        if self._checksum is not None:
            self._digest.update(data)
        view = memoryview(data)
        try:
            while view:
                written = self._file.write(view) or 0
                self._offset += written
                view = view[written:]
        except OSError as error:
            durable_offset = self._offset if self._checksum is None else self._start_offset
            raise _translate_disk_error(error, self._folder, offset=durable_offset) from error

    def close(self, *, complete: bool) -> int:
        """To the disk; gives the offset from which the upload goes on. `whole`: the sender came to its end.

        Raises:
            KnownError: ``upload.checksum``, ``hosting.full``.
        """
        checksum_matches = self._checksum is None or (complete and self._digest.digest() == self._checksum)
        if not checksum_matches:
            self._offset = self._start_offset
        with self._file, _translate_disk_errors(self._folder):
            self._file.truncate(self._offset)
            try:
                os.fsync(self._file.fileno())
            except OSError:
                # Which of it reached the disk is not known, and asking again would not tell: none of it counts.
                self._file.truncate(self._start_offset)
                raise
        if complete and not checksum_matches:
            raise KnownError("upload.checksum")
        return self._offset


@contextmanager
def _translate_disk_errors(folder: Path) -> Iterator[None]:
    """Writing below a folder, where a disk that is full is told as such."""
    try:
        yield
    except OSError as error:
        raise _translate_disk_error(error, folder) from error


def _translate_disk_error(error: OSError, folder: Path, **facts: object) -> Exception:
    """That the disk is full where it is, else the failure itself."""
    return disk_full_error(folder, error.strerror or str(error), **facts) if error.errno in DISK_FULL_ERRNOS else error
