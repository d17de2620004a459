"""Where the playhead stands, and what was asked of whoever moves it.

Two kinds of hands move it. A person *seeks* (ruler, keys, "Show" on a problem): everyone follows, the transport too.
The transport *follows* its media: everyone but the transport itself needs to know. The transport alone says whether
something plays; everybody else asks.
"""

from PySide6.QtCore import QObject, Signal

from editor.schedule.model import MAX_WEBINAR_MS


class Playhead(QObject):
    """A position in milliseconds, never below 0 or past 24 h."""

    moved = Signal(int)
    """The position changed, for any reason."""
    seek_requested = Signal(int)
    """A person asked for this position; emitted even where the playhead stands there already."""
    playing_changed = Signal(bool)
    play_requested = Signal(bool)
    """A person asked to play or to pause; the transport answers with `set_playing`."""
    shuttle_requested = Signal(int)
    """J (-1), K (0) or L (+1) was pressed; pressing again in the same direction is asked again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position_ms = 0
        self._playing = False

    @property
    def position_ms(self) -> int:
        """Where it stands."""
        return self._position_ms

    @property
    def playing(self) -> bool:
        """Whether the transport runs."""
        return self._playing

    def seek(self, position_ms: int) -> None:
        """Go where a person asks: `moved` (if it is elsewhere), then `sought`."""
        self.follow(position_ms)
        self.seek_requested.emit(self._position_ms)

    def follow(self, position_ms: int) -> None:
        """Go where the transport is: `moved` only."""
        position_ms = min(max(position_ms, 0), MAX_WEBINAR_MS)
        if position_ms != self._position_ms:
            self._position_ms = position_ms
            self.moved.emit(position_ms)

    def request_play(self, playing: bool) -> None:
        """Ask the transport to play or to pause."""
        self.play_requested.emit(playing)

    def request_shuttle(self, direction: int) -> None:
        """Ask the transport for J (-1), K (0) or L (+1)."""
        self.shuttle_requested.emit(direction)

    def set_playing(self, playing: bool) -> None:
        """The transport says whether it runs."""
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)
