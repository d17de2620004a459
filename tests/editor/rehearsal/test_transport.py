"""The transport on a clock that a test turns by hand, with players made of paper: they keep a time and a list of what
was asked of them, take 100 ms to get anywhere, and never lie."""

from pathlib import Path

import pytest

from editor.errors import Known
from editor.rehearsal.deck import Hearer
from editor.rehearsal.transport import LEAD_MS, WAIT_MS, Transport
from editor.schedule.model import Audio, Image, Media, Page, Presentation, Video, Webinar

A, B, SOUND, PICTURE = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
SLOW_MS = 100


class Clock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


class PaperPlayer:
    """Plays nothing, honestly: where it is follows from the clock."""

    def __init__(self, hearer: Hearer, clock: Clock) -> None:
        self.hearer, self.clock = hearer, clock
        self.asked: list[tuple] = []
        self.aim = 0
        self.file: str | None = None
        self.due: int | None = None
        self.run = False
        self.rate = 1_000
        self.gain = 0
        self.anchor = (0, 0)
        self.wants: tuple = ()
        self.silent = False

    def open(self, path, at_ms, *, size, picture, run):
        self.asked.append(("open", path.name, at_ms, run))
        self.file, self.wants = path.name, (size, picture)
        return self.go_to(at_ms, run)

    def seek(self, at_ms, *, run):
        self.asked.append(("seek", at_ms))
        return self.go_to(at_ms, run)

    def go_to(self, at_ms, run):
        self.aim += 1
        self.due, self.run, self.anchor = self.clock.ms + SLOW_MS, run, (at_ms, self.clock.ms)
        return self.aim

    def play(self):
        self.asked.append(("play",))
        self.anchor, self.run = (self.time_ms(), self.clock.ms), True

    def pause(self):
        self.asked.append(("pause",))
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
        self.asked.append(("unload",))
        self.file = self.due = None
        self.run = False

    def close(self):
        self.asked.append(("close",))

    def live(self):
        """What a real player would do by now."""
        if self.due is not None and self.clock.ms >= self.due and not self.silent:
            self.due, self.anchor = None, (self.anchor[0], self.clock.ms)
            self.hearer.on_frame(self.aim, f"{self.file}@{self.anchor[0]}")
            self.hearer.on_ready(self.aim)
        elif self.due is None and self.run and self.file:
            self.hearer.on_frame(self.aim, f"{self.file}@{self.time_ms()}")


class Bench:
    """A transport, its clock and its players."""

    def __init__(self, webinar: Webinar) -> None:
        self.clock = Clock()
        self.players: list[PaperPlayer] = []
        self.files = {sha: Path(f"/{sha[0]}") for sha in (A, B, SOUND)}
        self.transport = Transport(webinar, self.player, self.files.get, self.clock, lambda: None)
        self.seen: list[tuple[int, object]] = []

    def player(self, hearer: Hearer) -> PaperPlayer:
        player = PaperPlayer(hearer, self.clock)
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
                player.live()
            if before != [player.due for player in self.players]:
                tick_at = self.clock.ms
            self.seen.append((self.transport.position_ms, self.transport.live))

    @property
    def on(self) -> PaperPlayer:
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
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(SLOW_MS // 2)
    assert bench.transport.waiting
    assert bench.transport.position_ms == 0
    bench.pass_time(1_000)
    assert not bench.transport.waiting
    assert abs(bench.transport.position_ms - (1_000 - SLOW_MS // 2)) <= 40
    assert abs(bench.on.time_ms() - 1_000 - bench.transport.position_ms) <= 40


def test_the_next_waits_on_its_first_picture_and_the_cut_has_no_gap():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(8_000)
    first, second = bench.players
    assert second.asked == [("open", "b", 2_000, False), ("play",)]
    assert second.wants == ((320, 180), True)
    assert ("pause",) in first.asked
    begun = [(position, live) for position, live in bench.seen if live is not None]
    assert all(live is not None for position, live in bench.seen if position > 0)
    assert next(live for position, live in begun if position >= 5_000) in {"b@2000", "b@2001"}
    assert not any(str(live).startswith("a") for position, live in begun if position >= 5_000)
    assert not bench.transport.waiting


def test_the_next_is_not_asked_for_too_early():
    bench = Bench(programme(video("one", A, 0, 0, 30_000), video("two", B, 30_000, 0, 8_000)))
    bench.transport.play()
    bench.pass_time(30_000 - LEAD_MS - 200)
    assert bench.players[1].file is None
    bench.pass_time(600)
    assert bench.players[1].file == "b"


def test_a_split_plays_through_on_the_same_player():
    bench = Bench(programme(video("one", A, 0, 0, 3_000), video("two", A, 3_000, 3_000, 9_000)))
    bench.transport.play()
    bench.pass_time(6_000)
    assert [asked for player in bench.players for asked in player.asked if asked[0] in {"open", "seek"}] == [
        ("open", "a", 0, True)
    ]
    assert bench.transport.stage.segment == "two"
    assert bench.transport.live is not None


def test_a_hold_stops_the_player_and_a_gap_keeps_it_stopped():
    bench = Bench(programme(video("one", A, 0, 0, 2_000, hold_ms=1_000), video("two", B, 5_000, 0, 2_000)))
    bench.transport.play()
    bench.pass_time(2_000 + SLOW_MS + 300)
    assert bench.transport.stage.holding
    assert bench.transport.live is None
    assert not bench.players[0].run
    bench.pass_time(1_500)
    assert bench.transport.stage.phase == "gap"
    bench.pass_time(1_500)
    assert bench.transport.live is not None


def test_at_the_end_it_stands_at_the_end_and_playing_again_begins_at_the_beginning():
    bench = Bench(programme(video("one", A, 0, 0, 2_000)))
    bench.transport.play()
    bench.pass_time(3_000)
    assert (bench.transport.position_ms, bench.transport.rate, bench.transport.stage.phase) == (2_000, 0, "ended")
    bench.transport.play()
    bench.pass_time(500)
    assert 300 <= bench.transport.position_ms <= 500


def test_images_and_pages_need_no_player_and_a_track_under_pages_does():
    pages = (Page(page=0, length_ms=2_000), Page(page=1, length_ms=4_000))
    bench = Bench(
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
    assert bench.on.file == "c"
    assert abs(bench.on.time_ms() - (bench.transport.position_ms - 500)) <= 40
    assert bench.transport.live is None
    bench.pass_time(4_000)
    assert bench.transport.stage.audio is None
    assert not any(player.run for player in bench.players)


def test_volume_mute_and_fades_are_heard():
    bench = Bench(programme(video("one", A, 0, 0, 10_000, volume=50, fade_in_ms=2_000)))
    bench.transport.play()
    bench.pass_time(1_000 + SLOW_MS)
    assert 200 <= bench.on.gain <= 260
    bench.pass_time(2_000)
    assert bench.on.gain == 500
    bench.transport.set_volume(500)
    assert bench.on.gain == 250


@pytest.mark.parametrize("off", [-150, 150])
def test_a_small_drift_is_made_good_by_the_pace_once_it_has_settled(off):
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(2_000)
    player = bench.on
    player.stray(off)
    bench.pass_time(60)
    assert player.rate == (950 if off > 0 else 1_050)
    bench.pass_time(4_000)
    assert player.rate == 1_000
    assert abs(player.time_ms() - bench.transport.position_ms) <= 40
    assert not [asked for asked in player.asked if asked[0] == "seek"]


def test_a_drift_in_the_first_second_moves_the_position_and_not_the_pace():
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(300)
    bench.on.stray(-100)
    bench.pass_time(100)
    assert bench.on.rate == 1_000
    assert abs(bench.on.time_ms() - bench.transport.position_ms) <= 40


def test_a_big_drift_is_mended_by_sending_the_player_there():
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(3_000)
    player = bench.on
    player.anchor = (0, bench.clock.ms)
    bench.pass_time(300)
    assert any(asked[0] == "seek" for asked in player.asked)
    assert abs(player.time_ms() - bench.transport.position_ms) <= 40


def test_shuttle_doubles_the_pace_each_time_and_turns_round():
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    rates = []
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, 1, 0):
        bench.transport.shuttle(direction)
        rates.append(bench.transport.rate)
        bench.pass_time(200)
    assert rates == [1, 2, 4, 8, 8, -1, -2, -4, 1, 0]


def test_at_twice_the_pace_the_player_runs_as_fast():
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play(2)
    bench.pass_time(2_000 + SLOW_MS)
    assert bench.on.rate == 2_000
    assert 3_850 <= bench.transport.position_ms <= 4_150
    assert abs(bench.on.time_ms() - bench.transport.position_ms) <= 80


@pytest.mark.parametrize(("rate", "start", "then"), [(-2, 3_000, 1_000), (4, 3_000, 7_000), (8, 3_000, 11_000)])
def test_backwards_and_very_fast_the_position_runs_without_players(rate, start, then):
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.seek(start)
    bench.transport.play(rate)
    bench.pass_time(1_000)
    assert abs(bench.transport.position_ms - then) <= 40 * abs(rate)
    assert bench.transport.live is None
    assert not any(player.run for player in bench.players)


def test_backwards_it_stops_at_the_beginning():
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.seek(500)
    bench.transport.play(-1)
    bench.pass_time(1_000)
    assert (bench.transport.position_ms, bench.transport.rate) == (0, 0)


def test_slowing_down_from_very_fast_brings_the_player_back():
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play(8)
    bench.pass_time(1_000)
    bench.transport.play(1)
    bench.pass_time(500)
    assert bench.on.rate == 1_000
    assert abs(bench.on.time_ms() - bench.transport.position_ms) <= 60


def test_a_seek_while_a_drift_is_made_good_is_at_the_normal_pace():
    bench = Bench(programme(video("one", A, 0, 0, 60_000)))
    bench.transport.play()
    bench.pass_time(2_000)
    bench.on.stray(-150)
    bench.pass_time(60)
    assert bench.on.rate == 1_050
    bench.transport.seek(9_000)
    assert bench.players[0].rate == 1_000


def test_pausing_stands_exactly_and_playing_on_needs_no_new_start():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(1_500)
    bench.transport.pause()
    at_ms = bench.transport.position_ms
    bench.pass_time(500)
    assert bench.transport.position_ms == at_ms
    assert bench.transport.live is None
    bench.transport.play()
    assert not bench.transport.waiting
    bench.pass_time(500)
    assert len([asked for asked in bench.players[0].asked if asked[0] == "open"]) == 1


def test_a_seek_while_it_plays_goes_on_from_there():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(1_000)
    bench.transport.seek(3_000)
    assert bench.transport.waiting
    bench.pass_time(SLOW_MS + 500)
    assert abs(bench.transport.position_ms - 3_500) <= 40
    assert abs(bench.on.time_ms() - 4_500) <= 80


def test_a_seek_to_a_waiting_segment_takes_the_waiting_player():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(1_000)
    bench.transport.seek(5_000)
    assert not bench.transport.waiting
    bench.pass_time(100)
    assert bench.on.file == "b"


def test_a_player_that_never_comes_does_not_stop_the_clock_for_ever():
    bench = Bench(TWO)
    bench.players[0].silent = True
    bench.transport.play()
    bench.pass_time(WAIT_MS + 500)
    assert bench.transport.position_ms >= 400


def test_a_missing_file_stops_nothing():
    bench = Bench(TWO)
    del bench.files[A]
    bench.transport.play()
    bench.pass_time(6_000)
    assert bench.transport.position_ms >= 5_800
    assert bench.on.file == "b"


def test_what_a_player_cannot_do_is_told_where_it_would_play():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(50)
    bench.players[0].silent = True
    bench.players[0].hearer.on_error(bench.players[0].aim, Known("playback.failed", name="a.mp4"))
    bench.pass_time(50)
    assert bench.transport.trouble is not None
    assert bench.transport.trouble.code == "playback.failed"
    bench.transport.seek(5_500)
    bench.pass_time(300)
    assert bench.transport.trouble is None


def test_a_media_that_breaks_off_is_told_of_with_the_place():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(2_000)
    player = bench.on
    player.hearer.on_end(player.aim)
    player.run = False
    bench.pass_time(100)
    assert bench.transport.trouble is not None
    assert bench.transport.trouble.code == "playback.short"
    assert bench.transport.rate == 1


def test_news_of_an_aim_that_was_given_up_is_not_heard():
    bench = Bench(TWO)
    bench.transport.play()
    old = bench.players[0].aim
    bench.transport.seek(2_000)
    bench.players[0].hearer.on_error(old, Known("playback.failed", name="a.mp4"))
    bench.players[0].hearer.on_ready(old)
    assert bench.transport.trouble is None
    assert bench.transport.waiting


def test_an_edit_while_it_plays_is_followed():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(2_000)
    bench.transport.set_webinar(programme(video("two", B, 0, 2_000, 8_000)))
    bench.pass_time(1_000)
    assert bench.on.file == "b"
    assert abs(bench.on.time_ms() - 2_000 - bench.transport.position_ms) <= 80


def test_sound_on_the_programme_plays_without_a_picture():
    bench = Bench(programme(Audio(id="s", media=SOUND, start_ms=0, out_ms=4_000)))
    bench.transport.play()
    bench.pass_time(1_000)
    assert bench.on.file == "c"
    assert bench.on.wants == ((0, 0), False)
    assert bench.transport.live is None


def test_standing_by_lets_it_begin_at_once():
    bench = Bench(TWO)
    bench.transport.seek(2_000)
    bench.transport.stand_by()
    bench.transport.stand_by()
    bench.pass_time(SLOW_MS + 50)
    assert bench.players[0].asked == [("open", "a", 3_000, False)]
    bench.transport.play()
    assert not bench.transport.waiting
    bench.pass_time(100)
    assert bench.transport.position_ms >= 2_080
    assert bench.transport.live is not None


def test_resting_lets_go_of_everything_and_playing_takes_it_up_again():
    bench = Bench(TWO)
    bench.transport.play()
    bench.pass_time(1_000)
    bench.transport.pause()
    bench.transport.rest()
    assert all(player.asked[-1] == ("unload",) for player in bench.players)
    bench.transport.play()
    bench.pass_time(500)
    assert bench.on.file == "a"
    bench.transport.close()
    assert all(player.asked[-1] == ("close",) for player in bench.players)
