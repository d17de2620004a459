"""Exact single pictures of videos, decoded in a thread of their own, the newest wish first.

Whoever scrubs asks faster than anything can be decoded. Only the last wish counts: when the thread is done with one it
takes the newest, and those in between are never begun. What was begun is delivered, so the picture keeps moving
under the hand. Steps from one picture to the next are looked up in the same thread, before pictures.
"""

import contextlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from editor.errors import Known

if TYPE_CHECKING:
    from editor.media.frames import FrameReader

OPEN_FILES = 2


@dataclass(frozen=True)
class Wish:
    """A picture that is wanted: of which media, at which of its milliseconds, how wide at most."""

    sha256: str
    path: Path
    at_ms: int
    width: int


@dataclass(frozen=True)
class Step:
    """One picture on, or back, from a time in a file; `token` is whatever who asks needs to know it by."""

    path: Path
    at_ms: int
    forwards: bool
    token: object


class Stills(QObject):
    """Decodes what is wished for. Close it when done.

    Signals come on the thread this was made in.
    """

    came = Signal(object, QImage)
    """A `Wish` and its picture."""
    failed = Signal(object, object)
    """A `Wish` and the `Known` reason why there is none."""
    stepped = Signal(object, int)
    """A `Step` and the millisecond at which the picture begins; not told where there is no other picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: Wish | None = None
        self._step: Step | None = None
        self._closing = False
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None

    def wish(self, wish: Wish) -> None:
        """Want this picture, and no longer what was wanted before and is not begun."""
        with self._news:
            self._wish = wish
            self._wake()

    def step(self, step: Step) -> None:
        """Look for the next picture; a step that was asked before and is not begun is forgotten."""
        with self._news:
            self._step = step
            self._wake()

    def close(self) -> None:
        """End the thread and let go of files; waits for the picture in hand, some hundredths of a second."""
        with self._news:
            self._closing = True
            self._news.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _wake(self) -> None:
        if self._closing:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="stills")
            self._thread.start()
        self._news.notify()

    def _work(self) -> None:
        readers: OrderedDict[Path, FrameReader] = OrderedDict()
        while (task := self._next()) is not None:
            if isinstance(task, Step):
                self._look_up(task)
                continue
            try:
                image = _decoded(_reader(readers, task.path), task)
            except Known as known:
                if task.path in readers:
                    readers.pop(task.path).close()
                if not self._closing:
                    self.failed.emit(task, known)
            else:
                if not self._closing:
                    self.came.emit(task, image)
        for reader in readers.values():
            reader.close()

    def _look_up(self, step: Step) -> None:
        from editor.media.stepping import neighbour

        with contextlib.suppress(Known):  # the picture there, which is wished for as well, tells why
            place = neighbour(step.path, step.at_ms, forwards=step.forwards)
            if place is not None and not self._closing:
                self.stepped.emit(step, place)

    def _next(self) -> Wish | Step | None:
        with self._news:
            while self._wish is None and self._step is None and not self._closing:
                self._news.wait()
            if self._closing:
                return None
            if self._step is not None:
                step, self._step = self._step, None
                return step
            wish, self._wish = self._wish, None
            return wish


def _reader(readers: "OrderedDict[Path, FrameReader]", path: Path) -> "FrameReader":
    """The reader of a file, kept open; the one unused for longest is closed."""
    from editor.media.frames import FrameReader

    if path not in readers:
        while len(readers) >= OPEN_FILES:
            readers.popitem(last=False)[1].close()
        readers[path] = FrameReader(path)
    readers.move_to_end(path)
    return readers[path]


def _decoded(reader: "FrameReader", wish: Wish) -> QImage:
    picture = reader.frame(wish.at_ms, wish.width or None)
    borrowed = QImage(picture.rgb, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)
