"""Removes segments and closes gaps.

*Delete* leaves a gap. *Ripple delete* and the closing of gaps close stretches: on the programme both lanes and the
markers follow, on the interactions lane that lane alone. An interaction that lies over what closes stays whole and
lands, in order of start, at the later of where it would begin and the previous one's end.
"""

from collections.abc import Sequence

from editor.schedule.edits.context import EditContext
from editor.schedule.edits.errors import EditRefusedError
from editor.schedule.edits.lanes import Interval, Ripple, get_intervals, group_by_lane
from editor.schedule.model import AnySegment, Lane
from editor.schedule.operations import CloseGap, CloseGaps, Delete, RippleDelete


def delete(context: EditContext, op: Delete) -> None:
    """Remove segments and their groups, and leave their places empty.

    Raises:
        EditRefusedError: ``refused.locked``; else as `EditContext.find_segments`.
    """
    members = group_by_lane(context.find_with_groups(op.segments))
    context.take_out(members)


def ripple_delete(context: EditContext, op: RippleDelete) -> None:
    """Remove segments and their groups and close the gaps they leave; behind the programme's, both lanes follow.

    Raises:
        EditRefusedError: ``refused.locked``; else as `EditContext.find_segments`.
    """
    members = group_by_lane(context.find_with_groups(op.segments))
    context.take_out(members)
    programme = get_intervals(members.get("programme", ()))
    offers = get_intervals(members.get("interactions", ()))
    if programme:
        context.apply_ripple(
            "programme", Ripple(programme), interaction_ripple=Ripple(_merge_intervals(programme, offers))
        )
    else:
        context.apply_ripple("interactions", Ripple(offers))


def close_gaps(context: EditContext, op: CloseGaps) -> None:
    """Close every gap of a lane from a position (ms) on; of a gap around the position, the part behind it.

    What lies behind moves earlier; behind gaps of the programme, the interactions and markers too.

    Raises:
        EditRefusedError: ``refused.nothing`` where there is no gap, ``refused.locked``.
    """
    gaps = [(max(start, op.from_ms), end) for start, end in _find_gaps(context.lanes[op.lane]) if end > op.from_ms]
    _close_intervals(context, op.lane, gaps)


def close_gap(context: EditContext, op: CloseGap) -> None:
    """Close the gap that a position (ms) lies in; what lies behind moves earlier, as in `close_gaps`.

    Raises:
        EditRefusedError: ``refused.nothing`` where a segment lies there or nothing follows, ``refused.locked``.
    """
    _close_intervals(
        context, op.lane, [gap for gap in _find_gaps(context.lanes[op.lane]) if gap[0] <= op.at_ms < gap[1]]
    )


def _close_intervals(context: EditContext, lane: Lane, gaps: Sequence[Interval]) -> None:
    if not gaps:
        raise EditRefusedError("refused.nothing")
    context.apply_ripple(lane, Ripple(gaps))


def _find_gaps(lane: Sequence[AnySegment]) -> list[Interval]:
    """Return the empty stretches before and between a lane's segments."""
    ends = [0, *(segment.end_ms for segment in lane)]
    return [(end, segment.start_ms) for end, segment in zip(ends, lane, strict=False) if segment.start_ms > end]


def _merge_intervals(one: Sequence[Interval], other: Sequence[Interval]) -> list[Interval]:
    """Return the stretches covered by either list, sorted and joined."""
    merged: list[Interval] = []
    for start, end in sorted([*one, *other]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
