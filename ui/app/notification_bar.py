"""The bar in which messages are shown, floating below the top bar so that nothing moves when one appears.

Information hides after a while; warnings and errors stay until they are acted on or closed. A new message replaces the
one that is shown.
"""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.services.notifications import Notification, Notifications
from ui.style import theme
from ui.text.plain_text import to_mnemonic_text
from ui.widgets.basics import make_label

AUTO_HIDE_MS = 7_000
ICONS = {"info": "info", "warning": "warning", "error": "error"}


class NotificationBar(QFrame):
    """The bar that shows the message posted last to `Notifications`; hidden while there is none.

    Information hides after `AUTO_HIDE_MS`; warnings and errors stay until they are closed, their button is clicked, or
    another message replaces them.
    """

    def __init__(self, notifications: Notifications, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message-bar")
        self._notification: Notification | None = None
        self._icon = make_label()
        self._text = make_label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._run_action)
        self._close = QToolButton(autoRaise=True)
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._hide_timer = QTimer(self, singleShot=True, interval=AUTO_HIDE_MS)
        self._hide_timer.timeout.connect(self.hide)
        notifications.posted.connect(self.show_notification)
        self.retranslate()
        self.hide()

    @property
    def notification(self) -> Notification | None:
        """The message that is shown now; None while the bar is hidden."""
        return None if self.isHidden() else self._notification

    def show_notification(self, notification: Notification) -> None:
        """Show a message in place of the one before; one of the kind "info" hides after `AUTO_HIDE_MS`."""
        self._notification = notification
        self._text.setText(notification.text)
        self._text.setAccessibleName(notification.text)
        self._action.setVisible(notification.action is not None)
        if notification.action is not None:
            self._action.setText(to_mnemonic_text(notification.action[0]))
        self.setProperty("kind", notification.kind)
        self._apply_theme()
        self.update_position()
        self.show()
        if notification.kind == "info":
            self._hide_timer.start()
        else:
            self._hide_timer.stop()

    def update_position(self) -> None:
        """Center the bar near the top of its parent, as wide as its text needs, between 360 and 760 pixels.

        Call it when the parent has another size; in a narrow parent the bar is 64 pixels narrower than that.
        """
        parent = self.parentWidget()
        if parent is None:
            return
        # A label that wraps asks for little width; a long sentence is easier to read in few long lines.
        text_width = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 8
        frame_width = self.sizeHint().width() - self._text.sizeHint().width()
        width = min(max(frame_width + text_width, 360), parent.width() - 64, 760)
        self.setFixedWidth(width)
        self.resize(width, self.heightForWidth(width))
        self.move((parent.width() - width) // 2, 56)
        self.raise_()

    def _run_action(self) -> None:
        notification = self._notification
        self.hide()
        if notification is not None and notification.action is not None:
            notification.action[1]()

    def _apply_theme(self) -> None:
        look = theme.look_of(self)
        colours = {"info": look.link, "warning": look.warning, "error": look.error}
        kind = self._notification.kind if self._notification else "info"
        self._icon.setPixmap(theme.pixmap(ICONS[kind], 20, colours[kind], self.devicePixelRatioF()))
        self._close.setIcon(theme.icon("close", look.quiet))
        self.style().unpolish(self)
        self.style().polish(self)

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))

    def changeEvent(self, event: QEvent) -> None:
        """Set the texts anew when Qt reports another language.

        Redraw the icon of Close when it reports another palette.
        """
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            look = theme.look_of(self)
            self._close.setIcon(theme.icon("close", look.quiet))
