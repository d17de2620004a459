"""Finding contents again in files and folders: by size first, which costs nothing, then by hash."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from editor.errors import Known
from editor.media.digest import Digests
from editor.progress import Progress


def search(
    places: Iterable[Path], sizes: Mapping[str, int], digests: Digests, progress: Progress | None = None
) -> Iterator[tuple[str, Path]]:
    """Look for contents, and give each as it is found, once.

    Args:
        places: files, and folders that are looked through with all that is in them, links to folders excepted.
        sizes: the bytes of each wanted content by its hash; 0 where nobody knows, and then every file may be it.
        digests: hashes files.
        progress: told the bytes hashed of those that may have to be.

    Raises:
        Known: media.unwritable, when hashes cannot be remembered.
        Cancelled: the search was given up.
    """
    left = dict(sizes)
    asked = progress or Progress()
    candidates = list(_candidates(places, frozenset(sizes.values()), asked))
    total = sum(size for _, size in candidates)
    done = 0
    for path, size in candidates:
        if not left:
            return
        if 0 in left.values() or size in left.values():
            try:
                sha256 = digests.sha256(path, _Share(asked, done, total))
            except Known as error:
                if error.code == "media.unwritable":
                    raise
                sha256 = ""  # cannot be read, or is being written to: then it is not what is looked for
            if sha256 in left:
                del left[sha256]
                yield sha256, path
        done += size
        asked.report(done, total)


def _candidates(places: Iterable[Path], sizes: frozenset[int], progress: Progress) -> Iterator[tuple[Path, int]]:
    """Each file of a fitting size, once, those named first before those in folders."""
    seen: set[tuple[int, int]] = set()
    folders: list[Path] = []
    for place in places:
        try:
            found = place.stat()
        except (OSError, ValueError):
            continue
        if stat.S_ISDIR(found.st_mode):
            folders.append(place.absolute())
        elif _fits(found, sizes, seen):
            yield place.absolute(), found.st_size
    while folders:
        progress.report(0, 0)
        for file, found in _files_in(folders.pop(), folders):
            if _fits(found, sizes, seen):
                yield file, found.st_size


def _files_in(folder: Path, folders: list[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """What lies in a folder, by name; folders go on the list. What may not be read holds nothing for us."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in inside:
        try:
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                yield Path(entry.path), entry.stat()
        except OSError:
            continue


def _fits(found: os.stat_result, sizes: frozenset[int], seen: set[tuple[int, int]]) -> bool:
    identity = (found.st_dev, found.st_ino)
    if not stat.S_ISREG(found.st_mode) or not found.st_size or (found.st_ino and identity in seen):
        return False
    seen.add(identity)
    return 0 in sizes or found.st_size in sizes


class _Share(Progress):
    """One file's bytes within those of all."""

    def __init__(self, whole: Progress, before: int, total: int) -> None:
        super().__init__()
        self._whole = whole
        self._before = before
        self._total = total

    def report(self, done: int, total: int) -> None:
        self._whole.report(self._before + min(done, total), self._total)
