"""The publish dialog: server, version and start on one page, and below them the published sessions."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.errors import KnownError
from editor.schedule.start_time import compute_time_of_day, resolve_start
from editor.timestamps import to_datetime
from ui.publish import publish_events as events
from ui.publish.progress_footer import ProgressFooter
from ui.publish.publish_service import PublishService
from ui.publish.publish_state import UpdateRequest
from ui.publish.schedule_form import ScheduleForm
from ui.publish.session_list import RescheduleDialog, SessionRow, open_web_address
from ui.publish.target_form import TargetForm
from ui.publish.version_form import VersionForm
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentController
from ui.sync.conflict_dialog import ConflictDialog
from ui.sync.sign_in_dialog import SignInDialog
from ui.sync.sync_service import SyncService
from ui.text.plain_text import to_mnemonic_text, to_window_title
from ui.widgets.basics import make_label, make_message_box

if TYPE_CHECKING:
    from editor.protocol.api import Session
    from editor.sync.webinar_sync import MergeConflictError
    from ui.state.app_context import AppContext

REFRESH_INTERVAL_MS = 3_000
"""How often the states of sessions are fetched while the dialog is open."""


class PublishDialog(QDialog):
    """The dialog that publishes one webinar, and lists its sessions with their commands.

    It shows the state of the `SyncService`, which it asks again every few seconds while it is open; uploads go on in
    the background if it is closed.

    Args:
        controller: the open webinar.
        sync_service: the server it is published to.
        context: the services of the window.
        media_service: the states of its media.
        parent: Qt's owner.
        browse: opens a web address in the browser.
    """

    problems_requested = Signal()
    """The user wants to see in the window what stands in the way of publishing."""
    settings_requested = Signal()

    def __init__(
        self,
        controller: DocumentController,
        sync_service: SyncService,
        context: "AppContext",
        media_service: MediaService,
        parent: QWidget | None = None,
        *,
        browse: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._sync_service = sync_service
        self._formatter = context.formatter
        self._now = context.now
        self._browse = browse
        self.publication = PublishService(controller, sync_service, context)
        self._headings = [make_label("heading") for _ in range(4)]
        self.target_form = TargetForm(sync_service, context.formatter)
        self.version_form = VersionForm(
            controller, sync_service, context.formatter, context.settings, media_service, context.now
        )
        self.schedule_form = ScheduleForm(context.formatter)
        self._no_sessions_label = make_label("quiet", wrap=True)
        self._rows: list[SessionRow] = []
        self._list = QVBoxLayout()
        self.footer = ProgressFooter(context.formatter)
        dispatch = self.publication.dispatch
        self.footer.cancel_requested.connect(lambda: dispatch(events.CancelRequested()))
        self.footer.pause_requested.connect(lambda paused: dispatch(events.PauseRequested(paused)))
        self.footer.close_button.clicked.connect(self.reject)
        self.footer.publish_button.clicked.connect(self.publish)
        self.footer.publish_button.setDefault(True)
        self._lay_out()
        self._refresh_timer = QTimer(self, interval=REFRESH_INTERVAL_MS)
        self._refresh_timer.timeout.connect(sync_service.refresh)
        self._refresh_timer.start()
        self.target_form.sign_in_requested.connect(self._ask_sign_in)
        self.version_form.changed.connect(self._on_version_changed)
        self.version_form.problems_requested.connect(self._show_problems)
        self.schedule_form.changed.connect(lambda: self.version_form.set_test(on=self.schedule_form.is_test))
        self.schedule_form.settings_requested.connect(self.settings_requested)
        sync_service.changed.connect(self._update)
        controller.changed.connect(self.version_form.refresh)
        self.publication.changed.connect(self._show_publication)
        self.publication.conflict_found.connect(self._ask_conflict)
        self.finished.connect(lambda: dispatch(events.DialogClosed()))
        dispatch(events.PreflightChecked(self.version_form.problems))
        self.retranslate()
        sync_service.refresh()
        # No taller than the window, so that its buttons are in reach on a small screen.
        self.resize(720, min(720, parent.window().height() if parent is not None else 720))

    # ------------------------------------------------------------------------------------------- publishing

    def publish(self) -> None:
        """Publish the chosen version in the background; unsaved edits are saved as a version first.

        Nothing happens while something runs or problems prevent publishing. A conflict that waits is shown instead. The
        state of `publication` says how far it is and how it ended.
        """
        from editor.sync.publisher import PublishRequest

        webinar, schedule = self.version_form.webinar, self.schedule_form
        request = PublishRequest(
            webinar=webinar.id,
            version=self.version_form.version,
            test=schedule.is_test,
            in_ms=schedule.test_delay_ms,
        )
        conflict = self._sync_service.state.conflicts.get(self._controller.webinar.id)
        self.publication.dispatch(events.PublishRequested(request, conflict))

    def _ask_conflict(self, conflict: "MergeConflictError") -> None:
        dialog = ConflictDialog(conflict, self._formatter, self)
        dialog.chosen.connect(
            lambda choice: self._sync_service.commands.resolve_conflict(conflict, choice, self._controller)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_version_changed(self) -> None:
        self.publication.dispatch(events.PreflightChecked(self.version_form.problems))
        self._update()

    # -------------------------------------------------------------------------------------------- sessions

    def _make_row(self) -> SessionRow:
        row = SessionRow(self._formatter)
        row.copy_requested.connect(self._copy_link)
        row.open_requested.connect(lambda url: open_web_address(url, self._browse))
        row.calendar_requested.connect(self._save_calendar)
        row.reschedule_requested.connect(self._ask_reschedule)
        row.cancel_requested.connect(self._ask_cancel_session)
        row.replace_requested.connect(self._replace_version)
        return row

    def _copy_link(self, url: str) -> None:
        QGuiApplication.clipboard().setText(url)
        self.publication.dispatch(events.MessageShown("quiet", self.tr("Link copied.")))

    def _save_calendar(self, session: "Session") -> None:
        suggested = f"{session.title or session.slug}.ics".replace("/", "-")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save calendar file"), suggested, self.tr("Calendar files (*.ics)")
        )
        if chosen:
            self._sync_service.commands.save_calendar(session.slug, Path(chosen))

    def _ask_reschedule(self, session: "Session") -> None:
        dialog = RescheduleDialog(session, self._formatter, self._now, self)

        def accepted() -> None:
            if dialog.start_form.local_start is not None:
                self._sync_service.commands.reschedule(
                    session.id, dialog.start_form.local_start, dialog.start_form.zone
                )

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_cancel_session(self, session: "Session") -> None:
        question = make_message_box(
            self,
            self.tr("Cancel session"),
            self.tr("Cancel this session? Visitors of its link will see that it was cancelled."),
            icon=QMessageBox.Icon.Question,
        )
        yes = question.addButton(self.tr("Cancel the session"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole))
        yes.clicked.connect(lambda: self._sync_service.commands.cancel_session(session.id))
        question.finished.connect(question.deleteLater)
        question.open()

    def _replace_version(self, session: "Session") -> None:
        remote = self._sync_service.state.remote
        if remote is not None and remote.versions:
            request = UpdateRequest(session.id, session.webinar, remote.versions[0].hash)
            self.publication.dispatch(events.UpdateRequested(request))

    def _show_sessions(self) -> None:
        remote = self._sync_service.state.remote
        sessions = remote.sessions if remote is not None else ()
        newest = remote.versions[0] if remote is not None and remote.versions else None
        while len(self._rows) > len(sessions):
            row = self._rows.pop()
            self._list.removeWidget(row)
            row.deleteLater()
        while len(self._rows) < len(sessions):
            row = self._make_row()
            self._rows.append(row)
            self._list.addWidget(row)
        for row, session in zip(self._rows, sessions, strict=True):
            is_newer = newest is not None and newest.hash != session.version
            row.show_session(session, newer_version=newest.ordinal if newest is not None and is_newer else 0)
        self._no_sessions_label.setVisible(not sessions)

    # --------------------------------------------------------------------------------------------- showing

    def _update(self) -> None:
        self.schedule_form.show_webinar(self.version_form.webinar)
        self._show_sessions()
        self.target_form.set_needed_until(*self._find_needed_until())
        self.footer.publish_button.setText(to_mnemonic_text(self._publish_text()))
        self._show_publication()

    def _show_publication(self) -> None:
        """Show what publishing has come to, ten times a second while it runs."""
        state = self.publication.state
        self.footer.show_state(state)
        self.footer.publish_button.setEnabled(self._sync_service.state.is_server_ready and state.can_publish)
        for part in (self.schedule_form, self.version_form):
            part.setEnabled(not state.is_busy)
        for row in self._rows:
            row.set_update_enabled(not state.is_busy)

    def _publish_text(self) -> str:
        """Return what the publish button does."""
        webinar = self.version_form.webinar
        if self.schedule_form.is_test:
            return self.tr("Start private test")
        if webinar.room == "on_demand":
            return self.tr("Make available")
        start = compute_time_of_day(webinar, 0)
        if start is None:
            return self.tr("Schedule")
        return self.tr("Schedule for {moment}").format(moment=self._formatter.format_datetime(start))

    def _find_needed_until(self) -> tuple[datetime | None, str]:
        """Return until when, and in which zone, this computer is needed: the end of the last session or chosen one."""
        remote, webinar = self._sync_service.state.remote, self.version_form.webinar
        ends = [to_datetime(each.ends_at) for each in (remote.sessions if remote else ()) if each.state == "planned"]
        length = timedelta(milliseconds=webinar.length_ms)
        if self.schedule_form.is_test:
            ends.append(self._now() + length)
        elif webinar.start is not None:
            with suppress(KnownError):  # preflight reports an invalid start
                ends.append(resolve_start(webinar.start, webinar.zone).instant + length)
        upcoming = [each for each in ends if each >= self._now()]
        return (max(upcoming).astimezone(ZoneInfo(webinar.zone)), webinar.zone) if upcoming else (None, "")

    def _show_problems(self) -> None:
        self.problems_requested.emit()
        self.accept()

    def _ask_sign_in(self) -> None:
        dialog = SignInDialog(self._sync_service, self._formatter, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        self._list.setSpacing(8)
        self._list.addWidget(self._no_sessions_label)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for heading, part in zip(
            self._headings, (self.target_form, self.version_form, self.schedule_form), strict=False
        ):
            column.addWidget(heading)
            column.addWidget(part)
            column.addSpacing(12)
        column.addWidget(self._headings[-1])
        column.addLayout(self._list)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self.footer)

    def retranslate(self) -> None:
        """Set the texts of the dialog and its footer anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        title = self._controller.webinar.title or self.tr("Untitled webinar")
        self.setWindowTitle(to_window_title(self.tr("Publish “{title}”").format(title=title)))
        texts = (self.tr("1 · Server"), self.tr("2 · Version"), self.tr("3 · Start"), self.tr("Sessions"))
        for heading, text in zip(self._headings, texts, strict=True):
            heading.setText(text)
        self._no_sessions_label.setText(
            self.tr("No sessions yet. Once published, the link for attendees is shown here.")
        )
        self.footer.retranslate()
        self._update()

    def changeEvent(self, event: QEvent) -> None:
        """Set all texts anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
