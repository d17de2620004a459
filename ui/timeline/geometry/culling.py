"""Which segments of a lane are drawn: those in view, and those too small to tell apart as runs of one colour.

No Qt here. Segments narrower than `MIN_CLIP_PX` are joined to runs at least that wide. Runs lie on a grid that is fixed
to the webinar and not to the view, so they keep their place and colour while the view scrolls. They are found by
bisection, so the cost of a lane depends on the pixels it covers and hardly on its number of segments.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from editor.schedule.kinds import KIND_BY_TYPE
from editor.schedule.lane_search import get_start
from editor.schedule.model import AnySegment, Kind
from ui.timeline.geometry.timescale import Timescale

MIN_CLIP_PX = 3
PixelRun = tuple[float, float]
"""The left border and the width of a run, in pixels."""


@dataclass(frozen=True, slots=True)
class VisibleSegments:
    """The visible segments of one lane: clips in the order of time, and runs of those too small to be drawn singly.

    Made by `cull_lane`; positions are pixels of the timeline widget.
    """

    clips: list[tuple[AnySegment, float, float]] = field(default_factory=list)
    """Segments at least `MIN_CLIP_PX` wide, with their left and right borders in pixels."""
    runs: dict[Kind, list[PixelRun]] = field(default_factory=dict)
    """Runs of smaller segments, by the kind of the first segment of each run."""
    selected_runs: list[PixelRun] = field(default_factory=list)
    """Runs that contain a selected segment."""


def cull_lane(
    lane: Sequence[AnySegment],
    scale: Timescale,
    from_x: float,
    to_x: float,
    selected: frozenset[str] = frozenset(),
) -> VisibleSegments:
    """Return what is visible of a lane between two pixels: clips, and runs of segments narrower than `MIN_CLIP_PX`.

    Args:
        lane: the segments, sorted by start.
        scale: conversion from milliseconds to pixels.
        from_x: the first pixel.
        to_x: the pixel after the last one.
        selected: ids of the selected segments.
    """
    found = VisibleSegments()
    us_per_px = scale.us_per_px
    grid_us = MIN_CLIP_PX * us_per_px
    least_ms = grid_us // 1000
    # `scale.x_of` inlined: at 10,000 segments the calls would cost more than the arithmetic.
    origin_x = scale.left - scale.origin_ms * 1000 / us_per_px
    px_per_ms = 1000 / us_per_px
    first = _align_to_grid(lane, max(bisect_right(lane, scale.ms_at(from_x), key=get_start) - 1, 0), grid_us)
    segments = lane[first : bisect_right(lane, scale.ms_at(to_x), key=get_start)]
    starts = list(map(get_start, segments))
    runs: dict[type, list[PixelRun]] = {}
    selected_indices = [number for number, segment in enumerate(segments) if segment.id in selected] if selected else []
    selected_indices.append(len(segments))
    next_selected = 0
    index, count = 0, len(segments)
    while index < count:
        segment = segments[index]
        start, end = starts[index], segment.end_ms
        left = origin_x + start * px_per_ms
        if end - start >= least_ms:
            right = origin_x + end * px_per_ms
            if right > from_x:
                found.clips.append((segment, left, right))
            index += 1
            continue
        next_index = bisect_left(starts, -(-(start * 1000 // grid_us + 1) * grid_us // 1000), index + 1)
        # A segment that is wide enough to be drawn by itself ends the run.
        if next_index > index + 1:
            end = segments[next_index - 1].end_ms
            if end - starts[next_index - 1] >= least_ms:
                next_index -= 1
                end = segments[next_index - 1].end_ms
        run = (left, max((end - start) * px_per_ms, 1.0))
        kind = type(segment)
        if kind in runs:
            runs[kind].append(run)
        else:
            runs[kind] = [run]
        while selected_indices[next_selected] < index:
            next_selected += 1
        if selected_indices[next_selected] < next_index:
            found.selected_runs.append(run)
        index = next_index
    for kind, kind_runs in runs.items():
        found.runs[KIND_BY_TYPE[kind]] = kind_runs
    return found


def _align_to_grid(lane: Sequence[AnySegment], index: int, grid_us: int) -> int:
    """Return the index of the first segment in the grid cell in which the one at `index` begins."""
    if not lane:
        return 0
    cell_start = lane[index].start_ms * 1000 // grid_us * grid_us
    return min(bisect_left(lane, -(-cell_start // 1000), key=get_start), index)
