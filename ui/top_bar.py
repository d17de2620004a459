"""The bar at the top: which webinar this is, how it stands, when it starts, Save and Publish."""

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from editor.schedule.start import clock_at
from ui import theme
from ui.actions import Actions
from ui.bridge import Bridge
from ui.parts import button, label
from ui.words import Words


class Elided(QLabel):
    """A text that gives way with an ellipsis where there is no room."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(80)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show a text; the whole is in the tooltip where it does not fit."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        self.ensurePolished()
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(80, self.width()))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class TopBar(QFrame):
    """Shows a bridge's webinar. `show_problems` and `show_version` tell it what only others know."""

    hints_asked = Signal()

    def __init__(self, bridge: Bridge, actions: Actions, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._bridge = bridge
        self._actions = actions
        self._words = words
        self._version = 0
        self._problems: tuple[int, int] = (0, 0)
        self._home = QToolButton()
        self._home.setDefaultAction(actions["home"])
        self._home.setIconSize(QSize(20, 20))
        self._title = Elided("webinar-title")
        self._state = label("quiet")
        self._hints = button("chip")
        self._hints.clicked.connect(self.hints_asked)
        self._start = button("link")
        self._start.clicked.connect(actions["plan"].trigger)
        self._history = QToolButton()
        self._history.setDefaultAction(actions["history"])
        self._history.setIconSize(QSize(20, 20))
        self._save = button()
        self._save.clicked.connect(actions["save"].trigger)
        self._publish = button("primary")
        self._publish.clicked.connect(actions["publish"].trigger)
        for each in (self._home, self._hints, self._start, self._history, self._save, self._publish):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(8)
        layout.addWidget(self._home)
        layout.addWidget(self._title)
        layout.addSpacing(4)
        layout.addWidget(self._state)
        layout.addStretch(1)
        for widget in (self._hints, self._start, self._history, self._save, self._publish):
            layout.addWidget(widget)
        bridge.changed.connect(self._show)
        bridge.steps_changed.connect(self._show)
        bridge.read_only_changed.connect(self._show)
        words.language_changed.connect(self._show)
        self._show()

    def show_version(self, ordinal: int) -> None:
        """The latest version has this number; 0 before there is one."""
        self._version = ordinal
        self._show()

    def show_problems(self, serious: int, others: int) -> None:
        """Preflight found so many errors, and so many warnings and hints."""
        self._problems = (serious, others)
        self._show()

    def _show(self) -> None:
        webinar = self._bridge.webinar
        self._title.say(webinar.title or self.tr("Untitled webinar"))
        self._state.setText(self._state_text())
        self._start.setText(self._start_text(clock_at(webinar, 0)))
        self._start.setToolTip(self._actions["plan"].toolTip())
        serious, others = self._problems
        self._hints.setVisible(serious + others > 0)
        if serious:
            self._hints.setText(self.tr("%n problem(s)", "", serious + others))
        else:
            self._hints.setText(self.tr("%n hint(s)", "", others))
        self._hints.setToolTip(self._actions["preflight"].toolTip())
        self._hints.setProperty("serious", serious > 0)
        self._hints.style().polish(self._hints)
        self._save.setText(self.tr("Save"))
        self._save.setToolTip(self._actions["save"].toolTip())
        self._save.setEnabled(not self._bridge.read_only)
        self._publish.setText(self.tr("Publish…"))
        self._publish.setToolTip(self._actions["publish"].toolTip())
        self._dress()

    @property
    def version(self) -> str:
        """The latest version in words; empty before there is one."""
        return self.tr("version {number}").format(number=self._version) if self._version else ""

    def _state_text(self) -> str:
        if self._bridge.read_only:
            return self.tr("read only: made with a newer Matinee")
        version = self.version
        if self._bridge.unsaved:
            edited = self.tr("unsaved edits")
            return f"● {edited} · {version}" if version else f"● {edited}"
        return version or self.tr("no version yet")

    def _start_text(self, start: datetime | None) -> str:
        webinar = self._bridge.webinar
        when = self._words.moment(start, zone=webinar.zone) if start else self.tr("No date yet")
        room = self.tr("on demand") if webinar.room == "on_demand" else self.tr("automated")
        chat = {
            "none": self.tr("no chat"),
            "moderated": self.tr("chat: moderated"),
            "answer_later": self.tr("chat: answer later"),
        }[webinar.chat]
        return f"{when} · {room} · {chat}"

    def _dress(self) -> None:
        look = theme.look_of(self)
        colour = look.error if self._problems[0] else look.warning
        self._hints.setIcon(theme.icon("warning" if self._problems[0] else "hint", colour))
        self._start.setIcon(theme.icon("plan", look.link))
        self._save.setIcon(theme.icon("save", look.text))
        self._publish.setIcon(theme.icon("publish", look.on_accent))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the language; the actions, whose tips are shown here, have followed it by now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self._show()
