"""The gate in front of a session's media: what `editor.schedule.room` allows at one moment, in chunks and bytes.

A rung is cut into chunks of about four seconds; a chunk may be had if the room allows any part of it. Whoever asks for
bytes may have those of the initialisation and of such chunks, and a range that touches anything else is refused whole,
so a guessed offset finds nothing.
"""

from bisect import bisect_left, bisect_right

import msgspec

from editor.errors import KnownError
from editor.protocol.manifest import Chunk, Manifest, Rung
from editor.schedule import room
from editor.schedule.clock import RoomClock
from editor.schedule.model import Webinar

Windows = tuple[tuple[int, int], ...]
"""Stretches of a media's axis, sorted and apart."""


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """What attendees of one session may have at one server time."""

    webinar: Webinar
    clock: RoomClock
    now_ms: int
    reached_ms: int
    lead_ms: int
    waiting_ms: int
    replay: bool
    cancelled: bool

    def is_allowed(self, item: room.MediaAccessRequest) -> bool:
        """Whether this may be had now."""
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
        """Refuse what is not allowed.

        Raises:
            KnownError: ``room.too_early``, after the end ``room.gone``, ``room.cancelled``.
        """
        if allowed:
            return
        if self.cancelled:
            raise KnownError("room.cancelled")
        raise KnownError("room.gone" if room.find_end_ms(self.clock, self.now_ms) is not None else "room.too_early")

    def find_windows(self, media: str, *, captions: bool = False) -> Windows:
        """The stretches of a media (or of a caption file) that may be had now."""
        if self.cancelled:
            return ()
        return room.find_windows(self.webinar, media, self._find_bound(), captions=captions)

    def has_anything_allowed(self, manifest: Manifest) -> bool:
        """Whether anything of a media may be had now."""
        media = manifest.media
        return (
            bool(self.find_windows(media))
            or self.is_allowed(room.StillImage(media))
            or any(self.is_allowed(room.SlidePage(media, page)) for page in list_pages(manifest))
        )

    def is_complete(self, media: str) -> bool:
        """Whether everything of a media that will ever be shown may be had now."""
        return self.find_windows(media) == room.find_windows(self.webinar, media, room.UNBOUNDED_MS)

    def find_reach(self, media: str, rung: Rung, begin: int, end: int) -> int:
        """Up to which byte of a rung's `[begin, end)` may be had now; `begin` where none may."""
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
    """Whether any of a chunk lies in the windows."""
    # The first window that ends behind the chunk's beginning is the only one that could begin before its end.
    index = bisect_right(windows, chunk.start_ms, key=lambda window: window[1])
    return index < len(windows) and windows[index][0] < chunk.start_ms + chunk.length_ms


def list_pages(manifest: Manifest) -> tuple[int, ...]:
    """The pages that a manifest has pictures of."""
    return tuple(sorted({still.page for still in manifest.stills if still.page is not None}))


def list_chunks(rung: Rung, windows: Windows) -> tuple[Chunk, ...]:
    """The chunks up to the last that may be had: those between windows keep their places as gaps."""
    if not windows:
        return ()
    last = bisect_left(rung.chunks, windows[-1][1], key=lambda chunk: chunk.start_ms)
    return rung.chunks[:last]
