"""Runs Python's cyclic garbage collector on the GUI thread alone.

The collector runs in whichever thread happens to allocate, and with it the destructors of what it finds. A QObject or a
QTimer in a reference cycle would then be destroyed in a foreign thread, which crashes Qt. So automatic collection is
switched off, and a timer on the GUI thread collects by the interpreter's own thresholds.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500


class GcScheduler(QObject):
    """The collector of Python's cyclic garbage on the GUI thread, from when it is made until `stop`.

    Python's own automatic collection is off meanwhile, since in another thread it could destroy Qt's objects. Due
    generations are collected every `INTERVAL_MS` milliseconds.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        gc.disable()
        self._timer.start()

    def collect_due(self) -> None:
        """Collect Python's cyclic garbage of the oldest generation whose threshold is reached, if any.

        Blocks until done.
        """
        counts = gc.get_count()
        due = [number for number, count in enumerate(counts) if count > self._thresholds[number]]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Stop collecting by timer, and switch Python's automatic collection on again."""
        self._timer.stop()
        gc.enable()
