"""Carries what a player tells from libvlc's threads to the GUI thread."""

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from editor.errors import Known
from editor.rehearsal.deck import Hearer


class Relay(QObject):
    """A hearer that may be told on any thread and tells another on the thread it was made in.

    Of pictures that wait to be told, only the newest is; a window that is busy skips pictures and never piles them up.
    It has no Qt parent: players may tell until they have ended, and what they tell after `silence` is dropped.
    """

    _told = Signal(str, int, object)

    def __init__(self, hearer: Hearer) -> None:
        super().__init__()
        self._hearer: Hearer | None = hearer
        self._lock = threading.Lock()
        self._frame: tuple[int, object] | None = None
        self._silent = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def silence(self) -> None:
        """Tell nothing any more."""
        self._silent = True
        self._hearer = None

    def on_ready(self, aim: int) -> None:
        """The player is where it was sent."""
        self._tell("ready", aim)

    def on_frame(self, aim: int, frame: object) -> None:
        """The player has a picture."""
        with self._lock:
            waits, self._frame = self._frame is not None, (aim, frame)
        if not waits:
            self._tell("frame", aim)

    def on_end(self, aim: int) -> None:
        """The media is over."""
        self._tell("end", aim)

    def on_error(self, aim: int, known: Known) -> None:
        """The player cannot."""
        self._tell("error", aim, known)

    def _tell(self, what: str, aim: int, known: Known | None = None) -> None:
        if not self._silent:
            self._told.emit(what, aim, known)

    @Slot(str, int, object)
    def _on_told(self, what: str, aim: int, known: Known | None) -> None:
        frame = None
        if what == "frame":
            with self._lock:
                frame, self._frame = self._frame, None
        if self._hearer is None:
            return
        if frame is not None:
            self._hearer.on_frame(*frame)
        elif what == "ready":
            self._hearer.on_ready(aim)
        elif what == "end":
            self._hearer.on_end(aim)
        elif known is not None:
            self._hearer.on_error(aim, known)
