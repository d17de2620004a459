"""Films of 360 lines for the browser benchmarks, prepared like those of users, and webinars that play them."""

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
    """Films in a media catalog, prepared. Their key frames fit the parts, so the picture is copied unchanged."""

    def __init__(self, folder: Path, lengths_s: tuple[int, ...]) -> None:
        self._catalog = MediaCatalog(folder / "catalog")
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
            self.media.append(self._catalog.add_file(film))
            preparation.prepare(self._catalog, self.media[-1])

    def upload(self, served: HostingServer, owner: dict[str, str]) -> None:
        """Upload all prepared files to a hosting."""
        for media in self.media:
            manifest = preparation.find_prepared(self._catalog, media)
            assert isinstance(manifest, Manifest)
            for sha256 in {file.sha256 for file in list_files(manifest)}:
                content = preparation.prepared_file_path(self._catalog, media.sha256, sha256).read_bytes()
                upload_content(requests, owner, content, served.url)
            url = f"{served.url}/api/media/{media.sha256}/manifest"
            body = msgspec.json.encode(manifest)
            requests.put(url, data=body, headers=owner, timeout=20).raise_for_status()

    def make_webinar(self, name: str, *plan: tuple[int, int, int]) -> Webinar:
        """Return a webinar of segments one after another, each a film number, an in-point and a length in ms."""
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
    """Push a webinar, start a private test of it in `in_ms`, and return the session."""
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
    """Send a control of the session, as a member of the team."""
    url = f"{served.url}/api/sessions/{session}"
    generation = requests.get(url, headers=owner, timeout=20).json()["generation"]
    request = {"what": what, "generation": generation, **how}
    answer = requests.post(f"{url}/controls", json=request, headers=owner, timeout=20)
    assert answer.ok, answer.text
