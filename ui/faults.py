"""The one funnel of bugs: each is written to a file with all there is to know, and told in one sentence.

What was foreseen is a `Known` and never comes here. After a bug the program goes on: every edit is on disk, and the
step that failed has changed nothing.
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ui.messages import Messages

if TYPE_CHECKING:
    from datetime import datetime

CAP_BYTES = 1_000_000
"""A log longer than this is put aside once, so it never fills a disk."""


class Faults(QObject):
    """Writes bugs to `log` and tells of them. The log may be said later: bugs until then go to standard error."""

    _happened = Signal()

    def __init__(
        self,
        messages: Messages,
        parent: QObject | None = None,
        *,
        now: "Callable[[], datetime]",
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._now = now
        self._lock = threading.Lock()
        self.log: Path | None = None
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take what nobody caught, in any thread."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def take(self, kind: type[BaseException], bug: BaseException, where: TracebackType | None) -> None:
        """Write one bug down and tell of it; Ctrl+C ends the program as ever."""
        import traceback

        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, bug, where)
            return
        self._write("".join(traceback.format_exception(kind, bug, where)))
        self._happened.emit()

    def _write(self, text: str) -> None:
        entry = f"{self._now().isoformat(timespec='seconds')} Matinee, Python {sys.version.split()[0]}\n{text}\n"
        with self._lock:
            try:
                if self.log is None:
                    raise FileNotFoundError
                if self.log.exists() and self.log.stat().st_size > CAP_BYTES:
                    self.log.replace(self.log.with_suffix(".old.log"))
                with self.log.open("a", encoding="utf-8") as file:
                    file.write(entry)
            except OSError:
                sys.stderr.write(entry)

    def _tell(self) -> None:
        if self.log is None:
            text = self.tr("Something went wrong inside Matinee. Nothing of your webinar is lost.")
        else:
            text = self.tr(
                "Something went wrong inside Matinee. Nothing of your webinar is lost; it is written down in {file}."
            ).format(file=self.log)
        self._messages.tell(text, kind="error")
