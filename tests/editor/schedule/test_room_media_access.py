"""Media access: what may be fetched, at the exact millisecond, and nothing that is not shown by then."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.schedule import room
from editor.schedule.clock import Ended, Held, Skipped, Started
from editor.schedule.model import Audio, Image, Page, Presentation, Video, Webinar
from editor.schedule.room import CaptionSpan, MediaSpan, SlidePage, StillImage
from editor.schedule.stage import compute_stage

START = 1_800_000_000_000
S = 1_000
TALK, SONG, PHOTO, SLIDES, WORDS, WAIT, OTHER = (letter * 64 for letter in "abcdef9")

PAGES = tuple(Page(page=page, length_ms=30 * S) for page in (0, 1, 2))
WEBINAR = Webinar(
    id="w",
    waiting_picture=WAIT,
    programme=(
        Video(id="v", start_ms=0, media=TALK, in_ms=600 * S, out_ms=700 * S, hold_ms=20 * S, captions=WORDS),
        Presentation(
            id="p", start_ms=120 * S, media=SLIDES, pages=PAGES, in_ms=40 * S, out_ms=90 * S, audio=SONG
        ),  # 120 … 170: page 1 to 140, then page 2
        Audio(id="a", start_ms=200 * S, media=SONG, in_ms=0, out_ms=40 * S, picture=PHOTO),
        Video(id="b", start_ms=300 * S, media=TALK, in_ms=0, out_ms=50 * S),
        Video(id="h", start_ms=350 * S, media=TALK, in_ms=50 * S, out_ms=50 * S, hold_ms=9 * S, captions=WORDS),
    ),
)


def at(seconds):
    return START + round(seconds * S)


def may(file, seconds, *events, webinar=WEBINAR, **more):
    log = (Started(at_ms=START), *events)
    clock = room.make_clock(webinar, log)
    now = at(seconds)
    return room.may_fetch(webinar, clock, now, file, reached_ms=room.find_furthest_ms(log, clock, now), **more)


def first(file, *events, until=400, **more):
    """Return the first second at which something may be fetched."""
    return next((second for second in range(-2000, until) if may(file, second, *events, **more)), None)


def talk(from_s, to_s):
    return MediaSpan(TALK, from_s * S, to_s * S)


def test_a_part_may_be_had_a_minute_before_it_plays():
    assert first(talk(600, 604)) == -60
    assert first(talk(660, 664)) == 0
    assert not may(talk(660, 664), -0.001)
    assert first(talk(696, 700)) == 36
    assert first(talk(699, 703)) == 39
    assert first(MediaSpan(SONG, 60 * S, 64 * S)) == 80  # under the slides, 20 s into them
    assert first(MediaSpan(SONG, 0, 4 * S)) == 140  # not under the slides, which begin 40 s into it
    assert first(talk(600, 604), lead_ms=5 * S) == -5


def test_media_that_are_not_played_are_never_allowed():
    assert first(talk(0, 4), until=240) is None
    assert first(talk(0, 4)) == 240
    assert first(talk(700, 704)) is None
    assert first(talk(596, 600)) is None
    assert first(MediaSpan(OTHER, 0, 4 * S)) is None


def test_the_last_picture_of_a_segment_that_only_holds_is_allowed():
    only = msgspec.structs.replace(WEBINAR, programme=WEBINAR.programme[4:])
    assert first(talk(46, 50), webinar=only) == 290
    assert not may(talk(50, 54), 300, webinar=only)
    assert not may(CaptionSpan(WORDS, 46 * S, 54 * S), 300, webinar=only)
    assert not may(talk(44, 46), 300, webinar=only)


def test_pages_come_one_by_one():
    assert first(SlidePage(SLIDES, 0)) is None  # its window begins on page 1
    assert first(SlidePage(SLIDES, 1)) == 60
    assert first(SlidePage(SLIDES, 2)) == 80
    assert (may(SlidePage(SLIDES, 2), 79.999), may(SlidePage(SLIDES, 2), 80)) == (False, True)
    assert first(SlidePage(SLIDES, 3)) is None
    assert first(SlidePage(TALK, 1)) is None


def test_a_window_that_begins_with_a_page_does_not_show_the_one_before():
    slides = msgspec.structs.replace(WEBINAR.programme[1], in_ms=30 * S)
    webinar = msgspec.structs.replace(WEBINAR, programme=(slides,))
    assert first(SlidePage(SLIDES, 0), webinar=webinar) is None
    assert first(SlidePage(SLIDES, 1), webinar=webinar) == 60


def test_pictures_come_with_their_segment_and_posters_with_their_video():
    assert first(StillImage(PHOTO)) == 140
    assert first(StillImage(TALK)) == -60
    assert first(StillImage(SLIDES)) is None
    assert first(StillImage(OTHER)) is None
    picture = Webinar(id="w", programme=(Image(id="i", start_ms=100 * S, length_ms=9 * S, media=PHOTO),))
    assert first(StillImage(PHOTO), webinar=picture) == 40


def test_the_waiting_rooms_picture_comes_when_that_room_opens():
    assert first(StillImage(WAIT)) == -1800
    assert first(StillImage(WAIT), waiting_ms=300 * S) == -300
    assert may(StillImage(WAIT), 5000)


def test_captions_come_as_far_as_the_talk_has():
    assert first(CaptionSpan(WORDS, 600 * S, 602 * S)) == -60
    assert first(CaptionSpan(WORDS, 690 * S, 692 * S)) == 30
    assert first(CaptionSpan(WORDS, 701 * S, 702 * S)) is None
    assert first(CaptionSpan(TALK, 600 * S, 602 * S)) is None
    assert first(MediaSpan(WORDS, 600 * S, 602 * S)) is None


def test_begun_segments_stay_allowed_after_skipping_back():
    skips = Skipped(at_ms=at(10), to_ms=320 * S), Skipped(at_ms=at(20), to_ms=0)
    assert may(talk(26, 30), 25, *skips)
    assert may(SlidePage(SLIDES, 2), 25, *skips)
    assert may(talk(28, 32), 25, *skips)
    assert not may(talk(31, 35), 25, *skips), "reached is what was shown, not what was ahead"


def test_a_hold_stops_the_gate_as_well():
    held = Held(at_ms=at(10))
    assert may(talk(668, 672), 10, held)
    assert not may(talk(671, 675), 10, held)
    assert not may(talk(671, 675), 900, held)


def test_after_the_end_only_a_replay_gives_anything():
    for over in (400, 90_000):
        assert not may(talk(600, 604), over)
        assert not may(SlidePage(SLIDES, 2), over)
        assert not may(CaptionSpan(WORDS, 600 * S, 602 * S), over)
        assert may(talk(600, 604), over, replay=True)
        assert may(SlidePage(SLIDES, 2), over, replay=True)
        assert not may(SlidePage(SLIDES, 0), over, replay=True)
    assert not may(talk(0, 4), 50, replay=True)
    assert not may(talk(600, 604), 20, Ended(at_ms=at(20)))


def test_on_demand_everything_may_be_had_from_the_start_on():
    alone = msgspec.structs.replace(WEBINAR, room="on_demand")
    assert first(talk(46, 50), webinar=alone) == 0
    assert may(talk(46, 50), 1_000_000, webinar=alone)
    assert first(SlidePage(SLIDES, 0), webinar=alone) is None


def test_windows_are_joined_and_sorted():
    assert room.find_windows(WEBINAR, TALK, room.UNBOUNDED_MS) == ((0, 50 * S), (600 * S, 700 * S))
    assert room.find_windows(WEBINAR, TALK, 10 * S) == ((600 * S, 610 * S),)
    assert room.find_windows(WEBINAR, SONG, room.UNBOUNDED_MS) == ((0, 90 * S),)
    assert room.find_windows(WEBINAR, SONG, 210 * S) == ((0, 10 * S), (40 * S, 90 * S))
    assert room.find_windows(WEBINAR, WORDS, room.UNBOUNDED_MS, captions=True) == ((600 * S, 700 * S),)
    assert room.find_windows(WEBINAR, TALK, 0) == ()


ASKED = st.one_of(
    st.builds(lambda media, from_ms, length: MediaSpan(media, from_ms, from_ms + length), st.sampled_from([TALK, SONG]),
              st.integers(0, 720 * S), st.integers(1, 6 * S)),
    st.builds(SlidePage, st.just(SLIDES), st.integers(0, 3)),
    st.builds(lambda from_ms: CaptionSpan(WORDS, from_ms, from_ms + 2 * S), st.integers(590 * S, 710 * S)),
)  # fmt: skip


@given(ASKED, st.integers(-90 * S, 359 * S - 1))
@settings(deadline=None, max_examples=150)
def test_allowed_is_exactly_what_the_stage_has_shown_by_then(file, position):
    """Compared with `compute_stage` at every tenth of a second and at both ends of the request."""
    clock = room.make_clock(WEBINAR, [Started(at_ms=START)])
    last = position + room.LEAD_MS
    moments = {*range(0, last, 100), last} | {segment.end_ms - 1 for segment in WEBINAR.programme}
    for segment in WEBINAR.programme:
        if isinstance(file, MediaSpan | CaptionSpan):
            moments |= {segment.start_ms + one - segment.in_ms for one in (file.from_ms, file.to_ms - 1)}
    shown = any(shows(file, compute_stage(WEBINAR, moment)) for moment in moments if 0 <= moment <= last)
    assert room.may_fetch(WEBINAR, clock, START + position, file, reached_ms=position) == shown


def shows(file, stage):
    match file:
        case SlidePage():
            return stage.media == file.media and stage.page == file.page
        case CaptionSpan():
            return stage.captions == file.source and file.from_ms <= stage.caption_ms < file.to_ms
        case MediaSpan():
            runs = {stage.audio: stage.audio_ms}
            if stage.page is None:
                runs[stage.media] = stage.media_ms
            ms = runs.get(file.media)
            return ms is not None and file.from_ms <= ms < file.to_ms


@pytest.mark.parametrize(("seconds", "bound"), [(-4000, 0), (-30, 30 * S + 1), (0, 60 * S + 1), (400, 0)])
def test_the_bound_is_the_first_position_that_is_not_allowed(seconds, bound):
    clock = room.make_clock(WEBINAR, [Started(at_ms=START)])
    assert room.find_access_bound(WEBINAR, clock, at(seconds), reached_ms=-1) == bound


@pytest.mark.parametrize(("seconds", "bound"), [(-0.001, 0), (0, room.UNBOUNDED_MS), (4_000, room.UNBOUNDED_MS)])
def test_on_demand_nothing_is_allowed_before_the_start_and_all_after_it(seconds, bound):
    clock = room.make_clock(WEBINAR, [Started(at_ms=START)])
    alone = msgspec.structs.replace(WEBINAR, room="on_demand")
    assert room.find_access_bound(alone, clock, at(seconds), reached_ms=-1) == bound


def test_in_a_replay_all_is_allowed_that_the_webinar_plays():
    clock = room.make_clock(WEBINAR, [Started(at_ms=START)])
    for replay, bound in ((True, room.UNBOUNDED_MS), (False, 0)):
        assert room.find_access_bound(WEBINAR, clock, at(400), reached_ms=359 * S, replay=replay) == bound
