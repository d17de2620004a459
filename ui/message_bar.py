"""The one place where sentences are shown: a bar that floats under the top bar, with what can be done about it.

It floats, so that what one works on never jumps when something is said.

An information goes by itself after a while; a warning or an error stays until it is answered or closed. What is told
while one is shown takes its place: the newest matters most, and nothing ever stacks up.
"""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui import theme
from ui.messages import Message, Messages

STAYS_MS = 7_000
ICONS = {"info": "info", "warning": "warning", "error": "error"}


class MessageBar(QFrame):
    """Shows what `messages` is told."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message-bar")
        self._message: Message | None = None
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._close = QToolButton(autoRaise=True)
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._gone = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._gone.timeout.connect(self.hide)
        messages.told.connect(self.show_message)
        self.retranslate()
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return None if self.isHidden() else self._message

    def show_message(self, message: Message) -> None:
        """Show a sentence in place of the one before."""
        self._message = message
        self._text.setText(message.text)
        self._text.setAccessibleName(message.text)
        self._action.setVisible(message.action is not None)
        if message.action is not None:
            self._action.setText(message.action[0])
        self.setProperty("kind", message.kind)
        self._dress()
        self.place()
        self.show()
        if message.kind == "info":
            self._gone.start()
        else:
            self._gone.stop()

    def place(self) -> None:
        """In the middle, near the top of what it floats over; as wide as its text needs."""
        parent = self.parentWidget()
        if parent is None:
            return
        # A label that wraps asks for little width; a long sentence is easier to read in few long lines.
        whole = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 8
        around = self.sizeHint().width() - self._text.sizeHint().width()
        width = min(max(around + whole, 360), parent.width() - 64, 760)
        self.setFixedWidth(width)
        self.resize(width, self.heightForWidth(width))
        self.move((parent.width() - width) // 2, 56)
        self.raise_()

    def _act(self) -> None:
        message = self._message
        self.hide()
        if message is not None and message.action is not None:
            message.action[1]()

    def _dress(self) -> None:
        look = theme.look_of(self)
        colours = {"info": look.link, "warning": look.warning, "error": look.error}
        kind = self._message.kind if self._message else "info"
        self._icon.setPixmap(theme.pixmap(ICONS[kind], 20, colours[kind], self.devicePixelRatioF()))
        self._close.setIcon(theme.icon("close", look.quiet))
        self.style().unpolish(self)
        self.style().polish(self)

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            look = theme.look_of(self)
            self._close.setIcon(theme.icon("close", look.quiet))
