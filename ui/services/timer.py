"""A clock that calls back: what waits for time takes one, so that a test can hold it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Timer(QObject):
    """One call at a time, later, on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._fire)
        self._callback: Callable[[], None] | None = None

    def now_ms(self) -> int:
        """Milliseconds that only ever go up."""
        return time.monotonic_ns() // 1_000_000

    def start(self, delay_ms: int, callback: Callable[[], None]) -> None:
        """Call this then, instead of what was set before."""
        self._callback = callback
        self._timer.start(max(0, delay_ms))

    def cancel(self) -> None:
        """Call nothing."""
        self._callback = None
        self._timer.stop()

    def _fire(self) -> None:
        callback, self._callback = self._callback, None
        if callback is not None:
            callback()
