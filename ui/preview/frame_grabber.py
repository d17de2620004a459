"""Decoding exact single frames of videos in a background thread, the newest request only.

Scrubbing requests frames faster than they can be decoded. When the thread is done with a frame it takes the newest
request and skips those in between; a frame that was begun is delivered, so the preview keeps moving. Steps to the next
frame are looked up in the same thread, before frames.
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
    """A wanted frame of a media: the file, the time in it (ms), and the greatest width in pixels (0: its own).

    Immutable.
    """

    sha256: str
    path: Path
    at_ms: int
    width: int


@dataclass(frozen=True)
class StepRequest:
    """A step to the next or previous frame from a time (ms) in a file; immutable.

    `token` is any value, for the caller's use.
    """

    path: Path
    at_ms: int
    forwards: bool
    token: object


class FrameGrabber(QObject):
    """Decodes frames of videos in a thread of its own, which starts at the first request; call `close` at the end.

    A frame request is answered by a signal, unless a newer one replaces it before it is begun. Signals come on the
    thread in which the grabber was created.
    """

    grabbed = Signal(object, QImage)
    """A `FrameRequest` and its image."""
    failed = Signal(object, object)
    """A `FrameRequest` and the `KnownError` why there is no image."""
    stepped = Signal(object, int)
    """A `StepRequest` and the millisecond at which the frame begins; not emitted where there is no such frame."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame_request: FrameRequest | None = None
        self._step_request: StepRequest | None = None
        self._closing = False
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None

    def grab(self, request: FrameRequest) -> None:
        """Request a frame, replacing a frame request that is not begun; `grabbed` or `failed` reports it.

        After `close` requests are dropped.
        """
        with self._condition:
            self._frame_request = request
            self._wake()

    def step(self, request: StepRequest) -> None:
        """Request a step, replacing a step that is not begun; `stepped` reports it, errors are not reported.

        After `close` requests are dropped.
        """
        with self._condition:
            self._step_request = request
            self._wake()

    def close(self) -> None:
        """End the thread and close the files; waits for the frame being decoded, some hundredths of a second."""
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
            self._thread = threading.Thread(target=self._run, name="frame-grabber")
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

        with contextlib.suppress(KnownError):  # the frame request for the same position reports the error
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
            frame, self._frame_request = self._frame_request, None
            return frame


def _open_reader(readers: "OrderedDict[Path, FrameReader]", path: Path) -> "FrameReader":
    """Return the open reader of a file; the least recently used one is closed for it."""
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
