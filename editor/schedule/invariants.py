"""The rules that every webinar keeps, after every edit.

`find_violations` returns every rule that is broken, as codes with facts. A webinar that breaks one could not be shown
or played. Problems that only ought to be mended before the event are found by `editor.schedule.preflight`.
"""

from collections.abc import Iterable, Mapping
from typing import assert_never

import msgspec

from editor.errors import KnownError
from editor.schedule.fades import have_fades_room
from editor.schedule.kinds import LengthSegment, SoundSegment, lane_of, traits_of
from editor.schedule.model import (
    LANES,
    MAX_MEDIA_MS,
    MAX_WEBINAR_MS,
    MIN_SEGMENT_MS,
    AnySegment,
    Media,
    Offer,
    Presentation,
    Timed,
    Webinar,
)


def find_violations(webinar: Webinar) -> tuple[KnownError, ...]:
    """Return every broken rule, as errors that are not raised; nothing where the webinar is valid.

    Codes: ``broken.values`` (a field outside its bounds), ``broken.lane`` (a kind on the wrong lane),
    ``broken.overlap``, ``broken.order``, ``broken.same_id``, ``broken.media_key``, ``broken.markers`` and those
    of `find_segment_violations`.
    """
    found: list[KnownError] = []
    ids: set[str] = set()
    for lane in LANES:
        end = 0
        start = -1
        for segment in webinar.get_lane(lane):
            if lane_of(segment) != lane:
                found.append(KnownError("broken.lane", segment=segment.id, lane=lane))
            if segment.start_ms < start:
                found.append(KnownError("broken.order", segment=segment.id, lane=lane))
            elif segment.start_ms < end:
                found.append(KnownError("broken.overlap", segment=segment.id, lane=lane, at_ms=segment.start_ms))
            if segment.id in ids:
                found.append(KnownError("broken.same_id", id=segment.id))
            ids.add(segment.id)
            start, end = segment.start_ms, segment.end_ms
            found += find_segment_violations(segment, webinar.media)
    found += _check_markers(webinar, ids)
    found += [
        KnownError("broken.media_key", media=sha256)
        for sha256, media in webinar.media.items()
        if media.sha256 != sha256
    ]
    found += _check_bounds(webinar)
    return tuple(found)


def find_segment_violations(segment: AnySegment, media: Mapping[str, Media]) -> tuple[KnownError, ...]:
    """Return every rule that one segment breaks by itself, as errors that are not raised; nothing where it is valid.

    Codes: ``broken.short``, ``broken.before_zero``, ``broken.past_day``, ``broken.points`` (in- and out-point out of
    order or outside the media), ``broken.fades`` (the fade-out begins before the fade-in is over), ``broken.pages`` (an
    empty track, one longer than any media, a window outside it, a page that the document has not),
    ``broken.media_kind`` (content of another kind).

    Args:
        segment: The segment.
        media: The facts about media; a media that is not in it is not checked.
    """
    found: list[KnownError] = []
    if segment.length_ms < MIN_SEGMENT_MS:
        found.append(
            KnownError("broken.short", segment=segment.id, length_ms=segment.length_ms, least_ms=MIN_SEGMENT_MS)
        )
    if segment.start_ms < 0:
        found.append(KnownError("broken.before_zero", segment=segment.id))
    if segment.end_ms > MAX_WEBINAR_MS:
        found.append(KnownError("broken.past_day", segment=segment.id))
    known = None if isinstance(segment, Offer) else media.get(segment.media)
    if known is not None and known.kind not in traits_of(segment).media_kinds:
        found.append(KnownError("broken.media_kind", segment=segment.id, kind=known.kind))
    if isinstance(segment, Timed):
        ends_too_late = known is not None and known.duration_ms and segment.out_ms > known.duration_ms
        if not 0 <= segment.in_ms <= segment.out_ms <= MAX_MEDIA_MS or segment.hold_ms < 0 or ends_too_late:
            found.append(KnownError("broken.points", segment=segment.id))
        found += _check_fades(segment)
    elif isinstance(segment, Presentation):
        count = known.pages if known is not None and known.pages else None
        has_missing_page = count is not None and any(page.page >= count for page in segment.pages)
        is_window_inside = 0 <= segment.in_ms < segment.out_ms <= segment.track_ms <= MAX_MEDIA_MS
        if not is_window_inside or has_missing_page or any(page.length_ms < 1 for page in segment.pages):
            found.append(KnownError("broken.pages", segment=segment.id))
        found += _check_fades(segment)
    elif not isinstance(segment, LengthSegment):
        assert_never(segment)
    return tuple(found)


def _check_fades(segment: SoundSegment) -> Iterable[KnownError]:
    if not have_fades_room(segment):
        yield KnownError("broken.fades", segment=segment.id)


def _check_markers(webinar: Webinar, ids: set[str]) -> Iterable[KnownError]:
    at = 0
    seen = set(ids)
    for marker in webinar.markers:
        if not at <= marker.at_ms <= MAX_WEBINAR_MS:
            yield KnownError("broken.markers", marker=marker.id, at_ms=marker.at_ms)
        if marker.id in seen:
            yield KnownError("broken.same_id", id=marker.id)
        seen.add(marker.id)
        at = marker.at_ms


def _check_bounds(webinar: Webinar) -> Iterable[KnownError]:
    """Check the bounds that the types declare, for values that were not decoded from JSON."""
    try:
        msgspec.convert(msgspec.to_builtins(webinar), Webinar)
    except msgspec.ValidationError as error:
        yield KnownError("broken.values", reason=str(error))
