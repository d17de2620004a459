"""Decides which gesture a press becomes and what a click does.

No Qt here. The widget passes on its mouse events. The controller finds what lies under the pointer, waits until the
pointer has moved by `DRAG_PX`, begins the gesture, scrolls at the border, and commits the result through `GestureHost`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, Protocol

from editor.schedule.model import AnySegment, Marker
from editor.schedule.operations import AnyOperation, Edge, Lock
from ui.timeline.geometry.layout import Hit, hit_test
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.geometry.viewport import Viewport
from ui.timeline.input.dragging import MarkerGesture, MoveGesture, ResizeGesture
from ui.timeline.input.gestures import DRAG_PX, Gesture, GestureContext, GesturePreview, Point, expand_groups
from ui.timeline.input.view_gestures import MinimapGesture, PanGesture, RubberBandGesture, ScrubGesture

Cursor = Literal["arrow", "edge", "grab"]
NO_PREVIEW = GesturePreview()


class GestureHost(Protocol):
    """The timeline widget as the mouse and keyboard controllers see it: the state they need, the actions they cause."""

    def make_gesture_context(self) -> GestureContext:
        """Return the state of the editor as it is now: webinar, selection, playhead and edit settings."""

    def commit(self, op: AnyOperation, point: Point, preview: GesturePreview) -> None:
        """Start an edit in the background, and show its preview until it is done or refused.

        Args:
            op: the edit.
            point: where a refusal is shown.
            preview: the preview of the gesture.
        """

    def select(self, ids: Iterable[str], primary: str | None = None) -> None:
        """Select the segments with these ids and no others.

        Args:
            ids: ids of the segments.
            primary: the one that commands on a single segment use; None makes a single segment primary, of several
                none.
        """

    def seek(self, at_ms: int) -> None:
        """Move the playhead to a position in milliseconds, as the user asks; the preview follows."""

    def set_scale(self, scale: Timescale) -> None:
        """Show another stretch of time, moved into the bounds of the webinar."""


@dataclass(frozen=True, slots=True)
class _Press:
    point: Point
    start_gesture: Callable[[], Gesture] | None
    click: Callable[[], None] | None


class MouseController:
    """The interpreter of the mouse on the timeline: it turns presses and moves into gestures, one at a time.

    The widget passes its mouse events on; all points are pixels from its top left corner.

    Args:
        viewport: the scale and layout of the widget.
        host: the widget.
    """

    def __init__(self, viewport: Viewport, host: GestureHost) -> None:
        self._viewport = viewport
        self._host = host
        self._press: _Press | None = None
        self._gesture: Gesture | None = None
        self._pointer = Point(0, 0)
        self._press_x: float | None = None

    # -------------------------------------------------------------------------------------------- state

    @property
    def gesture(self) -> Gesture | None:
        """The gesture in progress; None without one, and between a press and the 4 pixels that make it a drag."""
        return self._gesture

    @property
    def is_pressed(self) -> bool:
        """Whether a mouse button is down on the timeline, and its press was not cancelled."""
        return self._press is not None

    @property
    def preview(self) -> GesturePreview:
        """The preview of the gesture in progress; empty without one."""
        return NO_PREVIEW if self._gesture is None else self._gesture.preview

    def choose_cursor(self, x: float, y: float) -> Cursor:
        """Return the pointer's shape at a point: "grab" while panning, "edge" while resizing, else by what is there.

        During any other gesture too it is "edge" over an edge that can be grabbed, and "arrow" elsewhere.

        Args:
            x: of the point, in pixels from the left of the widget.
            y: of the point, in pixels from the top.
        """
        if isinstance(self._gesture, PanGesture):
            return "grab"
        if isinstance(self._gesture, ResizeGesture):
            return "edge"
        return "arrow" if self.hit_test(x, y).edge is None else "edge"

    def hit_test(self, x: float, y: float) -> Hit:
        """Return what lies under a point; a read-only webinar has no edges and locks to grab.

        Args:
            x: of the point, in pixels from the left of the widget.
            y: of the point, in pixels from the top.
        """
        context = self._host.make_gesture_context()
        found = hit_test(context.webinar, self._viewport.layout, self._viewport.scale, x, y)
        return found if context.editable else replace(found, edge=None, lock=False)

    # ------------------------------------------------------------------------------------------- the mouse

    def press(self, x: float, y: float, *, ctrl: bool = False, shift: bool = False, middle: bool = False) -> Hit:
        """Handle a mouse button that went down, and return what lies under it; a gesture in progress is cancelled.

        Args:
            x: of the pointer.
            y: of the pointer.
            ctrl: add to the selection, or remove from it.
            shift: select from the selection to the pressed segment.
            middle: the middle button, which pans.
        """
        self.cancel_gesture()
        point = self._pointer = Point(x, y)
        context = self._host.make_gesture_context()
        found = self.hit_test(x, y)
        press_ms = self._viewport.scale.ms_at(x)
        start_gesture: Callable[[], Gesture] | None = None
        click: Callable[[], None] | None = None
        if middle:
            start_gesture = partial(PanGesture, press_ms, self._host.set_scale)
        elif found.area == "minimap":
            minimap_scale = self._viewport.make_minimap_scale(context.webinar.length_ms)
            start_gesture = partial(
                MinimapGesture, minimap_scale.ms_at, point, self._viewport.scale, self._host.set_scale
            )
        elif found.area == "header":
            if found.lock and found.lane is not None:
                op = Lock(lane=found.lane, locked=not context.webinar.is_locked(found.lane))
                click = partial(self._host.commit, op, point, NO_PREVIEW)
        elif found.marker is not None:
            start_gesture = partial(self._grab_marker, found.marker) if context.editable else None
            click = partial(self._host.seek, found.marker.at_ms)
        elif found.area == "ruler":
            start_gesture = partial(ScrubGesture, context, self._host.seek)
        elif found.segment is not None:
            start_gesture, click = self._press_segment(found, found.segment, press_ms, ctrl=ctrl, shift=shift)
        else:
            adds_to_selection = ctrl or shift
            start_gesture = partial(
                RubberBandGesture,
                context,
                self._viewport.layout,
                point,
                press_ms,
                adds=adds_to_selection,
                select=self._host.select,
            )
            click = None if adds_to_selection else partial(self._host.select, ())
        self._press = _Press(point, start_gesture, click)
        self._press_x = x
        if start_gesture is not None and click is None and found.area in {"minimap", "ruler"} and not middle:
            # A click here does what a drag does, so the gesture begins at once.
            self._start_gesture(start_gesture, point)
        return found

    # Gestures that edit begin with the current webinar: it may have changed since the press.

    def _grab_marker(self, marker: Marker) -> Gesture:
        return MarkerGesture(self._host.make_gesture_context(), marker)

    def _grab_edge(self, segment: AnySegment, edge: Edge, press_ms: int) -> Gesture:
        return ResizeGesture(self._host.make_gesture_context(), segment, edge, press_ms)

    def _grab_segment(self, segment: AnySegment, press_ms: int) -> Gesture:
        return MoveGesture(self._host.make_gesture_context(), segment, press_ms)

    def _press_segment(
        self, found: Hit, segment: AnySegment, press_ms: int, *, ctrl: bool, shift: bool
    ) -> tuple[Callable[[], Gesture] | None, Callable[[], None] | None]:
        context = self._host.make_gesture_context()
        webinar, selected = context.webinar, context.selected
        group_ids = frozenset(each.id for each in expand_groups(webinar, (segment.id,)))
        click: Callable[[], None] | None = None
        if shift:
            self._host.select(selected | self._find_range(context, segment) | group_ids, segment.id)
        elif segment.id not in selected:
            self._host.select((selected | group_ids) if ctrl else group_ids, segment.id)
        elif ctrl:
            click = partial(self._host.select, selected - group_ids)
        else:
            click = partial(self._host.select, group_ids, segment.id)
        if not context.editable:
            return None, click
        if found.edge is not None and not ctrl and not shift:
            return partial(self._grab_edge, segment, found.edge, press_ms), click
        return partial(self._grab_segment, segment, press_ms), click

    def _find_range(self, context: GestureContext, clicked: AnySegment) -> frozenset[str]:
        """Return the ids that Shift+click selects: from the selected segments of the lane to the clicked one."""
        webinar = context.webinar
        range_ids = set[str]()
        for lane in (webinar.programme, webinar.interactions):
            selected_indices = [index for index, each in enumerate(lane) if each.id in context.selected]
            clicked_index = next((index for index, each in enumerate(lane) if each.id == clicked.id), None)
            if clicked_index is not None and selected_indices:
                range_ids |= {
                    each.id
                    for each in lane[
                        min(selected_indices[0], clicked_index) : max(selected_indices[-1], clicked_index) + 1
                    ]
                }
        return frozenset(each.id for each in expand_groups(webinar, range_ids))

    def move(self, x: float, y: float, *, alt: bool = False) -> None:
        """Handle a move of the pointer: with a button down, continue the gesture, or begin it `DRAG_PX` from the press.

        Without a button down nothing happens.

        Args:
            x: of the pointer.
            y: of the pointer.
            alt: whether snapping is suspended.
        """
        self._pointer = point = Point(x, y, alt)
        press = self._press
        if press is None:
            return
        if self._gesture is None:
            is_drag = max(abs(x - press.point.x), abs(y - press.point.y)) >= DRAG_PX
            if is_drag and press.start_gesture is not None:
                self._start_gesture(press.start_gesture, point)
            return
        self._gesture.move(point, self._viewport.scale)

    def _start_gesture(self, start_gesture: Callable[[], Gesture], point: Point) -> None:
        self._gesture = start_gesture()
        self._gesture.move(point, self._viewport.scale)

    def release(self, x: float, y: float) -> None:
        """Handle the release of the button: commit the gesture, or carry out the click if no drag began.

        Nothing happens if the press was cancelled.
        """
        press, self._press = self._press, None
        if press is None:
            return
        if self._gesture is not None:
            self.commit_gesture(Point(x, y))
        elif press.click is not None:
            press.click()

    # ----------------------------------------------------------------------------------- any gesture

    def begin_gesture(self, gesture: Gesture, press_x: float | None = None) -> None:
        """Begin a gesture without a press: one of the keyboard, or a drop.

        Args:
            gesture: replaces the gesture in progress.
            press_x: the pixel where a drop entered; None if the view must not scroll at the border.
        """
        self.cancel_gesture()
        self._gesture = gesture
        self._press_x = press_x

    def move_gesture(self, x: float, y: float, *, alt: bool = False) -> None:
        """Move a gesture that began without a press (`begin_gesture`); nothing if it has ended.

        Args:
            x: of the pointer.
            y: of the pointer.
            alt: whether snapping is suspended.
        """
        self._pointer = Point(x, y, alt)
        if self._gesture is not None:
            self._gesture.move(self._pointer, self._viewport.scale)

    def commit_gesture(self, point: Point) -> None:
        """End the gesture in progress and commit its operation, if it has one; nothing without a gesture.

        A previewed refusal is committed too, so that the document refuses it and the user can unlock the lane.

        Args:
            point: where a refusal is shown.
        """
        gesture, self._gesture = self._gesture, None
        self._press_x = None
        if gesture is None:
            return
        op = gesture.finish()
        if op is not None:
            # An operation that the preview was refused is committed all the same: the document then refuses it, and
            # its refusal comes with the offer to unlock the lane.
            self._host.commit(op, point, gesture.preview)

    def cancel_gesture(self) -> bool:
        """Cancel the press or gesture in progress; return whether there was one.

        Its preview is dropped, and a selection by rectangle or a moved playhead restored; what the press selected, and
        a moved view, stay.
        """
        gesture, self._gesture = self._gesture, None
        was_pressed, self._press = self._press is not None, None
        self._press_x = None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None or was_pressed

    def rebase(self) -> None:
        """Continue the gesture after the document has changed; cancel it if the dragged object is gone."""
        if self._gesture is not None and not self._gesture.rebase(self._host.make_gesture_context()):
            self.cancel_gesture()

    # -------------------------------------------------------------------------------------- at the border

    @property
    def autoscrolls(self) -> bool:
        """Whether `tick` would scroll now: a gesture that scrolls is in progress, with the pointer near the border."""
        return self._scroll_speed() != 0

    def tick(self, elapsed_ms: int) -> None:
        """Scroll at the border by the time in ms that has passed, and move the gesture along; else do nothing."""
        speed = self._scroll_speed()
        if speed and self._gesture is not None:
            self._host.set_scale(self._viewport.scale.panned(speed * elapsed_ms / 1000))
            self._gesture.move(replace(self._pointer), self._viewport.scale)

    def _scroll_speed(self) -> float:
        if self._gesture is None or self._press_x is None or not self._gesture.autoscrolls:
            return 0.0
        return self._viewport.scroll_speed(self._pointer.x, self._press_x)
