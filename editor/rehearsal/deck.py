"""One player and what it has in hand: a deck. The transport has two, the one on stage and the one that stands by."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from editor.errors import Known

State = Literal["empty", "coming", "ready", "running", "ended", "failed"]
"""Nothing in hand; on its way to a place; standing there; playing on from it; past the end; not to be played."""


class Hearer(Protocol):
    """Who is told what a player does; `aim` numbers what was asked of it."""

    def on_ready(self, aim: int) -> None:
        """It is where it was sent."""

    def on_frame(self, aim: int, frame: object) -> None:
        """A picture that is to be seen now."""

    def on_end(self, aim: int) -> None:
        """The media is over."""

    def on_error(self, aim: int, known: Known) -> None:
        """Why it cannot be played."""


class Player(Protocol):
    """What a deck asks of a player. Nothing here waits; rates and gains are permille."""

    def open(self, path: Path, at_ms: int, *, size: tuple[int, int], picture: bool, run: bool) -> int:
        """Play a file from a place, or be ready there and wait; gives the aim's number."""

    def seek(self, at_ms: int, *, run: bool) -> int:
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


@dataclass(frozen=True)
class Source:
    """What the schedule wants played at one position."""

    segment: str
    sha256: str
    at_ms: int
    """The place in the media."""
    picture: bool
    """Whether its pictures are wanted, or its sound alone."""
    size: tuple[int, int]
    """The picture as shown; (0, 0) where nobody knows."""


class Deck:
    """A player, what it was last asked for, and how far it is with it. Belongs to one thread.

    Args:
        players: makes a player that tells a `Hearer`, on this deck's thread.
        news: called after everything that is heard.
    """

    def __init__(self, players: Callable[[Hearer], Player], news: Callable[[], None]) -> None:
        self._player = players(self)
        self._news = news
        self._aim = 0
        self._run = False
        self.state: State = "empty"
        self.source: Source | None = None
        self.path: Path | None = None
        """The file in hand."""
        self.frame: object | None = None
        """The picture that is to be seen of it, as the player gave it."""
        self.trouble: Known | None = None

    @property
    def coming(self) -> bool:
        """Whether it is still on its way."""
        return self.state == "coming"

    @property
    def time_ms(self) -> int:
        """Where it is in the media."""
        return self._player.time_ms()

    def holds(self, source: Source) -> bool:
        """Whether it has that media in hand, wherever in it."""
        return self.source is not None and (self.source.sha256, self.source.picture) == (source.sha256, source.picture)

    def is_at(self, source: Source, within_ms: int) -> bool:
        """Whether it stands or runs at that place of that media, give or take."""
        return (
            self.holds(source) and self.state in {"ready", "running"} and abs(self.time_ms - source.at_ms) <= within_ms
        )

    def awaits(self, source: Source) -> bool:
        """Whether it was last sent exactly there, whatever came of it."""
        return self.source == source

    def load(self, source: Source, path: Path, *, run: bool) -> None:
        """Open a file for a source, to go on at once or to wait at its place."""
        self.source, self.path, self._run, self.state = source, path, run, "coming"
        self.frame = self.trouble = None
        self._aim = self._player.open(path, source.at_ms, size=source.size, picture=source.picture, run=run)

    def seek(self, source: Source) -> None:
        """Go on from another place of the media in hand."""
        self.source, self._run, self.state = source, True, "coming"
        self.frame = self.trouble = None
        self._aim = self._player.seek(source.at_ms, run=True)

    def adopt(self, source: Source) -> None:
        """Count what it plays as this source: another segment goes on where the last one stopped."""
        self.source = source

    def go(self) -> None:
        """Play on."""
        if not self._run:
            self._run = True
            self._player.play()
            if self.state == "ready":
                self.state = "running"

    def halt(self) -> None:
        """Stand still."""
        if self._run:
            self._run = False
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
            self.state, self.source, self.path, self._aim, self._run = "empty", None, None, 0, False
            self.frame = self.trouble = None
            self._player.unload()

    def close(self) -> None:
        """End the player."""
        self.unload()
        self._player.close()

    # ---------------------------------------------------------------------------------------- what is heard

    def on_ready(self, aim: int) -> None:
        """The player is where it was sent."""
        if aim == self._aim and self.state == "coming":
            self.state = "running" if self._run else "ready"
            self._news()

    def on_frame(self, aim: int, frame: object) -> None:
        """The player has a picture."""
        if aim != self._aim:
            return
        self.frame = frame
        if self.state == "failed":  # it took long, but here it is
            self.state, self.trouble = "running" if self._run else "ready", None
        self._news()

    def on_end(self, aim: int) -> None:
        """The media is over."""
        if aim == self._aim and self.state != "failed":
            self.state = "ended"
            self._news()

    def on_error(self, aim: int, known: Known) -> None:
        """The player cannot."""
        if aim == self._aim:
            self.state, self.trouble = "failed", known
            self._news()
