"""What may be fetched: the gate in front of every part, page, picture and caption."""

from collections.abc import Iterator
from typing import assert_never

import msgspec

from editor.schedule.clock import RoomClock
from editor.schedule.kinds import VideoSegment
from editor.schedule.model import (
    Audio,
    Image,
    Presentation,
    ProgrammeSegment,
    Timed,
    Webinar,
)
from editor.schedule.room.phases import LEAD_MS, WAITING_MS, find_phase

UNBOUNDED_MS = 1 << 60
"""A position that nothing lies beyond."""


class MediaSpan(msgspec.Struct, frozen=True):
    """`[from_ms, to_ms)` of a video or of sound, on the media's own axis."""

    media: str
    from_ms: int
    to_ms: int


class SlidePage(msgspec.Struct, frozen=True):
    """One page of a presentation's document, from 0."""

    media: str
    page: int


class StillImage(msgspec.Struct, frozen=True):
    """An image, the picture of a sound or of the waiting room, or the poster of a video."""

    media: str


class CaptionSpan(msgspec.Struct, frozen=True):
    """`[from_ms, to_ms)` of a caption file; times are those of its media."""

    source: str
    from_ms: int
    to_ms: int


MediaAccessRequest = MediaSpan | SlidePage | StillImage | CaptionSpan


def may_fetch(
    webinar: Webinar,
    clock: RoomClock,
    now_ms: int,
    request: MediaAccessRequest,
    *,
    reached_ms: int,
    lead_ms: int = LEAD_MS,
    waiting_ms: int = WAITING_MS,
    replay: bool = False,
) -> bool:
    """Whether attendees may have `wanted` at a server time.

    What lies up to the lead ahead of the clock may be had, and what the session ever reached (`reached_ms`) may be had
    again; after the end only a replay gives anything. On demand everything may be had from the start on. The waiting
    room's picture is there as soon as that room is open.
    """
    if (
        isinstance(request, StillImage)
        and request.media == webinar.waiting_picture
        and find_phase(clock, now_ms, waiting_ms=waiting_ms) != "planned"
    ):
        return True
    bound_ms = find_access_bound(webinar, clock, now_ms, reached_ms=reached_ms, lead_ms=lead_ms, replay=replay)
    if isinstance(request, MediaSpan | CaptionSpan):
        captions = isinstance(request, CaptionSpan)
        name = request.source if isinstance(request, CaptionSpan) else request.media
        return any(
            start < request.to_ms and request.from_ms < end
            for start, end in _iter_played(webinar, name, bound_ms, captions=captions)
        )
    for segment in webinar.programme:
        if segment.start_ms >= bound_ms:
            break
        if isinstance(request, SlidePage):
            if isinstance(segment, Presentation) and segment.media == request.media:
                shown = _find_shown_pages(segment, bound_ms - segment.start_ms)
                if request.page in shown:
                    return True
        elif _is_shown_as_picture(segment, request.media):
            return True
    return False


def find_access_bound(
    webinar: Webinar,
    clock: RoomClock,
    now_ms: int,
    *,
    reached_ms: int,
    lead_ms: int = LEAD_MS,
    replay: bool = False,
) -> int:
    """The first position of which attendees may have nothing: 0 refuses everything, `EVER` nothing."""
    reading = clock.read(now_ms)
    if webinar.room == "on_demand":
        return 0 if reading.phase == "waiting" else UNBOUNDED_MS
    if reading.phase == "over":
        return UNBOUNDED_MS if replay else 0
    return max(0, reached_ms + 1, reading.position_ms + lead_ms + 1)


def find_windows(webinar: Webinar, name: str, bound_ms: int, *, captions: bool = False) -> tuple[tuple[int, int], ...]:
    """Which stretches of a media (or of a caption file) are played before position `bound_ms`; on the media's axis.

    Sorted, and joined where they touch.
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_iter_played(webinar, name, bound_ms, captions=captions)):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _iter_played(webinar: Webinar, name: str, bound_ms: int, *, captions: bool) -> Iterator[tuple[int, int]]:
    """What each segment plays of a media, or shows of its captions, before position `bound_ms`."""
    for segment in webinar.programme:
        if segment.start_ms >= bound_ms:
            return
        if isinstance(segment, Image):
            continue
        end_ms = min(segment.out_ms, segment.in_ms + bound_ms - segment.start_ms)
        if isinstance(segment, Presentation):
            if segment.audio == name and not captions:
                yield segment.in_ms, end_ms
        elif isinstance(segment, Timed):
            if captions:
                if segment.captions == name and segment.in_ms < end_ms:
                    yield segment.in_ms, end_ms
            elif segment.media == name:
                # What only holds (the right part of a split) shows the last millisecond before its in-point.
                is_all_hold = segment.in_ms >= end_ms
                yield (max(0, segment.out_ms - 1), segment.out_ms) if is_all_hold else (segment.in_ms, end_ms)
        else:
            assert_never(segment)


def _is_shown_as_picture(segment: ProgrammeSegment, media: str) -> bool:
    """Whether a segment shows a media as a picture that does not move: itself, beside the sound, or as its poster."""
    if isinstance(segment, Presentation):
        return False
    if isinstance(segment, Audio):
        return media in (segment.picture, segment.media)
    if isinstance(segment, VideoSegment | Image):
        return media == segment.media
    assert_never(segment)


def _find_shown_pages(segment: Presentation, elapsed_ms: int) -> set[int]:
    """The pages that are shown in the first `elapsed_ms` of a presentation."""
    shown: set[int] = set()
    last_ms = min(segment.out_ms, segment.in_ms + elapsed_ms)
    begins_ms = 0
    for page in segment.pages:
        ends_ms = begins_ms + page.length_ms
        if begins_ms < last_ms and ends_ms > segment.in_ms:
            shown.add(page.page)
        begins_ms = ends_ms
    return shown
