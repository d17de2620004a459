"""The publish dialog: where, what and when on one page, and below them what has been published."""

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

from editor.errors import Known
from editor.schedule.start import resolve
from ui.bridge import Bridge
from ui.messages import Message, Messages
from ui.parts import label
from ui.publish.apart import ApartDialog
from ui.publish.foot import Foot
from ui.publish.hosting_desk import HostingDesk
from ui.publish.moment import MomentForm
from ui.publish.sessions import RescheduleDialog, SessionRow, instant
from ui.publish.what import DRAFT, WhatForm
from ui.publish.where import SignIn, WhereForm
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from editor.protocol.api import Session
    from editor.sync.sync import Apart
    from ui.common import Common

LOOK_MS = 3_000
"""How often the sessions' states are asked for while the dialog is open."""


class PublishDialog(QDialog):
    """Publishes one webinar, and shows what has been published of it."""

    show_asked = Signal()
    """What stands in the way is to be shown in the window."""
    plan_asked = Signal()
    published = Signal(object)
    """A session, when it is scheduled."""
    failed = Signal(object)
    """Why it came to nothing: a Known."""

    def __init__(
        self,
        bridge: Bridge,
        hosting: HostingDesk,
        common: "Common",
        parent: QWidget | None = None,
        *,
        browse: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._hosting = hosting
        self._words = common.words
        self._now = common.now
        self._tasks: Tasks = common.tasks
        self._messages: Messages = common.messages
        self._browse = browse
        self._task: Task[object] | None = None
        self._saving = False
        self._headings = [label("heading") for _ in range(4)]
        self.where = WhereForm(hosting, common.words)
        self.what = WhatForm(bridge, hosting, common.words, common.settings, common.now)
        self.moment = MomentForm(common.words)
        self._none = label("quiet", wrap=True)
        self._rows: list[SessionRow] = []
        self.foot = Foot(common.words)
        self.foot.stop_asked.connect(self._give_up)
        self.foot.pause_asked.connect(self._pause)
        self.foot.close_button.clicked.connect(self.reject)
        self.foot.publish.clicked.connect(self.publish)
        self.foot.publish.setDefault(True)
        self._lay_out()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(hosting.look)
        self._look.start()
        self.where.sign_in_asked.connect(self._ask_sign_in)
        self.what.changed.connect(self._show)
        self.what.show_asked.connect(self._on_show)
        self.moment.changed.connect(lambda: self.what.test(on=self.moment.test))
        self.moment.plan_asked.connect(self.plan_asked)
        hosting.changed.connect(self._show)
        hosting.deeds.stepped.connect(self._on_step)
        hosting.deeds.doing.connect(self.foot.show_doing)
        bridge.changed.connect(self.what.fill)
        bridge.failed.connect(self._on_not_saved)
        self._tasks.progressed.connect(self._on_progress)
        self._tasks.ended.connect(self._on_ended)
        self._messages.told.connect(self._on_message)
        self.retranslate()
        hosting.look()
        # No taller than the window it lies over: on a small screen its foot would be out of reach.
        self.resize(720, min(720, parent.window().height() if parent is not None else 720))

    # ------------------------------------------------------------------------------------------- publishing

    def publish(self) -> None:
        """Publish what is chosen; edits that are in no version are saved first."""
        both = self._hosting.apart.get(self._bridge.webinar.id)
        if both is not None:
            self._on_apart(both)
        elif self.what.version == DRAFT:
            self._saving = True
            self._show()
            self._bridge.save("", self._on_saved)
        else:
            self._publish(self.what.version)

    def _on_saved(self, version: object) -> None:
        self._saving = False
        self._publish(getattr(version, "hash", ""))

    def _on_not_saved(self, known: Known) -> None:
        if self._saving:
            self._saving = False
            self._fail(known)

    def _publish(self, version: str) -> None:
        from editor.sync.publishing import Wish

        webinar = self.what.webinar
        moment = self.moment
        wish = Wish(webinar=webinar.id, version=version, test=moment.test, in_ms=moment.test_in_ms)
        self._begin(self._hosting.deeds.publish(wish, self._on_published, self._on_apart, self._fail))

    def _begin(self, task: "Task[Session | Apart]") -> None:
        self._task = task  # type: ignore[assignment]
        self.foot.begin()
        self._show()

    def _on_published(self, session: "Session") -> None:
        if session.test:
            self._say("strong", self.tr("The private test begins. Its link: {url}"), session)
        else:
            self._say("strong", self.tr("Published. This is the attendees' link; it stays the same: {url}"), session)
        self.published.emit(session)

    def _on_replaced(self, session: "Session") -> None:
        self._say("strong", self.tr("The session plays version {number} now."), session)

    def _say(self, role: str, text: str, session: "Session | None" = None) -> None:
        if session is not None:
            text = text.format(url=session.url, number=session.number)
        self.foot.say(role, text)

    def _on_apart(self, both: "Apart") -> None:
        self._say("warning", self.tr("A colleague has changed this webinar too: choose what shall hold, then publish."))
        dialog = ApartDialog(both, self._words, self)
        dialog.chosen.connect(lambda choice: self._hosting.deeds.choose(both, choice, self._bridge))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _fail(self, known: Known) -> None:
        self._say("error", self._words.sentence(known))
        self._show()
        self.failed.emit(known)

    def _on_message(self, message: Message) -> None:
        """What is told while the dialog covers the window's bar is told here as well."""
        if message.kind != "info":
            self._say(message.kind, message.text)

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _pause(self, paused: bool) -> None:
        if self._task is not None:
            self._tasks.pause(self._task, paused=paused)

    def _on_step(self, step: str) -> None:
        names = {
            "document": self.tr("Sending the version …"),
            "media": self.tr("Preparing and uploading media …"),
            "session": self.tr("Scheduling the session …"),
        }
        self.foot.step(names.get(step, ""))

    def _on_progress(self, task: Task[object]) -> None:
        if task is self._task:
            self.foot.progress(task.done, task.total, paused=task.progress.paused)

    def _on_ended(self, task: Task[object]) -> None:
        if task is self._task:
            self._task = None
            if task.state == "cancelled":
                self._say("quiet", self.tr("Given up. What has arrived stays there and is not sent again."))
            self._show()

    # -------------------------------------------------------------------------------------------- sessions

    def _row(self) -> SessionRow:
        row = SessionRow(self._words)
        row.copy_asked.connect(self._copy)
        row.open_asked.connect(lambda url: self._browse(QUrl(url)))
        row.calendar_asked.connect(self._save_calendar)
        row.reschedule_asked.connect(self._reschedule)
        row.cancel_asked.connect(self._cancel)
        row.replace_asked.connect(self._replace)
        return row

    def _copy(self, url: str) -> None:
        QGuiApplication.clipboard().setText(url)
        self._say("quiet", self.tr("The link is copied."))

    def _save_calendar(self, session: "Session") -> None:
        suggested = f"{session.title or session.slug}.ics".replace("/", "-")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Save calendar file"), suggested, self.tr("Calendar files (*.ics)")
        )
        if chosen:
            self._hosting.deeds.save_calendar(session.slug, Path(chosen))

    def _reschedule(self, session: "Session") -> None:
        dialog = RescheduleDialog(session, self._words, self._now, self)

        def accepted() -> None:
            if dialog.when.local is not None:
                self._hosting.deeds.reschedule(session.id, dialog.when.local, dialog.when.zone)

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _cancel(self, session: "Session") -> None:
        asking = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Cancel session"),
            self.tr("Cancel this session? Its link then says so to everybody who comes."),
            QMessageBox.StandardButton.NoButton,
            self,
        )
        yes = asking.addButton(self.tr("Cancel the session"), QMessageBox.ButtonRole.DestructiveRole)
        asking.setDefaultButton(asking.addButton(self.tr("Leave it as it is"), QMessageBox.ButtonRole.RejectRole))
        yes.clicked.connect(lambda: self._hosting.deeds.cancel(session.id))
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def _replace(self, session: "Session") -> None:
        there = self._hosting.there
        if there is not None and there.versions:
            newest = there.versions[0].hash
            deed = self._hosting.deeds.replace
            self._begin(deed(session.id, session.webinar, newest, self._on_replaced, self._on_apart, self._fail))

    def _show_sessions(self) -> None:
        there = self._hosting.there
        sessions = there.sessions if there is not None else ()
        newest = there.versions[0].hash if there is not None and there.versions else ""
        while len(self._rows) > len(sessions):
            row = self._rows.pop()
            self._list.removeWidget(row)
            row.deleteLater()
        while len(self._rows) < len(sessions):
            row = self._row()
            self._rows.append(row)
            self._list.addWidget(row)
        for row, session in zip(self._rows, sessions, strict=True):
            row.show_session(session, newer=bool(newest) and newest != session.version)
        self._none.setVisible(not sessions)

    # --------------------------------------------------------------------------------------------- showing

    def _show(self) -> None:
        webinar = self.what.webinar
        busy = self._task is not None or self._saving
        self.moment.show_webinar(webinar)
        self.foot.set_busy(busy=busy)
        self._show_sessions()
        self.where.ends(*self._until())
        account, hosting = self._hosting.account, self._hosting
        ready = account is not None and not (account.here and hosting.running is None) and not hosting.busy
        self.foot.publish.setEnabled(ready and not busy and not self.what.problems)
        for part in (self.moment, self.what):
            part.setEnabled(not busy)

    def _until(self) -> tuple[datetime | None, str]:
        """Until when this computer is needed: to the end of the last session, or of what is chosen."""
        there, webinar = self._hosting.there, self.what.webinar
        ends = [instant(each.ends_at) for each in (there.sessions if there else ()) if each.state == "planned"]
        length = timedelta(milliseconds=webinar.length_ms)
        if self.moment.test:
            ends.append(self._now() + length)
        elif webinar.start is not None:
            with suppress(Known):  # preflight says what is the matter with the start
                ends.append(resolve(webinar.start, webinar.zone).instant + length)
        coming = [each for each in ends if each >= self._now()]
        return (max(coming).astimezone(ZoneInfo(webinar.zone)), webinar.zone) if coming else (None, "")

    def _on_show(self) -> None:
        self.show_asked.emit()
        self.accept()

    def _ask_sign_in(self) -> None:
        dialog = SignIn(self._hosting, self._words, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._list.addWidget(self._none)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for heading, part in zip(self._headings, (self.where, self.what, self.moment), strict=False):
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
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self.foot)

    def retranslate(self) -> None:
        """Take texts from the language in force."""
        title = self._bridge.webinar.title or self.tr("Untitled webinar")
        self.setWindowTitle(self.tr("Publish “{title}”").format(title=title))
        texts = (self.tr("1 · Where"), self.tr("2 · What"), self.tr("3 · When"), self.tr("Published"))
        for heading, text in zip(self._headings, texts, strict=True):
            heading.setText(text)
        self._none.setText(self.tr("Nothing yet. Once published, the attendees' link stands here."))
        self.foot.retranslate()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
