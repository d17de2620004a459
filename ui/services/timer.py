"""A timer with a clock, passed to whatever waits so that tests can replace it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Timer(QObject):
    """Calls back once, later, on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._fire)
        self._callback: Callable[[], None] | None = None

    def now_ms(self) -> int:
        """Return monotonic milliseconds."""
        return time.monotonic_ns() // 1_000_000

    def start(self, delay_ms: int, callback: Callable[[], None]) -> None:
        """Call back after a delay, in place of a call set before."""
        self._callback = callback
        self._timer.start(max(0, delay_ms))

    def cancel(self) -> None:
        """Drop the pending call."""
        self._callback = None
        self._timer.stop()

    def _fire(self) -> None:
        callback, self._callback = self._callback, None
        if callback is not None:
            callback()
