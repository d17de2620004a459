"""Which gesture a press becomes, and what a click does: the mouse, without the mouse.

No Qt here. The widget hands on what its events say; the hand finds what lies under the pointer, waits 4 px, makes the
gesture, scrolls at the border, and on release asks `Doings` for what is to be done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, Protocol

from editor.schedule.model import AnySegment, Marker
from editor.schedule.operations import AnyOperation, Edge, Lock
from ui.timeline.dragging import MarkerGesture, MoveGesture, ResizeGesture
from ui.timeline.gestures import DRAG_PX, Gesture, Point, Preview, Situation, with_groups
from ui.timeline.layout import Hit, hit
from ui.timeline.looking import BandGesture, OverviewGesture, PanGesture, ScrubGesture
from ui.timeline.timescale import Timescale
from ui.timeline.view import View

Cursor = Literal["arrow", "edge", "grab"]
NOTHING = Preview()


class Doings(Protocol):
    """What the hand cannot do itself."""

    def situation(self) -> Situation:
        """What there is now."""

    def commit(self, op: AnyOperation, at: Point, preview: Preview) -> None:
        """Carry an operation out and show its preview until that is done; a refusal is said where the pointer is."""

    def select(self, ids: Iterable[str], primary: str | None = None) -> None:
        """Select exactly these."""

    def seek(self, at_ms: int) -> None:
        """Bring the playhead there."""

    def look(self, scale: Timescale) -> None:
        """Show another stretch."""


@dataclass(frozen=True, slots=True)
class _Press:
    at: Point
    begin: Callable[[], Gesture] | None
    click: Callable[[], None] | None


class Hand:
    """One hand: at most one gesture at a time."""

    def __init__(self, view: View, doings: Doings) -> None:
        self._view = view
        self._do = doings
        self._press: _Press | None = None
        self._gesture: Gesture | None = None
        self._at = Point(0, 0)
        self._from_x: float | None = None

    # -------------------------------------------------------------------------------------------- what is

    @property
    def gesture(self) -> Gesture | None:
        """The gesture under way."""
        return self._gesture

    @property
    def pressed(self) -> bool:
        """Whether a button is down that may become, or is, a gesture."""
        return self._press is not None

    @property
    def preview(self) -> Preview:
        """What the gesture under way shows."""
        return NOTHING if self._gesture is None else self._gesture.preview

    def cursor(self, x: float, y: float) -> Cursor:
        """What the pointer should look like."""
        if isinstance(self._gesture, PanGesture):
            return "grab"
        if isinstance(self._gesture, ResizeGesture):
            return "edge"
        return "arrow" if self.hit(x, y).edge is None else "edge"

    def hit(self, x: float, y: float) -> Hit:
        """What lies under a point."""
        situation = self._do.situation()
        found = hit(situation.webinar, self._view.layout, self._view.scale, x, y)
        return found if situation.editable else replace(found, edge=None, lock=False)

    # ------------------------------------------------------------------------------------------- the mouse

    def press(self, x: float, y: float, *, ctrl: bool = False, shift: bool = False, middle: bool = False) -> Hit:
        """A button went down."""
        self.escape()
        at = self._at = Point(x, y)
        situation = self._do.situation()
        found = self.hit(x, y)
        press_ms = self._view.scale.ms_at(x)
        begin: Callable[[], Gesture] | None = None
        click: Callable[[], None] | None = None
        if middle:
            begin = partial(PanGesture, press_ms, self._do.look)
        elif found.area == "minimap":
            overview = self._view.overview(situation.webinar.length_ms)
            begin = partial(OverviewGesture, overview.ms_at, at, self._view.scale, self._do.look)
        elif found.area == "header":
            if found.lock and found.lane is not None:
                op = Lock(lane=found.lane, locked=not situation.webinar.locked(found.lane))
                click = partial(self._do.commit, op, at, NOTHING)
        elif found.marker is not None:
            begin = partial(self._grab_marker, found.marker) if situation.editable else None
            click = partial(self._do.seek, found.marker.at_ms)
        elif found.area == "ruler":
            begin = partial(ScrubGesture, situation, self._do.seek)
        elif found.segment is not None:
            begin, click = self._on_segment(found, found.segment, press_ms, ctrl=ctrl, shift=shift)
        else:
            adds = ctrl or shift
            begin = partial(BandGesture, situation, self._view.layout, at, press_ms, adds=adds, select=self._do.select)
            click = None if adds else partial(self._do.select, ())
        self._press = _Press(at, begin, click)
        self._from_x = x
        if begin is not None and click is None and found.area in {"minimap", "ruler"} and not middle:
            # Where a click alone means something, a drag is more of the same: no need to wait for 4 px.
            self._start(begin, at)
        return found

    # What edits begins over the webinar as it is by then: it may have changed since the press.

    def _grab_marker(self, marker: Marker) -> Gesture:
        return MarkerGesture(self._do.situation(), marker)

    def _grab_edge(self, segment: AnySegment, edge: Edge, press_ms: int) -> Gesture:
        return ResizeGesture(self._do.situation(), segment, edge, press_ms)

    def _grab(self, segment: AnySegment, press_ms: int) -> Gesture:
        return MoveGesture(self._do.situation(), segment, press_ms)

    def _on_segment(
        self, found: Hit, segment: AnySegment, press_ms: int, *, ctrl: bool, shift: bool
    ) -> tuple[Callable[[], Gesture] | None, Callable[[], None] | None]:
        situation = self._do.situation()
        webinar, selected = situation.webinar, situation.selected
        whole = frozenset(each.id for each in with_groups(webinar, (segment.id,)))
        click: Callable[[], None] | None = None
        if shift:
            self._do.select(selected | self._reach(situation, segment) | whole, segment.id)
        elif segment.id not in selected:
            self._do.select((selected | whole) if ctrl else whole, segment.id)
        elif ctrl:
            click = partial(self._do.select, selected - whole)
        else:
            click = partial(self._do.select, whole, segment.id)
        if not situation.editable:
            return None, click
        if found.edge is not None and not ctrl and not shift:
            return partial(self._grab_edge, segment, found.edge, press_ms), click
        return partial(self._grab, segment, press_ms), click

    def _reach(self, situation: Situation, to: AnySegment) -> frozenset[str]:
        """What Shift+click takes in: from the selected segments to the one clicked, on the lanes they are on."""
        webinar = situation.webinar
        reach = set[str]()
        for lane in (webinar.programme, webinar.interactions):
            here = [index for index, each in enumerate(lane) if each.id in situation.selected]
            there = next((index for index, each in enumerate(lane) if each.id == to.id), None)
            if there is not None and here:
                reach |= {each.id for each in lane[min(here[0], there) : max(here[-1], there) + 1]}
        return frozenset(each.id for each in with_groups(webinar, reach))

    def move(self, x: float, y: float, *, alt: bool = False) -> None:
        """The pointer moved, with a button down or not."""
        self._at = at = Point(x, y, alt)
        press = self._press
        if press is None:
            return
        if self._gesture is None:
            far = max(abs(x - press.at.x), abs(y - press.at.y)) >= DRAG_PX
            if far and press.begin is not None:
                self._start(press.begin, at)
            return
        self._gesture.move(at, self._view.scale)

    def _start(self, begin: Callable[[], Gesture], at: Point) -> None:
        self._gesture = begin()
        self._gesture.move(at, self._view.scale)

    def release(self, x: float, y: float) -> None:
        """The button went up: a gesture is finished, a click does what a click does."""
        press, self._press = self._press, None
        if press is None:
            return
        if self._gesture is not None:
            self.keep(Point(x, y))
        elif press.click is not None:
            press.click()

    # ----------------------------------------------------------------------------------- any gesture's end

    def hold(self, gesture: Gesture, from_x: float | None = None) -> None:
        """Take up a gesture that no press began: a key's, or, with the pixel where it came in, a drop's."""
        self.escape()
        self._gesture = gesture
        self._from_x = from_x

    def carry(self, x: float, y: float, *, alt: bool = False) -> None:
        """What is held moves with the pointer, though no button of ours is down."""
        self._at = Point(x, y, alt)
        if self._gesture is not None:
            self._gesture.move(self._at, self._view.scale)

    def keep(self, at: Point) -> None:
        """Finish the gesture and commit what it gives."""
        gesture, self._gesture = self._gesture, None
        self._from_x = None
        if gesture is None:
            return
        op = gesture.finish()
        if op is not None:
            # What the preview was refused is asked for all the same: the refusal then comes from the document, and
            # with it the offer to unlock the lane.
            self._do.commit(op, at, gesture.preview)

    def escape(self) -> bool:
        """Give up what is under way; tells whether there was anything."""
        gesture, self._gesture = self._gesture, None
        pressed, self._press = self._press is not None, None
        self._from_x = None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None or pressed

    def rebase(self) -> None:
        """The webinar changed: a gesture goes on over the new one, or ends where what it held is gone."""
        if self._gesture is not None and not self._gesture.rebase(self._do.situation()):
            self.escape()

    # -------------------------------------------------------------------------------------- at the border

    @property
    def scrolls(self) -> bool:
        """Whether the view should scroll by itself now."""
        return self._speed() != 0

    def tick(self, elapsed_ms: int) -> None:
        """So much time passed: scroll, and let the gesture follow what moved beneath the pointer."""
        speed = self._speed()
        if speed and self._gesture is not None:
            self._do.look(self._view.scale.panned(speed * elapsed_ms / 1000))
            self._gesture.move(replace(self._at), self._view.scale)

    def _speed(self) -> float:
        if self._gesture is None or self._from_x is None or not self._gesture.scrolls:
            return 0.0
        return self._view.scroll_speed(self._at.x, self._from_x)
