"""A deck: one player and the source it plays. The transport has two, the active one and the one that stands by."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from editor.errors import KnownError

DeckState = Literal["empty", "coming", "ready", "running", "ended", "failed"]
"""No source; opening or seeking ("coming"); paused at its position; playing; past the end; cannot be played."""


class PlayerListener(Protocol):
    """Receiver of a player's events; `request_id` is the number of the `open` or `seek` that an event belongs to.

    All come on the thread that uses the player. Events of a request that was replaced may still come and must be
    ignored.
    """

    def on_ready(self, request_id: int) -> None:
        """Handle that the player has arrived at the requested time, where it plays on or waits."""

    def on_frame(self, request_id: int, frame: object) -> None:
        """Handle a frame that is to be shown now, in the player's own format; sound alone has none."""

    def on_end(self, request_id: int) -> None:
        """Handle the end of the media, which may come without `on_ready`."""

    def on_error(self, request_id: int, error: KnownError) -> None:
        """Handle that the media cannot be played or shown; a frame that still follows was only late."""


class Player(Protocol):
    """A media player as a deck uses it; no method blocks or raises, errors come as the event `on_error`.

    Use it from one thread, the one on which its events come.
    """

    def open(self, path: Path, at_ms: int, *, size: tuple[int, int], with_video: bool, autoplay: bool) -> int:
        """Open a file at a time, in place of the one that is open, and play it or wait there.

        Args:
            path: The file.
            at_ms: Time in the media, in milliseconds.
            size: Frame size in pixels after rotation; (0, 0) where it is unknown.
            with_video: False plays the sound only.
            autoplay: Whether to play on once it is ready, or wait.

        Returns:
            The number of the request, which the listener's events carry. It replaces the request before it.
        """

    def seek(self, at_ms: int, *, autoplay: bool) -> int:
        """Go to a time in the file that was opened last; without one nothing happens, and no event comes.

        Args:
            at_ms: Time in the media, in milliseconds.
            autoplay: Whether to play on once it is ready, or wait.

        Returns:
            The number of the request, which the listener's events carry. It replaces the request before it.
        """

    def play(self) -> None:
        """Play the open file, at once or as soon as the last request is ready; without a file nothing happens."""

    def pause(self) -> None:
        """Pause the open file, at once or as soon as the last request is ready; without a file nothing happens."""

    def set_rate(self, rate: int) -> None:
        """Set the playing speed, in permille of normal; it stays for the files opened later."""

    def set_gain(self, gain: int) -> None:
        """Set the loudness, in permille of the amplitude (0 is silent); it stays for the files opened later."""

    def time_ms(self) -> int:
        """Return the milliseconds in the media: those requested until the player is ready, 0 without a file."""

    def unload(self) -> None:
        """Close the file, if one is open; events under way may still come. The player can open another file."""

    def close(self) -> None:
        """End the player for good; calls after that do nothing."""


PlayerFactory = Callable[[PlayerListener], Player]
"""Makes a player that reports to a listener."""


@dataclass(frozen=True)
class PlayerSource:
    """What a player must play at one position of the schedule: a media, the time in it, and the segment it is for.

    It is immutable.
    """

    segment: str
    sha256: str
    media_ms: int
    """Time in the media, in milliseconds."""
    with_video: bool
    """Whether frames are wanted, or sound alone."""
    size: tuple[int, int]
    """Frame size in pixels after rotation; (0, 0) where it is unknown."""


class Deck:
    """A player, the source it was last sent to, and how far it got (`state`). Belongs to one thread.

    A transport has two. The methods that begin with `on_` are for the player only.

    Args:
        player_factory: Creates a player that reports to a listener on this deck's thread.
        on_change: Called after every event of the player that belongs to its last request.
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
        """Whether the player is opening a file or seeking in it, so that it plays or shows nothing new yet."""
        return self.state == "coming"

    @property
    def time_ms(self) -> int:
        """The player's time in the media, in milliseconds: the requested one while it is loading, 0 without a media."""
        return self._player.time_ms()

    def has_loaded(self, source: PlayerSource) -> bool:
        """Return whether the deck was given the media of a source, at any time of it and with the same `with_video`.

        It is true also where the media has ended or failed since.
        """
        return self.source is not None and (self.source.sha256, self.source.with_video) == (
            source.sha256,
            source.with_video,
        )

    def is_at(self, source: PlayerSource, within_ms: int) -> bool:
        """Return whether the deck is paused or playing, not loading, at most `within_ms` milliseconds from a source.

        The source must be of the same media and `with_video`; it may be another segment's.
        """
        return (
            self.has_loaded(source)
            and self.state in {"ready", "running"}
            and abs(self.time_ms - source.media_ms) <= within_ms
        )

    def was_sent_to(self, source: PlayerSource) -> bool:
        """Return whether the deck's last source is exactly this one, whatever came of it."""
        return self.source == source

    def load(self, source: PlayerSource, path: Path, *, autoplay: bool) -> None:
        """Open a file for a source at its time, to play at once or to wait there; what was open is closed.

        The state becomes "coming", and frame and error are cleared; `on_change` is called when the player reports.
        """
        self.source, self.path, self._play_requested, self.state = source, path, autoplay, "coming"
        self.frame = self.error = None
        self._request_id = self._player.open(
            path, source.media_ms, size=source.size, with_video=source.with_video, autoplay=autoplay
        )

    def seek(self, source: PlayerSource) -> None:
        """Go to a source's time in the open media and play from there, also if it was paused.

        Call it only where `has_loaded(source)` is true. The state becomes "coming", and frame and error are cleared.
        """
        self.source, self._play_requested, self.state = source, True, "coming"
        self.frame = self.error = None
        self._request_id = self._player.seek(source.media_ms, autoplay=True)

    def adopt(self, source: PlayerSource) -> None:
        """Make a source the deck's own without a seek, because another segment continues the same media where it is.

        Player, state and frame stay as they are.
        """
        self.source = source

    def play(self) -> None:
        """Play the media, at once or when it is ready; nothing happens if that was asked for already.

        So it does not play again from the end of the media: that takes `seek` or `load`. `on_change` is not called.
        """
        if not self._play_requested:
            self._play_requested = True
            self._player.play()
            if self.state == "ready":
                self.state = "running"

    def pause(self) -> None:
        """Pause the media, at once or when it is ready; nothing happens unless it plays or is to play.

        The frame stays, and `on_change` is not called.
        """
        if self._play_requested:
            self._play_requested = False
            self._player.pause()
            if self.state == "running":
                self.state = "ready"

    def set_rate(self, rate: int) -> None:
        """Set the player's speed, in permille of normal, for this media and later ones."""
        self._player.set_rate(rate)

    def set_gain(self, gain: int) -> None:
        """Set the player's loudness, in permille of the amplitude (0 is silent), for this media and later ones."""
        self._player.set_gain(gain)

    def unload(self) -> None:
        """Close the media, and forget its source, frame and error; without a media nothing happens.

        The player stays, for another `load`. `on_change` is not called.
        """
        if self.state != "empty":
            self.state, self.source, self.path, self._request_id, self._play_requested = "empty", None, None, 0, False
            self.frame = self.error = None
            self._player.unload()

    def close(self) -> None:
        """Close the media and end the player for good; the deck cannot be used again."""
        self.unload()
        self._player.close()

    # ---------------------------------------------------------------------------------------------- events

    def on_ready(self, request_id: int) -> None:
        """Handle that the player has arrived at the requested time: the state becomes "running", or "ready" if paused.

        Args:
            request_id: The number of the request; nothing happens unless it is the last one and still loading.
        """
        if request_id == self._request_id and self.state == "coming":
            self.state = "running" if self._play_requested else "ready"
            self._on_change()

    def on_frame(self, request_id: int, frame: object) -> None:
        """Handle a frame that is to be shown now: `frame` has it from now on. After a failure it clears the error.

        Args:
            request_id: The number of the request; nothing happens unless it is the last one.
            frame: The frame, in the player's own format.
        """
        if request_id != self._request_id:
            return
        self.frame = frame
        if self.state == "failed":  # the frame came after the timeout
            self.state, self.error = "running" if self._play_requested else "ready", None
        self._on_change()

    def on_end(self, request_id: int) -> None:
        """Handle the end of the media: the state becomes "ended", unless playing it has failed.

        Args:
            request_id: The number of the request; nothing happens unless it is the last one.
        """
        if request_id == self._request_id and self.state != "failed":
            self.state = "ended"
            self._on_change()

    def on_error(self, request_id: int, error: KnownError) -> None:
        """Handle that the player cannot play the media: the state becomes "failed", and `error` says why.

        Args:
            request_id: The number of the request; nothing happens unless it is the last one.
            error: Why it cannot be played.
        """
        if request_id == self._request_id:
            self.state, self.error = "failed", error
            self._on_change()
