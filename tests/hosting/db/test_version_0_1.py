"""A database of version 0.1 with data comes up whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from hosting.app.asgi import make_app
from hosting.context import HostingContext
from hosting.db.data_folder import DATABASE_FILE
from hosting.db.database import HostingDatabase
from hosting.sessions.engine.log_writer import LogWriter
from hosting.settings import HostingSettings
from tests.hosting import version_0_1
from tests.hosting.hosting_fixtures import ManualClock


def count_rows(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


@pytest.fixture
def old_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hosting"
    version_0_1.restore_version_0_1(folder)
    return folder


@pytest.fixture
def upgraded(old_folder: Path, clock: ManualClock) -> Iterator[TestClient[Any]]:
    """Serve the database of version 0.1, at the time at which it was stopped."""
    clock.ms = version_0_1.MADE_UNTIL
    database = HostingDatabase(old_folder)
    settings = HostingSettings(data=str(old_folder))
    context = HostingContext(settings=settings, db=database, epoch=database.load_epoch(), now=clock)
    with TestClient(make_app(LogWriter(context)), raise_server_exceptions=False) as client:
        yield client
    database.close()


def test_migrating_keeps_every_row(old_folder: Path):
    before = count_rows(old_folder / DATABASE_FILE)
    HostingDatabase(old_folder).close()
    after = count_rows(old_folder / DATABASE_FILE)
    assert {name: after[name] for name in before} == before
    with closing(sqlite3.connect(old_folder / DATABASE_FILE)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("token", [version_0_1.FIRST_TOKEN, version_0_1.LAPTOP_TOKEN])
def test_devices_stay_signed_in(upgraded: TestClient[Any], token: str):
    me = upgraded.get("/api/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json() == {
        "id": version_0_1.OWNER_ID,
        "email": version_0_1.OWNER["email"],
        "name": "Olga Owner",
        "plan": "automated",
    }


@pytest.mark.parametrize("credentials", [version_0_1.OWNER, version_0_1.SECOND_OWNER])
def test_passwords_stay_valid(upgraded: TestClient[Any], credentials: dict[str, str]):
    answer = upgraded.post("/api/sign-in", json=credentials | {"device": "new"})
    assert answer.status_code == 200, answer.text


def test_an_account_sees_its_webinars_and_sessions_and_no_others(upgraded: TestClient[Any]):
    headers = {"Authorization": f"Bearer {version_0_1.LAPTOP_TOKEN}"}
    webinars = upgraded.get("/api/webinars", headers=headers).json()["webinars"]
    assert [(one["id"], one["deleted"]) for one in webinars] == [
        ("clip", False),
        ("gone", True),
        ("later", False),
        ("open", False),
        ("paid", False),
        ("webinar", False),
    ]
    for webinar in webinars:
        if not webinar["deleted"]:
            assert upgraded.get(f"/api/webinars/{webinar['id']}", headers=headers).status_code == 200
    sessions = {one["id"] for one in upgraded.get("/api/sessions", headers=headers).json()["sessions"]}
    assert len(sessions) == 10
    assert version_0_1.SECOND_OWNERS_SESSION not in sessions
    theirs = {"Authorization": f"Bearer {version_0_1.SECOND_OWNER_TOKEN}"}
    assert [one["id"] for one in upgraded.get("/api/sessions", headers=theirs).json()["sessions"]] == [
        version_0_1.SECOND_OWNERS_SESSION
    ]


def test_the_log_of_a_session_is_read_whole(upgraded: TestClient[Any]):
    headers = {"Authorization": f"Bearer {version_0_1.LAPTOP_TOKEN}"}
    frames = upgraded.get(f"/api/sessions/{version_0_1.OVER}/log", headers=headers).json()["frames"]
    assert {one["row"]["type"] for one in frames} == {
        "answered",
        "arrived",
        "chat_set",
        "clicked",
        "clocked",
        "cued",
        "decided",
        "said",
        "troubled",
    }


def test_an_attendee_stays_in_the_session(upgraded: TestClient[Any]):
    headers = {"Authorization": f"Bearer {version_0_1.ATTENDEE_TOKEN}"}
    snapshot = upgraded.get(f"/api/room/{version_0_1.OVER}/snapshot", headers=headers)
    assert snapshot.status_code == 200, snapshot.text
    assert [one["text"] for one in snapshot.json()["messages"]] == ["Hello"]
