"""Keyboard operation of the timeline: real key events on the real widget."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from editor.schedule import operations as ops
from editor.schedule.model import Webinar
from ui.timeline.input.keyboard_controller import FOCUS_ZONES

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def focus_zone(harness, zone):
    """Move the focus to a zone by Tab."""
    harness.timeline.keyboard.move_focus("ruler")
    for _ in range(FOCUS_ZONES.index(zone)):
        harness.key(Key.Key_Tab)
    assert harness.timeline.keyboard.zone == zone


def test_tab_goes_through_ruler_and_lanes_and_then_leaves(harness, qtbot):
    window = QWidget()
    before, after = QLineEdit(), QLineEdit()
    column = QVBoxLayout(window)
    for widget in (before, harness.timeline, after):
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
        walk.append(harness.timeline.keyboard.zone if on is harness.timeline else "after" if on is after else "before")
    assert walk == ["ruler", "programme", "interactions", "after", "before"]
    harness.timeline.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert harness.timeline.keyboard.zone == "interactions"
    assert harness.timeline.make_paint_state().focus_zone == "interactions", "the ring shows where the keyboard is"
    harness.timeline.setParent(None)


def test_arrows_on_the_ruler_move_the_playhead(harness):
    focus_zone(harness, "ruler")
    harness.key(Key.Key_Right)
    assert harness.playhead.position_ms == 100
    harness.key(Key.Key_Right, SHIFT)
    assert harness.playhead.position_ms == 1_100
    harness.key(Key.Key_Left)
    assert harness.playhead.position_ms == 1_000
    harness.key(Key.Key_PageDown)
    assert harness.playhead.position_ms == 11_000
    harness.key(Key.Key_End)
    assert harness.playhead.position_ms == 300_000
    harness.key(Key.Key_Home)
    assert harness.playhead.position_ms == 0
    harness.key(Key.Key_Left)
    assert harness.playhead.position_ms == 0


def test_arrows_on_a_lane_go_from_segment_to_segment(harness):
    focus_zone(harness, "programme")
    visited = []
    for _ in range(6):
        harness.key(Key.Key_Right)
        visited.append(harness.selection.primary)
    assert visited == ["welcome", "agenda", "tour", "song", "call", "call"]
    harness.key(Key.Key_Left)
    assert harness.selection.ids == {"song"}
    harness.key(Key.Key_Left, SHIFT)
    assert harness.selection.ids == {"song", "tour"}
    focus_zone(harness, "interactions")
    harness.key(Key.Key_Right)
    assert harness.selection.ids == {"book"}


def test_the_first_arrow_after_tab_selects_what_the_playhead_is_on(harness):
    harness.playhead.seek(120_000)
    focus_zone(harness, "programme")
    assert harness.timeline.make_paint_state().focused_id == "tour"
    harness.key(Key.Key_Right)
    assert harness.selection.ids == {"tour"}


def test_a_segment_that_is_reached_by_arrow_keys_becomes_visible(harness):
    harness.timeline.set_scale(harness.timeline.viewport.scale.zoomed(8, 200).with_origin(0))
    focus_zone(harness, "programme")
    for _ in range(4):
        harness.key(Key.Key_Right)
    scale = harness.timeline.viewport.scale
    assert scale.origin_ms <= harness.segment("song").start_ms < scale.end_ms


@pytest.mark.parametrize(
    ("enters", "key", "start", "length"),
    [
        (1, Key.Key_Right, 200_000, 31_000),
        (2, Key.Key_Right, 201_000, 29_000),
        (3, Key.Key_Left, 199_000, 30_000),
    ],
)
def test_enter_holds_an_edge_arrows_move_it_and_enter_applies(harness, enters, key, start, length):
    harness.click(harness.point_at("programme", 210_000))
    for _ in range(enters):
        harness.key(Key.Key_Return)
    for _ in range(10):
        harness.key(key)
    before = harness.webinar
    assert before.find_segment("song").length_ms == 30_000, "not before it is kept"
    harness.key(Key.Key_Return)
    song = harness.segment("song")
    assert (song.start_ms, song.length_ms) == (start, length)
    harness.controller.undo()
    assert harness.webinar == before, "however many arrows, one step"


def test_a_fourth_enter_releases_and_esc_cancels(harness):
    harness.click(harness.point_at("programme", 210_000))
    for part in ("end", "start", "whole", None):
        harness.key(Key.Key_Return)
        assert harness.timeline.keyboard.held_part == part
    harness.key(Key.Key_Return)
    harness.key(Key.Key_Right, SHIFT)
    harness.key(Key.Key_Escape)
    assert harness.timeline.keyboard.held_part is None
    assert harness.timeline.make_paint_state().preview.webinar is None
    assert harness.controller.undo_step is None


def test_an_edge_that_has_stopped_moves_back_at_the_first_arrow(harness):
    harness.click(harness.point_at("programme", 75_000))
    harness.key(Key.Key_Return)
    for _ in range(15):
        harness.key(Key.Key_Right, SHIFT)  # the tour begins 10 s after
    assert harness.timeline.make_paint_state().preview.tooltip.end_ms == 90_000
    harness.key(Key.Key_Left, SHIFT)
    assert harness.timeline.make_paint_state().preview.tooltip.end_ms == 89_000


def test_a_held_segment_can_be_moved_past_another(harness):
    harness.click(harness.point_at("programme", 75_000))
    for _ in range(3):
        harness.key(Key.Key_Return)
    for _ in range(11):
        harness.key(Key.Key_PageDown)
    assert harness.timeline.make_paint_state().preview.tooltip.start_ms == 180_000
    harness.key(Key.Key_Return)
    assert harness.segment("agenda").start_ms == 180_000


def test_losing_the_focus_releases_the_held_part(harness):
    harness.click(harness.point_at("programme", 210_000))
    harness.key(Key.Key_Return)
    harness.key(Key.Key_Right)
    harness.timeline.clearFocus()
    assert harness.timeline.keyboard.held_part is None
    assert harness.controller.undo_step is None


def test_deleting_the_held_segment_releases_it(harness):
    harness.click(harness.point_at("programme", 210_000))
    harness.key(Key.Key_Return)
    harness.controller.edit(ops.Delete(segments=("song",)))
    harness.key(Key.Key_Right)
    harness.key(Key.Key_Return)
    assert harness.controller.undo_step.op_tag == "delete"


def test_arrows_are_ignored_during_a_drag_by_mouse(harness):
    harness.press(harness.point_at("programme", 210_000))
    harness.move(harness.point_at("programme", 250_000))
    before = harness.timeline.make_paint_state().preview
    harness.key(Key.Key_Right)
    assert harness.timeline.make_paint_state().preview == before
    harness.key(Key.Key_Escape)
    harness.release(harness.point_at("programme", 250_000))


def test_the_timeline_handles_its_keys_before_the_windows_shortcuts(harness):
    fired = []
    action = QAction(harness.timeline)
    action.setShortcuts([QKeySequence("Right"), QKeySequence("Return"), QKeySequence("Esc"), QKeySequence("S")])
    action.triggered.connect(lambda: fired.append(1))
    harness.timeline.addAction(action)
    focus_zone(harness, "programme")
    harness.key(Key.Key_Right)
    assert harness.selection.ids == {"welcome"}
    assert not fired
    harness.key(Key.Key_Escape)
    assert fired == [1], "with nothing to give up, Esc is the window's"
    harness.key(Key.Key_S)
    assert fired == [1, 1]


def test_shift_f10_requests_the_menu_of_the_focused_segment_or_zone(harness):
    requests = []
    harness.timeline.menu_requested.connect(requests.append)
    focus_zone(harness, "programme")
    harness.key(Key.Key_Right)
    harness.key(Key.Key_Right)
    harness.key(Key.Key_F10, SHIFT)
    (target,) = requests
    assert (target.area, target.segment) == ("segment", "agenda")
    focus_zone(harness, "ruler")
    harness.key(Key.Key_F10, SHIFT)
    assert requests[1].area == "ruler"


def test_an_empty_lane_takes_the_focus_and_ignores_arrows(make_harness):
    harness = make_harness(Webinar(id="w"))
    focus_zone(harness, "interactions")
    harness.key(Key.Key_Right)
    harness.key(Key.Key_Return)
    assert harness.timeline.make_paint_state().focused_id is None
    assert not harness.selection.ids
