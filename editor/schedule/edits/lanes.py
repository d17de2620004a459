"""Edits of one lane: lay segments on it, find a free place, cut what lies beneath, ripple.

A lane here is a sequence of segments sorted by start that do not overlap. Modes, locks and groups are handled in
`editor.schedule.edits.placement`. Everything is linear in the lane at worst, because a drag calls it at every move of
the mouse, and webinars of 10,000 segments must not feel slower than small ones.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from editor.schedule.edits.segments import MediaMap, subtract_interval
from editor.schedule.kinds import lane_of
from editor.schedule.lane_search import get_start
from editor.schedule.model import MAX_WEBINAR_MS, AnySegment, Lane

Interval = tuple[int, int]
"""A half-open stretch ``[start, end)`` in ms."""

ByLane = dict[Lane, list[AnySegment]]
"""Segments by the lane they lie on, each list sorted by start; a lane without any is left out."""


def group_by_lane(segments: Iterable[AnySegment]) -> ByLane:
    """Return segments by lane, each lane sorted by start; a lane without segments is left out."""
    grouped: ByLane = {}
    for segment in segments:
        grouped.setdefault(lane_of(segment), []).append(segment)
    for lane_segments in grouped.values():
        lane_segments.sort(key=get_start)
    return grouped


def get_intervals(segments: Iterable[AnySegment]) -> list[Interval]:
    """Return the interval `(start, end)` in ms of each segment, in the same order."""
    return [(segment.start_ms, segment.end_ms) for segment in segments]


def get_starts(lane: Sequence[AnySegment]) -> list[int]:
    """Return the starts (ms) of a lane's segments, in the same order."""
    return [segment.start_ms for segment in lane]


def shift_segments(segments: Iterable[AnySegment], by: int) -> list[AnySegment]:
    """Return segments moved by one difference (ms); the same objects where it is 0."""
    if by == 0:
        return list(segments)
    return [replace(segment, start_ms=segment.start_ms + by) for segment in segments]


def has_overlap(placed: Sequence[AnySegment]) -> bool:
    """Return whether segments of one lane, sorted by start, lie over each other."""
    return any(left.end_ms > right.start_ms for left, right in pairwise(placed))


def is_occupied(lane: Sequence[AnySegment], placed: Iterable[AnySegment]) -> bool:
    """Return whether any of the placed segments would lie over one of the lane's; touching is no overlap."""
    lane_starts = get_starts(lane)
    for segment in placed:
        index = bisect_left(lane_starts, segment.end_ms) - 1
        if index >= 0 and lane[index].end_ms > segment.start_ms:
            return True
    return False


def merge_into_lane(lane: Sequence[AnySegment], placed: Sequence[AnySegment]) -> list[AnySegment]:
    """Return a lane with segments added, sorted by start; their places must be free."""
    if len(placed) == 1:
        index = bisect_left(lane, placed[0].start_ms, key=get_start)
        return [*lane[:index], *placed, *lane[index:]]
    return sorted([*lane, *placed], key=get_start)


def overwrite_intervals(
    lane: Sequence[AnySegment], cuts: Iterable[Interval], new_id: Callable[[], str], media: MediaMap, touched: set[str]
) -> list[AnySegment]:
    """Return the lane with stretches cleared: the segments there are cut back, split or removed.

    Remains shorter than 1 s are removed too, as by `subtract_interval`. Segments that touch no stretch stay the same
    objects.

    Args:
        lane: The lane.
        cuts: Sorted stretches that do not overlap, in ms.
        new_id: Makes the ids of the right parts of split segments.
        media: The facts about each media.
        touched: Receives the ids of the segments that were cut.
    """
    lane_starts = get_starts(lane)
    result: list[AnySegment] = []
    done = 0
    for start, end in cuts:
        first = bisect_left(lane_starts, start, lo=done)
        past = bisect_left(lane_starts, end, lo=first)
        result += lane[done:first]
        covered = list(lane[first:past])
        if result and result[-1].end_ms > start:
            # It reaches into the cut from the left: a segment of the lane, or the right part of one that the cut before
            # split.
            covered.insert(0, result.pop())
        for segment in covered:
            touched.add(segment.id)
            result += subtract_interval(segment, start, end, new_id, media)
        done = past
    return [*result, *lane[done:]]


# --------------------------------------------------------------------------------------- the nearest free place


class FreeSpace:
    """The occupied places of one lane, and how far the stretches to be placed there must be pushed to be clear of them.

    Segments that are closer together than the shortest stretch to be placed count as one block: nothing fits between.

    Args:
        lane: The segments that lie on the lane, sorted by start.
        placed: The stretches to be placed, in ms.
    """

    def __init__(self, lane: Iterable[AnySegment], placed: Sequence[Interval]) -> None:
        least = min((end - start for start, end in placed), default=0)
        self.placed = placed
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in get_intervals(lane):
            if self._ends and start - self._ends[-1] < least:
                self._ends[-1] = end
            else:
                self._starts.append(start)
                self._ends.append(end)

    def push_earlier(self, by: int) -> int:
        """Return the shift `by` (ms), made less where a stretch shifted by it would lie over a segment.

        Each stretch in turn is pushed before the segment that it hits. One that was clear may then collide, so callers
        repeat this until the result stays.
        """
        for start, end in self.placed:
            index = bisect_right(self._ends, start + by)
            if index < len(self._starts) and self._starts[index] < end + by:
                by = self._starts[index] - end
        return by

    def push_later(self, by: int) -> int:
        """Return the shift `by` (ms), made greater where a stretch shifted by it would lie over a segment.

        Each stretch in turn is pushed behind the segment that it hits. One that was clear may then collide, so callers
        repeat this until the result stays.
        """
        for start, end in self.placed:
            index = bisect_left(self._starts, end + by) - 1
            if index >= 0 and self._ends[index] > start + by:
                by = self._ends[index] - start
        return by


def find_nearest_shift(spaces: Sequence[FreeSpace], minimum: int | None = None) -> int | None:
    """Find the shift nearest to 0 at which all stretches of all lanes are free; of two equal ones the earlier.

    Args:
        spaces: The lanes, each with the stretches to be placed on it.
        minimum: The least shift, in ms; None demands only that nothing begins before 0.

    Returns:
        The shift in ms, or None where there is no such place within 24 hours.
    """
    intervals = [span for ground in spaces for span in ground.placed]
    lowest = max(-min(start for start, _ in intervals), minimum if minimum is not None else -MAX_WEBINAR_MS)
    highest = MAX_WEBINAR_MS - max(end for _, end in intervals)
    if lowest > highest:
        return None
    begin = min(max(0, lowest), highest)
    left = _push_until_free(spaces, begin, lambda ground, by: ground.push_earlier(by), lowest, highest)
    right = _push_until_free(spaces, begin, lambda ground, by: ground.push_later(by), lowest, highest)
    found = [by for by in (left, right) if by is not None]
    return min(found, key=lambda by: (abs(by), by), default=None)


def _push_until_free(
    spaces: Sequence[FreeSpace], by: int, push: Callable[[FreeSpace, int], int], lowest: int, highest: int
) -> int | None:
    while lowest <= by <= highest:
        pushed = by
        for space in spaces:
            pushed = push(space, pushed)
        if pushed == by:
            return by
        by = pushed
    return None


# ------------------------------------------------------------------------------------------------------ ripples


class Ripple:
    """The way in which positions (ms) move when stretches of a lane are closed and then room is made.

    A position inside a cut moves to where the cut closes; a position at or after the opening moves right.

    Args:
        cuts: Stretches to close, in ms, sorted, not overlapping.
        at_ms: Where room is made, in ms, counted after the cuts are closed.
        length_ms: How much room is made, in ms; 0 for none.
    """

    def __init__(self, cuts: Sequence[Interval] = (), at_ms: int = 0, length_ms: int = 0) -> None:
        """Make a ripple; without arguments nothing moves."""
        self.cuts = cuts
        self.at_ms = at_ms
        self.length_ms = length_ms

    def close_cuts(self, positions: Sequence[int]) -> list[int]:
        """Return where sorted positions (ms) move to when the cuts are closed, before room is made; in order."""
        index = bisect_left(positions, self.cuts[0][0]) if self.cuts else 0
        positions_after = list(positions[:index])
        removed_ms = 0
        for start, end in self.cuts:
            while index < len(positions) and positions[index] < end:
                position = positions[index]
                positions_after.append((position if position < start else start) - removed_ms)  # noqa: FURB136 - as in `resolve_overlaps`
                index += 1
            removed_ms += end - start
        positions_after += (
            [position - removed_ms for position in positions[index:]] if removed_ms else positions[index:]
        )
        return positions_after

    def open_gap(self, positions: list[int]) -> list[int]:
        """Return where sorted positions (ms), for which the cuts are closed already, move to when room is made."""
        if not self.length_ms:
            return positions
        first = bisect_left(positions, self.at_ms)
        return positions[:first] + [position + self.length_ms for position in positions[first:]]

    def map_positions(self, positions: Sequence[int]) -> list[int]:
        """Return where sorted positions (ms) move to: the cuts are closed, then room is made; in order."""
        return self.open_gap(self.close_cuts(positions))


def place_at(segments: Sequence[AnySegment], targets: Sequence[int]) -> list[AnySegment]:
    """Return segments at new starts (ms), one for each segment; the same objects where nothing changes.

    Both have the same number of items (else ValueError), and their order is not checked.
    """
    return [
        segment if segment.start_ms == target else replace(segment, start_ms=target)
        for segment, target in zip(segments, targets, strict=True)
    ]


def resolve_overlaps(segments: Sequence[AnySegment], targets: Sequence[int]) -> list[int]:
    """Return starts (ms) without overlaps: in order, each the later of its target and the end of the one before."""
    resolved: list[int] = []
    end = 0
    for segment, target in zip(segments, targets, strict=True):
        at = target if target >= end else end  # noqa: FURB136 - a call of max doubles the time of this loop
        resolved.append(at)
        end = at + segment.end_ms - segment.start_ms
    return resolved
