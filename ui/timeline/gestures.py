"""What a hand does on the timeline: one gesture, one object, from its start over its moves to finish or cancel.

No Qt here. A gesture turns pixels into milliseconds, snaps, and previews by carrying out, on the immutable webinar,
the very operation that is committed on release. It changes nothing itself: `finish` gives the operation.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import msgspec

from editor.schedule import operations as ops
from editor.schedule.edits import Refused
from editor.schedule.model import LANES, LONGEST_MS, AnySegment, Kind, Lane, Marker, Webinar, kind_of, lane_of
from editor.schedule.operations import AnyOperation, Edge, Edited, Mode
from ui.timeline.layout import Layout, between
from ui.timeline.snapping import Offered, Targets
from ui.timeline.timescale import Timescale

DRAG_PX = 4
"""A press that moves less is a click."""


class Apply(Protocol):
    """`editor.schedule.edits.apply`."""

    def __call__(self, webinar: Webinar, op: AnyOperation) -> Edited:
        """Carry out an operation, or raise `Refused`."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the widget, and whether Alt suspends snapping there."""

    x: float
    y: float
    free: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What a gesture finds."""

    webinar: Webinar
    selected: frozenset[str]
    playhead_ms: int
    mode: Mode
    snaps: bool
    apply: Apply


@dataclass(frozen=True, slots=True)
class Ghost:
    """An outline: where something is wanted that cannot be there (`taken`), or would come to lie."""

    lane: Lane
    kind: Kind | None
    start_ms: int
    end_ms: int
    title: str = ""
    taken: bool = False
    known_length: bool = True


@dataclass(frozen=True, slots=True)
class Bubble:
    """The figures beside the pointer; `end_ms` None for what has no length."""

    start_ms: int
    end_ms: int | None
    difference_ms: int | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown while a gesture lasts, instead of what is."""

    webinar: Webinar | None = None
    """None where the lanes are shown as they are."""
    lifted: frozenset[str] = frozenset()
    """What is in the hand."""
    edge: Edge | None = None
    """Which edge of it, where it is not the whole."""
    ghosts: tuple[Ghost, ...] = ()
    bubble: Bubble | None = None
    snap_ms: int | None = None
    refusal: Refused | None = None
    stopped: bool = False
    """The edge would not go as far as the pointer."""
    band: tuple[float, float, float, float] | None = None
    """The rubber band: left, top, right, bottom."""


class Gesture(Protocol):
    """Between press and release. `move` may be called any number of times, with the scale as it is by then."""

    scrolls: bool
    """Whether the view scrolls by itself when the pointer nears its border."""
    preview: Preview

    def move(self, to: Point, scale: Timescale) -> None:
        """The pointer is elsewhere, or the view scrolled beneath it."""

    def finish(self) -> AnyOperation | None:
        """The button is up: what is to be committed, if anything."""

    def cancel(self) -> None:
        """Esc: everything is as it was."""

    def rebase(self, situation: Situation) -> bool:
        """The webinar changed beneath the gesture; False where there is nothing left to hold on to."""


def with_groups(webinar: Webinar, ids: Iterable[str]) -> tuple[AnySegment, ...]:
    """The segments of these ids and of their groups, the programme's first."""
    wanted = frozenset(ids)
    segments = webinar.segments
    groups = {segment.group for segment in segments if segment.group is not None and segment.id in wanted}
    if not groups:
        return tuple(segment for segment in segments if segment.id in wanted)
    return tuple(segment for segment in segments if segment.id in wanted or segment.group in groups)


# ------------------------------------------------------------------------------------------------ moving


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
        op, edited = refused.instead, self._situation.apply(self._situation.webinar, refused.instead)
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


# ------------------------------------------------------------------------- gestures that edit nothing


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
