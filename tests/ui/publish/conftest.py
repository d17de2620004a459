"""A library with a webinar that can be published, and the hosting on this computer."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from editor.schedule import build, operations
from editor.sync.account import Secrets
from editor.sync.embedded import Embedded
from editor.workspace import Workspace
from ui.actions import Actions
from ui.bridge import Bridge
from ui.common import Common, Keeper
from ui.messages import Messages
from ui.publish.dialog import PublishDialog
from ui.publish.hosting_desk import HostingDesk
from ui.publish.status import StatusLine
from ui.publish.syncing import Syncing
from ui.tasks import Tasks


@dataclass
class Desk:
    """What the dialog stands on."""

    qtbot: object
    workspace: Workspace
    bridge: Bridge
    hosting: HostingDesk
    common: Common
    syncing: Syncing

    @property
    def id(self):
        return self.bridge.webinar.id

    def wait(self, until):
        self.qtbot.waitUntil(lambda: bool(until()), timeout=40_000)

    def idle(self):
        self.wait(lambda: not self.common.tasks.running)

    def open(self):
        dialog = PublishDialog(self.bridge, self.hosting, self.common, browse=lambda _url: None)
        self.qtbot.addWidget(dialog)
        dialog.show()
        self.idle()
        return dialog

    def status(self):
        line = StatusLine(self.hosting, self.syncing, self.common.actions, self.common.words)
        self.qtbot.addWidget(line)
        return line

    def edit(self, **plan):
        self.bridge.edit(operations.Plan(**plan))
        self.idle()

    def look(self):
        self.hosting.look()
        self.idle()


@pytest.fixture
def desk(qtbot, qapp, words, settings, tmp_path):
    workspace = Workspace(tmp_path)
    workspace.embedded = Embedded(tmp_path, Secrets(tmp_path), network=lambda: None)
    Image.new("RGB", (64, 36), "#d8c8a8").save(tmp_path / "agenda.png")
    media = workspace.shelf.take(tmp_path / "agenda.png")
    webinar = workspace.new("The night sky", zone="Europe/Paris", start="2099-12-01T18:00:00")
    document = workspace.open(webinar)
    segment = build.segment_for(media, 0, build.Defaults())
    document.apply(operations.Add(segments=(segment,), media=(media,)))
    workspace.save(webinar)
    owner = QObject()
    messages = Messages(words, owner)
    tasks = Tasks(messages, owner)
    common = Common(
        settings=settings,
        words=words,
        messages=messages,
        tasks=tasks,
        actions=Actions(settings, owner),
        keeper=Keeper(settings, messages, owner),
        now=lambda: datetime.now(UTC),
    )
    bridge = Bridge.over(
        document,
        tasks,
        lambda note, seen: workspace.save(webinar, note, seen=seen),
        last_saved=workspace.last_saved(document),
        parent=owner,
    )
    hosting = HostingDesk(workspace, tasks, messages, owner)
    syncing = Syncing(workspace, hosting, tasks, messages, owner)
    syncing.arrived.connect(hosting.take)
    hosting.begin()
    hosting.follow(webinar)
    made = Desk(qtbot, workspace, bridge, hosting, common, syncing)
    made.idle()
    yield made
    syncing.shut()
    hosting.shut()
    tasks.shutdown()
    workspace.close()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)


@pytest.fixture
def hosted(desk):
    """The same, hosted on this computer."""
    desk.hosting.start_here()
    desk.idle()
    desk.look()
    assert desk.hosting.running
    return desk
