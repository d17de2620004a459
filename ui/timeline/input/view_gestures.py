"""Gestures that edit nothing: rubber band selection, scrubbing on the ruler, panning, and dragging the minimap.

No Qt here.
"""

from collections.abc import Callable

from editor.schedule.lane_search import find_segments_between
from editor.schedule.model import LANES, MAX_WEBINAR_MS, AnySegment
from editor.schedule.operations import AnyOperation
from ui.timeline.geometry.layout import Layout
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.input.gestures import GestureContext, GesturePreview, Point, expand_groups


class _ViewGesture:
    """The common part of gestures that leave the webinar unchanged."""

    autoscrolls = False
    preview = GesturePreview()

    def finish(self) -> AnyOperation | None:
        """Return None: there is nothing to commit."""
        return None

    def cancel(self) -> None:
        """Do nothing: there is nothing to restore."""

    def rebase(self, _context: GestureContext) -> bool:
        """Continue, whatever has changed."""
        return True


class RubberBandGesture(_ViewGesture):
    """The gesture that selects the segments which a rectangle touches, with their groups, while it is being drawn.

    Args:
        context: the state of the editor.
        layout: the strips of the widget.
        press: the corner where the drag began, in pixels.
        press_ms: the position of that corner, in milliseconds.
        adds: whether the segments selected before stay selected.
        select: called with the ids to select.
    """

    autoscrolls = True

    def __init__(
        self,
        context: GestureContext,
        layout: Layout,
        press: Point,
        press_ms: int,
        *,
        adds: bool,
        select: Callable[[frozenset[str]], None],
    ) -> None:
        self._context = context
        self._layout = layout
        self._press = press
        self._press_ms = press_ms
        self._base_selection = context.selected if adds else frozenset[str]()
        self._initial_selection = context.selected
        self._select = select
        self.preview = GesturePreview()

    def move(self, point: Point, scale: Timescale) -> None:
        """Stretch the rectangle to the pointer; its other corner keeps its position when the view scrolls."""
        from_x = scale.x_of(self._press_ms)
        left, right = sorted((from_x, point.x))
        top, bottom = sorted((self._press.y, point.y))
        self.preview = GesturePreview(rubber_band=(left, top, right, bottom))
        from_ms, to_ms = scale.ms_at(left), scale.ms_at(right)
        touched: list[AnySegment] = []
        for lane in LANES:
            band = self._layout.clip_band(lane)
            if top < band.bottom and bottom >= band.top:
                touched.extend(find_segments_between(self._context.webinar.get_lane(lane), from_ms, to_ms))
        ids = frozenset(segment.id for segment in touched)
        if any(segment.group is not None for segment in touched):
            ids = frozenset(segment.id for segment in expand_groups(self._context.webinar, ids))
        self._select(self._base_selection | ids)

    def cancel(self) -> None:
        """Select again what was selected before the gesture."""
        self._select(self._initial_selection)

    def rebase(self, context: GestureContext) -> bool:
        """Continue over a webinar that was changed meanwhile; always return True."""
        self._context = context
        return True


class ScrubGesture(_ViewGesture):
    """The gesture that moves the playhead with the pointer along the ruler.

    Args:
        context: the state of the editor, whose playhead `cancel` restores.
        seek: called with each new position in milliseconds.
    """

    autoscrolls = True

    def __init__(self, context: GestureContext, seek: Callable[[int], None]) -> None:
        self._initial_ms = context.playhead_ms
        self._seek = seek
        self._last_ms: int | None = None

    def move(self, point: Point, scale: Timescale) -> None:
        """Move the playhead to the pointer, within 0 to 24 hours (`MAX_WEBINAR_MS`)."""
        at_ms = min(max(scale.ms_at(point.x), 0), MAX_WEBINAR_MS)
        if at_ms != self._last_ms:
            self._last_ms = at_ms
            self._seek(at_ms)

    def cancel(self) -> None:
        """Move the playhead back to where it was when the gesture began."""
        self._seek(self._initial_ms)


class PanGesture(_ViewGesture):
    """The gesture that drags the view: the position under the press stays under the pointer.

    Args:
        press_ms: the position of the press, in milliseconds.
        set_scale: called with the scale to show, which it moves into its bounds.
    """

    def __init__(self, press_ms: int, set_scale: Callable[[Timescale], None]) -> None:
        self._press_ms = press_ms
        self._set_scale = set_scale

    def move(self, point: Point, scale: Timescale) -> None:
        """Scroll so that the pressed position lies under the pointer."""
        self._set_scale(scale.with_origin(self._press_ms - scale.ms_of(point.x - scale.left)))


class MinimapGesture(_ViewGesture):
    """The gesture that drags the frame on the minimap, and the view with it.

    A press outside of the frame first centres it there.

    Args:
        ms_at: converts a pixel of the minimap to a position in milliseconds.
        press: where the drag began, in pixels.
        scale: the scale of the view at the press.
        set_scale: called with the scale to show, which it moves into its bounds.
    """

    def __init__(
        self,
        ms_at: Callable[[float], int],
        press: Point,
        scale: Timescale,
        set_scale: Callable[[Timescale], None],
    ) -> None:
        self._ms_at = ms_at
        self._set_scale = set_scale
        press_ms = ms_at(press.x)
        is_inside = scale.origin_ms <= press_ms < scale.end_ms
        self._grab_offset_ms = press_ms - scale.origin_ms if is_inside else scale.span_ms // 2

    def move(self, point: Point, scale: Timescale) -> None:
        """Scroll the view so that the frame keeps its place under the pointer."""
        self._set_scale(scale.with_origin(self._ms_at(point.x) - self._grab_offset_ms))
