"""Carries what a player tells from libvlc's threads to the GUI thread."""

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from editor.errors import KnownError
from editor.playback.deck import PlayerListener


class PlayerSignals(QObject):
    """A hearer that may be told on any thread and tells another on the thread it was made in.

    Of pictures that wait to be told, only the newest is; a window that is busy skips pictures and never piles them up.
    It has no Qt parent: players may tell until they have ended, and what they tell after `silence` is dropped.
    """

    _event = Signal(str, int, object)

    def __init__(self, listener: PlayerListener) -> None:
        super().__init__()
        self._listener: PlayerListener | None = listener
        self._lock = threading.Lock()
        self._frame: tuple[int, object] | None = None
        self._is_silenced = False
        self._event.connect(self._on_event, Qt.ConnectionType.QueuedConnection)

    def silence(self) -> None:
        """Tell nothing any more."""
        self._is_silenced = True
        self._listener = None

    def on_ready(self, request_id: int) -> None:
        """The player is where it was sent."""
        self._emit("ready", request_id)

    def on_frame(self, request_id: int, frame: object) -> None:
        """The player has a picture."""
        with self._lock:
            is_pending, self._frame = self._frame is not None, (request_id, frame)
        if not is_pending:
            self._emit("frame", request_id)

    def on_end(self, request_id: int) -> None:
        """The media is over."""
        self._emit("end", request_id)

    def on_error(self, request_id: int, error: KnownError) -> None:
        """The player cannot."""
        self._emit("error", request_id, error)

    def _emit(self, kind: str, request_id: int, error: KnownError | None = None) -> None:
        if not self._is_silenced:
            self._event.emit(kind, request_id, error)

    @Slot(str, int, object)
    def _on_event(self, kind: str, request_id: int, error: KnownError | None) -> None:
        frame = None
        if kind == "frame":
            with self._lock:
                frame, self._frame = self._frame, None
        if self._listener is None:
            return
        if frame is not None:
            self._listener.on_frame(*frame)
        elif kind == "ready":
            self._listener.on_ready(request_id)
        elif kind == "end":
            self._listener.on_end(request_id)
        elif error is not None:
            self._listener.on_error(request_id, error)
