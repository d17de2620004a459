"""Organizers with a library each, as the window has it, on one account of one hosting; a test holds their clocks."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from editor.schedule import operations
from editor.settings import Settings
from editor.workspace import Workspace
from ui.actions import Actions
from ui.bridge import Bridge
from ui.common import Common, Keeper, Opening
from ui.inspector.notes import Notes
from ui.messages import Messages
from ui.publish.liaison import Liaison
from ui.publish.newer import Newer
from ui.tasks import Tasks


class HeldAlarm:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self._now, self._due, self._call = 0, None, None

    def now_ms(self):
        return self._now

    def set(self, delay_ms, call):
        self._due, self._call = self._now + delay_ms, call

    def cancel(self):
        self._due = self._call = None

    def pass_ms(self, ms):
        """Let time go by; what is due rings at its moment."""
        end = self._now + ms
        while self._due is not None and self._due <= end:
            self._now = max(self._now, self._due)
            call, self._due = self._call, None
            call()
        self._now = end


@dataclass
class Page:
    """As much of the page of an open webinar as the hosting deals with."""

    bridge: Bridge
    notes: Notes
    newer: Newer


@dataclass
class Organizer:
    qtbot: object
    workspace: Workspace
    common: Opening
    liaison: Liaison
    alarm: HeldAlarm
    owner: QObject
    page: Page | None = None
    told: list = field(default_factory=list)
    closed: bool = False

    @property
    def syncing(self):
        return self.liaison.syncing

    @property
    def status(self):
        return self.liaison.status

    @property
    def bridge(self):
        return self.page.bridge

    def wait(self, until):
        self.qtbot.waitUntil(lambda: bool(until()), timeout=40_000)

    def idle(self):
        self.wait(lambda: not self.common.tasks.running)

    def begin(self):
        self.liaison.begin()
        self.idle()

    def make(self, title="The night sky"):
        """Make a webinar with a version; gives its id."""
        webinar = self.workspace.new(title, zone="Europe/Paris", start="2099-12-01T18:00:00")
        self.workspace.save(webinar)
        return webinar

    def open(self, webinar):
        """Open a webinar as its page does."""
        workspace, tasks = self.workspace, self.common.tasks
        document = workspace.open(webinar)
        owner = QObject(self.liaison)
        bridge = Bridge.over(
            document,
            tasks,
            lambda note, seen: workspace.save(webinar, note, seen=seen),
            last_saved=workspace.last_saved(document),
            parent=owner,
        )
        notes = Notes(
            tasks,
            lambda: workspace.library.notes(webinar),
            lambda segment, text: workspace.library.set_note(webinar, segment, text),
            owner,
        )
        self.page = Page(bridge, notes, Newer(workspace, bridge, tasks, owner))
        self.liaison.follow(self.page)
        self.idle()

    def edit(self, **plan):
        self.bridge.edit(operations.Plan(**plan))
        self.idle()

    def save(self, **plan):
        if plan:
            self.edit(**plan)
        self.bridge.save("")
        self.idle()

    def sync(self):
        self.common.actions["sync_now"].trigger()
        self.idle()

    def pass_s(self, seconds):
        self.alarm.pass_ms(seconds * 1000)
        self.idle()

    def close(self):
        if self.closed:
            return
        self.closed = True
        self.liaison.shut()
        self.common.tasks.shutdown()
        self.workspace.close()
        self.owner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def organizer(qtbot, words, tmp_path, hosting):
    """Make an organizer; they share an account, unless it is another's."""
    made = []
    email = hosting.account()

    def make(name="ada", *, begin=True):
        root = tmp_path / name
        workspace = Workspace(root)
        owner = QObject()
        settings = Settings(None)
        messages = Messages(words, owner)
        common = Common(
            settings=settings,
            words=words,
            messages=messages,
            tasks=Tasks(messages, owner),
            actions=Actions(settings, owner),
            keeper=Keeper(settings, messages, owner),
            now=lambda: datetime.now(UTC),
        )
        assert workspace.library
        hosting.sign_in(workspace, email)
        opening = Opening(common, workspace=workspace, desk=None, players=None)
        over = QWidget()
        qtbot.addWidget(over)
        over.resize(900, 600)
        alarm = HeldAlarm()
        liaison = Liaison(opening, over, owner, alarm=alarm)
        qtbot.addWidget(liaison.status)
        one = Organizer(qtbot, workspace, opening, liaison, alarm, owner)
        messages.told.connect(one.told.append)
        made.append(one)
        if begin:
            one.begin()
        return one

    yield make
    for one in made:
        one.close()
