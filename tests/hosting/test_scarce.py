"""A disk that is full and a database that somebody else holds: told as such, nothing torn, and it goes on by itself."""

import hashlib
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import requests
from msgspec.structs import replace

from hosting import backups
from hosting.house import House
from tests.hosting.rooms import Attendee, publish, push, webinar
from tests.hosting.tools import TUS, Served, metadata, push_body, upload

PATCH = TUS | {"Content-Type": "application/offset+octet-stream"}
CONTENT = b"".join(hashlib.sha256(str(index).encode()).digest() for index in range(100_000))
MOST = 12 * 2**20


class Limit:
    """No file of the hosting may grow beyond a size: the kernel refuses it, as with a quota."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, served: Served, size: int) -> None:
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def free(self, served: Served) -> None:
        self.fill(served, resource.RLIM_INFINITY)


class Small(Limit):
    """A file system of a few megabytes, filled to the last byte by something else."""

    def fill(self, served: Served, size: int) -> None:  # noqa: ARG002 - there is no more for anybody
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4_096)) == 4_096:
                    pass
            except OSError:
                return

    def free(self, served: Served) -> None:  # noqa: ARG002
        (self.folder / "filler").unlink()


def mount(folder: Path | str) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", f"size={MOST}", "tmpfs", str(folder)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def unmount(folder: Path | str) -> None:
    subprocess.run(["umount", str(folder)], check=True)


def may_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() != 0 or not mount(folder):
            return False
        unmount(folder)
        return True


@pytest.fixture(params=[Limit, Small] if may_mount() else [Limit])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Limit]:
    """A disk that can be full; an own file system too where we may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with ExitStack() as stack:
        if request.param is Small:
            assert mount(folder)
            stack.callback(unmount, folder)
        yield request.param(folder)


@pytest.fixture
def scarce(disk: Limit) -> Iterator[Served]:
    """A hosting on such a disk, which it may use to the last byte."""
    served = Served(disk.folder / "served", environment={"MATINEE_HOST_RESERVE": "0"})
    yield served
    if served.process.poll() is None:
        served.kill()


def checksum(content: bytes) -> dict[str, str]:
    return {"Upload-Checksum": f"sha256 {b64encode(hashlib.sha256(content).digest()).decode()}"}


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_an_upload_onto_a_full_disk_keeps_its_place_and_goes_on(disk: Limit, scarce: Served):
    team, first = scarce.own(), 300_000
    at = (
        scarce.url
        + requests.post(f"{scarce.url}/api/uploads", headers=team | metadata(CONTENT), timeout=20).headers["Location"]
    )

    def patch(offset: int, content: bytes, **more: str) -> requests.Response:
        headers = team | PATCH | {"Upload-Offset": str(offset)} | more
        return requests.patch(at, headers=headers, data=content, timeout=30)

    def offset() -> int:
        return int(requests.head(at, headers=team | TUS, timeout=20).headers["Upload-Offset"])

    assert patch(0, CONTENT[:first]).status_code == 204
    disk.fill(scarce, first + 100_000)
    # A piece with a checksum counts whole or not at all.
    rest = CONTENT[first:]
    answer = patch(first, rest, **checksum(rest))
    assert refused(answer) == (507, "hosting.full")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["facts"]["offset"] == offset() == first
    # Without one, what found room stays.
    answer = patch(first, rest)
    assert refused(answer) == (507, "hosting.full")
    kept = answer.json()["facts"]["offset"]
    assert offset() == kept >= first
    part = disk.folder / "served" / "media" / "parts" / at.rpartition("/")[2]
    assert part.read_bytes() == CONTENT[:kept]
    asked = {"sha256": [hashlib.sha256(CONTENT).hexdigest()]}
    assert requests.post(f"{scarce.url}/api/media/have", json=asked, headers=team, timeout=20).json()["files"] == []
    disk.free(scarce)
    assert patch(kept, CONTENT[kept:]).status_code == 204
    got = requests.get(f"{scarce.url}/api/media/files/{asked['sha256'][0]}", headers=team, timeout=20)
    assert got.content == CONTENT
    assert "Traceback" not in scarce.log
    assert scarce.stop() == 0


def test_what_the_database_has_no_room_for_is_refused_and_what_it_took_stays(disk: Limit, scarce: Served):
    team, base = scarce.own(), scarce.url
    made = webinar(chat="answer_later")
    session = publish(requests, team, made, push(requests, team, made, base=base), base=base, test=True, in_ms=600_000)
    anna = Attendee(requests, base, session, "Anna", "anna@example.org")
    assert anna.say("first", "Hello").status_code == 200
    disk.fill(scarce, 1_000)
    # A page that has room already may still take a row or two.
    told = [anna.say(f"m{number}", "x" * 900) for number in range(2)]
    long = push_body(replace(made, description="w" * 200_000))
    headers = team | {"If-Match": '"1"', "Content-Type": "application/json"}
    put = requests.put(f"{base}/api/webinars/{made.id}", data=long, headers=headers, timeout=20)
    assert refused(put) == (507, "hosting.full")
    assert "free" in put.json()["facts"]
    assert requests.get(f"{base}/healthz", timeout=20).json()["status"] == "ok"
    taken = {f"m{number}" for number, answer in enumerate(told) if answer.status_code == 200}
    assert {refused(answer) for answer in told if answer.status_code != 200} <= {(507, "hosting.full")}
    assert {said["message"] for said in anna.snapshot().get("messages", ())} == {"first"} | taken
    disk.free(scarce)
    for number in range(2):
        assert anna.say(f"m{number}", "x" * 900).status_code == 200
    assert requests.put(f"{base}/api/webinars/{made.id}", data=long, headers=headers, timeout=20).status_code == 200
    rows = [row["row"]["message"] for row in anna.events() if row["row"]["type"] == "said"]
    assert sorted(rows) == ["first", "m0", "m1"], "each once"
    assert scarce.stop() == 0
    with closing(sqlite3.connect(disk.folder / "served" / "hosting.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_without_room_leaves_the_one_before_and_a_restore_the_database(disk: Limit, scarce: Served):
    team, folder = scarce.own(), disk.folder / "served"
    made = webinar(description="w" * 400_000)
    push(requests, team, made, base=scarce.url)
    good, small = disk.folder / "good.db", disk.folder / "small.db"
    backups.make(folder, good)
    small.write_bytes(b"an older one")
    if isinstance(disk, Small):
        disk.fill(scarce, 0)
    assert scarce.stop() == 0
    for words in (["backup", str(small)], ["restore", str(good)]):
        done = subprocess.run(
            [sys.executable, "-m", "hosting.cli", *words, "--data", str(folder)],
            capture_output=True, text=True, timeout=60, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY)),
        )  # fmt: skip
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        assert str(small if words[0] == "backup" else folder) in done.stderr
    assert small.read_bytes() == b"an older one"
    assert {path.name for path in folder.iterdir()} <= {"media", "hosting.db", "hosting.db-shm", "hosting.db-wal"}
    again = Served(folder)
    try:
        assert again.epoch == scarce.epoch
        listed = requests.get(f"{again.url}/api/webinars", headers=team, timeout=20).json()["webinars"]
        assert [one["id"] for one in listed] == [made.id]
    finally:
        again.kill()


def test_an_upload_that_would_leave_nothing_to_the_database_is_refused_before_a_byte(
    house: House, client: Any, team: dict[str, str], expected_logs: list[str]
):
    expected_logs.append("the disk is full")
    at = client.post("/api/uploads", headers=team | metadata(b"begun before")).headers["location"]
    house.settings = replace(house.settings, reserve=2**60)
    told = client.post("/api/uploads", headers=team | metadata(CONTENT))
    assert refused(told) == (507, "hosting.full")
    assert told.json()["facts"]["wanted"] == len(CONTENT)
    assert [path.name for path in (house.media / "parts").iterdir()] == [at.rpartition("/")[2]]
    house.settings = replace(house.settings, reserve=0)
    upload(client, team, CONTENT)


# ------------------------------------------------------------------------------------- a database that is held


def test_a_held_database_is_told_as_busy_and_everything_is_taken_later(serve: Callable[..., Served], tmp_path: Path):
    served = serve(environment={"MATINEE_HOST_BUSY_MS": "200"})
    team, base = served.own(), served.url
    made = webinar(chat="answer_later")
    session = publish(requests, team, made, push(requests, team, made, base=base), base=base, test=True, in_ms=600_000)
    people = [Attendee(requests, base, session, f"P{number}", "p@example.org") for number in range(4)]
    answers: dict[str, requests.Response] = {}

    def say(one: Attendee) -> None:
        answers[one.person] = one.say(one.person, "Hello")

    def save(number: int) -> None:
        body = push_body(replace(made, title=f"Evening {number}"))
        headers = team | {"If-Match": '"1"', "Content-Type": "application/json"}
        answers[str(number)] = requests.put(f"{base}/api/webinars/{made.id}", data=body, headers=headers, timeout=20)

    # Each waits for its turn in its way: for the log's order, for the writing connection, for the file's lock.
    writers = [threading.Thread(target=say, args=(one,)) for one in people]
    writers += [threading.Thread(target=save, args=(number,)) for number in range(3)]
    with closing(sqlite3.connect(tmp_path / "served" / "hosting.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for writer in writers:
            writer.start()
        assert people[0].snapshot()["phase"] == "waiting", "who reads is not held up"
        for writer in writers:
            writer.join(60)
        other.execute("ROLLBACK")
    assert {refused(answer) for answer in answers.values()} == {(503, "hosting.busy")}
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers.values())
    for one in people:
        assert one.say(one.person, "Hello").status_code == 200
        assert [said["message"] for said in one.snapshot()["messages"]] == [one.person]
    save(0)
    assert answers["0"].status_code == 200
