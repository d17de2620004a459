"""Searches along a lane: which segment covers a position, what comes next, where the next cut is.

A lane is sorted by start and nothing in it overlaps, so each search is a bisection. Intervals are half-open: at the
millisecond at which one segment ends, the next one has begun. Positions and lengths are milliseconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TypeVar

from editor.schedule.model import AnySegment, Webinar

SegmentT = TypeVar("SegmentT", bound=AnySegment)

get_start: Callable[[AnySegment], int] = attrgetter("start_ms")
"""The sort key of a lane."""


def find_index_after(lane: Sequence[AnySegment], at_ms: int) -> int:
    """Return the index of the first segment that begins after a position (ms), or the length of the lane."""
    return bisect_right(lane, at_ms, key=get_start)


def find_index_at(lane: Sequence[AnySegment], at_ms: int) -> int | None:
    """Return the index of the segment that covers a position (ms), or None in a gap; its end does not count."""
    index = bisect_right(lane, at_ms, key=get_start) - 1
    return index if index >= 0 and lane[index].end_ms > at_ms else None


def find_segment_at(lane: Sequence[SegmentT], at_ms: int) -> SegmentT | None:
    """Return the segment that covers a position (ms), or None in a gap; its end does not count."""
    index = find_index_at(lane, at_ms)
    return None if index is None else lane[index]


def find_last_started(lane: Sequence[SegmentT], at_ms: int) -> SegmentT | None:
    """Return the last segment that began at or before a position (ms), even if it is over by then, or None."""
    index = bisect_right(lane, at_ms, key=get_start)
    return lane[index - 1] if index else None


def find_segments_between(lane: Sequence[SegmentT], from_ms: int, to_ms: int) -> Sequence[SegmentT]:
    """Return the segments that overlap the stretch `[from_ms, to_ms)` of a lane, in order.

    Empty where none does.
    """
    first = max(bisect_right(lane, from_ms, key=get_start) - 1, 0)
    if first < len(lane) and lane[first].end_ms <= from_ms:
        first += 1
    return lane[first : max(bisect_left(lane, to_ms, key=get_start), first)]


def list_cuts(webinar: Webinar) -> list[int]:
    """Return every position (ms) at which a segment of either lane begins or ends, the markers, and 0, sorted."""
    positions = {0, *(marker.at_ms for marker in webinar.markers)}
    for segment in webinar.segments:
        positions.update((segment.start_ms, segment.end_ms))
    return sorted(positions)


def find_previous_cut(webinar: Webinar, at_ms: int) -> int | None:
    """Return the last position (ms) of `list_cuts` before a position (ms); None at 0 and before."""
    cuts = list_cuts(webinar)
    index = bisect_left(cuts, at_ms)
    return cuts[index - 1] if index else None


def find_next_cut(webinar: Webinar, at_ms: int) -> int | None:
    """Return the first position (ms) of `list_cuts` after a position (ms); None where there is none."""
    cuts = list_cuts(webinar)
    index = bisect_right(cuts, at_ms)
    return cuts[index] if index < len(cuts) else None
