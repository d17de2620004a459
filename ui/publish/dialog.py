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
from ui.publish.progress_footer import ProgressFooter
from ui.publish.schedule_form import ScheduleForm
from ui.publish.session_list import RescheduleDialog, SessionRow
from ui.publish.target_form import TargetForm
from ui.publish.version_form import DRAFT, VersionForm
from ui.services.media_service import MediaService
from ui.services.notifications import Notification, Notifications
from ui.services.task_runner import Task, TaskRunner
from ui.state.document_controller import DocumentController
from ui.sync.conflict_dialog import ConflictDialog
from ui.sync.sign_in_dialog import SignInDialog
from ui.sync.sync_service import SyncService
from ui.widgets.basics import make_label

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
    published = Signal(object)
    """Carries the session that was scheduled."""
    failed = Signal(object)
    """Carries the `KnownError` that made publishing fail."""

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
        self._tasks: TaskRunner = context.tasks
        self._notifications: Notifications = context.notifications
        self._browse = browse
        self._task: Task[object] | None = None
        self._is_saving = False
        self._headings = [make_label("heading") for _ in range(4)]
        self.target_form = TargetForm(sync_service, context.formatter)
        self.version_form = VersionForm(
            controller, sync_service, context.formatter, context.settings, media_service, context.now
        )
        self.schedule_form = ScheduleForm(context.formatter)
        self._no_sessions_label = make_label("quiet", wrap=True)
        self._rows: list[SessionRow] = []
        self.footer = ProgressFooter(context.formatter)
        self.footer.cancel_requested.connect(self._cancel_task)
        self.footer.pause_requested.connect(self._pause_task)
        self.footer.close_button.clicked.connect(self.reject)
        self.footer.publish_button.clicked.connect(self.publish)
        self.footer.publish_button.setDefault(True)
        self._lay_out()
        self._refresh_timer = QTimer(self, interval=REFRESH_INTERVAL_MS)
        self._refresh_timer.timeout.connect(sync_service.refresh)
        self._refresh_timer.start()
        self.target_form.sign_in_requested.connect(self._ask_sign_in)
        self.version_form.changed.connect(self._update)
        self.version_form.problems_requested.connect(self._show_problems)
        self.schedule_form.changed.connect(lambda: self.version_form.set_test(on=self.schedule_form.is_test))
        self.schedule_form.settings_requested.connect(self.settings_requested)
        sync_service.changed.connect(self._update)
        sync_service.commands.stage_changed.connect(self._on_stage)
        sync_service.commands.transfer_progressed.connect(self.footer.show_transfer)
        controller.changed.connect(self.version_form.refresh)
        controller.failed.connect(self._on_save_failed)
        self._tasks.progressed.connect(self._on_progress)
        self._tasks.ended.connect(self._on_task_ended)
        self._notifications.posted.connect(self._on_notification)
        self.retranslate()
        sync_service.refresh()
        # No taller than the window, so that its buttons are in reach on a small screen.
        self.resize(720, min(720, parent.window().height() if parent is not None else 720))

    # ------------------------------------------------------------------------------------------- publishing

    def publish(self) -> None:
        """Publish the chosen version in the background; unsaved edits are saved as a version first.

        A conflict that waits is shown instead. `published` or `failed` follows.
        """
        conflict = self._sync_service.state.conflicts.get(self._controller.webinar.id)
        if conflict is not None:
            self._on_conflict(conflict)
        elif self.version_form.version == DRAFT:
            self._is_saving = True
            self._update()
            self._controller.save("", self._on_saved)
        else:
            self._publish_version(self.version_form.version)

    def _on_saved(self, version: object) -> None:
        self._is_saving = False
        self._publish_version(getattr(version, "hash", ""))

    def _on_save_failed(self, error: KnownError) -> None:
        if self._is_saving:
            self._is_saving = False
            self._on_failed(error)

    def _publish_version(self, version: str) -> None:
        from editor.sync.publisher import PublishRequest

        webinar = self.version_form.webinar
        schedule = self.schedule_form
        request = PublishRequest(
            webinar=webinar.id, version=version, test=schedule.is_test, in_ms=schedule.test_delay_ms
        )
        self._track_task(
            self._sync_service.commands.publish(request, self._on_published, self._on_conflict, self._on_failed)
        )

    def _track_task(self, task: "Task[Session | MergeConflictError]") -> None:
        self._task = task  # type: ignore[assignment]
        self.footer.reset()
        self._update()

    def _on_published(self, session: "Session") -> None:
        if session.test:
            self._show_result("strong", self.tr("The private test starts now. Its link: {url}"), session)
        else:
            self._show_result(
                "strong", self.tr("Published. The link for attendees, which does not change: {url}"), session
            )
        self.published.emit(session)

    def _on_replaced(self, session: "Session") -> None:
        self._show_result("strong", self.tr("Attendees now get version {number}."), session)

    def _show_result(self, role: str, text: str, session: "Session | None" = None) -> None:
        if session is not None:
            text = text.format(url=session.url, number=session.number)
        self.footer.show_result(role, text)

    def _on_conflict(self, conflict: "MergeConflictError") -> None:
        self._show_result(
            "warning", self.tr("A colleague changed this webinar, too. Resolve the conflict, then publish.")
        )
        dialog = ConflictDialog(conflict, self._formatter, self)
        dialog.chosen.connect(
            lambda choice: self._sync_service.commands.resolve_conflict(conflict, choice, self._controller)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_failed(self, error: KnownError) -> None:
        self._show_result("error", self._formatter.format_message(error))
        self._update()
        self.failed.emit(error)

    def _on_notification(self, notification: Notification) -> None:
        """Show warnings and errors here too, since the dialog covers the window's notification bar."""
        if notification.kind != "info":
            self._show_result(notification.kind, notification.text)

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _pause_task(self, paused: bool) -> None:
        if self._task is not None:
            self._tasks.pause(self._task, paused=paused)

    def _on_stage(self, stage: str) -> None:
        names = {
            "document": self.tr("Sending the version…"),
            "media": self.tr("Preparing and uploading media…"),
            "session": self.tr("Scheduling the session…"),
        }
        self.footer.set_stage(names.get(stage, ""))

    def _on_progress(self, task: Task[object]) -> None:
        if task is self._task:
            self.footer.set_progress(task.done, task.total, paused=task.progress.is_paused)

    def _on_task_ended(self, task: Task[object]) -> None:
        if task is self._task:
            self._task = None
            if task.state == "cancelled":
                self._show_result(
                    "quiet", self.tr("Cancelled. Files that were uploaded stay on the server and are not sent again.")
                )
            self._update()

    # -------------------------------------------------------------------------------------------- sessions

    def _make_row(self) -> SessionRow:
        row = SessionRow(self._formatter)
        row.copy_requested.connect(self._copy_link)
        row.open_requested.connect(lambda url: self._browse(QUrl(url)))
        row.calendar_requested.connect(self._save_calendar)
        row.reschedule_requested.connect(self._ask_reschedule)
        row.cancel_requested.connect(self._ask_cancel_session)
        row.replace_requested.connect(self._replace_version)
        return row

    def _copy_link(self, url: str) -> None:
        QGuiApplication.clipboard().setText(url)
        self._show_result("quiet", self.tr("Link copied."))

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
        question = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Cancel session"),
            self.tr("Cancel this session? Visitors of its link will see that it was cancelled."),
            QMessageBox.StandardButton.NoButton,
            self,
        )
        yes = question.addButton(self.tr("Cancel the session"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole))
        yes.clicked.connect(lambda: self._sync_service.commands.cancel_session(session.id))
        question.finished.connect(question.deleteLater)
        question.open()

    def _replace_version(self, session: "Session") -> None:
        remote = self._sync_service.state.remote
        if remote is not None and remote.versions:
            newest = remote.versions[0].hash
            replace_version = self._sync_service.commands.replace_version
            self._track_task(
                replace_version(
                    session.id, session.webinar, newest, self._on_replaced, self._on_conflict, self._on_failed
                )
            )

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
        webinar = self.version_form.webinar
        busy = self._task is not None or self._is_saving
        self.schedule_form.show_webinar(webinar)
        self.footer.set_busy(busy=busy)
        self._show_sessions()
        self.target_form.set_needed_until(*self._find_needed_until())
        is_ready = self._sync_service.state.is_server_ready
        self.footer.publish_button.setText(self._publish_text())
        self.footer.publish_button.setEnabled(is_ready and not busy and not self.version_form.problems)
        for part in (self.schedule_form, self.version_form):
            part.setEnabled(not busy)

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
        self._list = QVBoxLayout()
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
        self.setWindowTitle(self.tr("Publish “{title}”").format(title=title))
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
