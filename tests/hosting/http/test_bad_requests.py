"""Bad requests: huge headers, slow senders, wrong and hostile uploads, path traversal."""

import contextlib
import hashlib
import json
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
from msgspec.structs import replace

from editor.protocol.manifest import Chunk
from hosting.context import HostingContext
from tests.hosting.hosting_fixtures import (
    TUS_HEADERS,
    FakeMedia,
    HostingServer,
    make_upload_headers,
    make_webp,
    upload_content,
)

# ---------------------------------------------------------------------------------------- limits of a connection


def read_until_closed(connection: socket.socket) -> bytes:
    """Read until the server closes the connection."""
    connection.settimeout(30)
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except ConnectionResetError:
        pass
    return received


def is_connection_open(served: HostingServer, port: int) -> bool:
    """Return whether the kernel lists the server's end of the connection from this port as open."""
    local_port, remote_port = f":{served.address[1]:04X}", f":{port:04X}"
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(row[1].endswith(local_port) and row[2].endswith(remote_port) and row[3] == "01" for row in rows)


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        threading.Event().wait(0.05)


def test_endless_headers_are_cut_off_while_others_are_served(shared_process: HostingServer):
    with socket.create_connection(shared_process.address, timeout=30) as connection:
        try:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            for _ in range(100):
                connection.sendall(b"X-Filler: " + b"a" * 10_000 + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert read_until_closed(connection)[:12] in {b"HTTP/1.1 431", b""}
    with socket.create_connection(shared_process.address, timeout=30) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"GET /" + b"a" * 300_000)
        assert read_until_closed(connection)[:12] in {b"HTTP/1.1 431", b""}
    long = requests.get(f"{shared_process.url}/api/me", headers={"X-Filler": "a" * 70_000}, timeout=20)
    assert (long.status_code, long.json()["code"]) == (431, "request.head")
    assert long.headers["Content-Type"] == "application/problem+json"
    with socket.create_connection(shared_process.address, timeout=30) as connection:
        # The headers of a pipelined request are limited too.
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"GET /healthz HTTP/1.1\r\n")
            for _ in range(200):
                connection.sendall(b"X-Filler: " + b"a" * 10_000 + b"\r\n")
        assert read_until_closed(connection).count(b"HTTP/1.1 200") <= 1
    assert requests.get(f"{shared_process.url}/healthz", timeout=20).json()["status"] == "ok"
    with socket.create_connection(shared_process.address, timeout=30) as connection:
        connection.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        response_bytes = read_until_closed(connection)
        assert response_bytes.startswith(b"HTTP/1.1 400")
        assert b"application/problem+json" in response_bytes
        assert json.loads(response_bytes.partition(b"\r\n\r\n")[2])["code"] == "request.invalid"
    assert "Traceback" not in shared_process.log


def test_silent_senders_are_dropped(shared_process: HostingServer):
    heads = [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "]
    connections = [socket.create_connection(shared_process.address, timeout=30) for _ in heads]
    for connection, head in zip(connections, heads, strict=True):
        connection.sendall(head)
    body = socket.create_connection(shared_process.address, timeout=30)
    body.sendall(
        b"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
    )
    for connection in connections:
        assert read_until_closed(connection) == b""
        connection.close()
    response_bytes = read_until_closed(body)
    assert response_bytes.startswith(b"HTTP/1.1 408"), response_bytes
    assert b"request.slow" in response_bytes
    body.close()
    assert requests.get(f"{shared_process.url}/healthz", timeout=20).status_code == 200


def send_slowly(connection: socket.socket, data: bytes) -> None:
    """Send one byte every tenth of a second, until the connection is closed."""
    with contextlib.suppress(OSError):
        for byte in data:
            connection.sendall(bytes([byte]))
            threading.Event().wait(0.1)


def test_slow_senders_are_dropped(shared_process: HostingServer):
    head = b"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
    for first_bytes, status_line in ((b"GET /healthz HTTP/1.1\r\n", b""), (head, b"HTTP/1.1 408")):
        with socket.create_connection(shared_process.address, timeout=30) as connection:
            connection.sendall(first_bytes)
            sender = threading.Thread(target=send_slowly, args=(connection, b"X" * 200))
            sender.start()
            assert read_until_closed(connection)[:12] == status_line
            sender.join()


def test_the_rest_of_a_refused_body_is_not_read_as_a_request(shared_process: HostingServer):
    """The refusal is received although more was sent than headers may have, and the connection stays usable."""
    body = b"GET / HTTP/1.1\r\n" * 100_000
    with requests.Session() as connection:
        headers = {"Content-Type": "application/json"}
        large = connection.post(f"{shared_process.url}/api/sign-in", data=body, headers=headers, timeout=20)
        assert (large.status_code, large.json()["code"]) == (413, "request.too_large")
        assert connection.get(f"{shared_process.url}/healthz", timeout=20).json()["status"] == "ok"
    assert "Traceback" not in shared_process.log


def test_a_silent_upload_releases_its_lock_and_keeps_its_bytes(shared_process: HostingServer):
    team = shared_process.sign_in_owner()
    content = b"0123456789" * 100_000
    at = requests.post(
        f"{shared_process.url}/api/uploads", headers=team | make_upload_headers(content), timeout=20
    ).headers["Location"]
    headers = team | TUS_HEADERS | {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", "Content-Length": str(len(content)),
        "Host": "x",
    }  # fmt: skip
    with socket.create_connection(shared_process.address, timeout=30) as connection:
        header_text = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection.sendall(f"PATCH {at} HTTP/1.1\r\n{header_text}\r\n".encode() + content[:300_000])
        assert read_until_closed(connection).startswith(b"HTTP/1.1 408")
    assert (
        requests.head(shared_process.url + at, headers=team | TUS_HEADERS, timeout=20).headers["Upload-Offset"]
        == "300000"
    )


def test_a_stalled_reader_is_dropped(shared_process: HostingServer):
    team = shared_process.sign_in_owner()
    content = b"0123456789" * 2_000_000
    path = f"/api/media/files/{upload_content(requests, team, content, shared_process.url)}"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.settimeout(30)
        connection.connect(shared_process.address)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {team['Authorization']}\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 200"
        # Nothing is read until the server has closed; then only what was in the buffers arrives.
        wait_until(lambda: not is_connection_open(shared_process, connection.getsockname()[1]))
        assert len(read_until_closed(connection)) < len(content)
    assert requests.get(shared_process.url + path, headers=team, timeout=30).content == content
    assert "Traceback" not in shared_process.log


def test_bodies_are_limited_in_size(client, team):
    body = b'{"email": "' + b"a" * (2 * 1024 * 1024) + b'", "password": "b"}'
    response = client.post("/api/sign-in", content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (413, "request.too_large")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"email": 1, "password": []}', b"[" * 100_000, b'{"email": "\\ud800"}'],
)
def test_unreadable_bodies_are_refused(client, body):
    response = client.post("/api/sign-in", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "request.invalid"


# ------------------------------------------------------------------------------------------ hostile uploads


@pytest.mark.parametrize(
    "headers_sent",
    [
        {},
        {"Upload-Length": "5"},
        {"Upload-Length": "-5"},
        {"Upload-Length": "5.5"},
        {"Upload-Length": "9" * 30},
        {"Upload-Metadata": "sha256 " + "Li4vLi4vZXRjL3Bhc3N3ZA=="},
        {"Upload-Metadata": "sha256 !!!"},
        {"Upload-Metadata": "sha256 /////w=="},
        {"Upload-Metadata": ","},
        {"Upload-Metadata": "filename " + "Li4vLi4vZXRjL3Bhc3N3ZA=="},
        {"Upload-Metadata": "sha256 " + b64encode(b"A" * 64).decode()},
        {"Upload-Metadata": "sha256 " + b64encode(b"a" * 64 + b"\n").decode()},
        {"Upload-Length": ""},
        {"Upload-Length": "0x10"},
        {"Upload-Length": "٣"},
        {"Tus-Resumable": "0.2.2"},
        {"Tus-Resumable": ""},
    ],
)
def test_uploads_with_invalid_headers_are_refused(client, team, headers_sent, context: HostingContext):
    good = make_upload_headers(b"hello") | team
    headers_sent = {name: value.encode() for name, value in headers_sent.items()}
    headers = good | headers_sent if headers_sent else team | {"Tus-Resumable": "1.0.0"}
    if headers_sent == {"Upload-Length": b"5"}:
        headers.pop("Upload-Metadata")
    response = client.post("/api/uploads", headers=headers)
    assert response.status_code in {400, 412}, response.text
    assert not list((context.media_folder / "parts").glob("*"))


@pytest.mark.parametrize("offset", ["-1", "1.0", "", "9" * 30, "0, 0", "٠", None])
def test_invalid_offsets_change_nothing(client, team, offset, context: HostingContext):
    at = client.post("/api/uploads", headers=team | make_upload_headers(b"hello")).headers["location"]
    headers = team | TUS_HEADERS | {"Content-Type": "application/offset+octet-stream"}
    patch_headers = headers | ({} if offset is None else {"Upload-Offset": offset.encode()})
    response = client.patch(at, headers=patch_headers, content=b"hello")
    assert (response.status_code, response.json()["code"]) == (400, "request.invalid")
    assert [path.stat().st_size for path in (context.media_folder / "parts").iterdir()] == [0]
    assert client.patch(at, headers=headers | {"Upload-Offset": "0"}, content=b"hello").status_code == 204


def test_names_in_the_metadata_are_not_used_as_paths(client, team, context: HostingContext):
    good = make_upload_headers(b"hello")
    for name in ("../../hosting.db", "/etc/passwd", "a\0b"):
        upload_metadata = f"{good['Upload-Metadata']},filename {b64encode(name.encode()).decode()}"
        assert (
            client.post("/api/uploads", headers=team | good | {"Upload-Metadata": upload_metadata}).status_code == 201
        )
    assert {path.parent.name for path in context.settings.data_folder.rglob("*") if path.is_file()} <= {
        "hosting",
        "parts",
    }


def test_files_over_the_quota_or_the_size_limit_are_refused_before_a_byte_is_sent(
    context: HostingContext, client, team
):
    context.settings = replace(context.settings, quota=10_000, upload_most=8_000)
    upload_content(client, team, b"a" * 6_000)
    too_large = client.post("/api/uploads", headers=team | make_upload_headers(b"b" * 8_001))
    assert (too_large.status_code, too_large.json()["code"]) == (413, "upload.too_large")
    over = client.post("/api/uploads", headers=team | make_upload_headers(b"c" * 4_001))
    assert (over.status_code, over.json()["code"]) == (507, "upload.quota")
    created = client.post("/api/uploads", headers=team | make_upload_headers(b"d" * 3_000))
    # Unfinished uploads count.
    assert client.post("/api/uploads", headers=team | make_upload_headers(b"e" * 1_001)).status_code == 507
    assert client.delete(created.headers["location"], headers=team | TUS_HEADERS).status_code == 204
    assert client.post("/api/uploads", headers=team | make_upload_headers(b"e" * 1_001)).status_code == 201


@pytest.mark.parametrize("path", ["..", "%2e%2e", "..%2f..%2fhosting.db", "%2fetc%2fpasswd", "a%00b", "a" * 5_000])
def test_path_traversal_finds_nothing(client, team, path):
    for prefix in ("/api/uploads/", "/api/media/files/", "/api/versions/", "/api/media/", "/assets/", "/w/x/"):
        answer = client.get(prefix + path, headers=team)
        assert answer.status_code in {404, 405}, (prefix, answer.status_code)
        assert b"root:" not in answer.content
        assert b"SQLite" not in answer.content


SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def put_manifest(client: Any, team: dict[str, str], prepared: FakeMedia, **changes: Any) -> tuple[int, Any]:
    manifest = replace(prepared.manifest, **changes)
    answer = client.put(f"/api/media/{prepared.media}/manifest", content=msgspec.json.encode(manifest), headers=team)
    return answer.status_code, answer.json()["code"] if answer.content else None


def test_a_script_declared_as_a_picture_is_refused(client, team):
    picture = FakeMedia("picture", 0)
    still = picture.manifest.stills[0]
    for content in (SCRIPT, b"<html><script>alert(1)</script>", b"RIFFxxxxWEB", b""):
        sha256 = upload_content(client, team, content)
        file = replace(still.file, sha256=sha256, size=len(content))
        for media_type in ("image/webp", "image/png", "image/jpeg", "image/svg+xml", "text/html", ""):
            disguised_still = replace(still, file=replace(file, type=media_type))
            assert put_manifest(client, team, picture, stills=(disguised_still,)) == (422, "manifest.invalid")
    good = make_webp("good")
    upload_content(client, team, good)
    file = replace(still.file, sha256=hashlib.sha256(good).hexdigest(), size=len(good))
    assert put_manifest(client, team, picture, stills=(replace(still, file=file),)) == (204, None)


def test_manifests_that_do_not_agree_with_their_files_are_refused(client, team):
    film = FakeMedia("film", 20_000)
    assert put_manifest(client, team, film)[1] == "manifest.missing"
    film.upload_all(client, team)
    rung = film.manifest.rungs[0]
    first, second, *rest = rung.chunks
    for wrong in (
        replace(rung, name="../../escape"),
        replace(rung, name='720"'),
        replace(rung, name=""),
        replace(rung, init_size=0),
        replace(rung, init_size=first.offset + 1),
        replace(rung, file=replace(rung.file, size=rung.file.size + 1)),
        replace(rung, chunks=(second, first, *rest)),
        replace(rung, chunks=(*rung.chunks, Chunk(start_ms=20_000, length_ms=4_000, offset=rung.file.size, size=10))),
        replace(rung, chunks=(replace(first, size=0),)),
        replace(rung, chunks=(replace(first, length_ms=-1),)),
        replace(rung, chunks=(replace(first, start_ms=-1),)),
    ):
        assert put_manifest(client, team, film, rungs=(wrong, *film.manifest.rungs[1:])) == (422, "manifest.invalid"), (
            wrong
        )
    assert put_manifest(client, team, film, rungs=(rung, rung)) == (422, "manifest.invalid")
    assert put_manifest(client, team, film, format=99) == (422, "manifest.newer")
    other = client.put(f"/api/media/{'0' * 64}/manifest", content=msgspec.json.encode(film.manifest), headers=team)
    assert other.status_code == 422
    assert put_manifest(client, team, film) == (204, None)
