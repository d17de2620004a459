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
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, NoReturn

from msgspec.structs import replace

from editor.schedule.edits.bench import Bench
from editor.schedule.edits.lanes import (
    ByLane,
    Ground,
    Ripple,
    Span,
    by_lane,
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
from editor.schedule.invariants import flaws
from editor.schedule.model import LANES, LEAST_MS, LONGEST_MS, AnySegment, Cta, Lane, Survey
from editor.schedule.operations import Add, AnyOperation, Duplicate, Mode, Move, Paste

Elsewhere = Callable[[int], AnyOperation]
"""The operation as it would be with everything placed by a further difference (ms)."""


def add(bench: Bench, op: Add) -> None:
    """Lay new segments at their own starts."""
    if not op.segments:
        raise Refused("refused.nothing")
    placed = by_lane(op.segments)
    bench.demand(*placed)
    bench.know(op.media)
    _check_new_ids(bench, op.segments)
    _check_content(bench, op.segments)
    place(bench, placed, op.mode, lambda by: replace(op, segments=tuple(shifted(op.segments, by))))


def move(bench: Bench, op: Move) -> None:
    """Move segments and the groups they are of."""
    members = by_lane(bench.find_all(op.segments))
    if op.delta_ms == 0:
        return
    bench.demand(*members)

    def elsewhere(by: int) -> AnyOperation:
        return replace(op, delta_ms=op.delta_ms + by)

    if op.mode == "insert":
        insert(bench, members, op.delta_ms, elsewhere, lift=True)
    else:
        bench.lift(members)
        place(bench, _shifted(members, op.delta_ms), op.mode, elsewhere)


def paste(bench: Bench, op: Paste) -> None:
    """Lay copies with the earliest at a position."""
    if not op.segments:
        raise Refused("refused.nothing")
    placed = by_lane(copies(op.segments, bench.new_id))
    bench.demand(*placed)
    bench.know(op.media, better=False)
    _check_content(bench, op.segments)
    placed = _shifted(placed, op.at_ms - _begin(placed))
    place(bench, placed, op.mode, lambda by: replace(op, at_ms=op.at_ms + by))


def duplicate(bench: Bench, op: Duplicate) -> None:
    """Copy segments (and their groups) to the first free place after them."""
    members = bench.find_all(op.segments)
    placed = by_lane(copies(members, bench.new_id))
    bench.demand(*placed)
    by = nearest(_grounds(bench, placed), least=_end(placed) - _begin(placed))
    if by is None:
        raise Refused("refused.full")
    _lay(bench, _shifted(placed, by))


def copies(segments: Iterable[AnySegment], new_id: Callable[[], str]) -> list[AnySegment]:
    """Copies with ids of their own: of segments, of groups, and of offers (parts of one offer still share one)."""
    groups: dict[str, str] = {}
    offers: dict[str, str] = {}
    made: list[AnySegment] = []
    for segment in segments:
        group = segment.group
        if group is not None:
            group = groups.get(group) or groups.setdefault(group, new_id())
        copy = replace(segment, id=new_id(), group=group)
        if isinstance(copy, Cta | Survey):
            copy = replace(copy, offer=offers.get(copy.offer) or offers.setdefault(copy.offer, new_id()))
        made.append(copy)
    return made


# ------------------------------------------------------------------------------------------------------- modes


def place(bench: Bench, placed: ByLane, mode: Mode, elsewhere: Elsewhere | None) -> None:
    """Lay segments down by a mode; they are on no lane yet.

    Args:
        bench: what is worked on.
        placed: what is laid, at the starts asked for.
        mode: how.
        elsewhere: makes the operation that a refusal offers instead; None where there is none.

    Raises:
        Refused: with the nearest free place, where there is one.
    """
    if any(crowded(own) for own in placed.values()):
        raise Refused("refused.overlap")
    if mode == "normal":
        code = _outside(placed)
        if code is None and any(taken(bench.lanes[lane], own) for lane, own in placed.items()):
            code = "refused.taken"
        if code is not None:
            _refuse(code, placed, nearest(_grounds(bench, placed)), elsewhere)
        _lay(bench, placed)
        return
    if mode == "insert":
        insert(bench, placed, 0, elsewhere, lift=False)
        return
    _stay_in_the_day(placed, elsewhere)
    for lane, own in placed.items():
        beneath = cut_beneath(bench.lanes[lane], spans(own), bench.new_id, bench.media, bench.touched)
        bench.lanes[lane] = woven(beneath, own)


def _lay(bench: Bench, placed: ByLane) -> None:
    for lane, own in placed.items():
        bench.lanes[lane] = woven(bench.lanes[lane], own)


def _grounds(bench: Bench, placed: ByLane) -> list[Ground]:
    return [Ground(bench.lanes[lane], spans(own)) for lane, own in placed.items()]


def _shifted(placed: ByLane, by: int) -> ByLane:
    return {lane: shifted(own, by) for lane, own in placed.items()}


def _begin(placed: ByLane) -> int:
    return min(own[0].start_ms for own in placed.values())


def _end(placed: ByLane) -> int:
    return max(own[-1].end_ms for own in placed.values())


def _outside(placed: ByLane) -> str | None:
    """The refusal's code where something would begin before 0 or end after the day."""
    if _begin(placed) < 0:
        return "refused.before_zero"
    return "refused.past_day" if _end(placed) > LONGEST_MS else None


def _stay_in_the_day(placed: ByLane, elsewhere: Elsewhere | None) -> None:
    code = _outside(placed)
    if code is not None:
        whole = (_begin(placed), _end(placed))
        _refuse(code, placed, nearest([Ground((), [whole])]), elsewhere)


def _refuse(code: str, placed: ByLane, by: int | None, elsewhere: Elsewhere | None) -> NoReturn:
    if by is None:
        raise Refused("refused.full" if code == "refused.taken" else code)
    raise Refused(code, nearest=_begin(placed) + by, instead=elsewhere(by) if elsewhere is not None else None)


def _check_new_ids(bench: Bench, segments: Iterable[AnySegment]) -> None:
    known = {segment.id for lane in LANES for segment in bench.lanes[lane]}
    known |= {marker.id for marker in bench.markers}
    for segment in segments:
        if segment.id in known:
            raise Refused("refused.same_id", id=segment.id)
        known.add(segment.id)


def _check_content(bench: Bench, segments: Iterable[AnySegment]) -> None:
    """See that segments from elsewhere can be at all, before their places are looked at."""
    for segment in segments:
        for flaw in flaws(segment, bench.media):
            if flaw.code not in {"broken.before_zero", "broken.past_day"}:
                raise Refused("refused.broken", why=flaw.code, title=segment.title)


# ------------------------------------------------------------------------------------------------------ insert


class _Inserted(NamedTuple):
    """What an insert comes to; `clash` is by how much an interaction that is part of it would be pushed aside."""

    lanes: dict[Lane, list[AnySegment]]
    ripple: Ripple
    clash: int


def insert(bench: Bench, members: ByLane, delta: int, elsewhere: Elsewhere | None, *, lift: bool) -> None:
    """Insert segments at their starts plus a difference; with `lift` they are on the lanes, and the gap is closed.

    Raises:
        Refused: ``refused.taken`` where an interaction that is part of it would be pushed off its place; or it would
            not stay within the day.
    """
    code = _outside(_shifted(members, delta))
    if code is None:
        inserted = _inserted(bench, members, delta, lift=lift)
        if not inserted.clash:
            bench.lanes.update(inserted.lanes)
            if "programme" in inserted.lanes:
                bench.carry_markers(inserted.ripple)
            return
        code = "refused.taken"
    _refuse(code, _shifted(members, delta), _free_insert(bench, members, delta, lift=lift), elsewhere)


def _free_insert(bench: Bench, members: ByLane, delta: int, *, lift: bool) -> int | None:
    """A further difference, back into the day and then later, at which segments can be inserted; None if none is near.

    Each interaction in the way pushes once; eight of them in a row are as far as anybody would follow.
    """
    wanted = _shifted(members, delta)
    by = nearest([Ground((), [(_begin(wanted), _end(wanted))])])
    for _ in range(8):
        if by is None or _outside(_shifted(wanted, by)):
            return None
        clash = _inserted(bench, members, delta + by, lift=lift).clash
        if not clash:
            return by
        by += clash
    return None


def _inserted(bench: Bench, members: ByLane, delta: int, *, lift: bool) -> _Inserted:
    lead: Lane = "programme" if "programme" in members else "interactions"
    own = members[lead]
    named = {segment.id for segment in own}
    rest = [segment for segment in bench.lanes[lead] if segment.id not in named]
    cuts = _lifted_spans(bench.lanes[lead], named) if lift else []
    want = own[0].start_ms + delta
    at, rest = _room(bench, rest, Ripple(cuts), want, cut=lead == "programme")
    ripple = Ripple(cuts, at, own[-1].end_ms - own[0].start_ms)
    difference = delta + at - want
    moved = woven(placed_at(rest, ripple.targets(starts(rest))), shifted(own, difference))
    if lead == "interactions":
        return _Inserted({lead: moved}, ripple, 0)
    offers, clash = _accompanied(bench, ripple, members.get("interactions", []), difference)
    if offers and offers[0].start_ms < 0:
        # The edge that was used lies earlier than what was asked for.
        clash = max(clash, -offers[0].start_ms)
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
    bench.touched.add(spanning.id)
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
