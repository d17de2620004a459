"""The stage: borders, holds, pages, sound, fades and offers, each at the exact millisecond."""

import time

import pytest

from editor.schedule.model import (
    Audio,
    Cta,
    Image,
    Media,
    Page,
    Presentation,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.schedule.stage import OpenOffer, Stage, compute_stage

TALK, SONG, PHOTO, SLIDES, SUBTITLES = (letter * 64 for letter in "abcde")
MEDIA = {
    TALK: Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=60_000, has_audio=True),
    SONG: Media(sha256=SONG, kind="audio", name="song.mp3", duration_ms=70_000, has_audio=True),
    PHOTO: Media(sha256=PHOTO, kind="image", name="photo.jpg"),
    SLIDES: Media(sha256=SLIDES, kind="presentation", name="slides.pdf", pages=9),
}


def webinar(*programme, interactions=()):
    return Webinar(id="w", programme=programme, interactions=interactions, media=MEDIA)


def video(start_ms=0, **fields):
    defaults = {"id": f"v{start_ms}", "media": TALK, "out_ms": 10_000} | fields
    return Video(start_ms=start_ms, **defaults)


def slides(start_ms=0, **fields):
    defaults = {
        "id": "p",
        "media": SLIDES,
        "pages": (Page(page=0, length_ms=30_000), Page(page=4, length_ms=30_000), Page(page=2, length_ms=30_000)),
        "out_ms": 90_000,
    } | fields
    return Presentation(start_ms=start_ms, **defaults)


def cta(start_ms, length_ms=5_000, **fields):
    defaults = {"id": f"c{start_ms}", "offer": "o"} | fields
    return Cta(start_ms=start_ms, length_ms=length_ms, **defaults)


# -------------------------------------------------------------------------------------------------- phases


def test_a_negative_position_is_before_and_waits_for_zero():
    assert compute_stage(webinar(video()), -1) == Stage(position_ms=-1, phase="before", next_change_ms=0)


def test_an_empty_webinar_has_ended_as_it_begins():
    assert compute_stage(webinar(), 0) == Stage(position_ms=0, phase="ended")


def test_at_the_border_the_next_one_has_begun():
    two = webinar(video(0), video(10_000))
    assert compute_stage(two, 9_999).segment == "v0"
    assert compute_stage(two, 10_000).segment == "v10000"
    assert compute_stage(two, 10_000).media_ms == 0


def test_a_gap_shows_nothing_and_says_when_it_ends():
    shown = compute_stage(webinar(video(0), video(15_000)), 10_000)
    assert (shown.phase, shown.segment, shown.media, shown.gain) == ("gap", None, None, 0)
    assert shown.next_change_ms == 15_000


def test_a_gap_before_the_first_segment_is_a_gap():
    assert compute_stage(webinar(video(3_000)), 0) == Stage(position_ms=0, phase="gap", next_change_ms=3_000)


def test_the_end_is_the_last_end_of_either_lane():
    late = webinar(video(0), interactions=(cta(8_000),))
    assert compute_stage(late, 9_999).phase == "playing"
    assert compute_stage(late, 10_000).phase == "gap"
    assert compute_stage(late, 12_999).offers[0].left_ms == 1
    assert compute_stage(late, 13_000) == Stage(position_ms=13_000, phase="ended")


# --------------------------------------------------------------------------------------------- timed media


def test_the_in_point_is_where_the_media_begins():
    shown = compute_stage(webinar(video(5_000, in_ms=20_000, out_ms=40_000)), 6_500)
    assert (shown.kind, shown.media, shown.media_ms, shown.holding) == ("video", TALK, 21_500, False)


@pytest.mark.parametrize(("position", "media_ms", "holding"), [(9_999, 9_999, False), (10_000, 9_999, True)])
def test_the_last_frame_stays_in_the_hold(position, media_ms, holding):
    shown = compute_stage(webinar(video(hold_ms=5_000)), position)
    assert (shown.media_ms, shown.holding) == (media_ms, holding)


def test_a_hold_is_silent_and_without_captions():
    one = webinar(video(hold_ms=5_000, captions=SUBTITLES))
    playing, held = compute_stage(one, 9_999), compute_stage(one, 10_000)
    assert (playing.gain, playing.captions, playing.caption_ms) == (1_000, SUBTITLES, 9_999)
    assert (held.gain, held.captions, held.caption_ms) == (0, None, None)
    assert playing.next_change_ms == 10_000
    assert held.next_change_ms == 15_000


def test_a_part_that_is_all_hold_shows_the_frame_before_its_cut():
    shown = compute_stage(webinar(video(in_ms=10_000, out_ms=10_000, hold_ms=3_000)), 0)
    assert (shown.media_ms, shown.holding, shown.gain) == (9_999, True, 0)


@pytest.mark.parametrize("cut_ms", [0, 1])
def test_a_part_that_is_all_hold_at_the_beginning_of_its_media_shows_the_first_frame(cut_ms):
    shown = compute_stage(webinar(video(in_ms=cut_ms, out_ms=cut_ms, hold_ms=3_000)), 0)
    assert (shown.media_ms, shown.holding) == (0, True)


def test_captions_keep_media_time():
    shown = compute_stage(webinar(video(in_ms=10_000, out_ms=20_000, captions=SUBTITLES)), 1_999)
    assert shown.caption_ms == 11_999


def test_a_recording_says_so():
    one = Recording(id="r", start_ms=0, media=TALK, out_ms=2_000)
    assert compute_stage(webinar(one), 0).kind == "recording"


def test_audio_brings_its_picture():
    shown = compute_stage(webinar(Audio(id="a", start_ms=0, media=SONG, out_ms=60_000, picture=PHOTO)), 100)
    assert (shown.kind, shown.media, shown.picture, shown.gain) == ("audio", SONG, PHOTO, 1_000)


def test_an_image_is_silent():
    shown = compute_stage(webinar(Image(id="i", start_ms=0, media=PHOTO, length_ms=10_000)), 400)
    assert (shown.kind, shown.media, shown.media_ms, shown.gain) == ("image", PHOTO, 400, 0)
    assert shown.next_change_ms == 10_000


# --------------------------------------------------------------------------------------------------- sound


@pytest.mark.parametrize(("position", "gain"), [(0, 0), (1, 0), (4, 1), (1_000, 250), (3_999, 999), (4_000, 1_000)])
def test_a_fade_in_is_linear(position, gain):
    assert compute_stage(webinar(video(fade_in_ms=4_000)), position).gain == gain


@pytest.mark.parametrize(("position", "gain"), [(5_999, 1_000), (6_000, 1_000), (7_000, 750), (9_999, 0)])
def test_a_fade_out_ends_where_the_media_ends_not_where_the_hold_does(position, gain):
    assert compute_stage(webinar(video(fade_out_ms=4_000, hold_ms=5_000)), position).gain == gain


def test_volume_and_fade_multiply_and_mute_wins():
    assert compute_stage(webinar(video(volume=50, fade_in_ms=4_000)), 1_000).gain == 125
    assert compute_stage(webinar(video(volume=50)), 1_000).gain == 500
    assert compute_stage(webinar(video(muted=True, fade_in_ms=4_000)), 2_000).gain == 0


# --------------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize(
    ("position", "page", "change"),
    [(0, 0, 30_000), (29_999, 0, 30_000), (30_000, 4, 60_000), (60_000, 2, 90_000), (89_999, 2, 90_000)],
)
def test_pages_turn_at_their_time(position, page, change):
    shown = compute_stage(webinar(slides()), position)
    assert (shown.page, shown.media_ms, shown.next_change_ms) == (page, position, change)


def test_a_left_edge_moved_forty_seconds_begins_ten_seconds_into_page_two():
    cut = webinar(slides(1_000, in_ms=40_000))
    assert (compute_stage(cut, 1_000).page, compute_stage(cut, 1_000).media_ms) == (4, 40_000)
    assert compute_stage(cut, 20_999).page == 4
    assert compute_stage(cut, 21_000).page == 2
    assert compute_stage(cut, 1_000).next_change_ms == 21_000


def test_a_window_that_ends_within_a_page_ends_there():
    assert compute_stage(webinar(slides(out_ms=45_000)), 31_000).next_change_ms == 45_000


def test_a_split_presentation_plays_as_before():
    whole = webinar(slides())
    halves = webinar(slides(id="l", out_ms=40_000), slides(40_000, id="r", in_ms=40_000))
    for position in range(0, 90_000, 500):
        one, two = compute_stage(whole, position), compute_stage(halves, position)
        assert (one.page, one.media_ms, one.gain) == (two.page, two.media_ms, two.gain)


def test_a_presentation_without_a_sound_is_silent():
    shown = compute_stage(webinar(slides()), 0)
    assert (shown.audio, shown.audio_ms, shown.gain) == (None, None, 0)


def test_the_sound_runs_along_the_track_and_then_there_is_silence():
    cut = webinar(slides(in_ms=40_000, audio=SONG, volume=80))
    assert (compute_stage(cut, 0).audio, compute_stage(cut, 0).audio_ms, compute_stage(cut, 0).gain) == (
        SONG,
        40_000,
        800,
    )
    assert compute_stage(cut, 20_000).next_change_ms == 30_000  # the song is over 70 s into the track
    assert compute_stage(cut, 29_999).audio_ms == 69_999
    silent = compute_stage(cut, 30_000)
    assert (silent.audio, silent.audio_ms, silent.gain, silent.next_change_ms) == (None, None, 0, 50_000)


# -------------------------------------------------------------------------------------------------- offers


def test_an_offer_tells_how_long_it_stays():
    shown = compute_stage(webinar(video(), interactions=(cta(2_000),)), 3_500)
    assert shown.offers == (OpenOffer(segment="c2000", offer="o", kind="cta", opened_ms=2_000, left_ms=3_500),)
    assert shown.next_change_ms == 7_000


def test_offers_begin_and_end_at_half_open_borders():
    survey = webinar(video(), interactions=(Survey(id="s", start_ms=2_000, length_ms=3_000, offer="s"),))
    assert compute_stage(survey, 1_999).offers == ()
    assert compute_stage(survey, 1_999).next_change_ms == 2_000
    assert compute_stage(survey, 2_000).offers[0].kind == "survey"
    assert compute_stage(survey, 5_000).offers == ()


def test_halves_of_a_split_offer_are_one_to_a_person():
    halves = (cta(2_000), cta(7_000, id="second"), cta(12_000, id="other", offer="another"))
    split = webinar(video(out_ms=20_000), interactions=halves)
    first, second = compute_stage(split, 3_000).offers[0], compute_stage(split, 8_000).offers[0]
    assert (first.segment, first.opened_ms, first.left_ms) == ("c2000", 2_000, 9_000)
    assert (second.segment, second.opened_ms, second.left_ms) == ("second", 2_000, 4_000)


def test_halves_that_were_moved_apart_are_two():
    apart = webinar(video(out_ms=20_000), interactions=(cta(2_000), cta(7_001, id="second")))
    assert compute_stage(apart, 3_000).offers[0].left_ms == 4_000
    assert compute_stage(apart, 7_001).offers[0].opened_ms == 7_001


# --------------------------------------------------------------------------------------------------- speed


def test_it_answers_within_fifty_microseconds_at_ten_thousand_segments():
    programme = tuple(video(start * 8_000, out_ms=5_000) for start in range(5_000))
    interactions = tuple(cta(start * 8_000 + 1_000) for start in range(5_000))
    large = webinar(*programme, interactions=interactions)
    best = min(_time_thousand(large) for _ in range(5))
    assert best / 1_000 < 50e-6


def _time_thousand(large):
    started_at = time.process_time()
    for position in range(0, 40_000_000, 40_000):
        compute_stage(large, position)
    return time.process_time() - started_at
