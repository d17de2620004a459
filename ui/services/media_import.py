"""Importing files in a background thread: adding them to the catalog, then making their previews.

This module is free of Qt; `ui.services.media_service` runs it and passes its callbacks on as signals.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from editor.errors import KnownError
from editor.progress import Progress
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog
    from editor.media.previews.peaks import Peaks


class ImportingFile(msgspec.Struct, frozen=True):
    """A file that is being imported and is not probed yet; `percent` of it, 0 to 100, are read; immutable."""

    path: Path
    percent: int


class ImportJob(msgspec.Struct):
    """What one task of the media service still works on: files not probed yet, and hashes of media without previews.

    Changed while the task runs, on the GUI thread.
    """

    importing: list[Path] = []
    drawing: list[str] = []


class ImportFailure(msgspec.Struct, frozen=True):
    """A file that could not be imported, or whose previews could not be made, and why; immutable.

    Where previews failed, `path` is the name of the media alone.
    """

    path: Path
    error: KnownError


class ImportResult(msgspec.Struct, frozen=True):
    """The result of `import_all`: the media in the order of the files, the failures, and the warnings; immutable."""

    media: tuple[Media, ...]
    failures: tuple[ImportFailure, ...]
    notices: tuple[KnownError, ...]
    """Warnings about usable media, such as a file that was cut off."""


def expand_folders(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Replace each folder by the files directly in it, sorted by path, and drop repeated paths.

    Left out are subfolders, and files whose names begin with a dot. Other paths stay as they are, in order, whether
    they exist or not; so does a folder that cannot be listed, for adding it then fails with a reason.
    """
    files: dict[Path, None] = {}
    for path in paths:
        try:
            is_folder = path.is_dir()
            inside = sorted(each for each in path.iterdir() if each.is_file()) if is_folder else [path]
        except OSError:
            files[path] = None
        else:
            files.update(dict.fromkeys(each for each in inside if not (is_folder and each.name.startswith("."))))
    return tuple(files)


def import_all(
    catalog: "MediaCatalog",
    paths: Iterable[Path],
    progress: Progress,
    *,
    on_progress: Callable[[Path, int], None],
    on_known: Callable[[Path, Media], None],
) -> ImportResult:
    """Add files to the catalog one after another, in the calling thread; a failure does not stop the others.

    Args:
        catalog: The catalog of the library.
        paths: Files, or folders of files.
        progress: Receives bytes of all files.
        on_progress: Called with a file and how many percent of it are read.
        on_known: Called with a file and its media as soon as it is probed.

    Returns:
        The imported media, the failures and the warnings.

    Raises:
        CancelledError: The progress was cancelled; media added before stay in the catalog.
    """
    files = expand_folders(paths)
    sizes = [_file_size(path) for path in files]
    total = sum(sizes)
    bytes_done = 0
    media: list[Media] = []
    failures: list[ImportFailure] = []
    notices: list[KnownError] = []
    for path, size in zip(files, sizes, strict=True):
        try:
            imported = catalog.add_file(
                path, _FileProgress(progress, bytes_done, size, total, partial(on_progress, path))
            )
        except KnownError as error:
            failures.append(ImportFailure(path, error))
        else:
            media.append(imported)
            notices += catalog.list_notices(imported.sha256)
            on_known(path, imported)
        bytes_done += size
        progress.report(bytes_done, total)
    return ImportResult(tuple(media), tuple(failures), tuple(notices))


class PreviewListener(Protocol):
    """The type of the callback of `make_all_previews`, called in its thread whenever a media has new previews."""

    def __call__(self, sha256: str, percent: int, /) -> None:
        """Handle that a media (by its hash) has new previews, of which `percent` (0 to 100) are made."""


def make_all_previews(
    catalog: "MediaCatalog",
    media: Iterable[Media],
    progress: Progress,
    *,
    on_preview: PreviewListener,
    on_peaks: "Callable[[str, Peaks], None]",
) -> tuple[ImportFailure, ...]:
    """Make the previews of media (thumbnails, peaks, pages) one after another, in the calling thread.

    Args:
        catalog: Gives the files and the cache.
        media: The media to make previews of.
        progress: Receives thousandths of each media.
        on_preview: Called with a media's hash and its percentage whenever it has new previews.
        on_peaks: Called with a media's hash and its peaks so far.

    Returns:
        The media whose previews failed, and why; the others have theirs all the same.

    Raises:
        CancelledError: The progress was cancelled; previews made before are kept.
    """
    all_media = tuple(media)
    failures: list[ImportFailure] = []
    for number, each in enumerate(all_media):
        file_progress = _FileProgress(
            progress, number * 1000, 1000, len(all_media) * 1000, partial(on_preview, each.sha256)
        )
        try:
            _make_previews(catalog, each, file_progress, on_peaks)
        except KnownError as error:
            failures.append(ImportFailure(Path(each.name), error))
        on_preview(each.sha256, 100)
        progress.report((number + 1) * 1000, len(all_media) * 1000)
    return tuple(failures)


def _make_previews(
    catalog: "MediaCatalog", media: Media, progress: "_FileProgress", on_peaks: "Callable[[str, Peaks], None]"
) -> None:
    from editor.media.previews import image_previews, page_images

    if media.kind == "presentation":
        if catalog.get_state(media.sha256) == "unprepared":
            catalog.require_pdf(media.sha256, progress)
        for page in range(media.pages):
            page_images.make_page_preview(catalog, media.sha256, page, PAGE_PREVIEW_WIDTH)
            progress.report(page + 1, media.pages)
        return
    has_sound = media.kind == "audio" or media.has_audio
    has_picture = media.kind in {"video", "image"}
    if has_picture:
        image_previews.make_thumbnails(
            catalog,
            media,
            _FileProgress(progress, 0, 1, 1 + has_sound, progress.report_percent),
            lambda *_: progress.report_percent(),
        )
    if has_sound:
        report_peaks = partial(on_peaks, media.sha256)
        report_peaks(
            image_previews.make_peaks(
                catalog,
                media,
                _FileProgress(progress, int(has_picture), 1, 1 + has_picture, progress.report_percent),
                report_peaks,
            )
        )


PAGE_PREVIEW_WIDTH = 320
"""Width in pixels of the page images made at import: enough for the bin and the timeline."""


class _FileProgress(Progress):
    """The share of one file in the progress of many; it reports percents at most 20 times a second."""

    def __init__(self, whole: Progress, before: int, size: int, total: int, on_percent: Callable[[int], None]) -> None:
        super().__init__(parent=whole)
        self._share = whole.part(before * 1000, (before + size) * 1000, total * 1000)
        self._on_percent = on_percent
        self._last_report = 0.0
        self._percent = 0

    def report(self, done: int, total: int) -> None:
        self._share.report(done, total)
        self._percent = min(done, total) * 100 // total if total > 0 else 0
        self.report_percent()

    def report_percent(self, *_: object) -> None:
        """Report how far it is, unless that was done just now."""
        now = time.monotonic()
        if now - self._last_report > 0.05:
            self._last_report = now
            self._on_percent(self._percent)


def _file_size(path: Path) -> int:
    try:
        return max(path.stat().st_size, 1)
    except OSError:
        return 1  # adding it to the catalog gives the error
