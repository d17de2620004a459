"""An evening with every kind of thing on stage, prepared for real, published to a hosting that runs as a process."""

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

from editor.media import prepare
from editor.media.shelf import Shelf
from editor.protocol.api import Publish
from editor.protocol.manifest import files_of
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
from tests.hosting.tools import Served, push_body, upload, version_of

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
CALL = Cta(
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
class Props:
    """The media of an evening, on a shelf and prepared."""

    shelf: Shelf
    film: Media
    song: Media
    picture: Media
    pages: Media

    @property
    def all(self) -> tuple[Media, ...]:
        return (self.film, self.song, self.picture, self.pages)


def make_props(folder: Path) -> Props:
    """Draw, encode and prepare what an evening needs."""
    film = folder / "film.mp4"
    numbers = "drawtext=text='%{pts\\:hms}':fontsize=32:fontcolor=white:x=30:y=h-65"
    gradient = f"gradients=s=640x360:d={FILM_MS // 1000}:r=30:c0=#0b3a5c:c1=#1d8ab5:x0=0:y0=0:x1=640:y1=360:speed=0.02"
    _ffmpeg(
        *("-f", "lavfi", "-i", gradient, "-f", "lavfi", "-i", f"sine=frequency=330:duration={FILM_MS // 1000}"),
        *("-vf", numbers, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-shortest", str(film)),
    )
    song = folder / "song.mp3"
    _ffmpeg("-f", "lavfi", "-i", "sine=frequency=440:duration=12", str(song))
    picture = folder / "picture.png"
    drawn = Pictures.linear_gradient("L").resize((1600, 900))
    Pictures.merge("RGB", (drawn.point(lambda v: v // 6), drawn.point(lambda v: v // 3 + 20), drawn)).save(picture)
    pages = folder / "slides.pdf"
    sheets = []
    for number, colour in enumerate(("#14304a", "#3a1440")):
        sheet = Pictures.new("RGB", (1280, 720), colour)
        ImageDraw.Draw(sheet).text((120, 260), f"Slide {number + 1}", fill="white", font_size=120)
        sheets.append(sheet)
    sheets[0].save(pages, save_all=True, append_images=sheets[1:])
    words = folder / "film.srt"
    words.write_text(CAPTIONS, "utf-8")
    shelf = Shelf(folder / "shelf")
    taken = shelf.attach_captions(shelf.take(film), words, "en")
    props = Props(shelf, taken, shelf.take(song), shelf.take(picture), shelf.take(pages))
    for media in props.all:
        prepare.prepare(shelf, media)
    return props


def evening(props: Props, *, chat: Any = "moderated", **changes: Any) -> Webinar:
    """Film, a gap, pages, a picture with sound; a call to action and a survey on top: 50 s."""
    film = Video(id="v", start_ms=0, media=props.film.sha256, out_ms=20_000, hold_ms=2_000)
    captions = props.film.captions[0].sha256
    made = Webinar(
        id="evening",
        title="Onboarding in 30 minutes",
        description="How to get a team productive on day one: accounts, calendars, and the first project.\n\n"
        "For everybody who welcomes new colleagues. Questions are answered in the chat.",
        start="2027-01-01T20:00:00",
        zone="America/New_York",
        chat=chat,
        waiting_text="Get a cup of tea; we begin on time.",
        media={media.sha256: media for media in props.all},
        programme=(
            msgspec.structs.replace(film, captions=captions),
            Presentation(
                id="p",
                start_ms=26_000,
                media=props.pages.sha256,
                pages=(Page(page=0, length_ms=4_000), Page(page=1, length_ms=4_000)),
                out_ms=8_000,
            ),
            Audio(id="a", start_ms=34_000, media=props.song.sha256, out_ms=8_000, picture=props.picture.sha256),
            Image(id="i", start_ms=42_000, media=props.picture.sha256, length_ms=4_000),
        ),
        interactions=(CALL, POLL),
    )
    return msgspec.structs.replace(made, **changes)


def publish(served: Served, props: Props, webinar: Webinar, **how: Any) -> dict[str, Any]:
    """Upload the media, push the webinar and schedule a private test of it; gives the session."""
    return House(served, props).put_on(webinar, **how)


class House:
    """A hosting with the props in it, and its owner's hands."""

    def __init__(self, served: Served, props: Props, folder: Path | None = None) -> None:
        self.served = served
        self.props = props
        self.folder = folder
        self.owner = served.own()
        for media in props.all:
            self._bring(props, media)

    def put_on(self, webinar: Webinar, **how: Any) -> dict[str, Any]:
        """Push a webinar and schedule a private test of it; gives the session."""
        body = push_body(webinar)
        headers = {"If-None-Match": "*", "Idempotency-Key": webinar.id}
        self._ask("PUT", f"/api/webinars/{webinar.id}", data=body, headers=headers)
        wish = {"test": True} | how
        wanted = msgspec.to_builtins(Publish(webinar=webinar.id, version=version_of(webinar), **wish))
        session: dict[str, Any] = self._ask("POST", "/api/sessions", json=wanted).json()
        return {**session, "owner": self.owner}

    def control(self, session: dict[str, Any], what: str, **facts: Any) -> None:
        """Step in, as the team does."""
        now = self._ask("GET", f"/api/sessions/{session['id']}").json()
        wish = {"what": what, "generation": now["generation"], **facts}
        self._ask("POST", f"/api/sessions/{session['id']}/controls", json=wish)

    def cancel(self, session: dict[str, Any]) -> None:
        """Call a session off."""
        self._ask("POST", f"/api/sessions/{session['id']}/cancel")

    def approve(self, text: str) -> None:
        """Leave in the tables what a moderator's decision does; moderators themselves are not there yet."""
        assert self.folder is not None
        with closing(sqlite3.connect(self.folder / "hosting.db")) as connection, connection:
            connection.execute("UPDATE message SET approved = 1 WHERE text = ?", (text,))

    def log(self, session: dict[str, Any], kind: str = "") -> list[dict[str, Any]]:
        """The rows of a session's log that the team sees, all or those of one kind."""
        frames = self._ask("GET", f"/api/sessions/{session['id']}/log?after=0").json()["frames"]
        return [frame["row"] for frame in frames if kind in ("", frame["row"]["type"])]

    def _bring(self, props: Props, media: Media) -> None:
        manifest = prepare.prepared(props.shelf, media)
        assert manifest is not None
        for file in {file.sha256 for file in files_of(manifest)}:
            content = prepare.file_of(props.shelf, media.sha256, file).read_bytes()
            upload(requests, self.owner, content, self.served.url)
        self._ask("PUT", f"/api/media/{media.sha256}/manifest", data=msgspec.json.encode(manifest))

    def _ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **what: Any) -> requests.Response:
        answer = requests.request(
            method, f"{self.served.url}{path}", headers=self.owner | (headers or {}), timeout=20, **what
        )
        assert answer.ok, answer.text
        return answer


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-y", "-v", "error", *arguments], check=True, timeout=120)
