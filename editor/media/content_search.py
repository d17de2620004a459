"""Searching files and folders for media by content: by size first, which costs nothing, then by hash."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from editor.errors import KnownError
from editor.media.content_hash import ContentHasher
from editor.progress import Progress


def search_by_hash(
    paths: Iterable[Path], sizes: Mapping[str, int], hasher: ContentHasher, progress: Progress | None = None
) -> Iterator[tuple[str, Path]]:
    """Search for contents and yield the hash and the file of each as it is found, once.

    Args:
        paths: Files, and folders that are searched recursively; links to folders are not followed.
        sizes: Size in bytes of each wanted content by its hash; 0 where it is unknown, which every file may match.
        hasher: Hashes the candidates.
        progress: Receives hashed bytes of all candidates.

    Raises:
        KnownError: ``media.unwritable`` when hashes cannot be cached.
        CancelledError: The progress was cancelled.
    """
    remaining = dict(sizes)
    search_progress = progress or Progress()
    candidates = list(_iter_candidates(paths, frozenset(sizes.values()), search_progress))
    total = sum(size for _, size in candidates)
    done = 0
    for path, size in candidates:
        if not remaining:
            return
        if 0 in remaining.values() or size in remaining.values():
            try:
                sha256 = hasher.get_sha256(path, search_progress.part(done, done + size, total))
            except KnownError as error:
                if error.code == "media.unwritable":
                    raise
                sha256 = ""  # unreadable, or being written to: no match
            if sha256 in remaining:
                del remaining[sha256]
                yield sha256, path
        done += size
        search_progress.report(done, total)


def _iter_candidates(paths: Iterable[Path], sizes: frozenset[int], progress: Progress) -> Iterator[tuple[Path, int]]:
    """Yield each file whose size fits, once; the named files come before those in folders."""
    seen_inodes: set[tuple[int, int]] = set()
    folders: list[Path] = []
    for path in paths:
        try:
            info = path.stat()
        except (OSError, ValueError):
            continue
        if stat.S_ISDIR(info.st_mode):
            folders.append(path.absolute())
        elif _is_candidate(info, sizes, seen_inodes):
            yield path.absolute(), info.st_size
    while folders:
        progress.report(0, 0)
        for file, info in _iter_files(folders.pop(), folders):
            if _is_candidate(info, sizes, seen_inodes):
                yield file, info.st_size


def _iter_files(folder: Path, pending_folders: list[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files of a folder by name and append its subfolders to a list; unreadable ones count as empty."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in inside:
        try:
            if entry.is_dir(follow_symlinks=False):
                pending_folders.append(Path(entry.path))
            else:
                yield Path(entry.path), entry.stat()
        except OSError:
            continue


def _is_candidate(info: os.stat_result, sizes: frozenset[int], seen_inodes: set[tuple[int, int]]) -> bool:
    identity = (info.st_dev, info.st_ino)
    if not stat.S_ISREG(info.st_mode) or not info.st_size or (info.st_ino and identity in seen_inodes):
        return False
    seen_inodes.add(identity)
    return 0 in sizes or info.st_size in sizes
