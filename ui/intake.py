"""Taking files in, as a working thread does it: what is said on the way, what fails, and what is drawn afterwards.

No Qt here and no window; `ui.media_desk` runs these in the background and tells the window what it hears.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from editor.errors import Known
from editor.progress import Progress
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.shelf import Shelf


class Failure(msgspec.Struct, frozen=True):
    """A file that was not taken in, and why."""

    path: Path
    error: Known


class Taken(msgspec.Struct, frozen=True):
    """What came of taking files in: the media in the files' order, and the files that failed."""

    media: tuple[Media, ...]
    failures: tuple[Failure, ...]


def spread_folders(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files meant by what was dropped: a folder means the files that lie in it, by name; no file comes twice."""
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
            files.update(dict.fromkeys(inside))
        else:
            files[path] = None
    return tuple(files)


def take_all(
    shelf: "Shelf",
    paths: Iterable[Path],
    progress: Progress,
    *,
    on_progress: Callable[[Path, int], None],
    on_known: Callable[[Path, Media], None],
) -> Taken:
    """Hash and probe files one after another; one that fails does not keep the others from coming in.

    Args:
        shelf: where they become known.
        paths: files, or folders of files.
        progress: told the bytes done of all bytes; its cancel ends the file under way too.
        on_progress: told a file and how many percent of it are read.
        on_known: told a file and what it turned out to be, as soon as that is known.

    Raises:
        Cancelled: it was given up; what had become known stays known.
    """
    files = spread_folders(paths)
    sizes = [_size(path) for path in files]
    total = sum(sizes)
    before = 0
    media: list[Media] = []
    failures: list[Failure] = []
    for path, size in zip(files, sizes, strict=True):
        try:
            found = shelf.take(path, _Part(progress, before, size, total, partial(on_progress, path)))
        except Known as error:
            failures.append(Failure(path, error))
        else:
            media.append(found)
            on_known(path, found)
        before += size
        progress.report(before, total)
    return Taken(tuple(media), tuple(failures))


def draw_all(
    shelf: "Shelf",
    media: Iterable[Media],
    progress: Progress,
    *,
    on_drawn: Callable[[str, int], None],
) -> tuple[Failure, ...]:
    """Draw what the timeline shows of media (thumbnails, waveform, pages), one after another.

    Args:
        shelf: where the files and the drawings are.
        media: what to draw.
        progress: told how far it is, in thousandths of a media.
        on_drawn: told a media's hash and how many percent of its drawing are done, whenever there is more to see.

    Returns:
        The media that could not be drawn, and why; the others are drawn all the same.

    Raises:
        Cancelled: it was given up; what is drawn stays.
    """
    every = tuple(media)
    failures: list[Failure] = []
    for number, each in enumerate(every):
        part = _Part(progress, number * 1000, 1000, len(every) * 1000, partial(on_drawn, each.sha256))
        try:
            _draw(shelf, each, part, on_drawn)
        except Known as error:
            failures.append(Failure(Path(each.name), error))
        on_drawn(each.sha256, 100)
        progress.report((number + 1) * 1000, len(every) * 1000)
    return tuple(failures)


def _draw(shelf: "Shelf", media: Media, progress: Progress, on_drawn: Callable[[str, int], None]) -> None:
    from editor.media import pictures, slides

    def each(*_: object) -> None:
        on_drawn(media.sha256, progress.percent if isinstance(progress, _Part) else 0)

    if media.kind == "presentation":
        for page in range(media.pages):
            progress.report(page, media.pages)
            slides.page_picture(shelf, media.sha256, page, PAGE_WIDTH)
            each()
        return
    if media.kind == "audio" or media.has_audio:
        pictures.make_peaks(shelf, media, progress)
    if media.kind in {"video", "image"}:
        pictures.make_thumbnails(shelf, media, progress, each)


PAGE_WIDTH = 320
"""Pixels across of the page pictures drawn at import: enough for the bin and the timeline."""


class _Part(Progress):
    """The share of one file in the progress of many; it reports at most 20 times a second, for the window's sake."""

    def __init__(self, whole: Progress, before: int, size: int, total: int, on_percent: Callable[[int], None]) -> None:
        super().__init__()
        self._whole = whole
        self._before = before
        self._size = size
        self._total = total
        self._on_percent = on_percent
        self._told = 0.0
        self.percent = 0

    def report(self, done: int, total: int) -> None:
        share = min(done, total) * 1000 // total if total > 0 else 0
        self._whole.report(self._before + self._size * share // 1000, self._total)
        now = time.monotonic()
        if share // 10 != self.percent and now - self._told > 0.05:
            self._told = now
            self.percent = share // 10
            self._on_percent(self.percent)

    def cancel(self) -> None:
        self._whole.cancel()

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled


def _size(path: Path) -> int:
    try:
        return max(path.stat().st_size, 1)
    except OSError:
        return 1  # the shelf says what is wrong with it
