"""What was missed, at its edges: told row by row where that is possible, and refused as gone where it is not."""

import pytest
from sqlalchemy import insert, select

from editor.schedule.log import Cued, Said
from editor.schedule.room import PUBLIC, Told
from hosting.sessions import log
from hosting.sessions.desk import desk_of
from hosting.sessions.tables import ROWS
from tests.hosting.rooms import Attendee, webinar


def write(house, session, audience, count):
    """Rows for one audience, all at once; gives the number of the last."""
    said = Said(message="m", person="p", name="P", text="x", position_ms=0)
    row = Cued(cues=()) if audience == PUBLIC else said
    with desk_of(house).write() as writing:
        first = writing.log.add(session, [Told(audience, row)], house.now())
        one = writing.connection.execute(select(ROWS).where(ROWS.c.session == session, ROWS.c.seq == first)).one()
        more = [one._asdict() | {"seq": first + step, "prev": first + step - 1} for step in range(1, count)]
        writing.connection.execute(insert(ROWS), more)
    return first + count - 1


def asked(one, public, own=0):
    """The numbers of the rows that are told, or the code of what is said instead."""
    answer = one.get(f"events?public={public}&own={own}")
    return [row["seq"] for row in answer.json()["frames"]] if answer.status_code == 200 else answer.json()["code"]


@pytest.fixture
def anna(client, begin, tick):
    """Somebody in a waiting room."""
    one = Attendee(client, "", begin(webinar(chat="answer_later"), in_ms=600_000), "Anna", "anna@example.org")
    tick()
    return one


@pytest.mark.parametrize("audience", ["public", "own"])
def test_as_many_as_are_told_one_by_one_and_one_more(house, anna, audience):
    public = anna.snapshot()["seen"][0]["seq"]
    last = write(house, anna.session, PUBLIC if audience == "public" else anna.person, log.MOST_MISSED + 1)
    at = last - log.MOST_MISSED
    ours, one_more = ({"public": at}, {"public": at - 1}) if audience == "public" else ({"own": at}, {"own": at - 1})
    there = {"public": public}
    assert asked(anna, **there | ours) == list(range(at + 1, last + 1))
    assert asked(anna, **there | one_more) == "events.gone"


def test_the_last_row_and_what_nobody_wrote_yet(anna):
    assert anna.say("m", "Hello").status_code == 200
    seen = {one["audience"]: one["seq"] for one in anna.snapshot()["seen"]}
    public, own = seen["public"], seen[anna.person]
    assert asked(anna, public, own) == []
    assert asked(anna, public, own - 1) == [own]
    assert asked(anna, public + 1, own) == "events.gone"
    assert asked(anna, public, own + 1) == "events.gone"
    # A number of another audience's row is a place like any other: what is beyond it is told.
    assert asked(anna, 0, 0) == sorted({public, own})


def test_who_has_the_row_that_overturned_goes_on_and_who_does_not_begins_again(client, team, house, anna):
    assert anna.say("m", "Hello").status_code == 200
    before = {one["audience"]: one["seq"] for one in anna.snapshot()["seen"]}
    path = f"/api/sessions/{anna.session}/reschedule"
    for plan in ("2040-05-01T20:00:00", "2040-05-02T20:00:00"):  # the second overturns the first
        answer = client.post(path, json={"start": plan, "zone": "Europe/Paris"}, headers=team)
        assert answer.status_code == 200, answer.text
    floor, own = anna.snapshot()["seen"][0]["seq"], before[anna.person]
    assert asked(anna, floor, own) == []
    for gone in (0, before["public"], floor - 1):
        assert asked(anna, gone, own) == "events.gone"
    assert asked(anna, floor) == [own], "one's own rows stay what they were"
    last = write(house, anna.session, PUBLIC, 2)
    assert asked(anna, floor, own) == [last - 1, last]
    assert asked(anna, floor - 1, own) == "events.gone"


def test_numbers_that_are_none(anna):
    for query in ("public=-1", "own=-1", "public=x", "public=1.5", f"public={10**16}", "public="):
        answer = anna.get(f"events?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid"), query
