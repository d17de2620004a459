"""How a player comes to a place: when it is there, which picture is the picture of the place, and what time it is.

A pure machine: libvlc's news and a clock's readings go in, and `look` says what is to be told. It holds what was
measured of libvlc 3:

**The right picture.** After it was sent somewhere, libvlc shows some pictures from before that place, and sometimes one
from where it was, as soon as they are decoded, and keeps time only from then on. It does not say which picture it
hands over. So pictures are kept back until they must be right: for some time after the first (`Manner.hide_ms`), or,
for a player that is to wait, through a silent run-up before the place. Only what was opened at its very
beginning is right from the first picture on.

**The time.** libvlc's own `get_time` moves in steps of up to half a second. Its time-changed events come at those
steps but are exact when they come, and between them time runs at the rate; so the last event is the anchor and the
rest is arithmetic. Before the first event, the first picture is the anchor: it comes a little before its time.

**The rate.** It may be changed only after libvlc has run for `STEADY_MS`; sooner, what it has read may be lost.
"""

import time
from dataclasses import dataclass
from typing import Literal

from editor.media.libvlc.frame_buffer import VideoFrame

PREROLL_MS = 600
"""Long enough for one time-changed event, which come every 250 to 300 ms."""
EXACT_FRAME_MS = 3
"""A picture that comes so little before the place, by the clock, is the picture of the place."""
LATE_FRAME_MS = 20
"""How long after the place a waiting player looks out for its picture; then it is the last one before."""
NO_FRAME_TIMEOUT_MS = 2_000
"""A media with pictures that shows none for so long is told of as one that cannot be shown."""
MAX_EXTRAPOLATION_MS = 1_500
"""How far the time is carried on from an anchor; libvlc that says nothing for longer is stuck."""
RATE_CHANGE_DELAY_MS = 350
STALE_TIME_MS = 50
"""A time that comes so soon after sound was sent elsewhere may still be of where it was."""
NORMAL_RATE = 1_000


def monotonic_ms() -> int:
    """Milliseconds of a clock that never goes back."""
    return time.monotonic_ns() // 1_000_000


class MediaClock:
    """Where a media is: an anchor, a rate, and whether it runs. Integer milliseconds; rate in permille."""

    def __init__(self) -> None:
        self._media_ms = 0
        self._since_ms = 0
        self._rate = NORMAL_RATE
        self.running = False

    def time_at(self, now_ms: int) -> int:
        """The place in the media at an instant."""
        if not self.running:
            return self._media_ms
        return self._media_ms + min(now_ms - self._since_ms, MAX_EXTRAPOLATION_MS) * self._rate // NORMAL_RATE

    def set_time(self, media_ms: int, now_ms: int) -> None:
        """Anchor: it is there at this instant."""
        self._media_ms, self._since_ms = media_ms, now_ms

    def set_running(self, running: bool, now_ms: int) -> None:
        """Run on from where it stands, or stand still."""
        self.set_time(self.time_at(now_ms), now_ms)
        self.running = running

    def set_rate(self, rate: int, now_ms: int) -> None:
        """Run at another rate from now on."""
        self.set_time(self.time_at(now_ms), now_ms)
        self._rate = rate


@dataclass(frozen=True)
class SeekMode:
    """How libvlc comes to a place, as measured."""

    stale_frames_ms: int
    """How long after the first picture wrong ones may still come."""
    first_frame_early_ms: int
    """How long before its time the first picture comes."""


OPEN_AT_START = SeekMode(stale_frames_ms=0, first_frame_early_ms=10)
SEEK = SeekMode(stale_frames_ms=16, first_frame_early_ms=10)
"""Wrong ones that come later than this are at most one picture early, or one of where it was, which is still seen."""
OPEN_AT_POSITION = SeekMode(stale_frames_ms=110, first_frame_early_ms=60)


class SeekTracker:
    """One order to be at a place, from when it is given until it is followed by another.

    Args:
        number: tells it from others.
        at_ms: the place.
        run: whether to go on once it is there, or wait; may change on the way.
        picture: whether pictures are wanted, or sound alone.
    """

    def __init__(self, request_id: int, target_ms: int, *, autoplay: bool, with_video: bool) -> None:
        self.request_id = request_id
        self.target_ms = target_ms
        self.autoplay = autoplay
        self.start_ms = target_ms if autoplay else max(0, target_ms - PREROLL_MS)
        """Where libvlc is sent: the place, or the beginning of the run-up."""
        self.changes_rate = False
        """Whether the rate will be changed once it is there."""
        self.is_sent = False
        """libvlc has been told; before that, its news is of what was before."""
        self.has_read_data = False
        """libvlc has got something out of the file."""
        self.is_settled = False
        """It is there, and what libvlc shows is what it plays."""
        self.clock = MediaClock()
        self._with_video = with_video
        self._mode = OPEN_AT_POSITION
        self._buffered_ms: int | None = None
        self._first_frame_ms: int | None = None
        self._has_confirmed_time = False
        self._has_reported_no_frame = False
        self._held_frame: VideoFrame | None = None
        self._held_frame_ms = 0

    # ---------------------------------------------------------------------------------------- what happens

    def mark_sent(self, now_ms: int, *, opens_file: bool) -> None:
        """Count from now, as libvlc is told: to open the file, or to seek in the one it plays."""
        self.is_sent = True
        self._mode = SEEK
        if opens_file:
            self._mode = OPEN_AT_POSITION if self.start_ms else OPEN_AT_START
            if self._with_video and not self.start_ms:
                self._buffered_ms = now_ms
        else:
            self.has_read_data = True

    def on_buffering(self, is_full: bool, now_ms: int) -> None:
        """The buffers are filling, or full; more than once on the way, and only the last time counts."""
        self.has_read_data = self.has_read_data or is_full
        if not self.is_sent or self.is_settled or (self._with_video and self._mode is OPEN_AT_START):
            return
        self._buffered_ms = now_ms if is_full else None
        self._first_frame_ms = None
        self.clock.set_running(running=False, now_ms=now_ms)
        if is_full and not self._with_video:
            self._start_clock(now_ms)

    def on_frame(self, frame: VideoFrame, now_ms: int) -> bool:
        """A picture is shown; True: it is to be seen now, and not kept back."""
        if not self.is_sent:
            return False
        if self.is_settled:
            return self.autoplay  # libvlc repeats a standing picture
        if self._buffered_ms is not None:
            self._held_frame, self._held_frame_ms = frame, now_ms
            if self._first_frame_ms is None:
                self._start_clock(now_ms)
        return False

    def on_time_changed(self, media_ms: int, now_ms: int) -> None:
        """A time is told; the first after a seek may still be of the place before."""
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
        """The media is over."""
        self.is_settled = True
        self.clock.set_running(running=False, now_ms=now_ms)

    # ------------------------------------------------------------------------------------------ what is so

    def time_ms(self, now_ms: int) -> int:
        """Where the media is; before it is there, where it was sent."""
        return self.clock.time_at(now_ms) if self.is_settled else self.target_ms

    def pop_frame(self) -> VideoFrame | None:
        """The picture that was kept back, once."""
        frame, self._held_frame = self._held_frame, None
        return frame

    def next_check_ms(self, now_ms: int) -> int | None:
        """When to `look` again, if nothing happens before; None: not before something does."""
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
        """Whether it is there now, or has been without a picture for too long; each is said once."""
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
                self._held_frame = None  # one of the wrong ones; the right one is not due yet
        if not self.autoplay:
            self.clock.set_running(running=False, now_ms=now_ms)
        return "ready"

    def _start_clock(self, now_ms: int) -> None:
        """The first picture has come: from here on there is a time."""
        self._first_frame_ms = now_ms
        self.clock.set_time(self.start_ms - self._mode.first_frame_early_ms, now_ms)
        self.clock.set_running(running=True, now_ms=now_ms)
