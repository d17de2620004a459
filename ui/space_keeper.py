"""What the space bar does for whoever moves by keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox


class SpaceKeeper(QObject):
    """Lets the space bar do what it does for whoever moves by keyboard: press the button that has the focus, open
    the list; everywhere else it plays. Install it on the application.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the space bar from becoming a shortcut where the focused widget wants it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and isinstance(QApplication.focusWidget(), (QAbstractButton, QComboBox))
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
