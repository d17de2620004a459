"""Coming to a place, with libvlc's news played by hand."""

from collections import deque

from editor.media.arrival import NO_PICTURE_MS, RUN_UP_MS, STEADY_MS, TRUSTED_MS, Arrival, MediaClock
from editor.media.canvas import Frame


def picture() -> Frame:
    return Frame(1, 1, 4, memoryview(bytearray(4)), deque())


def opened(at_ms, *, run, picture=True, now_ms=0):
    arrival = Arrival(1, at_ms, run=run, picture=picture)
    arrival.issue(now_ms, opened=True)
    return arrival


def test_what_is_opened_at_its_beginning_is_right_from_the_first_picture():
    arrival = opened(0, run=True)
    arrival.hear_buffering(False, 10)
    assert not arrival.hear_picture(first := picture(), 50)
    assert arrival.look(50) == "ready"
    assert arrival.take_frame() is first
    assert arrival.hear_picture(picture(), 90)


def test_the_first_pictures_after_a_seek_are_kept_back():
    arrival = Arrival(1, 5_000, run=True, picture=True)
    assert not arrival.hear_picture(picture(), 0), "that was before libvlc was told"
    arrival.issue(10, opened=False)
    assert not arrival.hear_picture(picture(), 12), "that was before it had read"
    arrival.hear_buffering(True, 20)
    assert not arrival.hear_picture(picture(), 40)
    assert arrival.look(50) is None
    assert not arrival.hear_picture(right := picture(), 52)
    assert arrival.due_ms(52) == 56
    assert arrival.look(56) == "ready"
    assert arrival.take_frame() is right
    assert arrival.time_ms(56) == 5_006


def test_a_wrong_picture_is_not_handed_over_where_the_right_one_is_not_there_yet():
    arrival = Arrival(1, 5_000, run=True, picture=True)
    arrival.issue(0, opened=False)
    arrival.hear_buffering(True, 20)
    arrival.hear_picture(picture(), 40)
    assert arrival.look(110) == "ready"
    assert arrival.take_frame() is None


def test_filling_the_buffers_again_begins_anew():
    arrival = opened(3_000, run=True)
    arrival.hear_buffering(True, 20)
    arrival.hear_picture(picture(), 40)
    arrival.hear_buffering(False, 45)
    assert arrival.due_ms(45) is None
    arrival.hear_buffering(True, 50)
    arrival.hear_picture(picture(), 80)
    assert arrival.look(189) is None
    assert arrival.look(190) == "ready"


def test_who_waits_runs_up_and_stops_on_the_picture_of_the_place():
    arrival = opened(5_000, run=False)
    assert arrival.start_ms == 5_000 - RUN_UP_MS
    arrival.hear_buffering(True, 0)
    arrival.hear_picture(picture(), 100)
    arrival.hear_time(4_500, 200)
    arrival.hear_picture(picture(), 667)
    assert arrival.look(667) is None
    arrival.hear_picture(right := picture(), 700)
    assert arrival.look(700) == "ready"
    assert arrival.take_frame() is right
    assert arrival.time_ms(9_999) == 5_000
    assert not arrival.hear_picture(picture(), 760), "a standing picture is repeated"


def test_between_two_pictures_the_last_one_before_is_the_one_that_is_seen():
    arrival = opened(5_000, run=False)
    arrival.hear_buffering(True, 0)
    arrival.hear_picture(picture(), 0)
    arrival.hear_time(4_400, 100)
    arrival.hear_picture(before := picture(), 400)
    assert arrival.due_ms(450) == 720
    assert arrival.look(720) == "ready"
    assert arrival.take_frame() is before


def test_the_time_of_the_place_before_is_not_believed():
    arrival = Arrival(1, 5_000, run=True, picture=True)
    arrival.issue(0, opened=False)
    arrival.hear_buffering(True, 5)
    arrival.hear_picture(picture(), 40)
    arrival.hear_time(12_000, 45)
    arrival.look(200)
    assert arrival.time_ms(200) == 5_150
    arrival.hear_time(5_220, 210)
    assert arrival.time_ms(310) == 5_320
    arrival.hear_time(5_000, 400)
    assert arrival.time_ms(400) == 5_000, "once it has been right, it is believed"


def test_the_rate_is_changed_only_after_a_while():
    arrival = Arrival(1, 5_000, run=True, picture=True)
    arrival.steady = True
    arrival.issue(0, opened=False)
    arrival.hear_buffering(True, 0)
    arrival.hear_picture(picture(), 0)
    assert arrival.due_ms(0) == 16 + STEADY_MS


def test_sound_is_there_when_it_has_been_read():
    arrival = opened(0, run=True, picture=False)
    arrival.hear_buffering(True, 30)
    assert arrival.look(30) == "ready"
    arrival.hear_time(9_000, 40)
    assert arrival.time_ms(130) == 90


def test_no_picture_for_long_is_said_once():
    arrival = opened(0, run=True)
    assert arrival.due_ms(10) == NO_PICTURE_MS
    assert arrival.look(NO_PICTURE_MS) == "dark"
    assert arrival.due_ms(NO_PICTURE_MS) is None
    arrival.hear_picture(picture(), NO_PICTURE_MS + 5)
    assert arrival.look(NO_PICTURE_MS + 5) == "ready"


def test_the_clock_of_a_media_runs_stands_and_changes_pace():
    clock = MediaClock()
    clock.set(500, 1_000)
    assert clock.at(1_400) == 500
    clock.run(running=True, now_ms=1_400)
    assert clock.at(1_500) == 600
    clock.set_rate(2_000, 1_500)
    assert clock.at(1_600) == 800
    clock.run(running=False, now_ms=1_600)
    assert clock.at(9_000) == 800


def test_the_clock_does_not_run_on_for_ever_without_news():
    clock = MediaClock()
    clock.run(running=True, now_ms=0)
    assert clock.at(60_000) == TRUSTED_MS
