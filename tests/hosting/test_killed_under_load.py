"""`kill -9` under load: a hundred attendees write, click and answer, and a file is being uploaded.

All clients do what a page or an editor does: requests without a response are repeated, and streams are opened again
after the last row received. In the end everything is stored once, and every client has received every row once.
"""

import hashlib
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
import requests

from tests.hosting.hosting_fixtures import TUS_HEADERS, HostingServer, make_upload_headers
from tests.hosting.session_fixtures import (
    AttendeeClient,
    StreamListener,
    control_session,
    make_webinar,
    publish_session,
    push_webinar,
)

PEOPLE = 100
MESSAGES = 3
PIECE_BYTES = 30_000
CONTENT = b"".join(hashlib.sha256(str(index).encode()).digest() for index in range(100_000))
ACKNOWLEDGED_BEFORE_KILL = 150
"""Acknowledgements before the kill."""
RECOVERY_LIMIT_S = 10
"""In what time everybody is to be back."""


class ClientLoad:
    """The load of all clients, with the requests that the server has acknowledged."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.acknowledged: dict[tuple[str, ...], int] = {}
        """The number of the row, by who and what."""
        self.uploaded = 0
        self.failures: list[str] = []
        self.is_down = False

    def run_attendee(self, one: AttendeeClient) -> None:
        """Click, answer and write, and repeat each request until it is acknowledged."""
        with requests.Session() as http_session:
            self._send_until_acknowledged(http_session, one, "clicked", "clicks", {"offer": "buy"})
            self._send_until_acknowledged(
                http_session, one, "answered", "answers", {"offer": "poll", "question": "q1", "choices": [1]}
            )
            for _ in range(MESSAGES):
                message = uuid.uuid4().hex
                self._send_until_acknowledged(http_session, one, message, "chat", {"id": message, "text": "Hello"})

    def _send_until_acknowledged(
        self, http_session: requests.Session, one: AttendeeClient, what: str, path: str, body: dict[str, Any]
    ) -> None:
        while True:
            try:
                answer = http_session.post(f"{one.api_url}/{path}", headers=one.headers, json=body, timeout=20)
            except requests.RequestException:
                self._wait_while_down()
                continue
            with self.changed:
                if answer.status_code == 200:
                    self.acknowledged[one.person, what] = answer.json()["seq"]
                else:
                    self.failures.append(answer.text)
                self.changed.notify_all()
            return

    def upload(self, base: str, team: dict[str, str]) -> None:
        """Send a file in pieces, and resume at the server's offset."""
        patch = TUS_HEADERS | {"Content-Type": "application/offset+octet-stream"}
        at = (
            base
            + requests.post(f"{base}/api/uploads", headers=team | make_upload_headers(CONTENT), timeout=20).headers[
                "Location"
            ]
        )
        while self.uploaded < len(CONTENT):
            try:
                head = requests.head(at, headers=team | TUS_HEADERS, timeout=20)
                if head.status_code == 404:  # the upload was complete, and the response to the last piece was lost
                    break
                offset = int(head.headers["Upload-Offset"])
                assert offset >= self.uploaded, "what was acknowledged stays"
                piece = CONTENT[offset : offset + PIECE_BYTES]
                requests.patch(
                    at, data=piece, headers=team | patch | {"Upload-Offset": str(offset)}, timeout=20
                ).raise_for_status()
            except requests.ConnectionError:
                self._wait_while_down()
                continue
            with self.changed:
                self.uploaded = offset + len(piece)
                self.changed.notify_all()

    def wait_until(self, until: Callable[["ClientLoad"], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: until(self), 60), (
                len(self.acknowledged),
                self.uploaded,
                self.failures,
            )

    def resume(self) -> None:
        """Let the clients continue: the hosting runs again."""
        with self.changed:
            self.is_down = False
            self.changed.notify_all()

    def _wait_while_down(self) -> None:
        """Wait while the hosting is down; after a lost connection alone, retry at once."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.is_down, 60)


@pytest.fixture
def listeners() -> Iterator[list[StreamListener]]:
    started: list[StreamListener] = []
    yield started
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(StreamListener.close, started))


def test_nothing_confirmed_is_lost_and_all_clients_reconnect(
    serve: Callable[..., HostingServer], listeners: list[StreamListener]
):
    served = serve()
    team, base = served.sign_in_owner(), served.url
    sample_webinar = make_webinar(chat="answer_later")
    button, survey, last = sample_webinar.interactions
    button = msgspec.structs.replace(button, start_ms=0, length_ms=1_000)
    survey = msgspec.structs.replace(survey, start_ms=1_000, length_ms=300_000)
    sample_webinar = msgspec.structs.replace(sample_webinar, interactions=(button, survey, last))
    session = publish_session(
        requests,
        team,
        sample_webinar,
        push_webinar(requests, team, sample_webinar, base=base),
        base=base,
        test=True,
        in_ms=0,
    )
    with ThreadPoolExecutor(16) as pool:
        people = list(
            pool.map(
                lambda number: AttendeeClient(requests, base, session, f"P{number}", "p@example.org"), range(PEOPLE)
            )
        )
    listeners.extend(StreamListener(served, one) for one in people)
    for listener in listeners:
        listener.wait_until(lambda one: b"poll" in msgspec.json.encode(one.applied["public"]))

    load = ClientLoad()
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        work = [pool.submit(load.upload, base, team), *(pool.submit(load.run_attendee, one) for one in people)]
        load.wait_until(
            lambda one: len(one.acknowledged) >= ACKNOWLEDGED_BEFORE_KILL and one.uploaded >= 5 * PIECE_BYTES
        )
        load.is_down = True
        served.kill()
        before, sent = dict(load.acknowledged), load.uploaded
        assert len(before) < PEOPLE * (2 + MESSAGES), "it was killed in the middle"
        assert sent < len(CONTENT)
        beats = [one.heartbeats for one in listeners]
        again = serve("--port", str(served.address[1]))
        until = time.monotonic() + RECOVERY_LIMIT_S
        load.resume()
        for one, count in zip(listeners, beats, strict=True):
            one.wait_until(lambda one, count=count: one.heartbeats > count, until - time.monotonic())
        for done in work:
            done.result(60)
    assert load.failures == []
    assert {key: load.acknowledged[key] for key in before} == before

    team = again.sign_in_owner()
    assert control_session(requests, team, session, "hold", base=base).status_code == 200
    frames = fetch_all_frames(base, team, session)
    counts = Counter(
        (row["person"], row.get("message") or row["type"])
        for row in (frame["row"] for frame in frames)
        if row["type"] in {"said", "clicked", "answered"}
    )
    assert counts == dict.fromkeys(load.acknowledged, 1), "each once"
    content = requests.get(
        f"{base}/api/media/files/{hashlib.sha256(CONTENT).hexdigest()}", headers=team, timeout=20
    ).content
    assert content == CONTENT
    for one, listener in zip(people, listeners, strict=True):
        log = one.fetch_events()
        seen = {audience: max(row["seq"] for row in log if row["audience"] == audience) for audience in listener.seen}
        listener.wait_until(lambda one, seen=seen: one.seen == seen)
        received_seqs = [row["seq"] for audience in listener.applied.values() for row in audience]
        assert sorted(received_seqs) == [row["seq"] for row in log], "each once, over the restart"
        assert listener.ended_count >= 1
    assert "Traceback" not in again.log


def fetch_all_frames(base: str, team: dict[str, str], session: dict[str, Any]) -> list[dict[str, Any]]:
    frames: list[dict[str, Any]] = []
    path = f"{base}/api/sessions/{session['id']}/log"
    while True:
        after = frames[-1]["seq"] if frames else 0
        more = requests.get(f"{path}?after={after}", headers=team, timeout=20).json()["frames"]
        if not more:
            return frames
        frames += more
