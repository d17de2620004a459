"""What of the webinar is in view, and how that changes: zoom, pan, fit, following the playhead.

No Qt here. The view is the one truth that the timeline itself holds; everything else is the document's.
"""

from editor.schedule.model import MINUTE
from ui.timeline.geometry.layout import Layout
from ui.timeline.geometry.timescale import Timescale

AUTOSCROLL_EDGE_PX = 50
"""So near to its border the view scrolls by itself during a drag."""
MAX_SCROLL_PX_PER_S = 1_400
EMPTY_SPAN_MS = 10 * MINUTE
"""What an empty webinar shows."""
ZOOM_STEP = 1.25


class Viewport:
    """Scale and layout for a widget of some size. `length` of its methods is the webinar's, in milliseconds."""

    def __init__(self) -> None:
        self.layout = Layout.for_size(800, 300, header=120, line_px=16)
        self.scale = Timescale().with_size(self.layout.time_left, self.layout.time_width)
        self._is_fitted = True

    def resize(self, layout: Layout, length: int) -> None:
        """Lie in a widget of another size; what is fitted stays fitted."""
        self.layout = layout
        self.scale = self.scale.with_size(layout.time_left, layout.time_width)
        if self._is_fitted:
            self.fit(length)
        else:
            self.scale = self.scale.clamped(length)

    def fit(self, length: int) -> None:
        """The whole webinar; and so until somebody zooms."""
        self.scale = self.scale.fitted(0, length or EMPTY_SPAN_MS)
        self._is_fitted = True

    def update_length(self, length: int) -> None:
        """The webinar has another length. What was empty and fitted shows the first segments whole.

        What is fitted is so anew where its end comes near the border, so that there is always room to go on.
        """
        border_ms = self.scale.end_ms - self.scale.ms_of(AUTOSCROLL_EDGE_PX)
        if self._is_fitted and (length > border_ms or length * 8 < self.scale.span_ms):
            self.fit(length)

    def set_scale(self, scale: Timescale, length: int) -> bool:
        """Look elsewhere, within bounds; tells whether that is elsewhere."""
        scale = scale.clamped(length)
        if scale == self.scale:
            return False
        if scale.us_per_px != self.scale.us_per_px:
            self._is_fitted = False
        self.scale = scale
        return True

    def zoom(self, factor: float, x: float | None, length: int, playhead_ms: int) -> bool:
        """Zoom about a pixel; without one about the playhead if it is in view, else about the middle."""
        if x is None:
            x = self.scale.x_of(playhead_ms)
            if not self.layout.time_left <= x < self.layout.width:
                x = self.layout.time_left + self.layout.time_width / 2
        return self.set_scale(self.scale.zoomed(factor, x), length)

    def follow_playhead(self, before_ms: int, at_ms: int, length: int, *, is_seek: bool) -> bool:
        """Keep the playhead in view by pages.

        Who has scrolled elsewhere while it plays is left there, until the playhead is asked for.
        """
        if not is_seek and not self.scale.origin_ms <= before_ms <= self.scale.end_ms:
            return False
        return self.set_scale(self.scale.paged_to(at_ms), max(length, at_ms))

    def scroll_speed(self, x: float, press_x: float) -> float:
        """Pixels a second by which the view scrolls while the pointer is there; negative to the left.

        A drag that begins near the border and leads away from it does not scroll.
        """
        left, right = self.layout.time_left, self.layout.width
        if x < left + AUTOSCROLL_EDGE_PX and x <= press_x:
            return -MAX_SCROLL_PX_PER_S * min((left + AUTOSCROLL_EDGE_PX - x) / AUTOSCROLL_EDGE_PX, 1.0)
        if x > right - AUTOSCROLL_EDGE_PX and x >= press_x:
            return MAX_SCROLL_PX_PER_S * min((x - right + AUTOSCROLL_EDGE_PX) / AUTOSCROLL_EDGE_PX, 1.0)
        return 0.0

    # ---------------------------------------------------------------------------------------- the minimap

    def make_minimap_scale(self, length: int) -> Timescale:
        """How time lies on the minimap: the whole webinar in its width, whatever is in view."""
        width = max(self.layout.width - self.layout.header - 12, 1)
        us_per_px = max(-(-(length or EMPTY_SPAN_MS) * 1000 // width), 1)
        return Timescale(us_per_px, 0, self.layout.header + 4, width)
