"""Publishing, rescheduling, cancelling and replacing sessions: what is allowed and what is refused."""

import msgspec
import pytest

from editor.protocol.api import PushedVersion, PushRequest
from editor.schedule import serialization
from editor.schedule.model import Cta, Price, Video
from editor.timestamps import to_datetime
from tests.hosting.hosting_fixtures import compute_version_hash, error_of
from tests.hosting.session_fixtures import (
    MINUTE,
    AttendeeClient,
    control_session,
    make_webinar,
    publish_session,
    push_webinar,
)

LATER_START = {"start": "2027-01-01T20:00:00", "zone": "Europe/Paris"}


@pytest.fixture
def planned_session(client, team):
    """Publish a session of the webinar at its own start."""
    sample_webinar = make_webinar()
    return publish_session(client, team, sample_webinar, push_webinar(client, team, sample_webinar))


def format_utc(ms):
    """Format an instant as a local start in the zone UTC."""
    return to_datetime(ms).strftime("%Y-%m-%dT%H:%M:%S")


def post_action(client, team, session, what, body=None):
    return client.post(f"/api/sessions/{session['id']}/{what}", json=body or {}, headers=team)


def test_a_session_takes_start_chat_and_length_from_the_version(client, team, planned_session, clock):
    assert planned_session["start"] == "2027-01-01T20:00:00"
    assert planned_session["starts_at"] == 1_798_830_000_000
    assert planned_session["ends_at"] == planned_session["starts_at"] + 10 * MINUTE
    assert (planned_session["chat"], planned_session["state"], planned_session["phase"], planned_session["number"]) == (
        "moderated",
        "planned",
        "planned",
        1,
    )
    assert planned_session["url"].endswith(f"/w/{planned_session['slug']}")
    assert client.get(f"/api/sessions/{planned_session['id']}", headers=team).json() == planned_session


def test_the_waiting_room_opens_by_the_servers_setting_unless_the_request_says_when(client, team, context):
    context.settings = msgspec.structs.replace(context.settings, waiting_ms=45 * MINUTE)
    sample_webinar = make_webinar()
    version = push_webinar(client, team, sample_webinar)
    by_setting = publish_session(client, team, sample_webinar, version)
    assert by_setting["waiting_ms"] == 45 * MINUTE
    by_request = publish_session(client, team, sample_webinar, version, test=True, waiting_ms=0)
    assert by_request["waiting_ms"] == 0


@pytest.mark.parametrize(
    ("changes", "options", "code"),
    [
        ({"start": None}, {}, "session.no_start"),
        ({}, {"start": "2027-03-28T02:30:00"}, "session.missing_hour"),
        ({}, {"start": "2020-01-01T00:00:00"}, "session.past"),
        ({}, {"zone": "Europe/Nowhere"}, "start.zone"),
        ({}, {"start": "9999-12-31T23:59:59"}, "start.invalid"),
        ({"room": "on_demand"}, {"start": "1901-01-01T00:00:00"}, "start.invalid"),
        ({"interactions": ()}, {}, "session.empty"),
    ],
)
def test_a_refused_session_gets_the_code_of_its_reason(client, team, changes, options, code):
    sample_webinar = make_webinar(**changes)
    problem = publish_session(
        client, team, sample_webinar, push_webinar(client, team, sample_webinar), status=422, **options
    )
    assert problem["code"] == code
    assert problem["title"] != code


def test_missing_media_are_named(client, team):
    sample_webinar = make_webinar(programme=(Video(id="v", start_ms=0, media="a" * 64, out_ms=5_000),))
    problem = publish_session(client, team, sample_webinar, push_webinar(client, team, sample_webinar), status=422)
    assert (problem["code"], problem["facts"]) == ("publish.media_missing", {"missing": ["a" * 64]})


def test_overlapping_sessions_are_refused_except_private_tests(client, team, planned_session):
    sample_webinar = make_webinar(id="other", title="Another")
    version = push_webinar(client, team, sample_webinar)
    problem = publish_session(client, team, sample_webinar, version, status=409, start="2027-01-01T20:09:59")
    assert (problem["code"], problem["facts"]["titles"]) == ("plan.overlap", ["Evening"])
    publish_session(client, team, sample_webinar, version, start="2027-01-01T20:10:00")
    publish_session(client, team, sample_webinar, version, test=True)
    on_demand = make_webinar(id="third", room="on_demand")
    publish_session(client, team, on_demand, push_webinar(client, team, on_demand), start="2027-01-01T20:01:00")


def test_a_running_private_test_does_not_block_planning(client, team, begin, clock):
    """A private test is the team's own and outside all limits: it neither needs a free time nor takes one."""
    test_session = begin()
    clock.advance(MINUTE)
    running = client.get(f"/api/sessions/{test_session['id']}", headers=team).json()
    assert (running["phase"], running["test"]) == ("running", True)
    start = {"start": format_utc(clock() + MINUTE), "zone": "UTC"}
    assert clock() + MINUTE < test_session["ends_at"], "the two overlap"
    version = compute_version_hash(make_webinar())
    planned = publish_session(client, team, make_webinar(), version, **start)
    assert planned["state"] == "planned"
    later = {"start": format_utc(clock() + 2 * MINUTE), "zone": "UTC"}
    assert post_action(client, team, planned, "reschedule", later).status_code == 200


def test_a_session_is_not_rescheduled_into_the_past(client, team, planned_session, clock):
    past = {"start": format_utc(clock() - 1_000), "zone": "UTC"}
    answer = post_action(client, team, planned_session, "reschedule", past)
    assert error_of(answer) == (422, "session.past")
    assert answer.json()["facts"] == past
    assert client.get(f"/api/sessions/{planned_session['id']}", headers=team).json() == planned_session
    answer = post_action(client, team, planned_session, "reschedule", {"start": format_utc(clock()), "zone": "UTC"})
    assert (answer.status_code, answer.json()["starts_at"]) == (200, clock()), "this very moment is not past"


def test_on_demand_may_become_available_from_a_past_time(client, team, clock):
    sample_webinar = make_webinar(room="on_demand")
    session = publish_session(client, team, sample_webinar, push_webinar(client, team, sample_webinar))
    past = {"start": format_utc(clock() - 1_000), "zone": "UTC"}
    answer = post_action(client, team, session, "reschedule", past)
    assert (answer.status_code, answer.json()["starts_at"]) == (200, clock() - 1_000)


def test_another_account_does_not_find_a_session(client, team, planned_session, sign_in):
    other = sign_in("other@example.org")
    assert client.get("/api/sessions", headers=other).json() == {"sessions": []}
    for what in ("reschedule", "cancel", "replace", "controls"):
        body = {**LATER_START, "version": "a" * 64, "what": "hold", "generation": 1}
        assert error_of(post_action(client, other, planned_session, what, body)) == (404, "session.unknown")
    assert error_of(client.get(f"/api/sessions/{planned_session['id']}/log", headers=other)) == (404, "session.unknown")
    assert error_of(client.get("/api/sessions")) == (401, "account.signed_out")


def test_the_link_survives_rescheduling_and_cancelling(client, team, planned_session):
    slug = planned_session["slug"]
    moved = post_action(
        client, team, planned_session, "reschedule", {"start": "2027-02-01T09:00:00", "zone": "Asia/Tokyo"}
    ).json()
    assert moved["slug"] == slug
    assert client.get(f"/api/w/{slug}").json()["starts_at"] == moved["starts_at"] == 1_801_440_000_000
    assert post_action(client, team, planned_session, "cancel").json()["state"] == "cancelled"
    assert post_action(client, team, planned_session, "cancel").status_code == 200
    landing = client.get(f"/api/w/{slug}").json()
    assert (landing["phase"], landing["title"]) == ("cancelled", "Evening")
    assert error_of(post_action(client, team, planned_session, "reschedule", LATER_START)) == (409, "session.cancelled")
    assert error_of(client.post(f"/api/w/{slug}/enter", json={"name": "Anna"})) == (409, "room.cancelled")
    again = publish_session(client, team, make_webinar(), compute_version_hash(make_webinar()))
    assert again["slug"] == slug
    assert client.get(f"/api/w/{slug}").json()["session"] == again["id"]


def test_the_link_leads_to_the_next_session_and_after_that_to_the_last(client, team, planned_session, clock, tick):
    sample_webinar = make_webinar()
    later = publish_session(
        client, team, sample_webinar, compute_version_hash(sample_webinar), start="2027-01-08T20:00:00"
    )
    slug = planned_session["slug"]
    assert client.get(f"/api/w/{slug}").json()["session"] == planned_session["id"]
    clock.ms = planned_session["ends_at"]
    tick()
    assert client.get(f"/api/w/{slug}").json()["session"] == later["id"]
    clock.ms = later["ends_at"]
    tick()
    landing = client.get(f"/api/w/{slug}").json()
    assert (landing["session"], landing["phase"]) == (later["id"], "over")
    private = publish_session(client, team, sample_webinar, compute_version_hash(sample_webinar), test=True)
    assert private["slug"] != slug
    assert client.get(f"/api/w/{slug}").json()["session"] == later["id"]
    assert client.get("/api/w/nowhere").status_code == 404


def test_the_landing_page_and_the_calendar_file_agree(client, team, planned_session):
    landing = client.get(f"/api/w/{planned_session['slug']}").json()
    assert landing["opens_at"] == planned_session["starts_at"] - 30 * MINUTE
    assert (landing["email_owed"], landing["access"], landing["chat"]) == (False, "free", "moderated")
    assert "interactions" not in landing
    calendar = client.get(f"/w/{planned_session['slug']}/calendar.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    lines = calendar.text.replace("\r\n ", "").splitlines()
    for line in ("DTSTART:20270101T190000Z", "DTEND:20270101T191000Z", "SUMMARY:Evening", "STATUS:CONFIRMED"):
        assert line in lines
    post_action(client, team, planned_session, "cancel")
    text = client.get(f"/w/{planned_session['slug']}/calendar.ics").text
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:1" in text


def test_a_later_version_replaces_segments_still_to_come(client, team, begin, tick, clock):
    session = begin()
    clock.advance(15_000)
    tick()
    first, survey, last = make_webinar().interactions
    later = make_webinar(interactions=(first, survey, msgspec.structs.replace(last, title="New")))
    version = push_webinar(client, team, later, rev=1)
    assert post_action(client, team, session, "replace", {"version": version}).json()["number"] == 2
    changed_webinar = make_webinar(interactions=(msgspec.structs.replace(first, title="New"), survey, last))
    version = push_webinar(client, team, changed_webinar, rev=2)
    answer = post_action(client, team, session, "replace", {"version": version})
    assert error_of(answer) == (409, "locked")
    assert answer.json()["facts"] == {"segments": ["c"]}
    anna = AttendeeClient(client, "", session, "Anna")
    clock.ms = session["starts_at"] + 9 * MINUTE
    tick()
    assert anna.fetch_snapshot()["offers"][-1]["title"] == "New"


def test_a_session_that_has_begun_is_neither_rescheduled_nor_cancelled(client, team, begin, clock):
    session = begin()
    clock.advance(5_000)
    assert error_of(post_action(client, team, session, "cancel")) == (409, "session.begun")
    assert error_of(post_action(client, team, session, "reschedule", LATER_START)) == (409, "session.begun")


def test_a_webinar_on_trial_lasts_fifteen_minutes_at_most(client, team, context):
    from sqlalchemy import update

    from hosting.accounts.tables import ACCOUNTS

    with context.db.write() as connection:
        connection.execute(update(ACCOUNTS).values(plan="trial"))
    last = msgspec.structs.replace(make_webinar().interactions[-1], start_ms=14 * MINUTE, length_ms=MINUTE + 1)
    sample_webinar = make_webinar(interactions=(last,))
    assert (
        publish_session(client, team, sample_webinar, push_webinar(client, team, sample_webinar), status=409)["code"]
        == "plan.longest"
    )


def test_on_demand_the_snapshot_has_all_cues_by_position(client, team, clock, tick):
    sample_webinar = make_webinar(room="on_demand", available_until="2027-02-01T00:00:00")
    session = publish_session(
        client, team, sample_webinar, push_webinar(client, team, sample_webinar), start="2026-01-01T00:00:00"
    )
    anna = AttendeeClient(client, "", session, "Anna")
    snapshot = anna.fetch_snapshot()
    assert (snapshot["on_demand"], snapshot["length_ms"], snapshot["phase"]) == (True, 10 * MINUTE, "running")
    assert [cue["at"] for cue in snapshot["cues"] if cue["type"] == "cta"] == [5_000, 9 * MINUTE]
    assert anna.post("clicks", {"offer": "last"}).status_code == 200
    assert error_of(anna.say("m", "Hello")) == (409, "room.chat_off")
    assert error_of(control_session(client, team, session, "hold")) == (409, "session.on_demand")
    assert tick() is None
    clock.ms = 1_801_440_000_000
    assert error_of(client.post(f"/api/w/{session['slug']}/enter", json={"name": "Bo"})) == (409, "room.closed")
    assert anna.fetch_snapshot()["on_demand"], "access once given is unlimited"


def test_a_replay_is_open_after_the_end(client, team, begin, clock, tick):
    session = begin(replay=True)
    clock.ms = session["ends_at"] + 60 * MINUTE
    tick()
    anna = AttendeeClient(client, "", session, "Anna")
    assert anna.fetch_snapshot()["on_demand"]
    without = publish_session(client, team, make_webinar(), compute_version_hash(make_webinar()), test=True)
    clock.ms = without["ends_at"] + 60 * MINUTE
    assert error_of(client.post(f"/api/w/{without['slug']}/enter", json={"name": "Bo"})) == (409, "room.over")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//example.org"])
def test_a_button_that_opens_no_address_is_neither_published_nor_put_into_a_session(
    client, team, planned_session, link
):
    hostile = make_webinar(interactions=(Cta(id="c", start_ms=0, length_ms=MINUTE, offer="o", label="Go", link=link),))
    version = push_webinar(client, team, hostile, rev=1)
    problem = publish_session(client, team, hostile, version, status=422)
    assert (problem["code"], problem["facts"]) == ("publish.bad_link", {"link": link})
    assert error_of(post_action(client, team, planned_session, "replace", {"version": version})) == (
        422,
        "publish.bad_link",
    )


def test_a_paid_webinar_is_neither_published_nor_put_into_a_session(client, team, planned_session):
    paid = make_webinar(access="paid", price=Price(amount=4_900))
    version = push_webinar(client, team, paid, rev=1)
    problem = publish_session(client, team, paid, version, status=422)
    assert (problem["code"], problem["facts"]) == ("publish.not_yet", {"feature": "paid"})
    assert error_of(post_action(client, team, planned_session, "replace", {"version": version})) == (
        422,
        "publish.not_yet",
    )


def test_a_private_test_of_a_paid_webinar_lets_people_in(client, team):
    paid = make_webinar(access="paid", price=Price(amount=4_900))
    session = publish_session(client, team, paid, push_webinar(client, team, paid), test=True)
    assert AttendeeClient(client, "", session, "Anna").fetch_snapshot()


def test_what_the_server_cannot_read_whole_is_neither_published_nor_put_into_a_session(client, team, planned_session):
    document = msgspec.json.decode(serialization.encode(make_webinar()))
    document["interactions"].append({"kind": "quiz", "id": "q", "start_ms": 0, "length_ms": MINUTE})
    document["theme"] = "dark"
    body = msgspec.json.encode(document, order="sorted")
    version = serialization.hash_version(body, ())
    pushed = PushedVersion(hash=version, parents=(), note="", saved_at=0)
    request = msgspec.to_builtins(PushRequest(document=body.decode(), version=pushed, epoch=""))
    answer = client.put("/api/webinars/webinar", json=request, headers=team | {"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    problem = publish_session(client, team, make_webinar(), version, status=422)
    assert (problem["code"], problem["facts"]) == ("publish.unknown_kinds", {"unknown": ["quiz", "theme"]})
    assert error_of(post_action(client, team, planned_session, "replace", {"version": version})) == (
        422,
        "publish.unknown_kinds",
    )
