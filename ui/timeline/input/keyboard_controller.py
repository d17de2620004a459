"""Keyboard operation of the timeline.

No Qt here. Tab goes to the ruler, then to each lane. On the ruler ← and → move the playhead by 100 ms, with Shift by
1 s. On a lane they go from segment to segment; with Shift they add the next one to the selection. Enter holds the end
of the segment; pressed again before anything has moved, its start, then the whole segment, then nothing. ← and → move
the held part by the same steps; Enter keeps the result and Esc drops it.
"""

from typing import Literal

from editor.schedule.lane_search import find_segment_at
from editor.schedule.model import SECOND, AnySegment, Lane
from editor.schedule.operations import Edge
from ui.timeline.geometry.viewport import Viewport
from ui.timeline.input.dragging import MoveGesture, ResizeGesture
from ui.timeline.input.gestures import GestureContext, Point, expand_groups
from ui.timeline.input.mouse_controller import GestureHost, MouseController

FocusZone = Literal["ruler", "programme", "interactions"]
HeldPart = Literal["end", "start", "whole"]
KeyName = Literal["left", "right", "page_up", "page_down", "enter", "escape"]
FOCUS_ZONES: tuple[FocusZone, ...] = ("ruler", "programme", "interactions")
HELD_PARTS: tuple[HeldPart, ...] = ("end", "start", "whole")
STEP_MS = 100
"""The step of an arrow key in milliseconds."""
LONG_STEP_MS = SECOND
"""The step of an arrow key with Shift."""
PAGE_STEP_MS = 10 * SECOND
"""The step of Page Up and Page Down."""


class KeyboardController:
    """The handler of the timeline's keys; it knows what has the focus and which part of a segment the keys hold.

    `zone` is the part with the focus: the ruler or a lane. A held part is a gesture of the mouse controller, which
    shows its preview.

    Args:
        viewport: the scale and layout of the widget.
        mouse: carries the gestures.
        host: the widget.
    """

    def __init__(self, viewport: Viewport, mouse: MouseController, host: GestureHost) -> None:
        self._viewport = viewport
        self._mouse = mouse
        self._host = host
        self.zone: FocusZone = "programme"
        self._current_ids: dict[Lane, str] = {}
        self._held_part: HeldPart | None = None
        self._delta_ms = 0

    # -------------------------------------------------------------------------------------------- focus

    @property
    def held_part(self) -> HeldPart | None:
        """The part of the current segment that Enter holds; None if it holds nothing."""
        return self._held_part

    def find_current_segment(self, lane: Lane | None = None) -> AnySegment | None:
        """Return the segment with the focus on a lane; None if the lane is empty, or if the ruler has the focus.

        Before a segment has had the focus, it is the one at the playhead, the next one, or the last one.

        Args:
            lane: the lane; None for the lane with the focus.
        """
        if lane is None:
            if self.zone == "ruler":
                return None
            lane = self.zone
        context = self._host.make_gesture_context()
        segments = context.webinar.get_lane(lane)
        remembered = next((each for each in segments if each.id == self._current_ids.get(lane)), None)
        if remembered is not None or not segments:
            return remembered
        at_playhead = find_segment_at(segments, context.playhead_ms)
        if at_playhead is not None:
            return at_playhead
        return next((each for each in segments if each.start_ms >= context.playhead_ms), segments[-1])

    def move_focus(self, zone: FocusZone, segment: AnySegment | None = None) -> None:
        """Move the focus to a zone, dropping what is held; the zone's segment stays the same if `segment` is None."""
        self.drop_held()
        self.zone = zone
        if segment is not None and zone != "ruler":
            self._current_ids[zone] = segment.id

    def focus_next(self, *, forward: bool) -> bool:
        """Move the focus to the next zone (ruler, programme, interactions), or to the previous one.

        Release what is held.

        Args:
            forward: whether to go to the next zone.

        Returns:
            False if there is no zone that way, so that the focus leaves the timeline.
        """
        self.drop_held()
        index = FOCUS_ZONES.index(self.zone) + (1 if forward else -1)
        if not 0 <= index < len(FOCUS_ZONES):
            return False
        self.zone = FOCUS_ZONES[index]
        return True

    def receive_focus(self, *, forward: bool) -> None:
        """Take the focus from another widget: in the first zone, or in the last if it came backwards."""
        self.zone = FOCUS_ZONES[0] if forward else FOCUS_ZONES[-1]

    # --------------------------------------------------------------------------------------------- keys

    def press(self, key: KeyName, *, shift: bool = False) -> bool:
        """Handle a key; return False if it has no meaning now, so that others may use it.

        On the ruler, and while a part of a segment is held, arrow keys step by 100 ms, with Shift by 1 s, and page keys
        by 10 s. On a lane, arrow keys go to the next or previous segment. Esc drops what is held, or cancels a gesture
        of the mouse; other keys have no meaning while a button is down.

        Args:
            key: the key.
            shift: makes longer steps; on a lane, adds the next segment to the selection.
        """
        if key == "escape":
            return self.drop_held() or self._mouse.cancel_gesture()
        if self._mouse.is_pressed:
            return False
        if key == "enter":
            return self._press_enter()
        sign = -1 if key in {"left", "page_up"} else 1
        step = PAGE_STEP_MS if key in {"page_up", "page_down"} else LONG_STEP_MS if shift else STEP_MS
        if self._held_part is not None:
            self._nudge(sign * step)
            return True
        if self.zone == "ruler":
            self._host.seek(max(self._host.make_gesture_context().playhead_ms + sign * step, 0))
            return True
        return key in {"left", "right"} and self._select_neighbour(self.zone, sign, extend=shift)

    def drop_held(self) -> bool:
        """Release the held part, which stays as it was before it was held; return whether anything was held."""
        held_part, self._held_part = self._held_part, None
        return held_part is not None and self._mouse.cancel_gesture()

    def _select_neighbour(self, lane: Lane, sign: int, *, extend: bool) -> bool:
        context = self._host.make_gesture_context()
        segments = context.webinar.get_lane(lane)
        current = self.find_current_segment(lane)
        if current is None:
            return True
        index = segments.index(current)
        # The first arrow after Tab selects the segment that the focus ring is already on.
        if current.id in context.selected:
            index = min(max(index + sign, 0), len(segments) - 1)
        self.select_segment(lane, segments[index], extend=extend)
        return True

    def select_segment(self, lane: Lane, segment: AnySegment, *, extend: bool = False) -> None:
        """Move the focus to a segment, select it with its group, and scroll it into view.

        Args:
            lane: the lane of the segment.
            segment: the segment.
            extend: whether to keep the selected segments selected.
        """
        self.move_focus(lane, segment)
        context = self._host.make_gesture_context()
        group_ids = frozenset(each.id for each in expand_groups(context.webinar, (segment.id,)))
        self._host.select(context.selected | group_ids if extend else group_ids, segment.id)
        self._host.set_scale(self._viewport.scale.scrolled_to(segment.start_ms, segment.end_ms))

    def _press_enter(self) -> bool:
        segment = self.find_current_segment()
        if segment is None or self.zone == "ruler" or not self._host.make_gesture_context().editable:
            return False
        if self._held_part is not None and self._delta_ms:
            self._held_part = None
            self._mouse.commit_gesture(self._make_point(segment.end_ms))
            return True
        next_index = 0 if self._held_part is None else HELD_PARTS.index(self._held_part) + 1
        self.drop_held()
        if next_index < len(HELD_PARTS):
            self._grab(segment, HELD_PARTS[next_index])
        return True

    def _grab(self, segment: AnySegment, held_part: HeldPart) -> None:
        if segment.id not in self._host.make_gesture_context().selected:
            self.select_segment(self.zone, segment)  # type: ignore[arg-type]  # a segment has a lane
        context = self._host.make_gesture_context()
        self._held_part, self._delta_ms = held_part, 0
        self._mouse.begin_gesture(_make_gesture(context, segment, held_part))
        self._preview_delta(0)

    def _nudge(self, by_ms: int) -> None:
        self._preview_delta(self._delta_ms + by_ms)

    def _preview_delta(self, delta_ms: int) -> None:
        gesture = self._mouse.gesture
        if not isinstance(gesture, MoveGesture | ResizeGesture):
            self._held_part = None
            return
        segment = self.find_current_segment()
        assert segment is not None
        edge_ms = segment.start_ms if self._held_part in {"start", "whole"} else segment.end_ms
        gesture.preview_delta(delta_ms, self._make_point(edge_ms + delta_ms))
        tooltip = gesture.preview.tooltip
        assert tooltip is not None
        if isinstance(gesture, MoveGesture):
            # A refused position must not stop the segment: further arrows move it past the obstacle.
            self._delta_ms = gesture.clamp_delta(delta_ms)
        else:
            # An edge that has stopped must move back at the next arrow, so only what it really moved counts.
            length_change_ms = tooltip.difference_ms or 0
            self._delta_ms = length_change_ms if self._held_part == "end" else -length_change_ms
        held_edge_ms = edge_ms + self._delta_ms
        self._host.set_scale(self._viewport.scale.scrolled_to(held_edge_ms, held_edge_ms))

    def _make_point(self, at_ms: int) -> Point:
        zone: Lane = "interactions" if self.zone == "interactions" else "programme"
        return Point(self._viewport.scale.x_of(at_ms), self._viewport.layout.clip_band(zone).top)


def _make_gesture(context: GestureContext, segment: AnySegment, held_part: HeldPart) -> MoveGesture | ResizeGesture:
    if held_part == "whole":
        return MoveGesture(context, segment, segment.start_ms)
    edge: Edge = held_part
    return ResizeGesture(context, segment, edge, 0)
