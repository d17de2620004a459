"""A webinar with segments of all kinds, its prepared media, and a team member who publishes it to a hosting."""

import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import requests
from PIL import Image as Pictures
from PIL import ImageDraw

from editor.media.catalog import MediaCatalog
from editor.media.prepare import preparation
from editor.protocol.api import CreateSessionRequest
from editor.protocol.manifest import list_files
from editor.schedule.model import (
    Audio,
    Cta,
    Image,
    Media,
    Page,
    Presentation,
    Question,
    Survey,
    Video,
    Webinar,
)
from tests.hosting.hosting_fixtures import HostingServer, compute_version_hash, make_push_body, upload_content

FILM_MS = 24_000
CAPTIONS = "1\n00:00:01,000 --> 00:00:20,000\n…and that is all it takes to connect the calendar.\n"
POLL = Survey(
    id="s",
    start_ms=5_000,
    length_ms=60_000,
    offer="poll",
    title="How do you plan today?",
    questions=(
        Question(
            id="q1",
            kind="single",
            text="What do you use?",
            choices=("A shared calendar", "Paper", "Nothing yet"),
            required=True,
        ),
        Question(id="q2", kind="rating", text="How happy are you with it?", scale=5),
        Question(id="q3", kind="text", text="What is missing?"),
    ),
)
CTA_OFFER = Cta(
    id="c",
    start_ms=1_000,
    length_ms=3_500,
    offer="call",
    title="Need a hand setting up?",
    text="Thirty minutes with our team, free for attendees.",
    label="Book your setup call",
    link="https://example.org/call",
)


@dataclass(frozen=True)
class SampleMedia:
    """The media of the sample webinar, catalogued and prepared."""

    catalog: MediaCatalog
    film: Media
    audio: Media
    picture: Media
    pages: Media

    @property
    def all(self) -> tuple[Media, ...]:
        return (self.film, self.audio, self.picture, self.pages)


def make_sample_media(folder: Path) -> SampleMedia:
    """Create and prepare the media of the sample webinar."""
    film = folder / "film.mp4"
    numbers = "drawtext=text='%{pts\\:hms}':fontsize=32:fontcolor=white:x=30:y=h-65"
    gradient = f"gradients=s=640x360:d={FILM_MS // 1000}:r=30:c0=#0b3a5c:c1=#1d8ab5:x0=0:y0=0:x1=640:y1=360:speed=0.02"
    _ffmpeg(
        *("-f", "lavfi", "-i", gradient, "-f", "lavfi", "-i", f"sine=frequency=330:duration={FILM_MS // 1000}"),
        *("-vf", numbers, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-shortest", str(film)),
    )
    audio = folder / "song.mp3"
    _ffmpeg("-f", "lavfi", "-i", "sine=frequency=440:duration=12", str(audio))
    picture = folder / "picture.png"
    shades = Pictures.linear_gradient("L").resize((1600, 900))
    Pictures.merge("RGB", (shades.point(lambda v: v // 6), shades.point(lambda v: v // 3 + 20), shades)).save(picture)
    pages = folder / "slides.pdf"
    slides = []
    for number, colour in enumerate(("#14304a", "#3a1440")):
        slide = Pictures.new("RGB", (1280, 720), colour)
        ImageDraw.Draw(slide).text((120, 260), f"Slide {number + 1}", fill="white", font_size=120)
        slides.append(slide)
    slides[0].save(pages, save_all=True, append_images=slides[1:])
    captions_file = folder / "film.srt"
    captions_file.write_text(CAPTIONS, "utf-8")
    catalog = MediaCatalog(folder / "catalog")
    film_media = catalog.attach_captions(catalog.add_file(film), captions_file, "en")
    sample_media = SampleMedia(
        catalog, film_media, catalog.add_file(audio), catalog.add_file(picture), catalog.add_file(pages)
    )
    for media in sample_media.all:
        preparation.prepare(catalog, media)
    return sample_media


def make_webinar(sample_media: SampleMedia, *, chat: Any = "moderated", **changes: Any) -> Webinar:
    """Make a webinar of 50 s: a video, a gap, slides, audio with a picture, an image, a call to action and a survey."""
    film = Video(id="v", start_ms=0, media=sample_media.film.sha256, out_ms=20_000, hold_ms=2_000)
    captions = sample_media.film.captions[0].sha256
    sample_webinar = Webinar(
        id="evening",
        title="Onboarding in 30 minutes",
        description="How to get a team productive on day one: accounts, calendars, and the first project.\n\n"
        "For everybody who welcomes new colleagues. Questions are answered in the chat.",
        start="2027-01-01T20:00:00",
        zone="America/New_York",
        chat=chat,
        waiting_text="Get a cup of tea; we begin on time.",
        media={media.sha256: media for media in sample_media.all},
        programme=(
            msgspec.structs.replace(film, captions=captions),
            Presentation(
                id="p",
                start_ms=26_000,
                media=sample_media.pages.sha256,
                pages=(Page(page=0, length_ms=4_000), Page(page=1, length_ms=4_000)),
                out_ms=8_000,
            ),
            Audio(
                id="a",
                start_ms=34_000,
                media=sample_media.audio.sha256,
                out_ms=8_000,
                picture=sample_media.picture.sha256,
            ),
            Image(id="i", start_ms=42_000, media=sample_media.picture.sha256, length_ms=4_000),
        ),
        interactions=(CTA_OFFER, POLL),
    )
    return msgspec.structs.replace(sample_webinar, **changes)


def publish_test(served: HostingServer, sample_media: SampleMedia, webinar: Webinar, **options: Any) -> dict[str, Any]:
    """Upload the media, push the webinar, schedule a private test of it and return the session."""
    return OrganizerSession(served, sample_media).publish_test(webinar, **options)


class OrganizerSession:
    """The requests of the owner of a hosting that has the sample media."""

    def __init__(self, served: HostingServer, sample_media: SampleMedia, folder: Path | None = None) -> None:
        self.served = served
        self.sample_media = sample_media
        self.folder = folder
        self.owner = served.sign_in_owner()
        for media in sample_media.all:
            self._upload_media(sample_media, media)

    def publish_test(self, webinar: Webinar, **options: Any) -> dict[str, Any]:
        """Push a webinar, schedule a private test of it and return the session."""
        body = make_push_body(webinar)
        headers = {"If-None-Match": "*", "Idempotency-Key": webinar.id}
        self._request("PUT", f"/api/webinars/{webinar.id}", data=body, headers=headers)
        options_with_test = {"test": True} | options
        request = msgspec.to_builtins(
            CreateSessionRequest(webinar=webinar.id, version=compute_version_hash(webinar), **options_with_test)
        )
        session: dict[str, Any] = self._request("POST", "/api/sessions", json=request).json()
        return {**session, "owner": self.owner}

    def control(self, session: dict[str, Any], what: str, **options: Any) -> None:
        """Send a control of a running session, as the team does."""
        now = self._request("GET", f"/api/sessions/{session['id']}").json()
        body = {"what": what, "generation": now["generation"], **options}
        self._request("POST", f"/api/sessions/{session['id']}/controls", json=body)

    def cancel(self, session: dict[str, Any]) -> None:
        """Cancel a session."""
        self._request("POST", f"/api/sessions/{session['id']}/cancel")

    def approve(self, text: str) -> None:
        """Approve a message in the database, because there is no API for moderators."""
        assert self.folder is not None
        with closing(sqlite3.connect(self.folder / "hosting.db")) as connection, connection:
            connection.execute("UPDATE message SET approved = 1 WHERE text = ?", (text,))

    def log(self, session: dict[str, Any], kind: str = "") -> list[dict[str, Any]]:
        """Return the rows of a session's log that the team sees, all or those of one kind."""
        frames = self._request("GET", f"/api/sessions/{session['id']}/log?after=0").json()["frames"]
        return [frame["row"] for frame in frames if kind in ("", frame["row"]["type"])]

    def _upload_media(self, sample_media: SampleMedia, media: Media) -> None:
        manifest = preparation.find_prepared(sample_media.catalog, media)
        assert manifest is not None
        for file in {file.sha256 for file in list_files(manifest)}:
            content = preparation.prepared_file_path(sample_media.catalog, media.sha256, file).read_bytes()
            upload_content(requests, self.owner, content, self.served.url)
        self._request("PUT", f"/api/media/{media.sha256}/manifest", data=msgspec.json.encode(manifest))

    def _request(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any
    ) -> requests.Response:
        answer = requests.request(
            method, f"{self.served.url}{path}", headers=self.owner | (headers or {}), timeout=20, **options
        )
        assert answer.ok, answer.text
        return answer


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-y", "-v", "error", *arguments], check=True, timeout=120)
