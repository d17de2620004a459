"""The one way to tell the person something: a sentence, how serious it is, and at most one thing to do about it."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

from editor.errors import KnownError
from ui.text.formatter import Formatter

Severity = Literal["info", "warning", "error"]


class Notification(NamedTuple):
    """What the bar in the window shows."""

    text: str
    kind: Severity = "info"
    action: tuple[str, Callable[[], None]] | None = None
    """What a button says and does."""


class Notifications(QObject):
    """Whoever has something to say says it here; one bar in the window shows it (`ui.app.notification_bar`)."""

    posted = Signal(object)

    def __init__(self, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter

    def post(self, text: str, *, kind: Severity = "info", action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a sentence, already in the person's language."""
        self.posted.emit(Notification(text, kind, action))

    def post_error(self, error: KnownError, *, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a foreseen failure in words."""
        self.post(self._formatter.format_message(error), kind="error", action=action)
