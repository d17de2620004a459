"""Conversion between milliseconds and pixels, zooming and panning, and the positions of the ruler's ticks.

No Qt here. Times are integer milliseconds; the width of a pixel is an integer number of microseconds, so that zooming
in and out again comes back to where it began. Only pixels are floats, for screens on which a pixel is several dots.
"""

from dataclasses import dataclass, replace

from editor.schedule.model import HOUR, MAX_WEBINAR_MS, MINUTE, SECOND

MIN_US_PER_PX = 1_000
"""The closest zoom: one millisecond a pixel."""
MAX_US_PER_PX = 400_000_000
"""The farthest zoom: 24 hours in 216 pixels."""
MIN_TICK_PX = 44
FIT_MARGIN_PX = 72
"""Free space after a stretch that is fitted: something can be dropped there without scrolling at the border."""

TICK_STEPS_MS: tuple[int, ...] = (
    *(1, 2, 5, 10, 20, 50, 100, 200, 500),
    *(SECOND * n for n in (1, 2, 5, 10, 15, 30)),
    *(MINUTE * n for n in (1, 2, 5, 10, 15, 30)),
    # Hours divide the day as a clock face does; 5 and 10 would drift from one midnight to the next.
    *(HOUR * n for n in (1, 2, 3, 6, 12, 24)),
)
"""The distances that ticks may have, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick on the ruler: its position in milliseconds, and whether it has a label; immutable."""

    at_ms: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class Timescale:
    """A visible stretch of time: position `origin_ms` lies at pixel `left`, and `width` pixels follow it.

    Immutable. `us_per_px` is the zoom, in microseconds per pixel. The methods that change it return another scale.
    """

    us_per_px: int = 100_000
    origin_ms: int = 0
    left: int = 0
    width: int = 1

    # ------------------------------------------------------------------------------------------ converting

    def x_of(self, at_ms: int) -> float:
        """Return the pixel of a position; negative or beyond the widget for positions out of view."""
        return self.left + (at_ms - self.origin_ms) * 1000 / self.us_per_px

    def ms_at(self, x: float) -> int:
        """Return the position under a pixel, rounded to the nearest millisecond; negative left of the beginning."""
        return self.origin_ms + round((x - self.left) * self.us_per_px / 1000)

    def ms_of(self, pixels: float) -> int:
        """Return the duration in milliseconds that a number of pixels covers at this zoom, rounded to the nearest."""
        return round(pixels * self.us_per_px / 1000)

    def px_of(self, length_ms: int) -> float:
        """Return the width in pixels that a duration in milliseconds has at this zoom."""
        return length_ms * 1000 / self.us_per_px

    @property
    def end_ms(self) -> int:
        """The position at the right border, in milliseconds."""
        return self.origin_ms + self.width * self.us_per_px // 1000

    @property
    def span_ms(self) -> int:
        """The length of the visible stretch, in milliseconds."""
        return self.width * self.us_per_px // 1000

    # --------------------------------------------------------------------------------------------- changing

    def zoomed(self, factor: float, x: float) -> "Timescale":
        """Return the scale zoomed in by a factor (out, if it is below 1); what lies at pixel `x` stays there.

        The zoom is limited to `MIN_US_PER_PX` … `MAX_US_PER_PX`, and the scale itself is returned where that leaves it
        unchanged. The origin is not limited: follow up with `clamped`.
        """
        us_per_px = min(max(round(self.us_per_px / factor), MIN_US_PER_PX), MAX_US_PER_PX)
        # At the ends of the range the anchor must not drift by rounding.
        if us_per_px == self.us_per_px:
            return self
        anchor_ms = self.origin_ms + (x - self.left) * self.us_per_px / 1000
        return replace(self, us_per_px=us_per_px, origin_ms=round(anchor_ms - (x - self.left) * us_per_px / 1000))

    def panned(self, pixels: float) -> "Timescale":
        """Return the scale moved so that what lay `pixels` to the right lies at the left border.

        Its origin may be negative.
        """
        return replace(self, origin_ms=self.origin_ms + self.ms_of(pixels))

    def with_origin(self, origin_ms: int) -> "Timescale":
        """Return the scale with the same zoom and another position at its left border."""
        return replace(self, origin_ms=origin_ms)

    def with_size(self, left: int, width: int) -> "Timescale":
        """Return the scale with the same zoom and origin, at another pixel and with another width (at least 1)."""
        return replace(self, left=left, width=max(width, 1))

    def clamped(self, length_ms: int) -> "Timescale":
        """Return the scale moved into its bounds: from 0 to half a view after the end of a webinar of `length_ms`.

        These are the bounds of its two borders. After the longest possible webinar (`MAX_WEBINAR_MS`) only an eighth of
        a view is left.
        """
        max_origin_ms = max(min(length_ms + self.span_ms // 2, MAX_WEBINAR_MS + self.span_ms // 8) - self.span_ms, 0)
        return replace(self, origin_ms=min(max(self.origin_ms, 0), max_origin_ms))

    def fitted(self, from_ms: int, to_ms: int) -> "Timescale":
        """Return the scale zoomed so that a stretch fills the view, with `FIT_MARGIN_PX` free on its right.

        The stretch begins at the left border, and counts as at least a second.
        """
        span_us = max(to_ms - from_ms, SECOND) * 1000
        us_per_px = min(
            max(-(-span_us // (self.width - min(FIT_MARGIN_PX, self.width // 4))), MIN_US_PER_PX), MAX_US_PER_PX
        )
        return replace(self, us_per_px=us_per_px, origin_ms=from_ms)

    def paged_to(self, at_ms: int) -> "Timescale":
        """Return the scale moved so that a position lies a twentieth of the view from its left border.

        The scale itself is returned where the position is in view. Near the beginning the view starts at 0.
        """
        if self.origin_ms <= at_ms < self.end_ms:
            return self
        return replace(self, origin_ms=max(at_ms - self.span_ms // 20, 0))

    def scrolled_to(self, from_ms: int, to_ms: int) -> "Timescale":
        """Return the scale moved as little as possible so that a stretch (or at least its start) is visible.

        A twentieth of the view is left free beside the stretch. The scale itself is returned where the stretch is in
        view.
        """
        moved = self.with_origin(to_ms - self.span_ms + self.span_ms // 20) if to_ms > self.end_ms else self
        if from_ms < moved.origin_ms:
            moved = replace(moved, origin_ms=max(from_ms - self.span_ms // 20, 0))
        return moved

    # ------------------------------------------------------------------------------------------------ ticks

    def tick_step_ms(self, min_px: float = MIN_TICK_PX) -> int:
        """Return the smallest of `TICK_STEPS_MS` that is at least `min_px` pixels wide; the largest, where none is."""
        for step in TICK_STEPS_MS:
            if self.px_of(step) >= min_px:
                return step
        return TICK_STEPS_MS[-1]

    def label_step_ms(self, label_px: float) -> int:
        """Return the distance of two labels in milliseconds: a multiple of the tick step, as small as labels allow.

        It is one of `TICK_STEPS_MS`; the largest, where none is wide enough.

        Args:
            label_px: width in pixels of a label and the gap after it.
        """
        tick = self.tick_step_ms()
        for step in TICK_STEPS_MS:
            if step % tick == 0 and self.px_of(step) >= label_px:
                return step
        return TICK_STEPS_MS[-1]

    def make_ticks(self, label_px: float, offset_ms: int = 0) -> list[Tick]:
        """Return the visible ticks of the ruler in order, at least `MIN_TICK_PX` apart, none outside 0 to 24 hours.

        Args:
            label_px: width in pixels of a label and the gap after it.
            offset_ms: the ruler's reading at position 0; ticks lie at round readings. With a time of day of 19:12:30,
                the first minute's tick lies at 19:13:00.
        """
        step = self.tick_step_ms()
        label_step = self.label_step_ms(label_px)
        first = -(-(self.origin_ms + offset_ms) // step) * step - offset_ms
        if first < 0:
            first += -(first // step) * step
        return [
            Tick(at, (at + offset_ms) % label_step == 0)
            for at in range(first, min(self.end_ms, MAX_WEBINAR_MS) + 1, step)
        ]


def count_decimals(step_ms: int) -> int:
    """Return how many decimals of a second (0 to 3) labels need to show multiples of a step in milliseconds exactly."""
    if step_ms % SECOND == 0:
        return 0
    return 1 if step_ms % 100 == 0 else 2 if step_ms % 10 == 0 else 3
