"""How long work tells how far it is, and learns that it should stop.

Reporting is also where a cancel takes effect: work that reports can be cancelled, and work that never reports
cannot, so there is nothing else to remember.
"""

import threading
from collections.abc import Callable

from editor.errors import Cancelled

Listener = Callable[[int, int], None]
"""Told `done` and `total`, in whatever unit the work counts (bytes, pages, milliseconds); total 0 is unknown."""


class Progress:
    """One piece of long work, as seen by the one who does it and the one who waits.

    `report` is called from the working thread; `cancel` from any.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        self._listener = listener
        self._stop = threading.Event()

    def report(self, done: int, total: int) -> None:
        """Tell how far the work is.

        Raises:
            Cancelled: somebody called `cancel` since the last report.
        """
        if self._stop.is_set():
            raise Cancelled
        if self._listener is not None:
            self._listener(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop.is_set()
