"""How long work tells how far it is, and learns that it should wait or stop.

Reporting is also where a pause and a cancel take effect: work that reports can be paused and cancelled, and work that
never reports cannot, so there is nothing else to remember.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from editor.errors import CancelledError

ProgressListener = Callable[[int, int], None]
"""Told `done` and `total`, in whatever unit the work counts (bytes, pages, milliseconds); total 0 is unknown."""


class Progress:
    """One piece of long work, as seen by the one who does it and the one who waits.

    `report` is called from the working thread; `cancel`, `pause` and `resume` from any.

    Args:
        listener: told how far it is, in the working thread.
        part_of: what this is a part of; a pause or a cancel of that is one of this.
    """

    def __init__(self, listener: ProgressListener | None = None, parent: "Progress | None" = None) -> None:
        self._listener = listener
        self._parent = parent
        self._state_changed = threading.Condition()
        self._is_cancelled = False
        self._is_paused = False
        self.paused_s = 0.0
        """Seconds it has spent waiting while paused."""

    def report(self, done: int, total: int) -> None:
        """Tell how far the work is; while it is paused, wait.

        Raises:
            Cancelled: somebody called `cancel` since the last report.
        """
        self.wait()
        if self._listener is not None:
            self._listener(done, total)

    def part(self, begin: int, end: int, total: int) -> "Progress":
        """Return the progress of one part of this work, whose reports are scaled to the share of the part.

        A pause or a cancel of this work pauses or cancels the part.

        Args:
            begin: Where the part begins, in units of `total`.
            end: Where it ends, in the same units.
            total: The whole of this work.
        """

        def report(done: int, part_total: int) -> None:
            share = (end - begin) * min(done, part_total) // part_total if part_total > 0 else 0
            self.report(begin + share, total)

        return Progress(report, self)

    def wait(self) -> None:
        """Return at once, or, while the work is paused, when it goes on.

        Raises:
            Cancelled: somebody called `cancel`, before or while waiting.
        """
        if self._parent is not None:
            self._parent.wait()
        with self._state_changed:
            if self._is_paused and not self._is_cancelled:
                paused_at = time.monotonic()
                self._state_changed.wait_for(lambda: self._is_cancelled or not self._is_paused)
                self.paused_s += time.monotonic() - paused_at
        if self._is_cancelled:
            raise CancelledError

    def cancel(self) -> None:
        """Ask the work to stop at its next report, paused or not."""
        self._change_state(cancel=True)

    def pause(self) -> None:
        """Ask the work to wait at its next report."""
        self._change_state(pause=True)

    def resume(self) -> None:
        """Let it go on."""
        self._change_state(pause=False)

    def _change_state(self, *, cancel: bool = False, pause: bool = False) -> None:
        with self._state_changed:
            self._is_cancelled = self._is_cancelled or cancel
            self._is_paused = pause
            self._state_changed.notify_all()

    @property
    def is_cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._is_cancelled or (self._parent is not None and self._parent.is_cancelled)

    @property
    def is_paused(self) -> bool:
        """Whether it is to wait, and not to stop."""
        pause_requested = self._is_paused or (self._parent is not None and self._parent.is_paused)
        return pause_requested and not self.is_cancelled


class RemainingTimeEstimator:
    """How long work will still take, from how fast it has been of late; pauses do not count.

    Args:
        progress: the work's.
        clock: monotonic seconds.
    """

    MIN_OBSERVED_MS = 1_000
    """What one has seen for less time says nothing."""
    WINDOW_MS = 20_000

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._progress = progress
        self._clock = clock
        self._samples: deque[tuple[int, int]] = deque()
        """How far it was after so many milliseconds of work."""

    def estimate_remaining_ms(self, done: int, total: int) -> int | None:
        """What is still to come at the pace of late; None before that can be said."""
        worked_ms = round((self._clock() - self._progress.paused_s) * 1000)
        if not self._samples or worked_ms - self._samples[-1][0] >= self.MIN_OBSERVED_MS // 2:
            self._samples.append((worked_ms, done))
        while worked_ms - self._samples[0][0] > self.WINDOW_MS and len(self._samples) > 2:
            self._samples.popleft()
        since_ms, first_done = self._samples[0]
        advanced, passed_ms = done - first_done, worked_ms - since_ms
        if advanced <= 0 or passed_ms < self.MIN_OBSERVED_MS or done > total:
            return None
        return passed_ms * (total - done) // advanced
