"""The gesture for files and media dragged onto the timeline from the file manager or the media bin.

No Qt here. Known media are previewed with their real length and land by the same operation that was previewed. A file
that has not been read yet gets a ghost without an end; it is imported after the drop and added then.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from editor.media.formats.file_suffixes import guess_kind
from editor.schedule import operations as ops
from editor.schedule.edits import EditRefusedError
from editor.schedule.kinds import kind_of, lane_of
from editor.schedule.lane_search import find_segment_at
from editor.schedule.model import MAX_WEBINAR_MS, AnySegment, Lane, Media
from editor.schedule.operations import AnyOperation
from ui.timeline.geometry.timescale import Timescale
from ui.timeline.input.gestures import DragTooltip, GestureContext, GesturePreview, Ghost, Point
from ui.timeline.input.snapping import DraggedEdge, SnapTargets


class DropGesture:
    """The gesture of media or files that are dragged over the lanes from the media bin or a file manager.

    Args:
        context: the state of the editor.
        segments: the segments to add for known media, one after another from position 0.
        media: media that are added to the webinar together with the segments.
        files: files that have to be imported first; their ghost begins where the segments end.
    """

    autoscrolls = True

    def __init__(
        self,
        context: GestureContext,
        segments: Sequence[AnySegment],
        media: tuple[Media, ...] = (),
        files: Sequence[Path] = (),
    ) -> None:
        self._context = context
        self._segments = tuple(segments)
        self._media = media
        self._files = tuple(files)
        self._targets: SnapTargets | None = None
        self._op: AnyOperation | None = None
        self.at_ms = 0
        """The position where the first of them would begin."""
        self.preview = GesturePreview()

    def move(self, point: Point, scale: Timescale) -> None:
        """Preview the drop with its start at the pointer, at the snapped position, or at the nearest free place."""
        at_ms = min(max(scale.ms_at(point.x), 0), MAX_WEBINAR_MS)
        snap_ms = None
        if self._context.snaps and not point.snap_suspended:
            if self._targets is None:
                self._targets = SnapTargets.from_webinar(self._context.webinar, playhead_ms=self._context.playhead_ms)
            lane: Lane = lane_of(self._segments[0]) if self._segments else "programme"
            edges = [DraggedEdge(at_ms, lane, is_start=True)]
            if self._segments and not self._files:
                edges.append(DraggedEdge(at_ms + self._segments[-1].end_ms, lane, is_start=False))
            snap = self._targets.snap(edges, scale.us_per_px)
            if snap is not None and at_ms + snap.delta_ms >= 0:
                at_ms, snap_ms = at_ms + snap.delta_ms, snap.at_ms
        self._preview_at(at_ms, point, snap_ms)

    def _preview_at(self, at_ms: int, point: Point, snap_ms: int | None) -> None:
        self._op = None
        self.at_ms = at_ms
        if not self._segments:
            self.preview = GesturePreview(
                ghosts=(self._make_file_ghost(at_ms),),
                tooltip=DragTooltip(at_ms, None, None, point.x, point.y),
                snap_ms=snap_ms,
            )
            return
        segments = tuple(msgspec.structs.replace(each, start_ms=each.start_ms + at_ms) for each in self._segments)
        tooltip = DragTooltip(at_ms, segments[-1].end_ms, None, point.x, point.y)
        op = ops.Add(segments=segments, media=self._media, mode=self._context.mode)
        dragged = frozenset(each.id for each in segments)
        try:
            edited = self._context.apply(self._context.webinar, op)
        except EditRefusedError as error:
            self._preview_refusal(error, op, tooltip)
            return
        self._op = op
        ghosts = (self._make_file_ghost(segments[-1].end_ms),) if self._files else ()
        self.preview = GesturePreview(edited.webinar, dragged, None, ghosts, tooltip, snap_ms)

    def _preview_refusal(self, error: EditRefusedError, op: ops.Add, tooltip: DragTooltip) -> None:
        blocked_ghosts = tuple(_make_ghost(each, blocked=True) for each in op.segments)
        self._op = op
        self.preview = GesturePreview(ghosts=blocked_ghosts, tooltip=tooltip, refusal=error)
        if not isinstance(error.alternative, ops.Add):
            return
        try:
            edited = self._context.apply(self._context.webinar, error.alternative)
        except EditRefusedError:  # the place is free but something else refuses the edit
            return
        self._op = op = error.alternative
        self.at_ms = min(each.start_ms for each in op.segments)
        self.preview = GesturePreview(
            edited.webinar,
            frozenset(each.id for each in op.segments),
            None,
            blocked_ghosts,
            replace(tooltip, start_ms=self.at_ms, end_ms=op.segments[-1].end_ms),
        )

    def _make_file_ghost(self, at_ms: int) -> Ghost:
        first = self._files[0]
        more = f" +{len(self._files) - 1}" if len(self._files) > 1 else ""
        is_normal_mode = self._context.mode == "normal"
        blocked = is_normal_mode and find_segment_at(self._context.webinar.programme, at_ms) is not None
        name = first.name + more
        return Ghost("programme", guess_kind(first), at_ms, at_ms, name, blocked=blocked, known_length=False)

    def finish(self) -> AnyOperation | None:
        """Return the operation that adds the segments, as previewed; None if there is none, or if files come too.

        With files nothing is added here: import them first, and insert everything at `at_ms`.
        """
        return None if self._files else self._op

    def cancel(self) -> None:
        """Empty the preview, and forget the operation that `finish` would return; nothing is added."""
        self._op = None
        self.preview = GesturePreview()

    def rebase(self, context: GestureContext) -> bool:
        """Continue over a webinar that was changed meanwhile, with an empty preview until the next move.

        Always return True.
        """
        self._context, self._targets = context, None
        self.preview = GesturePreview()
        return True


def _make_ghost(segment: AnySegment, *, blocked: bool) -> Ghost:
    return Ghost(lane_of(segment), kind_of(segment), segment.start_ms, segment.end_ms, segment.title, blocked=blocked)
