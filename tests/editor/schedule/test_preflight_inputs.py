"""The inputs of preflight: media that only the server has, private tests, and gathering the inputs."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from editor.schedule.account_limits import LIMITS_BY_PLAN
from editor.schedule.model import Media, Moderator, Video, Webinar
from editor.schedule.preflight import find_blocking_problems, find_problems
from editor.schedule.preflight_inputs import HostingFacts, PreflightInputs, gather_preflight_inputs

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TALK = "a" * 64
WEBINAR = Webinar(
    id="w",
    start="2026-12-01T18:00:00",
    zone="Europe/Paris",
    programme=(Video(id="v", start_ms=0, media=TALK, out_ms=10_000),),
    media={TALK: Media(sha256=TALK, kind="video", name="talk.mp4", duration_ms=10_000)},
)


def make_inputs(webinar, *, media=None, hosting=None):
    return PreflightInputs(
        webinar=webinar,
        team=webinar.moderators,
        media={TALK: "ready"} if media is None else media,
        hosting=HostingFacts() if hosting is None else hosting,
        limits=LIMITS_BY_PLAN["automated"],
        hold_ms=5_000,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("hosting", "severity"),
    [
        (HostingFacts(), "error"),
        (HostingFacts(is_set_up=True), "warning"),  # the server was not asked: publishing finds out
        (HostingFacts(is_set_up=True, has_media={TALK: False}), "error"),
        (HostingFacts(is_set_up=True, has_media={TALK: True}), None),
    ],
)
def test_a_missing_file_matters_unless_the_server_has_the_media(hosting, severity):
    found = find_problems(make_inputs(WEBINAR, media={}, hosting=hosting))
    assert [each.severity for each in found if each.code == "problem.media_missing"] == [severity] * bool(severity)


def test_a_private_test_needs_no_start_and_warnings_forbid_nothing():
    unplanned = replace(WEBINAR, start=None)
    assert {each.severity for each in find_problems(make_inputs(unplanned))} >= {"error", "warning"}
    assert [each.code for each in find_blocking_problems(make_inputs(unplanned))] == ["problem.no_start"]
    assert find_blocking_problems(make_inputs(unplanned), is_test=True) == ()
    empty = Webinar(id="w")
    assert [each.code for each in find_blocking_problems(make_inputs(empty), is_test=True)] == ["problem.empty"]


def test_inputs_are_gathered_from_webinar_settings_media_and_server():
    moderators = (Moderator(name="Ann", email="ann@example.org"),)
    hosting = HostingFacts(is_set_up=True)
    webinar = replace(WEBINAR, moderators=moderators, waiting_picture="e" * 64)
    inputs = gather_preflight_inputs(
        webinar,
        {"plan": "trial", "video_hold_ms": 7_000},
        now=NOW,
        get_media_state=lambda sha256: "missing" if sha256 == "e" * 64 else "ready",
        hosting=hosting,
    )
    assert inputs == PreflightInputs(
        webinar=webinar,
        team=moderators,
        media={TALK: "ready", "e" * 64: "missing"},
        hosting=hosting,
        limits=LIMITS_BY_PLAN["trial"],
        hold_ms=7_000,
        now=NOW,
    )
