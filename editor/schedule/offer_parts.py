"""Offers as one person meets them: the parts of one that was split, and that still touch, are one.

Splitting a call to action or a survey gives two segments that share one offer id. While the parts touch, the offer
opened when the first part did and closes with the last, and it is answered once. Parts that were moved apart are open
at different times; they keep their offer id, so that an answer still counts once.
"""

from collections.abc import Sequence

import msgspec

from editor.schedule.lane_search import find_index_after, find_index_at
from editor.schedule.model import InteractionSegment, Webinar


class JoinedOffer(msgspec.Struct, frozen=True):
    """One offer with those of its split parts that touch: the first part, and the interval (ms) of all; immutable."""

    segment: InteractionSegment
    start_ms: int
    end_ms: int


def join_offer_at(lane: Sequence[InteractionSegment], index: int) -> JoinedOffer:
    """Return the offer of the segment at an index of the interactions lane, joined with the parts that touch it.

    Parts that do not touch are left out; an index outside the lane raises IndexError.
    """
    first = last = index
    while first and _is_continuation(lane[first - 1], lane[first]):
        first -= 1
    while last + 1 < len(lane) and _is_continuation(lane[last], lane[last + 1]):
        last += 1
    return JoinedOffer(lane[first], lane[first].start_ms, lane[last].end_ms)


def find_open_offer(webinar: Webinar, position_ms: int) -> JoinedOffer | None:
    """Return the offer that is open at a position (ms), its touching parts joined, or None where none is."""
    index = find_index_at(webinar.interactions, position_ms)
    return None if index is None else join_offer_at(webinar.interactions, index)


def find_next_opening_ms(webinar: Webinar, position_ms: int) -> int | None:
    """Return the next position (ms) after this one at which an offer opens, or None where none does.

    A later part of a split offer that touches the part before it is no opening.
    """
    lane = webinar.interactions
    index = find_index_after(lane, position_ms)
    while 0 < index < len(lane) and _is_continuation(lane[index - 1], lane[index]):
        index += 1
    return lane[index].start_ms if index < len(lane) else None


def join_offers(webinar: Webinar) -> tuple[JoinedOffer, ...]:
    """Return every offer of a webinar with its touching parts joined, in order of its opening."""
    found: list[JoinedOffer] = []
    for before, segment in zip((None, *webinar.interactions), webinar.interactions, strict=False):
        if before is not None and _is_continuation(before, segment):
            found[-1] = msgspec.structs.replace(found[-1], end_ms=segment.end_ms)
        else:
            found.append(JoinedOffer(segment, segment.start_ms, segment.end_ms))
    return tuple(found)


def _is_continuation(before: InteractionSegment, after: InteractionSegment) -> bool:
    return before.end_ms == after.start_ms and before.offer == after.offer
