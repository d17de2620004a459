"""What has been published of a webinar: each session with its link, its state, and what can be done to it."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.parts import button, label
from ui.plan.when import WhenForm
from ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from editor.protocol.api import Session

RUNNING = frozenset({"running", "held", "closing"})
TO_COME = frozenset({"planned", "waiting"})


def instant(epoch_ms: int) -> datetime:
    """A server time as an instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=epoch_ms)


class SessionRow(QFrame):
    """One session."""

    copy_asked = Signal(str)
    """This link is wanted on the clipboard."""
    open_asked = Signal(str)
    calendar_asked = Signal(object)
    reschedule_asked = Signal(object)
    cancel_asked = Signal(object)
    replace_asked = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._words = words
        self._session: Session | None = None
        self._newest = 0
        self._when = label("strong")
        self._state = label("chip")
        self._told = label("quiet")
        self._link = QLineEdit()
        self._link.setReadOnly(True)
        self._copy = button()
        self._open = button()
        self._calendar = button("link")
        self._reschedule = button("link")
        self._replace = button("link")
        self._cancel = button("link")
        self._copy.clicked.connect(lambda: self.copy_asked.emit(self.session.url))
        self._open.clicked.connect(lambda: self.open_asked.emit(self.session.url))
        self._calendar.clicked.connect(lambda: self.calendar_asked.emit(self.session))
        self._reschedule.clicked.connect(lambda: self.reschedule_asked.emit(self.session))
        self._replace.clicked.connect(lambda: self.replace_asked.emit(self.session))
        self._cancel.clicked.connect(lambda: self.cancel_asked.emit(self.session))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._when)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self._told)
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        for each in (self._calendar, self._reschedule, self._replace, self._cancel):
            deeds.addWidget(each)
        deeds.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 8)
        grid.setSpacing(8)
        grid.addLayout(head, 0, 0, 1, 3)
        grid.addWidget(self._link, 1, 0)
        grid.addWidget(self._copy, 1, 1)
        grid.addWidget(self._open, 1, 2)
        grid.addLayout(deeds, 2, 0, 1, 3)

    @property
    def session(self) -> "Session":
        """What is shown."""
        assert self._session is not None
        return self._session

    def show_session(self, session: "Session", *, newer: bool) -> None:
        """Show a session; `newer`: there is a saved version that it could play instead."""
        self._session = session
        self._when.setText(self._when_text(session))
        state = session.state if session.state != "planned" else session.phase
        self._state.setText(self._state_name(state))
        version = self.tr("version {number}").format(number=session.number)
        people = self.tr("%n attendee(s)", "", session.persons)
        self._told.setText(f"{version} · {people}")
        if self._link.text() != session.url:
            self._link.setText(session.url)
        self._link.setAccessibleName(self.tr("The attendees' link"))
        self._link.setToolTip(self.tr("It stays the same, also when the session is rescheduled."))
        self._copy.setText(self.tr("Copy"))
        self._open.setText(self.tr("Open in browser"))
        self._calendar.setText(self.tr("Save calendar file…"))
        self._reschedule.setText(self.tr("Reschedule…"))
        self._replace.setText(self.tr("Play the latest version"))
        self._cancel.setText(self.tr("Cancel session"))
        self._calendar.setVisible(state in TO_COME and not session.test)
        self._reschedule.setVisible(state in TO_COME and not session.test)
        self._replace.setVisible(newer and state in TO_COME | RUNNING)
        self._cancel.setVisible(state in TO_COME)

    def _when_text(self, session: "Session") -> str:
        if session.test:
            here = instant(session.starts_at).astimezone()
            return self.tr("Private test, {time}").format(time=self._words.time(here, seconds=True))
        there = instant(session.starts_at).astimezone(ZoneInfo(session.zone))
        return self._words.moment(there, zone=session.zone)

    def _state_name(self, state: str) -> str:
        return {
            "planned": self.tr("planned"),
            "waiting": self.tr("waiting room open"),
            "running": self.tr("running"),
            "held": self.tr("on hold"),
            "closing": self.tr("closing"),
            "over": self.tr("over"),
            "cancelled": self.tr("cancelled"),
            "on_demand": self.tr("on demand"),
        }.get(state, state)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._session is not None:
            self.show_session(self._session, newer=not self._replace.isHidden())


class RescheduleDialog(QDialog):
    """Asks for another start of one session."""

    def __init__(
        self, session: "Session", words: Words, now: "Callable[[], datetime]", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reschedule"))
        self.when = WhenForm(session.start, session.zone, words, now)
        buttons = QDialogButtonBox()
        self._ok = buttons.addButton(self.tr("Reschedule"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setObjectName("primary")
        buttons.addButton(self.tr("Leave it as it is"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        text = self.tr("This session alone begins at another time; the webinar's plan stays, and so does the link.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(label("quiet", text, wrap=True))
        layout.addWidget(self.when)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.when.changed.connect(self._check)
        self.resize(560, 260)
        self._check()

    def _check(self) -> None:
        self._ok.setEnabled(self.when.local is not None and not self.when.refused)
