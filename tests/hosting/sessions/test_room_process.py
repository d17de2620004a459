"""A room in a real process: streams over real sockets, a kill in the middle, a stop, a reader that stands still."""

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

from tests.hosting.rooms import Attendee, Listener, control, publish, push, webinar


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.request = _patient(made.request)  # type: ignore[method-assign]
        yield made


def _patient(request: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given, **named: request(*given, **({"timeout": 20} | named))


@pytest.fixture
def listen() -> Iterator[Callable[..., Listener]]:
    made: list[Listener] = []

    def do(served: Any, attendee: Attendee, seen: dict[str, int] | None = None) -> Listener:
        made.append(Listener(served, attendee, seen))
        return made[-1]

    yield do
    for one in made:
        one.close()


def begin(http: Any, served: Any, team: dict[str, str], made: Any = None, **wish: Any) -> dict[str, Any]:
    made = msgspec.structs.replace(made or webinar(), id=uuid.uuid4().hex)
    version = push(http, team, made, base=served.url)
    return publish(http, team, made, version, base=served.url, **({"test": True, "in_ms": 0} | wish))


def held_and_resumed(http: Any, served: Any, team: dict[str, str], session: dict[str, Any], times: int) -> None:
    for _ in range(times):
        for what in ("hold", "resume"):
            assert control(http, team, session, what, base=served.url).status_code == 200


def drain(connection: socket.socket) -> None:
    while connection.recv(1 << 20):
        pass


def test_a_stream_tells_just_what_the_log_has(shared, http, listen):
    # A stream is no request that stands still, however long nobody says anything.
    team = shared.own()
    session = begin(http, shared, team)
    anna, bo = (Attendee(http, shared.url, session, name) for name in ("Anna", "Bo"))
    held_and_resumed(http, shared, team, session, 3)  # before anybody listens
    early, other = listen(shared, anna), listen(shared, bo)
    early.wait(lambda one: len(one.applied["public"]) >= 6)
    early.wait(lambda one: one.beats >= 10)
    assert anna.say(uuid.uuid4().hex, "Hello").status_code == 200
    held_and_resumed(http, shared, team, session, 3)
    late = listen(shared, anna)
    desk = listen(shared, SimpleNamespace(person="team", session=session["id"], headers=team))
    desk.wait(lambda one: any(row["row"]["type"] == "said" for row in one.applied["team"]))
    log = anna.events()
    last = {audience: max(one["seq"] for one in log if one["audience"] == audience) for audience in early.seen}
    for one in (early, late):
        one.wait(lambda one: one.seen == last)
        mine = sorted((*one.applied["public"], *one.applied[anna.person]), key=lambda frame: frame["seq"])
        assert mine == log
    other.wait(lambda one: one.seen["public"] == last["public"])
    assert other.applied[bo.person] == []
    assert [one.ended for one in (early, other, late)] == [0, 0, 0]
    assert {row["epoch"] for row in log} == {shared.epoch}


def test_what_a_reader_says_on_its_stream_is_nobodys_concern(shared, http):
    team = shared.own()
    session = begin(http, shared, team)
    anna = Attendee(http, shared.url, session, "Anna")
    with open_stream(shared, anna) as line:
        read_to(line, b": welcome")
        line.sendall(b"x" * 100_000)  # more than a head may have, and none that ever ends
        beats = 0
        while beats < 10:  # three times as long as a head may take
            data = line.recv(65_536)
            assert data
            assert b" 431 " not in data
            beats += data.count(b": \n\n")
        assert control(http, team, session, "hold", base=shared.url).status_code == 200
        read_to(line, b'"phase":"held"')
    assert "Traceback" not in shared.log


def read_to(line: socket.socket, wanted: bytes) -> None:
    """Read a stream until it has told something, in however many pieces that comes."""
    data = b""
    while wanted not in data:
        piece = line.recv(65_536)
        assert piece, data
        data += piece


def open_stream(served: Any, attendee: Attendee, room_for: int = 0) -> socket.socket:
    """A stream by hand, maybe with little room for what it is told."""
    line = socket.socket()
    if room_for:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room_for)
    line.settimeout(20)
    line.connect(served.address)
    head = f"GET /api/room/{attendee.session}/stream HTTP/1.1\r\nHost: x\r\n"
    line.sendall((head + f"Authorization: {attendee.headers['Authorization']}\r\n\r\n").encode())
    return line


def test_a_stop_ends_a_hundred_streams_at_once_and_waits_for_no_reader(serve, http):
    served = serve()
    team = served.own()
    session = begin(http, served, team, long_words())
    people = [Attendee(http, served.url, session, f"{number}") for number in range(5)]
    with ExitStack() as stack:
        streams = [stack.enter_context(open_stream(served, people[number % 5])) for number in range(100)]
        for line in streams:
            assert line.recv(65_536)
        stuck = [stack.enter_context(open_stream(served, one, 4_096)) for one in people]
        for _ in range(8):  # more than their sockets hold, and they never read
            held_and_resumed(http, served, team, session, 1)
        readers = [threading.Thread(target=drain, args=(line,)) for line in streams]
        for reader in readers:
            reader.start()
        before = time.monotonic()
        assert served.stop() in (0, -15)
        assert time.monotonic() - before < 4.5  # uvicorn alone would wait its 5 s for them, and say so
        for reader in readers:
            reader.join(10)  # each was told that this is the end
        assert len(stuck) == len(people)
    assert "Cancel" not in served.log
    assert '"level": "error"' not in served.log


def long_words() -> Any:
    """A webinar that says much at every change."""
    made = webinar()
    long = msgspec.structs.replace(made.interactions[0], start_ms=0, length_ms=15_000, text="w" * 200_000)
    return msgspec.structs.replace(made, interactions=(long, *made.interactions[1:]))


def test_a_reader_that_stands_still_is_let_go_and_comes_back_to_what_it_missed(shared, http, listen):
    team = shared.own()
    session = begin(http, shared, team, long_words())
    anna, bo = (Attendee(http, shared.url, session, name) for name in ("Anna", "Bo"))
    quick = listen(shared, bo)
    quick.wait(lambda one: len(one.applied["public"]) >= 1)
    with open_stream(shared, anna, 4_096) as stalled:
        until = time.monotonic() + 30
        while "stood still" not in shared.log and time.monotonic() < until:
            held_and_resumed(http, shared, team, session, 1)
        assert "stood still" in shared.log
        stalled.settimeout(10)
        with pytest.raises(ConnectionResetError):
            drain(stalled)
    last = anna.events()[-1]["seq"]
    quick.wait(lambda one: one.seen["public"] == last)
    assert quick.ended == 0, "the others never noticed"
    back = listen(shared, anna)
    back.wait(lambda one: one.seen["public"] == last)


def test_a_new_plan_ends_the_streams_and_asks_for_a_snapshot(shared, http, listen):
    team = shared.own()
    session = begin(http, shared, team, in_ms=600_000)
    anna = Attendee(http, shared.url, session, "Anna")
    stream = listen(shared, anna)
    stream.wait(lambda one: len(one.applied["public"]) >= 1)
    path = f"{shared.url}/api/sessions/{session['id']}/reschedule"
    answer = http.post(path, headers=team, json={"start": "2040-05-01T20:00:00", "zone": "Europe/Paris"})
    assert answer.status_code == 200, answer.text
    stream.wait(lambda one: one.refused == 410)
    assert anna.get(f"events?public={stream.seen['public']}").status_code == 410
    snapshot = anna.snapshot()
    assert (snapshot["phase"], snapshot["starts_at"]) == ("planned", answer.json()["starts_at"])
    fresh = {one["audience"]: one["seq"] for one in snapshot["seen"]}
    assert anna.get(f"events?public={fresh['public']}&own={fresh[anna.person]}").json() == {"frames": []}
    back = listen(shared, anna, fresh)
    held_back = control(http, team, session, "chat_off", base=shared.url)
    assert held_back.status_code == 200, held_back.text
    back.wait(lambda one: [row["row"]["type"] for row in one.applied["public"]] == ["chat_set"])
    assert (back.refused, back.ended) == (0, 0)
