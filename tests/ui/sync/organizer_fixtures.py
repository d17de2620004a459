"""Organizers with a library each, on one account of one server; tests control their clocks."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from editor.schedule import operations
from editor.settings import Settings
from editor.workspace import Workspace
from ui.services.action_registry import ActionRegistry
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.app_context import AppContext, LibraryContext, SettingsWriter
from ui.state.document_controller import DocumentController
from ui.state.notes import Notes
from ui.sync.incoming_version import IncomingVersion
from ui.sync.sync_controller import SyncController


class FakeTimer:
    """A clock that stands still until it is advanced."""

    def __init__(self):
        self._now, self._due, self._call = 0, None, None

    def now_ms(self):
        return self._now

    def start(self, delay_ms, call):
        self._due, self._call = self._now + delay_ms, call

    def cancel(self):
        self._due = self._call = None

    def advance_ms(self, ms):
        """Advance the clock; timers that are due fire at their time."""
        end = self._now + ms
        while self._due is not None and self._due <= end:
            self._now = max(self._now, self._due)
            call, self._due = self._call, None
            call()
        self._now = end


@dataclass
class FakeEditorPage:
    """As much of an editor page as synchronization needs."""

    document_controller: DocumentController
    notes: Notes
    incoming_version: IncomingVersion


@dataclass
class OrganizerEditor:
    qtbot: object
    workspace: Workspace
    context: LibraryContext
    sync_controller: SyncController
    timer: FakeTimer
    owner: QObject
    page: FakeEditorPage | None = None
    posted: list = field(default_factory=list)
    is_closed: bool = False

    @property
    def sync_service(self):
        return self.sync_controller.service

    @property
    def status_button(self):
        return self.sync_controller.status_button

    @property
    def controller(self):
        return self.page.document_controller

    def wait_until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=40_000)

    def wait_idle(self):
        self.wait_until(lambda: not self.context.tasks.running)

    def start(self):
        self.sync_controller.start()
        self.wait_idle()

    def create_webinar(self, title="The night sky"):
        """Create a webinar with a version and return its id."""
        webinar = self.workspace.create_webinar(title, zone="Europe/Paris", start="2099-12-01T18:00:00")
        self.workspace.save_version(webinar)
        return webinar

    def open(self, webinar):
        """Open a webinar as its page does."""
        workspace, tasks = self.workspace, self.context.tasks
        document = workspace.open(webinar)
        owner = QObject(self.sync_controller)
        controller = DocumentController.for_document(
            document,
            tasks,
            lambda note, seen: workspace.save_version(webinar, note, expected=seen),
            last_saved=workspace.load_last_saved(document),
            parent=owner,
        )
        notes = Notes(
            tasks,
            lambda: workspace.library.load_notes(webinar),
            lambda segment, text: workspace.library.set_note(webinar, segment, text),
            owner,
        )
        self.page = FakeEditorPage(controller, notes, IncomingVersion(workspace, controller, tasks, owner))
        self.sync_controller.attach_page(self.page)
        self.wait_idle()

    def edit_settings(self, **plan):
        self.controller.edit(operations.ChangeProperties(**plan))
        self.wait_idle()

    def save(self, **plan):
        if plan:
            self.edit_settings(**plan)
        self.controller.save("")
        self.wait_idle()

    def sync(self):
        self.context.actions["sync_now"].trigger()
        self.wait_idle()

    def advance_s(self, seconds):
        self.timer.advance_ms(seconds * 1000)
        self.wait_idle()

    def close(self):
        if self.is_closed:
            return
        self.is_closed = True
        self.sync_controller.shut_down()
        self.context.tasks.shutdown()
        self.workspace.close()
        self.owner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def organizer(qtbot, formatter, tmp_path, hosting):
    """Return a function that makes organizers, who share one account."""
    editors = []
    email = hosting.create_account()

    def make(name="ada", *, begin=True):
        root = tmp_path / name
        workspace = Workspace(root)
        owner = QObject()
        settings = Settings(None)
        messages = Notifications(formatter, owner)
        common = AppContext(
            settings=settings,
            formatter=formatter,
            notifications=messages,
            tasks=TaskRunner(messages, owner),
            actions=ActionRegistry(settings, owner),
            settings_writer=SettingsWriter(settings, messages, owner),
            now=lambda: datetime.now(UTC),
        )
        assert workspace.library
        hosting.sign_in(workspace, email)
        opening = LibraryContext(common, workspace=workspace, media_service=None, player_factory=None)
        over = QWidget()
        qtbot.addWidget(over)
        over.resize(900, 600)
        timer = FakeTimer()
        sync_controller = SyncController(opening, over, owner, timer=timer)
        qtbot.addWidget(sync_controller.status_button)
        one = OrganizerEditor(qtbot, workspace, opening, sync_controller, timer, owner)
        messages.posted.connect(one.posted.append)
        editors.append(one)
        if begin:
            one.start()
        return one

    yield make
    for one in editors:
        one.close()
