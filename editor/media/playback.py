"""Playing one media through libvlc: pictures as they are due, sound, and where it is, to some milliseconds.

`Engine` is libvlc itself, loaded when the first thing is played; `Player` plays one media at a time. Nothing here
waits: what is asked of a player is put on a queue that its own thread carries out, because libvlc's `stop` joins
threads and may take long, and because libvlc must never be called from its own callbacks. What happens is told to a
`Hearer` on foreign threads.

**Aims.** Each `open` and `seek` is an aim with a number, and everything told carries the number of the aim it belongs
to, so that news of an aim that was given up can be known as such.

**The right picture.** After it was sent somewhere, libvlc shows some pictures from before that place, and sometimes
one from where it was, as soon as they are decoded, and keeps the clock only from then on. vmem does not say which
picture it hands over, so pictures are kept back until they must be right: for some time after the first (`SEEK`,
`OPEN`), or, for a player that is to wait, through a run-up of `RUN_UP_MS` before the place, silent. It is then *ready*;
a player that was to wait has handed over the picture of the place and stands still.

**The time.** libvlc's own `get_time` moves in steps of up to half a second. Its time-changed events come at those
steps but are exact when they come, and between them time runs at the rate; so the last event is the anchor and the
rest is arithmetic. Before the first event of an aim, the first picture is the anchor: it comes a little before its
time.
"""

import contextlib
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from editor.errors import Known
from editor.media.canvas import Canvas, Frame
from editor.media.files import regular, shown_name

RUN_UP_MS = 600
"""Long enough for one time-changed event, which come every 250 to 300 ms."""
EXACT_MS = 3
"""A picture that comes so little before the place, by the clock, is the picture of the place."""
LATE_MS = 20
"""How long after the place a waiting player looks out for its picture; then the last before it is the one that is seen
there."""
NO_PICTURE_MS = 2_000
"""A media with pictures that shows none for so long is told of as one that cannot be shown."""
TRUSTED_MS = 1_500
"""How far the time is carried on from an anchor; libvlc that says nothing for longer is stuck."""
NORMAL_RATE = FULL_GAIN = 1_000

_OPTIONS = (
    *("--quiet", "--no-video-title-show", "--no-osd", "--no-spu", "--no-sub-autodetect-file", "--no-stats"),
    *("--no-metadata-network-access", "--no-snapshot-preview", "--file-caching=50"),
)


def monotonic_ms() -> int:
    """Milliseconds of a clock that never goes back."""
    return time.monotonic_ns() // 1_000_000


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


class MediaClock:
    """Where a media is: an anchor, a rate, and whether it runs. Integer milliseconds; rate in permille."""

    def __init__(self) -> None:
        self._media_ms = 0
        self._since_ms = 0
        self._rate = NORMAL_RATE
        self.running = False

    def at(self, now_ms: int) -> int:
        """The place in the media at an instant."""
        if not self.running:
            return self._media_ms
        return self._media_ms + min(now_ms - self._since_ms, TRUSTED_MS) * self._rate // NORMAL_RATE

    def set(self, media_ms: int, now_ms: int) -> None:
        """Anchor: it is there at this instant."""
        self._media_ms, self._since_ms = media_ms, now_ms

    def run(self, running: bool, now_ms: int) -> None:
        """Run on from where it stands, or stand still."""
        self.set(self.at(now_ms), now_ms)
        self.running = running

    def set_rate(self, rate: int, now_ms: int) -> None:
        """Run at another rate from now on."""
        self.set(self.at(now_ms), now_ms)
        self._rate = rate


@dataclass(frozen=True)
class _Manner:
    """How libvlc comes to a place, as measured."""

    hide_ms: int
    """How long after the first picture wrong ones may still come."""
    early_ms: int
    """How long before its time the first picture comes."""


FROM_TOP = _Manner(hide_ms=0, early_ms=10)
SEEK = _Manner(hide_ms=70, early_ms=10)
OPEN = _Manner(hide_ms=110, early_ms=60)


@dataclass(eq=False)
class _Source:
    path: Path
    size: tuple[int, int]
    picture: bool


@dataclass(eq=False)
class _Aim:
    number: int
    at_ms: int
    start_ms: int
    """Where libvlc is sent: `at_ms`, or the beginning of the run-up."""
    run: bool
    """Whether it goes on once it is ready."""
    manner: _Manner
    issued: bool = False
    """libvlc has been told; before that, its news is of what was before."""
    read: bool = False
    """libvlc has got something out of the file."""
    buffered_ms: int | None = None
    """When libvlc had read enough."""
    first_ms: int | None = None
    """When its first picture came (for sound: when it had read enough)."""
    confirmed: bool = False
    """libvlc itself has said where it is."""
    settled: bool = False
    complained: bool = False
    frame: Frame | None = None
    """The last picture that was kept back."""
    frame_ms: int = 0
    """When it came."""


class Player:
    """Plays one media at a time. Every method returns at once and may be called from any thread but libvlc's."""

    def __init__(self, engine: "Engine", hearer: Hearer, clock: Callable[[], int], name: str) -> None:
        self._engine = engine
        self._hearer = hearer
        self._now = clock
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name)
        self._started = False
        self._closed = False
        self._lock = threading.Lock()
        # Guarded by the lock:
        self._aim: _Aim | None = None
        self._number = 0
        self._clock = MediaClock()
        self._ended = False
        self._gain = FULL_GAIN
        # The thread's own:
        self._vlc: Any = None
        self._player: Any = None
        self._canvas = Canvas(self._on_picture)
        self._source: _Source | None = None
        self._loaded: _Source | None = None
        self._rate = NORMAL_RATE
        self._heard_gain = -1

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
        start_ms = at_ms if run else max(0, at_ms - RUN_UP_MS)
        aim = self._take_aim(at_ms, start_ms, run, OPEN if start_ms else FROM_TOP)
        with self._lock:
            self._source = source
        self._ask(lambda: self._open(aim, source))
        return aim.number

    def seek(self, at_ms: int, *, run: bool = True) -> int:
        """Go elsewhere in the same media; of several seeks in a row only the last is carried out."""
        start_ms = at_ms if run else max(0, at_ms - RUN_UP_MS)
        aim = self._take_aim(at_ms, start_ms, run, SEEK)
        self._ask(lambda: self._seek(aim))
        return aim.number

    def play(self) -> None:
        """Go on, at once or as soon as it is ready."""
        self._ask(lambda: self._run(running=True))

    def pause(self) -> None:
        """Stand still, at once or as soon as it is ready."""
        self._ask(lambda: self._run(running=False))

    def set_rate(self, rate: int) -> None:
        """How fast, in permille of normal."""
        self._ask(lambda: self._set_rate(rate))

    def set_gain(self, gain: int) -> None:
        """How loud, in permille of the sound's amplitude."""
        with self._lock:
            if gain == self._gain:
                return
            self._gain = gain
        self._ask(self._apply_gain)

    def time_ms(self) -> int:
        """Where it is in the media; before it is ready, where it was sent."""
        with self._lock:
            if self._aim is None:
                return 0
            return self._clock.at(self._now()) if self._aim.settled else self._aim.at_ms

    def unload(self) -> None:
        """Let go of the media and the machine time it takes."""
        with self._lock:
            self._aim = None
        self._ask(self._unload)

    def close(self) -> None:
        """End for good. `Engine.close` waits until it is over."""
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

    def _take_aim(self, at_ms: int, start_ms: int, run: bool, manner: _Manner) -> _Aim:
        with self._lock:
            self._number += 1
            self._aim = _Aim(self._number, at_ms, start_ms, run, manner)
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
            aim = self._aim
            if aim is None or aim.settled or not aim.issued or aim.buffered_ms is None:
                return None
            due_ms = aim.buffered_ms + NO_PICTURE_MS if aim.first_ms is None else self._due_ms(aim)
            if aim.first_ms is None and aim.complained:
                return None
            return max(0, due_ms - self._now()) / 1000

    def _due_ms(self, aim: _Aim) -> int:
        """When an aim that has its first picture will be ready."""
        assert aim.first_ms is not None
        now_ms = self._now()
        if aim.start_ms == aim.at_ms:
            return aim.first_ms + aim.manner.hide_ms
        left_ms = aim.at_ms - self._clock.at(now_ms)
        left_ms += -EXACT_MS if aim.frame_ms == now_ms else LATE_MS
        return max(aim.first_ms + aim.manner.hide_ms, now_ms + left_ms * NORMAL_RATE // self._rate)

    def _look(self) -> None:
        with self._lock:
            aim = self._aim
            if aim is None or aim.settled or not aim.issued or aim.buffered_ms is None:
                return
            if aim.first_ms is None:
                late = self._now() >= aim.buffered_ms + NO_PICTURE_MS and not aim.complained
                aim.complained = aim.complained or late
                news = [lambda: self._hearer.on_error(aim.number, self._known("playback.no_picture"))] if late else []
            else:
                news = self._settle_if_due(aim)
        _tell(news)

    def _load(self) -> None:
        """Make the libvlc player.

        Raises:
            Known: playback.no_vlc.
        """
        if self._player is not None:
            return
        self._vlc, instance = self._engine.load()
        self._player = instance.media_player_new()
        self._canvas.attach(self._vlc, self._player)
        events = self._player.event_manager()
        kinds = self._vlc.EventType
        for kind, hear in (
            (kinds.MediaPlayerBuffering, self._on_buffering),
            (kinds.MediaPlayerTimeChanged, self._on_time),
            (kinds.MediaPlayerEndReached, self._on_end),
            (kinds.MediaPlayerEncounteredError, self._on_failure),
        ):
            events.event_attach(kind, hear)

    def _open(self, aim: _Aim, source: _Source) -> None:
        if aim is not self._aim:
            return
        try:
            regular(source.path)
            self._load()
        except Known as known:
            self._hearer.on_error(aim.number, known)
            return
        media = self._engine.media(source.path)
        media.add_option(f":start-time={aim.start_ms // 1000}.{aim.start_ms % 1000:03}")
        if not source.picture:
            media.add_option(":no-video")
        self._player.set_media(media)  # ends what was played before, and waits for that
        media.release()
        self._canvas.size = source.size
        self._loaded = source
        with self._lock:
            self._ended = False
            self._clock.run(running=False, now_ms=self._now())
            if not aim.start_ms:
                aim.manner = FROM_TOP
                if source.picture:
                    aim.buffered_ms = self._now()  # whatever comes is right
            aim.issued = True
        self._apply_gain()
        self._player.set_rate(self._rate / NORMAL_RATE)
        self._player.play()

    def _seek(self, aim: _Aim) -> None:
        with self._lock:
            source, ended = self._source, self._ended
        if aim is not self._aim or source is None:
            return
        if source is not self._loaded or ended:
            self._open(aim, source)
            return
        self._player.set_pause(0)
        with self._lock:
            self._clock.run(running=False, now_ms=self._now())
            aim.issued = aim.read = True
        self._apply_gain()
        self._player.set_time(aim.start_ms)

    def _run(self, *, running: bool) -> None:
        with self._lock:
            aim = self._aim
            if aim is None:
                return
            aim.run = running
            if not aim.settled:
                return
            self._clock.run(running, self._now())
        self._player.set_pause(0 if running else 1)
        self._apply_gain()

    def _halt(self, aim: _Aim) -> None:
        """Stand still where an aim that waits became ready, unless it was told to go meanwhile."""
        if aim is self._aim and not aim.run:
            self._player.set_pause(1)

    def _set_rate(self, rate: int) -> None:
        with self._lock:
            if rate == self._rate:
                return
            self._clock.set_rate(rate, self._now())
            self._rate = rate
        if self._player is not None:
            self._player.set_rate(rate / NORMAL_RATE)

    def _apply_gain(self) -> None:
        """Set libvlc's volume, which is the cube root of the amplitude; silent while it is not where it should be."""
        with self._lock:
            gain = self._gain if self._aim is not None and self._aim.settled and self._aim.run else 0
        if self._player is not None and self._loaded is not None and gain != self._heard_gain:
            self._heard_gain = gain
            self._player.audio_set_volume(round(100 * (gain / FULL_GAIN) ** (1 / 3)))

    def _unload(self) -> None:
        if self._player is not None and self._aim is None:
            self._loaded = None
            self._player.stop()

    # -------------------------------------------------------------------------------------- libvlc's threads

    def _on_buffering(self, event: Any) -> None:
        full = event.u.new_cache >= 100
        with self._lock:
            aim = self._aim
            if aim is None or not aim.issued or aim.settled:
                return
            aim.read = aim.read or full
            sound = self._loaded is None or not self._loaded.picture
            if aim.manner is FROM_TOP and not sound:
                return
            # libvlc may fill its buffers more than once before it is where it was sent: only the last counts.
            aim.buffered_ms = self._now() if full else None
            aim.first_ms = None
            self._clock.run(running=False, now_ms=self._now())
            if full and sound:
                self._begin(aim)
        self._wake()

    def _on_picture(self, frame: Frame) -> None:
        news: list[Callable[[], None]] = []
        with self._lock:
            aim = self._aim
            if aim is None or not aim.issued:
                return
            if aim.settled:
                if not aim.run:
                    return  # libvlc repeats a standing picture
                news.append(lambda: self._hearer.on_frame(aim.number, frame))
            elif aim.buffered_ms is not None:
                aim.frame, aim.frame_ms = frame, self._now()
                if aim.first_ms is None:
                    self._begin(aim)
                    self._wake()
                news = self._settle_if_due(aim)
        _tell(news)

    def _on_time(self, event: Any) -> None:
        media_ms = int(event.u.new_time)
        with self._lock:
            aim = self._aim
            if aim is None or aim.first_ms is None or not self._clock.running:
                return
            now_ms = self._now()
            if not aim.confirmed:
                # The first may still be of the place before.
                passed_ms = now_ms - aim.first_ms
                likely = aim.start_ms - 50 <= media_ms <= aim.start_ms + 500 + passed_ms * self._rate // NORMAL_RATE
                if not likely or (passed_ms < 50 and aim.frame is None):
                    return
                aim.confirmed = True
            self._clock.set(media_ms, now_ms)
        self._wake()

    def _on_end(self, _event: Any) -> None:
        with self._lock:
            aim = self._aim
            self._ended = True
            if aim is None or not aim.issued:
                return
            aim.settled = True
            frame, aim.frame = aim.frame, None
            self._clock.run(running=False, now_ms=self._now())
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
            if aim is None or not aim.issued:
                return
        self._hearer.on_error(aim.number, self._known("playback.failed"))

    def _begin(self, aim: _Aim) -> None:
        """The first picture has come: from here on there is a time."""
        now_ms = self._now()
        aim.first_ms = now_ms
        self._clock.set(aim.start_ms - aim.manner.early_ms, now_ms)
        self._clock.run(running=True, now_ms=now_ms)

    def _settle_if_due(self, aim: _Aim) -> list[Callable[[], None]]:
        """Be ready, if it is time; gives what to tell once the lock is free."""
        now_ms = self._now()
        if self._due_ms(aim) > now_ms:
            return []
        assert aim.first_ms is not None
        aim.settled = True
        frame, aim.frame = aim.frame, None
        if aim.start_ms == aim.at_ms:
            if not aim.run:
                self._clock.set(aim.at_ms, now_ms)
            elif aim.frame_ms - aim.first_ms < aim.manner.hide_ms // 2:
                frame = None  # one of the wrong ones; the right one is not due yet
        if aim.run:
            self._queue.put(self._apply_gain)
        else:
            self._clock.run(running=False, now_ms=now_ms)
            self._queue.put(lambda: self._halt(aim))
        news: list[Callable[[], None]] = []
        if frame is not None:
            news.append(lambda: self._hearer.on_frame(aim.number, frame))
        news.append(lambda: self._hearer.on_ready(aim.number))
        return news

    def _wake(self) -> None:
        """Let the thread look again when something is due."""
        self._queue.put(self._look)

    def _known(self, code: str) -> Known:
        source = self._source
        return Known(code, name="" if source is None else shown_name(source.path))


class Engine:
    """libvlc, loaded when the first player plays.

    Args:
        sound: whether there is something to sound through; None looks for it.
        clock: milliseconds that never go back.
    """

    def __init__(self, *, sound: bool | None = None, clock: Callable[[], int] = monotonic_ms) -> None:
        self._sound = sound
        self._clock = clock
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._failure: Known | None = None
        self._players: list[Player] = []

    def player(self, hearer: Hearer) -> Player:
        """A new player that tells `hearer`."""
        self._players = [player for player in self._players if not player.ended]
        player = Player(self, hearer, self._clock, f"player {len(self._players) + 1}")
        self._players.append(player)
        return player

    def load(self) -> tuple[Any, Any]:
        """The vlc module and libvlc's instance.

        Raises:
            Known: playback.no_vlc: libvlc is not installed, or without its plugins.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if self._loaded is None:
                try:
                    self._loaded = self._start()
                except Known as known:
                    self._failure = known
                    raise
            return self._loaded

    def media(self, path: Path) -> Any:
        """A libvlc media; by address, which can say any name a file can have."""
        return self.load()[1].media_new_location(path.absolute().as_uri())

    def close(self) -> None:
        """End every player, wait for them, and let go of libvlc."""
        for player in self._players:
            player.close()
        for player in self._players:
            player.join()
        self._players.clear()
        with self._lock:
            if self._loaded is not None:
                self._loaded[1].release()
                self._loaded = None

    def _start(self) -> tuple[Any, Any]:
        instance = None
        # python-vlc looks for the library while it is imported and fails in as many ways as there are systems.
        with contextlib.suppress(ImportError, OSError, NotImplementedError, AttributeError, NameError, SystemExit):
            import vlc

            options = list(_OPTIONS)
            if sys.platform == "linux":
                options.append("--no-xlib")
            if not (has_sound() if self._sound is None else self._sound):
                options.append("--aout=adummy")
            instance = vlc.Instance(options)
        if instance is None:
            raise Known("playback.no_vlc")
        return vlc, instance


def has_sound() -> bool:
    """Whether this machine can make a sound; without, libvlc fills the log with attempts. Only Linux may lack it."""
    if sys.platform != "linux":
        return True
    import os

    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"))
    servers = (runtime / "pulse" / "native", runtime / "pipewire-0")
    return (
        "PULSE_SERVER" in os.environ
        or any(server.exists() for server in servers)
        or any(Path("/dev/snd").glob("pcm*p"))
    )


def _tell(news: list[Callable[[], None]]) -> None:
    for one in news:
        one()
