"""Clicks and answers: each counts once, and only for offers that were made."""

import pytest

from tests.hosting.hosting_fixtures import error_of
from tests.hosting.session_fixtures import MINUTE, AttendeeClient


@pytest.fixture
def anna(client, begin, clock):
    """Enter a session 25 s after its start: the button is gone, the survey is open."""
    session = begin()
    clock.ms = session["starts_at"] + 25_000
    attendee = AttendeeClient(client, "", session, "Anna")
    attendee.session_details = session
    return attendee


def test_a_click_counts_once(client, anna, team):
    first = anna.post("clicks", {"offer": "buy"})
    assert first.status_code == 200
    assert anna.post("clicks", {"offer": "buy"}).json() == first.json()
    assert anna.fetch_snapshot()["clicked"] == ["buy"]
    log = client.get(f"/api/sessions/{anna.session}/log", headers=team).json()["frames"]
    assert [one["row"]["type"] for one in log].count("clicked") == 1


def test_only_offers_that_were_made_can_be_answered(anna):
    for offer in ("last", "nothing"):
        assert error_of(anna.post("clicks", {"offer": offer})) == (404, "room.no_offer")
    assert error_of(anna.post("clicks", {"offer": "poll"})) == (404, "room.no_offer")
    assert error_of(anna.post("answers", {"offer": "buy", "question": "q1"})) == (404, "room.no_offer")


def test_an_answer_counts_once_a_question(anna):
    body = {"offer": "poll", "question": "q1", "choices": [1]}
    first = anna.post("answers", body)
    assert first.status_code == 200
    assert anna.post("answers", body).json() == first.json()
    assert error_of(anna.post("answers", body | {"choices": [0]})) == (409, "room.answered")
    assert anna.post("answers", {"offer": "poll", "question": "q2", "text": "Because"}).status_code == 200
    listed = [(one["question"], one.get("choices"), one.get("text")) for one in anna.fetch_snapshot()["answered"]]
    assert listed == [("q1", [1], None), ("q2", None, "Because")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"question": "q9"}, (404, "room.no_question")),
        ({"question": "q1"}, (422, "room.answer_needed")),
        ({"question": "q1", "choices": [2]}, (422, "room.answer_choice")),
        ({"question": "q1", "choices": [0, 1]}, (422, "room.answer_one")),
        ({"question": "q1", "text": "yes"}, (422, "room.answer_kind")),
        ({"question": "q2", "text": "x" * 2_001}, (400, "request.invalid")),
    ],
)
def test_an_answer_must_fit_its_question(anna, body, expected):
    assert error_of(anna.post("answers", {"offer": "poll", **body})) == expected


def test_an_open_survey_can_be_answered_for_ten_minutes_after_the_end(anna, clock):
    clock.ms = anna.session_details["ends_at"] + 10 * MINUTE - 1
    body = {"offer": "poll", "question": "q1", "choices": [1]}
    first = anna.post("answers", body)
    assert first.status_code == 200
    clock.advance(1)
    assert error_of(anna.post("answers", {"offer": "poll", "question": "q2", "text": "Late"})) == (
        409,
        "room.offer_over",
    )
    assert anna.post("answers", body).json() == first.json(), "a repeat is not late"


def test_a_persons_answers_are_not_shown_to_others(client, anna):
    anna.post("answers", {"offer": "poll", "question": "q1", "choices": [1]})
    bo = AttendeeClient(client, "", anna.session_details, "Bo")
    assert "answered" not in bo.fetch_snapshot()
    assert {one["audience"] for one in bo.fetch_events()} <= {"public"}
