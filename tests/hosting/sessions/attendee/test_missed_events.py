"""Missed rows: sent one by one where that is possible, refused as gone where it is not."""

import pytest
from sqlalchemy import insert, select

from editor.schedule.room import PUBLIC, Delivery
from editor.schedule.session_events import ChatMessageSent, CuesIssued
from hosting.sessions.engine import event_log
from hosting.sessions.engine.tables import LOG_ROWS
from tests.hosting.session_fixtures import AttendeeClient, make_webinar


def append_rows(log_writer, session, audience, count):
    """Write rows for one audience; return the number of the last."""
    message = ChatMessageSent(message="m", person="p", name="P", text="x", position_ms=0)
    row = CuesIssued(cues=()) if audience == PUBLIC else message
    with log_writer.write() as transaction:
        first = transaction.log.append(session, [Delivery(audience, row)], log_writer.context.now())
        one = transaction.connection.execute(
            select(LOG_ROWS).where(LOG_ROWS.c.session == session, LOG_ROWS.c.seq == first)
        ).one()
        more = [one._asdict() | {"seq": first + step, "prev": first + step - 1} for step in range(1, count)]
        transaction.connection.execute(insert(LOG_ROWS), more)
    return first + count - 1


def fetch_seqs(attendee, public, own=0):
    """Return the numbers of the rows after those given, or the status and code of the refusal."""
    answer = attendee.get(f"events?public={public}&own={own}")
    return [row["seq"] for row in answer.json()["frames"]] if answer.status_code == 200 else answer.json()["code"]


@pytest.fixture
def anna(client, begin, tick):
    """Enter a waiting room."""
    one = AttendeeClient(
        client, "", begin(make_webinar(chat="answer_later"), in_ms=600_000), "Anna", "anna@example.org"
    )
    tick()
    return one


@pytest.mark.parametrize("audience", ["public", "own"])
def test_the_limit_of_missed_rows_and_one_more(log_writer, anna, audience):
    public = anna.fetch_snapshot()["seen"][0]["seq"]
    last = append_rows(
        log_writer, anna.session, PUBLIC if audience == "public" else anna.person, event_log.MAX_MISSED_ROWS + 1
    )
    at = last - event_log.MAX_MISSED_ROWS
    ours, one_more = ({"public": at}, {"public": at - 1}) if audience == "public" else ({"own": at}, {"own": at - 1})
    there = {"public": public}
    assert fetch_seqs(anna, **there | ours) == list(range(at + 1, last + 1))
    assert fetch_seqs(anna, **there | one_more) == "events.gone"


def test_the_last_row_and_a_row_that_does_not_exist_yet(anna):
    assert anna.say("m", "Hello").status_code == 200
    seen = {one["audience"]: one["seq"] for one in anna.fetch_snapshot()["seen"]}
    public, own = seen["public"], seen[anna.person]
    assert fetch_seqs(anna, public, own) == []
    assert fetch_seqs(anna, public, own - 1) == [own]
    assert fetch_seqs(anna, public + 1, own) == "events.gone"
    assert fetch_seqs(anna, public, own + 1) == "events.gone"
    # The number of another audience's row is a position like any other.
    assert fetch_seqs(anna, 0, 0) == sorted({public, own})


def test_only_clients_without_the_replacing_row_must_take_a_snapshot(client, team, log_writer, anna):
    assert anna.say("m", "Hello").status_code == 200
    before = {one["audience"]: one["seq"] for one in anna.fetch_snapshot()["seen"]}
    path = f"/api/sessions/{anna.session}/reschedule"
    for plan in ("2040-05-01T20:00:00", "2040-05-02T20:00:00"):  # the second replaces the first
        answer = client.post(path, json={"start": plan, "zone": "Europe/Paris"}, headers=team)
        assert answer.status_code == 200, answer.text
    floor, own = anna.fetch_snapshot()["seen"][0]["seq"], before[anna.person]
    assert fetch_seqs(anna, floor, own) == []
    for missed_seq in (0, before["public"], floor - 1):
        assert fetch_seqs(anna, missed_seq, own) == "events.gone"
    assert fetch_seqs(anna, floor) == [own], "one's own rows stay what they were"
    last = append_rows(log_writer, anna.session, PUBLIC, 2)
    assert fetch_seqs(anna, floor, own) == [last - 1, last]
    assert fetch_seqs(anna, floor - 1, own) == "events.gone"


def test_invalid_row_numbers_are_refused(anna):
    for query in ("public=-1", "own=-1", "public=x", "public=1.5", f"public={10**16}", "public="):
        answer = anna.get(f"events?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid"), query
