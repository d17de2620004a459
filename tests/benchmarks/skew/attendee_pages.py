"""Pages of a real Chromium with a measuring script, and the positions of their films on one common clock.

The common clock is the machine's monotonic clock. Chromium counts `performance.now` from an instant of that clock which
its metrics report as `NavigationStart`, so the wrong clock of a page does not affect the measurement.
"""

import time
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
]
FRAME_LASTS_MS = 120
"""A frame counts as the current position for this long; after that the picture counts as frozen."""


class AttendeePage:
    """A page in its own browser context."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        clock_error_ms: int = 0,
        prepare: Callable[[Page], None] = lambda _page: None,
    ) -> None:
        self.context = browser.new_context(viewport={"width": 700, "height": 560}, locale="en-GB")
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.add_init_script(PROBE.replace("WRONG", str(clock_error_ms)))
        prepare(self.page)
        self.page.goto(url)
        self._cdp = self.context.new_cdp_session(self.page)
        self._cdp.send("Performance.enable")
        self.origin_ms = self._find_origin_ms()

    def reload(self) -> None:
        self.page.reload()
        self.origin_ms = self._find_origin_ms()

    def enter(self, name: str) -> None:
        self.page.fill("#name", name)
        self.page.press("#name", "Enter")

    def collect_probe(self) -> dict[str, list[Any]]:
        """Return everything that the script recorded, with times on the common clock."""
        probe: dict[str, list[Any]] = self.page.evaluate("window.probe")
        for rows in probe.values():
            for row in rows:
                row[0] += self.origin_ms
        return probe

    def close(self) -> None:
        self.context.close()

    def _find_origin_ms(self) -> float:
        """Return the origin of `performance.now` on the common clock, in milliseconds."""
        metrics = self._cdp.send("Performance.getMetrics")["metrics"]
        origin: float = 1_000 * next(one["value"] for one in metrics if one["name"] == "NavigationStart")
        page_time_ms = origin + self.page.evaluate("performance.now()")
        assert abs(page_time_ms - monotonic_ms()) < 500, "Chromium's clock is not the machine's"
        return origin


class FilmPositions:
    """The position of a page's film at any time, from the frames that it showed."""

    def __init__(self, frames: list[Any]) -> None:
        self._frames = sorted(frames, key=lambda frame: frame[0])
        self._times = [frame[0] for frame in self._frames]

    def position_at(self, time_ms: float) -> float | None:
        """Return the position of the film in milliseconds; None before the first frame."""
        index = bisect_right(self._times, time_ms) - 1
        if index < 0:
            return None
        frame = self._frames[index]
        return float(frame[1] + min(time_ms - frame[0], FRAME_LASTS_MS))


def monotonic_ms() -> float:
    """Return the current time of the common clock in milliseconds."""
    return time.monotonic() * 1_000


def server_clock_offset_ms() -> float:
    """Return the difference from the common clock to the server's clock in milliseconds."""
    return (time.time() - time.monotonic()) * 1_000
