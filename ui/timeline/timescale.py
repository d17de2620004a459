"""Between milliseconds and pixels: which stretch of the webinar is in view, how wide, and where the ruler's ticks lie.

No Qt here. Times are integer milliseconds; the width of a pixel is an integer number of microseconds, so that zooming
in and out again comes back to where it began. Only pixels are floats, for screens on which a pixel is several dots.
"""

from dataclasses import dataclass, replace

from editor.schedule.model import HOUR, LONGEST_MS, MINUTE, SECOND

NEAREST_US = 1_000
"""The closest zoom: one millisecond a pixel."""
FARTHEST_US = 400_000_000
"""The farthest zoom: 24 hours in 216 pixels."""
LEAST_TICK_PX = 44
AIR_PX = 72
"""How much stays free behind what is fitted: enough to lay something down there before the border scrolls the view."""

LADDER_MS: tuple[int, ...] = (
    *(1, 2, 5, 10, 20, 50, 100, 200, 500),
    *(SECOND * n for n in (1, 2, 5, 10, 15, 30)),
    *(MINUTE * n for n in (1, 2, 5, 10, 15, 30)),
    # Hours divide the day as a clock face does; 5 and 10 would drift from one midnight to the next.
    *(HOUR * n for n in (1, 2, 3, 6, 12, 24)),
)
"""How far apart ticks may lie."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One line on the ruler."""

    at_ms: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class Timescale:
    """The stretch in view: `origin_ms` lies at pixel `left`, and `width` pixels follow it."""

    us_per_px: int = 100_000
    origin_ms: int = 0
    left: int = 0
    width: int = 1

    # ------------------------------------------------------------------------------------------ converting

    def x_of(self, at_ms: int) -> float:
        """The pixel at which a position lies; outside the view it may be any number."""
        return self.left + (at_ms - self.origin_ms) * 1000 / self.us_per_px

    def ms_at(self, x: float) -> int:
        """The position under a pixel, to the nearest millisecond; negative left of the beginning."""
        return self.origin_ms + round((x - self.left) * self.us_per_px / 1000)

    def ms_of(self, pixels: float) -> int:
        """How long so many pixels are."""
        return round(pixels * self.us_per_px / 1000)

    def px_of(self, length_ms: int) -> float:
        """How wide a length is."""
        return length_ms * 1000 / self.us_per_px

    @property
    def end_ms(self) -> int:
        """The position at the right border."""
        return self.origin_ms + self.width * self.us_per_px // 1000

    @property
    def span_ms(self) -> int:
        """How long the stretch in view is."""
        return self.width * self.us_per_px // 1000

    # --------------------------------------------------------------------------------------------- changing

    def zoomed(self, factor: float, x: float) -> "Timescale":
        """Zoomed in by a factor (out where it is below 1), with what lies under pixel `x` staying there."""
        wanted = min(max(round(self.us_per_px / factor), NEAREST_US), FARTHEST_US)
        # A step from 1,000 µs by a few per cent must not round back to where it was.
        if wanted == self.us_per_px:
            return self
        held_ms = self.origin_ms + (x - self.left) * self.us_per_px / 1000
        return replace(self, us_per_px=wanted, origin_ms=round(held_ms - (x - self.left) * wanted / 1000))

    def panned(self, pixels: float) -> "Timescale":
        """Moved so that what lay `pixels` to the right now lies at the left border."""
        return replace(self, origin_ms=self.origin_ms + self.ms_of(pixels))

    def at(self, origin_ms: int) -> "Timescale":
        """The same zoom from another position on."""
        return replace(self, origin_ms=origin_ms)

    def sized(self, left: int, width: int) -> "Timescale":
        """The same zoom and origin in another place on the screen."""
        return replace(self, left=left, width=max(width, 1))

    def clamped(self, length_ms: int) -> "Timescale":
        """No further left than 0, and no further right than half a view after the webinar's end."""
        last_ms = max(min(length_ms + self.span_ms // 2, LONGEST_MS + self.span_ms // 8) - self.span_ms, 0)
        return replace(self, origin_ms=min(max(self.origin_ms, 0), last_ms))

    def fitted(self, from_ms: int, to_ms: int) -> "Timescale":
        """A stretch made to fill the view, with a little air on its right."""
        span_us = max(to_ms - from_ms, SECOND) * 1000
        wanted = min(max(-(-span_us // (self.width - min(AIR_PX, self.width // 4))), NEAREST_US), FARTHEST_US)
        return replace(self, us_per_px=wanted, origin_ms=from_ms)

    def showing(self, at_ms: int) -> "Timescale":
        """By a page, so that a position is in view; itself where it is already."""
        if self.origin_ms <= at_ms < self.end_ms:
            return self
        return replace(self, origin_ms=max(at_ms - self.span_ms // 20, 0))

    def showing_span(self, from_ms: int, to_ms: int) -> "Timescale":
        """By as little as need be, so that a stretch is in view; its beginning where it is too long."""
        moved = self.at(to_ms - self.span_ms + self.span_ms // 20) if to_ms > self.end_ms else self
        if from_ms < moved.origin_ms:
            moved = replace(moved, origin_ms=max(from_ms - self.span_ms // 20, 0))
        return moved

    # ------------------------------------------------------------------------------------------------ ticks

    def step_ms(self, least_px: float = LEAST_TICK_PX) -> int:
        """The closest step of the ladder whose ticks are at least so many pixels apart."""
        for step in LADDER_MS:
            if self.px_of(step) >= least_px:
                return step
        return LADDER_MS[-1]

    def label_step_ms(self, label_px: float) -> int:
        """The closest step that is a multiple of the ticks' own and leaves room for a label of that width."""
        tick = self.step_ms()
        for step in LADDER_MS:
            if step % tick == 0 and self.px_of(step) >= label_px:
                return step
        return LADDER_MS[-1]

    def ticks(self, label_px: float, offset_ms: int = 0) -> list[Tick]:
        """The ruler's ticks in view, at least 44 px apart.

        Args:
            label_px: how wide a label is, with its air.
            offset_ms: what the ruler's own reading of position 0 is, so that 19:12:30 has its ticks at full minutes.
        """
        step = self.step_ms()
        labels = self.label_step_ms(label_px)
        first = -(-(self.origin_ms + offset_ms) // step) * step - offset_ms
        if first < 0:
            first += -(first // step) * step
        return [Tick(at, (at + offset_ms) % labels == 0) for at in range(first, min(self.end_ms, LONGEST_MS) + 1, step)]


def decimals(step_ms: int) -> int:
    """How many decimals of a second a label needs so that neighbours a step apart read differently."""
    if step_ms % SECOND == 0:
        return 0
    return 1 if step_ms % 100 == 0 else 2 if step_ms % 10 == 0 else 3
