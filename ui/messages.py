"""The one way to tell the person something: a sentence, how serious it is, and at most one thing to do about it."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

from editor.errors import Known
from ui.words import Words

Seriousness = Literal["info", "warning", "error"]


class Message(NamedTuple):
    """What the bar in the window shows."""

    text: str
    kind: Seriousness = "info"
    action: tuple[str, Callable[[], None]] | None = None
    """What a button says and does."""


class Messages(QObject):
    """Whoever has something to say says it here; one bar in the window shows it (`ui.message_bar`)."""

    told = Signal(object)

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def tell(
        self, text: str, *, kind: Seriousness = "info", action: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a sentence, already in the person's language."""
        self.told.emit(Message(text, kind, action))

    def known(self, known: Known, *, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a foreseen failure in words."""
        self.tell(self._words.sentence(known), kind="error", action=action)
