"""What happens to a lane: lay segments on it, find a free place, cut beneath, carry along.

A lane here is a sequence of segments sorted by start that do not overlap. Nothing in this file knows of modes, locks or
groups; those are `editor.schedule.edits.placing`'s. All of it is linear in the lane at worst, for a drag asks at every
move of the mouse, and webinars of 10,000 segments are to feel like small ones.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec.structs import replace

from editor.schedule.edits.parts import MediaMap, remains
from editor.schedule.model import LONGEST_MS, AnySegment, Lane, lane_of

Span = tuple[int, int]
"""A half-open stretch ``[start, end)`` in ms."""

by_start: Callable[[AnySegment], int] = attrgetter("start_ms")


ByLane = dict[Lane, list[AnySegment]]
"""Segments by the lane they lie on, each list sorted by start; a lane without any is left out."""


def by_lane(segments: Iterable[AnySegment]) -> ByLane:
    """Segments laid apart by lane and sorted."""
    apart: ByLane = {}
    for segment in segments:
        apart.setdefault(lane_of(segment), []).append(segment)
    for own in apart.values():
        own.sort(key=by_start)
    return apart


def spans(segments: Iterable[AnySegment]) -> list[Span]:
    """Where segments lie."""
    return [(segment.start_ms, segment.end_ms) for segment in segments]


def starts(lane: Sequence[AnySegment]) -> list[int]:
    """The starts of a lane, to be bisected."""
    return [segment.start_ms for segment in lane]


def shifted(segments: Iterable[AnySegment], by: int) -> list[AnySegment]:
    """Segments moved by one difference; the same objects where it is 0."""
    if by == 0:
        return list(segments)
    return [replace(segment, start_ms=segment.start_ms + by) for segment in segments]


def index_at(lane: Sequence[AnySegment], at_ms: int) -> int | None:
    """The index of the segment with `start ≤ at < end`, or None in a gap."""
    index = bisect_right(lane, at_ms, key=by_start) - 1
    return index if index >= 0 and lane[index].end_ms > at_ms else None


def crowded(placed: Sequence[AnySegment]) -> bool:
    """Whether segments, sorted by start, lie over each other."""
    return any(left.end_ms > right.start_ms for left, right in pairwise(placed))


def taken(lane: Sequence[AnySegment], placed: Iterable[AnySegment]) -> bool:
    """Whether any of the placed segments would lie over one of the lane's."""
    begins = starts(lane)
    for segment in placed:
        index = bisect_left(begins, segment.end_ms) - 1
        if index >= 0 and lane[index].end_ms > segment.start_ms:
            return True
    return False


def woven(lane: Sequence[AnySegment], placed: Sequence[AnySegment]) -> list[AnySegment]:
    """The lane with segments laid where it is free."""
    if len(placed) == 1:
        index = bisect_left(lane, placed[0].start_ms, key=by_start)
        return [*lane[:index], *placed, *lane[index:]]
    return sorted([*lane, *placed], key=by_start)


def cut_beneath(
    lane: Sequence[AnySegment], cuts: Iterable[Span], new_id: Callable[[], str], media: MediaMap, touched: set[str]
) -> list[AnySegment]:
    """The lane with stretches overwritten: what stands there is cut back, split or removed.

    Args:
        lane: the lane.
        cuts: sorted stretches that do not overlap.
        new_id: names the right part of what is split.
        media: what is known of the media.
        touched: takes the ids of what was cut.
    """
    begins = starts(lane)
    kept: list[AnySegment] = []
    done = 0
    for start, end in cuts:
        first = bisect_left(begins, start, lo=done)
        past = bisect_left(begins, end, lo=first)
        kept += lane[done:first]
        beneath = list(lane[first:past])
        if kept and kept[-1].end_ms > start:
            # It reaches in from the left: one of the lane's, or the right part of what the cut before this one split.
            beneath.insert(0, kept.pop())
        for segment in beneath:
            touched.add(segment.id)
            kept += remains(segment, start, end, new_id, media)
        done = past
    return [*kept, *lane[done:]]


# --------------------------------------------------------------------------------------- the nearest free place


class Ground:
    """Where a lane is taken, and how far a stretch must be pushed to be clear of it.

    What stands closer together than the shortest of the stretches to be placed is one block: nothing fits between.
    """

    def __init__(self, lane: Iterable[AnySegment], placed: Sequence[Span]) -> None:
        least = min((end - start for start, end in placed), default=0)
        self.placed = placed
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in spans(lane):
            if self._ends and start - self._ends[-1] < least:
                self._ends[-1] = end
            else:
                self._starts.append(start)
                self._ends.append(end)

    def earlier(self, by: int) -> int:
        """The greatest difference ≤ `by` at which some stretch that is in the way at `by` is clear."""
        for start, end in self.placed:
            index = bisect_right(self._ends, start + by)
            if index < len(self._starts) and self._starts[index] < end + by:
                by = self._starts[index] - end
        return by

    def later(self, by: int) -> int:
        """The least difference ≥ `by` at which some stretch that is in the way at `by` is clear."""
        for start, end in self.placed:
            index = bisect_left(self._starts, end + by) - 1
            if index >= 0 and self._ends[index] > start + by:
                by = self._ends[index] - start
        return by


def nearest(grounds: Sequence[Ground], least: int | None = None) -> int | None:
    """The one difference nearest to 0 at which all stretches of all lanes are free; the earlier of two.

    Args:
        grounds: the lanes with the stretches to be placed on each.
        least: no difference below this is wanted; None asks only that nothing begins before 0.

    Returns:
        The difference in ms, or None where there is no such place within the day.
    """
    every = [span for ground in grounds for span in ground.placed]
    lowest = max(-min(start for start, _ in every), least if least is not None else -LONGEST_MS)
    highest = LONGEST_MS - max(end for _, end in every)
    if lowest > highest:
        return None
    begin = min(max(0, lowest), highest)
    left = _pushed(grounds, begin, lambda ground, by: ground.earlier(by), lowest, highest)
    right = _pushed(grounds, begin, lambda ground, by: ground.later(by), lowest, highest)
    found = [by for by in (left, right) if by is not None]
    return min(found, key=lambda by: (abs(by), by), default=None)


def _pushed(
    grounds: Sequence[Ground], by: int, push: Callable[[Ground, int], int], lowest: int, highest: int
) -> int | None:
    while lowest <= by <= highest:
        pushed = by
        for ground in grounds:
            pushed = push(ground, pushed)
        if pushed == by:
            return by
        by = pushed
    return None


# ------------------------------------------------------------------------------------------------------ ripples


class Ripple:
    """How positions travel when stretches of a lane are closed and room is made: first the cuts, then the opening.

    What lies inside a cut goes to where the cut closes; what is at or after the opening moves right.
    """

    def __init__(self, cuts: Sequence[Span] = (), at_ms: int = 0, length_ms: int = 0) -> None:
        """Make a ripple.

        Args:
            cuts: stretches to close, sorted, not overlapping.
            at_ms: where room is made, counted after the cuts are closed.
            length_ms: how much.
        """
        self.cuts = cuts
        self.at_ms = at_ms
        self.length_ms = length_ms

    def closed(self, positions: Sequence[int]) -> list[int]:
        """Sorted positions after the cuts are closed, before the opening."""
        index = bisect_left(positions, self.cuts[0][0]) if self.cuts else 0
        there = list(positions[:index])
        gone = 0
        for start, end in self.cuts:
            while index < len(positions) and positions[index] < end:
                position = positions[index]
                there.append((position if position < start else start) - gone)  # noqa: FURB136 - see `settled`
                index += 1
            gone += end - start
        there += [position - gone for position in positions[index:]] if gone else positions[index:]
        return there

    def opened(self, positions: list[int]) -> list[int]:
        """Sorted positions (after the cuts are closed) once room is made."""
        if not self.length_ms:
            return positions
        first = bisect_left(positions, self.at_ms)
        return positions[:first] + [position + self.length_ms for position in positions[first:]]

    def targets(self, positions: Sequence[int]) -> list[int]:
        """Where sorted positions travel."""
        return self.opened(self.closed(positions))


def placed_at(segments: Sequence[AnySegment], targets: Sequence[int]) -> list[AnySegment]:
    """Segments at new starts; the same objects where nothing changes."""
    return [
        segment if segment.start_ms == target else replace(segment, start_ms=target)
        for segment, target in zip(segments, targets, strict=True)
    ]


def settled(segments: Sequence[AnySegment], targets: Sequence[int]) -> list[int]:
    """Where segments land that would lie over each other: in order, at the later of the target and the previous end."""
    landed: list[int] = []
    end = 0
    for segment, target in zip(segments, targets, strict=True):
        at = target if target >= end else end  # noqa: FURB136 - a call of max doubles the time of this loop
        landed.append(at)
        end = at + segment.end_ms - segment.start_ms
    return landed
