"""A transport on a clock that tests set by hand, with fake players that record calls and take 100 ms to seek."""

from pathlib import Path

from editor.playback.deck import PlayerListener
from editor.playback.transport import Transport
from editor.schedule.model import Media, Video, Webinar

A, B, SOUND, PICTURE = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
SLOW_MS = 100


class FakeClock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


class FakePlayer:
    """Plays nothing; its position follows from the clock."""

    def __init__(self, listener: PlayerListener, clock: FakeClock) -> None:
        self.listener, self.clock = listener, clock
        self.calls: list[tuple] = []
        self.request_id = 0
        self.file: str | None = None
        self.due: int | None = None
        self.run = False
        self.rate = 1_000
        self.gain = 0
        self.anchor = (0, 0)
        self.wants: tuple = ()
        self.silent = False

    def open(self, path, at_ms, *, size, with_video, autoplay):
        self.calls.append(("open", path.name, at_ms, autoplay))
        self.file, self.wants = path.name, (size, with_video)
        return self.go_to(at_ms, autoplay)

    def seek(self, at_ms, *, autoplay):
        self.calls.append(("seek", at_ms))
        return self.go_to(at_ms, autoplay)

    def go_to(self, at_ms, run):
        self.request_id += 1
        self.due, self.run, self.anchor = self.clock.ms + SLOW_MS, run, (at_ms, self.clock.ms)
        return self.request_id

    def play(self):
        self.calls.append(("play",))
        self.anchor, self.run = (self.time_ms(), self.clock.ms), True

    def pause(self):
        self.calls.append(("pause",))
        self.anchor, self.run = (self.time_ms(), self.clock.ms), False

    def set_rate(self, rate):
        self.anchor, self.rate = (self.time_ms(), self.clock.ms), rate

    def set_gain(self, gain):
        self.gain = gain

    def time_ms(self):
        at_ms, since = self.anchor
        running = self.run and self.due is None
        return at_ms + ((self.clock.ms - since) * self.rate // 1_000 if running else 0)

    def stray(self, by_ms):
        self.anchor = (self.time_ms() + by_ms, self.clock.ms)

    def unload(self):
        self.calls.append(("unload",))
        self.file = self.due = None
        self.run = False

    def close(self):
        self.calls.append(("close",))

    def advance(self):
        """Report the events that a real player would have reported by now."""
        if self.due is not None and self.clock.ms >= self.due and not self.silent:
            self.due, self.anchor = None, (self.anchor[0], self.clock.ms)
            self.listener.on_frame(self.request_id, f"{self.file}@{self.anchor[0]}")
            self.listener.on_ready(self.request_id)
        elif self.due is None and self.run and self.file:
            self.listener.on_frame(self.request_id, f"{self.file}@{self.time_ms()}")


class TransportHarness:
    """A transport, its clock and its players."""

    def __init__(self, webinar: Webinar) -> None:
        self.clock = FakeClock()
        self.players: list[FakePlayer] = []
        self.files = {sha: Path(f"/{sha[0]}") for sha in (A, B, SOUND)}
        self.transport = Transport(webinar, self.player, self.files.get, self.clock, lambda: None)
        self.snapshots: list[tuple[int, object]] = []

    def player(self, listener: PlayerListener) -> FakePlayer:
        player = FakePlayer(listener, self.clock)
        self.players.append(player)
        return player

    def pass_time(self, ms: int) -> None:
        """Let time pass millisecond by millisecond, ticking as the transport asks."""
        tick_at: int | None = self.clock.ms
        for _ in range(ms):
            if tick_at is not None and self.clock.ms >= tick_at:
                wait = self.transport.tick()
                tick_at = None if wait is None else self.clock.ms + wait
            self.clock.ms += 1
            before = [player.due for player in self.players]
            for player in self.players:
                player.advance()
            if before != [player.due for player in self.players]:
                tick_at = self.clock.ms
            self.snapshots.append((self.transport.position_ms, self.transport.live_frame))

    @property
    def running_player(self) -> FakePlayer:
        """The player that runs."""
        return next(player for player in self.players if player.run and player.due is None)


def media(sha: str, kind: str, duration_ms: int = 60_000) -> Media:
    return Media(sha256=sha, kind=kind, name=f"{sha[0]}.mp4", duration_ms=duration_ms, width=320, height=180)


MEDIA = {
    A: media(A, "video"),
    B: media(B, "video"),
    SOUND: media(SOUND, "audio", 4_000),
    PICTURE: media(PICTURE, "image"),
}


def video(name: str, sha: str, start_ms: int, in_ms: int, out_ms: int, **more) -> Video:
    return Video(id=name, media=sha, start_ms=start_ms, in_ms=in_ms, out_ms=out_ms, **more)


def programme(*segments) -> Webinar:
    return Webinar(id="w", programme=segments, media=MEDIA)


TWO = programme(video("one", A, 0, 1_000, 6_000), video("two", B, 5_000, 2_000, 8_000))
