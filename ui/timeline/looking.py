"""Gestures that edit nothing: the rubber band, the playhead along the ruler, the view and the minimap dragged.

No Qt here.
"""

from collections.abc import Callable

from editor.schedule.model import LANES, LONGEST_MS, AnySegment
from editor.schedule.operations import AnyOperation
from ui.timeline.gestures import Point, Preview, Situation, with_groups
from ui.timeline.layout import Layout, between
from ui.timeline.timescale import Timescale


class _Harmless:
    """What gestures share that look or select and leave the webinar alone."""

    scrolls = False
    preview = Preview()

    def finish(self) -> AnyOperation | None:
        """There is nothing to commit."""
        return None

    def cancel(self) -> None:
        """There is nothing to give up."""

    def rebase(self, _situation: Situation) -> bool:
        """Whatever the webinar is."""
        return True


class BandGesture(_Harmless):
    """A rubber band over empty ground selects what it touches, as it goes."""

    scrolls = True

    def __init__(
        self,
        situation: Situation,
        layout: Layout,
        press: Point,
        press_ms: int,
        *,
        adds: bool,
        select: Callable[[frozenset[str]], None],
    ) -> None:
        self._situation = situation
        self._layout = layout
        self._press = press
        self._press_ms = press_ms
        self._kept = situation.selected if adds else frozenset[str]()
        self._before = situation.selected
        self._select = select
        self.preview = Preview()

    def move(self, to: Point, scale: Timescale) -> None:
        """Stretch to the pointer; the other corner stays where it was in the webinar, however the view scrolls."""
        from_x = scale.x_of(self._press_ms)
        left, right = sorted((from_x, to.x))
        top, bottom = sorted((self._press.y, to.y))
        self.preview = Preview(band=(left, top, right, bottom))
        from_ms, to_ms = scale.ms_at(left), scale.ms_at(right)
        touched: list[AnySegment] = []
        for lane in LANES:
            block = self._layout.block(lane)
            if top < block.bottom and bottom >= block.top:
                touched.extend(between(self._situation.webinar.lane(lane), from_ms, to_ms))
        ids = frozenset(segment.id for segment in touched)
        if any(segment.group is not None for segment in touched):
            ids = frozenset(segment.id for segment in with_groups(self._situation.webinar, ids))
        self._select(self._kept | ids)

    def cancel(self) -> None:
        """What was selected before is selected again."""
        self._select(self._before)

    def rebase(self, situation: Situation) -> bool:
        """Go on over the new webinar."""
        self._situation = situation
        return True


class ScrubGesture(_Harmless):
    """The playhead follows the pointer along the ruler."""

    scrolls = True

    def __init__(self, situation: Situation, seek: Callable[[int], None]) -> None:
        self._before = situation.playhead_ms
        self._seek = seek
        self._at: int | None = None

    def move(self, to: Point, scale: Timescale) -> None:
        """Go where the pointer is."""
        at_ms = min(max(scale.ms_at(to.x), 0), LONGEST_MS)
        if at_ms != self._at:
            self._at = at_ms
            self._seek(at_ms)

    def cancel(self) -> None:
        """Back to where the playhead stood."""
        self._seek(self._before)


class PanGesture(_Harmless):
    """The view dragged by the middle button: what was pressed stays under the pointer."""

    def __init__(self, press_ms: int, look: Callable[[Timescale], None]) -> None:
        self._press_ms = press_ms
        self._look = look

    def move(self, to: Point, scale: Timescale) -> None:
        """Bring what was pressed back under the pointer."""
        self._look(scale.at(self._press_ms - scale.ms_of(to.x - scale.left)))


class OverviewGesture(_Harmless):
    """The frame on the minimap dragged: the view goes along, held where it was taken."""

    def __init__(
        self,
        ms_at: Callable[[float], int],
        press: Point,
        scale: Timescale,
        look: Callable[[Timescale], None],
    ) -> None:
        self._ms_at = ms_at
        self._look = look
        pressed = ms_at(press.x)
        inside = scale.origin_ms <= pressed < scale.end_ms
        # Outside of the frame a press brings its middle there.
        self._held_ms = pressed - scale.origin_ms if inside else scale.span_ms // 2

    def move(self, to: Point, scale: Timescale) -> None:
        """Follow the pointer."""
        self._look(scale.at(self._ms_at(to.x) - self._held_ms))
