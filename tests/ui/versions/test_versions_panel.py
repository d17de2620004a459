from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt

from editor.schedule import operations as ops
from editor.schedule.model import Image, Media
from editor.workspace import Workspace
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController
from ui.versions.panel import VersionsPanel
from ui.versions.save_dialog import SaveVersionDialog

SHA = "0" * 64
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def environment(qtbot, formatter, tmp_path):
    class VersionsEnvironment:
        messages = Notifications(formatter)

    environment = VersionsEnvironment()
    environment.events = []
    environment.messages.posted.connect(environment.events.append)
    environment.tasks = TaskRunner(environment.messages)
    workspace = Workspace(tmp_path, now=lambda: NOW)
    webinar = workspace.create_webinar("Onboarding", zone="UTC")
    document = workspace.open(webinar)
    environment.controller = DocumentController.for_document(
        document, environment.tasks, lambda note, seen: workspace.save_version(webinar, note, expected=seen)
    )
    environment.panel = VersionsPanel(
        environment.controller,
        environment.tasks,
        environment.messages,
        formatter,
        versions=lambda: workspace.list_versions(webinar),
        compare=workspace.compare,
        restore=workspace.restore_version,
    )
    qtbot.addWidget(environment.panel)
    environment.panel.resize(360, 600)
    environment.panel.show()

    def do(*steps):
        for step in steps:
            step()
        qtbot.waitUntil(lambda: not environment.tasks.running)

    environment.do = do
    yield environment
    environment.tasks.shutdown()
    workspace.close()


def add_image(environment):
    image = Image(id="a", start_ms=0, length_ms=10_000, title="Agenda", media=SHA)
    media = Media(sha256=SHA, kind="image", name="a.png")
    environment.controller.edit(ops.Add(segments=(image,), media=(media,)))


def listed_lines(environment):
    return [environment.panel._list.item(row).text().split("\n") for row in range(environment.panel._list.count())]


def test_without_a_version_it_says_what_makes_one(environment):
    environment.do()
    assert "Each time you save" in environment.panel._empty.text()
    assert environment.panel._empty.isVisible()
    assert not environment.panel._restore.isVisible()


def test_versions_are_listed_newest_first_with_their_notes(environment, screenshot):
    environment.do(lambda: environment.controller.save("first"))
    environment.do(lambda: add_image(environment), lambda: environment.controller.save("with the agenda"))
    assert [line[0] for line in listed_lines(environment)] == ["Version 2", "Version 1"]
    assert [line[-1] for line in listed_lines(environment)] == ["with the agenda", "first"]
    screenshot(environment.panel, "versions")


def test_what_a_version_changed_is_told_in_words(environment):
    environment.do(lambda: environment.controller.save("first"))
    environment.do(lambda: add_image(environment), lambda: environment.controller.save("second"))
    environment.panel._list.setCurrentRow(0)
    environment.do()
    assert "Agenda" in environment.panel._changes.toPlainText()
    environment.panel._list.setCurrentRow(1)
    environment.do()
    assert "This is the first version." in environment.panel._changes.toPlainText()


def test_what_changed_since_follows_the_draft(environment, qtbot):
    environment.do(lambda: environment.controller.save("first"))
    qtbot.mouseClick(environment.panel._compare_mode.button("now"), Qt.MouseButton.LeftButton)
    environment.do()
    assert "Nothing changed." in environment.panel._changes.toPlainText()
    environment.do(lambda: add_image(environment))
    environment.do()
    assert "Agenda" in environment.panel._changes.toPlainText()


def test_restoring_is_one_step_with_a_way_back(environment, qtbot):
    environment.do(lambda: environment.controller.save("empty"))
    environment.do(lambda: add_image(environment), lambda: environment.controller.save("full"))
    environment.panel._list.setCurrentRow(1)
    qtbot.mouseClick(environment.panel._restore, Qt.MouseButton.LeftButton)
    environment.do()
    assert environment.controller.webinar.programme == ()
    assert environment.controller.has_unsaved_edits
    assert environment.events[-1].action[0] == "Undo"
    environment.do(environment.events[-1].action[1])
    assert environment.controller.webinar.find_segment("a") is not None
    assert not environment.controller.has_unsaved_edits
    assert environment.panel._list.count() == 2


def test_a_panel_that_is_hidden_reads_nothing(environment):
    environment.panel.hide()
    environment.do(lambda: environment.controller.save("unseen"))
    assert environment.panel._list.count() == 0
    environment.panel.show()
    environment.do()
    assert environment.panel._list.count() == 1


def test_it_speaks_the_language_in_force(environment, qapp):
    environment.panel._restore.setText("")
    qapp.sendEvent(environment.panel, QEvent(QEvent.Type.LanguageChange))
    assert environment.panel._restore.text() == "Restore"


def test_a_note_is_asked_for(qtbot):
    dialog = SaveVersionDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog._text, " For the board ")
    assert dialog.note == "For the board"
