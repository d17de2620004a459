"""Decides which parts of media, pages, pictures and captions attendees may fetch."""

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
"""A position beyond every webinar."""


class MediaSpan(msgspec.Struct, frozen=True):
    """A request of `may_fetch`: the part `[from_ms, to_ms)` of a video or of sound, in ms from its beginning.

    `media` is its SHA-256.
    """

    media: str
    from_ms: int
    to_ms: int


class SlidePage(msgspec.Struct, frozen=True):
    """A request of `may_fetch`: one page, counted from 0, of a presentation's document, named by SHA-256."""

    media: str
    page: int


class StillImage(msgspec.Struct, frozen=True):
    """A request of `may_fetch`: a picture, named by the SHA-256 of its media.

    It is an image, the picture of a sound or of the waiting room, or the poster of a video.
    """

    media: str


class CaptionSpan(msgspec.Struct, frozen=True):
    """A request of `may_fetch`: the part `[from_ms, to_ms)` of a caption file, in ms from the beginning of its media.

    `source` is the SHA-256 of the file.
    """

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
    """Return whether attendees may fetch a part of a media at a server time.

    Allowed is what lies up to the lead ahead of the clock, and what the session ever reached (`reached_ms`); after the
    end only a replay allows anything. On demand everything is allowed from the start on. The waiting room's picture is
    allowed from the opening of that room on, after the end too. A span is allowed if any of it is.

    Args:
        webinar: The version that plays; what it does not play is refused.
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        request: The part that is asked for.
        reached_ms: The furthest position that was ever reached (`find_furthest_ms`).
        lead_ms: How far ahead attendees get media.
        waiting_ms: How long before the start the waiting room opens.
        replay: The session can be watched when it is over.
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
    """Return the first position (ms) of which attendees may fetch nothing: 0 refuses all, `UNBOUNDED_MS` nothing.

    Args:
        webinar: The version that plays.
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        reached_ms: The furthest position that was ever reached (`find_furthest_ms`).
        lead_ms: How far ahead attendees get media.
        replay: The session can be watched when it is over.
    """
    reading = clock.read(now_ms)
    if webinar.room == "on_demand":
        return 0 if reading.phase == "waiting" else UNBOUNDED_MS
    if reading.phase == "over":
        return UNBOUNDED_MS if replay else 0
    return max(0, reached_ms + 1, reading.position_ms + lead_ms + 1)


def find_windows(webinar: Webinar, name: str, bound_ms: int, *, captions: bool = False) -> tuple[tuple[int, int], ...]:
    """Return the stretches `(from, to)` of a media that are played before a position, in the media's milliseconds.

    They are sorted, and joined where they touch. A segment of which only the hold is left plays the one millisecond
    that it shows. Empty where nothing is played.

    Args:
        webinar: The version that plays.
        name: The SHA-256 of a video or of sound; with `captions`, of a caption file.
        bound_ms: The position in the webinar, as `find_access_bound` returns it.
        captions: Return the stretches in which a caption file is shown.
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_iter_played(webinar, name, bound_ms, captions=captions)):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _iter_played(webinar: Webinar, name: str, bound_ms: int, *, captions: bool) -> Iterator[tuple[int, int]]:
    """Yield the stretch of a media, or of a caption file, that each segment plays before position `bound_ms`."""
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
                # A segment that only holds (the right part of a split) shows the last millisecond before its in-point.
                is_all_hold = segment.in_ms >= end_ms
                yield (max(0, segment.out_ms - 1), segment.out_ms) if is_all_hold else (segment.in_ms, end_ms)
        else:
            assert_never(segment)


def _is_shown_as_picture(segment: ProgrammeSegment, media: str) -> bool:
    """Return whether a segment shows a media as a still picture: an image, a sound's picture, or a video's poster."""
    if isinstance(segment, Presentation):
        return False
    if isinstance(segment, Audio):
        return media in (segment.picture, segment.media)
    if isinstance(segment, VideoSegment | Image):
        return media == segment.media
    assert_never(segment)


def _find_shown_pages(segment: Presentation, elapsed_ms: int) -> set[int]:
    """Return the pages that are shown in the first `elapsed_ms` of a presentation."""
    shown: set[int] = set()
    last_ms = min(segment.out_ms, segment.in_ms + elapsed_ms)
    begins_ms = 0
    for page in segment.pages:
        ends_ms = begins_ms + page.length_ms
        if begins_ms < last_ms and ends_ms > segment.in_ms:
            shown.add(page.page)
        begins_ms = ends_ms
    return shown
