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

from editor.errors import KnownError

if TYPE_CHECKING:
    from editor.media.frames.frame_reader import FrameReader

MAX_OPEN_FILES = 2


@dataclass(frozen=True)
class FrameRequest:
    """A picture that is wanted: of which media, at which of its milliseconds, how wide at most."""

    sha256: str
    path: Path
    at_ms: int
    width: int


@dataclass(frozen=True)
class StepRequest:
    """One picture on, or back, from a time in a file; `token` is whatever who asks needs to know it by."""

    path: Path
    at_ms: int
    forwards: bool
    token: object


class FrameGrabber(QObject):
    """Decodes what is wished for. Close it when done.

    Signals come on the thread this was made in.
    """

    grabbed = Signal(object, QImage)
    """A `Wish` and its picture."""
    failed = Signal(object, object)
    """A `Wish` and the `Known` reason why there is none."""
    stepped = Signal(object, int)
    """A `Step` and the millisecond at which the picture begins; not told where there is no other picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame_request: FrameRequest | None = None
        self._step_request: StepRequest | None = None
        self._closing = False
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None

    def grab(self, request: FrameRequest) -> None:
        """Want this picture, and no longer what was wanted before and is not begun."""
        with self._condition:
            self._frame_request = request
            self._wake()

    def step(self, request: StepRequest) -> None:
        """Look for the next picture; a step that was asked before and is not begun is forgotten."""
        with self._condition:
            self._step_request = request
            self._wake()

    def close(self) -> None:
        """End the thread and let go of files; waits for the picture in hand, some hundredths of a second."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _wake(self) -> None:
        if self._closing:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="stills")
            self._thread.start()
        self._condition.notify()

    def _run(self) -> None:
        readers: OrderedDict[Path, FrameReader] = OrderedDict()
        while (task := self._next_request()) is not None:
            if isinstance(task, StepRequest):
                self._find_step(task)
                continue
            try:
                image = _decode(_open_reader(readers, task.path), task)
            except KnownError as error:
                if task.path in readers:
                    readers.pop(task.path).close()
                if not self._closing:
                    self.failed.emit(task, error)
            else:
                if not self._closing:
                    self.grabbed.emit(task, image)
        for reader in readers.values():
            reader.close()

    def _find_step(self, request: StepRequest) -> None:
        from editor.media.frames.frame_step import find_adjacent_frame

        with contextlib.suppress(KnownError):  # the picture there, which is wished for as well, tells why
            position_ms = find_adjacent_frame(request.path, request.at_ms, forwards=request.forwards)
            if position_ms is not None and not self._closing:
                self.stepped.emit(request, position_ms)

    def _next_request(self) -> FrameRequest | StepRequest | None:
        with self._condition:
            while self._frame_request is None and self._step_request is None and not self._closing:
                self._condition.wait()
            if self._closing:
                return None
            if self._step_request is not None:
                step, self._step_request = self._step_request, None
                return step
            wish, self._frame_request = self._frame_request, None
            return wish


def _open_reader(readers: "OrderedDict[Path, FrameReader]", path: Path) -> "FrameReader":
    """The reader of a file, kept open; the one unused for longest is closed."""
    from editor.media.frames.frame_reader import FrameReader

    if path not in readers:
        while len(readers) >= MAX_OPEN_FILES:
            readers.popitem(last=False)[1].close()
        readers[path] = FrameReader(path)
    readers.move_to_end(path)
    return readers[path]


def _decode(reader: "FrameReader", request: FrameRequest) -> QImage:
    picture = reader.read_frame(request.at_ms, request.width or None)
    borrowed = QImage(picture.rgb, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)
