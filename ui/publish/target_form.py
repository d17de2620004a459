"""The choice of a server: the one on this computer, or one to sign in to."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.sync.sync_service import SyncService
from ui.text.formatter import Formatter
from ui.widgets.basics import make_button, make_label


class TargetForm(QWidget):
    """The part of the publish dialog that shows which server is in use, with buttons to start, stop, or change it.

    Signing in is only asked for, by `sign_in_requested`.
    """

    sign_in_requested = Signal()

    def __init__(self, sync_service: SyncService, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sync_service = sync_service
        self._formatter = formatter
        self._until: datetime | None = None
        self._zone = ""
        self._target_label = make_label("strong", wrap=True)
        self._target_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note = make_label("quiet", wrap=True)
        self._keep_awake_note = make_label("warning", wrap=True)
        self._start_button = make_button()
        self._stop_button = make_button("link")
        self._sign_in_button = make_button()
        self._sign_out_button = make_button("link")
        self._start_button.clicked.connect(sync_service.start_local)
        self._stop_button.clicked.connect(sync_service.stop_local)
        self._sign_in_button.clicked.connect(self.sign_in_requested)
        self._sign_out_button.clicked.connect(sync_service.sign_out)
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self._start_button, self._sign_in_button, self._stop_button, self._sign_out_button):
            row.addWidget(each)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._target_label)
        column.addWidget(self._note)
        column.addWidget(self._keep_awake_note)
        column.addLayout(row)
        sync_service.server_changed.connect(self.refresh)
        self.refresh()

    def set_needed_until(self, until: datetime | None, zone: str) -> None:
        """Set until when this computer has to run, for the explanation that is shown while its server runs.

        Args:
            until: the end as an aware datetime; None if it is open.
            zone: IANA name of the time zone in which the end is shown.
        """
        self._until, self._zone = until, zone
        self.refresh()

    def refresh(self) -> None:
        """Show the server in use and what can be done with it; called by itself when the server changes."""
        state = self._sync_service.state
        connection, server, is_local = state.connection, state.local_hosting, state.is_local
        if connection is None:
            target_text = self.tr("No server is set up yet.")
            note_text = self.tr("Host on this computer, or sign in to a server that is always on.")
        elif is_local and server is not None:
            target_text = self.tr("This computer: {addresses}").format(addresses=" · ".join(server.addresses))
            note_text = self.tr("The server runs while Matinee is open, and starts with it.")
        elif is_local:
            target_text = self.tr("This computer (server stopped)")
            note_text = self.tr("Scheduled sessions do not start while it is stopped.")
        else:
            target_text = connection.address
            note_text = self.tr("Signed in as {email}.").format(email=connection.email)
        if state.is_busy:
            note_text = self.tr("Please wait…")
        elif state.refresh_error is not None and not (is_local and server is None):
            note_text = self._formatter.format_message(state.refresh_error)
        self._target_label.setText(target_text)
        self._note.setText(note_text)
        self._keep_awake_note.setText(self._keep_awake_text())
        self._keep_awake_note.setVisible(is_local and server is not None)
        self._start_button.setText(self.tr("Host on this computer"))
        self._stop_button.setText(self.tr("Stop the server"))
        self._sign_in_button.setText(self.tr("Sign in to a server…"))
        self._sign_out_button.setText(self.tr("Sign out"))
        self._start_button.setVisible(not (is_local and server is not None))
        self._stop_button.setVisible(server is not None)
        self._sign_out_button.setVisible(connection is not None and not connection.is_local)
        for each in (self._start_button, self._stop_button, self._sign_in_button, self._sign_out_button):
            each.setEnabled(not state.is_busy)

    def _keep_awake_text(self) -> str:
        if self._until is None:
            need_text = self.tr("Keep this computer on and online, with Matinee open, until the session ends.")
        else:
            need_text = self.tr(
                "Keep this computer on and online, with Matinee open, until the session ends ({moment})."
            ).format(moment=self._formatter.format_datetime(self._until, zone=self._zone))
        state_text = {
            "held": self.tr("Matinee keeps it awake now; leave the lid open."),
            "impossible": self.tr("Matinee cannot keep it awake: turn off sleep in the system settings until then."),
        }.get(
            self._sync_service.keep_awake.state,
            self.tr("Matinee keeps it awake from 30 minutes before the start; leave the lid open."),
        )
        return f"{need_text} {state_text}"

    def changeEvent(self, event: QEvent) -> None:
        """Show the server in use anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
