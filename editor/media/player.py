"""One libvlc player, driven without ever waiting for it.

What is asked of a player is put on a queue that its own thread carries out, because libvlc's `stop` joins threads and
may take long, and because libvlc must never be called from its own callbacks. What happens is told to a `Hearer` on
foreign threads.

Each `open` and `seek` is an aim with a number, and everything told carries the number of the aim it belongs to, so
that news of an aim that was given up can be known as such. How an aim is reached is `editor.media.arrival`'s.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from editor.errors import Known
from editor.media.arrival import NORMAL_RATE, Arrival
from editor.media.canvas import Canvas, Frame
from editor.media.files import regular, shown_name

FULL_GAIN = 1_000


class Hearer(Protocol):
    """Who is told what a player does. Called on threads of libvlc and of the player; must return at once."""

    def on_ready(self, aim: int) -> None:
        """It is where it was sent; its picture has been handed over."""

    def on_frame(self, aim: int, frame: Frame) -> None:
        """A picture that is to be seen now."""

    def on_end(self, aim: int) -> None:
        """The media is over; the last picture stays the last."""

    def on_error(self, aim: int, known: Known) -> None:
        """Why it cannot be played, or shown."""


class Library(Protocol):
    """libvlc, as a player needs it."""

    def load(self) -> tuple[Any, Any]:
        """The vlc module and libvlc's instance.

        Raises:
            Known: playback.no_vlc.
        """

    def media(self, path: Path) -> Any:
        """A libvlc media of a file."""


@dataclass(eq=False)
class _Source:
    path: Path
    size: tuple[int, int]
    picture: bool


class Player:
    """Plays one media at a time. Every method returns at once and may be called from any thread but libvlc's.

    Args:
        library: libvlc; loaded on this player's thread when the first thing is played.
        hearer: is told what happens.
        clock: milliseconds that never go back.
        name: of its thread.
    """

    def __init__(self, library: Library, hearer: Hearer, clock: Callable[[], int], name: str) -> None:
        self._library = library
        self._hearer = hearer
        self._now = clock
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name)
        self._started = False
        self._closed = False
        self._lock = threading.Lock()
        # Guarded by the lock:
        self._aim: Arrival | None = None
        self._number = 0
        self._source: _Source | None = None
        self._ended = False
        self._gain = FULL_GAIN
        self._rate = NORMAL_RATE
        # The thread's own:
        self._player: Any = None
        self._canvas = Canvas(self._on_picture)
        self._loaded: _Source | None = None
        self._told_rate = NORMAL_RATE
        self._told_gain = -1

    # --------------------------------------------------------------------------------------- what is asked

    def open(
        self, path: Path, at_ms: int = 0, *, size: tuple[int, int] = (0, 0), picture: bool = True, run: bool = True
    ) -> int:
        """Play another media from a place, or (`run` False) be ready there and wait.

        Args:
            path: the file.
            at_ms: the place.
            size: the picture's size as shown; (0, 0) where nobody knows.
            picture: False plays the sound only.
            run: whether to go on once it is ready.

        Returns:
            The aim's number.
        """
        source = _Source(path, size, picture)
        with self._lock:
            self._source = source
            aim = self._take_aim(at_ms, run, picture)
        self._ask(lambda: self._open(aim, source))
        return aim.number

    def seek(self, at_ms: int, *, run: bool = True) -> int:
        """Go elsewhere in the same media; of several seeks in a row only the last is carried out."""
        with self._lock:
            aim = self._take_aim(at_ms, run, self._source is None or self._source.picture)
        self._ask(lambda: self._seek(aim))
        return aim.number

    def play(self) -> None:
        """Go on, at once or as soon as it is ready."""
        self._ask(lambda: self._run(running=True))

    def pause(self) -> None:
        """Stand still, at once or as soon as it is ready."""
        self._ask(lambda: self._run(running=False))

    def set_rate(self, rate: int) -> None:
        """How fast, in permille of normal; from when it is ready on."""
        with self._lock:
            if rate == self._rate:
                return
            self._rate = rate
            if self._aim is not None:
                self._aim.steady = rate != NORMAL_RATE
        self._ask(self._apply)

    def set_gain(self, gain: int) -> None:
        """How loud, in permille of the sound's amplitude."""
        with self._lock:
            if gain == self._gain:
                return
            self._gain = gain
        self._ask(self._apply)

    def time_ms(self) -> int:
        """Where it is in the media; before it is ready, where it was sent."""
        with self._lock:
            return 0 if self._aim is None else self._aim.time_ms(self._now())

    def unload(self) -> None:
        """Let go of the media and the machine time it takes."""
        with self._lock:
            self._aim = None
        self._ask(self._unload)

    def close(self) -> None:
        """End for good; `join` waits until it is over."""
        with self._lock:
            self._aim = None
            if self._closed:
                return
            self._closed = True
        if self._started:
            self._queue.put(None)

    @property
    def ended(self) -> bool:
        """Whether it was closed and nothing of it is left."""
        return self._closed and not self._thread.is_alive()

    def join(self) -> None:
        """Wait for the thread after `close`."""
        if self._started:
            self._thread.join()

    def _take_aim(self, at_ms: int, run: bool, picture: bool) -> Arrival:
        self._number += 1
        self._aim = Arrival(self._number, at_ms, run=run, picture=picture)
        self._aim.steady = self._rate != NORMAL_RATE
        return self._aim

    def _ask(self, command: Callable[[], None]) -> None:
        with self._lock:
            if self._closed:
                return
            if not self._started:
                self._started = True
                self._thread.start()
        self._queue.put(command)

    # ---------------------------------------------------------------------------------- the player's thread

    def _work(self) -> None:
        while True:
            try:
                command = self._queue.get(timeout=self._patience())
            except queue.Empty:
                self._look()
                continue
            if command is None:
                break
            command()
        if self._player is not None:
            self._player.stop()
            self._player.release()
            self._player = None

    def _patience(self) -> float | None:
        """Seconds until something is due without anybody asking; None for no such thing."""
        with self._lock:
            now_ms = self._now()
            due_ms = None if self._aim is None else self._aim.due_ms(now_ms)
            return None if due_ms is None else max(0, due_ms - now_ms) / 1000

    def _load(self) -> None:
        """Make the libvlc player.

        Raises:
            Known: playback.no_vlc.
        """
        if self._player is not None:
            return
        vlc, instance = self._library.load()
        self._player = instance.media_player_new()
        self._canvas.attach(vlc, self._player)
        events = self._player.event_manager()
        for kind, hear in (
            (vlc.EventType.MediaPlayerBuffering, self._on_buffering),
            (vlc.EventType.MediaPlayerTimeChanged, self._on_time),
            (vlc.EventType.MediaPlayerEndReached, self._on_end),
            (vlc.EventType.MediaPlayerEncounteredError, self._on_failure),
        ):
            events.event_attach(kind, hear)

    def _open(self, aim: Arrival, source: _Source) -> None:
        if aim is not self._aim:
            return
        try:
            regular(source.path)
            self._load()
            media = self._library.media(source.path)
        except Known as known:
            self._stop()
            self._hearer.on_error(aim.number, known)
            return
        media.add_option(f":start-time={aim.start_ms // 1000}.{aim.start_ms % 1000:03}")
        if not source.picture:
            media.add_option(":no-video")
        self._player.set_media(media)  # ends what was played before, and waits for that
        media.release()
        self._canvas.size = source.size
        self._loaded = source
        with self._lock:
            self._ended = False
            aim.issue(self._now(), opened=True)
        self._apply()
        self._player.play()

    def _seek(self, aim: Arrival) -> None:
        with self._lock:
            source, ended = self._source, self._ended
        if aim is not self._aim or source is None:
            return
        if source is not self._loaded or ended:
            self._open(aim, source)
            return
        self._player.set_pause(0)
        with self._lock:
            aim.issue(self._now(), opened=False)
        self._apply()
        self._player.set_time(aim.start_ms)

    def _run(self, *, running: bool) -> None:
        with self._lock:
            aim = self._aim
            if aim is None:
                return
            aim.run = running
            if not aim.settled:
                return
            aim.clock.run(running, self._now())
        self._player.set_pause(0 if running else 1)
        self._apply()

    def _halt(self, aim: Arrival) -> None:
        """Stand still where an aim that waits became ready, unless it was told to go meanwhile."""
        if aim is self._aim and not aim.run:
            self._player.set_pause(1)

    def _apply(self) -> None:
        """Tell libvlc how loud and how fast: silent and at the normal rate while it is not where it should be.

        libvlc 3 that is sent somewhere at another rate lands up to a second off, on pictures it cannot decode. Its
        volume is the cube root of the amplitude.
        """
        with self._lock:
            aim = self._aim
            settled = aim is not None and aim.settled
            gain = self._gain if aim is not None and settled and aim.run else 0
            rate = self._rate if settled else NORMAL_RATE
            if self._player is None or self._loaded is None:
                return
            told_rate, self._told_rate = self._told_rate, rate
            if aim is not None and settled:
                aim.clock.set_rate(rate, self._now())
        if rate != told_rate:
            self._player.set_rate(rate / NORMAL_RATE)
        if gain != self._told_gain:
            self._told_gain = gain
            self._player.audio_set_volume(round(100 * (gain / FULL_GAIN) ** (1 / 3)))

    def _unload(self) -> None:
        if self._aim is None:
            self._stop()

    def _stop(self) -> None:
        self._loaded = None
        if self._player is not None:
            self._player.stop()

    def _look(self) -> None:
        """See whether it is there by now."""
        with self._lock:
            aim = self._aim
            said = None if aim is None else aim.look(self._now())
            frame = aim.take_frame() if aim is not None and said == "ready" else None
        if aim is None or said is None:
            return
        if said == "dark":
            self._hearer.on_error(aim.number, self._known("playback.no_picture"))
            return
        self._queue.put(self._apply)
        if not aim.run:
            self._queue.put(lambda: self._halt(aim))
        if frame is not None:
            self._hearer.on_frame(aim.number, frame)
        self._hearer.on_ready(aim.number)

    # -------------------------------------------------------------------------------------- libvlc's threads

    def _on_buffering(self, event: Any) -> None:
        with self._lock:
            if self._aim is not None and self._aim.issued:
                self._aim.hear_buffering(event.u.new_cache >= 100, self._now())
        self._wake()

    def _on_picture(self, frame: Frame) -> None:
        with self._lock:
            aim = self._aim
            seen = aim is not None and aim.hear_picture(frame, self._now())
            waits = aim is not None and not aim.settled
        if aim is None:
            return
        if seen:
            self._hearer.on_frame(aim.number, frame)
        elif waits:
            self._look()
            self._wake()

    def _on_time(self, event: Any) -> None:
        with self._lock:
            if self._aim is not None:
                self._aim.hear_time(int(event.u.new_time), self._now())
        self._wake()

    def _on_end(self, _event: Any) -> None:
        with self._lock:
            aim = self._aim
            self._ended = True
            if aim is None or not aim.issued:
                return
            aim.end(self._now())
            frame = aim.take_frame()
        if not aim.read:
            self._hearer.on_error(aim.number, self._known("playback.failed"))
            return
        if frame is not None:
            self._hearer.on_frame(aim.number, frame)
        self._hearer.on_end(aim.number)

    def _on_failure(self, _event: Any) -> None:
        with self._lock:
            aim = self._aim
            self._ended = True
        if aim is not None and aim.issued:
            self._hearer.on_error(aim.number, self._known("playback.failed"))

    def _wake(self) -> None:
        """Let the thread think again about how long it may sleep."""
        self._queue.put(self._look)

    def _known(self, code: str) -> Known:
        source = self._source
        return Known(code, name="" if source is None else shown_name(source.path))
