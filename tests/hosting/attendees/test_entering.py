"""Access to a session: without a token, with another session's token, as a member of the team."""

import pytest

from tests.hosting.hosting_fixtures import error_of
from tests.hosting.session_fixtures import AttendeeClient, make_webinar

ROOM_REQUESTS = (
    ("GET", "snapshot", None),
    ("GET", "events", None),
    ("POST", "chat", {"id": "m", "text": "Hello"}),
    ("POST", "clicks", {"offer": "buy"}),
    ("POST", "answers", {"offer": "poll", "question": "q1"}),
    ("POST", "trouble", {}),
)


@pytest.mark.parametrize(("method", "path", "body"), ROOM_REQUESTS)
def test_a_session_is_only_for_persons_who_entered_it(client, team, begin, method, path, body):
    session = begin()
    other = AttendeeClient(client, "", begin(make_webinar(id="other")), "Bo")
    url = f"/api/room/{session['id']}/{path}"
    assert error_of(client.request(method, url, json=body)) == (401, "person.unknown")
    assert error_of(client.request(method, url, json=body, headers={"Authorization": "Bearer nothing"})) == (
        401,
        "person.unknown",
    )
    assert error_of(client.request(method, url, json=body, headers=team)) == (401, "person.unknown")
    assert error_of(client.request(method, url, json=body, headers=other.headers)) == (403, "room.not_yours")


def test_an_event_stream_is_only_for_persons_who_entered_the_session(client, begin):
    session = begin()
    other = AttendeeClient(client, "", begin(make_webinar(id="other")), "Bo")
    url = f"/api/room/{session['id']}/stream"
    assert error_of(client.get(url)) == (401, "person.unknown")
    assert error_of(client.get(url, headers=other.headers)) == (403, "room.not_yours")
    assert error_of(client.get(f"{url}?public=x", headers=other.headers)) == (400, "request.invalid")
    assert error_of(client.post(url, headers=other.headers)) == (405, "request.method")


def test_a_name_is_cleaned_of_control_characters_and_spaces(client, begin, team):
    session = begin()
    slug = session["slug"]
    answer = client.post(f"/api/w/{slug}/enter", json={"name": "\u202e \n"})
    assert error_of(answer) == (422, "person.name")
    assert error_of(client.post(f"/api/w/{slug}/enter", json={"name": "x" * 81})) == (400, "request.invalid")
    AttendeeClient(client, "", session, "  Anna \n Maria ")
    log = client.get(f"/api/sessions/{session['id']}/log", headers=team).json()["frames"]
    assert [one["row"]["name"] for one in log if one["row"]["type"] == "arrived"] == ["Anna Maria"]
    assert client.get(f"/api/sessions/{session['id']}", headers=team).json()["persons"] == 1


@pytest.mark.parametrize("name", ["\u200b\u200b", "\u3164", "\u2800\u2800", "\U000e0041", "\u0301" * 80], ids=ascii)
def test_a_name_without_anything_to_see_is_refused(client, begin, name):
    slug = begin()["slug"]
    assert error_of(client.post(f"/api/w/{slug}/enter", json={"name": name})) == (422, "person.name")


def test_a_message_without_anything_to_see_is_refused(client, begin):
    session = begin()
    attendee = AttendeeClient(client, "", session, "An\u200bna")
    url = f"/api/room/{session['id']}/chat"
    for number, text in enumerate(("\u3164\u3164", "\u200b\n\u200b", "\U000e0041")):
        answer = client.post(url, json={"id": f"m{number}", "text": text}, headers=attendee.headers)
        assert error_of(answer) == (422, "room.empty")
