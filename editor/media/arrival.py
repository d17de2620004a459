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

from editor.media.canvas import Frame

RUN_UP_MS = 600
"""Long enough for one time-changed event, which come every 250 to 300 ms."""
EXACT_MS = 3
"""A picture that comes so little before the place, by the clock, is the picture of the place."""
LATE_MS = 20
"""How long after the place a waiting player looks out for its picture; then it is the last one before."""
NO_PICTURE_MS = 2_000
"""A media with pictures that shows none for so long is told of as one that cannot be shown."""
TRUSTED_MS = 1_500
"""How far the time is carried on from an anchor; libvlc that says nothing for longer is stuck."""
STEADY_MS = 350
STALE_MS = 50
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

    def at(self, now_ms: int) -> int:
        """The place in the media at an instant."""
        if not self.running:
            return self._media_ms
        return self._media_ms + min(now_ms - self._since_ms, TRUSTED_MS) * self._rate // NORMAL_RATE

    def set(self, media_ms: int, now_ms: int) -> None:
        """Anchor: it is there at this instant."""
        self._media_ms, self._since_ms = media_ms, now_ms

    def run(self, running: bool, now_ms: int) -> None:
        """Run on from where it stands, or stand still."""
        self.set(self.at(now_ms), now_ms)
        self.running = running

    def set_rate(self, rate: int, now_ms: int) -> None:
        """Run at another rate from now on."""
        self.set(self.at(now_ms), now_ms)
        self._rate = rate


@dataclass(frozen=True)
class Manner:
    """How libvlc comes to a place, as measured."""

    hide_ms: int
    """How long after the first picture wrong ones may still come."""
    early_ms: int
    """How long before its time the first picture comes."""


FROM_TOP = Manner(hide_ms=0, early_ms=10)
SEEK = Manner(hide_ms=16, early_ms=10)
"""Wrong ones that come later than this are at most one picture early, or one of where it was, which is still seen."""
OPEN = Manner(hide_ms=110, early_ms=60)


class Arrival:
    """One order to be at a place, from when it is given until it is followed by another.

    Args:
        number: tells it from others.
        at_ms: the place.
        run: whether to go on once it is there, or wait; may change on the way.
        picture: whether pictures are wanted, or sound alone.
    """

    def __init__(self, number: int, at_ms: int, *, run: bool, picture: bool) -> None:
        self.number = number
        self.at_ms = at_ms
        self.run = run
        self.start_ms = at_ms if run else max(0, at_ms - RUN_UP_MS)
        """Where libvlc is sent: the place, or the beginning of the run-up."""
        self.steady = False
        """Whether the rate will be changed once it is there."""
        self.issued = False
        """libvlc has been told; before that, its news is of what was before."""
        self.read = False
        """libvlc has got something out of the file."""
        self.settled = False
        """It is there, and what libvlc shows is what it plays."""
        self.clock = MediaClock()
        self._picture = picture
        self._manner = OPEN
        self._buffered_ms: int | None = None
        self._first_ms: int | None = None
        self._confirmed = False
        self._complained = False
        self._frame: Frame | None = None
        self._frame_ms = 0

    # ---------------------------------------------------------------------------------------- what happens

    def issue(self, now_ms: int, *, opened: bool) -> None:
        """Count from now, as libvlc is told: to open the file, or to seek in the one it plays."""
        self.issued = True
        self._manner = SEEK
        if opened:
            self._manner = OPEN if self.start_ms else FROM_TOP
            if self._picture and not self.start_ms:
                self._buffered_ms = now_ms
        else:
            self.read = True

    def hear_buffering(self, full: bool, now_ms: int) -> None:
        """The buffers are filling, or full; more than once on the way, and only the last time counts."""
        self.read = self.read or full
        if not self.issued or self.settled or (self._picture and self._manner is FROM_TOP):
            return
        self._buffered_ms = now_ms if full else None
        self._first_ms = None
        self.clock.run(running=False, now_ms=now_ms)
        if full and not self._picture:
            self._begin(now_ms)

    def hear_picture(self, frame: Frame, now_ms: int) -> bool:
        """A picture is shown; True: it is to be seen now, and not kept back."""
        if not self.issued:
            return False
        if self.settled:
            return self.run  # libvlc repeats a standing picture
        if self._buffered_ms is not None:
            self._frame, self._frame_ms = frame, now_ms
            if self._first_ms is None:
                self._begin(now_ms)
        return False

    def hear_time(self, media_ms: int, now_ms: int) -> None:
        """A time is told; the first after a seek may still be of the place before."""
        if self._first_ms is None or not self.clock.running:
            return
        if not self._confirmed:
            passed_ms = now_ms - self._first_ms
            likely = self.start_ms - STALE_MS <= media_ms <= self.start_ms + 2 * (passed_ms + STALE_MS)
            if not likely or (passed_ms < STALE_MS and not self._picture):
                return
            self._confirmed = True
        self.clock.set(media_ms, now_ms)

    def end(self, now_ms: int) -> None:
        """The media is over."""
        self.settled = True
        self.clock.run(running=False, now_ms=now_ms)

    # ------------------------------------------------------------------------------------------ what is so

    def time_ms(self, now_ms: int) -> int:
        """Where the media is; before it is there, where it was sent."""
        return self.clock.at(now_ms) if self.settled else self.at_ms

    def take_frame(self) -> Frame | None:
        """The picture that was kept back, once."""
        frame, self._frame = self._frame, None
        return frame

    def due_ms(self, now_ms: int) -> int | None:
        """When to `look` again, if nothing happens before; None: not before something does."""
        if not self.issued or self.settled or self._buffered_ms is None:
            return None
        if self._first_ms is None:
            return None if self._complained else self._buffered_ms + NO_PICTURE_MS
        due_ms = self._first_ms + self._manner.hide_ms
        if self.start_ms == self.at_ms:
            return due_ms + (STEADY_MS if self.steady and self.run else 0)
        left_ms = self.at_ms - self.clock.at(now_ms)
        left_ms += -EXACT_MS if self._frame_ms == now_ms else LATE_MS
        return max(due_ms, now_ms + left_ms)

    def look(self, now_ms: int) -> Literal["ready", "dark"] | None:
        """Whether it is there now, or has been without a picture for too long; each is said once."""
        due_ms = self.due_ms(now_ms)
        if due_ms is None or due_ms > now_ms:
            return None
        if self._first_ms is None:
            self._complained = True
            return "dark"
        self.settled = True
        if self.start_ms == self.at_ms:
            if not self.run:
                self.clock.set(self.at_ms, now_ms)
            elif self._frame_ms - self._first_ms < self._manner.hide_ms // 2:
                self._frame = None  # one of the wrong ones; the right one is not due yet
        if not self.run:
            self.clock.run(running=False, now_ms=now_ms)
        return "ready"

    def _begin(self, now_ms: int) -> None:
        """The first picture has come: from here on there is a time."""
        self._first_ms = now_ms
        self.clock.set(self.start_ms - self._manner.early_ms, now_ms)
        self.clock.run(running=True, now_ms=now_ms)
