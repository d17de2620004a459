"""Files on the disk: parts of uploads, and complete files named by their SHA-256.

The length of a part is the offset of its upload, so after a crash there is no other record that could contradict it. A
complete file gets its name by one rename, after its content was read back and hashed.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.atomic_file import replace_file, sync_file
from editor.errors import KnownError
from editor.private_files import create_private_file, make_private_folder
from hosting.db.database import make_disk_full_error

CHUNK_BYTES = 1024 * 1024
DISK_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""Errors of a disk that is full, by a quota or a limit too, or that fails."""


class BlobStore:
    """Store of uploaded files below one folder: complete ones by their SHA-256, uploads under way ("parts") by id.

    It knows no accounts: which of them has which file is in the database. It keeps no state but the files, so any
    number of stores may share a folder. All methods block.

    Args:
        folder: The folder, which is created if needed.
    """

    def __init__(self, folder: Path) -> None:
        self._files_folder = folder / "files"
        self._parts_folder = folder / "parts"
        for subfolder in (self._files_folder, self._parts_folder):
            make_private_folder(subfolder)

    def find_path(self, sha256: str) -> Path:
        """Return the path that a complete file has or would have; the file need not exist."""
        return self._files_folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Return whether the store has a complete file, by its hash, of whatever account."""
        return self.find_path(sha256).exists()

    def read_head(self, sha256: str) -> bytes:
        """Return the first 16 bytes of a complete file, or fewer if it is shorter; they identify its type.

        Raises:
            FileNotFoundError: There is no such file.
        """
        with self.find_path(sha256).open("rb") as file:
            return file.read(16)

    def read_offset(self, upload: str) -> int:
        """Return how many bytes of an upload are on the disk, which is the offset at which it continues.

        Raises:
            KnownError: ``upload.unknown``: the upload has no part; it was never created, or is finished or deleted.
        """
        try:
            return self._part_path(upload).stat().st_size
        except FileNotFoundError as error:
            raise KnownError("upload.unknown") from error

    def require_space(self, upload: str, size: int, reserve: int) -> None:
        """Require that the rest of an upload fits on the disk and leaves a reserve, which the database needs.

        Args:
            upload: The upload's id; it need not have a part yet.
            size: Of the whole upload, in bytes.
            reserve: Bytes to leave free.

        Raises:
            KnownError: ``hosting.full`` with `free` and `wanted`, in bytes.
        """
        part = self._part_path(upload)
        missing_bytes = size - (part.stat().st_size if part.exists() else 0)
        if shutil.disk_usage(self._parts_folder).free < missing_bytes + reserve:
            raise make_disk_full_error(self._parts_folder, "an upload has no room", wanted=missing_bytes)

    def create_part(self, upload: str) -> None:
        """Create an empty part for an upload, flushed to the disk; an existing part keeps its bytes.

        Raises:
            KnownError: ``hosting.full``.
        """
        with _translate_disk_errors(self._parts_folder):
            create_private_file(self._part_path(upload))
            sync_file(self._part_path(upload))

    def open_part(self, upload: str, expected_offset: int, max_size: int, checksum: bytes | None) -> "PartWriter":
        """Open the part of an upload for appending; the caller closes the returned writer.

        One writer at a time: hold the upload's lock meanwhile (`HostingContext.upload_locks`).

        Args:
            upload: The upload's id.
            expected_offset: Where the sender wants to append, in bytes; it must be the part's length.
            max_size: How many bytes the part may have in all: the size of the upload.
            checksum: The SHA-256 (32 bytes) of the bytes to come; None if the sender named none.

        Raises:
            KnownError: ``upload.unknown``, ``upload.offset`` with the actual `offset`.
        """
        offset = self.read_offset(upload)
        if offset != expected_offset:
            raise KnownError("upload.offset", offset=offset)
        return PartWriter(self._part_path(upload), offset, max_size, checksum)

    def verify_part(self, upload: str, sha256: str) -> None:
        """Read all of a part and require that it has a hash; delete it if it has another.

        Nothing happens if there is no part.

        Args:
            upload: The upload's id.
            sha256: The hash that the content must have, in hexadecimal.

        Raises:
            KnownError: ``upload.wrong_hash``.
        """
        part = self._part_path(upload)
        digest = hashlib.sha256()
        try:
            with part.open("rb") as file:
                while chunk := file.read(CHUNK_BYTES):
                    digest.update(chunk)
        except FileNotFoundError:
            return
        if digest.hexdigest() != sha256:
            part.unlink()
            raise KnownError("upload.wrong_hash", sha256=sha256)

    def finish_part(self, upload: str, sha256: str) -> None:
        """Turn a part that `verify_part` has accepted into the complete file of its hash.

        Nothing happens if the part is gone and the complete file exists. The content is not checked here, and a
        complete file of the same hash is replaced.

        Raises:
            KnownError: ``hosting.full``; the part is kept.
            FileNotFoundError: There is neither the part nor the file.
        """
        part, target = self._part_path(upload), self.find_path(sha256)
        if not part.exists() and target.exists():
            return
        with _translate_disk_errors(self._files_folder):
            make_private_folder(target.parent)
            replace_file(part, target)

    def delete_part(self, upload: str) -> None:
        """Delete the part of an upload; without one nothing happens."""
        self._part_path(upload).unlink(missing_ok=True)

    def _part_path(self, upload: str) -> Path:
        return self._parts_folder / upload


class PartWriter:
    """Writer that appends the bytes of one request to the part of an upload; made by `BlobStore.open_part`.

    If the sender breaks off, the bytes received so far stay, unless it named a checksum: then all of them stay or none.
    Bytes beyond the end of the upload, or that do not match the checksum, are removed again by `close`, which must be
    called, after an error too. All methods block; use it from one thread at a time.
    """

    def __init__(self, path: Path, offset: int, max_size: int, checksum: bytes | None) -> None:
        # Unbuffered, so that written bytes are in the kernel even if this process is killed.
        self._file = path.open("r+b", buffering=0)
        self._folder = path.parent
        self._file.seek(offset)
        self._start_offset = self._offset = offset
        self._max_size = max_size
        self._checksum = checksum
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Append bytes to the part; they are surely on the disk only after `close`.

        Raises:
            KnownError: ``upload.too_long``: all bytes of this request will be dropped. ``hosting.full`` with the
                `offset` at which the upload continues, in bytes: without a checksum, what was written before is kept.
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
        """Flush to the disk and close; return the offset at which the upload continues, in bytes.

        If a checksum was named and `complete` is false, the bytes of this request are removed without an error.

        Args:
            complete: Whether the sender sent its body to the end.

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
                # After a failed fsync it is unknown which bytes reached the disk, so none of them count.
                self._file.truncate(self._start_offset)
                raise
        if complete and not checksum_matches:
            raise KnownError("upload.checksum")
        return self._offset


@contextmanager
def _translate_disk_errors(folder: Path) -> Iterator[None]:
    """Raise errors of a full or failing disk within the block as ``hosting.full``."""
    try:
        yield
    except OSError as error:
        raise _translate_disk_error(error, folder) from error


def _translate_disk_error(error: OSError, folder: Path, **facts: object) -> Exception:
    """Return ``hosting.full`` for an error of a full or failing disk, else the error itself."""
    return (
        make_disk_full_error(folder, error.strerror or str(error), **facts)
        if error.errno in DISK_FULL_ERRNOS
        else error
    )
