"""What the browser benchmarks play: two films of 360 lines, prepared for real, in webinars as they are needed."""

import subprocess
from pathlib import Path
from typing import Any

import msgspec
import requests

from editor.media.catalog import MediaCatalog
from editor.media.prepare import preparation
from editor.protocol.api import CreateSessionRequest
from editor.protocol.manifest import Manifest, list_files
from editor.schedule.model import Media, Video, Webinar
from tests.hosting.hosting_fixtures import HostingServer, compute_version_hash, make_push_body, upload_content

RATE = 25


class PreparedFilms:
    """Films on a shelf, prepared. Their key frames lie as the parts want them, so the picture is copied."""

    def __init__(self, folder: Path, lengths_s: tuple[int, ...]) -> None:
        self._shelf = MediaCatalog(folder / "shelf")
        self.media: list[Media] = []
        for number, length_s in enumerate(lengths_s):
            film = folder / f"film-{number}.mp4"
            picture = f"color=s=640x360:d={length_s}:r={RATE}:c={('#0b3a5c', '#5c0b3a')[number % 2]}"
            numbers = "drawtext=text='%{pts\\:hms}':fontsize=48:fontcolor=white:x=30:y=h-80"
            subprocess.run(
                [
                    *("ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", picture),
                    *("-f", "lavfi", "-i", f"sine=frequency={220 * (number + 2)}:duration={length_s}"),
                    *("-vf", numbers, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
                    *("-g", str(4 * RATE), "-keyint_min", str(4 * RATE), "-sc_threshold", "0", "-bf", "0"),
                    *("-c:a", "aac", "-shortest", str(film)),
                ],
                check=True,
                timeout=120,
            )
            self.media.append(self._shelf.add_file(film))
            preparation.prepare(self._shelf, self.media[-1])

    def upload(self, served: HostingServer, owner: dict[str, str]) -> None:
        """Bring everything prepared to a hosting."""
        for media in self.media:
            manifest = preparation.find_prepared(self._shelf, media)
            assert isinstance(manifest, Manifest)
            for sha256 in {file.sha256 for file in list_files(manifest)}:
                content = preparation.prepared_file_path(self._shelf, media.sha256, sha256).read_bytes()
                upload_content(requests, owner, content, served.url)
            url = f"{served.url}/api/media/{media.sha256}/manifest"
            body = msgspec.json.encode(manifest)
            requests.put(url, data=body, headers=owner, timeout=20).raise_for_status()

    def make_webinar(self, name: str, *plan: tuple[int, int, int]) -> Webinar:
        """Segments one after another: the film's number, where in it, and how long."""
        segments, at = [], 0
        for number, in_ms, length_ms in plan:
            media = self.media[number].sha256
            segments.append(
                Video(
                    id=f"v{len(segments)}", start_ms=at, media=media, in_ms=in_ms, out_ms=in_ms + length_ms, hold_ms=0
                )
            )
            at += length_ms
        return Webinar(
            id=name,
            title="Side by side",
            start="2027-01-01T20:00:00",
            zone="Europe/Paris",
            chat="none",
            media={media.sha256: media for media in self.media},
            programme=tuple(segments),
        )


def start_session(served: HostingServer, owner: dict[str, str], webinar: Webinar, in_ms: int) -> dict[str, Any]:
    """Push a webinar and begin a private test of it; gives the session."""
    headers = owner | {"If-None-Match": "*", "Idempotency-Key": webinar.id}
    url = f"{served.url}/api/webinars/{webinar.id}"
    pushed = requests.put(url, data=make_push_body(webinar), headers=headers, timeout=20)
    assert pushed.ok, pushed.text
    request = msgspec.to_builtins(
        CreateSessionRequest(webinar=webinar.id, version=compute_version_hash(webinar), test=True, in_ms=in_ms)
    )
    answer = requests.post(f"{served.url}/api/sessions", json=request, headers=owner, timeout=20)
    assert answer.ok, answer.text
    session: dict[str, Any] = answer.json()
    return session


def send_control(served: HostingServer, owner: dict[str, str], session: str, what: str, **how: Any) -> None:
    """Step in, as a member of the team."""
    url = f"{served.url}/api/sessions/{session}"
    generation = requests.get(url, headers=owner, timeout=20).json()["generation"]
    request = {"what": what, "generation": generation, **how}
    answer = requests.post(f"{url}/controls", json=request, headers=owner, timeout=20)
    assert answer.ok, answer.text
