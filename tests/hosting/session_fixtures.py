"""A published webinar of offers, which needs no media, and attendees in its session."""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from editor.protocol.api import ControlRequest, CreateSessionRequest, EnterRequest
from editor.schedule.model import Cta, Question, Survey, Webinar
from tests.hosting.hosting_fixtures import compute_version_hash, make_push_body

MINUTE = 60_000
SURVEY = Survey(
    id="s",
    start_ms=20_000,
    length_ms=30_000,
    offer="poll",
    title="How was it?",
    questions=(
        Question(id="q1", kind="single", text="Well?", choices=("yes", "no"), required=True),
        Question(id="q2", kind="text", text="Why?"),
    ),
)
CTA = Cta(id="c", start_ms=5_000, length_ms=10_000, offer="buy", title="Buy", label="Buy", link="https://example.org/")


def make_webinar(**changes: Any) -> Webinar:
    """Build a webinar of ten minutes: a button at 5 s, a survey at 20 s, a button at the end."""
    last = Cta(id="z", start_ms=9 * MINUTE, length_ms=MINUTE, offer="last", title="Last", label="Last")
    sample_webinar = Webinar(
        id="webinar",
        title="Evening",
        description="All about evenings.",
        start="2027-01-01T20:00:00",
        zone="Europe/Paris",
        chat="moderated",
        interactions=(CTA, SURVEY, last),
    )
    return msgspec.structs.replace(sample_webinar, **changes)


class AttendeeClient:
    """An attendee of a session, over HTTP."""

    def __init__(self, client: Any, base: str, session: dict[str, Any], name: str, email: str = "") -> None:
        self.client = client
        self.base = base
        body = msgspec.to_builtins(EnterRequest(name=name, email=email))
        answer = client.post(f"{base}/api/w/{session['slug']}/enter", json=body)
        assert answer.status_code == 201, answer.text
        entered = answer.json()
        self.person = entered["person"]
        self.session = entered["session"]
        self.headers = {"Authorization": f"Bearer {entered['token']}"}
        self.api_url = f"{base}/api/room/{entered['session']}"

    def get(self, path: str) -> Any:
        return self.client.get(f"{self.api_url}/{path}", headers=self.headers)

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(f"{self.api_url}/{path}", headers=self.headers, json=body)

    def fetch_snapshot(self) -> dict[str, Any]:
        answer = self.get("snapshot")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def fetch_events(self, public: int = 0, own: int = 0) -> list[dict[str, Any]]:
        answer = self.get(f"events?public={public}&own={own}")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["frames"])

    def say(self, id: str, text: str) -> Any:  # noqa: A002 - the protocol's name
        return self.post("chat", {"id": id, "text": text})


def push_webinar(client: Any, team: dict[str, str], sample_webinar: Webinar, *, base: str = "", rev: int = 0) -> str:
    """Push a webinar; return the version's hash."""
    condition = {"If-Match": f'"{rev}"'} if rev else {"If-None-Match": "*"}
    body = msgspec.json.decode(make_push_body(sample_webinar))
    answer = client.put(f"{base}/api/webinars/{sample_webinar.id}", json=body, headers=team | condition)
    assert answer.status_code == 200, answer.text
    return compute_version_hash(sample_webinar)


def publish_session(
    client: Any,
    team: dict[str, str],
    sample_webinar: Webinar,
    version: str,
    *,
    base: str = "",
    status: int = 201,
    **options: Any,
) -> dict[str, Any]:
    """Publish a version that was pushed before."""
    body = msgspec.to_builtins(CreateSessionRequest(webinar=sample_webinar.id, version=version, **options))
    answer = client.post(f"{base}/api/sessions", json=body, headers=team)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def control_session(
    client: Any, team: dict[str, str], session: dict[str, Any], what: Any, *, base: str = "", **options: Any
) -> Any:
    """Control a session, by default in its current generation."""
    path = f"{base}/api/sessions/{session['id']}"
    generation = options.pop("generation", None) or client.get(path, headers=team).json()["generation"]
    body = msgspec.to_builtins(ControlRequest(what=what, generation=generation, **options))
    return client.post(f"{path}/controls", json=body, headers=team)


@pytest.fixture
def begin(client: Any, team: dict[str, str]) -> Callable[..., dict[str, Any]]:
    """Push a webinar and start a private test of it, which begins in 5 s."""

    def begin_session(sample_webinar: Webinar | None = None, **options: Any) -> dict[str, Any]:
        sample_webinar = sample_webinar or make_webinar()
        return publish_session(
            client, team, sample_webinar, push_webinar(client, team, sample_webinar), **({"test": True} | options)
        )

    return begin_session


@pytest.fixture
def tick(context: Any, log_writer: Any) -> Callable[[], int | None]:
    """Run the scheduler once, now."""
    from hosting.sessions.engine.scheduler import Scheduler

    return lambda: Scheduler(context, log_writer).tick(context.now())


class StreamListener(threading.Thread):
    """A client that follows the protocol: it applies a frame only after the previous one, and reconnects by itself.

    `applied` has the frames of each audience in order; `ended_count` counts the streams that ended.
    """

    def __init__(self, served: Any, attendee: AttendeeClient, seen: dict[str, int] | None = None) -> None:
        super().__init__(name=f"listener of {attendee.person}")
        self.served = served
        self.attendee = attendee
        self.applied: dict[str, list[dict[str, Any]]] = {"public": [], attendee.person: []}
        self.seen = {"public": 0, attendee.person: 0} | (seen or {})
        self.ended_count = 0
        self.refused_status = 0
        self.heartbeats = 0
        self.changed = threading.Condition()
        self._closed = False
        self._socket: socket.socket | None = None
        self.start()

    def run(self) -> None:
        while not self._closed:
            try:
                self._listen()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)  # the server is not listening just now
            self.ended_count += 1

    def _listen(self) -> None:
        host, port = self.served.address
        connection = http.client.HTTPConnection(host, port, timeout=10)
        try:
            connection.connect()
            self._socket = connection.sock
            path = f"/api/room/{self.attendee.session}/stream"
            query = f"public={self.seen['public']}&own={self.seen[self.attendee.person]}"
            connection.request("GET", f"{path}?{query}", headers=self.attendee.headers)
            with connection.getresponse() as answer:
                if answer.status != 200:
                    with self.changed:
                        self.refused_status = answer.status
                        self.changed.notify_all()
                    raise http.client.HTTPException(answer.status)
                self._read(answer)
        finally:
            connection.close()

    def _read(self, answer: http.client.HTTPResponse) -> None:
        while not self._closed and (line := answer.readline()):
            with self.changed:
                if line.startswith(b"data: "):
                    self._apply(json.loads(line[6:]))
                elif line.startswith(b": "):
                    self.heartbeats += 1
                self.changed.notify_all()

    def _apply(self, frame: dict[str, Any]) -> None:
        audience = frame["audience"]
        assert frame["prev"] == self.seen[audience], "a stream has no gaps of its own"
        self.seen[audience] = frame["seq"]
        self.applied[audience].append(frame)

    def wait_until(self, enough: Callable[["StreamListener"], bool], seconds: float = 20) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: enough(self), seconds), self.seen

    def close(self) -> None:
        self._closed = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        self.join(15)
