"""The space bar presses a focused button; elsewhere it is the shortcut for playing."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget


class SpaceKeyFilter(QObject):
    """The event filter that lets the space bar press the focused button or open the focused list, before any shortcut.

    It works from when it is made. Only the focused widget is filtered: a filter on the whole application would be
    called for every event.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, previous: QWidget | None, current: QWidget | None) -> None:
        if previous is not None:
            previous.removeEventFilter(self)
        if isinstance(current, (QAbstractButton, QComboBox)):
            current.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the space bar for the focused widget before Qt takes it for a shortcut; other events pass."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
