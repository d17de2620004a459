"""The published sessions of a webinar: each with its link, its state, and its commands."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QUrl, Signal
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

from editor.timestamps import to_datetime
from ui.text.formatter import Formatter
from ui.webinar_settings.start_form import StartForm
from ui.widgets.basics import make_button, make_label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from editor.protocol.api import Session

RUNNING = frozenset({"running", "held", "closing"})
UPCOMING = frozenset({"planned", "waiting"})


class SessionRow(QFrame):
    """The row of one session in the publish dialog: start, state, link, and its commands as buttons.

    It does nothing itself: its signals carry the link or the `Session`.
    """

    copy_requested = Signal(str)
    """Carries the link to copy to the clipboard."""
    open_requested = Signal(str)
    calendar_requested = Signal(object)
    reschedule_requested = Signal(object)
    cancel_requested = Signal(object)
    replace_requested = Signal(object)

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._formatter = formatter
        self._session: Session | None = None
        self._newer_version = 0
        self._when = make_label("strong")
        self._state = make_label("chip")
        self._summary_label = make_label("quiet")
        self._link = QLineEdit()
        self._link.setReadOnly(True)
        self._copy = make_button()
        self._open = make_button()
        self._calendar = make_button("link")
        self._reschedule = make_button("link")
        self._replace = make_button("link")
        self._cancel = make_button("link")
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self.session.url))
        self._open.clicked.connect(lambda: self.open_requested.emit(self.session.url))
        self._calendar.clicked.connect(lambda: self.calendar_requested.emit(self.session))
        self._reschedule.clicked.connect(lambda: self.reschedule_requested.emit(self.session))
        self._replace.clicked.connect(lambda: self.replace_requested.emit(self.session))
        self._cancel.clicked.connect(lambda: self.cancel_requested.emit(self.session))
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(self._when)
        header.addWidget(self._state)
        header.addStretch(1)
        header.addWidget(self._summary_label)
        button_row = QHBoxLayout()
        button_row.setSpacing(8)
        for each in (self._calendar, self._reschedule, self._replace, self._cancel):
            button_row.addWidget(each)
        button_row.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 8)
        grid.setSpacing(8)
        grid.addLayout(header, 0, 0, 1, 3)
        grid.addWidget(self._link, 1, 0)
        grid.addWidget(self._copy, 1, 1)
        grid.addWidget(self._open, 1, 2)
        grid.addLayout(button_row, 2, 0, 1, 3)

    @property
    def session(self) -> "Session":
        """The session that is shown; `AssertionError` before `show_session`."""
        assert self._session is not None
        return self._session

    def show_session(self, session: "Session", *, newer_version: int) -> None:
        """Show a session, and the commands that are possible in its state.

        Args:
            session: the session.
            newer_version: number of the saved version it could play instead; 0 if there is none.
        """
        self._session = session
        self._when.setText(self._when_text(session))
        state = session.state if session.state != "planned" else session.phase
        self._state.setText(self._state_name(state))
        version = self.tr("version {number}").format(number=session.number)
        people = self.tr("%n attendee(s)", "", session.persons)
        self._summary_label.setText(f"{version} · {people}")
        if self._link.text() != session.url:
            self._link.setText(session.url)
        self._link.setAccessibleName(self.tr("The attendees' link"))
        self._link.setToolTip(self.tr("The link stays the same when the session is rescheduled."))
        self._copy.setText(self.tr("Copy"))
        self._open.setText(self.tr("Open in browser"))
        self._calendar.setText(self.tr("Save calendar file…"))
        self._reschedule.setText(self.tr("Reschedule…"))
        self._newer_version = newer_version
        self._replace.setText(self.tr("Update the session to version {number}").format(number=newer_version))
        self._cancel.setText(self.tr("Cancel session"))
        self._calendar.setVisible(state in UPCOMING and not session.test)
        self._reschedule.setVisible(state in UPCOMING and not session.test)
        self._replace.setVisible(newer_version > 0 and state in UPCOMING | RUNNING)
        self._cancel.setVisible(state in UPCOMING)

    def set_update_enabled(self, enabled: bool) -> None:
        """Enable or disable the button that updates the session to a newer version.

        The dialog disables it while something is published.
        """
        self._replace.setEnabled(enabled)

    def _when_text(self, session: "Session") -> str:
        if session.test:
            local_start = to_datetime(session.starts_at).astimezone()
            return self.tr("Private test, {time}").format(time=self._formatter.format_time(local_start, seconds=True))
        zone_start = to_datetime(session.starts_at).astimezone(ZoneInfo(session.zone))
        return self._formatter.format_datetime(zone_start, zone=session.zone)

    def _state_name(self, state: str) -> str:
        return {
            "planned": self.tr("scheduled"),
            "waiting": self.tr("waiting room open"),
            "running": self.tr("playing now"),
            "held": self.tr("paused"),
            "closing": self.tr("closing"),
            "over": self.tr("ended"),
            "cancelled": self.tr("cancelled"),
            "on_demand": self.tr("on demand"),
        }.get(state, state)

    def changeEvent(self, event: QEvent) -> None:
        """Show the session anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._session is not None:
            self.show_session(self._session, newer_version=self._newer_version)


class RescheduleDialog(QDialog):
    """The dialog that asks for another start of one session.

    It changes nothing: read `start_form` once it is accepted.

    Args:
        session: the session, whose start and zone are shown at first.
        formatter: words times and errors in the language of the window.
        now: the clock, which returns an aware datetime.
        parent: Qt's owner.
    """

    def __init__(
        self, session: "Session", formatter: Formatter, now: "Callable[[], datetime]", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reschedule"))
        self.start_form = StartForm(session.start, session.zone, formatter, now)
        buttons = QDialogButtonBox()
        self._ok = buttons.addButton(self.tr("Reschedule"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setObjectName("primary")
        buttons.addButton(self.tr("Keep it"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        text = self.tr("Only this session is moved; the webinar settings and the link stay the same.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(make_label("quiet", text, wrap=True))
        layout.addWidget(self.start_form)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.start_form.changed.connect(self._validate)
        self.resize(560, 260)
        self._validate()

    def _validate(self) -> None:
        self._ok.setEnabled(self.start_form.local_start is not None and not self.start_form.is_invalid)


def open_web_address(url: str, browse: Callable[[QUrl], object]) -> None:
    """Open the link of a session, which a server named; nothing but http and https, which lead into a browser.

    Args:
        url: the link.
        browse: opens an address with the program for its scheme, whatever it is.
    """
    address = QUrl(url)
    if address.scheme() in {"http", "https"}:
        browse(address)
