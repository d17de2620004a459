"""What of a lane is worth drawing: the segments in view, and what is too small to tell apart as runs.

No Qt here. Segments narrower than `LEAST_PX` are taken together into runs at least as wide. Runs lie on a grid that is
fixed to the webinar and not to the view, so they keep their place and colour while the view scrolls; and they are found
by bisection, so a lane of 10,000 segments costs as much as there are pixels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from editor.schedule.model import AnySegment, Kind, kind_of
from ui.timeline.layout import start_of
from ui.timeline.timescale import Timescale

LEAST_PX = 3
id_of = attrgetter("id")
Run = tuple[float, float]
"""A run's left border and its width, in pixels."""


@dataclass(frozen=True, slots=True)
class Visible:
    """What is drawn of one lane."""

    blocks: list[tuple[AnySegment, float, float]] = field(default_factory=list)
    """Segments with their left and right borders in pixels."""
    runs: dict[Kind, list[Run]] = field(default_factory=dict)
    """Runs of what is too small, by the kind of the first of each."""
    picked: list[Run] = field(default_factory=list)
    """Runs that begin with a segment that is picked out (selected)."""


def visible(
    lane: Sequence[AnySegment],
    scale: Timescale,
    from_x: float,
    to_x: float,
    picked: frozenset[str] = frozenset(),
) -> Visible:
    """What of a lane lies between two pixels.

    Args:
        lane: its segments, sorted by start.
        scale: how time lies on the screen.
        from_x: the first pixel wanted.
        to_x: the pixel after the last one wanted.
        picked: ids of segments whose runs are told apart from the others.
    """
    found = Visible()
    us_per_px = scale.us_per_px
    grid_us = LEAST_PX * us_per_px
    least_ms = grid_us // 1000
    # Inlined `scale.x_of`: at 10,000 segments the calls would cost more than the arithmetic.
    left_of_all = scale.left - scale.origin_ms * 1000 / us_per_px
    px_per_ms = 1000 / us_per_px
    index = max(bisect_right(lane, scale.ms_at(from_x), key=start_of) - 1, 0)
    index = _back_to_grid(lane, index, grid_us)
    end_ms = scale.ms_at(to_x)
    count = len(lane)
    stride = 4
    while index < count:
        segment = lane[index]
        start = segment.start_ms
        if start > end_ms:
            break
        end = segment.end_ms
        left = left_of_all + start * px_per_ms
        if end - start >= least_ms:
            right = left_of_all + end * px_per_ms
            if right > from_x:
                found.blocks.append((segment, left, right))
            index += 1
            continue
        cell_end = -(-(start * 1000 // grid_us + 1) * grid_us // 1000)
        reach = index + stride
        while reach < count and lane[reach].start_ms < cell_end:
            reach += stride
        after = bisect_left(lane, cell_end, max(index + 1, reach - stride), min(reach, count), key=start_of)
        # What is wide enough ends the run, however early it begins.
        last = lane[after - 1]
        while after - 1 > index and last.end_ms - last.start_ms >= least_ms:
            after -= 1
            last = lane[after - 1]
        run = (left, max((last.end_ms - start) * px_per_ms, 1.0))
        found.runs.setdefault(kind_of(segment), []).append(run)
        if picked and not picked.isdisjoint(map(id_of, lane[index:after])):
            found.picked.append(run)
        stride = max(after - index, 4)
        index = after
    return found


def _back_to_grid(lane: Sequence[AnySegment], index: int, grid_us: int) -> int:
    """The first segment of the grid's cell in which the one at `index` begins."""
    if not lane:
        return 0
    cell_start = lane[index].start_ms * 1000 // grid_us * grid_us
    return min(bisect_left(lane, -(-cell_start // 1000), key=start_of), index)
