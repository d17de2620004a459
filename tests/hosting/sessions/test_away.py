"""An automated session needs nobody to have been there, the hosting included: it plays by the clock alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from litestar.testing import TestClient

from editor.schedule.model import Cta, Image, Media
from hosting.app import make_app
from hosting.db import Database
from hosting.house import House
from hosting.sessions.conductor import Conductor
from hosting.sessions.desk import desk_of
from tests.hosting.rooms import MINUTE, Attendee, control, publish, push, webinar
from tests.hosting.tools import HandClock, Prepared

HOUR = 60 * MINUTE
Start = Callable[[], Any]


@pytest.fixture
def started_again(house: House, clock: HandClock) -> Start:
    """Start a hosting on the same folder, as another process would: it knows what is on the disk, and the clock."""

    @contextmanager
    def do() -> Iterator[tuple[TestClient[Any], Callable[[], int | None]]]:
        database = Database(house.settings.folder)
        again = House(settings=house.settings, db=database, epoch=database.epoch(), now=clock)
        with TestClient(make_app(again), raise_server_exceptions=False) as client:
            yield client, lambda: Conductor(again, desk_of(again)).tick(clock())
        database.close()

    return do


@pytest.fixture
def evening(client: Any, team: dict[str, str], clock: HandClock) -> dict[str, Any]:
    """Two hours of two pictures, published for its own start, with a button in each."""
    pictures = [Prepared(name, 0) for name in ("first", "second")]
    for one in pictures:
        one.send(client, team)
    media = {one.media: Media(sha256=one.media, kind="image", name="picture.png") for one in pictures}
    shown = tuple(
        Image(id=one.media[:8], start_ms=number * HOUR, media=one.media, length_ms=HOUR)
        for number, one in enumerate(pictures)
    )
    offers = tuple(
        Cta(id=f"c{number}", start_ms=number * HOUR + 10 * MINUTE, length_ms=MINUTE, offer=f"offer {number}")
        for number in range(2)
    )
    made = webinar(programme=shown, media=media, interactions=offers, chat="answer_later")
    session = publish(client, team, made, push(client, team, made))
    assert session["phase"] == "planned"
    clock.ms = session["starts_at"] - 10 * MINUTE
    anna = Attendee(client, "", session, "Anna", "anna@example.org")
    assert anna.say("m", "Will there be slides?").status_code == 200
    return session | {"anna": anna, "pictures": [one.media for one in pictures]}


def test_an_hour_late_it_is_where_it_would_be(evening, team, clock, started_again: Start):
    clock.ms = evening["starts_at"] + HOUR + 5 * MINUTE
    with started_again() as (client, tick):
        evening["anna"].client = client
        told = client.get(f"/api/sessions/{evening['id']}", headers=team).json()
        assert (told["phase"], told["position_ms"], told["state"]) == ("running", HOUR + 5 * MINUTE, "planned")
        # Somebody who comes before anything was conducted sees what is on.
        snapshot = evening["anna"].snapshot()
        stage = next(cue for cue in snapshot["cues"] if cue["type"] == "stage")
        assert stage["media"] == evening["pictures"][1]
        assert stage["at"] == evening["starts_at"] + HOUR
        assert [offer["offer"] for offer in snapshot["offers"]] == ["offer 0"]
        assert evening["anna"].post("clicks", {"offer": "offer 0"}).status_code == 200
        wake = tick()
        assert wake == evening["starts_at"] + HOUR + 10 * MINUTE, "the button of the second hour is next"
        clock.ms = wake
        tick()
        cues = [cue for row in evening["anna"].events() for cue in row["row"].get("cues", ())]
        assert [cue["offer"] for cue in cues if cue["type"] == "cta"] == ["offer 1"]
        # The team can step in as ever.
        assert control(client, team, evening, "hold").json()["position_ms"] == HOUR + 10 * MINUTE


def test_after_its_end_it_is_over_and_its_log_is_there(evening, team, clock, started_again: Start):
    clock.ms = evening["ends_at"] + 3 * HOUR
    with started_again() as (client, tick):
        told = client.get(f"/api/sessions/{evening['id']}", headers=team).json()
        assert (told["phase"], told["position_ms"]) == ("over", 2 * HOUR)
        assert tick() is None
        assert client.get(f"/api/sessions/{evening['id']}", headers=team).json()["state"] == "over"
        frames = client.get(f"/api/sessions/{evening['id']}/log", headers=team).json()["frames"]
        said = [row["row"] for row in frames if row["row"]["type"] == "said"]
        assert [one["text"] for one in said] == ["Will there be slides?"]
        assert evening["anna"].person == said[0]["person"]
        refused = client.post(f"/api/w/{evening['slug']}/enter", json={"name": "Bo", "email": "bo@example.org"})
        assert (refused.status_code, refused.json()["code"]) == (409, "room.over")
        before = len(frames)
        assert tick() is None
        again = client.get(f"/api/sessions/{evening['id']}/log", headers=team).json()["frames"]
        assert len(again) == before
