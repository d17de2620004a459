"""What the space bar does for whoever moves by keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget


class SpaceKeyFilter(QObject):
    """Lets the space bar press the button that has the focus, or open the list; everywhere else it plays.

    It watches the focused widget alone: a filter on the whole program would be asked about every event there is.
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
        """Keep the space bar from becoming a shortcut."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
