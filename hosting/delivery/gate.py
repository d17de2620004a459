"""Access to a session's media: what `editor.schedule.room` allows at one moment, in chunks and bytes.

A rung consists of chunks of about four seconds; a chunk is allowed if the room allows any part of it. Of a file, the
bytes of the initialisation segment and of allowed chunks are served. A range that touches other bytes is refused whole,
so a guessed offset reveals nothing.
"""

from bisect import bisect_left, bisect_right

import msgspec

from editor.errors import KnownError
from editor.protocol.manifest import Chunk, Manifest, Rung
from editor.schedule import room
from editor.schedule.clock import RoomClock
from editor.schedule.model import Webinar

Windows = tuple[tuple[int, int], ...]
"""Half-open spans of a media in milliseconds, sorted and disjoint."""


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """What attendees of one session may fetch at one server time; made by `hosting.delivery.service.load_gate`.

    `now_ms` is the server time, `reached_ms` the furthest position of the webinar reached until then, `lead_ms` how far
    ahead of the room clock media are delivered, `waiting_ms` how long before the start the waiting room opens. `replay`
    is whether the session can be watched when it is over. A cancelled session allows nothing.
    """

    webinar: Webinar
    clock: RoomClock
    now_ms: int
    reached_ms: int
    lead_ms: int
    waiting_ms: int
    replay: bool
    cancelled: bool

    def is_allowed(self, item: room.MediaAccessRequest) -> bool:
        """Return whether a still, a page or any part of a span of a media may be fetched now."""
        return not self.cancelled and room.may_fetch(
            self.webinar,
            self.clock,
            self.now_ms,
            item,
            reached_ms=self.reached_ms,
            lead_ms=self.lead_ms,
            waiting_ms=self.waiting_ms,
            replay=self.replay,
        )

    def require(self, allowed: bool) -> None:
        """Return if `allowed` is true; else raise the error that tells why nothing may be fetched now.

        Args:
            allowed: What one of the other methods returned.

        Raises:
            KnownError: ``room.too_early``, ``room.gone`` (the session has ended), ``room.cancelled``.
        """
        if allowed:
            return
        if self.cancelled:
            raise KnownError("room.cancelled")
        raise KnownError("room.gone" if room.find_end_ms(self.clock, self.now_ms) is not None else "room.too_early")

    def find_windows(self, media: str, *, captions: bool = False) -> Windows:
        """Return the spans of a media that may be fetched now, in milliseconds of the media; empty if none may.

        Args:
            media: The hash of the media, or of a caption file.
            captions: Whether `media` is a caption file.
        """
        if self.cancelled:
            return ()
        return room.find_windows(self.webinar, media, self._find_bound(), captions=captions)

    def has_anything_allowed(self, manifest: Manifest) -> bool:
        """Return whether any span, still or page of a manifest's media may be fetched now."""
        media = manifest.media
        return (
            bool(self.find_windows(media))
            or self.is_allowed(room.StillImage(media))
            or any(self.is_allowed(room.SlidePage(media, page)) for page in list_pages(manifest))
        )

    def is_complete(self, media: str) -> bool:
        """Return whether all that the session ever plays of a video or sound may be fetched now: its playlist can end.

        True also for a media of which it plays nothing; not before the end for a cancelled session's media.
        """
        return self.find_windows(media) == room.find_windows(self.webinar, media, room.UNBOUNDED_MS)

    def find_reach(self, media: str, rung: Rung, begin: int, end: int) -> int:
        """Return the end of the bytes that may be fetched now.

        Args:
            media: The media's hash.
            rung: One of its rungs.
            begin: The first byte of the range.
            end: The byte after the last.

        Returns:
            A byte from `begin` (nothing is allowed) to `end` (all of the range is).
        """
        windows = self.find_windows(media)
        if not windows:
            return begin
        reach = max(begin, rung.init_size)
        index = bisect_right(rung.chunks, reach, key=lambda chunk: chunk.offset) - 1
        for chunk in rung.chunks[max(0, index) :]:
            if reach >= end or chunk.offset > reach or not overlaps(windows, chunk):
                break
            reach = max(reach, chunk.offset + chunk.size)
        return min(reach, end)

    def _find_bound(self) -> int:
        return room.find_access_bound(
            self.webinar,
            self.clock,
            self.now_ms,
            reached_ms=self.reached_ms,
            lead_ms=self.lead_ms,
            replay=self.replay,
        )


def overlaps(windows: Windows, chunk: Chunk) -> bool:
    """Return whether any part of a chunk lies in the windows, which are sorted and disjoint."""
    # Windows are sorted, so only the first one that ends after the chunk's start can overlap it.
    index = bisect_right(windows, chunk.start_ms, key=lambda window: window[1])
    return index < len(windows) and windows[index][0] < chunk.start_ms + chunk.length_ms


def list_pages(manifest: Manifest) -> tuple[int, ...]:
    """Return the numbers of the pages that a manifest has stills of, ascending; empty if it has no pages."""
    return tuple(sorted({still.page for still in manifest.stills if still.page is not None}))


def list_chunks(rung: Rung, windows: Windows) -> tuple[Chunk, ...]:
    """Return a rung's chunks from its first one to the last that is allowed, none where no window is.

    Those before the last that are outside the windows are to be gaps of the playlist.
    """
    if not windows:
        return ()
    last = bisect_left(rung.chunks, windows[-1][1], key=lambda chunk: chunk.start_ms)
    return rung.chunks[:last]
