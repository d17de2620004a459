"""Where a dragged edge is drawn to: DESIGN.md §2's rules as bisections in sorted lists.

No Qt here. Fewest pixels win; where as many, the edge of one's own lane, then the playhead, a marker, the other lane,
and 0; where still alike, a start before an end. What is dragged offers its edges, and its own edges draw nothing.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from editor.schedule.model import LANES, Lane, Webinar

SNAP_REACH_PX = 10

OWN_LANE, PLAYHEAD, MARKER, OTHER_LANE, ZERO = range(5)
"""In the order in which they win at as many pixels."""


@dataclass(frozen=True, slots=True)
class DraggedEdge:
    """An edge that is dragged: where it would lie without snapping, on which lane, and whether it is a start."""

    at_ms: int
    lane: Lane
    is_start: bool


@dataclass(frozen=True, slots=True)
class Snap:
    """What was found: the difference that brings the edge there, and where the line is drawn."""

    delta_ms: int
    at_ms: int
    rank: int


class SnapTargets:
    """Every position that draws edges during one gesture; made once, when the gesture begins."""

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
        """All of a webinar's, but for the edges of the segments that are moved."""
        lanes: dict[Lane, Sequence[int]] = {}
        for lane in LANES:
            edges: list[int] = []
            for segment in webinar.get_lane(lane):
                if segment.id not in moved:
                    edges.append(segment.start_ms)
                    edges.append(segment.end_ms)
            lanes[lane] = edges  # sorted as it is: segments of a lane are in order and never overlap
        return cls(lanes, playhead_ms=playhead_ms, markers=(marker.at_ms for marker in webinar.markers))

    def snap(self, edges: Iterable[DraggedEdge], us_per_px: int, *, reach_px: int = SNAP_REACH_PX) -> Snap | None:
        """The best position within reach of one of the offered edges, or None.

        Distances are compared in whole pixels, since what lies on one pixel looks equally near to the hand.
        """
        reach_us = reach_px * us_per_px
        best: tuple[tuple[int, int, int, int, int], Snap] | None = None
        for edge in edges:
            for rank, positions in self._list_ranked_positions(edge.lane):
                for position_ms in _find_neighbours(positions, edge.at_ms):
                    distance_us = abs(position_ms - edge.at_ms) * 1000
                    if distance_us > reach_us:
                        continue
                    # After all that the rules say: the fewer milliseconds, then the earlier; so it never flickers.
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
    """The nearest place on either side."""
    index = bisect_left(positions, at_ms)
    return positions[max(index - 1, 0) : index + 1]
