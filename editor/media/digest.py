"""The SHA-256 of files: in chunks that report, and remembered so that no file is hashed twice.

What is remembered is keyed by path, size, time of change and inode; any of them differing means hashing anew. The
memory lies in the cache, one small file per path, and may be deleted at any time. Units: bytes.
"""

import hashlib
import json
import os
from pathlib import Path

from editor.errors import Known
from editor.media.files import reading, regular, shown_name, write_whole
from editor.progress import Progress

CHUNK = 1 << 20


def sha256_of(path: Path, progress: Progress | None = None) -> str:
    """Hash a file (about 1.7 GB/s where the processor helps).

    Raises:
        Known: the file cannot be read, or media.changing when it was written to meanwhile.
        Cancelled: the work was given up.
    """
    before = regular(path)
    digest = hashlib.sha256()
    buffer = bytearray(CHUNK)
    view = memoryview(buffer)
    done = 0
    with reading(path), path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(view[:count])
            done += count
            if done > before.st_size:
                break  # it grows as fast as it is read
            if progress is not None:
                progress.report(done, before.st_size)
        after = os.fstat(file.fileno())
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise Known("media.changing", name=shown_name(path))
    return digest.hexdigest()


class Digests:
    """Hashes that remember. Safe for several threads and programs: each entry is a file written whole.

    Args:
        folder: where the memory lies.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sha256(self, path: Path, progress: Progress | None = None) -> str:
        """The file's SHA-256, from memory if the file is as it was.

        Raises:
            Known: as `sha256_of`.
            Cancelled: the work was given up.
        """
        seal = _seal(regular(path))
        entry = self._entry(path)
        try:
            known = json.loads(entry.read_bytes())
        except (OSError, ValueError):
            known = None
        if isinstance(known, dict) and known.get("seal") == seal and isinstance(known.get("sha256"), str):
            return str(known["sha256"])
        sha256 = sha256_of(path, progress)
        if _seal(regular(path)) != seal:
            raise Known("media.changing", name=shown_name(path))
        write_whole(entry, json.dumps({"seal": seal, "sha256": sha256}).encode())
        return sha256

    def _entry(self, path: Path) -> Path:
        key = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()
        return self._folder / key[:2] / f"{key}.json"


def _seal(found: os.stat_result) -> list[int]:
    """What must be as it was for a file to be taken as unchanged."""
    return [found.st_size, found.st_mtime_ns, found.st_ino]
