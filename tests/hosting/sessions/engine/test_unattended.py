"""An automated session depends on the clock only: it continues even if the hosting was off meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from litestar.testing import TestClient

from editor.schedule.model import Cta, Image, Media
from hosting.app.asgi import make_app
from hosting.context import HostingContext
from hosting.db.database import HostingDatabase
from hosting.sessions.engine.log_writer import LogWriter
from hosting.sessions.engine.scheduler import Scheduler
from tests.hosting.hosting_fixtures import FakeMedia, ManualClock
from tests.hosting.session_fixtures import (
    MINUTE,
    AttendeeClient,
    control_session,
    make_webinar,
    publish_session,
    push_webinar,
)

HOUR = 60 * MINUTE
StartHosting = Callable[[], Any]


@pytest.fixture
def restart_hosting(context: HostingContext, clock: ManualClock) -> StartHosting:
    """Start a second hosting on the same folder, which knows only the disk and the clock, as a new process would."""

    @contextmanager
    def start_hosting() -> Iterator[tuple[TestClient[Any], Callable[[], int | None]]]:
        database = HostingDatabase(context.settings.data_folder)
        restarted = HostingContext(settings=context.settings, db=database, epoch=database.load_epoch(), now=clock)
        log_writer = LogWriter(restarted)
        with TestClient(make_app(log_writer), raise_server_exceptions=False) as client:
            yield client, lambda: Scheduler(restarted, log_writer).tick(clock())
        database.close()

    return start_hosting


@pytest.fixture
def published_session(client: Any, team: dict[str, str], clock: ManualClock) -> dict[str, Any]:
    """Publish a webinar of two images of one hour each, with a button in each, for its own start."""
    pictures = [FakeMedia(name, 0) for name in ("first", "second")]
    for one in pictures:
        one.upload_all(client, team)
    media = {one.media: Media(sha256=one.media, kind="image", name="picture.png") for one in pictures}
    shown = tuple(
        Image(id=one.media[:8], start_ms=number * HOUR, media=one.media, length_ms=HOUR)
        for number, one in enumerate(pictures)
    )
    offers = tuple(
        Cta(id=f"c{number}", start_ms=number * HOUR + 10 * MINUTE, length_ms=MINUTE, offer=f"offer {number}")
        for number in range(2)
    )
    sample_webinar = make_webinar(programme=shown, media=media, interactions=offers, chat="answer_later")
    session = publish_session(client, team, sample_webinar, push_webinar(client, team, sample_webinar))
    assert session["phase"] == "planned"
    clock.ms = session["starts_at"] - 10 * MINUTE
    anna = AttendeeClient(client, "", session, "Anna", "anna@example.org")
    assert anna.say("m", "Will there be slides?").status_code == 200
    return session | {"anna": anna, "pictures": [one.media for one in pictures]}


def test_a_hosting_started_an_hour_late_continues_at_the_right_position(
    published_session, team, clock, restart_hosting: StartHosting
):
    clock.ms = published_session["starts_at"] + HOUR + 5 * MINUTE
    with restart_hosting() as (client, tick):
        published_session["anna"].client = client
        session = client.get(f"/api/sessions/{published_session['id']}", headers=team).json()
        assert (session["phase"], session["position_ms"], session["state"]) == ("running", HOUR + 5 * MINUTE, "planned")
        # An attendee who enters before the scheduler has run sees the current segment.
        snapshot = published_session["anna"].fetch_snapshot()
        stage = next(cue for cue in snapshot["cues"] if cue["type"] == "stage")
        assert stage["media"] == published_session["pictures"][1]
        assert stage["at"] == published_session["starts_at"] + HOUR
        assert [offer["offer"] for offer in snapshot["offers"]] == ["offer 0"]
        assert published_session["anna"].post("clicks", {"offer": "offer 0"}).status_code == 200
        wake = tick()
        assert wake == published_session["starts_at"] + HOUR + 10 * MINUTE, "the button of the second hour is next"
        clock.ms = wake
        tick()
        cues = [cue for row in published_session["anna"].fetch_events() for cue in row["row"].get("cues", ())]
        assert [cue["offer"] for cue in cues if cue["type"] == "cta"] == ["offer 1"]
        # The team can control the session.
        assert control_session(client, team, published_session, "hold").json()["position_ms"] == HOUR + 10 * MINUTE


def test_a_session_that_ended_while_the_hosting_was_off_is_over_and_has_its_log(
    published_session, team, clock, restart_hosting: StartHosting
):
    clock.ms = published_session["ends_at"] + 3 * HOUR
    with restart_hosting() as (client, tick):
        session = client.get(f"/api/sessions/{published_session['id']}", headers=team).json()
        assert (session["phase"], session["position_ms"]) == ("over", 2 * HOUR)
        assert tick() is None
        assert client.get(f"/api/sessions/{published_session['id']}", headers=team).json()["state"] == "over"
        frames = client.get(f"/api/sessions/{published_session['id']}/log", headers=team).json()["frames"]
        rows = [row["row"] for row in frames if row["row"]["type"] == "said"]
        assert [one["text"] for one in rows] == ["Will there be slides?"]
        assert published_session["anna"].person == rows[0]["person"]
        response = client.post(
            f"/api/w/{published_session['slug']}/enter", json={"name": "Bo", "email": "bo@example.org"}
        )
        assert (response.status_code, response.json()["code"]) == (409, "room.over")
        before = len(frames)
        assert tick() is None
        again = client.get(f"/api/sessions/{published_session['id']}/log", headers=team).json()["frames"]
        assert len(again) == before
