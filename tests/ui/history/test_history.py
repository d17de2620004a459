from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt

from editor.schedule import operations as ops
from editor.schedule.model import Image, Media
from editor.workspace import Workspace
from ui.bridge import Bridge
from ui.history.panel import History
from ui.history.saving import NoteDialog
from ui.messages import Messages
from ui.tasks import Tasks

SHA = "0" * 64
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def room(qtbot, words, tmp_path):
    class Room:
        messages = Messages(words)

    room = Room()
    room.heard = []
    room.messages.told.connect(room.heard.append)
    room.tasks = Tasks(room.messages)
    workspace = Workspace(tmp_path, now=lambda: NOW)
    webinar = workspace.new("Onboarding", zone="UTC")
    document = workspace.open(webinar)
    room.bridge = Bridge.over(document, room.tasks, lambda note, seen: workspace.save(webinar, note, seen=seen))
    room.panel = History(
        room.bridge,
        room.tasks,
        room.messages,
        words,
        versions=lambda: workspace.versions(webinar),
        compare=workspace.compare,
        restore=workspace.restore,
    )
    qtbot.addWidget(room.panel)
    room.panel.resize(360, 600)
    room.panel.show()

    def do(*steps):
        for step in steps:
            step()
        qtbot.waitUntil(lambda: not room.tasks.running)

    room.do = do
    yield room
    room.tasks.shutdown()
    workspace.close()


def add_image(room):
    image = Image(id="a", start_ms=0, length_ms=10_000, title="Agenda", media=SHA)
    media = Media(sha256=SHA, kind="image", name="a.png")
    room.bridge.edit(ops.Add(segments=(image,), media=(media,)))


def lines(room):
    return [room.panel._list.item(row).text().split("\n") for row in range(room.panel._list.count())]


def test_without_a_version_it_says_what_makes_one(room):
    room.do()
    assert "Save makes one" in room.panel._empty.text()
    assert room.panel._empty.isVisible()
    assert not room.panel._restore.isVisible()


def test_versions_are_listed_newest_first_with_their_notes(room, shot):
    room.do(lambda: room.bridge.save("first"))
    room.do(lambda: add_image(room), lambda: room.bridge.save("with the agenda"))
    assert [line[0] for line in lines(room)] == ["Version 2", "Version 1"]
    assert [line[-1] for line in lines(room)] == ["with the agenda", "first"]
    shot(room.panel, "versions")


def test_what_a_version_changed_is_told_in_words(room):
    room.do(lambda: room.bridge.save("first"))
    room.do(lambda: add_image(room), lambda: room.bridge.save("second"))
    room.panel._list.setCurrentRow(0)
    room.do()
    assert "Agenda" in room.panel._changes.toPlainText()
    room.panel._list.setCurrentRow(1)
    room.do()
    assert "This is the first version." in room.panel._changes.toPlainText()


def test_what_changed_since_follows_the_draft(room, qtbot):
    room.do(lambda: room.bridge.save("first"))
    qtbot.mouseClick(room.panel._against.button("now"), Qt.MouseButton.LeftButton)
    room.do()
    assert "Nothing changed." in room.panel._changes.toPlainText()
    room.do(lambda: add_image(room))
    room.do()
    assert "Agenda" in room.panel._changes.toPlainText()


def test_restoring_is_one_step_with_a_way_back(room, qtbot):
    room.do(lambda: room.bridge.save("empty"))
    room.do(lambda: add_image(room), lambda: room.bridge.save("full"))
    room.panel._list.setCurrentRow(1)
    qtbot.mouseClick(room.panel._restore, Qt.MouseButton.LeftButton)
    room.do()
    assert room.bridge.webinar.programme == ()
    assert room.bridge.unsaved
    assert room.heard[-1].action[0] == "Undo"
    room.do(room.heard[-1].action[1])
    assert room.bridge.webinar.find("a") is not None
    assert not room.bridge.unsaved
    assert room.panel._list.count() == 2


def test_a_panel_that_is_hidden_reads_nothing(room):
    room.panel.hide()
    room.do(lambda: room.bridge.save("unseen"))
    assert room.panel._list.count() == 0
    room.panel.show()
    room.do()
    assert room.panel._list.count() == 1


def test_it_speaks_the_language_in_force(room, qapp):
    room.panel._restore.setText("")
    qapp.sendEvent(room.panel, QEvent(QEvent.Type.LanguageChange))
    assert room.panel._restore.text() == "Restore"


def test_a_note_is_asked_for(qtbot):
    dialog = NoteDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog._text, " For the board ")
    assert dialog.note == "For the board"
