"""The playhead's position, and requests to the transport.

There are two ways to move it. A user *seeks* (ruler, keys, "Show" of a problem): everything follows, the transport
included. The transport lets it *follow* the media: everything but the transport has to know. Only the transport sets
whether it plays; everything else requests it.
"""

from PySide6.QtCore import QObject, Signal

from editor.schedule.model import MAX_WEBINAR_MS


class Playhead(QObject):
    """The position in the webinar that is shown and played, 0 to 24 hours in milliseconds, and whether it plays.

    One per open webinar, shared by timeline and preview, on the GUI thread. It plays nothing itself: the preview's
    playback controller answers the requests that it emits.
    """

    moved = Signal(int)
    """Carries the new position in milliseconds, whatever moved it."""
    seek_requested = Signal(int)
    """Carries the position a user asked for; emitted even if the playhead is there already."""
    playing_changed = Signal(bool)
    play_requested = Signal(bool)
    """A user asked to play (True) or to pause; the transport answers with `set_playing`."""
    shuttle_requested = Signal(int)
    """J (-1), K (0) or L (1) was pressed; pressing again in the same direction requests it again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position_ms = 0
        self._playing = False

    @property
    def position_ms(self) -> int:
        """The playhead's position in the webinar, in milliseconds, 0 to 24 hours.

        `moved` is emitted when it changes.
        """
        return self._position_ms

    @property
    def playing(self) -> bool:
        """Whether the preview plays, as the transport last reported by `set_playing`; `playing_changed` is emitted."""
        return self._playing

    def seek(self, position_ms: int) -> None:
        """Move where the user asks: emits `moved` if that is elsewhere, then `seek_requested` in any case.

        Args:
            position_ms: milliseconds in the webinar, brought into 0 to 24 hours.
        """
        self.follow(position_ms)
        self.seek_requested.emit(self._position_ms)

    def follow(self, position_ms: int) -> None:
        """Move where the transport is: emits `moved` alone, and only if that is elsewhere.

        Args:
            position_ms: milliseconds in the webinar, brought into 0 to 24 hours.
        """
        position_ms = min(max(position_ms, 0), MAX_WEBINAR_MS)
        if position_ms != self._position_ms:
            self._position_ms = position_ms
            self.moved.emit(position_ms)

    def request_play(self, playing: bool) -> None:
        """Ask the transport to play (True) or to pause (False) by `play_requested`; it answers by `set_playing`."""
        self.play_requested.emit(playing)

    def request_shuttle(self, direction: int) -> None:
        """Ask the transport to shuttle, by `shuttle_requested`: -1 for the key J, 0 for K, 1 for L."""
        self.shuttle_requested.emit(direction)

    def set_playing(self, playing: bool) -> None:
        """Note whether the transport plays, and emit `playing_changed` if that is new; only the transport calls it."""
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)
