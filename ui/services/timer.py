"""A timer with a clock, passed to whatever waits so that tests can replace it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Timer(QObject):
    """A timer on the GUI thread that calls back once; it holds one pending call at most, and has a monotonic clock.

    Tests replace it by one whose time they set.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._fire)
        self._callback: Callable[[], None] | None = None

    def now_ms(self) -> int:
        """Return milliseconds of the monotonic clock, whose zero has no meaning: for differences alone."""
        return time.monotonic_ns() // 1_000_000

    def start(self, delay_ms: int, callback: Callable[[], None]) -> None:
        """Call `callback` once after a delay in milliseconds (negative ones count as 0), in place of a pending call."""
        self._callback = callback
        self._timer.start(max(0, delay_ms))

    def cancel(self) -> None:
        """Drop the pending call, if there is one."""
        self._callback = None
        self._timer.stop()

    def _fire(self) -> None:
        callback, self._callback = self._callback, None
        if callback is not None:
            callback()
