"""Laying segments down: add, move, paste, duplicate, in the three modes of DESIGN.md §2.

*Normal* refuses a place that is taken and carries the nearest free one; *insert* makes room; *overwrite* cuts back what
stands there. What is placed in one step keeps its inner distances: one difference moves all, one refusal refuses all.

Insert, in the cases the rules leave open:

* Segments of both lanes at once are an insert on the programme, as long as their programme part; the interactions among
  them come along by the same difference, and others make way behind them.
* An insert on the interactions lane alone never cuts what spans it: such an interaction stays whole, and what is
  inserted begins at its end (or, nearer than 1 s to its start, at its start).
* A move takes along the empty stretches between the moved segments, so it keeps the total; a stretch with something
  else in it stays behind, and the moved ones keep their distance all the same.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, NoReturn

from msgspec.structs import replace

from editor.schedule.edits.bench import Bench
from editor.schedule.edits.lanes import (
    Ground,
    Ripple,
    Span,
    by_start,
    crowded,
    cut_beneath,
    nearest,
    placed_at,
    settled,
    shifted,
    spans,
    starts,
    taken,
    woven,
)
from editor.schedule.edits.parts import split
from editor.schedule.edits.refused import Refused
from editor.schedule.model import LANES, LEAST_MS, LONGEST_MS, AnySegment, Lane, lane_of
from editor.schedule.operations import Add, AnyOperation, Duplicate, Mode, Move, Paste

Elsewhere = Callable[[int], AnyOperation]
"""The operation as it would be with everything placed by a further difference (ms)."""


def add(bench: Bench, op: Add) -> None:
    """Lay new segments at their own starts."""
    if not op.segments:
        raise Refused("refused.nothing")
    bench.demand(op.segments)
    bench.know(op.media)
    _check_new_ids(bench, op.segments)
    place(bench, op.segments, op.mode, lambda by: replace(op, segments=tuple(shifted(op.segments, by))))


def move(bench: Bench, op: Move) -> None:
    """Move segments and the groups they are of."""
    members = bench.find_all(op.segments)
    if op.delta_ms == 0:
        return
    bench.demand(members)

    def elsewhere(by: int) -> AnyOperation:
        return replace(op, delta_ms=op.delta_ms + by)

    if op.mode == "insert":
        _stay_in_the_day(shifted(members, op.delta_ms), elsewhere)
        insert(bench, members, op.delta_ms, elsewhere, lift=True)
    else:
        bench.lift(members)
        place(bench, shifted(members, op.delta_ms), op.mode, elsewhere)


def paste(bench: Bench, op: Paste) -> None:
    """Lay copies with the earliest at a position."""
    if not op.segments:
        raise Refused("refused.nothing")
    bench.demand(op.segments)
    bench.know(op.media, better=False)
    by = op.at_ms - min(segment.start_ms for segment in op.segments)
    place(
        bench,
        shifted(copies(op.segments, bench.new_id), by),
        op.mode,
        lambda further: replace(op, at_ms=op.at_ms + further),
    )


def duplicate(bench: Bench, op: Duplicate) -> None:
    """Copy segments (and their groups) to the first free place after them."""
    members = bench.find_all(op.segments)
    bench.demand(members)
    width = max(segment.end_ms for segment in members) - min(segment.start_ms for segment in members)
    by = nearest([ground for ground in _grounds(bench, members) if ground.placed], least=width)
    if by is None:
        raise Refused("refused.full")
    _lay(bench, shifted(copies(members, bench.new_id), by))


def copies(segments: Sequence[AnySegment], new_id: Callable[[], str]) -> list[AnySegment]:
    """Copies with ids of their own: of segments, of groups, and of offers (parts of one offer still share one)."""
    groups: dict[str, str] = {}
    offers: dict[str, str] = {}
    made = []
    for segment in segments:
        copy = replace(segment, id=new_id())
        if segment.group is not None:
            copy = replace(copy, group=groups.get(segment.group) or groups.setdefault(segment.group, new_id()))
        if lane_of(copy) == "interactions":
            copy = replace(copy, offer=offers.get(copy.offer) or offers.setdefault(copy.offer, new_id()))  # type: ignore[union-attr]
        made.append(copy)
    return made


# ------------------------------------------------------------------------------------------------------- modes


def place(bench: Bench, placed: Sequence[AnySegment], mode: Mode, elsewhere: Elsewhere | None) -> None:
    """Lay segments down by a mode; they are on no lane yet.

    Args:
        bench: what is worked on.
        placed: what is laid, at the starts asked for.
        mode: how.
        elsewhere: makes the operation that a refusal offers instead; None where there is none.

    Raises:
        Refused: with the nearest free place, where there is one.
    """
    if any(crowded(sorted(_of(placed, lane), key=by_start)) for lane in LANES):
        raise Refused("refused.overlap")
    if mode == "normal":
        _place_normal(bench, placed, elsewhere)
        return
    _stay_in_the_day(placed, elsewhere)
    if mode == "insert":
        insert(bench, placed, 0, elsewhere, lift=False)
        return
    for lane in LANES:
        own = sorted(_of(placed, lane), key=by_start)
        if own:
            beneath = cut_beneath(bench.lanes[lane], spans(own), bench.new_id, bench.media)
            bench.lanes[lane] = woven(beneath, own)


def _place_normal(bench: Bench, placed: Sequence[AnySegment], elsewhere: Elsewhere | None) -> None:
    code = _outside(placed)
    if code is None and any(taken(bench.lanes[lane], _of(placed, lane)) for lane in LANES):
        code = "refused.taken"
    if code is None:
        _lay(bench, placed)
        return
    _refuse(code, placed, nearest([ground for ground in _grounds(bench, placed) if ground.placed]), elsewhere)


def _grounds(bench: Bench, placed: Sequence[AnySegment]) -> list[Ground]:
    return [Ground(bench.lanes[lane], spans(_of(placed, lane))) for lane in LANES]


def _of(segments: Sequence[AnySegment], lane: Lane) -> list[AnySegment]:
    return [segment for segment in segments if lane_of(segment) == lane]


def _lay(bench: Bench, placed: Sequence[AnySegment]) -> None:
    for lane in LANES:
        own = _of(placed, lane)
        if own:
            bench.lanes[lane] = woven(bench.lanes[lane], own)


def _outside(placed: Sequence[AnySegment]) -> str | None:
    """The refusal's code where something would begin before 0 or end after the day."""
    if min(segment.start_ms for segment in placed) < 0:
        return "refused.before_zero"
    if max(segment.end_ms for segment in placed) > LONGEST_MS:
        return "refused.past_day"
    return None


def _stay_in_the_day(placed: Sequence[AnySegment], elsewhere: Elsewhere | None) -> None:
    code = _outside(placed)
    if code is not None:
        _refuse(code, placed, nearest([Ground((), spans(placed))]), elsewhere)


def _refuse(code: str, placed: Sequence[AnySegment], by: int | None, elsewhere: Elsewhere | None) -> NoReturn:
    if by is None:
        raise Refused("refused.full" if code == "refused.taken" else code)
    start = min(segment.start_ms for segment in placed) + by
    raise Refused(code, nearest=start, instead=elsewhere(by) if elsewhere is not None else None)


def _check_new_ids(bench: Bench, segments: Sequence[AnySegment]) -> None:
    known = {segment.id for lane in LANES for segment in bench.lanes[lane]}
    for segment in segments:
        if segment.id in known:
            raise Refused("refused.same_id", id=segment.id)
        known.add(segment.id)


# ------------------------------------------------------------------------------------------------------ insert


class _Inserted(NamedTuple):
    """What an insert comes to; `clash` is by how much an interaction that is part of it would be pushed aside."""

    lanes: dict[Lane, list[AnySegment]]
    ripple: Ripple
    clash: int


def insert(bench: Bench, members: Sequence[AnySegment], delta: int, elsewhere: Elsewhere | None, *, lift: bool) -> None:
    """Insert segments at their starts plus a difference; with `lift` they are on the lanes, and the gap is closed."""
    inserted = _inserted(bench, members, delta, lift=lift)
    if inserted.clash:
        by = inserted.clash
        free = not _inserted(bench, members, delta + by, lift=lift).clash
        _refuse("refused.taken", shifted(members, delta), by if free else None, elsewhere)
    bench.lanes.update(inserted.lanes)
    if "programme" in inserted.lanes:
        bench.carry_markers(inserted.ripple)


def _inserted(bench: Bench, members: Sequence[AnySegment], delta: int, *, lift: bool) -> _Inserted:
    lead: Lane = "programme" if any(lane_of(segment) == "programme" for segment in members) else "interactions"
    own = sorted(_of(members, lead), key=by_start)
    named = {segment.id for segment in members}
    rest = [segment for segment in bench.lanes[lead] if segment.id not in named]
    cuts = _lifted_spans(bench.lanes[lead], named) if lift else []
    want = own[0].start_ms + delta
    at, rest = _room(bench, rest, Ripple(cuts), want, cut=lead == "programme")
    ripple = Ripple(cuts, at, own[-1].end_ms - own[0].start_ms)
    difference = delta + at - want
    moved = woven(placed_at(rest, ripple.targets(starts(rest))), shifted(own, difference))
    if lead == "interactions":
        return _Inserted({lead: moved}, ripple, 0)
    offers, clash = _accompanied(bench, ripple, _of(members, "interactions"), difference)
    return _Inserted({lead: moved, "interactions": offers}, ripple, clash)


def _lifted_spans(lane: Sequence[AnySegment], named: AbstractSet[str]) -> list[Span]:
    """The stretches that close when segments are lifted: theirs, and what is empty between two of them."""
    cuts: list[Span] = []
    joined = False
    for segment in lane:
        if segment.id not in named:
            joined = False
            continue
        if joined:
            cuts[-1] = (cuts[-1][0], segment.end_ms)
        else:
            cuts.append((segment.start_ms, segment.end_ms))
        joined = True
    return cuts


def _room(
    bench: Bench, rest: list[AnySegment], closing: Ripple, want: int, *, cut: bool
) -> tuple[int, list[AnySegment]]:
    """Where room is made on a lane once `closing` has passed, and the lane with what spans that place split there.

    Nearer than 1 s to an edge of what spans it, that edge is used; where nothing may be `cut`, the end is.
    """
    begins = closing.closed(starts(rest))
    index = bisect_left(begins, want) - 1
    if index < 0:
        return want, rest
    spanning = rest[index]
    into = want - begins[index]
    left = spanning.length_ms - into
    if left <= 0:
        return want, rest
    if min(into, left) < LEAST_MS:
        return want - into if into <= left else want + left, rest
    if not cut:
        return want + left, rest
    parts = split(spanning, spanning.start_ms + into, bench.new_id, bench.media)
    return want, [*rest[:index], *parts, *rest[index + 1 :]]


def _accompanied(
    bench: Bench, ripple: Ripple, members: Sequence[AnySegment], difference: int
) -> tuple[list[AnySegment], int]:
    """The interactions after an insert on the programme.

    Those that are part of it move by its difference, and so do those that begin over what was lifted; the others follow
    the ripple. In order of where they would begin, each lands at the later of that and the end of the one before.

    Returns:
        The lane, and by how much one that is part of the insert is off its place (0: all is well).
    """
    named = {segment.id for segment in members}
    others = [segment for segment in bench.lanes["interactions"] if segment.id not in named]
    travellers: list[AnySegment] = []
    for start, end in ripple.cuts:
        first, past = bisect_left(others, start, key=by_start), bisect_left(others, end, key=by_start)
        travellers += others[first:past]
        del others[first:past]
    targets = ripple.targets(starts(others))
    along = shifted([*travellers, *members], difference)
    if along:
        fixed = {segment.id for segment in members}
        lane = sorted([*placed_at(others, targets), *along], key=by_start)
        targets = starts(lane)
        landed = settled(lane, targets)
        clashes = (
            at - target for segment, target, at in zip(lane, targets, landed, strict=True) if segment.id in fixed
        )
        return placed_at(lane, landed), max(clashes, default=0)
    return placed_at(others, settled(others, targets)), 0
