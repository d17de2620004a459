"""A library with a webinar that can be published, and the server on this computer."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from editor.schedule import operations, segment_factory
from editor.sync.connections import SecretStore
from editor.sync.local_hosting import LocalHosting
from editor.workspace import Workspace
from tests.segment_defaults import SEGMENT_DEFAULTS
from ui.publish.dialog import PublishDialog
from ui.services.action_registry import ActionRegistry
from ui.services.media_service import MediaService
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.app_context import AppContext, SettingsWriter
from ui.state.document_controller import DocumentController
from ui.sync.status_button import SyncStatusButton
from ui.sync.sync_service import SyncService


@dataclass
class PublishEnvironment:
    """Everything the publish dialog needs."""

    qtbot: object
    workspace: Workspace
    controller: DocumentController
    sync_service: SyncService
    context: AppContext
    media_service: MediaService

    @property
    def id(self):
        return self.controller.webinar.id

    def wait_until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=40_000)

    def wait_idle(self):
        self.wait_until(lambda: not self.context.tasks.running)

    def open_dialog(self):
        dialog = PublishDialog(
            self.controller, self.sync_service, self.context, self.media_service, browse=lambda _url: None
        )
        self.qtbot.addWidget(dialog)
        dialog.show()
        self.wait_idle()
        return dialog

    def make_status_button(self):
        button = SyncStatusButton(self.sync_service, self.context.actions, self.context.formatter)
        self.qtbot.addWidget(button)
        return button

    def edit_settings(self, **plan):
        self.controller.edit(operations.ChangeProperties(**plan))
        self.wait_idle()

    def refresh(self):
        self.sync_service.refresh()
        self.wait_idle()


@pytest.fixture
def environment(qtbot, qapp, formatter, settings, tmp_path):
    workspace = Workspace(tmp_path)
    workspace.local_hosting = LocalHosting(tmp_path, SecretStore(tmp_path), find_address=lambda: None)
    Image.new("RGB", (64, 36), "#d8c8a8").save(tmp_path / "agenda.png")
    media = workspace.catalog.add_file(tmp_path / "agenda.png")
    webinar = workspace.create_webinar("The night sky", zone="Europe/Paris", start="2099-12-01T18:00:00")
    document = workspace.open(webinar)
    segment = segment_factory.make_segment(media, 0, SEGMENT_DEFAULTS)
    document.apply(operations.Add(segments=(segment,), media=(media,)))
    workspace.save_version(webinar)
    owner = QObject()
    messages = Notifications(formatter, owner)
    tasks = TaskRunner(messages, owner)
    common = AppContext(
        settings=settings,
        formatter=formatter,
        notifications=messages,
        tasks=tasks,
        actions=ActionRegistry(settings, owner),
        settings_writer=SettingsWriter(settings, messages, owner),
        now=lambda: datetime.now(UTC),
    )
    controller = DocumentController.for_document(
        document,
        tasks,
        lambda note, seen: workspace.save_version(webinar, note, expected=seen),
        last_saved=workspace.load_last_saved(document),
        parent=owner,
    )
    media_service = MediaService(lambda: workspace.catalog, tasks, messages, formatter, owner)
    sync_service = SyncService(workspace, tasks, messages, owner)
    sync_service.start()
    sync_service.watch_webinar(webinar)
    publish_environment = PublishEnvironment(qtbot, workspace, controller, sync_service, common, media_service)
    publish_environment.wait_idle()
    yield publish_environment
    sync_service.shut_down()
    tasks.shutdown()
    workspace.close()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)


@pytest.fixture
def hosted_environment(environment):
    """Return the environment with the server on this computer running."""
    environment.sync_service.start_local()
    environment.wait_idle()
    environment.refresh()
    assert environment.sync_service.state.local_hosting
    return environment
