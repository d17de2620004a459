"""The transport plays, seeks and changes decks as the clock and its players require."""

import pytest

from editor.errors import KnownError
from editor.playback.transport import MAX_WAIT_MS, PRELOAD_MS
from editor.schedule.model import Audio, Image, Page, Presentation
from tests.editor.playback.transport_fixtures import (
    PICTURE,
    SLOW_MS,
    SOUND,
    TWO,
    A,
    B,
    TransportHarness,
    programme,
    video,
)


def test_the_clock_stands_until_the_player_is_there_and_runs_with_it_then():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(SLOW_MS // 2)
    assert harness.transport.is_waiting
    assert harness.transport.position_ms == 0
    harness.pass_time(1_000)
    assert not harness.transport.is_waiting
    assert abs(harness.transport.position_ms - (1_000 - SLOW_MS // 2)) <= 40
    assert abs(harness.running_player.time_ms() - 1_000 - harness.transport.position_ms) <= 40


def test_the_next_waits_on_its_first_picture_and_the_cut_has_no_gap():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(8_000)
    first, second = harness.players
    assert second.calls == [("open", "b", 2_000, False), ("play",)]
    assert second.wants == ((320, 180), True)
    assert ("pause",) in first.calls
    playing_snapshots = [(position, live) for position, live in harness.snapshots if live is not None]
    assert all(live is not None for position, live in harness.snapshots if position > 0)
    assert next(live for position, live in playing_snapshots if position >= 5_000) in {"b@2000", "b@2001"}
    assert not any(str(live).startswith("a") for position, live in playing_snapshots if position >= 5_000)
    assert not harness.transport.is_waiting


def test_the_next_is_not_asked_for_too_early():
    harness = TransportHarness(programme(video("one", A, 0, 0, 30_000), video("two", B, 30_000, 0, 8_000)))
    harness.transport.play()
    harness.pass_time(30_000 - PRELOAD_MS - 200)
    assert harness.players[1].file is None
    harness.pass_time(600)
    assert harness.players[1].file == "b"


def test_a_split_plays_through_on_the_same_player():
    harness = TransportHarness(programme(video("one", A, 0, 0, 3_000), video("two", A, 3_000, 3_000, 9_000)))
    harness.transport.play()
    harness.pass_time(6_000)
    assert [call for player in harness.players for call in player.calls if call[0] in {"open", "seek"}] == [
        ("open", "a", 0, True)
    ]
    assert harness.transport.stage.segment == "two"
    assert harness.transport.live_frame is not None


def test_a_freeze_frame_stops_the_player_and_a_gap_keeps_it_stopped():
    harness = TransportHarness(programme(video("one", A, 0, 0, 2_000, hold_ms=1_000), video("two", B, 5_000, 0, 2_000)))
    harness.transport.play()
    harness.pass_time(2_000 + SLOW_MS + 300)
    assert harness.transport.stage.holding
    assert harness.transport.live_frame is None
    assert not harness.players[0].run
    harness.pass_time(1_500)
    assert harness.transport.stage.phase == "gap"
    harness.pass_time(1_500)
    assert harness.transport.live_frame is not None


def test_it_pauses_at_the_end_and_playing_again_begins_at_the_beginning():
    harness = TransportHarness(programme(video("one", A, 0, 0, 2_000)))
    harness.transport.play()
    harness.pass_time(3_000)
    assert (harness.transport.position_ms, harness.transport.rate, harness.transport.stage.phase) == (2_000, 0, "ended")
    harness.transport.play()
    harness.pass_time(500)
    assert 300 <= harness.transport.position_ms <= 500


def test_images_and_pages_need_no_player_and_a_track_under_pages_does():
    pages = (Page(page=0, length_ms=2_000), Page(page=1, length_ms=4_000))
    harness = TransportHarness(
        programme(
            Image(id="i", media=PICTURE, start_ms=0, length_ms=1_000),
            Presentation(id="p", media=PICTURE, start_ms=1_000, pages=pages, out_ms=6_000, in_ms=500, audio=SOUND),
        )
    )
    harness.transport.play()
    harness.pass_time(900)
    assert harness.transport.position_ms >= 860
    assert not any(player.run for player in harness.players)
    harness.pass_time(600)
    assert harness.running_player.file == "c"
    assert abs(harness.running_player.time_ms() - (harness.transport.position_ms - 500)) <= 40
    assert harness.transport.live_frame is None
    harness.pass_time(4_000)
    assert harness.transport.stage.audio is None
    assert not any(player.run for player in harness.players)


def test_volume_mute_and_fades_are_heard():
    harness = TransportHarness(programme(video("one", A, 0, 0, 10_000, volume=50, fade_in_ms=2_000)))
    harness.transport.play()
    harness.pass_time(1_000 + SLOW_MS)
    assert 200 <= harness.running_player.gain <= 260
    harness.pass_time(2_000)
    assert harness.running_player.gain == 500
    harness.transport.set_volume(500)
    assert harness.running_player.gain == 250


@pytest.mark.parametrize("off", [-150, 150])
def test_a_small_drift_is_corrected_by_the_rate_once_settled(off):
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.play()
    harness.pass_time(2_000)
    player = harness.running_player
    player.stray(off)
    harness.pass_time(60)
    assert player.rate == (950 if off > 0 else 1_050)
    harness.pass_time(4_000)
    assert player.rate == 1_000
    assert abs(player.time_ms() - harness.transport.position_ms) <= 40
    assert not [call for call in player.calls if call[0] == "seek"]


def test_a_drift_in_the_first_second_moves_the_position_and_not_the_rate():
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.play()
    harness.pass_time(300)
    harness.running_player.stray(-100)
    harness.pass_time(100)
    assert harness.running_player.rate == 1_000
    assert abs(harness.running_player.time_ms() - harness.transport.position_ms) <= 40


def test_a_large_drift_is_corrected_by_a_seek():
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.play()
    harness.pass_time(3_000)
    player = harness.running_player
    player.anchor = (0, harness.clock.ms)
    harness.pass_time(300)
    assert any(call[0] == "seek" for call in player.calls)
    assert abs(player.time_ms() - harness.transport.position_ms) <= 40


def test_shuttle_doubles_the_pace_each_time_and_turns_round():
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    rates = []
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, 1, 0):
        harness.transport.shuttle(direction)
        rates.append(harness.transport.rate)
        harness.pass_time(200)
    assert rates == [1, 2, 4, 8, 8, -1, -2, -4, 1, 0]


def test_at_twice_the_pace_the_player_runs_as_fast():
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.play(2)
    harness.pass_time(2_000 + SLOW_MS)
    assert harness.running_player.rate == 2_000
    assert 3_850 <= harness.transport.position_ms <= 4_150
    assert abs(harness.running_player.time_ms() - harness.transport.position_ms) <= 80


@pytest.mark.parametrize(("rate", "start", "then"), [(-2, 3_000, 1_000), (4, 3_000, 7_000), (8, 3_000, 11_000)])
def test_backwards_and_very_fast_the_position_runs_without_players(rate, start, then):
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.seek(start)
    harness.transport.play(rate)
    harness.pass_time(1_000)
    assert abs(harness.transport.position_ms - then) <= 40 * abs(rate)
    assert harness.transport.live_frame is None
    assert not any(player.run for player in harness.players)


def test_backwards_it_stops_at_the_beginning():
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.seek(500)
    harness.transport.play(-1)
    harness.pass_time(1_000)
    assert (harness.transport.position_ms, harness.transport.rate) == (0, 0)


def test_slowing_down_from_very_fast_brings_the_player_back():
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.play(8)
    harness.pass_time(1_000)
    harness.transport.play(1)
    harness.pass_time(500)
    assert harness.running_player.rate == 1_000
    assert abs(harness.running_player.time_ms() - harness.transport.position_ms) <= 60


def test_a_seek_while_a_drift_is_made_good_is_at_the_normal_pace():
    harness = TransportHarness(programme(video("one", A, 0, 0, 60_000)))
    harness.transport.play()
    harness.pass_time(2_000)
    harness.running_player.stray(-150)
    harness.pass_time(60)
    assert harness.running_player.rate == 1_050
    harness.transport.seek(9_000)
    assert harness.players[0].rate == 1_000


def test_pausing_stands_exactly_and_playing_on_needs_no_new_start():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(1_500)
    harness.transport.pause()
    at_ms = harness.transport.position_ms
    harness.pass_time(500)
    assert harness.transport.position_ms == at_ms
    assert harness.transport.live_frame is None
    harness.transport.play()
    assert not harness.transport.is_waiting
    harness.pass_time(500)
    assert len([call for call in harness.players[0].calls if call[0] == "open"]) == 1


def test_a_seek_while_it_plays_goes_on_from_there():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(1_000)
    harness.transport.seek(3_000)
    assert harness.transport.is_waiting
    harness.pass_time(SLOW_MS + 500)
    assert abs(harness.transport.position_ms - 3_500) <= 40
    assert abs(harness.running_player.time_ms() - 4_500) <= 80


def test_a_seek_to_a_waiting_segment_takes_the_waiting_player():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(1_000)
    harness.transport.seek(5_000)
    assert not harness.transport.is_waiting
    harness.pass_time(100)
    assert harness.running_player.file == "b"


def test_a_player_that_never_gets_ready_does_not_stop_the_clock_forever():
    harness = TransportHarness(TWO)
    harness.players[0].silent = True
    harness.transport.play()
    harness.pass_time(MAX_WAIT_MS + 500)
    assert harness.transport.position_ms >= 400


def test_a_missing_file_stops_nothing():
    harness = TransportHarness(TWO)
    del harness.files[A]
    harness.transport.play()
    harness.pass_time(6_000)
    assert harness.transport.position_ms >= 5_800
    assert harness.running_player.file == "b"


def test_an_error_is_shown_only_where_the_media_would_play():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(50)
    harness.players[0].silent = True
    harness.players[0].listener.on_error(harness.players[0].request_id, KnownError("playback.failed", name="a.mp4"))
    harness.pass_time(50)
    assert harness.transport.error is not None
    assert harness.transport.error.code == "playback.failed"
    harness.transport.seek(5_500)
    harness.pass_time(300)
    assert harness.transport.error is None


def test_a_media_that_ends_early_is_reported_with_its_position():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(2_000)
    player = harness.running_player
    player.listener.on_end(player.request_id)
    player.run = False
    harness.pass_time(100)
    assert harness.transport.error is not None
    assert harness.transport.error.code == "playback.short"
    assert harness.transport.rate == 1


def test_events_of_a_replaced_request_are_ignored():
    harness = TransportHarness(TWO)
    harness.transport.play()
    old = harness.players[0].request_id
    harness.transport.seek(2_000)
    harness.players[0].listener.on_error(old, KnownError("playback.failed", name="a.mp4"))
    harness.players[0].listener.on_ready(old)
    assert harness.transport.error is None
    assert harness.transport.is_waiting


def test_an_edit_while_it_plays_is_followed():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(2_000)
    harness.transport.set_webinar(programme(video("two", B, 0, 2_000, 8_000)))
    harness.pass_time(1_000)
    assert harness.running_player.file == "b"
    assert abs(harness.running_player.time_ms() - 2_000 - harness.transport.position_ms) <= 80


def test_sound_on_the_programme_plays_without_a_picture():
    harness = TransportHarness(programme(Audio(id="s", media=SOUND, start_ms=0, out_ms=4_000)))
    harness.transport.play()
    harness.pass_time(1_000)
    assert harness.running_player.file == "c"
    assert harness.running_player.wants == ((0, 0), False)
    assert harness.transport.live_frame is None


def test_standing_by_lets_it_begin_at_once():
    harness = TransportHarness(TWO)
    harness.transport.seek(2_000)
    harness.transport.stand_by()
    harness.transport.stand_by()
    harness.pass_time(SLOW_MS + 50)
    assert harness.players[0].calls == [("open", "a", 3_000, False)]
    harness.transport.play()
    assert not harness.transport.is_waiting
    harness.pass_time(100)
    assert harness.transport.position_ms >= 2_080
    assert harness.transport.live_frame is not None


def test_released_players_are_loaded_again_when_playing():
    harness = TransportHarness(TWO)
    harness.transport.play()
    harness.pass_time(1_000)
    harness.transport.pause()
    harness.transport.release_players()
    assert all(player.calls[-1] == ("unload",) for player in harness.players)
    harness.transport.play()
    harness.pass_time(500)
    assert harness.running_player.file == "a"
    harness.transport.close()
    assert all(player.calls[-1] == ("close",) for player in harness.players)
