"""Files on the disk: parts that grow, and whole ones named by their SHA-256.

A part is a file whose length is the upload's offset, so there is nothing that could disagree with it after a crash.
A whole file appears under its hash by one rename, after its content was read back and agreed with that name.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from editor.errors import Known

CHUNK = 1024 * 1024


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

    def offset(self, upload: str) -> int:
        """How much of an upload is on the disk.

        Raises:
            Known: ``upload.unknown``.
        """
        try:
            return self._part(upload).stat().st_size
        except FileNotFoundError as error:
            raise Known("upload.unknown") from error

    def begin(self, upload: str) -> None:
        """Make an empty part."""
        with self._part(upload).open("xb") as part:
            os.fsync(part.fileno())

    def append(self, upload: str, at: int, chunks: Iterable[bytes], most: int, checksum: bytes | None) -> int:
        """Add bytes at the end, to the disk before this returns; gives the new offset.

        What had arrived when the sender broke off stays, unless the sender named a checksum: then it is all or none.

        Raises:
            Known: ``upload.offset`` (`offset`: where it really is), ``upload.too_long``, ``upload.checksum``.
        """
        path = self._part(upload)
        there = self.offset(upload)
        if there != at:
            raise Known("upload.offset", offset=there)
        digest = hashlib.sha256()
        with path.open("r+b") as part:
            part.seek(there)
            try:
                for chunk in chunks:
                    if part.tell() + len(chunk) > most:
                        raise Known("upload.too_long")
                    part.write(chunk)
                    digest.update(chunk)
                if checksum is not None and digest.digest() != checksum:
                    raise Known("upload.checksum")
            except BaseException as error:
                if checksum is not None or isinstance(error, Known):
                    part.truncate(there)
                raise
            finally:
                part.flush()
                os.fsync(part.fileno())
        return path.stat().st_size

    def finish(self, upload: str, sha256: str) -> None:
        """Make a whole part visible under its hash; a part with other content is thrown away.

        Raises:
            Known: ``upload.wrong_hash``.
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
        target.parent.mkdir(exist_ok=True)
        part.replace(target)
        _keep_name(target.parent)

    def forget(self, upload: str) -> None:
        """Throw a part away."""
        self._part(upload).unlink(missing_ok=True)

    def _part(self, upload: str) -> Path:
        return self._parts / upload


def _keep_name(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
