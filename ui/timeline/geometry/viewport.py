"""The visible stretch of the webinar, and how it changes: zoom, pan, fit, following the playhead.

No Qt here. The viewport is the only state that the timeline itself holds; everything else is the document's.
"""

from editor.schedule.model import MINUTE
from ui.timeline.geometry.layout import Layout
from ui.timeline.geometry.timescale import Timescale

AUTOSCROLL_EDGE_PX = 50
"""Distance from the border within which the view scrolls by itself during a drag."""
MAX_SCROLL_PX_PER_S = 1_400
EMPTY_SPAN_MS = 10 * MINUTE
"""The stretch that an empty webinar shows."""
ZOOM_STEP = 1.25


class Viewport:
    """The scale and the layout of a timeline widget; both attributes are replaced whenever the view changes.

    Before the first `resize` they are those of an empty widget of 800 × 300 pixels. `length` of the methods is the
    webinar's length in milliseconds, 0 for an empty one, which shows `EMPTY_SPAN_MS`.
    """

    def __init__(self) -> None:
        self.layout = Layout.for_size(800, 300, header=120, line_px=16)
        self.scale = Timescale().with_size(self.layout.time_left, self.layout.time_width)
        self._is_fitted = True

    def resize(self, layout: Layout, length: int) -> None:
        """Use the layout of another size of the widget; a fitted webinar stays fitted.

        Args:
            layout: the new layout.
            length: the webinar's length in milliseconds.
        """
        self.layout = layout
        self.scale = self.scale.with_size(layout.time_left, layout.time_width)
        if self._is_fitted:
            self.fit(length)
        else:
            self.scale = self.scale.clamped(length)

    def fit(self, length: int) -> None:
        """Show the whole webinar from 0 on, and keep it whole, also at another size, until the user zooms."""
        self.scale = self.scale.fitted(0, length or EMPTY_SPAN_MS)
        self._is_fitted = True

    def update_length(self, length: int) -> None:
        """Fit again if a fitted webinar has grown to near the border or shrunk to an eighth of the view.

        Call it after each edit; it does nothing once the user has zoomed. Because a fitted view leaves a margin, there
        is always space after the last segment to go on.
        """
        border_ms = self.scale.end_ms - self.scale.ms_of(AUTOSCROLL_EDGE_PX)
        if self._is_fitted and (length > border_ms or length * 8 < self.scale.span_ms):
            self.fit(length)

    def set_scale(self, scale: Timescale, length: int) -> bool:
        """Show another stretch, moved into the bounds; return whether that changed anything.

        A changed zoom ends the fitting.

        Args:
            scale: the stretch to show.
            length: the webinar's length in milliseconds.
        """
        scale = scale.clamped(length)
        if scale == self.scale:
            return False
        if scale.us_per_px != self.scale.us_per_px:
            self._is_fitted = False
        self.scale = scale
        return True

    def zoom(self, factor: float, x: float | None, length: int, playhead_ms: int) -> bool:
        """Zoom in or out about a pixel, and move the view into its bounds.

        Args:
            factor: above 1 to zoom in, below 1 to zoom out.
            x: the pixel that keeps its position; None for the playhead if it is visible, else the middle.
            length: the webinar's length in milliseconds.
            playhead_ms: the playhead's position.

        Returns:
            Whether the view changed.
        """
        if x is None:
            x = self.scale.x_of(playhead_ms)
            if not self.layout.time_left <= x < self.layout.width:
                x = self.layout.time_left + self.layout.time_width / 2
        return self.set_scale(self.scale.zoomed(factor, x), length)

    def follow_playhead(self, before_ms: int, at_ms: int, length: int, *, is_seek: bool) -> bool:
        """Turn pages so that the playhead stays visible; return whether the view changed.

        If the user has scrolled away during playback, the view stays there until the next seek.

        Args:
            before_ms: the playhead's position at the last paint.
            at_ms: its position now.
            length: the webinar's length in milliseconds.
            is_seek: whether the user moved the playhead; otherwise it moved by playing.
        """
        if not is_seek and not self.scale.origin_ms <= before_ms <= self.scale.end_ms:
            return False
        return self.set_scale(self.scale.paged_to(at_ms), max(length, at_ms))

    def scroll_speed(self, x: float, press_x: float) -> float:
        """Return how fast the view scrolls with the pointer at `x`, in pixels per second; negative to the left.

        It is 0 farther than `AUTOSCROLL_EDGE_PX` from both borders, and grows to `MAX_SCROLL_PX_PER_S` at a border. A
        drag that began near the border (at `press_x`) and leads away from it does not scroll. Both are pixels of the
        widget.
        """
        left, right = self.layout.time_left, self.layout.width
        if x < left + AUTOSCROLL_EDGE_PX and x <= press_x:
            return -MAX_SCROLL_PX_PER_S * min((left + AUTOSCROLL_EDGE_PX - x) / AUTOSCROLL_EDGE_PX, 1.0)
        if x > right - AUTOSCROLL_EDGE_PX and x >= press_x:
            return MAX_SCROLL_PX_PER_S * min((x - right + AUTOSCROLL_EDGE_PX) / AUTOSCROLL_EDGE_PX, 1.0)
        return 0.0

    # ---------------------------------------------------------------------------------------- the minimap

    def make_minimap_scale(self, length: int) -> Timescale:
        """Return the scale of the minimap, which shows the whole webinar whatever the view shows."""
        width = max(self.layout.width - self.layout.header - 12, 1)
        us_per_px = max(-(-(length or EMPTY_SPAN_MS) * 1000 // width), 1)
        return Timescale(us_per_px, 0, self.layout.header + 4, width)
