"""Helpers of the hosting's tests: a manual clock, pushes, uploads, fake prepared media, a server process."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import msgspec
import requests
from litestar.testing import TestClient

from editor.protocol.api import PushedVersion, PushRequest
from editor.protocol.manifest import Chunk, Manifest, PreparedCaptions, PreparedFile, Rung, Still
from editor.schedule import serialization
from editor.schedule.model import Webinar

NOON = 1_790_000_000_000
"""The server time at which tests begin, in milliseconds since the epoch."""
OWNER = {"email": "owner@example.org", "password": "correct horse"}
TUS_HEADERS = {"Tus-Resumable": "1.0.0"}


class ManualClock:
    """A server clock that the test advances."""

    def __init__(self) -> None:
        self.ms = NOON

    def __call__(self) -> int:
        return self.ms

    def advance(self, ms: int) -> None:
        self.ms += ms


def error_of(answer: Any) -> tuple[int, str]:
    """Return the status of a refused request, and the code of its problem document."""
    return answer.status_code, answer.json()["code"]


def make_push_body(webinar: Webinar, *, parents: tuple[str, ...] = (), saved_at: int = NOON) -> bytes:
    """Encode the body of a push of a webinar."""
    document = serialization.encode(webinar)
    version = PushedVersion(hash=serialization.hash_version(document, parents), parents=parents, saved_at=saved_at)
    return msgspec.json.encode(PushRequest(document=document.decode(), version=version))


def compute_version_hash(webinar: Webinar, parents: tuple[str, ...] = ()) -> str:
    """Return the hash of the version that a push of this webinar makes."""
    return serialization.hash_version(serialization.encode(webinar), parents)


def make_upload_headers(content: bytes) -> dict[str, str]:
    """Return the headers that create an upload of this content."""
    sha256 = b64encode(hashlib.sha256(content).hexdigest().encode()).decode()
    return TUS_HEADERS | {"Upload-Length": str(len(content)), "Upload-Metadata": f"sha256 {sha256}"}


def upload_content(client: Any, headers: dict[str, str], content: bytes, base: str = "") -> str:
    """Upload a content in one piece; return its hash."""
    created = client.post(f"{base}/api/uploads", headers=headers | make_upload_headers(content))
    assert created.status_code == 201, created.text
    patch = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    response = client.patch(
        base + created.headers["location"], headers=headers | TUS_HEADERS | patch, **_content_argument(client, content)
    )
    assert response.status_code == 204, response.text
    return hashlib.sha256(content).hexdigest()


def _content_argument(client: Any, content: bytes) -> dict[str, bytes]:
    return {"content": content} if isinstance(client, TestClient) else {"data": content}


CHUNK_MS = 4_000


class FakeMedia:
    """A fake prepared media: its files, whose chunks all differ, and its manifest."""

    def __init__(self, name: str, length_ms: int, *, video: bool = True, pages: int = 0, captions: str = "") -> None:
        self.media = hashlib.sha256(name.encode()).hexdigest()
        self.files: list[bytes] = []
        rungs = []
        if length_ms:
            rungs = [self._add_rung(f"{name}-sound", "audio-128", "audio", length_ms)]
        if length_ms and video:
            rungs += [self._add_rung(f"{name}-{height}", str(height), "video", length_ms) for height in (720, 360)]
        stills = [
            Still(
                file=self._add_file(make_webp(f"{name}-{width}-{page}"), "image/webp"),
                width=width,
                height=width // 2,
                page=page,
            )
            for page in (range(pages) if pages else [None])
            for width in (320, 640, 1280)
        ]
        self.source = hashlib.sha256(f"{name}-captions".encode()).hexdigest()
        tracks = (
            (PreparedCaptions(source=self.source, file=self._add_file(captions.encode(), "text/vtt")),)
            if captions
            else ()
        )
        kind = "presentation" if pages else "image" if not length_ms else "video" if video else "audio"
        self.manifest = Manifest(
            media=self.media,
            kind=kind,
            duration_ms=length_ms,
            rungs=tuple(rungs),
            stills=tuple(stills),
            captions=tracks,
        )

    def find_rung(self, name: str) -> Rung:
        return next(rung for rung in self.manifest.rungs if rung.name == name)

    def content_of(self, rung: Rung) -> bytes:
        return next(one for one in self.files if hashlib.sha256(one).hexdigest() == rung.file.sha256)

    def upload_all(self, client: Any, headers: dict[str, str]) -> None:
        """Upload all files, then the manifest."""
        for content in self.files:
            upload_content(client, headers, content)
        path = f"/api/media/{self.media}/manifest"
        answer = client.put(path, content=msgspec.json.encode(self.manifest), headers=headers)
        assert answer.status_code == 204, answer.text

    def _add_file(self, content: bytes, media_type: str) -> PreparedFile:
        self.files.append(content)
        return PreparedFile(sha256=hashlib.sha256(content).hexdigest(), size=len(content), type=media_type)

    def _add_rung(self, seed: str, name: str, kind: Any, length_ms: int) -> Rung:
        init = f"[init of {seed}]".encode()
        content, chunks = init, []
        for start in range(0, length_ms, CHUNK_MS):
            part = f"[{seed} from {start}]".encode() * 20
            chunks.append(
                Chunk(start_ms=start, length_ms=min(CHUNK_MS, length_ms - start), offset=len(content), size=len(part))
            )
            content += part
        return Rung(
            name=name,
            kind=kind,
            file=self._add_file(content, f"{kind}/mp4"),
            init_size=len(init),
            codecs="avc1.64001f" if kind == "video" else "mp4a.40.2",
            bandwidth=int(name) * 4_000 if kind == "video" else 128_000,
            width=int(name) * 16 // 9 if kind == "video" else 0,
            height=int(name) if kind == "video" else 0,
            chunks=tuple(chunks),
        )


def make_webp(seed: str) -> bytes:
    """Make bytes that begin as a WebP picture does."""
    body = b"WEBPVP8 " + seed.encode()
    return b"RIFF" + len(body).to_bytes(4, "little") + body


class HostingServer:
    """A hosting that runs as its own process."""

    def __init__(self, folder: Path, *options: str, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self._owner: dict[str, str] | None = None
        self._log_file = (folder.parent / f"{folder.name}-log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hosting.cli", "serve", "--data", str(folder), "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=self._log_file,
            env={**os.environ, **(environment or {})},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, Path(self._log_file.name).read_text()
        announcement = json.loads(line)
        self.url: str = announcement["listening"]
        self.epoch: str = announcement["epoch"]
        self.first_key: str = announcement.get("first_owner", "").partition("#")[2]
        host, _, port = self.url.removeprefix("http://").rpartition(":")
        self.address = host, int(port)

    @property
    def log(self) -> str:
        return Path(self._log_file.name).read_text()

    def sign_in_owner(self) -> dict[str, str]:
        """Create the owner's account, or sign in to it; return the headers of its requests."""
        if self._owner is None:
            self._owner = self._sign_in()
        return self._owner

    def _sign_in(self) -> dict[str, str]:
        if self.first_key:
            body: dict[str, str] = OWNER | {"key": self.first_key}
            answer = requests.post(f"{self.url}/api/first-owner", json=body, timeout=20)
        else:
            answer = requests.post(f"{self.url}/api/sign-in", json=OWNER, timeout=20)
        answer.raise_for_status()
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    def kill(self) -> None:
        """End the process as `kill -9` does."""
        self.process.kill()
        self._wait_for_exit()

    def stop(self) -> int:
        """End the process as a service manager does; return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._wait_for_exit()

    def _wait_for_exit(self) -> int:
        code = self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._log_file.close()
        return code
