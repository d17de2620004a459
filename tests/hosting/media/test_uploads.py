"""Uploads by tus: they resume at the byte, and only verified files become available."""

import hashlib
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from hosting.context import HostingContext
from hosting.media import service
from hosting.media.blob_store import BlobStore
from hosting.media.tables import UPLOADS
from tests.hosting.hosting_fixtures import TUS_HEADERS, HostingServer, make_upload_headers, upload_content

CONTENT = bytes(range(256)) * 40
PATCH = TUS_HEADERS | {"Content-Type": "application/offset+octet-stream"}


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def create_upload(client: Any, team: dict[str, str], content: bytes = CONTENT) -> str:
    answer = client.post("/api/uploads", headers=team | make_upload_headers(content))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


def patch_upload(client: Any, team: dict[str, str], at: str, offset: int, content: bytes, **more: str) -> Any:
    return client.patch(at, headers=team | PATCH | {"Upload-Offset": str(offset)} | more, content=content)


def make_checksum(content: bytes) -> str:
    return f"sha256 {b64encode(hashlib.sha256(content).digest()).decode()}"


def is_present(client: Any, team: dict[str, str], content: bytes = CONTENT) -> bool:
    present = (
        sha256_of(content)
        in client.post("/api/media/have", json={"sha256": [sha256_of(content)]}, headers=team).json()["files"]
    )
    assert (client.get(f"/api/media/files/{sha256_of(content)}", headers=team).status_code == 200) == present
    return present


def test_a_file_sent_in_pieces_is_available_after_the_last(client, team):
    at = create_upload(client, team)
    assert patch_upload(client, team, at, 0, CONTENT[:5_000]).headers["upload-offset"] == "5000"
    assert client.head(at, headers=team | TUS_HEADERS).headers["upload-offset"] == "5000"
    assert not is_present(client, team)
    assert patch_upload(client, team, at, 5_000, CONTENT[5_000:]).headers["upload-offset"] == str(len(CONTENT))
    assert is_present(client, team)
    assert client.get(f"/api/media/files/{sha256_of(CONTENT)}", headers=team).content == CONTENT
    assert client.head(at, headers=team | TUS_HEADERS).status_code == 404


def test_an_upload_of_the_same_content_continues_the_unfinished_one(client, team):
    at = create_upload(client, team)
    patch_upload(client, team, at, 0, CONTENT[:100])
    assert create_upload(client, team) == at
    assert client.head(at, headers=team | TUS_HEADERS).headers["upload-offset"] == "100"


def test_a_wrong_offset_changes_nothing(client, team):
    at = create_upload(client, team)
    patch_upload(client, team, at, 0, CONTENT[:100])
    for offset in (0, 99, 101, len(CONTENT)):
        response = patch_upload(client, team, at, offset, b"x" * 10)
        assert (response.status_code, response.json()["facts"]) == (409, {"offset": 100})
    assert patch_upload(client, team, at, 100, CONTENT[100:]).status_code == 204
    assert is_present(client, team)


def test_more_bytes_than_announced_are_refused_whole(client, team):
    at = create_upload(client, team)
    assert patch_upload(client, team, at, 0, CONTENT + b"!").status_code == 413
    assert client.head(at, headers=team | TUS_HEADERS).headers["upload-offset"] == "0"


def test_a_piece_with_a_wrong_checksum_is_discarded(client, team):
    at = create_upload(client, team)
    good = {"Upload-Checksum": make_checksum(CONTENT[:100])}
    assert patch_upload(client, team, at, 0, CONTENT[:99] + b"x", **good).status_code == 460
    assert client.head(at, headers=team | TUS_HEADERS).headers["upload-offset"] == "0"
    assert patch_upload(client, team, at, 0, CONTENT[:100], **good).status_code == 204
    for wrong in ("md5 abc", "sha256 ???", "sha256"):
        assert patch_upload(client, team, at, 100, b"x", **{"Upload-Checksum": wrong}).status_code in {400, 460}
    assert client.head(at, headers=team | TUS_HEADERS).headers["upload-offset"] == "100"


def test_a_file_with_a_wrong_hash_never_becomes_available(client, team, context: HostingContext):
    at = create_upload(client, team)
    changed_content = CONTENT[:-1] + b"?"
    response = patch_upload(client, team, at, 0, changed_content)
    assert (response.status_code, response.json()["code"]) == (422, "upload.wrong_hash")
    assert not is_present(client, team)
    assert not is_present(client, team, changed_content)
    assert client.head(at, headers=team | TUS_HEADERS).status_code == 404
    assert not list((context.media_folder / "parts").iterdir())
    assert patch_upload(client, team, create_upload(client, team), 0, CONTENT).status_code == 204


def test_a_complete_part_is_verified_at_the_next_request(client, team, context: HostingContext):
    """As after a kill between the last byte and its verification."""
    at = create_upload(client, team)
    part = context.media_folder / "parts" / at.rpartition("/")[2]
    part.write_bytes(CONTENT)
    assert client.head(at, headers=team | TUS_HEADERS).headers["upload-offset"] == str(len(CONTENT))
    assert is_present(client, team)


def test_an_upload_that_was_verified_before_a_kill_is_finished(client, team, context: HostingContext):
    """As after a kill between the file's rename and the deletion of its upload."""
    at = create_upload(client, team)
    upload_id = at.rpartition("/")[2]
    (context.media_folder / "parts" / upload_id).write_bytes(CONTENT)
    with context.db.write() as connection:
        account = connection.execute(select(UPLOADS.c.account).where(UPLOADS.c.id == upload_id)).scalar_one()
        service.record_file(connection, account, sha256_of(CONTENT), len(CONTENT), context.now())
    assert client.post("/api/media/have", json={"sha256": [sha256_of(CONTENT)]}, headers=team).json()["files"] == []
    BlobStore(context.media_folder).finish_part(upload_id, sha256_of(CONTENT))
    assert client.head(at, headers=team | TUS_HEADERS).headers["upload-offset"] == str(len(CONTENT))
    assert is_present(client, team)
    assert client.head(at, headers=team | TUS_HEADERS).status_code == 404


def test_knowing_a_hash_does_not_give_access_to_the_file(client, team, sign_in):
    upload_content(client, team, CONTENT)
    other = sign_in("other@example.org")
    at = create_upload(client, other)
    assert client.head(at, headers=other | TUS_HEADERS).headers["upload-offset"] == "0"
    assert not is_present(client, other)
    assert patch_upload(client, other, at, 0, CONTENT).status_code == 204
    assert is_present(client, other)
    assert is_present(client, team)


def test_an_upload_without_its_part_proves_nothing(client, team, sign_in, context: HostingContext):
    """As after a kill between the row of an upload and its part, where another account has the file."""
    upload_content(client, team, CONTENT)
    other = sign_in("other@example.org")
    at = create_upload(client, other)
    BlobStore(context.media_folder).delete_part(at.rpartition("/")[2])
    assert client.head(at, headers=other | TUS_HEADERS).status_code == 404
    assert patch_upload(client, other, at, 0, CONTENT).status_code == 404
    assert not is_present(client, other)
    assert create_upload(client, other) == at
    assert patch_upload(client, other, at, 0, CONTENT).status_code == 204
    assert is_present(client, other)


def test_an_upload_belongs_to_its_account(client, team, sign_in):
    at = create_upload(client, team)
    other = sign_in("other@example.org")
    assert client.head(at, headers=other | TUS_HEADERS).status_code == 404
    assert patch_upload(client, other, at, 0, b"x").status_code == 404
    assert client.delete(at, headers=other | TUS_HEADERS).status_code == 404
    assert client.delete(at, headers=team | TUS_HEADERS).status_code == 204
    assert client.delete(at, headers=team | TUS_HEADERS).status_code == 404


def test_an_empty_file_is_a_file(client, team):
    assert patch_upload(client, team, create_upload(client, team, b""), 0, b"").status_code == 204
    assert is_present(client, team, b"")


def test_ranges_of_a_file(client, team):
    url = f"/api/media/files/{upload_content(client, team, CONTENT)}"
    for span, begin_, end in (
        ("0-9", 0, 10),
        ("10239-", 10_239, 10_240),
        ("-5", 10_235, 10_240),
        ("5-99999", 5, 10_240),
    ):
        answer = client.get(url, headers=team | {"Range": f"bytes={span}"})
        assert answer.status_code == 206
        assert answer.content == CONTENT[begin_:end]
        assert answer.headers["content-range"] == f"bytes {begin_}-{end - 1}/10240"
    assert client.get(url, headers=team | {"Range": "bytes=10240-"}).status_code == 416
    assert client.get(url, headers=team | {"Range": "bytes=9-3"}).status_code == 200
    assert client.get(url, headers=team | {"If-None-Match": f'"{sha256_of(CONTENT)}"'}).status_code == 304
    answer = client.get(url, headers=team)
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


# ------------------------------------------------------------------------------ a real process and a real connection


def start_patch(served: HostingServer, team: dict[str, str], at: str, offset: int, length: int) -> socket.socket:
    """Send the headers of a PATCH over a plain socket."""
    connection = socket.create_connection(served.address, timeout=20)
    headers = team | PATCH | {"Upload-Offset": str(offset), "Content-Length": str(length), "Host": "test"}
    header_text = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    connection.sendall(f"PATCH {at} HTTP/1.1\r\n{header_text}\r\n".encode())
    return connection


def wait_for_size(part: Path, least: int) -> int:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        size = part.stat().st_size
        if size >= least:
            return size
        threading.Event().wait(0.01)
    raise AssertionError(f"{part.stat().st_size} bytes of {least}")


@pytest.fixture
def large_content() -> bytes:
    return b"".join(hashlib.sha256(str(index).encode()).digest() for index in range(300_000))


def test_an_upload_resumes_at_the_byte_after_a_kill(
    serve: Callable[..., HostingServer], large_content: bytes, tmp_path: Path
):
    first = serve()
    team = first.sign_in_owner()
    created = requests.post(f"{first.url}/api/uploads", headers=team | make_upload_headers(large_content), timeout=20)
    at = created.headers["Location"]
    part = tmp_path / "served" / "media" / "parts" / at.rpartition("/")[2]
    with start_patch(first, team, at, 0, len(large_content)) as connection:
        connection.sendall(large_content[:5_000_000])
        wait_for_size(part, 3_000_000)
        first.kill()
    second = serve()
    head = requests.head(second.url + at, headers=team | TUS_HEADERS, timeout=20)
    offset = int(head.headers["Upload-Offset"])
    assert 3_000_000 <= offset <= 5_000_000
    assert part.read_bytes() == large_content[:offset]
    rest = requests.patch(
        second.url + at, headers=team | PATCH | {"Upload-Offset": str(offset)}, data=large_content[offset:], timeout=60
    )
    assert rest.status_code == 204, rest.text
    answer = requests.get(f"{second.url}/api/media/files/{sha256_of(large_content)}", headers=team, timeout=20)
    assert answer.content == large_content
    assert second.stop() == 0


def test_bytes_received_before_a_lost_connection_are_kept(shared_process: HostingServer, large_content: bytes):
    team, large_content = shared_process.sign_in_owner(), large_content[1:]
    at = requests.post(
        f"{shared_process.url}/api/uploads", headers=team | make_upload_headers(large_content), timeout=20
    ).headers["Location"]
    part = shared_process.folder / "media" / "parts" / at.rpartition("/")[2]
    with start_patch(shared_process, team, at, 0, len(large_content)) as connection:
        connection.sendall(large_content[:2_500_123])
    wait_for_size(part, 2_500_123)
    assert (
        requests.head(shared_process.url + at, headers=team | TUS_HEADERS, timeout=20).headers["Upload-Offset"]
        == "2500123"
    )
    assert "Traceback" not in shared_process.log


def test_two_senders_at_once_take_turns(shared_process: HostingServer, large_content: bytes):
    team, large_content = shared_process.sign_in_owner(), large_content[2:]
    at = requests.post(
        f"{shared_process.url}/api/uploads", headers=team | make_upload_headers(large_content), timeout=20
    ).headers["Location"]
    part = shared_process.folder / "media" / "parts" / at.rpartition("/")[2]
    answers: list[requests.Response] = []

    def other() -> None:
        answers.append(
            requests.patch(
                shared_process.url + at, headers=team | PATCH | {"Upload-Offset": "0"}, data=b"x" * 64, timeout=30
            )
        )

    with start_patch(shared_process, team, at, 0, len(large_content)) as connection:
        connection.sendall(large_content[:2_000_000])
        wait_for_size(part, 1_000_000)
        second = threading.Thread(target=other)
        second.start()
        connection.sendall(large_content[2_000_000:])
        assert connection.recv(1_000).startswith(b"HTTP/1.1 204")
    second.join(30)
    assert answers[0].status_code in {404, 409}
    assert (
        requests.get(
            f"{shared_process.url}/api/media/files/{sha256_of(large_content)}", headers=team, timeout=20
        ).content
        == large_content
    )


def test_two_senders_of_the_same_content_make_one_file(shared_process: HostingServer, large_content: bytes):
    team, large_content = shared_process.sign_in_owner(), large_content[3:]
    at = requests.post(
        f"{shared_process.url}/api/uploads", headers=team | make_upload_headers(large_content), timeout=20
    ).headers["Location"]

    def send(piece: int) -> list[int]:
        """Upload as a sender that does not know of the other."""
        statuses = []
        while True:
            head = requests.head(shared_process.url + at, headers=team | TUS_HEADERS, timeout=30)
            if head.status_code == 404:  # the upload is complete
                return statuses
            offset = int(head.headers["Upload-Offset"])
            headers = team | PATCH | {"Upload-Offset": str(offset)}
            statuses.append(
                requests.patch(
                    shared_process.url + at, headers=headers, data=large_content[offset : offset + piece], timeout=30
                ).status_code
            )

    with ThreadPoolExecutor(3) as pool:
        statuses = [code for codes in pool.map(send, (1_000_000, 1_300_000, 700_001)) for code in codes]
    assert set(statuses) <= {204, 404, 408, 409}, "each piece counts, or is refused with the actual offset"
    assert statuses.count(204) >= len(large_content) // 1_300_000
    assert (
        requests.get(
            f"{shared_process.url}/api/media/files/{sha256_of(large_content)}", headers=team, timeout=20
        ).content
        == large_content
    )
    assert "Traceback" not in shared_process.log
