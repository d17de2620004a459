"""New segments from media, settings and defaults."""

import itertools

import msgspec
import pytest

from editor.schedule import segment_factory
from editor.schedule.invariants import find_segment_violations, find_violations
from editor.schedule.model import (
    MAX_WEBINAR_MS,
    Audio,
    CaptionTrack,
    Cta,
    Image,
    Media,
    Presentation,
    Recording,
    Survey,
    Video,
    Webinar,
)
from editor.settings import Settings

S = 1000
DEFAULTS = segment_factory.SegmentDefaults(
    image_ms=10_000, page_ms=30_000, cta_ms=30_000, survey_ms=60_000, hold_ms=5_000
)


def video(ms, **more):
    return Media(sha256="1" * 64, kind="video", name="My talk.final.mp4", duration_ms=ms, **more)


def test_the_defaults_are_those_of_a_new_settings_file():
    assert segment_factory.SegmentDefaults.from_settings(Settings(None)) == DEFAULTS
    settings = Settings(None)
    settings["image_length_ms"] = 4000
    assert segment_factory.SegmentDefaults.from_settings(settings).image_ms == 4000


def test_a_video_plays_whole_and_then_holds():
    segment = segment_factory.make_segment(video(90 * S), 7 * S, DEFAULTS)
    assert isinstance(segment, Video)
    assert (segment.start_ms, segment.in_ms, segment.out_ms, segment.hold_ms) == (7 * S, 0, 90 * S, 5 * S)
    assert (segment.title, segment.media) == ("My talk.final", "1" * 64)


def test_a_recording_is_a_video_from_elsewhere():
    segment = segment_factory.make_segment(video(90 * S), 0, DEFAULTS, recording=True)
    assert isinstance(segment, Recording)
    assert segment.hold_ms == 5 * S


def test_the_part_that_was_marked_in_the_bin_is_played():
    segment = segment_factory.make_segment(video(90 * S), 0, DEFAULTS, in_ms=10 * S, out_ms=40 * S)
    assert (segment.in_ms, segment.out_ms, segment.length_ms) == (10 * S, 40 * S, 35 * S)


def test_sound_has_no_hold():
    segment = segment_factory.make_segment(
        Media(sha256="3" * 64, kind="audio", name="a.mp3", duration_ms=9 * S), 0, DEFAULTS
    )
    assert isinstance(segment, Audio)
    assert (segment.length_ms, segment.hold_ms) == (9 * S, 0)


def test_a_media_shorter_than_a_second_is_held_for_the_rest():
    segment = segment_factory.make_segment(
        Media(sha256="3" * 64, kind="audio", name="a.mp3", duration_ms=300), 0, DEFAULTS
    )
    assert (segment.out_ms, segment.hold_ms) == (300, 700)


@pytest.mark.parametrize(("hold_ms", "expected_ms"), [(0, 700), (699, 700), (701, 701)])
def test_a_part_shorter_than_a_second_is_held_for_the_rest(hold_ms, expected_ms):
    defaults = msgspec.structs.replace(DEFAULTS, hold_ms=hold_ms)
    made = segment_factory.make_segment(video(90 * S), 0, defaults, in_ms=40 * S, out_ms=40_300)
    assert (made.in_ms, made.out_ms, made.hold_ms) == (40_000, 40_300, expected_ms)


def test_a_media_longer_than_a_day_is_cut():
    segment = segment_factory.make_segment(video(2 * MAX_WEBINAR_MS), 0, DEFAULTS)
    assert (segment.length_ms, segment.hold_ms) == (MAX_WEBINAR_MS, 5 * S)


def test_images_and_pages_have_the_lengths_of_the_settings():
    image = segment_factory.make_segment(Media(sha256="4" * 64, kind="image", name="a.png"), 0, DEFAULTS)
    assert isinstance(image, Image)
    assert image.length_ms == 10 * S
    slides = Media(sha256="5" * 64, kind="presentation", name="a.pdf", pages=3)
    segment = segment_factory.make_segment(slides, 0, DEFAULTS)
    assert isinstance(segment, Presentation)
    assert [(page.page, page.length_ms) for page in segment.pages] == [(0, 30 * S), (1, 30 * S), (2, 30 * S)]
    assert (segment.in_ms, segment.out_ms) == (0, 90 * S)
    segment = segment_factory.make_segment(slides, 0, DEFAULTS, in_ms=40 * S, out_ms=60 * S)
    assert (segment.in_ms, segment.out_ms) == (40 * S, 60 * S)


@pytest.mark.parametrize(
    ("in_ms", "out_ms", "window"),
    [
        (40_000, 40_300, (40_000, 41_000)),
        (40_000, 41_000, (40_000, 41_000)),
        (40_000, 41_001, (40_000, 41_001)),
        (None, 95_000, (0, 90_000)),
        (95_000, None, (89_000, 90_000)),
        (89_001, None, (89_000, 90_000)),
    ],
)
def test_a_window_on_pages_lies_on_the_track_and_is_a_second_at_least(in_ms, out_ms, window):
    slides = Media(sha256="5" * 64, kind="presentation", name="a.pdf", pages=3)
    made = segment_factory.make_segment(slides, 0, DEFAULTS, in_ms=in_ms, out_ms=out_ms)
    assert (made.in_ms, made.out_ms) == window


@pytest.mark.parametrize("pages", [0, 1, 2880, 2881, 80_000])
def test_documents_of_any_number_of_pages_fit_the_day(pages):
    slides = Media(sha256="5" * 64, kind="presentation", name="a.pdf", pages=pages)
    segment = segment_factory.make_segment(slides, 0, DEFAULTS)
    assert find_segment_violations(segment, {slides.sha256: slides}) == ()
    assert len(segment.pages) == max(pages, 1)


def test_captions_of_the_media_are_shown():
    track = CaptionTrack(sha256="c" * 64, language="fr")
    assert segment_factory.make_segment(video(9 * S, captions=(track,)), 0, DEFAULTS).captions == "c" * 64
    assert segment_factory.make_segment(video(9 * S), 0, DEFAULTS).captions is None


def test_several_files_lie_one_after_another():
    count = itertools.count(1)
    medias = (video(10 * S), Media(sha256="4" * 64, kind="image", name="a.png"), video(20 * S))
    segment = segment_factory.make_sequence(medias, 3 * S, DEFAULTS, new_id=lambda: f"n{next(count)}")
    assert [(one.id, one.start_ms, one.end_ms) for one in segment] == [
        ("n1", 3 * S, 18 * S),
        ("n2", 18 * S, 28 * S),
        ("n3", 28 * S, 53 * S),
    ]


def test_interactions_have_the_lengths_of_the_settings():
    button, survey = (
        segment_factory.make_cta(5 * S, DEFAULTS, title="Buy"),
        segment_factory.make_survey(6 * S, DEFAULTS),
    )
    assert isinstance(button, Cta)
    assert isinstance(survey, Survey)
    assert (button.start_ms, button.length_ms, button.title) == (5 * S, 30 * S, "Buy")
    assert survey.length_ms == 60 * S
    assert len({button.id, button.offer, survey.id, survey.offer}) == 4


def test_whatever_is_built_is_sound():
    medias = [video(ms) for ms in (1, 999, 1000, 1001, MAX_WEBINAR_MS, 3 * MAX_WEBINAR_MS)]
    for media in medias:
        for point in (None, 0, 1, 500, MAX_WEBINAR_MS, 9 * MAX_WEBINAR_MS):
            segment = segment_factory.make_segment(media, 0, DEFAULTS, in_ms=point)
            assert find_violations(Webinar(id="w", programme=(segment,), media={media.sha256: media})) == (), (
                media,
                point,
            )
            segment = segment_factory.make_segment(media, 0, msgspec.structs.replace(DEFAULTS, hold_ms=0), out_ms=point)
            assert find_segment_violations(segment, {media.sha256: media}) == () or point == 0
