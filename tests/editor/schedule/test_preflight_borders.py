"""Preflight at its borders: the millisecond, the day or the fact that decides whether there is a problem."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from editor.schedule.account_limits import LIMITS_BY_PLAN
from editor.schedule.edits import apply
from editor.schedule.model import MAX_WEBINAR_MS, CaptionTrack, Cta, Image, Media, Question, Survey, Video, Webinar
from editor.schedule.preflight import find_problems
from editor.schedule.preflight_inputs import HostingFacts, PreflightInputs

TALK, OTHER, PHOTO, FRENCH, ENGLISH = (letter * 64 for letter in "abcde")
MEDIA = {
    TALK: Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=3_600_000),
    OTHER: Media(sha256=OTHER, kind="video", name="other.mp4", duration_ms=3_600_000),
    PHOTO: Media(sha256=PHOTO, kind="image", name="photo.jpg"),
}


def video(start_ms=0, **fields):
    return Video(**{"id": f"v{start_ms}", "start_ms": start_ms, "media": TALK, "out_ms": 10_000} | fields)


def image(start_ms, length_ms):
    return Image(id=f"i{start_ms}", start_ms=start_ms, media=PHOTO, length_ms=length_ms)


def find(*programme, state="ready", hosting=HostingFacts(), **fields):  # noqa: B008 - a frozen value
    given = {"start": "2026-12-01T18:00:00", "zone": "Europe/Paris", "media": MEDIA} | fields
    webinar = Webinar(id="w", programme=programme or (video(hold_ms=5_000),), **given)
    inputs = PreflightInputs(
        webinar=webinar,
        team=(),
        media=dict.fromkeys(webinar.media, state),
        hosting=hosting,
        limits=LIMITS_BY_PLAN["automated"],
        hold_ms=5_000,
        now=datetime(2026, 11, 1, 12, tzinfo=UTC),
    )
    return webinar, find_problems(inputs)


def list_codes(*programme, **fields):
    return [problem.code.removeprefix("problem.") for problem in find(*programme, **fields)[1]]


@pytest.mark.parametrize(
    ("start", "until", "codes"),
    [
        ("2026-10-01T18:00:00", "2026-10-15T00:00:00", ["until_past"]),  # after the start, but before now
        ("2026-10-01T18:00:00", "2026-11-15T00:00:00", []),
        (None, "2026-11-01T13:00:00", ["until_past"]),  # now, in Paris
        (None, "2026-11-01T13:00:01", []),
        ("2026-12-01T18:00:00", "2026-12-01T18:00:01", []),
        ("2026-13-01T18:00:00", "2026-12-01T18:00:00", ["start_invalid"]),
        ("2026-13-01T18:00:00", "2026-14-01T18:00:00", ["start_invalid", "until_invalid"]),
    ],
)
def test_access_on_demand_ends_after_both_its_start_and_the_present(start, until, codes):
    assert list_codes(room="on_demand", start=start, available_until=until) == codes


@pytest.mark.parametrize(
    ("following", "continued"),
    [
        ({}, True),
        ({"media": OTHER}, False),
        ({"start_ms": 10_001}, False),
        ({"in_ms": 9_999}, False),
        ({"in_ms": 10_001}, False),
    ],
)
def test_a_part_is_continued_by_the_next_frame_of_its_media_alone(following, continued):
    after = replace(video(10_000, in_ms=10_000, out_ms=20_000, hold_ms=5_000), **following)
    assert list_codes(video(), after) == ([] if continued else ["no_hold"])


def test_a_picture_does_not_continue_a_video():
    assert list_codes(video(), image(10_000, 5_000)) == ["no_hold"]


@pytest.mark.parametrize(("gap_ms", "next_start_ms"), [(5_000, 15_000), (4_999, 19_999), (0, 15_000)])
def test_a_hold_fills_a_gap_that_is_long_enough_and_else_makes_room(gap_ms, next_start_ms):
    webinar, problems = find(video(), image(10_000 + gap_ms, 5_000))
    fixed = apply(webinar, next(one for one in problems if one.code == "problem.no_hold").fix).webinar
    assert (fixed.programme[0].hold_ms, fixed.programme[1].start_ms) == (5_000, next_start_ms)


@pytest.mark.parametrize(("rest_ms", "fits"), [(5_000, True), (4_999, False)])
def test_a_hold_that_just_fits_the_day_can_be_added(rest_ms, fits):
    _, problems = find(video(), image(10_000, MAX_WEBINAR_MS - 10_000 - rest_ms))
    assert [problem.fix is not None for problem in problems if problem.code == "problem.no_hold"] == [fits]


@pytest.mark.parametrize(
    ("start_ms", "severity", "beyond_ms"),
    [(10_001, "hint", 1), (14_999, "hint", 4_999), (15_000, "warning", 5_000)],
)
def test_an_offer_that_begins_at_the_end_is_a_warning(start_ms, severity, beyond_ms):
    offer = Cta(id="c", start_ms=start_ms, offer="o", length_ms=5_000, label="Buy", link="https://example.org")
    _, (problem,) = find(interactions=(offer,))
    assert (problem.code, problem.severity) == ("problem.after_end", severity)
    assert (problem.facts["beyond_ms"], problem.facts["end_ms"]) == (beyond_ms, 15_000)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", ENGLISH), ("EN-us", ENGLISH), ("fr", FRENCH), ("fr-CA", FRENCH), ("de", FRENCH)]
)
def test_captions_are_switched_on_in_the_webinars_language_whatever_its_region(language, expected):
    tracks = (CaptionTrack(sha256=FRENCH, language="FR-fr"), CaptionTrack(sha256=ENGLISH, language="en-GB"))
    media = {TALK: replace(MEDIA[TALK], has_audio=True, captions=tracks)}
    webinar, (problem,) = find(video(hold_ms=5_000), media=media, language=language)
    assert problem.code == "problem.captions_off"
    assert apply(webinar, problem.fix).webinar.programme[0].captions == expected


@pytest.mark.parametrize(
    ("state", "hosting", "severities"),
    [
        ("ready", {}, []),
        ("hosted", {}, []),
        ("missing", {}, ["error"]),
        ("unprepared", {}, ["warning"]),
        ("missing", {"is_set_up": True}, ["warning"]),  # the server may have it and was not asked
        ("missing", {"is_set_up": True, "has_media": {TALK: False}}, ["error"]),
        ("missing", {"is_set_up": True, "has_media": {TALK: True}}, []),
        ("missing", {"is_set_up": True, "has_media": {OTHER: False}}, ["warning"]),
        ("unprepared", {"is_set_up": True, "has_media": {TALK: False}}, ["warning"]),
        ("unprepared", {"is_set_up": True, "has_media": {TALK: True}}, []),
    ],
)
def test_a_media_matters_where_neither_this_computer_nor_the_server_has_it(state, hosting, severities):
    _, problems = find(state=state, hosting=HostingFacts(**hosting))
    assert [problem.severity for problem in problems] == severities
    assert all(problem.code == f"problem.media_{state}" for problem in problems)


def test_questions_are_counted_from_one_and_choices_that_are_alike_once():
    questions = (
        Question(id="1", kind="text", text="Well?"),
        Question(id="2", kind="text", text=" "),
        Question(id="3", kind="single", text="Which?", choices=("a", " a ")),
        Question(id="4", kind="multiple", text="Which?", choices=("a", " ")),
        Question(id="5", kind="multiple", text="Which?", choices=("a", "b")),
        Question(id="6", kind="rating", text="How?"),
    )
    survey = Survey(id="s", start_ms=1_000, offer="o", length_ms=5_000, questions=questions)
    _, problems = find(interactions=(survey,))
    assert [(problem.code, problem.facts["number"], problem.severity) for problem in problems] == [
        ("problem.question_empty", 2, "error"),
        ("problem.question_choices", 3, "error"),
        ("problem.question_choices", 4, "error"),
    ]
