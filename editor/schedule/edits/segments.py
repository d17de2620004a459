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
long as what plays and the fade-out at most as long as what the fade-in leaves. Of a split, the left part keeps the
fade-in and the right part the fade-out; a split inside a hold leaves both to the left part.

All functions are pure; lengths are milliseconds; neighbours are not considered here.
"""

from collections.abc import Callable, Mapping
from typing import assert_never

from msgspec.structs import replace

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


def get_play_ms(segment: AnySegment) -> int:
    """Return how long a segment plays in ms, without its hold; for kinds without a hold, its whole length."""
    return segment.out_ms - segment.in_ms if isinstance(segment, Timed) else segment.length_ms


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


def fit_fades(segment: AnySegment) -> AnySegment:
    """Shorten a segment's fades to what plays, the fade-out first; return the same object if they fit already.

    Images, calls to action and surveys have no fades.
    """
    if isinstance(segment, LengthSegment):
        return segment
    plays = get_play_ms(segment)
    if segment.fade_in_ms + segment.fade_out_ms <= plays:
        return segment
    fade_in = min(segment.fade_in_ms, plays)
    return replace(segment, fade_in_ms=fade_in, fade_out_ms=min(segment.fade_out_ms, plays - fade_in))


def trim_tail(segment: AnySegment, by: int, media: MediaMap) -> AnySegment:
    """Move a segment's end by a difference in ms, later (positive) or earlier; the start stays.

    Earlier, the hold goes first and then media; later, media is revealed to its end and then hold is added. Whether at
    least 1 s is left is not checked. Fades are shortened where they no longer fit.

    Args:
        segment: The segment.
        by: The difference.
        media: The facts about media by SHA-256; without those of the segment, only hold is added.
    """
    if by == 0:
        return segment
    if isinstance(segment, Timed):
        return _trim_timed_tail(segment, by, media)
    if isinstance(segment, Presentation):
        out = segment.out_ms + by
        return fit_fades(replace(segment, out_ms=out, pages=_lengthen_page(segment.pages, -1, out - segment.track_ms)))
    if isinstance(segment, LengthSegment):
        return replace(segment, length_ms=segment.length_ms + by)
    assert_never(segment)


def _trim_timed_tail(segment: TimedSegment, by: int, media: MediaMap) -> AnySegment:
    if by < 0:
        eaten = min(segment.hold_ms, -by)
        shorter = replace(segment, hold_ms=segment.hold_ms - eaten, out_ms=segment.out_ms + by + eaten)
        return fit_fades(shorter)
    known = media.get(segment.media)
    hidden = known.duration_ms - segment.out_ms if known is not None and segment.in_ms < segment.out_ms else 0
    revealed = min(by, max(0, hidden))
    return replace(segment, out_ms=segment.out_ms + revealed, hold_ms=segment.hold_ms + by - revealed)


def trim_head(segment: AnySegment, by: int) -> AnySegment:
    """Cut a segment's head (`by` > 0 ms) or lengthen it there (`by` < 0, within `get_head_room`).

    The start stays as it is. Callers set it: dragging an edge moves the start, a ripple does not. Fades are shortened
    where they no longer fit. Neither the room nor a least length is checked.
    """
    if by == 0:
        return segment
    if isinstance(segment, Timed):
        cut = min(by, segment.out_ms - segment.in_ms)
        return fit_fades(replace(segment, in_ms=segment.in_ms + cut, hold_ms=segment.hold_ms - (by - cut)))
    if isinstance(segment, Presentation):
        missing = max(0, -by - segment.in_ms)
        return fit_fades(
            replace(
                segment,
                in_ms=segment.in_ms + by + missing,
                out_ms=segment.out_ms + missing,
                pages=_lengthen_page(segment.pages, 0, missing),
            )
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

    All else stays in both: group, title, the offer's id, media, pages. The fade-in stays with the left part and the
    fade-out goes to the right one, but inside a hold both stay left. Nothing is checked: parts may be shorter than 1 s,
    and a position outside gives parts that are invalid.

    Args:
        segment: The segment; it is not changed.
        at_ms: The position on the lane where the right part begins, in ms; it must lie inside the segment.
        new_id: Makes the right part's id.
        media: The facts about media, by SHA-256; may lack this segment's.
    """
    return _split_around(segment, at_ms, at_ms, new_id, media)


def _split_around(
    segment: AnySegment, left_end: int, right_start: int, new_id: Callable[[], str], media: MediaMap
) -> tuple[AnySegment, AnySegment]:
    """Return the part before `left_end` and the part from `right_start` on (positions on the lane, ms)."""
    left = trim_tail(segment, left_end - segment.end_ms, media)
    right = replace(trim_head(segment, right_start - segment.start_ms), id=new_id(), start_ms=right_start)
    if not isinstance(segment, LengthSegment):
        all_hold = isinstance(right, Timed) and right.in_ms == right.out_ms
        if not all_hold:
            left = replace(left, fade_out_ms=0)
        right = replace(right, fade_in_ms=0)
    return left, right


def subtract_interval(
    segment: AnySegment, from_ms: int, to_ms: int, new_id: Callable[[], str], media: MediaMap
) -> tuple[AnySegment, ...]:
    """Return what is left of a segment when `[from_ms, to_ms)` of its lane is overwritten: no, one or two parts.

    Remains shorter than 1 s are removed too. Where two parts are left, the hold stays with the last one, and a call to
    action or survey keeps only the left one. A single remaining part keeps the id; of two, the right one gets a new id.
    The stretch must overlap the segment.

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
        return _split_around(segment, from_ms, to_ms, new_id, media)
    if left:
        return (trim_tail(segment, from_ms - segment.end_ms, media),)
    if right:
        return (replace(trim_head(segment, to_ms - segment.start_ms), start_ms=to_ms),)
    return ()
