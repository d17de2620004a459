"""What forbids publishing: the errors; a private test begins at once and needs no start."""

from datetime import UTC, datetime

import pytest

from editor.schedule.account_limits import LIMITS_BY_PLAN
from editor.schedule.model import Cta, Media, Video, Webinar
from editor.schedule.preflight import find_blocking_problems, find_problems
from editor.schedule.preflight_inputs import PreflightInputs

TALK = "a" * 64
MEDIA = {TALK: Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=60_000)}


def make_inputs(**fields):
    given = {"start": "2026-12-01T18:00:00", "zone": "Europe/Paris", "media": MEDIA} | fields
    return PreflightInputs(
        webinar=Webinar(id="w", programme=(Video(id="v", start_ms=0, media=TALK, out_ms=10_000),), **given),
        team=(),
        media={TALK: "ready"},
        limits=LIMITS_BY_PLAN["automated"],
        hold_ms=5_000,
        now=datetime(2026, 11, 1, 12, tzinfo=UTC),
    )


def list_codes(problems):
    return [problem.code.removeprefix("problem.") for problem in problems]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"start": None}, "no_start"),
        ({"start": "2026-11-01T12:00:00"}, "start_past"),
        ({"start": "2027-03-28T02:30:00"}, "start_missing"),
        ({"start": "2027-02-30T10:00:00"}, "start_invalid"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_a_private_test_has_no_problem_with_its_start(fields, code):
    inputs = make_inputs(**fields)
    assert list_codes(find_blocking_problems(inputs)) == [code]
    assert find_blocking_problems(inputs, is_test=True) == ()


def test_errors_forbid_publishing_and_private_tests_and_warnings_neither():
    inputs = make_inputs(start=None, interactions=(Cta(id="c", start_ms=1_000, offer="o", length_ms=5_000),))
    assert list_codes(find_problems(inputs)) == ["no_start", "no_hold", "cta_no_label", "cta_no_link"]
    assert list_codes(find_blocking_problems(inputs)) == ["no_start", "cta_no_link"]
    assert list_codes(find_blocking_problems(inputs, is_test=True)) == ["cta_no_link"]
