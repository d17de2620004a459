"""The walk along the changes on stage: where it begins, where each cue ends, and what stands still in it."""

import itertools

import msgspec
import pytest

from editor.schedule.model import Audio, Media, Page, Presentation, Webinar
from editor.schedule.room.cue_builder import iter_stage_cues, make_stopped_cue
from editor.schedule.room.phases import ClockLine

S = 1_000
SONG, PHOTO, SLIDES = (letter * 64 for letter in "abc")


def list_positions(webinar, from_ms, **more):
    return [cue.position_ms for cue in iter_stage_cues(webinar, ClockLine(), from_ms, **more)]


@pytest.fixture
def evening(make_webinar):
    """A video of 10 s with a hold of 5 s, a gap of 5 s, three pages of 30 s and an image of 10 s."""
    return make_webinar("A:0-10~15 pdf:20-110 img:110-120", "x:5-8")


@pytest.mark.parametrize(
    ("from_s", "first_s"),
    [
        (0, 0),
        (9.999, 0),
        (12, 0),
        (15, 15),
        (19.999, 15),
        (20, 20),
        (49.999, 20),
        (50, 50),
        (79.999, 50),
        (80, 80),
        (109.999, 80),
        (110, 110),
        (119.999, 110),
        (120, 120),
        (500, 120),
    ],
)
def test_the_walk_begins_with_the_change_before_the_position(evening, from_s, first_s):
    assert list_positions(evening, round(from_s * S))[0] == first_s * S


def test_each_change_is_one_cue_that_lasts_until_the_next(evening):
    cues = list(iter_stage_cues(evening, ClockLine(), 0))
    assert [cue.position_ms // S for cue in cues] == [0, 10, 15, 20, 50, 80, 110, 120]
    assert all(before.until == after.at for before, after in itertools.pairwise(cues))
    assert [cue.show for cue in cues] == ["video", "frame", "card", "page", "page", "page", "image", "card"]
    assert [cue.phase for cue in cues] == ["running"] * 7 + ["over"]
    assert cues[-1].until is None
    assert {(cue.generation, cue.audio_ms) for cue in cues} == {(0, 0)}
    assert [cue.at for cue in cues] == [cue.position_ms for cue in cues], "times are positions on a viewer's own clock"


def test_the_walk_over_pages_begins_with_the_page_that_is_shown():
    pages = tuple(Page(page=page, length_ms=10 * S) for page in (0, 1, 1, 2))
    slides = Presentation(id="p", start_ms=5 * S, media=SLIDES, pages=pages, in_ms=5 * S, out_ms=40 * S)
    webinar = Webinar(id="w", programme=(slides,))
    expected = {0: 0, 5: 5, 9: 5, 10: 10, 19: 10, 20: 10, 29: 10, 30: 30, 39: 30}
    assert {second: list_positions(webinar, second * S)[0] // S for second in expected} == expected


def test_the_closing_card_stands_behind_the_webinar_as_long_as_it_was_extended(evening):
    cues = list(iter_stage_cues(evening, ClockLine(), 115 * S, extension_ms=60 * S))
    assert [(cue.phase, cue.show, cue.position_ms // S) for cue in cues] == [
        ("running", "image", 110),
        ("closing", "card", 120),
        ("over", "card", 180),
    ]


def test_an_interaction_that_ends_last_keeps_the_card_until_its_end(make_webinar):
    webinar = make_webinar("A:0-10", "x:5-30")
    cues = list(iter_stage_cues(webinar, ClockLine(), 0))
    assert [(cue.phase, cue.position_ms // S) for cue in cues] == [("running", 0), ("running", 10), ("over", 30)]
    assert list_positions(webinar, 20 * S)[0] == 10 * S


@pytest.mark.parametrize("picture", [None, PHOTO])
def test_sound_that_is_held_shows_its_picture_or_the_card(picture):
    song = Audio(id="a", start_ms=0, media=SONG, out_ms=10 * S, picture=picture)
    webinar = Webinar(id="w", programme=(song,), media={SONG: Media(sha256=SONG, kind="audio", name="song.mp3")})
    held = make_stopped_cue(webinar, ClockLine(stop_reason="held", from_ms=4 * S), note="One moment", resumes_ms=9)
    assert (held.show, held.media) == (("card", None) if picture is None else ("image", PHOTO))
    assert (held.phase, held.note, held.resumes, held.position_ms) == ("held", "One moment", 9, 4 * S)
    over = make_stopped_cue(webinar, ClockLine(stop_reason="ended", from_ms=4 * S))
    assert (over.phase, over.show, over.media, over.until) == ("over", "card", None, None)


def test_sound_without_volume_has_no_gains(make_webinar):
    webinar = make_webinar("A:0-10")
    for fields, gains in (({}, ((0, 1_000),)), ({"volume": 0}, ()), ({"muted": True}, ()), ({"volume": 1}, ((0, 10),))):
        video = msgspec.structs.replace(webinar.programme[0], **fields)
        one = msgspec.structs.replace(webinar, programme=(video,))
        assert next(iter_stage_cues(one, ClockLine(), 0)).gains == gains


def test_fades_are_corners_of_the_gain(make_webinar):
    webinar = make_webinar("A:0-10~15")
    video = msgspec.structs.replace(webinar.programme[0], volume=50, fade_in_ms=2 * S, fade_out_ms=4 * S)
    one = msgspec.structs.replace(webinar, programme=(video,))
    playing, held, _ = iter_stage_cues(one, ClockLine(), 0)
    assert playing.gains == ((0, 0), (2 * S, 500), (6 * S, 500), (10 * S, 0))
    assert held.gains == ()


def test_a_fade_goes_on_over_the_turn_of_a_page():
    pages = tuple(Page(page=page, length_ms=10 * S) for page in range(3))
    slides = Presentation(
        id="p", start_ms=0, media=SLIDES, pages=pages, out_ms=30 * S, audio=SONG, fade_in_ms=15 * S, fade_out_ms=15 * S
    )
    known = {SONG: Media(sha256=SONG, kind="audio", name="song.mp3", duration_ms=60 * S)}
    gains = [cue.gains for cue in iter_stage_cues(Webinar(id="w", programme=(slides,), media=known), ClockLine(), 0)]
    assert gains == [
        ((0, 0), (10 * S, 666)),
        ((10 * S, 666), (15 * S, 1_000), (20 * S, 666)),
        ((20 * S, 666), (30 * S, 0)),
        (),
    ]
