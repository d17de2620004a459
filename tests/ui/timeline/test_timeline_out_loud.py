"""The timeline for screen readers."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from editor.schedule import operations as ops

NAME = QAccessible.Text.Name
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def loud(table):
    table.interface = QAccessible.queryAccessibleInterface(table.timeline)
    return table


def names(table):
    return [table.interface.child(index).text(NAME) for index in range(table.interface.childCount())]


def test_there_is_a_child_for_each_segment(loud):
    assert names(loud) == [
        "Welcome, video, starts 0:00:10, lasts 1:00, holds 5 s",
        "Agenda, image, starts 0:01:10, lasts 10 s",
        "Tour, presentation, starts 0:01:30, lasts 1:30",
        "Song, audio, starts 0:03:20, lasts 30 s",
        "Call, recording, starts 0:04:00, lasts 1:00",
        "Book, call to action, starts 0:00:20, lasts 30 s",
        "How was it?, survey, starts 0:01:40, lasts 1:00",
    ]
    assert loud.interface.text(NAME) == "Timeline"
    assert loud.interface.role() == QAccessible.Role.List
    assert loud.interface.child(0).role() == QAccessible.Role.ListItem
    assert loud.interface.child(99) is None


def test_its_name_follows_the_language(loud):
    loud.timeline.setAccessibleName("Frise")
    assert loud.interface.text(NAME) == "Frise"


def test_it_tells_of_groups_locks_and_missing_files(loud):
    loud.desk.states["d" * 64] = "missing"
    loud.bridge.edit(ops.Group(segments=("song", "call")))
    loud.bridge.edit(ops.Lock(lane="programme"))
    assert names(loud)[3] == "Song, audio, starts 0:03:20, lasts 30 s, grouped, file missing, locked"


def test_children_follow_the_edits(loud):
    agenda = loud.interface.child(1)
    loud.bridge.edit(ops.Delete(segments=("agenda",)))
    assert loud.interface.childCount() == 6
    assert not agenda.isValid()
    assert agenda.text(NAME) == ""
    assert loud.interface.child(1).text(NAME).startswith("Tour")
    loud.bridge.undo()
    assert loud.interface.child(1).text(NAME).startswith("Agenda")
    assert agenda.isValid()


def test_a_child_knows_its_place_its_parent_and_its_index(loud):
    song = loud.interface.child(3)
    assert song.parent() is loud.interface
    assert loud.interface.indexOfChild(song) == 3
    middle = song.rect().center()
    assert loud.interface.childAt(middle.x(), middle.y()) is song
    outside = loud.timeline.mapToGlobal(QPoint(2, 2))
    assert loud.interface.childAt(outside.x(), outside.y()) is None
    assert song.childCount() == 0


def test_a_childs_state_follows_selection_and_focus(loud):
    loud.selection.set(("song",))
    assert loud.interface.child(3).state().selected
    assert not loud.interface.child(2).state().selected
    loud.timeline.keys.go("programme", loud.segment("tour"))
    assert loud.interface.focusChild() is loud.interface.child(2)
    assert loud.interface.child(2).state().focused
    loud.timeline.look(loud.timeline.view.scale.zoomed(8, 150).at(0))
    assert loud.interface.child(4).state().offscreen


def test_a_child_can_be_acted_on(loud, qtbot):
    actions = loud.interface.child(3).actionInterface()
    assert "Press" in actions.actionNames()
    actions.doAction(actions.pressAction())
    assert loud.selection.ids == {"song"}
    assert loud.timeline.keys.current().id == "song"
    with qtbot.waitSignal(loud.timeline.numbers_asked) as asked:
        actions.doAction("numbers")
    assert asked.args == ["song"]
    with qtbot.waitSignal(loud.timeline.menu_asked) as menu:
        actions.doAction(actions.showMenuAction())
    assert menu.args[0].segment == "song"
    assert actions.localizedActionName("numbers") == "Set start and length"


def test_what_the_keys_do_is_told(loud, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    loud.timeline.keys.go("ruler")
    loud.key(Qt.Key.Key_Tab)
    loud.key(Qt.Key.Key_Right)
    assert any(event.type() == QAccessible.Event.Focus and event.child() == 0 for event in told)
    told.clear()
    loud.key(Qt.Key.Key_Return)
    (said,) = [event for event in told if event.type() == QAccessible.Event.Announcement]
    assert said.message() == "End of “Welcome” held: arrows move it, Enter keeps, Esc drops"


ALIVE = """
import gc, sys
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from editor.schedule import operations as ops
from editor.settings import Settings
from tests.ui.timeline.stand import PaintedDesk, Table, many
from ui.words import Words

app = QApplication([])
QAccessible.setActive(True)
words = Words()
for turn in range(3):
    table = Table(many(300), Settings(None), words, PaintedDesk())
    table.timeline.show()
    app.processEvents()
    interface = QAccessible.queryAccessibleInterface(table.timeline)
    children = [interface.child(index) for index in range(interface.childCount())]
    assert len(children) == 300, len(children)
    assert all(child.text(QAccessible.Text.Name) and child.parent() is interface for child in children)
    first = children[0]
    table.timeline.keys.choose("programme", table.webinar.programme[3])
    table.bridge.edit(ops.Delete(segments=tuple(f"p{number}" for number in range(100))))
    assert interface.childCount() == 200 and not first.isValid()
    table.bridge.undo()
    assert first.isValid()
    if turn < 2:  # the last one is open when the program ends
        table.timeline.close()
        table.timeline.deleteLater()
        del interface
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
print("fine")
"""


def test_thousands_of_children_come_and_go(lay, crowd):
    table = lay(crowd(2_000))
    interface = QAccessible.queryAccessibleInterface(table.timeline)
    children = [interface.child(index) for index in range(interface.childCount())]
    assert len(children) == 2_000
    table.bridge.edit(ops.Delete(segments=tuple(f"p{number}" for number in range(1_000))))
    assert interface.childCount() == 1_000
    assert not children[0].isValid()


def test_interfaces_end_with_their_timeline_and_with_the_program():
    """Qt's cache owns interfaces that Python keeps too: neither may delete what the other did."""
    done = subprocess.run([sys.executable, "-c", ALIVE], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr
    assert "Cannot create accessible" not in done.stderr
