"""How long work tells how far it is, and learns that it should wait or stop.

Reporting is also where a pause and a cancel take effect: work that reports can be paused and cancelled, and work that
never reports cannot, so there is nothing else to remember.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from editor.errors import Cancelled

Listener = Callable[[int, int], None]
"""Told `done` and `total`, in whatever unit the work counts (bytes, pages, milliseconds); total 0 is unknown."""


class Progress:
    """One piece of long work, as seen by the one who does it and the one who waits.

    `report` is called from the working thread; `cancel`, `pause` and `resume` from any.

    Args:
        listener: told how far it is, in the working thread.
        part_of: what this is a part of; a pause or a cancel of that is one of this.
    """

    def __init__(self, listener: Listener | None = None, part_of: "Progress | None" = None) -> None:
        self._listener = listener
        self._part_of = part_of
        self._turned = threading.Condition()
        self._stopped = False
        self._standing = False
        self.stood_s = 0.0
        """Seconds it has spent waiting while paused."""

    def report(self, done: int, total: int) -> None:
        """Tell how far the work is; while it is paused, wait.

        Raises:
            Cancelled: somebody called `cancel` since the last report.
        """
        self.wait()
        if self._listener is not None:
            self._listener(done, total)

    def wait(self) -> None:
        """Return at once, or, while the work is paused, when it goes on.

        Raises:
            Cancelled: somebody called `cancel`, before or while waiting.
        """
        if self._part_of is not None:
            self._part_of.wait()
        with self._turned:
            if self._standing and not self._stopped:
                since = time.monotonic()
                self._turned.wait_for(lambda: self._stopped or not self._standing)
                self.stood_s += time.monotonic() - since
        if self._stopped:
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next report, paused or not."""
        self._turn(stopped=True)

    def pause(self) -> None:
        """Ask the work to wait at its next report."""
        self._turn(standing=True)

    def resume(self) -> None:
        """Let it go on."""
        self._turn(standing=False)

    def _turn(self, *, stopped: bool = False, standing: bool = False) -> None:
        with self._turned:
            self._stopped = self._stopped or stopped
            self._standing = standing
            self._turned.notify_all()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._stopped or (self._part_of is not None and self._part_of.cancelled)

    @property
    def paused(self) -> bool:
        """Whether it is to wait, and not to stop."""
        standing = self._standing or (self._part_of is not None and self._part_of.paused)
        return standing and not self.cancelled


class Pace:
    """How long work will still take, from how fast it has been of late; pauses do not count.

    Args:
        progress: the work's.
        clock: monotonic seconds.
    """

    LEAST_MS = 1_000
    """What one has seen for less time says nothing."""
    LATELY_MS = 20_000

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._progress = progress
        self._clock = clock
        self._seen: deque[tuple[int, int]] = deque()
        """How far it was after so many milliseconds of work."""

    def remaining_ms(self, done: int, total: int) -> int | None:
        """What is still to come at the pace of late; None before that can be said."""
        worked_ms = round((self._clock() - self._progress.stood_s) * 1000)
        if not self._seen or worked_ms - self._seen[-1][0] >= self.LEAST_MS // 2:
            self._seen.append((worked_ms, done))
        while worked_ms - self._seen[0][0] > self.LATELY_MS and len(self._seen) > 2:
            self._seen.popleft()
        since_ms, first = self._seen[0]
        made, passed_ms = done - first, worked_ms - since_ms
        if made <= 0 or passed_ms < self.LEAST_MS or done > total:
            return None
        return passed_ms * (total - done) // made
