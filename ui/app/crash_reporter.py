"""Reports unexpected exceptions: each is written to the log with its traceback and shown as one sentence.

Foreseen failures are a `KnownError` and are handled where they occur. After an unexpected exception the application
continues: every edit is on disk, and the step that failed changed nothing.
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from editor.private_files import create_private_file
from ui.services.notifications import Notifications

if TYPE_CHECKING:
    from datetime import datetime

MAX_LOG_BYTES = 1_000_000
"""A longer log is renamed and a new one begun, so that logs never fill the disk."""


class CrashReporter(QObject):
    """The log of unexpected exceptions of any thread, each announced by a message to the user.

    Exceptions go to standard error until `log_path` is set, and whenever that file cannot be written. A log above
    `MAX_LOG_BYTES` bytes is renamed to ``.old.log`` and a new one begun.
    """

    _reported = Signal()

    def __init__(
        self,
        notifications: Notifications,
        parent: QObject | None = None,
        *,
        now: "Callable[[], datetime]",
    ) -> None:
        super().__init__(parent)
        self._notifications = notifications
        self._now = now
        self._lock = threading.Lock()
        self.log_path: Path | None = None
        self._reported.connect(self._notify, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Replace Python's hooks for uncaught exceptions, of the main thread and all others, by `report`."""
        sys.excepthook = self.report
        threading.excepthook = lambda args: self.report(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def report(
        self, error_type: type[BaseException], error: BaseException, traceback_object: TracebackType | None
    ) -> None:
        """Log one exception with its traceback, and post a message on the GUI thread; may be called from any thread.

        A `KeyboardInterrupt` is only passed on to Python's own handler. It never raises for a log that cannot be
        written.

        Args:
            error_type: the type of the exception.
            error: the exception.
            traceback_object: where it was raised; None if that is unknown.
        """
        import traceback

        if issubclass(error_type, KeyboardInterrupt):
            sys.__excepthook__(error_type, error, traceback_object)
            return
        self._write("".join(traceback.format_exception(error_type, error, traceback_object)))
        self._reported.emit()

    def _write(self, text: str) -> None:
        entry = f"{self._now().isoformat(timespec='seconds')} Matinee, Python {sys.version.split()[0]}\n{text}\n"
        with self._lock:
            try:
                if self.log_path is None:
                    raise FileNotFoundError
                if self.log_path.exists() and self.log_path.stat().st_size > MAX_LOG_BYTES:
                    self.log_path.replace(self.log_path.with_suffix(".old.log"))
                create_private_file(self.log_path)
                with self.log_path.open("a", encoding="utf-8") as file:
                    file.write(entry)
            except OSError:
                sys.stderr.write(entry)

    def _notify(self) -> None:
        if self.log_path is None:
            text = self.tr("Something went wrong in Matinee. Your webinar is safe.")
        else:
            text = self.tr("Something went wrong in Matinee. Your webinar is safe. Details are in {file}.").format(
                file=self.log_path
            )
        self._notifications.post(text, kind="error")
