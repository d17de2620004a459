"""The full-screen preview: the picture as attendees see it, and a transport bar that appears on mouse movement."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.preview.key_bindings import handle_key
from ui.preview.playback_controller import PlaybackController
from ui.preview.surface import Surface
from ui.preview.transport_bar import TransportBar
from ui.text.formatter import Formatter

BAR_MS = 2_500
"""Milliseconds for which the bar stays after the mouse moved."""


class FullScreen(QWidget):
    """The window that shows the preview on the full screen.

    Esc, F11, a double click or the bar's button close it, and `closed` is emitted.
    """

    relink_requested = Signal(str)
    closed = Signal()

    def __init__(self, playback: PlaybackController, formatter: Formatter, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Preview"))
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.black)
        self.setPalette(palette)
        self._playback = playback
        self.surface = Surface(playback, self)
        self.surface.relink_requested.connect(self.relink_requested)
        self.surface.double_clicked.connect(self.close)
        self.surface.setMouseTracking(True)
        self.surface.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.surface)
        self.bar = TransportBar(playback, formatter, self, full=True)
        self.bar.setAutoFillBackground(True)
        self.bar.setPalette(parent.palette())
        self.bar.full_screen_requested.connect(self.close)
        self._hide_timer = QTimer(self, singleShot=True, interval=BAR_MS)
        self._hide_timer.timeout.connect(self._hide_bar)
        self._show_bar()

    def _show_bar(self) -> None:
        self.bar.show()
        self.bar.raise_()
        self.surface.unsetCursor()
        self._hide_timer.start()

    def _hide_bar(self) -> None:
        if self.bar.underMouse() or self.bar.isAncestorOf(self.focusWidget() or self):
            self._hide_timer.start()
            return
        self.bar.hide()
        self.surface.setCursor(Qt.CursorShape.BlankCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the bar and the pointer for a while when the mouse moves over the picture."""
        if isinstance(event, QMouseEvent):
            self._show_bar()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc and F11; other keys work as in the panel."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_F11}:
            self.close()
        elif not handle_key(self._playback, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the bar along the bottom edge."""
        super().resizeEvent(event)
        height = self.bar.sizeHint().height()
        self.bar.setGeometry(0, self.height() - height, self.width(), height)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the window and emit `closed`."""
        super().closeEvent(event)
        self.closed.emit()
