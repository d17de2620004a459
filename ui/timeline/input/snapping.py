"""Snapping: finds the position to which a dragged edge jumps, by bisection in sorted lists.

No Qt here. The nearest target in whole pixels wins. Ties are broken in the order of `OWN_LANE, PLAYHEAD, MARKER,
OTHER_LANE, ZERO`, then a dragged start wins over a dragged end. The dragged segments' own edges are no targets.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from editor.schedule.model import LANES, Lane, Webinar

SNAP_REACH_PX = 10
"""Edges farther than this from every target do not snap."""

OWN_LANE, PLAYHEAD, MARKER, OTHER_LANE, ZERO = range(5)
"""Ranks of targets; at the same distance the lower rank wins."""


@dataclass(frozen=True, slots=True)
class DraggedEdge:
    """A dragged edge: its position without snapping (ms), its lane, and whether it is the start of a segment.

    Immutable.
    """

    at_ms: int
    lane: Lane
    is_start: bool


@dataclass(frozen=True, slots=True)
class Snap:
    """The target to which an edge snaps: its position (ms), its rank, and by how many ms the edge moves.

    Immutable; made by `SnapTargets.snap`. `delta_ms` is negative towards the beginning; a lower `rank` is preferred.
    """

    delta_ms: int
    at_ms: int
    rank: int


class SnapTargets:
    """All positions to which edges can snap during one gesture: edges, markers, playhead and the beginning.

    Collected once, when the gesture begins (`from_webinar`).
    """

    def __init__(
        self,
        lanes: dict[Lane, Sequence[int]],
        *,
        playhead_ms: int | None,
        markers: Iterable[int] = (),
    ) -> None:
        self._lanes = lanes
        self._playhead = () if playhead_ms is None else (playhead_ms,)
        self._markers = sorted(markers)

    @classmethod
    def from_webinar(
        cls, webinar: Webinar, *, moved: Container[str] = (), playhead_ms: int | None = None
    ) -> "SnapTargets":
        """Collect the edges, the markers and the playhead of a webinar.

        Args:
            webinar: the webinar that the gesture began with.
            moved: ids of the dragged segments, whose edges are left out.
            playhead_ms: the playhead's position; None if it is no target.
        """
        lanes: dict[Lane, Sequence[int]] = {}
        for lane in LANES:
            edges: list[int] = []
            for segment in webinar.get_lane(lane):
                if segment.id not in moved:
                    edges.append(segment.start_ms)
                    edges.append(segment.end_ms)
            lanes[lane] = edges  # already sorted: segments of a lane are in order and never overlap
        return cls(lanes, playhead_ms=playhead_ms, markers=(marker.at_ms for marker in webinar.markers))

    def snap(self, edges: Iterable[DraggedEdge], us_per_px: int, *, reach_px: int = SNAP_REACH_PX) -> Snap | None:
        """Return the best target within reach of one of the dragged edges; None if there is none.

        Distances are compared in whole pixels, because targets on the same pixel look equally near.

        Args:
            edges: the dragged edges.
            us_per_px: the zoom, in microseconds per pixel.
            reach_px: how near a target must be, in pixels.
        """
        reach_us = reach_px * us_per_px
        best: tuple[tuple[int, int, int, int, int], Snap] | None = None
        for edge in edges:
            for rank, positions in self._list_ranked_positions(edge.lane):
                for position_ms in _find_neighbours(positions, edge.at_ms):
                    distance_us = abs(position_ms - edge.at_ms) * 1000
                    if distance_us > reach_us:
                        continue
                    # After rank and side, milliseconds and then position decide, so that the result never flickers.
                    order = (round(distance_us / us_per_px), rank, int(not edge.is_start), distance_us, position_ms)
                    if best is None or order < best[0]:
                        best = (order, Snap(position_ms - edge.at_ms, position_ms, rank))
        return None if best is None else best[1]

    def _list_ranked_positions(self, own_lane: Lane) -> tuple[tuple[int, Sequence[int]], ...]:
        other_lane: Lane = "interactions" if own_lane == "programme" else "programme"
        return (
            (OWN_LANE, self._lanes.get(own_lane, ())),
            (PLAYHEAD, self._playhead),
            (MARKER, self._markers),
            (OTHER_LANE, self._lanes.get(other_lane, ())),
            (ZERO, (0,)),
        )


def _find_neighbours(positions: Sequence[int], at_ms: int) -> Sequence[int]:
    """Return the nearest position on either side, as far as there is one."""
    index = bisect_left(positions, at_ms)
    return positions[max(index - 1, 0) : index + 1]
