"""Passing a player's events from libVLC's threads to the GUI thread."""

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from editor.errors import KnownError
from editor.playback.deck import PlayerListener


class PlayerSignals(QObject):
    """The relay of a player's events from any thread to another listener, on the thread in which the relay was created.

    Of several waiting frames only the newest is passed on, so a busy window skips frames. It has no Qt parent: players
    may report events until they have ended, and events after `silence` are dropped.

    Args:
        listener: receives the events.
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
        """Drop all further events, and those that still wait to be passed on; the listener is not called any more."""
        self._is_silenced = True
        self._listener = None

    def on_ready(self, request_id: int) -> None:
        """Pass on that the player has arrived at the position of a request; may be called from any thread."""
        self._emit("ready", request_id)

    def on_frame(self, request_id: int, frame: object) -> None:
        """Pass on a frame of a request, replacing one that still waits; may be called from any thread."""
        with self._lock:
            is_pending, self._frame = self._frame is not None, (request_id, frame)
        if not is_pending:
            self._emit("frame", request_id)

    def on_end(self, request_id: int) -> None:
        """Pass on that the media of a request has ended; may be called from any thread."""
        self._emit("end", request_id)

    def on_error(self, request_id: int, error: KnownError) -> None:
        """Pass on that the media of a request cannot be played; may be called from any thread."""
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
