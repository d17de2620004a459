"""An attendee in a browser of their own; what they see is read from screenshots of their page."""

import io
import time
from dataclasses import dataclass

import requests
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.hosting.web.page_measures import measure_page
from tests.journeys import timecode
from tests.journeys.desktop_driver import SCREENSHOTS, wait_for
from tests.screenshot_checks import require_picture

VIEWPORT: ViewportSize = {"width": 1100, "height": 700}
PLAYBACK_TIMEOUT_S = 120
"""How long to wait for the film: until it begins, and for a page to load on a busy machine."""


@dataclass(frozen=True)
class SessionClock:
    """A session, with the clock of its server."""

    hosting: str
    slug: str

    @property
    def now(self) -> int:
        """The server's clock, in milliseconds."""
        now_ms: int = self._fetch("/api/now")["now"]
        return now_ms

    @property
    def starts_at(self) -> int:
        starts_at_ms: int = self._fetch(f"/api/w/{self.slug}")["starts_at"]
        return starts_at_ms

    def _fetch(self, path: str) -> dict[str, int]:
        answer = requests.get(self.hosting + path, timeout=20)
        answer.raise_for_status()
        body: dict[str, int] = answer.json()
        return body


@dataclass(frozen=True)
class PlaybackReading:
    """How far a page was ahead of the session's clock, at least and at most."""

    position_ms: int
    min_offset_ms: int
    max_offset_ms: int

    def is_within_ms(self, ms: int) -> bool:
        """Return whether the page may have been this close to the session's clock."""
        return self.max_offset_ms >= -ms and self.min_offset_ms <= ms

    def distance_ms(self, other: "PlaybackReading") -> int:
        """Return how far two pages are apart at the least, in milliseconds."""
        return max(0, self.min_offset_ms - other.max_offset_ms, other.min_offset_ms - self.max_offset_ms)


class AttendeeBrowser:
    """Joins a session by its link."""

    def __init__(self, browser: Browser, link: str, name: str, *, language: str = "en-GB") -> None:
        self.name = name
        self._page_errors: list[str] = []
        context = browser.new_context(viewport=VIEWPORT, locale=language, timezone_id="Europe/Paris")
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self._page_errors.append(str(error)))
        self.page.goto(link)
        self.page.fill("#name", name)
        self.page.press("#name", "Enter")
        self.page.wait_for_selector(".room")
        self.page.evaluate("() => { window.sinceTheDoor = true; }")

    def read_playback(self, session: SessionClock) -> PlaybackReading:
        """Return the position that the film's squares show in a screenshot, once the film is visible."""
        starts_at = session.starts_at

        def look() -> PlaybackReading | None:
            video = self.page.locator("video.on")
            box = video.bounding_box() if video.count() else None
            if box is None:
                return None
            before = session.now
            screenshot = self.page.screenshot(clip=box)
            after = session.now
            film_ms = timecode.read_position(Image.open(io.BytesIO(screenshot)))
            if film_ms is None:
                return None
            # A frame lasts a while; whichever of its moments it was.
            return PlaybackReading(
                film_ms, film_ms - (after - starts_at), film_ms + timecode.FRAME_MS - (before - starts_at)
            )

        return wait_for(look, f"{self.name} sees the film", PLAYBACK_TIMEOUT_S)

    def save_screenshot(self, name: str) -> None:
        """Save a picture of the page and check it: its size, more than one colour, no text cut off."""
        SCREENSHOTS.mkdir(exist_ok=True)
        file = SCREENSHOTS / f"{name}.png"
        file.write_bytes(self.page.screenshot())
        require_picture(file, (VIEWPORT["width"], VIEWPORT["height"]))
        assert measure_page(self.page, "sideways") == []
        assert measure_page(self.page, "cut") == []

    def wait_until_disconnected(self) -> None:
        """Wait until the page says that its connection is lost."""
        expect(self.page.locator(".link-banner")).to_be_visible(timeout=20_000)

    def wait_until_reconnected(self, within_s: float) -> None:
        """Wait until the page is connected again, by itself and without a reload."""
        expect(self.page.locator(".link-banner")).to_be_hidden(timeout=within_s * 1000)
        assert self.page.evaluate("() => window.sinceTheDoor"), "it is the page that came in at the door"

    def leave(self) -> None:
        """Close the browser and check that the page reported no error."""
        self.page.context.close()
        assert self._page_errors == []


def local_time_in(from_now_s: int) -> str:
    """Return the UTC start that is some seconds from now, as local time."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + from_now_s))
