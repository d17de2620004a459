"""Edits of one segment: cut its head or its tail, lengthen it, split it.

Each kind behaves in its own way:

* **Timed media** play `in_ms … out_ms` and then hold. The tail, cut back, loses the hold first and then media;
  lengthened, it reveals media to its end and then adds hold. The head moves the in-point, not before the media begins.
  Once the head has cut all that plays, it cuts the hold. A part that is all hold has ``in_ms == out_ms``; lengthened at
  its tail, it only holds longer, because revealing media there would change what it shows.
* **Presentations** are a window on a track of pages; a window that grows past either end of the track lengthens the
  page there. With a sound track, which begins with the first page, the head stops at the beginning of the track.
* **Images, calls to action and surveys** just have a length.

Fades belong to what plays, not to the hold. After a trim each stays at its end of the segment, the fade-in at most as
long as what plays and the fade-out at most as long as what the fade-in leaves. A cut (a split, an insert into a
segment, an overwrite) changes no gain: a fade in whose middle it lies goes on in the next part
(`editor.schedule.fades`). A cut inside a hold leaves both fades to the left part.

All functions are pure; lengths are milliseconds; neighbours are not considered here.
"""

from collections.abc import Callable, Mapping
from typing import assert_never

from msgspec.structs import replace

from editor.schedule import fades
from editor.schedule.kinds import LengthSegment, TimedSegment
from editor.schedule.model import (
    MIN_SEGMENT_MS,
    AnySegment,
    Media,
    Offer,
    Page,
    Presentation,
    Timed,
)

MediaMap = Mapping[str, Media]


def get_head_room(segment: AnySegment) -> int | None:
    """Return by how many ms a segment can grow at its head; None where nothing limits it.

    What plays cannot begin before its media does: that of timed media, and the sound track of a presentation.
    """
    if isinstance(segment, Timed):
        return segment.in_ms
    if isinstance(segment, Presentation):
        return None if segment.audio is None else segment.in_ms
    if isinstance(segment, LengthSegment):
        return None
    assert_never(segment)


def fit_fades(changed: AnySegment, before: AnySegment) -> AnySegment:
    """Shorten a trimmed segment's fades to what plays, the fade-out first; return the same object if they fit already.

    Images, calls to action and surveys have no fades.

    Args:
        changed: The segment, trimmed, with the fades it had.
        before: The segment before.
    """
    if isinstance(changed, LengthSegment) or isinstance(before, LengthSegment):
        return changed
    return fades.fit_fades(changed, before)


def trim_tail(segment: AnySegment, by: int, media: MediaMap) -> AnySegment:
    """Move a segment's end by a difference in ms, later (positive) or earlier; the start stays.

    Earlier, the hold goes first and then media; later, media is revealed to its end and then hold is added. Whether at
    least 1 s is left is not checked. Fades are shortened where they no longer fit.

    Args:
        segment: The segment.
        by: The difference.
        media: The facts about media by SHA-256; without those of the segment, only hold is added.
    """
    return fit_fades(move_tail(segment, by, media), segment)


def move_tail(segment: AnySegment, by: int, media: MediaMap) -> AnySegment:
    """Do what `trim_tail` does, with the same arguments, but leave the fades as they are."""
    if by == 0:
        return segment
    if isinstance(segment, Timed):
        return _move_timed_tail(segment, by, media)
    if isinstance(segment, Presentation):
        out = segment.out_ms + by
        return replace(segment, out_ms=out, pages=_lengthen_page(segment.pages, -1, out - segment.track_ms))
    if isinstance(segment, LengthSegment):
        return replace(segment, length_ms=segment.length_ms + by)
    assert_never(segment)


def _move_timed_tail(segment: TimedSegment, by: int, media: MediaMap) -> AnySegment:
    if by < 0:
        eaten = min(segment.hold_ms, -by)
        return replace(segment, hold_ms=segment.hold_ms - eaten, out_ms=segment.out_ms + by + eaten)
    known = media.get(segment.media)
    hidden = known.duration_ms - segment.out_ms if known is not None and segment.in_ms < segment.out_ms else 0
    revealed = min(by, max(0, hidden))
    return replace(segment, out_ms=segment.out_ms + revealed, hold_ms=segment.hold_ms + by - revealed)


def trim_head(segment: AnySegment, by: int) -> AnySegment:
    """Cut a segment's head (`by` > 0 ms) or lengthen it there (`by` < 0, within `get_head_room`).

    The start stays as it is. Callers set it: dragging an edge moves the start, a ripple does not. Fades are shortened
    where they no longer fit. Neither the room nor a least length is checked.
    """
    return fit_fades(_move_head(segment, by), segment)


def _move_head(segment: AnySegment, by: int) -> AnySegment:
    """Do what `trim_head` does, but leave the fades as they are."""
    if by == 0:
        return segment
    if isinstance(segment, Timed):
        cut = min(by, segment.out_ms - segment.in_ms)
        return replace(segment, in_ms=segment.in_ms + cut, hold_ms=segment.hold_ms - (by - cut))
    if isinstance(segment, Presentation):
        missing = max(0, -by - segment.in_ms)
        return replace(
            segment,
            in_ms=segment.in_ms + by + missing,
            out_ms=segment.out_ms + missing,
            pages=_lengthen_page(segment.pages, 0, missing),
        )
    if isinstance(segment, LengthSegment):
        return replace(segment, length_ms=segment.length_ms - by)
    assert_never(segment)


def _lengthen_page(pages: tuple[Page, ...], index: int, by: int) -> tuple[Page, ...]:
    """Lengthen one page by `by` ms; return the same object where there is nothing to add."""
    if by <= 0:
        return pages
    longer = list(pages)
    longer[index] = replace(pages[index], length_ms=pages[index].length_ms + by)
    return tuple(longer)


def split_segment(
    segment: AnySegment, at_ms: int, new_id: Callable[[], str], media: MediaMap
) -> tuple[AnySegment, AnySegment]:
    """Return the two parts of a segment that together play as it did; the left one keeps the id.

    All else stays in both: group, title, the offer's id, media, pages. Every position keeps its gain: each part has
    what is left of the fades on its side. Nothing is checked: parts may be shorter than 1 s, and a position outside
    gives parts that are invalid.

    Args:
        segment: The segment; it is not changed.
        at_ms: The position on the lane where the right part begins, in ms; it must lie inside the segment.
        new_id: Makes the right part's id.
        media: The facts about media, by SHA-256; may lack this segment's.
    """
    return _cut_tail(segment, at_ms, media), replace(_cut_head(segment, at_ms), id=new_id())


def _cut_tail(segment: AnySegment, end_ms: int, media: MediaMap) -> AnySegment:
    """Return the part of a segment before a position on the lane (ms), where every gain is as it was."""
    part = move_tail(segment, end_ms - segment.end_ms, media)
    if isinstance(segment, LengthSegment) or isinstance(part, LengthSegment):
        return part
    cut_ms = fades.get_sound_ms(segment) - fades.get_sound_ms(part)
    return fades.continue_fades(part, segment, cut_tail_ms=cut_ms)


def _cut_head(segment: AnySegment, start_ms: int) -> AnySegment:
    """Return the part of a segment from a position on the lane (ms) on, where every gain is as it was."""
    part = replace(_move_head(segment, start_ms - segment.start_ms), start_ms=start_ms)
    if isinstance(segment, LengthSegment) or isinstance(part, LengthSegment):
        return part
    cut_ms = fades.get_sound_ms(segment) - fades.get_sound_ms(part)
    return fades.continue_fades(part, segment, cut_head_ms=cut_ms)


def subtract_interval(
    segment: AnySegment, from_ms: int, to_ms: int, new_id: Callable[[], str], media: MediaMap
) -> tuple[AnySegment, ...]:
    """Return what is left of a segment when `[from_ms, to_ms)` of its lane is overwritten: no, one or two parts.

    Remains shorter than 1 s are removed too, and no gain of the others changes. Where two parts are left, the hold
    stays with the last one, and a call to action or survey keeps only the left one. A single remaining part keeps the
    id; of two, the right one gets a new id. The stretch must overlap the segment.

    Args:
        segment: The segment.
        from_ms: The position on the lane where it is overwritten from, in ms.
        to_ms: The first position that is not overwritten any more, in ms.
        new_id: Makes the right part's id.
        media: The facts about media, by SHA-256.
    """
    left = from_ms - segment.start_ms >= MIN_SEGMENT_MS
    right = segment.end_ms - to_ms >= MIN_SEGMENT_MS
    if left and right and not isinstance(segment, Offer):
        return _cut_tail(segment, from_ms, media), replace(_cut_head(segment, to_ms), id=new_id())
    if left:
        return (_cut_tail(segment, from_ms, media),)
    if right:
        return (_cut_head(segment, to_ms),)
    return ()
