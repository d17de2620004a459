"""SHA-256 of files, computed in chunks with progress in bytes and cached on disk.

A cached hash is valid while path, size, modification time and inode are the same. The cache has one small file per
path and may be deleted at any time.
"""

import hashlib
import json
import os
from pathlib import Path

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file, translate_read_errors, write_atomically
from editor.progress import Progress

CHUNK_BYTES = 1 << 20


def hash_file(path: Path, progress: Progress | None = None) -> str:
    """Compute the SHA-256 of a file, as 64 hexadecimal digits; nothing is cached.

    Args:
        path: The file.
        progress: Receives bytes read.

    Raises:
        KnownError: ``media.changing``: it was written to meanwhile. Or the codes of `require_regular_file`.
        CancelledError: The progress was cancelled.
    """
    before = require_regular_file(path)
    digest = hashlib.sha256()
    buffer = bytearray(CHUNK_BYTES)
    view = memoryview(buffer)
    done = 0
    with translate_read_errors(path), path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(view[:count])
            done += count
            if done > before.st_size:
                break  # a file that grows as fast as it is read would never end
            if progress is not None:
                progress.report(done, before.st_size)
        after = os.fstat(file.fileno())
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise KnownError("media.changing", name=display_name(path))
    return digest.hexdigest()


class ContentHasher:
    """Hashes of files, cached by path, size, modification time and inode; safe for several threads and programs.

    Args:
        folder: Folder of the cache, created when something is first stored; it may be deleted at any time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_sha256(self, path: Path, progress: Progress | None = None) -> str:
        """Return the SHA-256 of a file, from the cache if its size, modification time and inode are unchanged.

        Args:
            path: The file.
            progress: Receives bytes read; nothing where the hash is cached.

        Raises:
            KnownError: The codes of `hash_file`; ``media.unwritable``: the cache cannot be written.
            CancelledError: The progress was cancelled.
        """
        signature = _file_signature(require_regular_file(path))
        cache_file = self._cache_file(path)
        try:
            cached = json.loads(cache_file.read_bytes())
        except (OSError, ValueError):
            cached = None
        if isinstance(cached, dict) and cached.get("seal") == signature and isinstance(cached.get("sha256"), str):
            return str(cached["sha256"])
        sha256 = hash_file(path, progress)
        if _file_signature(require_regular_file(path)) != signature:
            raise KnownError("media.changing", name=display_name(path))
        write_atomically(cache_file, json.dumps({"seal": signature, "sha256": sha256}).encode())
        return sha256

    def _cache_file(self, path: Path) -> Path:
        key = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()
        return self._folder / key[:2] / f"{key}.json"


def _file_signature(info: os.stat_result) -> list[int]:
    """Return the values whose equality means that a file is unchanged."""
    return [info.st_size, info.st_mtime_ns, info.st_ino]
