"""Progress of long work: reports, pause and cancel.

A report is also where a pause or a cancel takes effect: work that reports can be paused and cancelled, and work that
never reports cannot.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from editor.errors import CancelledError

ProgressListener = Callable[[int, int], None]
"""Receives `done` and `total` in the unit of the work (bytes, pages, milliseconds); a total of 0 is unknown."""


class Progress:
    """The progress of one piece of long work, shared by the thread that works and those that wait.

    `report` is called from the working thread; `cancel`, `pause` and `resume` from any.

    Args:
        listener: Called with each report, in the working thread.
        parent: The work that this is a part of; pausing or cancelling the parent does the same here.
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
        """Report how far the work is, after waiting while it is paused.

        Args:
            done: How much is done, in the unit of the work.
            total: How much there is; 0 while that is unknown.

        Raises:
            CancelledError: The work or its parent was cancelled; every later report raises it again.
        """
        self.wait()
        if self._listener is not None:
            self._listener(done, total)

    def part(self, begin: int, end: int, total: int) -> "Progress":
        """Return the progress of one part of this work, whose reports are scaled and passed on as reports of this work.

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
        """Return at once, or, while the work or its parent is paused, when it goes on; call it in the working thread.

        Raises:
            CancelledError: `cancel` was called, before or while waiting.
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
        """Ask the work to stop at its next report, paused or not; that cannot be taken back.

        A listener is not called; what waits in a pause is woken.
        """
        self._change_state(cancel=True)

    def pause(self) -> None:
        """Ask the work to wait at its next report, until `resume` or `cancel`; return at once."""
        self._change_state(pause=True)

    def resume(self) -> None:
        """Let paused work go on; a pause of its parent stays."""
        self._change_state(pause=False)

    def _change_state(self, *, cancel: bool = False, pause: bool = False) -> None:
        with self._state_changed:
            self._is_cancelled = self._is_cancelled or cancel
            self._is_paused = pause
            self._state_changed.notify_all()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work, or its parent, was cancelled."""
        return self._is_cancelled or (self._parent is not None and self._parent.is_cancelled)

    @property
    def is_paused(self) -> bool:
        """Whether the work, or its parent, is paused and not cancelled."""
        pause_requested = self._is_paused or (self._parent is not None and self._parent.is_paused)
        return pause_requested and not self.is_cancelled


class RemainingTimeEstimator:
    """An estimator of how long work will still take, from its recent pace; time spent paused does not count.

    Use it in the working thread.

    Args:
        progress: The progress of the work.
        clock: Gives monotonic seconds.
    """

    MIN_OBSERVED_MS = 1_000
    """The time that must have been observed before there is an estimate."""
    WINDOW_MS = 20_000

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._progress = progress
        self._clock = clock
        self._samples: deque[tuple[int, int]] = deque()
        """Pairs of milliseconds worked and how much was done by then."""

    def estimate_remaining_ms(self, done: int, total: int) -> int | None:
        """Return the milliseconds that are left at the recent pace, 0 at the end; None where it cannot be told.

        Call it with each report: the pace is that of the calls of the last 20 seconds. It takes a second of them at
        least, and an advance.

        Args:
            done: How much is done, in the unit of the work.
            total: How much there is.
        """
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
