"""Seeks of libvlc: when one has arrived, with libvlc's events sent by the test."""

from collections import deque

from editor.media.libvlc.frame_buffer import VideoFrame
from editor.media.libvlc.seek_tracker import (
    MAX_EXTRAPOLATION_MS,
    NO_FRAME_TIMEOUT_MS,
    PREROLL_MS,
    RATE_CHANGE_DELAY_MS,
    MediaClock,
    SeekTracker,
)


def picture() -> VideoFrame:
    return VideoFrame(1, 1, 4, memoryview(bytearray(4)), deque())


def opened(at_ms, *, run, picture=True, now_ms=0):
    arrival = SeekTracker(1, at_ms, autoplay=run, with_video=picture)
    arrival.mark_sent(now_ms, opens_file=True)
    return arrival


def test_what_is_opened_at_its_beginning_is_right_from_the_first_picture():
    arrival = opened(0, run=True)
    arrival.on_buffering(False, 10)
    assert not arrival.on_frame(first := picture(), 50)
    assert arrival.poll(50) == "ready"
    assert arrival.pop_frame() is first
    assert arrival.on_frame(picture(), 90)


def test_the_first_pictures_after_a_seek_are_kept_back():
    arrival = SeekTracker(1, 5_000, autoplay=True, with_video=True)
    assert not arrival.on_frame(picture(), 0), "that was before libvlc was told"
    arrival.mark_sent(10, opens_file=False)
    assert not arrival.on_frame(picture(), 12), "that was before it had read"
    arrival.on_buffering(True, 20)
    assert not arrival.on_frame(picture(), 40)
    assert arrival.poll(50) is None
    assert not arrival.on_frame(right := picture(), 52)
    assert arrival.next_check_ms(52) == 56
    assert arrival.poll(56) == "ready"
    assert arrival.pop_frame() is right
    assert arrival.time_ms(56) == 5_006


def test_a_wrong_picture_is_not_handed_over_where_the_right_one_is_not_there_yet():
    arrival = SeekTracker(1, 5_000, autoplay=True, with_video=True)
    arrival.mark_sent(0, opens_file=False)
    arrival.on_buffering(True, 20)
    arrival.on_frame(picture(), 40)
    assert arrival.poll(110) == "ready"
    assert arrival.pop_frame() is None


def test_filling_the_buffers_again_begins_anew():
    arrival = opened(3_000, run=True)
    arrival.on_buffering(True, 20)
    arrival.on_frame(picture(), 40)
    arrival.on_buffering(False, 45)
    assert arrival.next_check_ms(45) is None
    arrival.on_buffering(True, 50)
    arrival.on_frame(picture(), 80)
    assert arrival.poll(189) is None
    assert arrival.poll(190) == "ready"


def test_a_waiting_player_prerolls_and_stops_on_the_frame_of_its_target():
    arrival = opened(5_000, run=False)
    assert arrival.start_ms == 5_000 - PREROLL_MS
    arrival.on_buffering(True, 0)
    arrival.on_frame(picture(), 100)
    arrival.on_time_changed(4_500, 200)
    arrival.on_frame(picture(), 667)
    assert arrival.poll(667) is None
    arrival.on_frame(right := picture(), 700)
    assert arrival.poll(700) == "ready"
    assert arrival.pop_frame() is right
    assert arrival.time_ms(9_999) == 5_000
    assert not arrival.on_frame(picture(), 760), "a standing picture is repeated"


def test_between_two_pictures_the_last_one_before_is_the_one_that_is_seen():
    arrival = opened(5_000, run=False)
    arrival.on_buffering(True, 0)
    arrival.on_frame(picture(), 0)
    arrival.on_time_changed(4_400, 100)
    arrival.on_frame(before := picture(), 400)
    assert arrival.next_check_ms(450) == 720
    assert arrival.poll(720) == "ready"
    assert arrival.pop_frame() is before


def test_a_time_of_the_old_position_is_ignored():
    arrival = SeekTracker(1, 5_000, autoplay=True, with_video=True)
    arrival.mark_sent(0, opens_file=False)
    arrival.on_buffering(True, 5)
    arrival.on_frame(picture(), 40)
    arrival.on_time_changed(12_000, 45)
    arrival.poll(200)
    assert arrival.time_ms(200) == 5_150
    arrival.on_time_changed(5_220, 210)
    assert arrival.time_ms(310) == 5_320
    arrival.on_time_changed(5_000, 400)
    assert arrival.time_ms(400) == 5_000, "once it has been right, it is believed"


def test_the_rate_is_changed_only_after_a_while():
    arrival = SeekTracker(1, 5_000, autoplay=True, with_video=True)
    arrival.changes_rate = True
    arrival.mark_sent(0, opens_file=False)
    arrival.on_buffering(True, 0)
    arrival.on_frame(picture(), 0)
    assert arrival.next_check_ms(0) == 16 + RATE_CHANGE_DELAY_MS


def test_sound_is_there_when_it_has_been_read():
    arrival = opened(0, run=True, picture=False)
    arrival.on_buffering(True, 30)
    assert arrival.poll(30) == "ready"
    arrival.on_time_changed(9_000, 40)
    assert arrival.time_ms(130) == 90


def test_no_frame_for_long_is_reported_once():
    arrival = opened(0, run=True)
    assert arrival.next_check_ms(10) == NO_FRAME_TIMEOUT_MS
    assert arrival.poll(NO_FRAME_TIMEOUT_MS) == "dark"
    assert arrival.next_check_ms(NO_FRAME_TIMEOUT_MS) is None
    arrival.on_frame(picture(), NO_FRAME_TIMEOUT_MS + 5)
    assert arrival.poll(NO_FRAME_TIMEOUT_MS + 5) == "ready"


def test_the_clock_of_a_media_runs_stands_and_changes_pace():
    clock = MediaClock()
    clock.set_time(500, 1_000)
    assert clock.time_at(1_400) == 500
    clock.set_running(running=True, now_ms=1_400)
    assert clock.time_at(1_500) == 600
    clock.set_rate(2_000, 1_500)
    assert clock.time_at(1_600) == 800
    clock.set_running(running=False, now_ms=1_600)
    assert clock.time_at(9_000) == 800


def test_the_clock_does_not_run_on_for_ever_without_news():
    clock = MediaClock()
    clock.set_running(running=True, now_ms=0)
    assert clock.time_at(60_000) == MAX_EXTRAPOLATION_MS
