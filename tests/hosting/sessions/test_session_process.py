"""A session in a real process: streams over sockets, a kill, a shutdown, a stalled reader."""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
import requests

from tests.hosting.session_fixtures import (
    AttendeeClient,
    StreamListener,
    control_session,
    make_webinar,
    publish_session,
    push_webinar,
)


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.request = _with_timeout(session.request)  # type: ignore[method-assign]
        yield session


def _with_timeout(request: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *arguments, **named: request(*arguments, **({"timeout": 20} | named))


@pytest.fixture
def start_listener() -> Iterator[Callable[..., StreamListener]]:
    listeners: list[StreamListener] = []

    def start_listening(served: Any, attendee: AttendeeClient, seen: dict[str, int] | None = None) -> StreamListener:
        listeners.append(StreamListener(served, attendee, seen))
        return listeners[-1]

    yield start_listening
    for one in listeners:
        one.close()


def begin_session(
    http: Any, served: Any, team: dict[str, str], sample_webinar: Any = None, **options: Any
) -> dict[str, Any]:
    sample_webinar = msgspec.structs.replace(sample_webinar or make_webinar(), id=uuid.uuid4().hex)
    version = push_webinar(http, team, sample_webinar, base=served.url)
    return publish_session(
        http, team, sample_webinar, version, base=served.url, **({"test": True, "in_ms": 0} | options)
    )


def hold_and_resume(http: Any, served: Any, team: dict[str, str], session: dict[str, Any], times: int) -> None:
    for _ in range(times):
        for what in ("hold", "resume"):
            assert control_session(http, team, session, what, base=served.url).status_code == 200


def drain(connection: socket.socket) -> None:
    while connection.recv(1 << 20):
        pass


def test_a_stream_carries_the_rows_of_the_log(shared_process, http, start_listener):
    # The idle time does not apply to a stream, however long it has no rows.
    team = shared_process.sign_in_owner()
    session = begin_session(http, shared_process, team)
    anna, bo = (AttendeeClient(http, shared_process.url, session, name) for name in ("Anna", "Bo"))
    hold_and_resume(http, shared_process, team, session, 3)  # before anyone listens
    early, other = start_listener(shared_process, anna), start_listener(shared_process, bo)
    early.wait_until(lambda one: len(one.applied["public"]) >= 6)
    early.wait_until(lambda one: one.heartbeats >= 10)
    assert anna.say(uuid.uuid4().hex, "Hello").status_code == 200
    hold_and_resume(http, shared_process, team, session, 3)
    late = start_listener(shared_process, anna)
    team_listener = start_listener(shared_process, SimpleNamespace(person="team", session=session["id"], headers=team))
    team_listener.wait_until(lambda one: any(row["row"]["type"] == "said" for row in one.applied["team"]))
    log = anna.fetch_events()
    last = {audience: max(one["seq"] for one in log if one["audience"] == audience) for audience in early.seen}
    for one in (early, late):
        one.wait_until(lambda one: one.seen == last)
        mine = sorted((*one.applied["public"], *one.applied[anna.person]), key=lambda frame: frame["seq"])
        assert mine == log
    other.wait_until(lambda one: one.seen["public"] == last["public"])
    assert other.applied[bo.person] == []
    assert [one.ended_count for one in (early, other, late)] == [0, 0, 0]
    assert {row["epoch"] for row in log} == {shared_process.epoch}


def test_bytes_sent_on_an_open_stream_are_ignored(shared_process, http):
    team = shared_process.sign_in_owner()
    session = begin_session(http, shared_process, team)
    anna = AttendeeClient(http, shared_process.url, session, "Anna")
    with open_stream(shared_process, anna) as connection:
        read_until(connection, b": welcome")
        connection.sendall(b"x" * 100_000)  # more bytes than headers may have, and headers that never end
        beats = 0
        while beats < 10:  # three times the idle time
            data = connection.recv(65_536)
            assert data
            assert b" 431 " not in data
            beats += data.count(b": \n\n")
        assert control_session(http, team, session, "hold", base=shared_process.url).status_code == 200
        read_until(connection, b'"phase":"held"')
    assert "Traceback" not in shared_process.log


def read_until(connection: socket.socket, expected: bytes) -> None:
    """Read a stream until it contains the expected bytes."""
    data = b""
    while expected not in data:
        piece = connection.recv(65_536)
        assert piece, data
        data += piece


def open_stream(served: Any, attendee: AttendeeClient, room_for: int = 0) -> socket.socket:
    """Open a stream over a plain socket, with a small receive buffer if `room_for` is given, in bytes."""
    connection = socket.socket()
    if room_for:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room_for)
    connection.settimeout(20)
    connection.connect(served.address)
    head = f"GET /api/room/{attendee.session}/stream HTTP/1.1\r\nHost: x\r\n"
    connection.sendall((head + f"Authorization: {attendee.headers['Authorization']}\r\n\r\n").encode())
    return connection


def test_a_shutdown_ends_a_hundred_streams_and_waits_for_no_reader(serve, http):
    served = serve()
    team = served.sign_in_owner()
    session = begin_session(http, served, team, make_long_webinar())
    people = [AttendeeClient(http, served.url, session, f"{number}") for number in range(5)]
    with ExitStack() as stack:
        streams = [stack.enter_context(open_stream(served, people[number % 5])) for number in range(100)]
        for connection in streams:
            assert connection.recv(65_536)
        stuck = [stack.enter_context(open_stream(served, one, 4_096)) for one in people]
        for _ in range(8):  # more than their sockets hold; they never read
            hold_and_resume(http, served, team, session, 1)
        readers = [threading.Thread(target=drain, args=(connection,)) for connection in streams]
        for reader in readers:
            reader.start()
        before = time.monotonic()
        assert served.stop() in (0, -15)
        assert time.monotonic() - before < 4.5  # uvicorn alone would wait 5 s for them, and log it
        for reader in readers:
            reader.join(10)  # each got the end of its stream
        assert len(stuck) == len(people)
    assert "Cancel" not in served.log
    assert '"level": "error"' not in served.log


def make_long_webinar() -> Any:
    """Build a webinar whose cues are long."""
    sample_webinar = make_webinar()
    long = msgspec.structs.replace(sample_webinar.interactions[0], start_ms=0, length_ms=15_000, text="w" * 200_000)
    return msgspec.structs.replace(sample_webinar, interactions=(long, *sample_webinar.interactions[1:]))


def test_a_stalled_reader_is_dropped_and_gets_what_it_missed_on_return(shared_process, http, start_listener):
    team = shared_process.sign_in_owner()
    session = begin_session(http, shared_process, team, make_long_webinar())
    anna, bo = (AttendeeClient(http, shared_process.url, session, name) for name in ("Anna", "Bo"))
    quick = start_listener(shared_process, bo)
    quick.wait_until(lambda one: len(one.applied["public"]) >= 1)
    with open_stream(shared_process, anna, 4_096) as stalled:
        until = time.monotonic() + 30
        while "stalled stream ended" not in shared_process.log and time.monotonic() < until:
            hold_and_resume(http, shared_process, team, session, 1)
        assert "stalled stream ended" in shared_process.log
        stalled.settimeout(10)
        with pytest.raises(ConnectionResetError):
            drain(stalled)
    last = anna.fetch_events()[-1]["seq"]
    quick.wait_until(lambda one: one.seen["public"] == last)
    assert quick.ended_count == 0, "the others never noticed"
    back = start_listener(shared_process, anna)
    back.wait_until(lambda one: one.seen["public"] == last)


def test_a_new_schedule_ends_the_streams_and_requires_a_snapshot(shared_process, http, start_listener):
    team = shared_process.sign_in_owner()
    session = begin_session(http, shared_process, team, in_ms=600_000)
    anna = AttendeeClient(http, shared_process.url, session, "Anna")
    stream = start_listener(shared_process, anna)
    stream.wait_until(lambda one: len(one.applied["public"]) >= 1)
    path = f"{shared_process.url}/api/sessions/{session['id']}/reschedule"
    answer = http.post(path, headers=team, json={"start": "2040-05-01T20:00:00", "zone": "Europe/Paris"})
    assert answer.status_code == 200, answer.text
    stream.wait_until(lambda one: one.refused_status == 410)
    assert anna.get(f"events?public={stream.seen['public']}").status_code == 410
    snapshot = anna.fetch_snapshot()
    assert (snapshot["phase"], snapshot["starts_at"]) == ("planned", answer.json()["starts_at"])
    fresh = {one["audience"]: one["seq"] for one in snapshot["seen"]}
    assert anna.get(f"events?public={fresh['public']}&own={fresh[anna.person]}").json() == {"frames": []}
    back = start_listener(shared_process, anna, fresh)
    held_back = control_session(http, team, session, "chat_off", base=shared_process.url)
    assert held_back.status_code == 200, held_back.text
    back.wait_until(lambda one: [row["row"]["type"] for row in one.applied["public"]] == ["chat_set"])
    assert (back.refused_status, back.ended_count) == (0, 0)
