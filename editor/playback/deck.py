"""A deck: one player and the source it plays. The transport has two, the active one and the one that stands by."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from editor.errors import KnownError

DeckState = Literal["empty", "coming", "ready", "running", "ended", "failed"]
"""No source; opening or seeking ("coming"); paused at its position; playing; past the end; cannot be played."""


class PlayerListener(Protocol):
    """Receives a player's events; `request_id` is the number of the `open` or `seek` they belong to."""

    def on_ready(self, request_id: int) -> None:
        """Handle that the player has arrived where it was sent."""

    def on_frame(self, request_id: int, frame: object) -> None:
        """Handle a frame that is to be shown now."""

    def on_end(self, request_id: int) -> None:
        """Handle the end of the media."""

    def on_error(self, request_id: int, error: KnownError) -> None:
        """Handle that the media cannot be played."""


class Player(Protocol):
    """A media player as a deck uses it; no method blocks."""

    def open(self, path: Path, at_ms: int, *, size: tuple[int, int], with_video: bool, autoplay: bool) -> int:
        """Open a file at a time, play it or wait there, and return the number of the request.

        Args:
            path: The file.
            at_ms: Time in the media, in milliseconds.
            size: Frame size in pixels after rotation; (0, 0) where it is unknown.
            with_video: False plays the sound only.
            autoplay: Whether to play on once it is ready, or wait.
        """

    def seek(self, at_ms: int, *, autoplay: bool) -> int:
        """Seek in the open file and return the number of the request."""

    def play(self) -> None:
        """Play."""

    def pause(self) -> None:
        """Pause."""

    def set_rate(self, rate: int) -> None:
        """Set the rate, in permille of normal."""

    def set_gain(self, gain: int) -> None:
        """Set the gain, in permille of the amplitude."""

    def time_ms(self) -> int:
        """Return the time in the media, in milliseconds."""

    def unload(self) -> None:
        """Close the file."""

    def close(self) -> None:
        """End the player for good."""


PlayerFactory = Callable[[PlayerListener], Player]
"""Makes a player that reports to a listener."""


@dataclass(frozen=True)
class PlayerSource:
    """What a player must play at one position of the schedule."""

    segment: str
    sha256: str
    media_ms: int
    """Time in the media, in milliseconds."""
    with_video: bool
    """Whether frames are wanted, or sound alone."""
    size: tuple[int, int]
    """Frame size in pixels after rotation; (0, 0) where it is unknown."""


class Deck:
    """A player, its last request, and the state of that request. Belongs to one thread.

    Args:
        player_factory: Creates a player that reports to a listener on this deck's thread.
        on_change: Called after every event of the player.
    """

    def __init__(self, player_factory: Callable[[PlayerListener], Player], on_change: Callable[[], None]) -> None:
        self._player = player_factory(self)
        self._on_change = on_change
        self._request_id = 0
        self._play_requested = False
        self.state: DeckState = "empty"
        self.source: PlayerSource | None = None
        self.path: Path | None = None
        """The open file."""
        self.frame: object | None = None
        """The frame that is to be shown, as the player gave it."""
        self.error: KnownError | None = None

    @property
    def is_loading(self) -> bool:
        """Whether the player is opening or seeking."""
        return self.state == "coming"

    @property
    def time_ms(self) -> int:
        """The time in the media, in milliseconds."""
        return self._player.time_ms()

    def has_loaded(self, source: PlayerSource) -> bool:
        """Return whether the media of a source is open, at any time."""
        return self.source is not None and (self.source.sha256, self.source.with_video) == (
            source.sha256,
            source.with_video,
        )

    def is_at(self, source: PlayerSource, within_ms: int) -> bool:
        """Return whether it is paused or playing within some milliseconds of a source."""
        return (
            self.has_loaded(source)
            and self.state in {"ready", "running"}
            and abs(self.time_ms - source.media_ms) <= within_ms
        )

    def was_sent_to(self, source: PlayerSource) -> bool:
        """Return whether its last request was for exactly this source, whatever came of it."""
        return self.source == source

    def load(self, source: PlayerSource, path: Path, *, autoplay: bool) -> None:
        """Open a file for a source, to play at once or to wait there."""
        self.source, self.path, self._play_requested, self.state = source, path, autoplay, "coming"
        self.frame = self.error = None
        self._request_id = self._player.open(
            path, source.media_ms, size=source.size, with_video=source.with_video, autoplay=autoplay
        )

    def seek(self, source: PlayerSource) -> None:
        """Seek to another time of the open media and play on."""
        self.source, self._play_requested, self.state = source, True, "coming"
        self.frame = self.error = None
        self._request_id = self._player.seek(source.media_ms, autoplay=True)

    def adopt(self, source: PlayerSource) -> None:
        """Take what it plays for this source: another segment continues the same media."""
        self.source = source

    def play(self) -> None:
        """Play, at once or when it is ready."""
        if not self._play_requested:
            self._play_requested = True
            self._player.play()
            if self.state == "ready":
                self.state = "running"

    def pause(self) -> None:
        """Pause, at once or when it is ready."""
        if self._play_requested:
            self._play_requested = False
            self._player.pause()
            if self.state == "running":
                self.state = "ready"

    def set_rate(self, rate: int) -> None:
        """Set the rate, in permille."""
        self._player.set_rate(rate)

    def set_gain(self, gain: int) -> None:
        """Set the gain, in permille."""
        self._player.set_gain(gain)

    def unload(self) -> None:
        """Close the media and forget its source."""
        if self.state != "empty":
            self.state, self.source, self.path, self._request_id, self._play_requested = "empty", None, None, 0, False
            self.frame = self.error = None
            self._player.unload()

    def close(self) -> None:
        """End the player for good."""
        self.unload()
        self._player.close()

    # ---------------------------------------------------------------------------------------------- events

    def on_ready(self, request_id: int) -> None:
        """Handle that the player has arrived."""
        if request_id == self._request_id and self.state == "coming":
            self.state = "running" if self._play_requested else "ready"
            self._on_change()

    def on_frame(self, request_id: int, frame: object) -> None:
        """Handle a frame of the player."""
        if request_id != self._request_id:
            return
        self.frame = frame
        if self.state == "failed":  # the frame came after the timeout
            self.state, self.error = "running" if self._play_requested else "ready", None
        self._on_change()

    def on_end(self, request_id: int) -> None:
        """Handle the end of the media."""
        if request_id == self._request_id and self.state != "failed":
            self.state = "ended"
            self._on_change()

    def on_error(self, request_id: int, error: KnownError) -> None:
        """Handle that the player cannot play the media."""
        if request_id == self._request_id:
            self.state, self.error = "failed", error
            self._on_change()
