"""Drags edges and sets lengths by number.

An edge moves as far as it can; the result shows where it stopped: at the media's beginning, at the least length of 1 s,
after 24 hours, and in *normal* mode at the neighbour. In *insert* everything behind the edge moves by the difference
(on the programme both lanes do; a start edge leaves the start where it is and changes what is played); in *overwrite*
the neighbour is cut back. Only the named segment changes, whatever group it belongs to.
"""

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import assert_never

from msgspec.structs import replace

from editor.schedule.edits.context import EditContext
from editor.schedule.edits.errors import EditRefusedError
from editor.schedule.edits.lanes import Ripple, group_by_lane, merge_into_lane
from editor.schedule.edits.placement import insert, place
from editor.schedule.edits.segments import MediaMap, fit_fades, get_head_room, move_tail, trim_head, trim_tail
from editor.schedule.kinds import LengthSegment, TimedSegment, kind_of, lane_of
from editor.schedule.lane_search import find_segment_at, get_start
from editor.schedule.model import LANES, MAX_WEBINAR_MS, MIN_SEGMENT_MS, AnySegment, Page, Presentation, Timed
from editor.schedule.operations import Edge, Lengths, PlacementMode, Resize, RippleTrim, SetLengths


def resize(context: EditContext, op: Resize) -> None:
    """Move one edge of a segment by a difference (ms), as far as it can go; 0 changes nothing.

    Raises:
        EditRefusedError: ``refused.unknown``, ``refused.locked``. With `op.exact`, where the edge cannot go all the
            way: ``refused.short``, ``refused.neighbour``, ``refused.media_start``, ``refused.before_zero`` or
            ``refused.past_day``, with the nearest place.
    """
    segment = context.find_segment(op.segment)
    if op.delta_ms == 0:
        return
    context.require_unlocked(lane_of(segment))
    delta, reason = _limit_delta(context, segment, op.edge, op.delta_ms, op.mode)
    if op.exact and delta != op.delta_ms:
        facts = {"least_ms": MIN_SEGMENT_MS} if reason == "refused.short" else {}
        edge = segment.start_ms if op.edge == "start" else segment.end_ms
        raise EditRefusedError(reason, nearest=edge + delta, alternative=replace(op, delta_ms=delta), **facts)
    if delta:
        _move_edge(context, segment, op.edge, delta, op.mode)


def ripple_trim(context: EditContext, op: RippleTrim) -> None:
    """Cut the programme segment under a position (ms) from one of its edges up to there, and close the gap.

    Raises:
        EditRefusedError: ``refused.nothing`` in a gap or at a segment's start, ``refused.short`` where less than 1 s is
            left, ``refused.locked``.
    """
    segment = find_segment_at(context.lanes["programme"], op.at_ms)
    if segment is None or segment.start_ms == op.at_ms:
        raise EditRefusedError("refused.nothing")
    context.require_unlocked("programme")
    delta = op.at_ms - (segment.start_ms if op.edge == "start" else segment.end_ms)
    if segment.length_ms - abs(delta) < MIN_SEGMENT_MS:
        raise EditRefusedError("refused.short", least_ms=MIN_SEGMENT_MS)
    _move_edge(context, segment, op.edge, delta, "insert")


def set_lengths(context: EditContext, op: SetLengths) -> None:
    """Set starts, in-points, lengths and holds of segments to given values (ms); None leaves one as it is.

    Raises:
        EditRefusedError: ``refused.kind`` where a kind has no such number, ``refused.media_end`` where the media is too
            short, ``refused.short`` where less than 1 s is left, ``refused.overlap`` where a segment is named twice,
            ``refused.locked``; else as `EditContext.find_segments` and `place`.
    """
    segments = {segment.id: segment for segment in context.find_segments([lengths.segment for lengths in op.lengths])}
    if len(segments) < len(op.lengths):
        raise EditRefusedError("refused.overlap")
    members = group_by_lane(segments.values())
    context.require_unlocked(*members)
    changed = [_apply_lengths(segments[one.segment], one, context.media) for one in op.lengths]
    if op.mode == "insert":
        for one, segment in sorted(zip(op.lengths, changed, strict=True), key=lambda pair: pair[1].start_ms):
            _replace_in_place(context, segment)
            _set_start(context, one)
        return

    def make_alternative(by: int) -> SetLengths:
        starts = [segment.start_ms + by for segment in changed]
        return replace(op, lengths=tuple(replace(one, start_ms=at) for one, at in zip(op.lengths, starts, strict=True)))

    context.take_out(members)
    context.touched.update(segments)
    place(context, group_by_lane(changed), op.mode, make_alternative)


def _limit_delta(
    context: EditContext, segment: AnySegment, edge: Edge, delta: int, mode: PlacementMode
) -> tuple[int, str]:
    """Return how far an edge can move (ms, signed), and the code of the limit where it stops short."""
    grows = (delta > 0) == (edge == "end")
    if not grows:
        distance = min(abs(delta), segment.length_ms - MIN_SEGMENT_MS)
        return (distance if delta > 0 else -distance), "refused.short"
    lane = context.lanes[lane_of(segment)]
    index = bisect_left(lane, segment.start_ms, key=get_start)
    limits: list[tuple[int, str]] = []
    if edge == "end":
        if mode == "normal" and index + 1 < len(lane):
            limits.append((lane[index + 1].start_ms - segment.end_ms, "refused.neighbour"))
        if mode != "insert":
            limits.append((MAX_WEBINAR_MS - segment.end_ms, "refused.past_day"))
    else:
        room = get_head_room(segment)
        if room is not None:
            limits.append((room, "refused.media_start"))
        if mode == "normal" and index:
            limits.append((segment.start_ms - lane[index - 1].end_ms, "refused.neighbour"))
        if mode != "insert":
            limits.append((segment.start_ms, "refused.before_zero"))
    if mode == "insert":
        limits.append((_find_spare_ms(context, segment, edge), "refused.past_day"))
    distance, reason = min(limits, key=itemgetter(0))
    distance = min(distance, abs(delta))
    return (distance if delta > 0 else -distance), reason


def _find_spare_ms(context: EditContext, segment: AnySegment, edge: Edge) -> int:
    """Return by how many ms everything behind an edge can move before the 24 hours end."""
    behind = segment.end_ms if edge == "end" else segment.start_ms
    lanes = LANES if lane_of(segment) == "programme" else LANES[1:]
    last = [context.lanes[lane][-1] for lane in lanes if context.lanes[lane]]
    return MAX_WEBINAR_MS - max([segment.end_ms, *(one.end_ms for one in last if one.start_ms >= behind)])


def _move_edge(context: EditContext, segment: AnySegment, edge: Edge, delta: int, mode: PlacementMode) -> None:
    """Move an edge by a difference (ms) that is known to be possible."""
    dragged = trim_tail(segment, delta, context.media) if edge == "end" else trim_head(segment, delta)
    if mode == "insert":
        at = segment.end_ms if edge == "end" else segment.start_ms
        _replace_and_ripple(context, segment, dragged, at)
        return
    if edge == "start":
        dragged = replace(dragged, start_ms=segment.start_ms + delta)
    if mode == "normal":
        context.replace_segment(segment, dragged)
        return
    context.take_out(group_by_lane((segment,)))
    context.touched.add(segment.id)
    place(context, group_by_lane((dragged,)), "overwrite", None)


def _replace_and_ripple(context: EditContext, segment: AnySegment, changed: AnySegment, at_ms: int) -> None:
    """Replace a segment by a longer or shorter one, and move everything from `at_ms` on by the difference."""
    lane = lane_of(segment)
    growth_ms = changed.length_ms - segment.length_ms
    context.take_out({lane: [segment]})
    context.touched.add(segment.id)
    if growth_ms > 0:
        context.apply_ripple(lane, Ripple((), at_ms, growth_ms))
    elif growth_ms < 0:
        # At the start edge the stretch begins there; at the end edge it ends there.
        start = at_ms if at_ms == segment.start_ms else at_ms + growth_ms
        context.apply_ripple(lane, Ripple(((start, start - growth_ms),)))
    context.lanes[lane] = merge_into_lane(context.lanes[lane], (changed,))


def _replace_in_place(context: EditContext, changed: AnySegment) -> None:
    """Give a segment new content where it lies now, and move what is behind it."""
    segment = context.find_segment(changed.id)
    _replace_and_ripple(context, segment, replace(changed, start_ms=segment.start_ms), segment.end_ms)


def _set_start(context: EditContext, lengths: Lengths) -> None:
    """Move a segment to the start asked for, unless earlier changes moved it there already."""
    segment = context.find_segment(lengths.segment)
    if lengths.start_ms is not None and lengths.start_ms != segment.start_ms:
        insert(context, group_by_lane((segment,)), lengths.start_ms - segment.start_ms, None, take_out=True)


def _apply_lengths(segment: AnySegment, lengths: Lengths, media: MediaMap) -> AnySegment:
    """Return the segment with the given lengths.

    Raises:
        EditRefusedError: ``refused.kind`` where its kind has no such number, ``refused.media_end`` where the media is
            too short, ``refused.short`` where less than a second is left.
    """
    start = segment.start_ms if lengths.start_ms is None else lengths.start_ms
    changed: AnySegment
    if isinstance(segment, Timed):
        changed = _apply_timed_lengths(segment, lengths, media)
    elif isinstance(segment, Presentation):
        changed = _apply_page_lengths(segment, lengths)
    elif isinstance(segment, LengthSegment):
        if not (lengths.in_ms is None and lengths.hold_ms is None and lengths.pages is None):
            raise EditRefusedError("refused.kind", kind=kind_of(segment))
        changed = segment if lengths.play_ms is None else replace(segment, length_ms=lengths.play_ms)
    else:
        assert_never(segment)
    if changed.length_ms < MIN_SEGMENT_MS:
        raise EditRefusedError("refused.short", least_ms=MIN_SEGMENT_MS)
    return fit_fades(replace(changed, start_ms=start), segment)


def _apply_timed_lengths(segment: TimedSegment, lengths: Lengths, media: MediaMap) -> TimedSegment:
    if lengths.pages is not None:
        raise EditRefusedError("refused.kind", kind=kind_of(segment))
    begin = segment.in_ms if lengths.in_ms is None else lengths.in_ms
    end = begin + (segment.out_ms - segment.in_ms if lengths.play_ms is None else lengths.play_ms)
    known = media.get(segment.media)
    if known is not None and end > max(known.duration_ms, segment.out_ms):
        raise EditRefusedError("refused.media_end", end_ms=known.duration_ms)
    hold = segment.hold_ms if lengths.hold_ms is None else lengths.hold_ms
    return replace(segment, in_ms=begin, out_ms=end, hold_ms=hold)


def _apply_page_lengths(segment: Presentation, lengths: Lengths) -> Presentation:
    """Return a presentation with the given lengths.

    New page times keep the window's ends on their pages; a window longer than the track lengthens the last page.
    """
    if lengths.hold_ms is not None or lengths.pages == ():
        raise EditRefusedError("refused.kind", kind=kind_of(segment))
    pages = segment.pages if lengths.pages is None else lengths.pages
    begin, end = 0, sum(page.length_ms for page in pages)
    if len(pages) == len(segment.pages):
        begin, end = (
            _map_track_position(segment.in_ms, segment.pages, pages),
            _map_track_position(segment.out_ms, segment.pages, pages),
        )
    if lengths.in_ms is not None:
        begin, end = lengths.in_ms, end + lengths.in_ms - begin
    if lengths.play_ms is not None:
        end = begin + lengths.play_ms
    collapsed = replace(segment, pages=pages, in_ms=begin, out_ms=begin)
    resized = move_tail(collapsed, end - begin, {})
    assert isinstance(resized, Presentation)
    return resized


def _map_track_position(at_ms: int, before: Sequence[Page], after: Sequence[Page]) -> int:
    """Map a position on a track to one whose pages have other times: as far into the same page as possible."""
    old = new = 0
    for old_page, new_page in zip(before, after, strict=True):
        if at_ms < old + old_page.length_ms:
            return new + min(at_ms - old, new_page.length_ms)
        old += old_page.length_ms
        new += new_page.length_ms
    return new
