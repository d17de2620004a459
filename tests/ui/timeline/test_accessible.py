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
def accessible_harness(harness):
    harness.interface = QAccessible.queryAccessibleInterface(harness.timeline)
    return harness


def list_names(harness):
    return [harness.interface.child(index).text(NAME) for index in range(harness.interface.childCount())]


def test_there_is_a_child_for_each_segment(accessible_harness):
    assert list_names(accessible_harness) == [
        "Welcome, video, starts 0:00:10, lasts 1:00, freeze frame 5 s",
        "Agenda, image, starts 0:01:10, lasts 10 s",
        "Tour, presentation, starts 0:01:30, lasts 1:30",
        "Song, audio, starts 0:03:20, lasts 30 s",
        "Call, recording, starts 0:04:00, lasts 1:00",
        "Book, call to action, starts 0:00:20, lasts 30 s",
        "How was it?, survey, starts 0:01:40, lasts 1:00",
    ]
    assert accessible_harness.interface.text(NAME) == "Timeline"
    assert accessible_harness.interface.role() == QAccessible.Role.List
    assert accessible_harness.interface.child(0).role() == QAccessible.Role.ListItem
    assert accessible_harness.interface.child(99) is None


def test_its_name_follows_the_language(accessible_harness):
    accessible_harness.timeline.setAccessibleName("Frise")
    assert accessible_harness.interface.text(NAME) == "Frise"


def test_names_include_group_lock_and_missing_file(accessible_harness):
    accessible_harness.media_service.states["d" * 64] = "missing"
    accessible_harness.controller.edit(ops.Group(segments=("song", "call")))
    accessible_harness.controller.edit(ops.Lock(lane="programme"))
    assert list_names(accessible_harness)[3] == "Song, audio, starts 0:03:20, lasts 30 s, grouped, file missing, locked"


def test_children_follow_the_edits(accessible_harness):
    agenda = accessible_harness.interface.child(1)
    accessible_harness.controller.edit(ops.Delete(segments=("agenda",)))
    assert accessible_harness.interface.childCount() == 6
    assert not agenda.isValid()
    assert agenda.text(NAME) == ""
    assert accessible_harness.interface.child(1).text(NAME).startswith("Tour")
    accessible_harness.controller.undo()
    assert accessible_harness.interface.child(1).text(NAME).startswith("Agenda")
    assert agenda.isValid()


def test_a_child_has_a_rectangle_a_parent_and_an_index(accessible_harness):
    song = accessible_harness.interface.child(3)
    assert song.parent() is accessible_harness.interface
    assert accessible_harness.interface.indexOfChild(song) == 3
    middle = song.rect().center()
    assert accessible_harness.interface.childAt(middle.x(), middle.y()) is song
    point = accessible_harness.timeline.mapToGlobal(QPoint(2, 2))
    assert accessible_harness.interface.childAt(point.x(), point.y()) is None
    assert song.childCount() == 0


def test_a_childs_state_follows_selection_and_focus(accessible_harness):
    accessible_harness.selection.set(("song",))
    assert accessible_harness.interface.child(3).state().selected
    assert not accessible_harness.interface.child(2).state().selected
    accessible_harness.timeline.keyboard.move_focus("programme", accessible_harness.segment("tour"))
    assert accessible_harness.interface.focusChild() is accessible_harness.interface.child(2)
    assert accessible_harness.interface.child(2).state().focused
    accessible_harness.timeline.set_scale(accessible_harness.timeline.viewport.scale.zoomed(8, 150).with_origin(0))
    assert accessible_harness.interface.child(4).state().offscreen


def test_the_actions_of_a_child_work(accessible_harness, qtbot):
    actions = accessible_harness.interface.child(3).actionInterface()
    assert "Press" in actions.actionNames()
    actions.doAction(actions.pressAction())
    assert accessible_harness.selection.ids == {"song"}
    assert accessible_harness.timeline.keyboard.find_current_segment().id == "song"
    with qtbot.waitSignal(accessible_harness.timeline.timing_edit_requested) as blocker:
        actions.doAction("numbers")
    assert blocker.args == ["song"]
    with qtbot.waitSignal(accessible_harness.timeline.menu_requested) as menu:
        actions.doAction(actions.showMenuAction())
    assert menu.args[0].segment == "song"
    assert actions.localizedActionName("numbers") == "Set start and length"


def test_screen_readers_are_told_what_keys_do(accessible_harness, monkeypatch):
    events = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", events.append)
    accessible_harness.timeline.keyboard.move_focus("ruler")
    accessible_harness.key(Qt.Key.Key_Tab)
    accessible_harness.key(Qt.Key.Key_Right)
    assert any(event.type() == QAccessible.Event.Focus and event.child() == 0 for event in events)
    events.clear()
    accessible_harness.key(Qt.Key.Key_Return)
    (announcement,) = [event for event in events if event.type() == QAccessible.Event.Announcement]
    assert announcement.message() == "End of “Welcome”: arrow keys move it, Enter applies, Esc cancels"


LIFETIME_SCRIPT = """
import gc, sys
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from editor.schedule import operations as ops
from editor.settings import Settings
from tests.ui.timeline.timeline_fixtures import FakeMediaService, TimelineHarness, make_large_webinar
from ui.text.formatter import Formatter

app = QApplication([])
QAccessible.setActive(True)
formatter = Formatter()
for turn in range(3):
    harness = TimelineHarness(make_large_webinar(300), Settings(None), formatter, FakeMediaService())
    harness.timeline.show()
    app.processEvents()
    interface = QAccessible.queryAccessibleInterface(harness.timeline)
    children = [interface.child(index) for index in range(interface.childCount())]
    assert len(children) == 300, len(children)
    assert all(child.text(QAccessible.Text.Name) and child.parent() is interface for child in children)
    first = children[0]
    harness.timeline.keyboard.select_segment("programme", harness.webinar.programme[3])
    harness.controller.edit(ops.Delete(segments=tuple(f"p{number}" for number in range(100))))
    assert interface.childCount() == 200 and not first.isValid()
    harness.controller.undo()
    assert first.isValid()
    if turn < 2:  # the last one is open when the program ends
        harness.timeline.close()
        harness.timeline.deleteLater()
        del interface
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
print("fine")
"""


def test_thousands_of_children_are_made_and_invalidated(make_harness, make_crowded_webinar):
    harness = make_harness(make_crowded_webinar(2_000))
    interface = QAccessible.queryAccessibleInterface(harness.timeline)
    children = [interface.child(index) for index in range(interface.childCount())]
    assert len(children) == 2_000
    harness.controller.edit(ops.Delete(segments=tuple(f"p{number}" for number in range(1_000))))
    assert interface.childCount() == 1_000
    assert not children[0].isValid()


def test_interfaces_are_freed_once_with_their_timeline_or_the_program():
    """Qt's cache owns interfaces that Python refers to as well: none may be freed twice."""
    done = subprocess.run(
        [sys.executable, "-c", LIFETIME_SCRIPT], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr
    assert "Cannot create accessible" not in done.stderr
