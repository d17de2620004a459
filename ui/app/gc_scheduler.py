"""Python's collector of circular garbage, kept to the GUI thread.

It runs in whatever thread happens to allocate, and with it the destructors of what it finds: a QObject or a timer that
was left in a circle is then destroyed in a thread that is not its own, which ends the program. So the collector is
switched off, and a timer of the GUI thread does its work by its own thresholds.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500


class GcScheduler(QObject):
    """Collects on the GUI thread for as long as it is not `end`ed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        gc.disable()
        self._timer.start()

    def collect_due(self) -> None:
        """Collect the oldest generation that is due, if any is."""
        counts = gc.get_count()
        due = [number for number, count in enumerate(counts) if count > self._thresholds[number]]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Give the collector back."""
        self._timer.stop()
        gc.enable()
