"""A full disk and a locked database: requests are refused as such, nothing is damaged, and work resumes by itself."""

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

from hosting.context import HostingContext
from hosting.db import backups
from tests.hosting.hosting_fixtures import (
    TUS_HEADERS,
    HostingServer,
    error_of,
    make_push_body,
    make_upload_headers,
    upload_content,
)
from tests.hosting.session_fixtures import AttendeeClient, make_webinar, publish_session, push_webinar

PATCH = TUS_HEADERS | {"Content-Type": "application/offset+octet-stream"}
CONTENT = b"".join(hashlib.sha256(str(index).encode()).digest() for index in range(100_000))
FILE_SYSTEM_BYTES = 12 * 2**20


class FileSizeLimit:
    """Limits the size of each of the hosting's files; the kernel refuses more, as with a quota."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, served: HostingServer, size: int) -> None:
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def free(self, served: HostingServer) -> None:
        self.fill(served, resource.RLIM_INFINITY)


class FullFileSystem(FileSizeLimit):
    """A file system of a few megabytes, filled to the last byte by another file."""

    def fill(self, served: HostingServer, size: int) -> None:  # noqa: ARG002 - the file system is full for all
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4_096)) == 4_096:
                    pass
            except OSError:
                return

    def free(self, served: HostingServer) -> None:  # noqa: ARG002
        (self.folder / "filler").unlink()


def mount(folder: Path | str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={FILE_SYSTEM_BYTES}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unmount(folder: Path | str) -> None:
    subprocess.run(["umount", str(folder)], check=True)


def can_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() != 0 or not mount(folder):
            return False
        unmount(folder)
        return True


@pytest.fixture(params=[FileSizeLimit, FullFileSystem] if can_mount() else [FileSizeLimit])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileSizeLimit]:
    """Make a disk that can be full; also a file system of its own where mounting is permitted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with ExitStack() as stack:
        if request.param is FullFileSystem:
            assert mount(folder)
            stack.callback(unmount, folder)
        yield request.param(folder)


@pytest.fixture
def limited_process(disk: FileSizeLimit) -> Iterator[HostingServer]:
    """Start a hosting on such a disk, without a reserve."""
    served = HostingServer(disk.folder / "served", environment={"MATINEE_HOST_RESERVE": "0"})
    yield served
    if served.process.poll() is None:
        served.kill()


def make_checksum_header(content: bytes) -> dict[str, str]:
    return {"Upload-Checksum": f"sha256 {b64encode(hashlib.sha256(content).digest()).decode()}"}


def test_an_upload_to_a_full_disk_keeps_its_offset_and_resumes(disk: FileSizeLimit, limited_process: HostingServer):
    team, first = limited_process.sign_in_owner(), 300_000
    at = (
        limited_process.url
        + requests.post(
            f"{limited_process.url}/api/uploads", headers=team | make_upload_headers(CONTENT), timeout=20
        ).headers["Location"]
    )

    def patch(offset: int, content: bytes, **more: str) -> requests.Response:
        headers = team | PATCH | {"Upload-Offset": str(offset)} | more
        return requests.patch(at, headers=headers, data=content, timeout=30)

    def offset() -> int:
        return int(requests.head(at, headers=team | TUS_HEADERS, timeout=20).headers["Upload-Offset"])

    assert patch(0, CONTENT[:first]).status_code == 204
    disk.fill(limited_process, first + 100_000)
    # A piece with a checksum is kept whole or not at all.
    rest = CONTENT[first:]
    answer = patch(first, rest, **make_checksum_header(rest))
    assert error_of(answer) == (507, "hosting.full")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["facts"]["offset"] == offset() == first
    # Without a checksum, the bytes that fit are kept.
    answer = patch(first, rest)
    assert error_of(answer) == (507, "hosting.full")
    stored_bytes = answer.json()["facts"]["offset"]
    assert offset() == stored_bytes >= first
    part = disk.folder / "served" / "media" / "parts" / at.rpartition("/")[2]
    assert part.read_bytes() == CONTENT[:stored_bytes]
    body = {"sha256": [hashlib.sha256(CONTENT).hexdigest()]}
    assert (
        requests.post(f"{limited_process.url}/api/media/have", json=body, headers=team, timeout=20).json()["files"]
        == []
    )
    disk.free(limited_process)
    assert patch(stored_bytes, CONTENT[stored_bytes:]).status_code == 204
    got = requests.get(f"{limited_process.url}/api/media/files/{body['sha256'][0]}", headers=team, timeout=20)
    assert got.content == CONTENT
    assert "Traceback" not in limited_process.log
    assert limited_process.stop() == 0


def test_on_a_full_disk_new_rows_are_refused_and_confirmed_ones_stay(
    disk: FileSizeLimit, limited_process: HostingServer
):
    team, base = limited_process.sign_in_owner(), limited_process.url
    sample_webinar = make_webinar(chat="answer_later")
    session = publish_session(
        requests,
        team,
        sample_webinar,
        push_webinar(requests, team, sample_webinar, base=base),
        base=base,
        test=True,
        in_ms=600_000,
    )
    anna = AttendeeClient(requests, base, session, "Anna", "anna@example.org")
    assert anna.say("first", "Hello").status_code == 200
    disk.fill(limited_process, 1_000)
    # A database page with free space can still take a row or two.
    responses = [anna.say(f"m{number}", "x" * 900) for number in range(2)]
    long = make_push_body(replace(sample_webinar, description="w" * 200_000))
    headers = team | {"If-Match": '"1"', "Content-Type": "application/json"}
    response = requests.put(f"{base}/api/webinars/{sample_webinar.id}", data=long, headers=headers, timeout=20)
    assert error_of(response) == (507, "hosting.full")
    assert "free" in response.json()["facts"]
    assert requests.get(f"{base}/healthz", timeout=20).json()["status"] == "ok"
    stored_messages = {f"m{number}" for number, answer in enumerate(responses) if answer.status_code == 200}
    assert {error_of(answer) for answer in responses if answer.status_code != 200} <= {(507, "hosting.full")}
    assert {message["message"] for message in anna.fetch_snapshot().get("messages", ())} == {"first"} | stored_messages
    disk.free(limited_process)
    for number in range(2):
        assert anna.say(f"m{number}", "x" * 900).status_code == 200
    assert (
        requests.put(f"{base}/api/webinars/{sample_webinar.id}", data=long, headers=headers, timeout=20).status_code
        == 200
    )
    rows = [row["row"]["message"] for row in anna.fetch_events() if row["row"]["type"] == "said"]
    assert sorted(rows) == ["first", "m0", "m1"], "each once"
    assert limited_process.stop() == 0
    with closing(sqlite3.connect(disk.folder / "served" / "hosting.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_on_a_full_disk_a_backup_keeps_the_previous_one_and_a_restore_the_database(
    disk: FileSizeLimit, limited_process: HostingServer
):
    team, folder = limited_process.sign_in_owner(), disk.folder / "served"
    sample_webinar = make_webinar(description="w" * 400_000)
    push_webinar(requests, team, sample_webinar, base=limited_process.url)
    good, small = disk.folder / "good.db", disk.folder / "small.db"
    backups.create_backup(folder, good)
    small.write_bytes(b"an older one")
    if isinstance(disk, FullFileSystem):
        disk.fill(limited_process, 0)
    assert limited_process.stop() == 0
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
    assert {path.name for path in folder.iterdir()} <= {
        "media",
        "hosting.db",
        "hosting.db-shm",
        "hosting.db-wal",
        "hosting.lock",
    }
    again = HostingServer(folder)
    try:
        assert again.epoch == limited_process.epoch
        listed = requests.get(f"{again.url}/api/webinars", headers=team, timeout=20).json()["webinars"]
        assert [one["id"] for one in listed] == [sample_webinar.id]
    finally:
        again.kill()


def test_an_upload_that_leaves_no_reserve_is_refused_before_a_byte_is_sent(
    context: HostingContext, client: Any, team: dict[str, str], expected_logs: list[str]
):
    expected_logs.append("disk full or failing")
    at = client.post("/api/uploads", headers=team | make_upload_headers(b"begun before")).headers["location"]
    context.settings = replace(context.settings, reserve=2**60)
    response = client.post("/api/uploads", headers=team | make_upload_headers(CONTENT))
    assert error_of(response) == (507, "hosting.full")
    assert response.json()["facts"]["wanted"] == len(CONTENT)
    assert [path.name for path in (context.media_folder / "parts").iterdir()] == [at.rpartition("/")[2]]
    context.settings = replace(context.settings, reserve=0)
    upload_content(client, team, CONTENT)


# ------------------------------------------------------------------------------------- a locked database


def test_requests_to_a_locked_database_are_refused_as_busy_and_work_later(
    serve: Callable[..., HostingServer], tmp_path: Path
):
    served = serve(environment={"MATINEE_HOST_BUSY_MS": "200"})
    team, base = served.sign_in_owner(), served.url
    sample_webinar = make_webinar(chat="answer_later")
    session = publish_session(
        requests,
        team,
        sample_webinar,
        push_webinar(requests, team, sample_webinar, base=base),
        base=base,
        test=True,
        in_ms=600_000,
    )
    people = [AttendeeClient(requests, base, session, f"P{number}", "p@example.org") for number in range(4)]
    answers: dict[str, requests.Response] = {}

    def say(one: AttendeeClient) -> None:
        answers[one.person] = one.say(one.person, "Hello")

    def save(number: int) -> None:
        body = make_push_body(replace(sample_webinar, title=f"Evening {number}"))
        headers = team | {"If-Match": '"1"', "Content-Type": "application/json"}
        answers[str(number)] = requests.put(
            f"{base}/api/webinars/{sample_webinar.id}", data=body, headers=headers, timeout=20
        )

    # They wait for different locks: the commit order of the log, the writing connection, the lock of the file.
    writers = [threading.Thread(target=say, args=(one,)) for one in people]
    writers += [threading.Thread(target=save, args=(number,)) for number in range(3)]
    with closing(sqlite3.connect(tmp_path / "served" / "hosting.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for writer in writers:
            writer.start()
        assert people[0].fetch_snapshot()["phase"] == "waiting", "who reads is not held up"
        for writer in writers:
            writer.join(60)
        other.execute("ROLLBACK")
    assert {error_of(answer) for answer in answers.values()} == {(503, "hosting.busy")}
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers.values())
    for one in people:
        assert one.say(one.person, "Hello").status_code == 200
        assert [message["message"] for message in one.fetch_snapshot()["messages"]] == [one.person]
    save(0)
    assert answers["0"].status_code == 200
