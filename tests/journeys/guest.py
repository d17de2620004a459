"""One of those who come to a webinar, in a browser of their own; what they see is read from pictures of their page."""

import io
import time
from dataclasses import dataclass

import requests
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys import timecode
from tests.journeys.outside import SHOTS, until

PLAYING_S = 120
"""How long until the film is seen: to the beginning, and for a page to load on a busy machine."""


@dataclass(frozen=True)
class Room:
    """A room as its hosting knows it."""

    hosting: str
    slug: str

    @property
    def now(self) -> int:
        """The hosting's clock, in milliseconds."""
        told: int = self._ask("/api/now")["now"]
        return told

    @property
    def starts_at(self) -> int:
        told: int = self._ask(f"/api/w/{self.slug}")["starts_at"]
        return told

    def _ask(self, path: str) -> dict[str, int]:
        answer = requests.get(self.hosting + path, timeout=20)
        answer.raise_for_status()
        told: dict[str, int] = answer.json()
        return told


@dataclass(frozen=True)
class Sight:
    """What a page showed, against the room's clock: it was ahead by at least, and at most, so much."""

    film_ms: int
    least_ms: int
    most_ms: int

    def is_within(self, ms: int) -> bool:
        """Whether it may have been so near to the room's clock."""
        return self.most_ms >= -ms and self.least_ms <= ms

    def apart(self, other: "Sight") -> int:
        """How far two pages are from each other at the least."""
        return max(0, self.least_ms - other.most_ms, other.least_ms - self.most_ms)


class Guest:
    """Comes in by the link."""

    def __init__(self, browser: Browser, link: str, name: str, *, language: str = "en-GB") -> None:
        self.name = name
        self._wrong: list[str] = []
        context = browser.new_context(
            viewport={"width": 1100, "height": 700}, locale=language, timezone_id="Europe/Paris"
        )
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self._wrong.append(str(error)))
        self.page.goto(link)
        self.page.fill("#name", name)
        self.page.press("#name", "Enter")
        self.page.wait_for_selector(".room")
        self.page.evaluate("() => { window.sinceTheDoor = true; }")

    def sees(self, room: Room) -> Sight:
        """What the film's own squares say in a picture of the page, as soon as there is one of the film."""
        starts_at = room.starts_at

        def look() -> Sight | None:
            video = self.page.locator("video.on")
            box = video.bounding_box() if video.count() else None
            if box is None:
                return None
            before = room.now
            taken = self.page.screenshot(clip=box)
            after = room.now
            film_ms = timecode.read(Image.open(io.BytesIO(taken)))
            if film_ms is None:
                return None
            # A frame lasts a while; whichever of its moments it was.
            return Sight(film_ms, film_ms - (after - starts_at), film_ms + timecode.FRAME_MS - (before - starts_at))

        return until(look, f"{self.name} sees the film", PLAYING_S)

    def keep(self, name: str) -> None:
        """Keep a picture of the page to be looked at."""
        SHOTS.mkdir(exist_ok=True)
        (SHOTS / f"{name}.png").write_bytes(self.page.screenshot())

    def is_cut_off(self) -> None:
        """See the page say that its connection is lost."""
        expect(self.page.locator(".link-banner")).to_be_visible(timeout=20_000)

    def is_back(self, within_s: float) -> None:
        """See the page connected again, by itself and without having been loaded anew."""
        expect(self.page.locator(".link-banner")).to_be_hidden(timeout=within_s * 1000)
        assert self.page.evaluate("() => window.sinceTheDoor"), "it is the page that came in at the door"

    def leave(self) -> None:
        """Close the browser; nothing has gone wrong in the page."""
        self.page.context.close()
        assert self._wrong == []


def in_seconds(from_now_s: int) -> str:
    """A local start in UTC, so many seconds from now."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + from_now_s))
