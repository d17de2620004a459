"""Gestures that edit: segments moved, an edge dragged, a marker dragged.

No Qt here. Each turns pixels into milliseconds, snaps, and previews by carrying out, on the immutable webinar, the very
operation that is committed on release. It changes nothing itself: `finish` gives the operation.
"""

from dataclasses import replace

import msgspec

from editor.schedule import operations as ops
from editor.schedule.edits import Refused
from editor.schedule.model import LONGEST_MS, AnySegment, Marker, Webinar, kind_of, lane_of
from editor.schedule.operations import AnyOperation, Edge
from ui.timeline.gestures import Bubble, Ghost, Point, Preview, Situation, with_groups
from ui.timeline.snapping import Offered, Targets
from ui.timeline.timescale import Timescale


class MoveGesture:
    """Segments dragged as one, by the one that was grabbed."""

    scrolls = True

    def __init__(self, situation: Situation, grabbed: AnySegment, press_ms: int) -> None:
        self._grabbed_id = grabbed.id
        self._press_ms = press_ms
        self.preview = Preview()
        self._op: AnyOperation | None = None
        self._last: tuple[Point, Timescale] | None = None
        self._take(situation, grabbed)

    def _take(self, situation: Situation, grabbed: AnySegment) -> None:
        ids = situation.selected if grabbed.id in situation.selected else frozenset((grabbed.id,))
        self._situation = situation
        self._grabbed = grabbed
        self._moving = with_groups(situation.webinar, ids)
        self._ids = frozenset(segment.id for segment in self._moving)
        self._first = min(self._moving, key=lambda segment: segment.start_ms)
        self._last_end = max(self._moving, key=lambda segment: segment.end_ms)
        self._targets: Targets | None = None

    def move(self, to: Point, scale: Timescale) -> None:
        """Follow the pointer by the difference to where it pressed."""
        self._last = (to, scale)
        delta = self.within(scale.ms_at(to.x) - self._press_ms)
        snap_ms = None
        if self._situation.snaps and not to.free:
            delta, snap_ms = self._snapped(delta, scale)
        self.to(delta, to, snap_ms)

    def to(self, delta_ms: int, at: Point, snap_ms: int | None = None) -> None:
        """Preview one difference; where the place is taken, the nearest that is free."""
        delta_ms = self.within(delta_ms)
        webinar, mode = self._situation.webinar, self._situation.mode
        bubble = Bubble(self._grabbed.start_ms + delta_ms, self._grabbed.end_ms + delta_ms, delta_ms, at.x, at.y)
        if delta_ms == 0:
            self._op = None
            self.preview = Preview(lifted=self._ids, bubble=bubble, snap_ms=snap_ms)
            return
        self._op = op = ops.Move(segments=self._ordered, delta_ms=delta_ms, mode=mode)
        try:
            edited = self._situation.apply(webinar, op)
        except Refused as refused:
            self.preview = self._refused(refused, delta_ms, bubble)
            return
        wanted = () if mode != "insert" else self._ghosts(delta_ms, taken=False)
        self.preview = Preview(edited.webinar, self._ids, None, wanted, bubble, snap_ms)

    def finish(self) -> AnyOperation | None:
        """The move, or None where it went nowhere."""
        return self._op

    def cancel(self) -> None:
        """Nothing was done."""
        self._op = None
        self.preview = Preview()

    def rebase(self, situation: Situation) -> bool:
        """Hold the same segment in the new webinar."""
        grabbed = situation.webinar.find(self._grabbed_id)
        if grabbed is None:
            return False
        self._take(situation, grabbed)
        if self._last is not None:
            self.move(*self._last)
        return True

    @property
    def _ordered(self) -> tuple[str, ...]:
        """The grabbed one first, since it is the one that a refusal speaks of."""
        return (self._grabbed.id, *(segment.id for segment in self._moving if segment.id != self._grabbed.id))

    def within(self, delta_ms: int) -> int:
        """The difference that keeps all of them between 0 and 24 h."""
        return min(max(delta_ms, -self._first.start_ms), LONGEST_MS - self._last_end.end_ms)

    def _snapped(self, delta_ms: int, scale: Timescale) -> tuple[int, int | None]:
        if self._targets is None:
            self._targets = Targets.of(self._around(), moved=self._ids, playhead_ms=self._situation.playhead_ms)
        offered = []
        for first, last in ((self._first, self._last_end), (self._grabbed, self._grabbed)):
            offered.append(Offered(first.start_ms + delta_ms, lane_of(first), is_start=True))
            offered.append(Offered(last.end_ms + delta_ms, lane_of(last), is_start=False))
        snap = self._targets.snap(offered, scale.us_per_px)
        if snap is None or self.within(delta_ms + snap.delta_ms) != delta_ms + snap.delta_ms:
            return delta_ms, None
        return delta_ms + snap.delta_ms, snap.at_ms

    def _around(self) -> Webinar:
        """What lies around the moved segments: in Insert mode their gap is closed before they land."""
        webinar = self._situation.webinar
        if self._situation.mode != "insert":
            return webinar
        try:
            return self._situation.apply(webinar, ops.RippleDelete(segments=self._ordered)).webinar
        except Refused:
            return webinar

    def _refused(self, refused: Refused, delta_ms: int, bubble: Bubble) -> Preview:
        """Red where it is wanted; and where there is a free place, that place, as what a release commits."""
        taken = self._ghosts(delta_ms, taken=True)
        if refused.instead is None:
            return Preview(None, self._ids, None, taken, bubble, refusal=refused)
        op = refused.instead
        try:
            edited = self._situation.apply(self._situation.webinar, op)
        except Refused:  # free, and yet something else stands in the way: a lock, the day's end
            return Preview(None, self._ids, None, taken, bubble, refusal=refused)
        landed = edited.webinar.find(self._grabbed.id) or self._grabbed
        went = landed.start_ms - self._grabbed.start_ms
        self._op = op if went else None
        landing = replace(bubble, start_ms=landed.start_ms, end_ms=landed.end_ms, difference_ms=went)
        return Preview(edited.webinar, self._ids, None, taken, landing)

    def _ghosts(self, delta_ms: int, *, taken: bool) -> tuple[Ghost, ...]:
        return tuple(
            Ghost(
                lane_of(each), kind_of(each), each.start_ms + delta_ms, each.end_ms + delta_ms, each.title, taken=taken
            )
            for each in self._moving[:200]  # an outline of more is a solid block anyway
        )


# ---------------------------------------------------------------------------------------------- resizing


class ResizeGesture:
    """One edge of one segment; where it stops is the edit's to say."""

    scrolls = True

    def __init__(self, situation: Situation, segment: AnySegment, edge: Edge, press_ms: int) -> None:
        self._segment = segment
        self._edge: Edge = edge
        self._press_ms = press_ms
        self._situation = situation
        self._targets: Targets | None = None
        self._op: AnyOperation | None = None
        self._last: tuple[Point, Timescale] | None = None
        self.preview = Preview()

    @property
    def _edge_ms(self) -> int:
        return self._segment.start_ms if self._edge == "start" else self._segment.end_ms

    def move(self, to: Point, scale: Timescale) -> None:
        """Follow the pointer by the difference to where it pressed."""
        self._last = (to, scale)
        delta = scale.ms_at(to.x) - self._press_ms
        snap_ms = None
        if self._situation.snaps and not to.free:
            if self._targets is None:
                self._targets = Targets.of(
                    self._situation.webinar,
                    moved=frozenset((self._segment.id,)),
                    playhead_ms=self._situation.playhead_ms,
                )
            offered = Offered(self._edge_ms + delta, lane_of(self._segment), is_start=self._edge == "start")
            snap = self._targets.snap((offered,), scale.us_per_px)
            if snap is not None:
                delta, snap_ms = delta + snap.delta_ms, snap.at_ms
        self.to(delta, to, snap_ms)

    def to(self, delta_ms: int, at: Point, snap_ms: int | None = None) -> None:
        """Preview one difference."""
        delta_ms = min(max(delta_ms, -LONGEST_MS), LONGEST_MS)
        op = ops.Resize(segment=self._segment.id, edge=self._edge, delta_ms=delta_ms, mode=self._situation.mode)
        held = frozenset((self._segment.id,))
        if delta_ms == 0:
            self._op = None
            self.preview = Preview(None, held, self._edge, (), self._bubble(self._segment, at), snap_ms)
            return
        try:
            edited = self._situation.apply(self._situation.webinar, op)
        except Refused as refused:
            self._op = op
            bubble = self._bubble(self._segment, at)
            self.preview = Preview(None, held, self._edge, (), bubble, refusal=refused, stopped=True)
            return
        after = edited.webinar.find(self._segment.id) or self._segment
        self._op = op if edited.webinar is not self._situation.webinar and after != self._segment else None
        longer = after.length_ms - self._segment.length_ms
        went = longer if self._edge == "end" else -longer
        stopped = went != delta_ms
        self.preview = Preview(
            edited.webinar,
            held,
            self._edge,
            (),
            self._bubble(after, at),
            None if stopped else snap_ms,
            stopped=stopped,
        )

    def finish(self) -> AnyOperation | None:
        """The change of length, or None where nothing changed."""
        return self._op

    def cancel(self) -> None:
        """Nothing was done."""
        self._op = None
        self.preview = Preview()

    def rebase(self, situation: Situation) -> bool:
        """Hold the same edge in the new webinar."""
        segment = situation.webinar.find(self._segment.id)
        if segment is None:
            return False
        self._segment, self._situation, self._targets = segment, situation, None
        if self._last is not None:
            self.move(*self._last)
        return True

    def _bubble(self, after: AnySegment, at: Point) -> Bubble:
        return Bubble(after.start_ms, after.end_ms, after.length_ms - self._segment.length_ms, at.x, at.y)


class MarkerGesture:
    """A marker dragged along the ruler."""

    scrolls = True

    def __init__(self, situation: Situation, marker: Marker) -> None:
        self._situation = situation
        self._marker = marker
        self._targets = self._fresh_targets()
        self._op: AnyOperation | None = None
        self.preview = Preview()

    def _fresh_targets(self) -> Targets:
        webinar = self._situation.webinar
        others = tuple(marker for marker in webinar.markers if marker.id != self._marker.id)
        return Targets.of(msgspec.structs.replace(webinar, markers=others), playhead_ms=self._situation.playhead_ms)

    def move(self, to: Point, scale: Timescale) -> None:
        """Go where the pointer is."""
        at_ms = min(max(scale.ms_at(to.x), 0), LONGEST_MS)
        snap_ms = None
        if self._situation.snaps and not to.free:
            snap = self._targets.snap((Offered(at_ms, "programme", is_start=True),), scale.us_per_px)
            if snap is not None:
                at_ms = snap_ms = snap.at_ms
        bubble = Bubble(at_ms, None, at_ms - self._marker.at_ms, to.x, to.y)
        self._op = None
        self.preview = Preview(bubble=bubble, snap_ms=snap_ms)
        if at_ms != self._marker.at_ms:
            self._op = ops.ChangeMarker(marker=self._marker.id, at_ms=at_ms)
            try:
                edited = self._situation.apply(self._situation.webinar, self._op)
            except Refused as refused:
                self.preview = Preview(bubble=bubble, refusal=refused)
            else:
                self.preview = Preview(edited.webinar, bubble=bubble, snap_ms=snap_ms)

    def finish(self) -> AnyOperation | None:
        """The marker's new place, or None where it went nowhere."""
        return self._op

    def cancel(self) -> None:
        """Nothing was done."""
        self._op = None
        self.preview = Preview()

    def rebase(self, situation: Situation) -> bool:
        """Hold the same marker in the new webinar."""
        marker = next((each for each in situation.webinar.markers if each.id == self._marker.id), None)
        if marker is None:
            return False
        self._marker, self._situation = marker, situation
        self._targets = self._fresh_targets()
        return True
