"""Taking segments away and closing gaps.

*Delete* leaves a gap. *Ripple delete* and the closing of gaps close stretches: on the programme both lanes and the
markers follow, on the interactions lane that lane alone. An interaction that lies over what closes stays whole and
lands, in order of start, at the later of where it would begin and the previous one's end.
"""

from collections.abc import Sequence

from editor.schedule.edits.bench import Bench
from editor.schedule.edits.lanes import Ripple, Span, by_lane, spans
from editor.schedule.edits.refused import Refused
from editor.schedule.model import AnySegment, Lane
from editor.schedule.operations import CloseGap, CloseGaps, Delete, RippleDelete


def delete(bench: Bench, op: Delete) -> None:
    """Remove segments and their groups."""
    members = by_lane(bench.find_all(op.segments))
    bench.demand(*members)
    bench.lift(members)


def ripple_delete(bench: Bench, op: RippleDelete) -> None:
    """Remove segments and their groups and close the gaps they leave."""
    members = by_lane(bench.find_all(op.segments))
    bench.demand(*members)
    bench.lift(members)
    programme = spans(members.get("programme", ()))
    offers = spans(members.get("interactions", ()))
    if programme:
        bench.carry("programme", Ripple(programme), beside=Ripple(_union(programme, offers)))
    else:
        bench.carry("interactions", Ripple(offers))


def close_gaps(bench: Bench, op: CloseGaps) -> None:
    """Close every gap of a lane from a position on."""
    gaps = [(max(start, op.from_ms), end) for start, end in _gaps(bench.lanes[op.lane]) if end > op.from_ms]
    _close(bench, op.lane, gaps)


def close_gap(bench: Bench, op: CloseGap) -> None:
    """Close the gap that a position lies in."""
    _close(bench, op.lane, [gap for gap in _gaps(bench.lanes[op.lane]) if gap[0] <= op.at_ms < gap[1]])


def _close(bench: Bench, lane: Lane, gaps: Sequence[Span]) -> None:
    if not gaps:
        raise Refused("refused.nothing")
    bench.demand(lane)
    bench.carry(lane, Ripple(gaps))


def _gaps(lane: Sequence[AnySegment]) -> list[Span]:
    """The empty stretches before and between a lane's segments."""
    ends = [0, *(segment.end_ms for segment in lane)]
    return [(end, segment.start_ms) for end, segment in zip(ends, lane, strict=False) if segment.start_ms > end]


def _union(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Stretches covered by either, sorted and joined."""
    joined: list[Span] = []
    for start, end in sorted([*one, *other]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
