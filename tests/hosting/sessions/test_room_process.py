"""A room in a real process: streams over real sockets, a kill in the middle, a stop, a reader that stands still."""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
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

    def do(served: Any, attendee: Attendee) -> Listener:
        made.append(Listener(served, attendee))
        return made[-1]

    yield do
    for one in made:
        one.close()


def begin(http: Any, served: Any, team: dict[str, str], made: Any = None, **wish: Any) -> dict[str, Any]:
    made = made or webinar()
    version = push(http, team, made, base=served.url)
    return publish(http, team, made, version, base=served.url, **({"test": True, "in_ms": 0} | wish))


def held_and_resumed(http: Any, served: Any, team: dict[str, str], session: dict[str, Any], times: int) -> None:
    for _ in range(times):
        for what in ("hold", "resume"):
            assert control(http, team, session, what, base=served.url).status_code == 200


def drain(connection: socket.socket) -> None:
    while connection.recv(1 << 20):
        pass


def test_a_stream_tells_just_what_the_log_has(serve, http, listen):
    # A stream is no request that stands still, however long nobody says anything.
    served = serve(environment={"MATINEE_HOST_HEARTBEAT_MS": "100", "MATINEE_HOST_IDLE_MS": "300"})
    team = served.own()
    session = begin(http, served, team)
    anna, bo = (Attendee(http, served.url, session, name) for name in ("Anna", "Bo"))
    held_and_resumed(http, served, team, session, 3)  # before anybody listens
    early, other = listen(served, anna), listen(served, bo)
    early.wait(lambda one: len(one.applied["public"]) >= 6)
    early.wait(lambda one: one.beats >= 10)
    assert anna.say(uuid.uuid4().hex, "Hello").status_code == 200
    held_and_resumed(http, served, team, session, 3)
    late = listen(served, anna)
    desk = listen(served, SimpleNamespace(person="team", session=session["id"], headers=team))
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
    assert {row["epoch"] for row in log} == {served.epoch}


def test_kill_in_the_middle_of_a_session_loses_nothing_that_was_acknowledged(serve, http, listen):
    served = serve()
    team = served.own()
    made = webinar(chat="answer_later")
    survey = msgspec.structs.replace(made.interactions[1], start_ms=0, length_ms=300_000)
    session = begin(http, served, team, msgspec.structs.replace(made, interactions=(survey, made.interactions[2])))
    people = [Attendee(http, served.url, session, f"Person {number}", "p@example.org") for number in range(6)]
    listeners = [listen(served, one) for one in people]
    acknowledged: list[tuple[str, str, int]] = []
    stop = threading.Event()

    answered: list[str] = []

    def talk(one: Attendee) -> None:
        with requests.Session() as own:
            wish = {"offer": "poll", "question": "q1", "choices": [1]}
            if own.post(f"{one.room}/answers", headers=one.headers, json=wish, timeout=10).status_code == 200:
                answered.append(one.person)
            while not stop.is_set():
                message = uuid.uuid4().hex
                try:
                    answer = own.post(
                        f"{one.room}/chat", headers=one.headers, json={"id": message, "text": "x"}, timeout=10
                    )
                    if answer.status_code == 200:
                        acknowledged.append((one.person, message, answer.json()["seq"]))
                    else:
                        assert answer.json()["code"] == "room.fast"
                except requests.RequestException:
                    return

    talkers = [threading.Thread(target=talk, args=(one,)) for one in people]
    for one in talkers:
        one.start()
    for listener in listeners:
        listener.wait(lambda one: len(one.applied[one.attendee.person]) >= 3)
    served.kill()
    stop.set()
    for one in talkers:
        one.join()
    again = serve()
    back = time.monotonic()
    for one, listener in zip(people, listeners, strict=True):
        listener.served = again
        one.room = one.room.replace(served.url, again.url)
        mine = {(person, message) for person, message, _ in acknowledged if person == one.person}
        kept = {(one.person, said["message"]) for said in one.snapshot()["messages"]}
        assert mine <= kept
        assert len(one.snapshot().get("answered", ())) == answered.count(one.person) == 1
        rows = {row["seq"]: row["row"].get("message") for row in one.events() if row["audience"] == one.person}
        assert {rows[seq] for person, _, seq in acknowledged if person == one.person} == {m for _, m in mine}
    team = again.own()
    told = http.get(f"{again.url}/api/sessions/{session['id']}", headers=team).json()
    assert told["position_ms"] == told["now"] - session["starts_at"]
    assert told["phase"] == "running"
    held_and_resumed(http, again, team, session, 1)
    for one, listener in zip(people, listeners, strict=True):
        last = {row["audience"]: row["seq"] for row in one.events()}
        listener.wait(lambda one, last=last: one.seen == last)
        told = [row["seq"] for audience in listener.applied.values() for row in audience]
        assert sorted(told) == [row["seq"] for row in one.events()], "once each, over the restart"
    assert time.monotonic() - back < 10


def test_a_stop_ends_streams_at_once(serve, http, listen):
    served = serve()
    team = served.own()
    session = begin(http, served, team)
    listeners = [listen(served, Attendee(http, served.url, session, f"{number}")) for number in range(5)]
    for one in listeners:
        one.wait(lambda one: one.beats >= 1)
    before = time.monotonic()
    assert served.stop() in (0, -15)
    assert time.monotonic() - before < 4  # uvicorn alone would wait its 5 s for them
    assert "Cancel" not in served.log
    assert '"level": "error"' not in served.log


def test_a_reader_that_stands_still_is_let_go_and_comes_back_to_what_it_missed(serve, http, listen):
    served = serve(environment={"MATINEE_HOST_HEARTBEAT_MS": "200"})
    team = served.own()
    made = webinar()
    long = msgspec.structs.replace(made.interactions[0], start_ms=0, length_ms=15_000, text="w" * 200_000)
    session = begin(http, served, team, msgspec.structs.replace(made, interactions=(long, *made.interactions[1:])))
    anna, bo = (Attendee(http, served.url, session, name) for name in ("Anna", "Bo"))
    quick = listen(served, bo)
    quick.wait(lambda one: len(one.applied["public"]) >= 1)
    with socket.socket() as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        stalled.connect(served.address)
        head = f"GET /api/room/{session['id']}/stream HTTP/1.1\r\nHost: x\r\n"
        stalled.sendall((head + f"Authorization: {anna.headers['Authorization']}\r\n\r\n").encode())
        until = time.monotonic() + 30
        while "stood still" not in served.log and time.monotonic() < until:
            held_and_resumed(http, served, team, session, 1)
        assert "stood still" in served.log
        stalled.settimeout(10)
        with pytest.raises(ConnectionResetError):
            drain(stalled)
    last = anna.events()[-1]["seq"]
    quick.wait(lambda one: one.seen["public"] == last)
    assert quick.ended == 0, "the others never noticed"
    back = listen(served, anna)
    back.wait(lambda one: one.seen["public"] == last)


def test_a_new_plan_ends_the_streams_and_asks_for_a_snapshot(serve, http, listen):
    served = serve()
    team = served.own()
    session = begin(http, served, team, in_ms=600_000)
    anna = Attendee(http, served.url, session, "Anna")
    stream = listen(served, anna)
    stream.wait(lambda one: len(one.applied["public"]) >= 1)
    path = f"{served.url}/api/sessions/{session['id']}/reschedule"
    answer = http.post(path, headers=team, json={"start": "2040-05-01T20:00:00", "zone": "Europe/Paris"})
    assert answer.status_code == 200, answer.text
    stream.wait(lambda one: one.refused == 410)
    assert anna.get(f"events?public={stream.seen['public']}").status_code == 410
    snapshot = anna.snapshot()
    assert (snapshot["phase"], snapshot["starts_at"]) == ("planned", answer.json()["starts_at"])
    fresh = {one["audience"]: one["seq"] for one in snapshot["seen"]}
    assert anna.get(f"events?public={fresh['public']}&own={fresh[anna.person]}").json() == {"frames": []}
