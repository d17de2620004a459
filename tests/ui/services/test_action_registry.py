import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from editor.schedule.kinds import TRAITS
from editor.schedule.model import KINDS
from ui.actions.context_menus import EMPTY_LANE_ACTIONS
from ui.app.space_key_filter import SpaceKeyFilter
from ui.services import action_registry
from ui.services.action_registry import ActionRegistry
from ui.style.theme import KIND_ICONS

ALTGR_ON_AZERTY = set("~#{[|`\\^@]}€")
"""Characters that need AltGr on a French keyboard."""


@pytest.fixture
def registry(qapp, settings):
    return ActionRegistry(settings)


def test_ids_are_unique_and_menus_name_only_what_there_is():
    ids = [entry.id for entry in action_registry.TABLE]
    assert len(ids) == len(set(ids))
    in_menus = [each for _name, menu in action_registry.MENUS for each in menu if each != action_registry.SEPARATOR]
    assert len(in_menus) == len(set(in_menus))
    assert set(in_menus) == set(ids)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not TRAITS[kind].has_media])
def test_every_kind_without_a_media_can_be_added_by_an_action(kind):
    """The other kinds come from files, which are imported or dropped."""
    entry = next(entry for entry in action_registry.TABLE if entry.id == f"add_{kind}")
    assert entry.icon == KIND_ICONS[kind]
    assert entry.id in EMPTY_LANE_ACTIONS


def test_no_two_actions_have_one_key():
    assert action_registry.find_conflicts({}) == {}


def test_nothing_needs_altgr_on_a_french_keyboard():
    for entry in action_registry.TABLE:
        if entry.keys:
            assert not set(entry.keys[0].rpartition("+")[2] or "+") & ALTGR_ON_AZERTY, entry.id


def test_every_key_is_one_that_qt_knows():
    for entry in action_registry.TABLE:
        for key in entry.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) == key, (entry.id, key)


@pytest.mark.parametrize(
    ("action_id", "keys"),
    [
        ("save", ["Ctrl+S"]),
        ("play", ["Space"]),
        ("shuttle_back", ["J"]),
        ("shuttle_stop", ["K"]),
        ("shuttle_on", ["L"]),
        ("to_start", ["Home"]),
        ("to_end", ["End"]),
        ("previous_cut", ["Up"]),
        ("next_cut", ["Down"]),
        ("split", ["S"]),
        ("snap", ["N"]),
        ("delete", ["Del"]),
        ("ripple_delete", ["Shift+Del"]),
        ("start_here", ["I", "["]),
        ("end_here", ["O", "]"]),
        ("ripple_start", ["Q"]),
        ("ripple_end", ["W"]),
        ("add_marker", ["M"]),
        ("duplicate", ["Ctrl+D"]),
        ("cut", ["Ctrl+X"]),
        ("copy", ["Ctrl+C"]),
        ("paste", ["Ctrl+V"]),
        ("select_all", ["Ctrl+A"]),
        ("select_none", ["Ctrl+Shift+A"]),
        ("group", ["Ctrl+G"]),
        ("fit", ["F", "\\"]),
        ("zoom_in", ["+"]),
        ("zoom_out", ["-"]),
        ("undo", ["Ctrl+Z"]),
        ("redo", ["Ctrl+Y", "Ctrl+Shift+Z"]),
        ("import_media", ["Ctrl+I"]),
    ],
)
def test_the_keys_people_know(registry, action_id, keys):
    bound = [key.toString(QKeySequence.SequenceFormat.PortableText) for key in registry[action_id].shortcuts()]
    assert bound[: len(keys)] == keys


def test_tooltips_name_the_action_and_its_keys(registry):
    assert registry["split"].toolTip().startswith("Split at the playhead (S)")
    assert not re.search("&", registry["split"].toolTip())


def test_keys_are_rebound_and_kept(registry, settings):
    registry.rebind({"split": "Ctrl+K", "snap": ""})
    assert settings["shortcuts"] == {"split": "Ctrl+K", "snap": ""}
    assert [key.toString() for key in registry["split"].shortcuts()] == ["Ctrl+K"]
    assert registry["snap"].shortcuts() == []
    assert "Ctrl+K" in registry["split"].toolTip()
    assert [key.toString() for key in ActionRegistry(settings)["split"].shortcuts()] == ["Ctrl+K"]


def test_conflicts_are_found_with_who_has_the_key():
    assert action_registry.find_conflicts({"split": "N"}) == {"N": ("snap", "split")}


def test_damaged_settings_leave_the_keys_as_declared(settings, qapp):
    settings["shortcuts"] = {"split": 7, "no such action": "X"}
    assert [key.toString() for key in ActionRegistry(settings)["split"].shortcuts()] == ["S"]


def test_an_action_does_what_was_said_last_and_nothing_once_it_is_off(registry):
    done = []
    registry.set_handlers({"split": lambda: done.append("one")})
    registry["split"].trigger()
    registry.set_handlers({"split": lambda: done.append("other")})
    registry["split"].trigger()
    registry.clear_handlers(["split"])
    registry["split"].trigger()
    assert done == ["one", "other"]


def test_undo_is_named_for_a_while(registry):
    registry.set_text("undo", "&Undo move of “A”")
    assert registry["undo"].toolTip() == "Undo move of “A” (Ctrl+Z)"


@pytest.fixture
def action_window(qtbot, registry, qapp):
    """Return a window with the actions, a field and a button."""
    window = QWidget()
    qtbot.addWidget(window)
    window.field, window.button, window.canvas = QLineEdit(), QPushButton("Press"), QWidget()
    window.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout = QVBoxLayout(window)
    for widget in (window.field, window.button, window.canvas):
        layout.addWidget(widget)
    window.addActions(registry.actions_in_scope("window", "editor"))
    action_registry.add_actions(window.canvas, registry.actions_in_scope("canvas"))
    window.done = []
    registry.set_handlers({name: lambda name=name: window.done.append(name) for name in ("split", "play", "delete")})
    window.settings_writer = SpaceKeyFilter(qapp, window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def test_letters_typed_in_a_field_are_text(qtbot, action_window):
    action_window.field.setFocus()
    qtbot.keyClicks(action_window.field, "s s")
    qtbot.keyClick(action_window.field, Qt.Key.Key_Delete)
    assert action_window.field.text() == "s s"
    assert action_window.done == []


def test_space_presses_the_button_that_has_the_focus_and_plays_elsewhere(qtbot, action_window):
    pressed = []
    action_window.button.clicked.connect(lambda: pressed.append(1))
    action_window.button.setFocus()
    qtbot.keyClick(action_window.button, Qt.Key.Key_Space)
    assert (pressed, action_window.done) == ([1], [])
    action_window.canvas.setFocus()
    qtbot.keyClick(action_window.canvas, Qt.Key.Key_Space)
    assert action_window.done == ["play"]


def test_delete_works_on_the_canvas_alone(qtbot, action_window):
    action_window.button.setFocus()
    qtbot.keyClick(action_window.button, Qt.Key.Key_Delete)
    assert action_window.done == []
    action_window.canvas.setFocus()
    qtbot.keyClick(action_window.canvas, Qt.Key.Key_Delete)
    qtbot.keyClick(action_window.canvas, Qt.Key.Key_S)
    assert action_window.done == ["delete", "split"]
