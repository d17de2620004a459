"""Dragging edges and setting lengths by number.

An edge goes as far as it can and the result tells where it stopped: at the media's beginning, at the least length of a
second, at the day's end, and by mode at the neighbour (*normal*). In *insert* everything behind the edge follows by the
difference (on the programme both lanes do; a start edge leaves the start where it is and changes what is played);
in *overwrite* the neighbour is cut back. Only the named segment changes, whatever group it is of.
"""

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from msgspec.structs import replace

from editor.schedule.edits.bench import Bench
from editor.schedule.edits.lanes import Ripple, by_lane, by_start, woven
from editor.schedule.edits.parts import Clip, MediaMap, fit_fades, head, head_room, tail
from editor.schedule.edits.placing import insert, place
from editor.schedule.edits.refused import Refused
from editor.schedule.model import LANES, LEAST_MS, LONGEST_MS, AnySegment, Page, Presentation, kind_of, lane_of
from editor.schedule.operations import Edge, Lengths, Mode, Resize, RippleTrim, SetLengths


def resize(bench: Bench, op: Resize) -> None:
    """Drag one edge."""
    segment = bench.find_one(op.segment)
    if op.delta_ms == 0:
        return
    bench.demand(lane_of(segment))
    delta, reason = _reach(bench, segment, op.edge, op.delta_ms, op.mode)
    if op.exact and delta != op.delta_ms:
        facts = {"least_ms": LEAST_MS} if reason == "refused.short" else {}
        edge = segment.start_ms if op.edge == "start" else segment.end_ms
        raise Refused(reason, nearest=edge + delta, instead=replace(op, delta_ms=delta), **facts)
    if delta:
        _drag(bench, segment, op.edge, delta, op.mode)


def ripple_trim(bench: Bench, op: RippleTrim) -> None:
    """Cut the programme's segment under a position up to there, and close the gap."""
    under = [segment for segment in bench.lanes["programme"] if segment.start_ms < op.at_ms < segment.end_ms]
    if not under:
        raise Refused("refused.nothing")
    segment = under[0]
    bench.demand("programme")
    delta = op.at_ms - (segment.start_ms if op.edge == "start" else segment.end_ms)
    if segment.length_ms - abs(delta) < LEAST_MS:
        raise Refused("refused.short", least_ms=LEAST_MS)
    _drag(bench, segment, op.edge, delta, "insert")


def set_lengths(bench: Bench, op: SetLengths) -> None:
    """Set starts, in-points, lengths and holds by number."""
    segments = {segment.id: segment for segment in bench.find([one.segment for one in op.lengths])}
    if len(segments) < len(op.lengths):
        raise Refused("refused.overlap")
    named = by_lane(segments.values())
    bench.demand(*named)
    changed = [_with_lengths(segments[one.segment], one, bench.media) for one in op.lengths]
    if op.mode == "insert":
        for one, segment in sorted(zip(op.lengths, changed, strict=True), key=lambda pair: pair[1].start_ms):
            _set_in_place(bench, segment)
            _set_start(bench, one)
        return

    def elsewhere(by: int) -> SetLengths:
        starts = [segment.start_ms + by for segment in changed]
        return replace(op, lengths=tuple(replace(one, start_ms=at) for one, at in zip(op.lengths, starts, strict=True)))

    bench.lift(named)
    bench.touched.update(segments)
    place(bench, by_lane(changed), op.mode, elsewhere)


def _reach(bench: Bench, segment: AnySegment, edge: Edge, delta: int, mode: Mode) -> tuple[int, str]:
    """How far an edge goes, and the code of what stops it where it stops short."""
    grows = (delta > 0) == (edge == "end")
    if not grows:
        far = min(abs(delta), segment.length_ms - LEAST_MS)
        return (far if delta > 0 else -far), "refused.short"
    lane = bench.lanes[lane_of(segment)]
    index = bisect_left(lane, segment.start_ms, key=by_start)
    limits: list[tuple[int, str]] = []
    if edge == "end":
        if mode == "normal" and index + 1 < len(lane):
            limits.append((lane[index + 1].start_ms - segment.end_ms, "refused.neighbour"))
        if mode != "insert":
            limits.append((LONGEST_MS - segment.end_ms, "refused.past_day"))
    else:
        room = head_room(segment)
        if room is not None:
            limits.append((room, "refused.media_start"))
        if mode == "normal" and index:
            limits.append((segment.start_ms - lane[index - 1].end_ms, "refused.neighbour"))
        if mode != "insert":
            limits.append((segment.start_ms, "refused.before_zero"))
    if mode == "insert":
        limits.append((_spare(bench, segment, edge), "refused.past_day"))
    far, reason = min(limits, key=itemgetter(0))
    far = min(far, abs(delta))
    return (far if delta > 0 else -far), reason


def _spare(bench: Bench, segment: AnySegment, edge: Edge) -> int:
    """By how much everything behind an edge can be pushed before the day ends."""
    behind = segment.end_ms if edge == "end" else segment.start_ms
    lanes = LANES if lane_of(segment) == "programme" else LANES[1:]
    last = [bench.lanes[lane][-1] for lane in lanes if bench.lanes[lane]]
    return LONGEST_MS - max([segment.end_ms, *(one.end_ms for one in last if one.start_ms >= behind)])


def _drag(bench: Bench, segment: AnySegment, edge: Edge, delta: int, mode: Mode) -> None:
    """Move an edge by a difference that is known to be within reach."""
    dragged = tail(segment, delta, bench.media) if edge == "end" else head(segment, delta)
    if mode == "insert":
        at = segment.end_ms if edge == "end" else segment.start_ms
        _ripple_behind(bench, segment, dragged, at)
        return
    if edge == "start":
        dragged = replace(dragged, start_ms=segment.start_ms + delta)
    if mode == "normal":
        bench.swap(segment, dragged)
        return
    bench.lift(by_lane((segment,)))
    bench.touched.add(segment.id)
    place(bench, by_lane((dragged,)), "overwrite", None)


def _ripple_behind(bench: Bench, segment: AnySegment, changed: AnySegment, at_ms: int) -> None:
    """Put a longer or shorter segment where one was, and let everything from `at_ms` on follow by the difference."""
    lane = lane_of(segment)
    longer = changed.length_ms - segment.length_ms
    bench.lift({lane: [segment]})
    bench.touched.add(segment.id)
    if longer > 0:
        bench.carry(lane, Ripple((), at_ms, longer))
    elif longer < 0:
        # At the start edge the stretch begins there; at the end edge it ends there.
        start = at_ms if at_ms == segment.start_ms else at_ms + longer
        bench.carry(lane, Ripple(((start, start - longer),)))
    bench.lanes[lane] = woven(bench.lanes[lane], (changed,))


def _set_in_place(bench: Bench, changed: AnySegment) -> None:
    """Give a segment its new content where it lies by now, and let what is behind it follow."""
    segment = bench.find_one(changed.id)
    _ripple_behind(bench, segment, replace(changed, start_ms=segment.start_ms), segment.end_ms)


def _set_start(bench: Bench, lengths: Lengths) -> None:
    """Move a segment to the start asked for, where it does not already lie there by what followed."""
    segment = bench.find_one(lengths.segment)
    if lengths.start_ms is not None and lengths.start_ms != segment.start_ms:
        insert(bench, by_lane((segment,)), lengths.start_ms - segment.start_ms, None, lift=True)


def _with_lengths(segment: AnySegment, lengths: Lengths, media: MediaMap) -> AnySegment:
    """The segment with the numbers asked for.

    Raises:
        Refused: ``refused.kind`` where its kind has no such number, ``refused.media_end`` where the media is too short,
            ``refused.short`` where less than a second is left.
    """
    start = segment.start_ms if lengths.start_ms is None else lengths.start_ms
    changed: AnySegment
    if isinstance(segment, Clip):
        changed = _with_clip_lengths(segment, lengths, media)
    elif isinstance(segment, Presentation):
        changed = _with_page_lengths(segment, lengths)
    elif lengths.in_ms is None and lengths.hold_ms is None and lengths.pages is None:
        changed = segment if lengths.play_ms is None else replace(segment, length_ms=lengths.play_ms)
    else:
        raise Refused("refused.kind", kind=kind_of(segment))
    if changed.length_ms < LEAST_MS:
        raise Refused("refused.short", least_ms=LEAST_MS)
    return fit_fades(replace(changed, start_ms=start))


def _with_clip_lengths(segment: Clip, lengths: Lengths, media: MediaMap) -> Clip:
    if lengths.pages is not None:
        raise Refused("refused.kind", kind=kind_of(segment))
    begin = segment.in_ms if lengths.in_ms is None else lengths.in_ms
    end = begin + (segment.out_ms - segment.in_ms if lengths.play_ms is None else lengths.play_ms)
    known = media.get(segment.media)
    if known is not None and end > max(known.duration_ms, segment.out_ms):
        raise Refused("refused.media_end", end_ms=known.duration_ms)
    hold = segment.hold_ms if lengths.hold_ms is None else lengths.hold_ms
    return replace(segment, in_ms=begin, out_ms=end, hold_ms=hold)


def _with_page_lengths(segment: Presentation, lengths: Lengths) -> Presentation:
    """New page times keep the window's ends on their pages; a window longer than the track lengthens the last page."""
    if lengths.hold_ms is not None or lengths.pages == ():
        raise Refused("refused.kind", kind=kind_of(segment))
    pages = segment.pages if lengths.pages is None else lengths.pages
    begin, end = 0, sum(page.length_ms for page in pages)
    if len(pages) == len(segment.pages):
        begin, end = _on_track(segment.in_ms, segment.pages, pages), _on_track(segment.out_ms, segment.pages, pages)
    if lengths.in_ms is not None:
        begin, end = lengths.in_ms, end + lengths.in_ms - begin
    if lengths.play_ms is not None:
        end = begin + lengths.play_ms
    whole = replace(segment, pages=pages, in_ms=begin, out_ms=begin)
    grown = tail(whole, end - begin, {})
    assert isinstance(grown, Presentation)
    return grown


def _on_track(at_ms: int, before: Sequence[Page], after: Sequence[Page]) -> int:
    """Where a place on a track lies when its pages have other times: as far into the same page as that reaches."""
    old = new = 0
    for was, now in zip(before, after, strict=True):
        if at_ms < old + was.length_ms:
            return new + min(at_ms - old, now.length_ms)
        old += was.length_ms
        new += now.length_ms
    return new
