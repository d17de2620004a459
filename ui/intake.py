"""Taking files in, as a working thread does it: what is said on the way, what fails, and what is drawn afterwards.

No Qt here and no window; `ui.media_desk` runs these in the background and tells the window what it hears.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from editor.errors import Known
from editor.progress import Progress
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.peaks import Peaks
    from editor.media.shelf import Shelf


class Failure(msgspec.Struct, frozen=True):
    """A file that was not taken in, and why."""

    path: Path
    error: Known


class Taken(msgspec.Struct, frozen=True):
    """What came of taking files in: the media in the files' order, and what there is to say of the files."""

    media: tuple[Media, ...]
    failures: tuple[Failure, ...]
    notices: tuple[Known, ...]
    """What to know of media that can be used all the same, e.g. that the file was cut off."""


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
    notices: list[Known] = []
    for path, size in zip(files, sizes, strict=True):
        try:
            found = shelf.take(path, _Part(progress, before, size, total, partial(on_progress, path)))
        except Known as error:
            failures.append(Failure(path, error))
        else:
            media.append(found)
            notices += shelf.notices(found.sha256)
            on_known(path, found)
        before += size
        progress.report(before, total)
    return Taken(tuple(media), tuple(failures), tuple(notices))


class Drawn(Protocol):
    """Who is told what was drawn."""

    def __call__(self, sha256: str, percent: int, /) -> None:
        """Of this media there is more to see, and so many percent are done."""


def draw_all(
    shelf: "Shelf",
    media: Iterable[Media],
    progress: Progress,
    *,
    on_drawn: Drawn,
    on_peaks: "Callable[[str, Peaks], None]",
) -> tuple[Failure, ...]:
    """Draw what the timeline shows of media (thumbnails, waveform, pages), one after another.

    Args:
        shelf: where the files and the drawings are.
        media: what to draw.
        progress: told how far it is, in thousandths of a media.
        on_drawn: told a media's hash and how many percent of its drawing are done, whenever there is more to see.
        on_peaks: told a media's hash and its waveform as far as it is measured.

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
            _draw(shelf, each, part, on_peaks)
        except Known as error:
            failures.append(Failure(Path(each.name), error))
        on_drawn(each.sha256, 100)
        progress.report((number + 1) * 1000, len(every) * 1000)
    return tuple(failures)


def _draw(shelf: "Shelf", media: Media, progress: "_Part", on_peaks: "Callable[[str, Peaks], None]") -> None:
    from editor.media import pictures, slides

    if media.kind == "presentation":
        if shelf.state(media.sha256) == "unprepared":
            shelf.document(media.sha256, progress)
        for page in range(media.pages):
            slides.shown_page(shelf, media.sha256, page, PAGE_WIDTH)
            progress.report(page + 1, media.pages)
        return
    sounds = media.kind == "audio" or media.has_audio
    shows = media.kind in {"video", "image"}
    if shows:
        pictures.make_thumbnails(
            shelf, media, _Part(progress, 0, 1, 1 + sounds, progress.tell), lambda *_: progress.tell()
        )
    if sounds:
        told = partial(on_peaks, media.sha256)
        told(pictures.make_peaks(shelf, media, _Part(progress, int(shows), 1, 1 + shows, progress.tell), told))


PAGE_WIDTH = 320
"""Pixels across of the page pictures drawn at import: enough for the bin and the timeline."""


class _Part(Progress):
    """The share of one file in the progress of many; it tells of percents at most 20 times a second."""

    def __init__(self, whole: Progress, before: int, size: int, total: int, on_percent: Callable[[int], None]) -> None:
        super().__init__()
        self._whole = whole
        self._before = before
        self._size = size
        self._total = total
        self._on_percent = on_percent
        self._told = 0.0
        self._percent = 0

    def report(self, done: int, total: int) -> None:
        share = min(done, total) * 1000 // total if total > 0 else 0
        self._whole.report((self._before * 1000 + self._size * share), self._total * 1000)
        self._percent = share // 10
        self.tell()

    def tell(self, *_: object) -> None:
        """Tell how far it is, unless that was done just now."""
        now = time.monotonic()
        if now - self._told > 0.05:
            self._told = now
            self._on_percent(self._percent)

    def cancel(self) -> None:
        self._whole.cancel()

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled


class Halves:
    """One progress told by two stages of work, one after the other."""

    def __init__(self, whole: Progress) -> None:
        self.first: Progress = _Half(whole, 0)
        self.second: Progress = _Half(whole, 1000)


class _Half(Progress):
    def __init__(self, whole: Progress, before: int) -> None:
        super().__init__()
        self._whole = whole
        self._before = before

    def report(self, done: int, total: int) -> None:
        self._whole.report(self._before + (min(done, total) * 1000 // total if total > 0 else 0), 2000)

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled


def _size(path: Path) -> int:
    try:
        return max(path.stat().st_size, 1)
    except OSError:
        return 1  # the shelf says what is wrong with it
