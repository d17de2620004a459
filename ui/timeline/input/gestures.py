"""The interface of a gesture (one object from press to release), the state it starts from, and its preview.

No Qt here. `ui.timeline.input.dragging` has the gestures that edit, `ui.timeline.input.view_gestures` those that select
or scroll, and `ui.timeline.input.drops` the one for files and media dragged in from elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from editor.schedule.edits import EditRefusedError
from editor.schedule.model import AnySegment, Kind, Lane, Webinar
from editor.schedule.operations import AnyOperation, Edge, EditResult, PlacementMode
from ui.timeline.geometry.timescale import Timescale

DRAG_PX = 4
"""A press becomes a drag once it has moved this far; before, it is a click."""


class ApplyEdit(Protocol):
    """The type of a function that applies an operation to a webinar, as `editor.schedule.edits.apply` does."""

    def __call__(self, webinar: Webinar, op: AnyOperation) -> EditResult:
        """Return the edited webinar.

        Raises:
            EditRefusedError: the edit is not possible.
        """


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the timeline in pixels from its top left corner, and whether the user suspends snapping (with Alt).

    Immutable.
    """

    x: float
    y: float
    snap_suspended: bool = False


@dataclass(frozen=True, slots=True)
class GestureContext:
    """The state of the editor when a gesture begins: webinar, ids of selected segments, playhead, and edit settings.

    Immutable; made by `GestureHost.make_gesture_context`. `mode` is the placement mode, `snaps` whether dragged edges
    snap, and `apply` makes the previews.
    """

    webinar: Webinar
    selected: frozenset[str]
    playhead_ms: int
    mode: PlacementMode
    snaps: bool
    apply: ApplyEdit
    editable: bool = True
    """False if the webinar is read-only: segments can be selected but not edited."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """An outline of a segment to paint during a gesture: where it cannot land (`blocked`), or where it would land.

    Immutable. `kind` is None for a file whose kind is unknown.
    """

    lane: Lane
    kind: Kind | None
    start_ms: int
    end_ms: int
    title: str = ""
    blocked: bool = False
    known_length: bool = True
    """False for a file that has not been read yet; `end_ms` means nothing then."""


@dataclass(frozen=True, slots=True)
class DragTooltip:
    """The times, in milliseconds, shown beside the pointer, and the point of the pointer in pixels.

    `end_ms` is None for markers and unread files. `difference_ms` is by how much the position, or for an edge the
    length, has changed; None for a drop.
    """

    start_ms: int
    end_ms: int | None
    difference_ms: int | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GesturePreview:
    """What the timeline shows during a gesture instead of the committed webinar; immutable, a new one after each move.

    An empty one, `GesturePreview()`, shows the committed webinar.
    """

    webinar: Webinar | None = None
    """The webinar with the gesture's edit; None if there is none."""
    dragged: frozenset[str] = frozenset()
    """Ids of the dragged segments."""
    edge: Edge | None = None
    """The edge that is dragged; None if the whole segment is."""
    ghosts: tuple[Ghost, ...] = ()
    tooltip: DragTooltip | None = None
    snap_ms: int | None = None
    """The position to which the drag has snapped."""
    refusal: EditRefusedError | None = None
    is_stopped: bool = False
    """Whether the dragged edge stopped before it reached the pointer."""
    rubber_band: tuple[float, float, float, float] | None = None
    """The selection rectangle in pixels: left, top, right, bottom."""


class Gesture(Protocol):
    """The interface of an action between press and release, which previews an edit, or changes view or selection.

    `move` may be called any number of times, each time with the current scale; then `finish` or `cancel` is called,
    once. All of it runs on the GUI thread.
    """

    autoscrolls: bool
    """Whether the view scrolls by itself while the pointer is near the border."""
    preview: GesturePreview
    """What the timeline shows after the last move."""

    def move(self, point: Point, scale: Timescale) -> None:
        """Follow the pointer, which has moved or under which the view has scrolled.

        `preview` is another one afterwards.

        Args:
            point: the pointer, in pixels of the timeline.
            scale: conversion of pixels to milliseconds, as the view is now.
        """

    def finish(self) -> AnyOperation | None:
        """End the gesture and return the operation to commit; None if there is nothing to commit.

        The gesture itself never edits: the caller commits the operation.
        """

    def cancel(self) -> None:
        """End the gesture without an operation: empty the preview, and restore a changed selection or playhead."""

    def rebase(self, context: GestureContext) -> bool:
        """Continue over a webinar that was changed meanwhile.

        Return False if the dragged object is gone, so that it must end.

        Args:
            context: the state of the editor now.
        """


def expand_groups(webinar: Webinar, ids: Iterable[str]) -> tuple[AnySegment, ...]:
    """Return the segments with these ids and all other members of their groups, the programme's first."""
    wanted = frozenset(ids)
    segments = webinar.segments
    groups = {segment.group for segment in segments if segment.group is not None and segment.id in wanted}
    if not groups:
        return tuple(segment for segment in segments if segment.id in wanted)
    return tuple(segment for segment in segments if segment.id in wanted or segment.group in groups)
