"""Requests of the media service to the catalog, answered in the background, the newest first and each once."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from editor.errors import KnownError
from editor.progress import Progress
from editor.schedule.preflight_inputs import MediaState
from ui.services.task_runner import TaskRunner

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog


THUMBNAIL_STEP_MS = 1_000
"""Milliseconds: requests for thumbnails within the same second are the same request."""


class MediaRequest(msgspec.Struct, frozen=True):
    """One request to the catalog; immutable, and a key: equal requests have the same answer.

    Attributes:
        what: the answer that is wanted: an image, the waveform, the cues of captions, or the media's location.
        sha256: hash of the media.
        at: the second of a thumbnail, or the page of a presentation, counted from 0; else 0.
        width: width of an image or page in physical pixels; else 0.
    """

    what: Literal["thumbnail", "image", "page", "peaks", "cues", "place"]
    sha256: str
    at: int = 0
    width: int = 0


class MediaLocation(msgspec.Struct, frozen=True):
    """The state of a media and its files on this computer, when last looked for; immutable.

    A path is None where there is no such file.
    """

    state: MediaState
    path: Path | None
    """The media's own file."""
    shown: Path | None
    """The file that previews play: the media's own, or its proxy."""


class ThumbnailFile(msgspec.Struct, frozen=True):
    """A thumbnail and its file, which several seconds may share: the answer to a request for a thumbnail; immutable."""

    file: Path
    image: QImage


class MediaRequestQueue(QObject):
    """A last-in, first-out queue of requests, worked off by one background task that ends when the queue is empty.

    Used on the GUI thread, where `answered` is emitted. The newest request is answered first: images that were scrolled
    past can wait.
    """

    answered = Signal(object, object)
    """A `MediaRequest` and its answer, on the GUI thread; None where there is none."""
    _answer_ready = Signal(object, object)

    def __init__(self, catalog: "Callable[[], MediaCatalog]", tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._tasks = tasks
        self._pending: dict[MediaRequest, None] = {}
        self._lock = threading.Lock()
        self._is_working = False
        self._answer_ready.connect(self.answered, Qt.ConnectionType.QueuedConnection)

    @property
    def pending_count(self) -> int:
        """The number of requests that wait or are being answered."""
        return len(self._pending)

    def enqueue(self, request: MediaRequest) -> None:
        """Put a request at the front of the queue and return at once; one that waits already moves there.

        `answered` follows on the GUI thread, unless the application is closing or the catalog cannot be opened.
        """
        with self._lock:
            self._pending.pop(request, None)
            self._pending[request] = None
            if self._is_working:
                return
            self._is_working = True
        with suppress(RuntimeError):  # the program is closing, and paints once more
            self._tasks.run(self.tr("Pictures"), self._run, quiet=True)

    def _run(self, progress: Progress) -> None:
        """Answer requests until the queue is empty; runs in the background."""
        try:
            catalog = self._catalog()
            while (request := self._next_request(progress)) is not None:
                try:
                    answer = answer_request(catalog, request)
                except (KnownError, OSError):
                    answer = None
                self._answer_ready.emit(request, answer)
                with self._lock:
                    self._pending.pop(request, None)
        except BaseException:
            with self._lock:
                self._pending.clear()
                self._is_working = False
            raise

    def _next_request(self, progress: Progress) -> MediaRequest | None:
        """Return the newest request; None ends the task, and the next request starts another."""
        with self._lock:
            if progress.is_cancelled:
                self._pending.clear()
            if not self._pending:
                self._is_working = False
                return None
            return next(reversed(self._pending))


def answer_request(catalog: "MediaCatalog", request: MediaRequest) -> object:
    """Answer a request from the catalog; it reads and makes files, so call it in the background.

    Returns:
        A `ThumbnailFile`, a `QImage`, `Peaks`, a tuple of `CaptionCue`, or a `MediaLocation`, by `request.what`; None
            where there is nothing yet, or an image cannot be read.

    Raises:
        KnownError: The media cannot be shown; the codes are the catalog's.
        OSError: A file cannot be read.
    """
    from editor.media.previews import image_previews, page_images

    if request.what == "thumbnail":
        file = image_previews.find_thumbnail(catalog, request.sha256, request.at * THUMBNAIL_STEP_MS)
        image = _load_image(file) if file is not None else None
        return ThumbnailFile(file, image) if file is not None and image is not None else None
    if request.what == "image":
        return _load_image(image_previews.make_image_preview(catalog, request.sha256, request.width))
    if request.what == "page":
        if catalog.get_state(request.sha256) == "unprepared":
            return None  # LibreOffice takes seconds: all pages are made in a task of their own
        return _load_image(page_images.make_page_preview(catalog, request.sha256, request.at, request.width))
    if request.what == "peaks":
        return image_previews.load_peaks(catalog, request.sha256)
    if request.what == "cues":
        return catalog.load_cues(request.sha256)
    return MediaLocation(
        catalog.get_state(request.sha256), catalog.find_path(request.sha256), catalog.find_preview_path(request.sha256)
    )


def _load_image(path: Path) -> QImage | None:
    """Load an image into the pixel format that Qt paints fastest; None where it cannot be read."""
    image = QImage(str(path))
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
