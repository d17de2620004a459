"""What a gesture is: one object from press to release, what it finds, and what it shows while it lasts.

No Qt here. `ui.timeline.input.dragging` holds the gestures that edit, `ui.timeline.input.view_gestures` those that
look and select, and
`ui.timeline.input.drops` what comes from elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from editor.schedule.edits import EditRefusedError
from editor.schedule.model import AnySegment, Kind, Lane, Webinar
from editor.schedule.operations import AnyOperation, Edge, EditResult, PlacementMode
from ui.timeline.geometry.timescale import Timescale

DRAG_PX = 4
"""A press that moves less is a click."""


class ApplyEdit(Protocol):
    """`editor.schedule.edits.apply`."""

    def __call__(self, webinar: Webinar, op: AnyOperation) -> EditResult:
        """Carry out an operation, or raise `Refused`."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the widget, and whether Alt suspends snapping there."""

    x: float
    y: float
    snap_suspended: bool = False


@dataclass(frozen=True, slots=True)
class GestureContext:
    """What a gesture finds."""

    webinar: Webinar
    selected: frozenset[str]
    playhead_ms: int
    mode: PlacementMode
    snaps: bool
    apply: ApplyEdit
    editable: bool = True
    """False where this program must not change the webinar: one can look and select."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """An outline: where something is wanted that cannot be there (`taken`), or would come to lie."""

    lane: Lane
    kind: Kind | None
    start_ms: int
    end_ms: int
    title: str = ""
    blocked: bool = False
    known_length: bool = True


@dataclass(frozen=True, slots=True)
class DragTooltip:
    """The figures beside the pointer; `end_ms` None for what has no length."""

    start_ms: int
    end_ms: int | None
    difference_ms: int | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GesturePreview:
    """What is shown while a gesture lasts, instead of what is."""

    webinar: Webinar | None = None
    """None where the lanes are shown as they are."""
    dragged: frozenset[str] = frozenset()
    """What is in the hand."""
    edge: Edge | None = None
    """Which edge of it, where it is not the whole."""
    ghosts: tuple[Ghost, ...] = ()
    tooltip: DragTooltip | None = None
    snap_ms: int | None = None
    refusal: EditRefusedError | None = None
    is_stopped: bool = False
    """The edge would not go as far as the pointer."""
    rubber_band: tuple[float, float, float, float] | None = None
    """The rubber band: left, top, right, bottom."""


class Gesture(Protocol):
    """Between press and release. `move` may be called any number of times, with the scale as it is by then."""

    autoscrolls: bool
    """Whether the view scrolls by itself when the pointer nears its border."""
    preview: GesturePreview

    def move(self, point: Point, scale: Timescale) -> None:
        """The pointer is elsewhere, or the view scrolled beneath it."""

    def finish(self) -> AnyOperation | None:
        """The button is up: what is to be committed, if anything."""

    def cancel(self) -> None:
        """Esc: everything is as it was."""

    def rebase(self, context: GestureContext) -> bool:
        """The webinar changed beneath the gesture; False where there is nothing left to hold on to."""


def expand_groups(webinar: Webinar, ids: Iterable[str]) -> tuple[AnySegment, ...]:
    """The segments of these ids and of their groups, the programme's first."""
    wanted = frozenset(ids)
    segments = webinar.segments
    groups = {segment.group for segment in segments if segment.group is not None and segment.id in wanted}
    if not groups:
        return tuple(segment for segment in segments if segment.id in wanted)
    return tuple(segment for segment in segments if segment.id in wanted or segment.group in groups)
