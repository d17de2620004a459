"""Messages to the user: a sentence, its severity, and at most one action to take."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

from editor.errors import KnownError
from ui.text.formatter import Formatter

Severity = Literal["info", "warning", "error"]


class Notification(NamedTuple):
    """One message to the user: a translated sentence, its severity, and perhaps a button; immutable."""

    text: str
    kind: Severity = "info"
    action: tuple[str, Callable[[], None]] | None = None
    """Text of a button, and what it calls."""


class Notifications(QObject):
    """The place where messages to the user are posted, on the GUI thread; the window's `NotificationBar` shows them.

    The signal `posted` carries each `Notification`; without a listener it is lost.
    """

    posted = Signal(object)

    def __init__(self, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter

    def post(self, text: str, *, kind: Severity = "info", action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Post a translated sentence, by emitting `posted`; call it on the GUI thread.

        Args:
            text: the sentence.
            kind: its severity.
            action: translated text of a button, and what it calls; None for no button.
        """
        self.posted.emit(Notification(text, kind, action))

    def post_error(self, error: KnownError, *, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Post the translated sentence of an error, as severity "error".

        Args:
            error: the error, whose code selects the sentence.
            action: translated text of a button, and what it calls; None for no button.
        """
        self.post(self._formatter.format_message(error), kind="error", action=action)
