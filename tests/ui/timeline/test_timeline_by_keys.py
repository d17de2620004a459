"""The timeline without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from editor.schedule import operations as ops
from editor.schedule.model import Webinar
from ui.timeline.keys import ZONES

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def to(table, zone):
    """Tab to a part of the timeline."""
    table.timeline.keys.go("ruler")
    for _ in range(ZONES.index(zone)):
        table.key(Key.Key_Tab)
    assert table.timeline.keys.zone == zone


def test_tab_goes_through_ruler_and_lanes_and_then_leaves(table, qtbot):
    window = QWidget()
    before, after = QLineEdit(), QLineEdit()
    column = QVBoxLayout(window)
    for widget in (before, table.timeline, after):
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    walk = []
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        on = QApplication.focusWidget()
        walk.append(table.timeline.keys.zone if on is table.timeline else "after" if on is after else "before")
    assert walk == ["ruler", "programme", "interactions", "after", "before"]
    table.timeline.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert table.timeline.keys.zone == "interactions"
    assert table.timeline.scene().focus == "interactions", "the ring shows where the keyboard is"
    table.timeline.setParent(None)


def test_arrows_on_the_ruler_move_the_playhead(table):
    to(table, "ruler")
    table.key(Key.Key_Right)
    assert table.playhead.position_ms == 100
    table.key(Key.Key_Right, SHIFT)
    assert table.playhead.position_ms == 1_100
    table.key(Key.Key_Left)
    assert table.playhead.position_ms == 1_000
    table.key(Key.Key_PageDown)
    assert table.playhead.position_ms == 11_000
    table.key(Key.Key_End)
    assert table.playhead.position_ms == 300_000
    table.key(Key.Key_Home)
    assert table.playhead.position_ms == 0
    table.key(Key.Key_Left)
    assert table.playhead.position_ms == 0


def test_arrows_on_a_lane_go_from_segment_to_segment(table):
    to(table, "programme")
    visited = []
    for _ in range(6):
        table.key(Key.Key_Right)
        visited.append(table.selection.primary)
    assert visited == ["welcome", "agenda", "tour", "song", "call", "call"]
    table.key(Key.Key_Left)
    assert table.selection.ids == {"song"}
    table.key(Key.Key_Left, SHIFT)
    assert table.selection.ids == {"song", "tour"}
    to(table, "interactions")
    table.key(Key.Key_Right)
    assert table.selection.ids == {"book"}


def test_the_first_arrow_after_tab_selects_what_the_playhead_is_on(table):
    table.playhead.seek(120_000)
    to(table, "programme")
    assert table.timeline.scene().focused == "tour"
    table.key(Key.Key_Right)
    assert table.selection.ids == {"tour"}


def test_what_is_walked_to_comes_into_view(table):
    table.timeline.look(table.timeline.view.scale.zoomed(8, 200).at(0))
    to(table, "programme")
    for _ in range(4):
        table.key(Key.Key_Right)
    scale = table.timeline.view.scale
    assert scale.origin_ms <= table.segment("song").start_ms < scale.end_ms


@pytest.mark.parametrize(
    ("enters", "key", "start", "length"),
    [
        (1, Key.Key_Right, 200_000, 31_000),
        (2, Key.Key_Right, 201_000, 29_000),
        (3, Key.Key_Left, 199_000, 30_000),
    ],
)
def test_enter_takes_an_edge_arrows_move_it_enter_keeps(table, enters, key, start, length):
    table.click(table.at("programme", 210_000))
    for _ in range(enters):
        table.key(Key.Key_Return)
    for _ in range(10):
        table.key(key)
    before = table.webinar
    assert before.find("song").length_ms == 30_000, "not before it is kept"
    table.key(Key.Key_Return)
    song = table.segment("song")
    assert (song.start_ms, song.length_ms) == (start, length)
    table.bridge.undo()
    assert table.webinar == before, "however many arrows, one step"


def test_a_fourth_enter_lets_go_and_esc_drops(table):
    table.click(table.at("programme", 210_000))
    for held in ("end", "start", "whole", None):
        table.key(Key.Key_Return)
        assert table.timeline.keys.held == held
    table.key(Key.Key_Return)
    table.key(Key.Key_Right, SHIFT)
    table.key(Key.Key_Escape)
    assert table.timeline.keys.held is None
    assert table.timeline.scene().preview.webinar is None
    assert table.bridge.undoable is None


def test_an_edge_that_stopped_comes_back_at_the_first_arrow(table):
    table.click(table.at("programme", 75_000))
    table.key(Key.Key_Return)
    for _ in range(15):
        table.key(Key.Key_Right, SHIFT)  # the tour begins 10 s after
    assert table.timeline.scene().preview.bubble.end_ms == 90_000
    table.key(Key.Key_Left, SHIFT)
    assert table.timeline.scene().preview.bubble.end_ms == 89_000


def test_a_segment_can_be_brought_past_another(table):
    table.click(table.at("programme", 75_000))
    for _ in range(3):
        table.key(Key.Key_Return)
    for _ in range(11):
        table.key(Key.Key_PageDown)
    assert table.timeline.scene().preview.bubble.start_ms == 180_000
    table.key(Key.Key_Return)
    assert table.segment("agenda").start_ms == 180_000


def test_leaving_the_timeline_drops_what_is_held(table):
    table.click(table.at("programme", 210_000))
    table.key(Key.Key_Return)
    table.key(Key.Key_Right)
    table.timeline.clearFocus()
    assert table.timeline.keys.held is None
    assert table.bridge.undoable is None


def test_what_is_held_and_taken_away_is_let_go(table):
    table.click(table.at("programme", 210_000))
    table.key(Key.Key_Return)
    table.bridge.edit(ops.Delete(segments=("song",)))
    table.key(Key.Key_Right)
    table.key(Key.Key_Return)
    assert table.bridge.undoable.op_tag == "delete"


def test_a_drag_by_mouse_is_no_place_for_arrows(table):
    table.press(table.at("programme", 210_000))
    table.move(table.at("programme", 250_000))
    before = table.timeline.scene().preview
    table.key(Key.Key_Right)
    assert table.timeline.scene().preview == before
    table.key(Key.Key_Escape)
    table.release(table.at("programme", 250_000))


def test_the_windows_shortcuts_do_not_take_the_arrows_away(table):
    fired = []
    action = QAction(table.timeline)
    action.setShortcuts([QKeySequence("Right"), QKeySequence("Return"), QKeySequence("Esc"), QKeySequence("S")])
    action.triggered.connect(lambda: fired.append(1))
    table.timeline.addAction(action)
    to(table, "programme")
    table.key(Key.Key_Right)
    assert table.selection.ids == {"welcome"}
    assert not fired
    table.key(Key.Key_Escape)
    assert fired == [1], "with nothing to give up, Esc is the window's"
    table.key(Key.Key_S)
    assert fired == [1, 1]


def test_shift_f10_asks_for_the_menu_of_where_the_keyboard_is(table):
    asked = []
    table.timeline.menu_asked.connect(asked.append)
    to(table, "programme")
    table.key(Key.Key_Right)
    table.key(Key.Key_Right)
    table.key(Key.Key_F10, SHIFT)
    (where,) = asked
    assert (where.place, where.segment) == ("segment", "agenda")
    to(table, "ruler")
    table.key(Key.Key_F10, SHIFT)
    assert asked[1].place == "ruler"


def test_an_empty_lane_takes_the_focus_and_has_nothing_to_walk_to(lay):
    table = lay(Webinar(id="w"))
    to(table, "interactions")
    table.key(Key.Key_Right)
    table.key(Key.Key_Return)
    assert table.timeline.scene().focused is None
    assert not table.selection.ids
