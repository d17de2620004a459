"""Places segments on the lanes: add, move, paste and duplicate, in three modes.

*Normal* refuses a place that is taken and names the nearest free one; *insert* makes room; *overwrite* cuts back what
lies there. Segments that are placed in one step keep their distances: one difference moves all, one refusal refuses
all.

Special cases of insert:

* Segments of both lanes at once are an insert on the programme, as long as their programme part; the interactions among
  them move by the same difference, and the others make way behind them.
* An insert on the interactions lane alone never cuts an interaction that spans the position: it stays whole, and the
  inserted segments begin at its end (or, nearer than 1 s to its start, at its start).
* A move takes along the empty stretches between the moved segments, so it keeps the total; a stretch with something
  else in it stays behind, and the moved ones keep their distance all the same.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, NoReturn

from msgspec.structs import replace

from editor.schedule.edits.context import EditContext
from editor.schedule.edits.errors import EditRefusedError
from editor.schedule.edits.lanes import (
    ByLane,
    FreeSpace,
    Interval,
    Ripple,
    find_nearest_shift,
    get_intervals,
    get_starts,
    group_by_lane,
    has_overlap,
    is_occupied,
    merge_into_lane,
    overwrite_intervals,
    place_at,
    resolve_overlaps,
    shift_segments,
)
from editor.schedule.edits.segments import split_segment
from editor.schedule.invariants import find_segment_violations
from editor.schedule.lane_search import get_start
from editor.schedule.model import LANES, MAX_WEBINAR_MS, MIN_SEGMENT_MS, AnySegment, Lane, Offer
from editor.schedule.operations import Add, AnyOperation, Duplicate, Move, Paste, PlacementMode

AlternativeFactory = Callable[[int], AnyOperation]
"""Makes the same operation with everything placed later by a difference (ms)."""


def add(context: EditContext, op: Add) -> None:
    """Add new segments at their own starts, and their media.

    Raises:
        EditRefusedError: ``refused.nothing`` where none is given, ``refused.same_id``, ``refused.broken`` where a
            segment is invalid by itself, ``refused.locked``; else as `place`.
    """
    if not op.segments:
        raise EditRefusedError("refused.nothing")
    placed = group_by_lane(op.segments)
    context.require_unlocked(*placed)
    context.add_media(op.media)
    _require_new_ids(context, op.segments)
    _require_valid_content(context, op.segments)
    place(context, placed, op.mode, lambda by: replace(op, segments=tuple(shift_segments(op.segments, by))))


def move(context: EditContext, op: Move) -> None:
    """Move segments and the groups they belong to by the operation's difference (ms); 0 is accepted but does nothing.

    Raises:
        EditRefusedError: ``refused.locked``; as `EditContext.find_segments` and `place`.
    """
    members = group_by_lane(context.find_with_groups(op.segments))
    if op.delta_ms == 0:
        return
    context.require_unlocked(*members)

    def make_alternative(by: int) -> AnyOperation:
        return replace(op, delta_ms=op.delta_ms + by)

    if op.mode == "insert":
        insert(context, members, op.delta_ms, make_alternative, take_out=True)
    else:
        context.take_out(members)
        place(context, _shift_lanes(members, op.delta_ms), op.mode, make_alternative)


def paste(context: EditContext, op: Paste) -> None:
    """Paste copies, with new ids, so that the earliest begins at a position (ms); known media stay as they are.

    Raises:
        EditRefusedError: ``refused.nothing`` where none is given, ``refused.broken`` where a segment is invalid by
            itself, ``refused.locked``; else as `place`.
    """
    if not op.segments:
        raise EditRefusedError("refused.nothing")
    placed = group_by_lane(make_copies(op.segments, context.new_id))
    context.require_unlocked(*placed)
    context.add_media(op.media, overwrite=False)
    _require_valid_content(context, op.segments)
    placed = _shift_lanes(placed, op.at_ms - _get_begin(placed))
    place(context, placed, op.mode, lambda by: replace(op, at_ms=op.at_ms + by))


def duplicate(context: EditContext, op: Duplicate) -> None:
    """Copy segments and their groups to the first free place after them; nothing else moves.

    Raises:
        EditRefusedError: ``refused.full`` where no place is free within 24 hours, ``refused.locked``; else as
            `EditContext.find_segments`.
    """
    members = context.find_with_groups(op.segments)
    placed = group_by_lane(make_copies(members, context.new_id))
    context.require_unlocked(*placed)
    by = find_nearest_shift(_make_free_spaces(context, placed), minimum=_get_end(placed) - _get_begin(placed))
    if by is None:
        raise EditRefusedError("refused.full")
    _put_on_lanes(context, _shift_lanes(placed, by))


def make_copies(segments: Iterable[AnySegment], new_id: Callable[[], str]) -> list[AnySegment]:
    """Return copies with new ids of segments, groups and offers; parts of one offer still share one id."""
    groups: dict[str, str] = {}
    offers: dict[str, str] = {}
    result: list[AnySegment] = []
    for segment in segments:
        group = segment.group
        if group is not None:
            group = groups.get(group) or groups.setdefault(group, new_id())
        copy = replace(segment, id=new_id(), group=group)
        if isinstance(copy, Offer):
            copy = replace(copy, offer=offers.get(copy.offer) or offers.setdefault(copy.offer, new_id()))
        result.append(copy)
    return result


# ------------------------------------------------------------------------------------------------------- modes


def place(
    context: EditContext, placed: ByLane, mode: PlacementMode, make_alternative: AlternativeFactory | None
) -> None:
    """Place segments that are on no lane yet.

    Args:
        context: The edit.
        placed: The segments, at the starts asked for.
        mode: "normal" refuses a place that is taken, "insert" makes room, "overwrite" cuts back what lies there.
        make_alternative: Makes the operation that a refusal offers instead; None where there is none.

    Raises:
        EditRefusedError: ``refused.overlap`` where they lie over each other. With the nearest free place, where there
            is one: ``refused.taken``, ``refused.before_zero``, ``refused.past_day``; ``refused.full`` for a taken place
            where none is free.
    """
    if any(has_overlap(segments) for segments in placed.values()):
        raise EditRefusedError("refused.overlap")
    if mode == "normal":
        code = _find_day_error(placed)
        if code is None and any(is_occupied(context.lanes[lane], own) for lane, own in placed.items()):
            code = "refused.taken"
        if code is not None:
            _raise_refusal(code, placed, find_nearest_shift(_make_free_spaces(context, placed)), make_alternative)
        _put_on_lanes(context, placed)
        return
    if mode == "insert":
        insert(context, placed, 0, make_alternative, take_out=False)
        return
    _require_within_day(placed, make_alternative)
    for lane, own in placed.items():
        beneath = overwrite_intervals(
            context.lanes[lane], get_intervals(own), context.new_id, context.media, context.touched
        )
        context.lanes[lane] = merge_into_lane(beneath, own)


def _put_on_lanes(context: EditContext, placed: ByLane) -> None:
    for lane, segments in placed.items():
        context.lanes[lane] = merge_into_lane(context.lanes[lane], segments)


def _make_free_spaces(context: EditContext, placed: ByLane) -> list[FreeSpace]:
    return [FreeSpace(context.lanes[lane], get_intervals(own)) for lane, own in placed.items()]


def _shift_lanes(placed: ByLane, by: int) -> ByLane:
    return {lane: shift_segments(own, by) for lane, own in placed.items()}


def _get_begin(placed: ByLane) -> int:
    return min(own[0].start_ms for own in placed.values())


def _get_end(placed: ByLane) -> int:
    return max(own[-1].end_ms for own in placed.values())


def _find_day_error(placed: ByLane) -> str | None:
    """Return the code of the refusal where a segment would begin before 0 or end after 24 hours, else None."""
    if _get_begin(placed) < 0:
        return "refused.before_zero"
    return "refused.past_day" if _get_end(placed) > MAX_WEBINAR_MS else None


def _require_within_day(placed: ByLane, make_alternative: AlternativeFactory | None) -> None:
    code = _find_day_error(placed)
    if code is not None:
        interval = (_get_begin(placed), _get_end(placed))
        _raise_refusal(code, placed, find_nearest_shift([FreeSpace((), [interval])]), make_alternative)


def _raise_refusal(code: str, placed: ByLane, by: int | None, make_alternative: AlternativeFactory | None) -> NoReturn:
    if by is None:
        raise EditRefusedError("refused.full" if code == "refused.taken" else code)
    raise EditRefusedError(
        code,
        nearest=_get_begin(placed) + by,
        alternative=make_alternative(by) if make_alternative is not None else None,
    )


def _require_new_ids(context: EditContext, segments: Iterable[AnySegment]) -> None:
    known = {segment.id for lane in LANES for segment in context.lanes[lane]}
    known |= {marker.id for marker in context.markers}
    for segment in segments:
        if segment.id in known:
            raise EditRefusedError("refused.same_id", id=segment.id)
        known.add(segment.id)


def _require_valid_content(context: EditContext, segments: Iterable[AnySegment]) -> None:
    """Refuse segments that are invalid by themselves, before their places are checked."""
    for segment in segments:
        for violation in find_segment_violations(segment, context.media):
            if violation.code not in {"broken.before_zero", "broken.past_day"}:
                raise EditRefusedError("refused.broken", why=violation.code, title=segment.title)


# ------------------------------------------------------------------------------------------------------ insert


class _InsertPlan(NamedTuple):
    """The outcome of an insert; `clash` is by how many ms one of the inserted interactions would be displaced."""

    lanes: dict[Lane, list[AnySegment]]
    ripple: Ripple
    clash: int


def insert(
    context: EditContext, members: ByLane, delta: int, make_alternative: AlternativeFactory | None, *, take_out: bool
) -> None:
    """Insert segments at their starts plus a difference, and move what is behind that place.

    Whether what moves still ends within 24 hours is checked by `EditContext.make_result` only.

    Args:
        context: The edit.
        members: The segments, by lane.
        delta: The difference, in ms.
        make_alternative: Makes the operation that a refusal offers instead; None where there is none.
        take_out: Whether they lie on the lanes already and leave their old places, which close.

    Raises:
        EditRefusedError: ``refused.taken`` where one of the inserted interactions would be displaced (``refused.full``
            where no place is near either), ``refused.before_zero`` and ``refused.past_day`` outside the 24 hours.
    """
    code = _find_day_error(_shift_lanes(members, delta))
    if code is None:
        plan = _plan_insert(context, members, delta, take_out=take_out)
        if not plan.clash:
            context.lanes.update(plan.lanes)
            if "programme" in plan.lanes:
                context.ripple_markers(plan.ripple)
            return
        code = "refused.taken"
    _raise_refusal(
        code,
        _shift_lanes(members, delta),
        _find_free_insert(context, members, delta, take_out=take_out),
        make_alternative,
    )


def _find_free_insert(context: EditContext, members: ByLane, delta: int, *, take_out: bool) -> int | None:
    """Find a further difference (ms) at which segments can be inserted, or None where none is near.

    The search begins within the 24 hours and goes on later. Each interaction in the way costs one try; after eight
    tries the place would be too far away to be useful.
    """
    wanted = _shift_lanes(members, delta)
    by = find_nearest_shift([FreeSpace((), [(_get_begin(wanted), _get_end(wanted))])])
    for _ in range(8):
        if by is None or _find_day_error(_shift_lanes(wanted, by)):
            return None
        clash = _plan_insert(context, members, delta + by, take_out=take_out).clash
        if not clash:
            return by
        by += clash
    return None


def _plan_insert(context: EditContext, members: ByLane, delta: int, *, take_out: bool) -> _InsertPlan:
    lead: Lane = "programme" if "programme" in members else "interactions"
    lead_segments = members[lead]
    lead_ids = {segment.id for segment in lead_segments}
    rest = [segment for segment in context.lanes[lead] if segment.id not in lead_ids]
    cuts = _find_closing_intervals(context.lanes[lead], lead_ids) if take_out else []
    target_ms = lead_segments[0].start_ms + delta
    at, rest = _make_room(context, rest, Ripple(cuts), target_ms, cut=lead == "programme")
    ripple = Ripple(cuts, at, lead_segments[-1].end_ms - lead_segments[0].start_ms)
    difference = delta + at - target_ms
    moved = merge_into_lane(
        place_at(rest, ripple.map_positions(get_starts(rest))), shift_segments(lead_segments, difference)
    )
    if lead == "interactions":
        return _InsertPlan({lead: moved}, ripple, 0)
    offers, clash = _ripple_interactions(context, ripple, members.get("interactions", []), difference)
    if offers and offers[0].start_ms < 0:
        # The edge that was used lies earlier than what was asked for.
        clash = max(clash, -offers[0].start_ms)
    return _InsertPlan({lead: moved, "interactions": offers}, ripple, clash)


def _find_closing_intervals(lane: Sequence[AnySegment], removed_ids: AbstractSet[str]) -> list[Interval]:
    """Return the stretches that close when segments are taken out: their own, and the gaps between neighbours."""
    cuts: list[Interval] = []
    joined = False
    for segment in lane:
        if segment.id not in removed_ids:
            joined = False
            continue
        if joined:
            cuts[-1] = (cuts[-1][0], segment.end_ms)
        else:
            cuts.append((segment.start_ms, segment.end_ms))
        joined = True
    return cuts


def _make_room(
    context: EditContext, rest: list[AnySegment], closing: Ripple, target_ms: int, *, cut: bool
) -> tuple[int, list[AnySegment]]:
    """Return where room is made after `closing`, and the lane with the segment that spans that place split there.

    Nearer than 1 s to an edge of the spanning segment, that edge is used; without `cut`, its end is used.
    """
    rest_starts = closing.close_cuts(get_starts(rest))
    index = bisect_left(rest_starts, target_ms) - 1
    if index < 0:
        return target_ms, rest
    spanning = rest[index]
    into = target_ms - rest_starts[index]
    remaining = spanning.length_ms - into
    if remaining <= 0:
        return target_ms, rest
    if min(into, remaining) < MIN_SEGMENT_MS:
        return target_ms - into if into <= remaining else target_ms + remaining, rest
    if not cut:
        return target_ms + remaining, rest
    context.touched.add(spanning.id)
    parts = split_segment(spanning, spanning.start_ms + into, context.new_id, context.media)
    return target_ms, [*rest[:index], *parts, *rest[index + 1 :]]


def _ripple_interactions(
    context: EditContext, ripple: Ripple, members: Sequence[AnySegment], difference: int
) -> tuple[list[AnySegment], int]:
    """Return the interactions after an insert on the programme.

    Inserted interactions move by its difference, and so do those that begin over segments that were taken out; the
    others follow the ripple. In order of where they would begin, each lands at the later of that and the end of the one
    before.

    Returns:
        The lane, and by how many ms one of the inserted interactions is displaced (0: none is).
    """
    member_ids = {segment.id for segment in members}
    others = [segment for segment in context.lanes["interactions"] if segment.id not in member_ids]
    moved_along: list[AnySegment] = []
    for start, end in ripple.cuts:
        first, past = bisect_left(others, start, key=get_start), bisect_left(others, end, key=get_start)
        moved_along += others[first:past]
        del others[first:past]
    targets = ripple.map_positions(get_starts(others))
    shifted_segments = shift_segments([*moved_along, *members], difference)
    if shifted_segments:
        fixed_ids = {segment.id for segment in members}
        lane = sorted([*place_at(others, targets), *shifted_segments], key=get_start)
        targets = get_starts(lane)
        resolved = resolve_overlaps(lane, targets)
        clashes = (
            at - target for segment, target, at in zip(lane, targets, resolved, strict=True) if segment.id in fixed_ids
        )
        return place_at(lane, resolved), max(clashes, default=0)
    return place_at(others, resolve_overlaps(others, targets)), 0
