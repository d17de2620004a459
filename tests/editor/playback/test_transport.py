"""The transport on a clock that a test turns by hand, with players made of paper: they keep a time and a list of what
was asked of them, take 100 ms to get anywhere, and never lie."""

from pathlib import Path

import pytest

from editor.errors import KnownError
from editor.playback.deck import PlayerListener
from editor.playback.transport import MAX_WAIT_MS, PRELOAD_MS, Transport
from editor.schedule.model import Audio, Image, Media, Page, Presentation, Video, Webinar

A, B, SOUND, PICTURE = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
SLOW_MS = 100


class FakeClock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


class FakePlayer:
    """Plays nothing, honestly: where it is follows from the clock."""

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


def test_the_clock_stands_until_the_player_is_there_and_runs_with_it_then():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(SLOW_MS // 2)
    assert bench.transport.is_waiting
    assert bench.transport.position_ms == 0
    bench.pass_time(1_000)
    assert not bench.transport.is_waiting
    assert abs(bench.transport.position_ms - (1_000 - SLOW_MS // 2)) <= 40
    assert abs(bench.running_player.time_ms() - 1_000 - bench.transport.position_ms) <= 40


def test_the_next_waits_on_its_first_picture_and_the_cut_has_no_gap():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(8_000)
    first, second = bench.players
    assert second.calls == [("open", "b", 2_000, False), ("play",)]
    assert second.wants == ((320, 180), True)
    assert ("pause",) in first.calls
    begun = [(position, live) for position, live in bench.snapshots if live is not None]
    assert all(live is not None for position, live in bench.snapshots if position > 0)
    assert next(live for position, live in begun if position >= 5_000) in {"b@2000", "b@2001"}
    assert not any(str(live).startswith("a") for position, live in begun if position >= 5_000)
    assert not bench.transport.is_waiting


def test_the_next_is_not_asked_for_too_early():
    bench = TransportHarness(programme(video("one", A, 0, 0, 30_000), video("two", B, 30_000, 0, 8_000)))
    bench.transport.play()
    bench.pass_time(30_000 - PRELOAD_MS - 200)
    assert bench.players[1].file is None
    bench.pass_time(600)
    assert bench.players[1].file == "b"


def test_a_split_plays_through_on_the_same_player():
    bench = TransportHarness(programme(video("one", A, 0, 0, 3_000), video("two", A, 3_000, 3_000, 9_000)))
    bench.transport.play()
    bench.pass_time(6_000)
    assert [asked for player in bench.players for asked in player.calls if asked[0] in {"open", "seek"}] == [
        ("open", "a", 0, True)
    ]
    assert bench.transport.stage.segment == "two"
    assert bench.transport.live_frame is not None


def test_a_freeze_frame_stops_the_player_and_a_gap_keeps_it_stopped():
    bench = TransportHarness(programme(video("one", A, 0, 0, 2_000, hold_ms=1_000), video("two", B, 5_000, 0, 2_000)))
    bench.transport.play()
    bench.pass_time(2_000 + SLOW_MS + 300)
    assert bench.transport.stage.holding
    assert bench.transport.live_frame is None
    assert not bench.players[0].run
    bench.pass_time(1_500)
    assert bench.transport.stage.phase == "gap"
    bench.pass_time(1_500)
    assert bench.transport.live_frame is not None


def test_it_pauses_at_the_end_and_playing_again_begins_at_the_beginning():
    bench = TransportHarness(programme(video("one", A, 0, 0, 2_000)))
    bench.transport.play()
    bench.pass_time(3_000)
    assert (bench.transport.position_ms, bench.transport.rate, bench.transport.stage.phase) == (2_000, 0, "ended")
    bench.transport.play()
    bench.pass_time(500)
    assert 300 <= bench.transport.position_ms <= 500


def test_images_and_pages_need_no_player_and_a_track_under_pages_does():
    pages = (Page(page=0, length_ms=2_000), Page(page=1, length_ms=4_000))
    bench = TransportHarness(
        programme(
            Image(id="i", media=PICTURE, start_ms=0, length_ms=1_000),
            Presentation(id="p", media=PICTURE, start_ms=1_000, pages=pages, out_ms=6_000, in_ms=500, audio=SOUND),
        )
    )
    bench.transport.play()
    bench.pass_time(900)
    assert bench.transport.position_ms >= 860
    assert not any(player.run for player in bench.players)
    bench.pass_time(600)
    assert bench.running_player.file == "c"
    assert abs(bench.running_player.time_ms() - (bench.transport.position_ms - 500)) <= 40
    assert bench.transport.live_frame is None
    bench.pass_time(4_000)
    assert bench.transport.stage.audio is None
    assert not any(player.run for player in bench.players)


def test_volume_mute_and_fades_are_heard():
    bench = TransportHarness(programme(video("one", A, 0, 0, 10_000, volume=50, fade_in_ms=2_000)))
    bench.transport.play()
    bench.pass_time(1_000 + SLOW_MS)
    assert 200 <= bench.running_player.gain <= 260
    bench.pass_time(2_000)
    assert bench.running_player.gain == 500
    bench.transport.set_volume(500)
    assert bench.running_player.gain == 250


@pytest.mark.parametrize("off", [-150, 150])
def test_a_small_drift_is_corrected_by_the_rate_once_settled(off):
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(2_000)
    player = bench.running_player
    player.stray(off)
    bench.pass_time(60)
    assert player.rate == (950 if off > 0 else 1_050)
    bench.pass_time(4_000)
    assert player.rate == 1_000
    assert abs(player.time_ms() - bench.transport.position_ms) <= 40
    assert not [asked for asked in player.calls if asked[0] == "seek"]


def test_a_drift_in_the_first_second_moves_the_position_and_not_the_rate():
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(300)
    bench.running_player.stray(-100)
    bench.pass_time(100)
    assert bench.running_player.rate == 1_000
    assert abs(bench.running_player.time_ms() - bench.transport.position_ms) <= 40


def test_a_large_drift_is_corrected_by_a_seek():
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(3_000)
    player = bench.running_player
    player.anchor = (0, bench.clock.ms)
    bench.pass_time(300)
    assert any(asked[0] == "seek" for asked in player.calls)
    assert abs(player.time_ms() - bench.transport.position_ms) <= 40


def test_shuttle_doubles_the_pace_each_time_and_turns_round():
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    rates = []
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, 1, 0):
        bench.transport.shuttle(direction)
        rates.append(bench.transport.rate)
        bench.pass_time(200)
    assert rates == [1, 2, 4, 8, 8, -1, -2, -4, 1, 0]


def test_at_twice_the_pace_the_player_runs_as_fast():
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play(2)
    bench.pass_time(2_000 + SLOW_MS)
    assert bench.running_player.rate == 2_000
    assert 3_850 <= bench.transport.position_ms <= 4_150
    assert abs(bench.running_player.time_ms() - bench.transport.position_ms) <= 80


@pytest.mark.parametrize(("rate", "start", "then"), [(-2, 3_000, 1_000), (4, 3_000, 7_000), (8, 3_000, 11_000)])
def test_backwards_and_very_fast_the_position_runs_without_players(rate, start, then):
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.seek(start)
    bench.transport.play(rate)
    bench.pass_time(1_000)
    assert abs(bench.transport.position_ms - then) <= 40 * abs(rate)
    assert bench.transport.live_frame is None
    assert not any(player.run for player in bench.players)


def test_backwards_it_stops_at_the_beginning():
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.seek(500)
    bench.transport.play(-1)
    bench.pass_time(1_000)
    assert (bench.transport.position_ms, bench.transport.rate) == (0, 0)


def test_slowing_down_from_very_fast_brings_the_player_back():
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play(8)
    bench.pass_time(1_000)
    bench.transport.play(1)
    bench.pass_time(500)
    assert bench.running_player.rate == 1_000
    assert abs(bench.running_player.time_ms() - bench.transport.position_ms) <= 60


def test_a_seek_while_a_drift_is_made_good_is_at_the_normal_pace():
    bench = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(2_000)
    bench.running_player.stray(-150)
    bench.pass_time(60)
    assert bench.running_player.rate == 1_050
    bench.transport.seek(9_000)
    assert bench.players[0].rate == 1_000


def test_pausing_stands_exactly_and_playing_on_needs_no_new_start():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(1_500)
    bench.transport.pause()
    at_ms = bench.transport.position_ms
    bench.pass_time(500)
    assert bench.transport.position_ms == at_ms
    assert bench.transport.live_frame is None
    bench.transport.play()
    assert not bench.transport.is_waiting
    bench.pass_time(500)
    assert len([asked for asked in bench.players[0].calls if asked[0] == "open"]) == 1


def test_a_seek_while_it_plays_goes_on_from_there():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(1_000)
    bench.transport.seek(3_000)
    assert bench.transport.is_waiting
    bench.pass_time(SLOW_MS + 500)
    assert abs(bench.transport.position_ms - 3_500) <= 40
    assert abs(bench.running_player.time_ms() - 4_500) <= 80


def test_a_seek_to_a_waiting_segment_takes_the_waiting_player():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(1_000)
    bench.transport.seek(5_000)
    assert not bench.transport.is_waiting
    bench.pass_time(100)
    assert bench.running_player.file == "b"


def test_a_player_that_never_gets_ready_does_not_stop_the_clock_forever():
    bench = TransportHarness(TWO)
    bench.players[0].silent = True
    bench.transport.play()
    bench.pass_time(MAX_WAIT_MS + 500)
    assert bench.transport.position_ms >= 400


def test_a_missing_file_stops_nothing():
    bench = TransportHarness(TWO)
    del bench.files[A]
    bench.transport.play()
    bench.pass_time(6_000)
    assert bench.transport.position_ms >= 5_800
    assert bench.running_player.file == "b"


def test_an_error_is_shown_only_where_the_media_would_play():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(50)
    bench.players[0].silent = True
    bench.players[0].listener.on_error(bench.players[0].request_id, KnownError("playback.failed", name="a.mp4"))
    bench.pass_time(50)
    assert bench.transport.error is not None
    assert bench.transport.error.code == "playback.failed"
    bench.transport.seek(5_500)
    bench.pass_time(300)
    assert bench.transport.error is None


def test_a_media_that_ends_early_is_reported_with_its_position():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(2_000)
    player = bench.running_player
    player.listener.on_end(player.request_id)
    player.run = False
    bench.pass_time(100)
    assert bench.transport.error is not None
    assert bench.transport.error.code == "playback.short"
    assert bench.transport.rate == 1


def test_events_of_a_replaced_request_are_ignored():
    bench = TransportHarness(TWO)
    bench.transport.play()
    old = bench.players[0].request_id
    bench.transport.seek(2_000)
    bench.players[0].listener.on_error(old, KnownError("playback.failed", name="a.mp4"))
    bench.players[0].listener.on_ready(old)
    assert bench.transport.error is None
    assert bench.transport.is_waiting


def test_an_edit_while_it_plays_is_followed():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(2_000)
    bench.transport.set_webinar(programme(video("two", B, 0, 2_000, 8_000)))
    bench.pass_time(1_000)
    assert bench.running_player.file == "b"
    assert abs(bench.running_player.time_ms() - 2_000 - bench.transport.position_ms) <= 80


def test_sound_on_the_programme_plays_without_a_picture():
    bench = TransportHarness(programme(Audio(id="s", media=SOUND, start_ms=0, out_ms=4_000)))
    bench.transport.play()
    bench.pass_time(1_000)
    assert bench.running_player.file == "c"
    assert bench.running_player.wants == ((0, 0), False)
    assert bench.transport.live_frame is None


def test_standing_by_lets_it_begin_at_once():
    bench = TransportHarness(TWO)
    bench.transport.seek(2_000)
    bench.transport.stand_by()
    bench.transport.stand_by()
    bench.pass_time(SLOW_MS + 50)
    assert bench.players[0].calls == [("open", "a", 3_000, False)]
    bench.transport.play()
    assert not bench.transport.is_waiting
    bench.pass_time(100)
    assert bench.transport.position_ms >= 2_080
    assert bench.transport.live_frame is not None


def test_released_players_are_loaded_again_when_playing():
    bench = TransportHarness(TWO)
    bench.transport.play()
    bench.pass_time(1_000)
    bench.transport.pause()
    bench.transport.release_players()
    assert all(player.calls[-1] == ("unload",) for player in bench.players)
    bench.transport.play()
    bench.pass_time(500)
    assert bench.running_player.file == "a"
    bench.transport.close()
    assert all(player.calls[-1] == ("close",) for player in bench.players)
