"""`kill -9` at a hundred random moments, while 200 people in one room write and read: nothing is lost or doubled.

Every person repeats a message until it is acknowledged, as the page does, and follows the stream over all restarts.
In the end the log has each acknowledged message once, and each listener has received each of its rows once.
"""

import os
import random
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from tests.hosting.hosting_fixtures import HostingServer
from tests.hosting.session_fixtures import (
    MINUTE,
    AttendeeClient,
    StreamListener,
    control_session,
    make_webinar,
    publish_session,
    push_webinar,
)

pytestmark = pytest.mark.benchmark_table
PEOPLE = 200
KILLS = int(os.environ.get("MATINEE_KILLS", "100"))
SEED = 8
MAX_ACKNOWLEDGED_BETWEEN_KILLS = 40
MAX_DELAY_S = 0.05
"""How long after an acknowledgement the process is killed, at most."""
RETRY_S = 0.2


class Writers:
    """The people who write, each in a thread of its own, until `stop` is set."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.changed = threading.Condition()
        self.acknowledged: dict[tuple[str, str], int] = {}
        """The number of the row, by person and message."""
        self.resent = 0
        self.unexpected: Counter[int] = Counter()

    def write(self, attendee: AttendeeClient) -> None:
        """Write one message after another; a message that was begun is always brought to its end."""
        with requests.Session() as http_session:
            while not self.stop.is_set():
                self._send(http_session, attendee, uuid.uuid4().hex)

    def _send(self, http_session: requests.Session, attendee: AttendeeClient, message: str) -> None:
        while True:
            try:
                answer = http_session.post(
                    f"{attendee.api_url}/chat",
                    headers=attendee.headers,
                    json={"id": message, "text": "Hello"},
                    timeout=20,
                )
            except requests.RequestException:
                self.resent += 1
                time.sleep(RETRY_S)
                continue
            if answer.status_code == 200:
                with self.changed:
                    self.acknowledged[attendee.person, message] = answer.json()["seq"]
                    self.changed.notify_all()
                return
            if answer.status_code not in {429, 503}:
                self.unexpected[answer.status_code] += 1
            # A person may write three messages in ten seconds, and waits without a message begun.
            if self.stop.wait(RETRY_S * 5) and answer.status_code == 429:
                return

    def wait_for_more(self, count: int) -> None:
        with self.changed:
            before = len(self.acknowledged)
            assert self.changed.wait_for(lambda: len(self.acknowledged) >= before + count, 120), self.unexpected


def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path):
    chance = random.Random(SEED)
    folder = tmp_path / "data"
    server = HostingServer(folder)
    listeners: list[StreamListener] = []
    writers = Writers()
    try:
        people, session, team = fill_room(server)
        listeners = [StreamListener(server, one) for one in people]
        begun = time.monotonic()
        with ThreadPoolExecutor(PEOPLE) as pool:
            work = [pool.submit(writers.write, one) for one in people]
            for _ in range(KILLS):
                writers.wait_for_more(chance.randint(1, MAX_ACKNOWLEDGED_BETWEEN_KILLS))
                time.sleep(chance.random() * MAX_DELAY_S)
                server.kill()
                server = HostingServer(folder, "--port", str(server.address[1]))
            writers.wait_for_more(PEOPLE // 2)
            writers.stop.set()
            for done in work:
                done.result(120)
        took_s = time.monotonic() - begun
        report(server, team, session, writers, people, listeners, took_s)
    finally:
        writers.stop.set()
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(StreamListener.close, listeners))
        server.kill()


def fill_room(server: HostingServer) -> tuple[list[AttendeeClient], dict[str, Any], dict[str, str]]:
    """Publish a session that runs long enough, and let everybody in."""
    team, base = server.sign_in_owner(), server.url
    webinar = make_webinar(chat="answer_later")
    last = msgspec.structs.replace(webinar.interactions[-1], start_ms=179 * MINUTE)
    webinar = msgspec.structs.replace(webinar, interactions=(*webinar.interactions[:-1], last))
    version = push_webinar(requests, team, webinar, base=base)
    session = publish_session(requests, team, webinar, version, base=base, test=True, in_ms=0)
    with ThreadPoolExecutor(8) as pool:
        people = list(pool.map(lambda n: AttendeeClient(requests, base, session, f"P{n}"), range(PEOPLE)))
    return people, session, team


def report(
    server: HostingServer,
    team: dict[str, str],
    session: dict[str, Any],
    writers: Writers,
    people: list[AttendeeClient],
    listeners: list[StreamListener],
    took_s: float,
) -> None:
    """Compare what was acknowledged with the log and with what the streams brought, and print the figures.

    Args:
        server: The hosting after the last restart.
        team: The headers of the team's requests.
        session: The session.
        writers: Whose messages were acknowledged.
        people: Everybody in the room.
        listeners: Their streams, in the same order.
        took_s: How long the kills took, in seconds.
    """
    control_session(requests, team, session, "hold", base=server.url)
    log = {one.person: one.fetch_events() for one in people}
    said = Counter(
        (row["row"]["person"], row["row"]["message"])
        for rows in log.values()
        for row in rows
        if row["row"]["type"] == "said"
    )
    lost = [key for key in writers.acknowledged if key not in said]
    doubled = [key for key, count in said.items() if count > 1]
    streams_wrong = 0
    for one, listener in zip(people, listeners, strict=True):
        expected = sorted(row["seq"] for row in log[one.person])
        last = max(expected, default=0)
        listener.wait_until(lambda each, last=last: max(each.seen.values()) >= last, 60)
        received = sorted(row["seq"] for rows in listener.applied.values() for row in rows)
        streams_wrong += received != expected
    print(
        f"\nkill -9 at {KILLS} random moments under {PEOPLE} people, {took_s:.0f} s: "
        f"{len(writers.acknowledged)} messages acknowledged, {writers.resent} requests without an answer, "
        f"{len(lost)} lost, {len(doubled)} doubled, {streams_wrong} streams with a gap or a row twice"
    )
    assert (lost, doubled, streams_wrong, writers.unexpected) == ([], [], 0, Counter())
    assert "Traceback" not in server.log
