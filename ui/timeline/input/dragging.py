"""Gestures that edit: moving segments, dragging an edge, dragging a marker.

No Qt here. Each gesture converts pixels to milliseconds, snaps, and makes its preview by applying, to the immutable
webinar, the same operation that is committed on release. It changes nothing itself: `finish` returns the operation.
"""

from dataclasses import dataclass, replace

import msgspec

from editor.schedule import operations as ops
from editor.schedule.edits import EditRefusedError
from editor.schedule.kinds import kind_of, lane_of
from editor.schedule.model import MAX_WEBINAR_MS, AnySegment, Marker, Webinar
from editor.schedule.operations import AnyOperation, Edge
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.input.gestures import DragTooltip, GestureContext, GesturePreview, Ghost, Point, expand_groups
from ui.timeline.input.snapping import DraggedEdge, SnapTargets


@dataclass(frozen=True)
class _MoveSubject:
    """What a drag moves, as it was in the webinar of `context`."""

    context: GestureContext
    grabbed: AnySegment
    moving: tuple[AnySegment, ...]
    ids: frozenset[str]
    first_segment: AnySegment
    last_segment: AnySegment

    @classmethod
    def find(cls, context: GestureContext, grabbed: AnySegment) -> "_MoveSubject":
        """Return what moves with a segment, with their groups: the selection if it belongs to it, else itself."""
        selected = context.selected if grabbed.id in context.selected else frozenset((grabbed.id,))
        moving = tuple(expand_groups(context.webinar, selected))
        return cls(
            context=context,
            grabbed=grabbed,
            moving=moving,
            ids=frozenset(segment.id for segment in moving),
            first_segment=min(moving, key=lambda segment: segment.start_ms),
            last_segment=max(moving, key=lambda segment: segment.end_ms),
        )


class MoveGesture:
    """The gesture that moves the selected segments, and the members of their groups, with the one that was grabbed.

    A grabbed segment that is not selected moves alone with its group.

    Args:
        context: the state of the editor.
        grabbed: the segment under the press.
        press_ms: the position of the press, in milliseconds.
    """

    autoscrolls = True

    def __init__(self, context: GestureContext, grabbed: AnySegment, press_ms: int) -> None:
        self._grabbed_id = grabbed.id
        self._press_ms = press_ms
        self.preview = GesturePreview()
        self._op: AnyOperation | None = None
        self._last_move: tuple[Point, Timescale] | None = None
        self._subject = _MoveSubject.find(context, grabbed)
        self._targets: SnapTargets | None = None

    def move(self, point: Point, scale: Timescale) -> None:
        """Preview the segments moved by the difference between the pointer and the press, snapped where snapping is on.

        Args:
            point: the pointer, in pixels of the timeline.
            scale: conversion of pixels to milliseconds.
        """
        self._last_move = (point, scale)
        delta_ms = self.clamp_delta(scale.ms_at(point.x) - self._press_ms)
        snap_ms = None
        if self._subject.context.snaps and not point.snap_suspended:
            delta_ms, snap_ms = self._snap_delta(delta_ms, scale)
        self.preview_delta(delta_ms, point, snap_ms)

    def preview_delta(self, delta_ms: int, point: Point, snap_ms: int | None = None) -> None:
        """Preview a move by some milliseconds, limited to the webinar; if the place is taken, to the nearest free one.

        Args:
            delta_ms: by how much the segments move; negative towards the beginning.
            point: where the tooltip is shown.
            snap_ms: the position to which the drag has snapped, if it has.
        """
        delta_ms = self.clamp_delta(delta_ms)
        webinar, mode = self._subject.context.webinar, self._subject.context.mode
        tooltip = DragTooltip(
            self._subject.grabbed.start_ms + delta_ms,
            self._subject.grabbed.end_ms + delta_ms,
            delta_ms,
            point.x,
            point.y,
        )
        if delta_ms == 0:
            self._op = None
            self.preview = GesturePreview(dragged=self._subject.ids, tooltip=tooltip, snap_ms=snap_ms)
            return
        self._op = op = ops.Move(segments=self._ordered_ids, delta_ms=delta_ms, mode=mode)
        try:
            edited = self._subject.context.apply(webinar, op)
        except EditRefusedError as error:
            self.preview = self._preview_refusal(error, delta_ms, tooltip)
            return
        ghosts = () if mode != "insert" else self._make_ghosts(delta_ms, blocked=False)
        self.preview = GesturePreview(edited.webinar, self._subject.ids, None, ghosts, tooltip, snap_ms)

    def finish(self) -> AnyOperation | None:
        """Return the operation of the last preview, for the caller to commit; None if nothing has moved.

        After a refusal without a free place it is the refused operation, which the document will refuse again.
        """
        return self._op

    def cancel(self) -> None:
        """Empty the preview, so that the segments show where they were, and forget the operation.

        The document was not changed.
        """
        self._op = None
        self.preview = GesturePreview()

    def rebase(self, context: GestureContext) -> bool:
        """Grab the same segment in a webinar that was changed meanwhile, and preview the last move anew.

        Args:
            context: the state of the editor now.

        Returns:
            False if the segment is gone, so that the gesture must be cancelled.
        """
        grabbed = context.webinar.find_segment(self._grabbed_id)
        if grabbed is None:
            return False
        self._subject, self._targets = _MoveSubject.find(context, grabbed), None
        if self._last_move is not None:
            self.move(*self._last_move)
        return True

    @property
    def _ordered_ids(self) -> tuple[str, ...]:
        """The ids with the grabbed segment first, because a refusal names the first one."""
        return (
            self._subject.grabbed.id,
            *(segment.id for segment in self._subject.moving if segment.id != self._subject.grabbed.id),
        )

    def clamp_delta(self, delta_ms: int) -> int:
        """Return a difference in milliseconds, limited so that all moved segments stay between 0 and 24 hours."""
        return min(
            max(delta_ms, -self._subject.first_segment.start_ms), MAX_WEBINAR_MS - self._subject.last_segment.end_ms
        )

    def _snap_delta(self, delta_ms: int, scale: Timescale) -> tuple[int, int | None]:
        if self._targets is None:
            self._targets = SnapTargets.from_webinar(
                self._make_surroundings(), moved=self._subject.ids, playhead_ms=self._subject.context.playhead_ms
            )
        edges = []
        for first, last in (
            (self._subject.first_segment, self._subject.last_segment),
            (self._subject.grabbed, self._subject.grabbed),
        ):
            edges.append(DraggedEdge(first.start_ms + delta_ms, lane_of(first), is_start=True))
            edges.append(DraggedEdge(last.end_ms + delta_ms, lane_of(last), is_start=False))
        snap = self._targets.snap(edges, scale.us_per_px)
        if snap is None or self.clamp_delta(delta_ms + snap.delta_ms) != delta_ms + snap.delta_ms:
            return delta_ms, None
        return delta_ms + snap.delta_ms, snap.at_ms

    def _make_surroundings(self) -> Webinar:
        """Return the webinar to snap to: in Insert mode the gap that the moved segments leave is closed."""
        webinar = self._subject.context.webinar
        if self._subject.context.mode != "insert":
            return webinar
        try:
            return self._subject.context.apply(webinar, ops.RippleDelete(segments=self._ordered_ids)).webinar
        except EditRefusedError:
            return webinar

    def _preview_refusal(self, error: EditRefusedError, delta_ms: int, tooltip: DragTooltip) -> GesturePreview:
        """Show the wanted place as blocked; if there is a free place, show and commit that one."""
        blocked_ghosts = self._make_ghosts(delta_ms, blocked=True)
        if error.alternative is None:
            return GesturePreview(None, self._subject.ids, None, blocked_ghosts, tooltip, refusal=error)
        op = error.alternative
        try:
            edited = self._subject.context.apply(self._subject.context.webinar, op)
        except EditRefusedError:  # the place is free but something else refuses the edit: a lock, the end of the day
            return GesturePreview(None, self._subject.ids, None, blocked_ghosts, tooltip, refusal=error)
        landed = edited.webinar.find_segment(self._subject.grabbed.id) or self._subject.grabbed
        landed_delta_ms = landed.start_ms - self._subject.grabbed.start_ms
        self._op = op if landed_delta_ms else None
        landed_tooltip = replace(tooltip, start_ms=landed.start_ms, end_ms=landed.end_ms, difference_ms=landed_delta_ms)
        return GesturePreview(edited.webinar, self._subject.ids, None, blocked_ghosts, landed_tooltip)

    def _make_ghosts(self, delta_ms: int, *, blocked: bool) -> tuple[Ghost, ...]:
        return tuple(
            Ghost(
                lane_of(each),
                kind_of(each),
                each.start_ms + delta_ms,
                each.end_ms + delta_ms,
                each.title,
                blocked=blocked,
            )
            for each in self._subject.moving[:200]  # outlines of more than these are a solid block anyway
        )


# ---------------------------------------------------------------------------------------------- resizing


class ResizeGesture:
    """The gesture that drags one edge of a segment as far as the edit lets it go; the tooltip shows where it stops.

    Args:
        context: the state of the editor.
        segment: the segment.
        edge: the edge that is dragged.
        press_ms: the position of the press, in milliseconds.
    """

    autoscrolls = True

    def __init__(self, context: GestureContext, segment: AnySegment, edge: Edge, press_ms: int) -> None:
        self._segment = segment
        self._edge: Edge = edge
        self._press_ms = press_ms
        self._context = context
        self._targets: SnapTargets | None = None
        self._op: AnyOperation | None = None
        self._last_move: tuple[Point, Timescale] | None = None
        self.preview = GesturePreview()

    @property
    def _edge_ms(self) -> int:
        return self._segment.start_ms if self._edge == "start" else self._segment.end_ms

    def move(self, point: Point, scale: Timescale) -> None:
        """Preview the edge moved by the difference between the pointer and the press, snapped where snapping is on.

        Args:
            point: the pointer, in pixels of the timeline.
            scale: conversion of pixels to milliseconds.
        """
        self._last_move = (point, scale)
        delta_ms = scale.ms_at(point.x) - self._press_ms
        snap_ms = None
        if self._context.snaps and not point.snap_suspended:
            if self._targets is None:
                self._targets = SnapTargets.from_webinar(
                    self._context.webinar,
                    moved=frozenset((self._segment.id,)),
                    playhead_ms=self._context.playhead_ms,
                )
            edge = DraggedEdge(self._edge_ms + delta_ms, lane_of(self._segment), is_start=self._edge == "start")
            snap = self._targets.snap((edge,), scale.us_per_px)
            if snap is not None:
                delta_ms, snap_ms = delta_ms + snap.delta_ms, snap.at_ms
        self.preview_delta(delta_ms, point, snap_ms)

    def preview_delta(self, delta_ms: int, point: Point, snap_ms: int | None = None) -> None:
        """Preview the edge moved by some milliseconds; `preview.is_stopped` says that it could not go so far.

        Args:
            delta_ms: by how much the edge moves; negative towards the beginning.
            point: where the tooltip is shown.
            snap_ms: the position to which the drag has snapped, if it has.
        """
        delta_ms = min(max(delta_ms, -MAX_WEBINAR_MS), MAX_WEBINAR_MS)
        op = ops.Resize(segment=self._segment.id, edge=self._edge, delta_ms=delta_ms, mode=self._context.mode)
        dragged = frozenset((self._segment.id,))
        if delta_ms == 0:
            self._op = None
            self.preview = GesturePreview(
                None, dragged, self._edge, (), self._make_tooltip(self._segment, point), snap_ms
            )
            return
        try:
            edited = self._context.apply(self._context.webinar, op)
        except EditRefusedError as error:
            self._op = op
            tooltip = self._make_tooltip(self._segment, point)
            self.preview = GesturePreview(None, dragged, self._edge, (), tooltip, refusal=error, is_stopped=True)
            return
        after = edited.webinar.find_segment(self._segment.id) or self._segment
        self._op = op if edited.webinar is not self._context.webinar and after != self._segment else None
        length_change_ms = after.length_ms - self._segment.length_ms
        moved_ms = length_change_ms if self._edge == "end" else -length_change_ms
        is_stopped = moved_ms != delta_ms
        self.preview = GesturePreview(
            edited.webinar,
            dragged,
            self._edge,
            (),
            self._make_tooltip(after, point),
            None if is_stopped else snap_ms,
            is_stopped=is_stopped,
        )

    def finish(self) -> AnyOperation | None:
        """Return the resize of the last preview, also a refused one, for the caller to commit.

        It is None for an unchanged segment.
        """
        return self._op

    def cancel(self) -> None:
        """Empty the preview, so that the segment shows its old length, and forget the operation.

        The document was not changed.
        """
        self._op = None
        self.preview = GesturePreview()

    def rebase(self, context: GestureContext) -> bool:
        """Grab the same edge in a webinar that was changed meanwhile, and preview the last move anew.

        Args:
            context: the state of the editor now.

        Returns:
            False if the segment is gone, so that the gesture must be cancelled.
        """
        segment = context.webinar.find_segment(self._segment.id)
        if segment is None:
            return False
        self._segment, self._context, self._targets = segment, context, None
        if self._last_move is not None:
            self.move(*self._last_move)
        return True

    def _make_tooltip(self, after: AnySegment, point: Point) -> DragTooltip:
        return DragTooltip(after.start_ms, after.end_ms, after.length_ms - self._segment.length_ms, point.x, point.y)


class MarkerGesture:
    """The gesture that drags a marker along the ruler, between 0 and 24 hours (`MAX_WEBINAR_MS`).

    Args:
        context: the state of the editor.
        marker: the marker under the press.
    """

    autoscrolls = True

    def __init__(self, context: GestureContext, marker: Marker) -> None:
        self._context = context
        self._marker = marker
        self._targets = self._make_targets()
        self._op: AnyOperation | None = None
        self.preview = GesturePreview()

    def _make_targets(self) -> SnapTargets:
        webinar = self._context.webinar
        others = tuple(marker for marker in webinar.markers if marker.id != self._marker.id)
        return SnapTargets.from_webinar(
            msgspec.structs.replace(webinar, markers=others), playhead_ms=self._context.playhead_ms
        )

    def move(self, point: Point, scale: Timescale) -> None:
        """Preview the marker at the pointer, or at the position to which it snaps where snapping is on.

        Args:
            point: the pointer, in pixels of the timeline.
            scale: conversion of pixels to milliseconds.
        """
        at_ms = min(max(scale.ms_at(point.x), 0), MAX_WEBINAR_MS)
        snap_ms = None
        if self._context.snaps and not point.snap_suspended:
            snap = self._targets.snap((DraggedEdge(at_ms, "programme", is_start=True),), scale.us_per_px)
            if snap is not None:
                at_ms = snap_ms = snap.at_ms
        tooltip = DragTooltip(at_ms, None, at_ms - self._marker.at_ms, point.x, point.y)
        self._op = None
        self.preview = GesturePreview(tooltip=tooltip, snap_ms=snap_ms)
        if at_ms != self._marker.at_ms:
            self._op = ops.ChangeMarker(marker=self._marker.id, at_ms=at_ms)
            try:
                edited = self._context.apply(self._context.webinar, self._op)
            except EditRefusedError as error:
                self.preview = GesturePreview(tooltip=tooltip, refusal=error)
            else:
                self.preview = GesturePreview(edited.webinar, tooltip=tooltip, snap_ms=snap_ms)

    def finish(self) -> AnyOperation | None:
        """Return the change of the marker's position, also a refused one, for the caller to commit.

        It is None if the marker is where it was.
        """
        return self._op

    def cancel(self) -> None:
        """Empty the preview, so that the marker shows where it was, and forget the operation.

        The document was not changed.
        """
        self._op = None
        self.preview = GesturePreview()

    def rebase(self, context: GestureContext) -> bool:
        """Grab the same marker in a webinar that was changed meanwhile; the next move previews it.

        Args:
            context: the state of the editor now.

        Returns:
            False if the marker is gone, so that the gesture must be cancelled.
        """
        marker = next((each for each in context.webinar.markers if each.id == self._marker.id), None)
        if marker is None:
            return False
        self._marker, self._context = marker, context
        self._targets = self._make_targets()
        return True
