"""Tracking a seek of a libVLC player: when it has arrived, which frame is the right one, and the time in the media.

A state machine without I/O: libVLC's events and readings of a clock go in, and `poll` returns the outcome. It encodes
what was measured of libVLC 3:

**The right frame.** After a seek, libVLC shows some frames from before the target, and sometimes one from the old
position, as soon as they are decoded, and keeps time only from then on. It does not say which frame it hands over. So
frames are held back until they must be right: for some time after the first (`SeekMode.stale_frames_ms`), or, for a
player that waits at the target, through a silent preroll before it. Only a file opened at its very beginning shows the
right frame first.

**The time.** libVLC's `get_time` moves in steps of up to half a second. Its time-changed events come at those steps
but are exact when they come, and between them time runs at the rate; so the last event is the anchor for an
extrapolation. Before the first event the first frame is the anchor: it comes a little before its time.

**The rate.** It may be changed only after libVLC has run for `RATE_CHANGE_DELAY_MS`; an earlier change may lose data
that it has read.
"""

import time
from dataclasses import dataclass
from typing import Literal

from editor.media.libvlc.frame_buffer import VideoFrame

PREROLL_MS = 600
"""Milliseconds of preroll: enough for one time-changed event, which come every 250 to 300 ms."""
EXACT_FRAME_MS = 3
"""A frame that comes at most so many milliseconds before the target, by the clock, is the target's frame."""
LATE_FRAME_MS = 20
"""How many milliseconds after the target its frame is awaited; then the last frame before it is taken."""
NO_FRAME_TIMEOUT_MS = 2_000
"""Milliseconds without a frame after which a video is reported as one that cannot be shown."""
MAX_EXTRAPOLATION_MS = 1_500
"""Milliseconds by which the time is extrapolated from an anchor; libVLC without events for longer is stuck."""
RATE_CHANGE_DELAY_MS = 350
STALE_TIME_MS = 50
"""Milliseconds after a seek of sound alone in which a time event may still belong to the old position."""
NORMAL_RATE = 1_000


def monotonic_ms() -> int:
    """Return the milliseconds of the system's monotonic clock, whose beginning has no meaning."""
    return time.monotonic_ns() // 1_000_000


class MediaClock:
    """The extrapolated time in a media: an anchor, a rate in permille, and whether it runs; at first stopped at 0.

    All times are milliseconds; `now_ms` is an instant of the monotonic clock, which must not go back between calls. It
    has no lock: its owner guards it.
    """

    def __init__(self) -> None:
        self._media_ms = 0
        self._since_ms = 0
        self._rate = NORMAL_RATE
        self.running = False

    def time_at(self, now_ms: int) -> int:
        """Return the time in the media at an instant, extrapolated by `MAX_EXTRAPOLATION_MS` at most."""
        if not self.running:
            return self._media_ms
        return self._media_ms + min(now_ms - self._since_ms, MAX_EXTRAPOLATION_MS) * self._rate // NORMAL_RATE

    def set_time(self, media_ms: int, now_ms: int) -> None:
        """Set the time in the media at an instant, from which later times are extrapolated."""
        self._media_ms, self._since_ms = media_ms, now_ms

    def set_running(self, running: bool, now_ms: int) -> None:
        """Start or stop the clock at an instant; the time in the media stays."""
        self.set_time(self.time_at(now_ms), now_ms)
        self.running = running

    def set_rate(self, rate: int, now_ms: int) -> None:
        """Change the rate, in permille of normal, at an instant; the time in the media stays."""
        self.set_time(self.time_at(now_ms), now_ms)
        self._rate = rate


@dataclass(frozen=True)
class SeekMode:
    """How far libVLC's first frames can be trusted after one way of going to a time: two immutable numbers, in ms.

    They were measured of libVLC 3. The ways are opening a file at its beginning (`OPEN_AT_START`), opening it elsewhere
    (`OPEN_AT_POSITION`), and seeking in the open file (`SEEK`).
    """

    stale_frames_ms: int
    """Milliseconds after the first frame in which wrong frames may still come."""
    first_frame_early_ms: int
    """Milliseconds by which the first frame comes before its time."""


OPEN_AT_START = SeekMode(stale_frames_ms=0, first_frame_early_ms=10)
SEEK = SeekMode(stale_frames_ms=16, first_frame_early_ms=10)
"""Wrong frames that come later are at most one frame early, or the old position's frame, which is still shown."""
OPEN_AT_POSITION = SeekMode(stale_frames_ms=110, first_frame_early_ms=60)


class SeekTracker:
    """The progress of one request to open or seek, from when it is made until the next one replaces it.

    It calls nothing: its owner hands it libVLC's events, under a lock, and acts on what `poll` returns.

    Args:
        request_id: Number of the request.
        target_ms: Wanted time in the media, in milliseconds.
        autoplay: Whether to play on at the target, or wait there; may change meanwhile.
        with_video: Whether frames are wanted, or sound alone.
    """

    def __init__(self, request_id: int, target_ms: int, *, autoplay: bool, with_video: bool) -> None:
        self.request_id = request_id
        self.target_ms = target_ms
        self.autoplay = autoplay
        self.start_ms = target_ms if autoplay else max(0, target_ms - PREROLL_MS)
        """Where libVLC seeks to: the target, or the beginning of the preroll."""
        self.changes_rate = False
        """Whether the rate will be changed after the arrival."""
        self.is_sent = False
        """Whether libVLC has received the command; earlier events belong to the previous request."""
        self.has_read_data = False
        """Whether libVLC has read anything from the file."""
        self.is_settled = False
        """Whether it has arrived, so that libVLC's frames are right."""
        self.clock = MediaClock()
        self._with_video = with_video
        self._mode = OPEN_AT_POSITION
        self._buffered_ms: int | None = None
        self._first_frame_ms: int | None = None
        self._has_confirmed_time = False
        self._has_reported_no_frame = False
        self._held_frame: VideoFrame | None = None
        self._held_frame_ms = 0

    # ---------------------------------------------------------------------------------------------- events

    def mark_sent(self, now_ms: int, *, opens_file: bool) -> None:
        """Record that libVLC receives the command; events before that belong to the previous request.

        A seek in the open file sets `has_read_data` too; opening a video at its beginning counts as buffered from now
        on.

        Args:
            now_ms: Milliseconds of the monotonic clock that all methods are given.
            opens_file: Whether the command opens the file, or seeks in the open one.
        """
        self.is_sent = True
        self._mode = SEEK
        if opens_file:
            self._mode = OPEN_AT_POSITION if self.start_ms else OPEN_AT_START
            if self._with_video and not self.start_ms:
                self._buffered_ms = now_ms
        else:
            self.has_read_data = True

    def on_buffering(self, is_full: bool, now_ms: int) -> None:
        """Handle libVLC's event that its buffers are full, or filling (again).

        Full buffers always set `has_read_data`. The rest happens only between `mark_sent` and the arrival, and not for
        a video opened at its beginning: each event stops the clock and has the first frame awaited anew. While the
        buffers fill, frames are dropped; once they are full, the next frame starts the clock, or, for sound alone, this
        event does.

        Args:
            is_full: Whether the buffers are full; of several events the last one counts.
            now_ms: Milliseconds of the monotonic clock that all methods are given.
        """
        self.has_read_data = self.has_read_data or is_full
        if not self.is_sent or self.is_settled or (self._with_video and self._mode is OPEN_AT_START):
            return
        self._buffered_ms = now_ms if is_full else None
        self._first_frame_ms = None
        self.clock.set_running(running=False, now_ms=now_ms)
        if is_full and not self._with_video:
            self._start_clock(now_ms)

    def on_frame(self, frame: VideoFrame, now_ms: int) -> bool:
        """Handle a frame that libVLC has drawn; return True where it is to be shown now (arrived, and playing).

        Before the arrival it is held back for `pop_frame`, in place of the one before, and the first one starts the
        clock. It is dropped before `mark_sent`, while the buffers fill, and from a paused player after the arrival.

        Args:
            frame: The frame; libVLC does not say which time it is of.
            now_ms: Milliseconds of the monotonic clock that all methods are given.
        """
        if not self.is_sent:
            return False
        if self.is_settled:
            return self.autoplay  # a paused libVLC repeats its frame
        if self._buffered_ms is not None:
            self._held_frame, self._held_frame_ms = frame, now_ms
            if self._first_frame_ms is None:
                self._start_clock(now_ms)
        return False

    def on_time_changed(self, media_ms: int, now_ms: int) -> None:
        """Handle libVLC's event that the media is at `media_ms` (ms); it corrects the clock.

        It is ignored while the clock stands, and as long as the time is implausible, that is, of the old position.

        Args:
            media_ms: The time in the media, in milliseconds.
            now_ms: Milliseconds of the monotonic clock that all methods are given.
        """
        if self._first_frame_ms is None or not self.clock.running:
            return
        if not self._has_confirmed_time:
            elapsed_ms = now_ms - self._first_frame_ms
            is_plausible = self.start_ms - STALE_TIME_MS <= media_ms <= self.start_ms + 2 * (elapsed_ms + STALE_TIME_MS)
            if not is_plausible or (elapsed_ms < STALE_TIME_MS and not self._with_video):
                return
            self._has_confirmed_time = True
        self.clock.set_time(media_ms, now_ms)

    def on_end(self, now_ms: int) -> None:
        """Handle libVLC's event that the media has ended: the request counts as settled, and its clock stops.

        `poll` returns None from then on, even if "ready" never came. A frame that is held back stays for `pop_frame`.

        Args:
            now_ms: Milliseconds of the monotonic clock that all methods are given.
        """
        self.is_settled = True
        self.clock.set_running(running=False, now_ms=now_ms)

    # ----------------------------------------------------------------------------------------------- state

    def time_ms(self, now_ms: int) -> int:
        """Return the milliseconds in the media at the instant `now_ms`; before the arrival, the target."""
        return self.clock.time_at(now_ms) if self.is_settled else self.target_ms

    def pop_frame(self) -> VideoFrame | None:
        """Return the frame that was held back, and forget it; None where there is none."""
        frame, self._held_frame = self._held_frame, None
        return frame

    def next_check_ms(self, now_ms: int) -> int | None:
        """Return the instant at which to call `poll`, in ms of the monotonic clock, perhaps a past one.

        None means not before the next event.
        """
        if not self.is_sent or self.is_settled or self._buffered_ms is None:
            return None
        if self._first_frame_ms is None:
            return None if self._has_reported_no_frame else self._buffered_ms + NO_FRAME_TIMEOUT_MS
        due_ms = self._first_frame_ms + self._mode.stale_frames_ms
        if self.start_ms == self.target_ms:
            return due_ms + (RATE_CHANGE_DELAY_MS if self.changes_rate and self.autoplay else 0)
        left_ms = self.target_ms - self.clock.time_at(now_ms)
        left_ms += -EXACT_FRAME_MS if self._held_frame_ms == now_ms else LATE_FRAME_MS
        return max(due_ms, now_ms + left_ms)

    def poll(self, now_ms: int) -> Literal["ready", "dark"] | None:
        """Return "ready" once the seek has arrived, "dark" where no frame came in time; each once, else None.

        Call it at the instant of `next_check_ms`. With "ready", `is_settled` becomes true, and `pop_frame` has the
        frame to show, if there is one. "dark" comes `NO_FRAME_TIMEOUT_MS` after the data, for video only, and "ready"
        may still follow it.

        Args:
            now_ms: Milliseconds of the monotonic clock that all methods are given.
        """
        due_ms = self.next_check_ms(now_ms)
        if due_ms is None or due_ms > now_ms:
            return None
        if self._first_frame_ms is None:
            self._has_reported_no_frame = True
            return "dark"
        self.is_settled = True
        if self.start_ms == self.target_ms:
            if not self.autoplay:
                self.clock.set_time(self.target_ms, now_ms)
            elif self._held_frame_ms - self._first_frame_ms < self._mode.stale_frames_ms // 2:
                self._held_frame = None  # a wrong frame; the right one is not due yet
        if not self.autoplay:
            self.clock.set_running(running=False, now_ms=now_ms)
        return "ready"

    def _start_clock(self, now_ms: int) -> None:
        """Start the clock at the first frame."""
        self._first_frame_ms = now_ms
        self.clock.set_time(self.start_ms - self._mode.first_frame_early_ms, now_ms)
        self.clock.set_running(running=True, now_ms=now_ms)
