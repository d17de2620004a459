"""One player and what it has in hand: a deck. The transport has two, the one on stage and the one that stands by."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from editor.errors import KnownError

DeckState = Literal["empty", "coming", "ready", "running", "ended", "failed"]
"""Nothing in hand; on its way to a place; standing there; playing on from it; past the end; not to be played."""


class PlayerListener(Protocol):
    """Who is told what a player does; `aim` numbers what was asked of it."""

    def on_ready(self, request_id: int) -> None:
        """It is where it was sent."""

    def on_frame(self, request_id: int, frame: object) -> None:
        """A picture that is to be seen now."""

    def on_end(self, request_id: int) -> None:
        """The media is over."""

    def on_error(self, request_id: int, error: KnownError) -> None:
        """Why it cannot be played."""


class Player(Protocol):
    """What a deck asks of a player. Nothing here waits; rates and gains are permille."""

    def open(self, path: Path, at_ms: int, *, size: tuple[int, int], with_video: bool, autoplay: bool) -> int:
        """Play a file from a place, or be ready there and wait; gives the aim's number."""

    def seek(self, at_ms: int, *, autoplay: bool) -> int:
        """Go elsewhere in the same file; gives the aim's number."""

    def play(self) -> None:
        """Go on."""

    def pause(self) -> None:
        """Stand still."""

    def set_rate(self, rate: int) -> None:
        """How fast."""

    def set_gain(self, gain: int) -> None:
        """How loud."""

    def time_ms(self) -> int:
        """Where it is in the media."""

    def unload(self) -> None:
        """Let go of the file."""

    def close(self) -> None:
        """End for good."""


PlayerFactory = Callable[[PlayerListener], Player]
"""Makes a player that reports to a listener."""


@dataclass(frozen=True)
class PlayerSource:
    """What the schedule wants played at one position."""

    segment: str
    sha256: str
    media_ms: int
    """The place in the media."""
    with_video: bool
    """Whether its pictures are wanted, or its sound alone."""
    size: tuple[int, int]
    """The picture as shown; (0, 0) where nobody knows."""


class Deck:
    """A player, what it was last asked for, and how far it is with it. Belongs to one thread.

    Args:
        players: makes a player that tells a `Hearer`, on this deck's thread.
        news: called after everything that is heard.
    """

    def __init__(self, player_factory: Callable[[PlayerListener], Player], on_change: Callable[[], None]) -> None:
        self._player = player_factory(self)
        self._on_change = on_change
        self._request_id = 0
        self._play_requested = False
        self.state: DeckState = "empty"
        self.source: PlayerSource | None = None
        self.path: Path | None = None
        """The file in hand."""
        self.frame: object | None = None
        """The picture that is to be seen of it, as the player gave it."""
        self.error: KnownError | None = None

    @property
    def is_loading(self) -> bool:
        """Whether it is still on its way."""
        return self.state == "coming"

    @property
    def time_ms(self) -> int:
        """Where it is in the media."""
        return self._player.time_ms()

    def has_loaded(self, source: PlayerSource) -> bool:
        """Whether it has that media in hand, wherever in it."""
        return self.source is not None and (self.source.sha256, self.source.with_video) == (
            source.sha256,
            source.with_video,
        )

    def is_at(self, source: PlayerSource, within_ms: int) -> bool:
        """Whether it stands or runs at that place of that media, give or take."""
        return (
            self.has_loaded(source)
            and self.state in {"ready", "running"}
            and abs(self.time_ms - source.media_ms) <= within_ms
        )

    def was_sent_to(self, source: PlayerSource) -> bool:
        """Whether it was last sent exactly there, whatever came of it."""
        return self.source == source

    def load(self, source: PlayerSource, path: Path, *, autoplay: bool) -> None:
        """Open a file for a source, to go on at once or to wait at its place."""
        self.source, self.path, self._play_requested, self.state = source, path, autoplay, "coming"
        self.frame = self.error = None
        self._request_id = self._player.open(
            path, source.media_ms, size=source.size, with_video=source.with_video, autoplay=autoplay
        )

    def seek(self, source: PlayerSource) -> None:
        """Go on from another place of the media in hand."""
        self.source, self._play_requested, self.state = source, True, "coming"
        self.frame = self.error = None
        self._request_id = self._player.seek(source.media_ms, autoplay=True)

    def adopt(self, source: PlayerSource) -> None:
        """Count what it plays as this source: another segment goes on where the last one stopped."""
        self.source = source

    def play(self) -> None:
        """Play on."""
        if not self._play_requested:
            self._play_requested = True
            self._player.play()
            if self.state == "ready":
                self.state = "running"

    def pause(self) -> None:
        """Stand still."""
        if self._play_requested:
            self._play_requested = False
            self._player.pause()
            if self.state == "running":
                self.state = "ready"

    def set_rate(self, rate: int) -> None:
        """How fast, in permille."""
        self._player.set_rate(rate)

    def set_gain(self, gain: int) -> None:
        """How loud, in permille."""
        self._player.set_gain(gain)

    def unload(self) -> None:
        """Let go of everything."""
        if self.state != "empty":
            self.state, self.source, self.path, self._request_id, self._play_requested = "empty", None, None, 0, False
            self.frame = self.error = None
            self._player.unload()

    def close(self) -> None:
        """End the player."""
        self.unload()
        self._player.close()

    # ---------------------------------------------------------------------------------------- what is heard

    def on_ready(self, request_id: int) -> None:
        """The player is where it was sent."""
        if request_id == self._request_id and self.state == "coming":
            self.state = "running" if self._play_requested else "ready"
            self._on_change()

    def on_frame(self, request_id: int, frame: object) -> None:
        """The player has a picture."""
        if request_id != self._request_id:
            return
        self.frame = frame
        if self.state == "failed":  # it took long, but here it is
            self.state, self.error = "running" if self._play_requested else "ready", None
        self._on_change()

    def on_end(self, request_id: int) -> None:
        """The media is over."""
        if request_id == self._request_id and self.state != "failed":
            self.state = "ended"
            self._on_change()

    def on_error(self, request_id: int, error: KnownError) -> None:
        """The player cannot."""
        if request_id == self._request_id:
            self.state, self.error = "failed", error
            self._on_change()
