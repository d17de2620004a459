"""The three chat modes as attendees see them."""

import pytest

from tests.hosting.hosting_fixtures import error_of
from tests.hosting.session_fixtures import AttendeeClient, control_session, make_webinar


@pytest.mark.parametrize("mode", ["moderated", "answer_later"])
def test_a_waiting_message_is_shown_to_its_author_and_the_team_only(client, team, begin, tick, mode):
    session = begin(make_webinar(chat=mode))
    anna, bo = (AttendeeClient(client, "", session, name, "a@example.org") for name in ("Anna", "Bo"))
    tick()
    assert anna.say("m1", "  Hello\u0007 there ").status_code == 200
    (mine,) = anna.fetch_snapshot()["messages"]
    assert (mine["text"], mine["name"], mine.get("waits", True)) == ("Hello there", "Anna", True)
    assert "messages" not in bo.fetch_snapshot()
    assert "said" not in {one["row"]["type"] for one in bo.fetch_events()}
    assert {one["audience"] for one in anna.fetch_events() if one["row"]["type"] == "said"} == {anna.person}
    log = client.get(f"/api/sessions/{session['id']}/log", headers=team).json()["frames"]
    assert [(one["audience"], one["row"]["text"]) for one in log if one["row"]["type"] == "said"] == [
        ("team", "Hello there")
    ]


def test_a_repeated_message_is_recorded_once(client, begin, clock):
    session = begin()
    anna, bo = (AttendeeClient(client, "", session, name) for name in ("Anna", "Bo"))
    first = anna.say("m1", "Hello").json()
    for _ in range(5):
        assert anna.say("m1", "Hello").json() == first
    assert error_of(bo.say("m1", "Mine")) == (409, "room.message_taken")
    assert len(anna.fetch_snapshot()["messages"]) == 1


def test_three_messages_in_ten_seconds_are_the_limit(client, begin, clock):
    anna = AttendeeClient(client, "", begin(), "Anna")
    for number in range(3):
        assert anna.say(f"m{number}", "Hello").status_code == 200
        clock.advance(100)
    fourth = anna.say("m3", "Hello")
    assert error_of(fourth) == (429, "room.fast")
    clock.advance(fourth.json()["facts"]["wait_ms"])
    assert anna.say("m3", "Hello").status_code == 200


def test_empty_and_overlong_messages_are_refused(client, begin):
    anna = AttendeeClient(client, "", begin(), "Anna")
    assert anna.say("m1", "x" * 1_000).status_code == 200
    assert error_of(anna.say("m2", "x" * 1_001)) == (400, "request.invalid")
    assert error_of(anna.say("m2", " \n ")) == (422, "room.empty")


def test_a_session_without_chat_gets_one_when_the_team_switches_it_on(client, team, begin, tick, clock):
    session = begin(make_webinar(chat="none"))
    anna = AttendeeClient(client, "", session, "Anna")
    tick()
    assert error_of(anna.say("m1", "Hello")) == (409, "room.chat_off")
    assert not anna.fetch_snapshot()["chat_open"]
    assert control_session(client, team, session, "chat_on").json()["chat_now"] == "moderated"
    assert anna.say("m1", "Hello").status_code == 200
    assert [one["row"]["mode"] for one in anna.fetch_events() if one["row"]["type"] == "chat_set"] == ["moderated"]
    assert anna.fetch_snapshot()["chat"] == "moderated"
    assert control_session(client, team, session, "chat_off").json()["chat_now"] == "none"
    assert error_of(anna.say("m2", "Hello")) == (409, "room.chat_off")
    assert len(anna.fetch_snapshot()["messages"]) == 1


def test_the_chat_is_closed_before_the_waiting_room_opens_and_after_the_end(client, begin, clock):
    session = begin(in_ms=3_600_000)
    anna = AttendeeClient(client, "", session, "Anna")
    assert error_of(anna.say("m1", "Hello")) == (409, "room.not_open")
    clock.ms = session["ends_at"] + 29_000
    assert anna.say("m1", "Hello").status_code == 200
    clock.advance(1_000)
    assert error_of(anna.say("m2", "Hello")) == (409, "room.chat_over")


def test_an_email_address_is_required_if_messages_are_answered_later(client, begin):
    session = begin(make_webinar(chat="answer_later"))
    assert client.get(f"/api/w/{session['slug']}").json()["email_owed"]
    for email in ("", "nobody", "a@b", "two words@example.org"):
        answer = client.post(f"/api/w/{session['slug']}/enter", json={"name": "Anna", "email": email})
        assert error_of(answer) == (422, "person.email")
    AttendeeClient(client, "", session, "Anna", "anna@example.org")


def test_a_report_of_trouble_reaches_the_team_only(client, team, begin, clock):
    session = begin()
    anna = AttendeeClient(client, "", session, "Anna")
    assert anna.post("trouble", {"text": "No sound", "seen": "360p"}).status_code == 200
    assert error_of(anna.post("trouble", {"text": "No sound"})) == (429, "room.fast")
    clock.advance(10_000)
    assert anna.post("trouble", {"text": "Still"}).status_code == 200
    assert {one["audience"] for one in anna.fetch_events()} <= {"public"}
    assert "troubled" not in {one["row"]["type"] for one in anna.fetch_events()}
    log = client.get(f"/api/sessions/{session['id']}/log", headers=team).json()["frames"]
    assert [one["row"]["text"] for one in log if one["row"]["type"] == "troubled"] == ["No sound", "Still"]
