"""What the media desk asks the shelf, and how it is answered in the background: newest question first, each once."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from editor.errors import Known
from editor.progress import Progress
from ui.tasks import Tasks

if TYPE_CHECKING:
    from editor.media.shelf import Shelf

State = Literal["ready", "hosted", "missing", "unprepared"]

THUMBNAIL_STEP_MS = 1_000
"""Thumbnails asked for within the same second are the same question."""
WIDTHS = (160, 320, 640, 960, 1280, 1920, 2560, 3840)
"""Pictures are made at the next of these widths, so that a window being resized asks rarely."""


class Ask(msgspec.Struct, frozen=True):
    """One question to the shelf: what, of which media, and at which second, page or width."""

    what: Literal["thumbnail", "image", "page", "peaks", "cues", "place"]
    sha256: str
    at: int = 0
    width: int = 0


class Place(msgspec.Struct, frozen=True):
    """Where a media is, and how it stands."""

    state: State
    path: Path | None
    """The media's own file."""
    shown: Path | None
    """What previews play: that file, or what stands in for it."""


class Thumbnail(msgspec.Struct, frozen=True):
    """A thumbnail and the file it lies in, which several seconds may share."""

    file: Path
    image: QImage


def stepped(width: int) -> int:
    """The next of the widths that pictures are made at."""
    return next((step for step in WIDTHS if step >= width), WIDTHS[-1])


class Asking(QObject):
    """The list of questions, worked off by one background task; the next question after it ended starts another.

    What was asked last is answered first: what was scrolled past can wait.
    """

    answered = Signal(object, object)
    """An `Ask` and its answer, on the GUI thread; None where there is none."""
    _came = Signal(object, object)

    def __init__(self, shelf: "Callable[[], Shelf]", tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._tasks = tasks
        self._asked: dict[Ask, None] = {}
        self._lock = threading.Lock()
        self._working = False
        self._came.connect(self.answered, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> int:
        """How many questions are not answered yet."""
        return len(self._asked)

    def ask(self, ask: Ask) -> None:
        """Put a question at the top of the list."""
        with self._lock:
            self._asked.pop(ask, None)
            self._asked[ask] = None
            if self._working:
                return
            self._working = True
        with suppress(RuntimeError):  # the program is closing, and paints once more
            self._tasks.run(self.tr("Pictures"), self._work, quiet=True)

    def _work(self, progress: Progress) -> None:
        """Answer until there is nothing left to answer. Runs in the background."""
        try:
            shelf = self._shelf()
            while (ask := self._next(progress)) is not None:
                try:
                    answer = answer_to(shelf, ask)
                except (Known, OSError):
                    answer = None
                self._came.emit(ask, answer)
                with self._lock:
                    self._asked.pop(ask, None)
        except BaseException:
            with self._lock:
                self._asked.clear()
                self._working = False
            raise

    def _next(self, progress: Progress) -> Ask | None:
        """The newest question; None ends the work, and the next question starts it again."""
        with self._lock:
            if progress.cancelled:
                self._asked.clear()
            if not self._asked:
                self._working = False
                return None
            return next(reversed(self._asked))


def answer_to(shelf: "Shelf", ask: Ask) -> object:
    """Ask the shelf. Runs in the background; None where there is nothing (yet).

    Raises:
        Known: what the shelf says of a media that cannot be shown.
    """
    from editor.media import pictures, slides

    if ask.what == "thumbnail":
        file = pictures.thumbnail_file(shelf, ask.sha256, ask.at * THUMBNAIL_STEP_MS)
        image = _load(file) if file is not None else None
        return Thumbnail(file, image) if file is not None and image is not None else None
    if ask.what == "image":
        return _load(pictures.image_picture(shelf, ask.sha256, ask.width))
    if ask.what == "page":
        if shelf.state(ask.sha256) == "unprepared":
            return None  # LibreOffice takes seconds: it is drawn with all its pages, in a task of its own
        return _load(slides.shown_page(shelf, ask.sha256, ask.at, ask.width))
    if ask.what == "peaks":
        return pictures.peaks(shelf, ask.sha256)
    if ask.what == "cues":
        return shelf.cues(ask.sha256)
    return Place(shelf.state(ask.sha256), shelf.path(ask.sha256), shelf.shown(ask.sha256))


def _load(path: Path) -> QImage | None:
    """Read a picture of the cache into a format that is painted quickly."""
    image = QImage(str(path))
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
