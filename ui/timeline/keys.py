"""The timeline without a mouse.

No Qt here. Tab goes to the ruler, then to each lane. On the ruler ← and → move the playhead by 100 ms, with Shift by
1 s. On a lane they go from segment to segment; with Shift they take the next one into the selection. Enter takes hold:
of the end edge first, and pressed again before anything has moved, of the start edge, then of the whole segment, then
of nothing. ← and → move what is held, by the same steps; Enter keeps it and Esc drops it.
"""

from typing import Literal

from editor.schedule.model import SECOND, AnySegment, Lane
from editor.schedule.operations import Edge
from ui.timeline.dragging import MoveGesture, ResizeGesture
from ui.timeline.gestures import Point, Situation, with_groups
from ui.timeline.hand import Doings, Hand
from ui.timeline.layout import segment_at
from ui.timeline.view import View

Zone = Literal["ruler", "programme", "interactions"]
Held = Literal["end", "start", "whole"]
Key = Literal["left", "right", "page_up", "page_down", "enter", "escape"]
ZONES: tuple[Zone, ...] = ("ruler", "programme", "interactions")
HOLDS: tuple[Held, ...] = ("end", "start", "whole")
STEP_MS = 100


class Keys:
    """Where the keyboard is in the timeline, and what it holds."""

    def __init__(self, view: View, hand: Hand, doings: Doings) -> None:
        self._view = view
        self._hand = hand
        self._do = doings
        self.zone: Zone = "programme"
        self._at: dict[Lane, str] = {}
        self._held: Held | None = None
        self._delta_ms = 0

    # -------------------------------------------------------------------------------------------- where

    @property
    def held(self) -> Held | None:
        """What Enter took hold of."""
        return self._held

    def current(self, lane: Lane | None = None) -> AnySegment | None:
        """The segment the keyboard is at, on its own lane or another: the last one, or what lies at the playhead, or
        the one after it.
        """
        if lane is None:
            if self.zone == "ruler":
                return None
            lane = self.zone
        situation = self._do.situation()
        segments = situation.webinar.lane(lane)
        known = next((each for each in segments if each.id == self._at.get(lane)), None)
        if known is not None or not segments:
            return known
        under = segment_at(segments, situation.playhead_ms)
        if under is not None:
            return under
        return next((each for each in segments if each.start_ms >= situation.playhead_ms), segments[-1])

    def go(self, zone: Zone, segment: AnySegment | None = None) -> None:
        """The mouse, or a screen reader, is there now."""
        self.let_go()
        self.zone = zone
        if segment is not None and zone != "ruler":
            self._at[zone] = segment.id

    def tab(self, *, forward: bool) -> bool:
        """To the next part; False where there is none, and the focus leaves the timeline."""
        self.let_go()
        index = ZONES.index(self.zone) + (1 if forward else -1)
        if not 0 <= index < len(ZONES):
            return False
        self.zone = ZONES[index]
        return True

    def entered(self, *, forward: bool) -> None:
        """The focus came by Tab: to the first part, or backwards to the last."""
        self.zone = ZONES[0] if forward else ZONES[-1]

    # --------------------------------------------------------------------------------------------- keys

    def press(self, key: Key, *, shift: bool = False) -> bool:
        """A key; False where it means nothing here."""
        if key == "escape":
            return self.let_go() or self._hand.escape()
        if self._hand.pressed:
            return False
        if key == "enter":
            return self._enter()
        sign = -1 if key in {"left", "page_up"} else 1
        step = 10 * SECOND if key in {"page_up", "page_down"} else SECOND if shift else STEP_MS
        if self._held is not None:
            self._nudge(sign * step)
            return True
        if self.zone == "ruler":
            self._do.seek(max(self._do.situation().playhead_ms + sign * step, 0))
            return True
        return key in {"left", "right"} and self._walk(self.zone, sign, extend=shift)

    def let_go(self) -> bool:
        """Drop what is held, unmoved; tells whether there was anything."""
        held, self._held = self._held, None
        return held is not None and self._hand.escape()

    def _walk(self, lane: Lane, sign: int, *, extend: bool) -> bool:
        situation = self._do.situation()
        segments = situation.webinar.lane(lane)
        current = self.current(lane)
        if current is None:
            return True
        index = segments.index(current)
        # The first arrow after Tab selects where the ring stands already.
        if current.id in situation.selected:
            index = min(max(index + sign, 0), len(segments) - 1)
        self.choose(lane, segments[index], extend=extend)
        return True

    def choose(self, lane: Lane, segment: AnySegment, *, extend: bool = False) -> None:
        """Go to a segment, select it (and its group) and bring it into view."""
        self.go(lane, segment)
        situation = self._do.situation()
        whole = frozenset(each.id for each in with_groups(situation.webinar, (segment.id,)))
        self._do.select(situation.selected | whole if extend else whole, segment.id)
        self._do.look(self._view.scale.showing_span(segment.start_ms, segment.end_ms))

    def _enter(self) -> bool:
        segment = self.current()
        if segment is None or self.zone == "ruler" or not self._do.situation().editable:
            return False
        if self._held is not None and self._delta_ms:
            self._held = None
            self._hand.keep(self._point(segment.end_ms))
            return True
        following = 0 if self._held is None else HOLDS.index(self._held) + 1
        self.let_go()
        if following < len(HOLDS):
            self._take(segment, HOLDS[following])
        return True

    def _take(self, segment: AnySegment, held: Held) -> None:
        if segment.id not in self._do.situation().selected:
            self.choose(self.zone, segment)  # type: ignore[arg-type]  # a segment has a lane
        situation = self._do.situation()
        self._held, self._delta_ms = held, 0
        self._hand.hold(_gesture(situation, segment, held))
        self._show(0)

    def _nudge(self, by_ms: int) -> None:
        self._show(self._delta_ms + by_ms)

    def _show(self, delta_ms: int) -> None:
        gesture = self._hand.gesture
        if not isinstance(gesture, MoveGesture | ResizeGesture):
            self._held = None
            return
        segment = self.current()
        assert segment is not None
        edge_ms = segment.start_ms if self._held in {"start", "whole"} else segment.end_ms
        gesture.to(delta_ms, self._point(edge_ms + delta_ms))
        bubble = gesture.preview.bubble
        assert bubble is not None
        if isinstance(gesture, MoveGesture):
            # What is refused on the way must not hold it back: further arrows bring it past what is there.
            self._delta_ms = gesture.within(delta_ms)
        else:
            # Where an edge stops, the next arrow back must move it at once. The bubble tells how much longer it became.
            longer = bubble.difference_ms or 0
            self._delta_ms = longer if self._held == "end" else -longer
        held_ms = edge_ms + self._delta_ms
        self._do.look(self._view.scale.showing_span(held_ms, held_ms))

    def _point(self, at_ms: int) -> Point:
        zone: Lane = "interactions" if self.zone == "interactions" else "programme"
        return Point(self._view.scale.x_of(at_ms), self._view.layout.block(zone).top)


def _gesture(situation: Situation, segment: AnySegment, held: Held) -> MoveGesture | ResizeGesture:
    if held == "whole":
        return MoveGesture(situation, segment, segment.start_ms)
    edge: Edge = held
    return ResizeGesture(situation, segment, edge, 0)
